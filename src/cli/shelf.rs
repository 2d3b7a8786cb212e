//! Keeps many articles in a temporary file until they are needed.
//!
//! A briefing shows few of its articles, but which ones is only known after all of them have been read and grouped. If
//! their texts together exceed [`IN_MEMORY`] bytes, the articles are written to an unnamed temporary file: the texts
//! while the input is read, the rest before the articles are grouped. Standard input is therefore read only once, and
//! an input that changes in the meantime does no harm.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use anyhow::{Context as _, Result};
use nutgraf::article::{Article, ArticleId, Block, Published};
use nutgraf::language::Language;
use nutgraf::parallel;
use nutgraf::pipeline::{Pile, Store};
use nutgraf::read::{self, Key};
use nutgraf::stories::Sketch;
use nutgraf::warning::Warning;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::cli::args::Input;
use crate::cli::input;

/// The number of bytes of text kept in memory; smaller in tests.
const IN_MEMORY: usize = if cfg!(test) { 4 << 10 } else { 16 << 20 };

/// The articles, or the temporary file that holds them.
pub(crate) struct Shelf {
    /// The articles, unless they are in the file.
    articles: Vec<Article>,
    file: Option<File>,
    /// The position of the first [`Record`] in the file; the records are the last part of the file.
    records: u64,
    /// The places of the texts of the articles that have been loaded.
    places: FxHashMap<ArticleId, Place>,
}

/// The position of an article's text in the file, and the lengths of the text and of the blocks that directly follow
/// it.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Place {
    start: u64,
    text: u32,
    blocks: u32,
}

/// An article as stored in the file.
#[derive(Serialize, Deserialize)]
struct Record {
    /// The place of its text if that has been stored before.
    text_at: Option<Place>,
    #[serde(with = "StoredArticle")]
    article: Article,
}

/// The fields of an article, from which serde makes the stored form.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Article")]
struct StoredArticle {
    id: ArticleId,
    origin: String,
    also_from: Vec<String>,
    url: Option<String>,
    title: String,
    source: Option<String>,
    byline: Option<String>,
    published: Option<Published>,
    place: Option<String>,
    section: Option<String>,
    lang: Language,
    teaser: bool,
    text: String,
    #[serde(with = "blocks")]
    blocks: Vec<Block>,
    warnings: Vec<Warning>,
}

/// The blocks of an article whose text is stored apart from it.
#[derive(Serialize, Deserialize)]
struct Blocks(#[serde(with = "blocks")] Vec<Block>);

/// The stored form of blocks: the kind, start and end of each.
mod blocks {
    use nutgraf::article::{Block, BlockKind};
    use nutgraf::span::Span;
    use serde::{Deserialize as _, Deserializer, Serializer};

    type Stored = (BlockKind, usize, usize);

    #[expect(clippy::ptr_arg, reason = "serde passes a reference to the field")]
    pub(super) fn serialize<S: Serializer>(blocks: &Vec<Block>, to: S) -> Result<S::Ok, S::Error> {
        let stored =
            |block: &Block| -> Stored { (block.kind, block.span.start(), block.span.end()) };
        to.collect_seq(blocks.iter().map(stored))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Block>, D::Error> {
        let stored: Vec<Stored> = Vec::deserialize(from)?;
        let block = |(kind, start, end)| Block { kind, span: Span::new(start, end) };
        Ok(stored.into_iter().map(block).collect())
    }
}

/// Reads all inputs, keeping the articles that `admits` accepts.
pub(crate) fn read(input: &Input, admits: impl Fn(&Article) -> bool + Sync) -> Result<Pile<Shelf>> {
    let mut articles = Vec::new();
    let mut sketches = Vec::new();
    let mut hashes = Vec::new();
    let mut places = Vec::new();
    let mut writer = Writer::default();
    input::pieces(input, false, |read| {
        let made = parallel::map_in_order(&read.articles, |article| {
            (Sketch::from_article(article), read::text_hash(article))
        });
        for (mut article, (sketch, hash)) in read.articles.into_iter().zip(made) {
            places.push(writer.put(&mut article)?);
            articles.push(article);
            sketches.push(sketch);
            hashes.push(hash);
        }
        Ok(())
    })?;
    let keys: Vec<Key<'_>> =
        articles.iter().map(|a: &Article| Key { id: &a.id, origin: &a.origin }).collect();
    let (fates, warnings) = read::settle(&keys, |n| hashes[n]);
    input::say_all(&warnings);
    let is_kept: Vec<bool> =
        fates.iter().map(|fate| !matches!(fate, read::Fate::Joined(_))).collect();
    let kept = |n: &usize| is_kept[*n];
    let places = (0..places.len()).filter(kept).map(|n| places[n]);
    let sketches = sketches.into_iter().zip(&is_kept).filter_map(|(s, kept)| kept.then_some(s));
    let articles = read::apply(articles, &fates).into_iter().zip(places);
    let admitted = sketches.zip(articles).filter(|(_, (article, _))| admits(article));
    let named = |(sketch, (article, place)): (Sketch, (Article, _))| {
        let is_renamed = article.id != *sketch.id();
        let sketch = if is_renamed { sketch.with_id(article.id.clone()) } else { sketch };
        (sketch, (article, place))
    };
    let (sketches, articles): (_, Vec<_>) = admitted.map(named).unzip();
    Ok(Pile { sketches, store: writer.finish(articles)? })
}

/// Writes articles to the temporary file.
#[derive(Default)]
struct Writer {
    /// The number of bytes of text so far, including the texts kept in memory.
    n: usize,
    file: Option<BufWriter<File>>,
    end: u64,
}

/// The error message if the temporary file cannot be written, for example because the disk is full.
const UNWRITTEN: &str = "cannot write a temporary file for the texts (TMPDIR sets its folder)";
/// The error message if the temporary file cannot be read.
const UNREAD: &str = "cannot read the temporary file with the texts";

impl Writer {
    /// Moves the text and the blocks of an article to the file and returns their place, or returns `None` if the text
    /// still fits in memory.
    fn put(&mut self, article: &mut Article) -> Result<Option<Place>> {
        self.n += article.text.len();
        if self.n <= IN_MEMORY {
            return Ok(None);
        }
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(BufWriter::new(tempfile::tempfile().context(UNWRITTEN)?)),
        };
        let text = std::mem::take(&mut article.text);
        let blocks = serde_json::to_vec(&Blocks(std::mem::take(&mut article.blocks)))?;
        file.write_all(text.as_bytes())
            .and_then(|()| file.write_all(&blocks))
            .context(UNWRITTEN)?;
        let place = Place { start: self.end, text: text.len() as u32, blocks: blocks.len() as u32 };
        self.end += (text.len() + blocks.len()) as u64;
        Ok(Some(place))
    }

    /// Writes the articles, with the places of their texts, to the file if there is one.
    fn finish(self, articles: Vec<(Article, Option<Place>)>) -> Result<Shelf> {
        let places = FxHashMap::default();
        let Some(mut file) = self.file else {
            let articles = articles.into_iter().map(|(article, _)| article).collect();
            return Ok(Shelf { articles, file: None, records: 0, places });
        };
        for (article, text_at) in articles {
            serde_json::to_writer(&mut file, &Record { text_at, article })
                .map_err(std::io::Error::from)
                .and_then(|()| file.write_all(b"\n"))
                .context(UNWRITTEN)?;
        }
        let file = file.into_inner().map_err(std::io::IntoInnerError::into_error);
        let file = Some(file.context(UNWRITTEN)?);
        Ok(Shelf { articles: Vec::new(), file, records: self.end, places })
    }
}

impl Store for Shelf {
    type Error = anyhow::Error;

    fn articles(&mut self) -> Result<Vec<Article>> {
        let Some(file) = &mut self.file else {
            return Ok(std::mem::take(&mut self.articles));
        };
        file.seek(SeekFrom::Start(self.records)).context(UNREAD)?;
        let mut articles = Vec::new();
        for line in BufReader::new(file).split(b'\n') {
            let record: Record = serde_json::from_slice(&line.context(UNREAD)?).context(UNREAD)?;
            let Record { text_at, article } = record;
            self.places.extend(text_at.map(|place| (article.id.clone(), place)));
            articles.push(article);
        }
        Ok(articles)
    }

    fn restore(&mut self, articles: &mut [&mut Article]) -> Result<()> {
        articles.iter_mut().try_for_each(|article| self.restore_text(article))
    }
}

impl Shelf {
    /// Restores the text and the blocks of an article; does nothing if they were not moved.
    fn restore_text(&mut self, article: &mut Article) -> Result<()> {
        let (Some(place), Some(file)) = (self.places.remove(&article.id), &mut self.file) else {
            return Ok(());
        };
        let mut bytes = vec![0; (place.text + place.blocks) as usize];
        file.seek(SeekFrom::Start(place.start))
            .and_then(|_| file.read_exact(&mut bytes))
            .context(UNREAD)?;
        Blocks(article.blocks) = serde_json::from_slice(&bytes[place.text as usize..])?;
        bytes.truncate(place.text as usize);
        article.text = String::from_utf8(bytes)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Result;
    use nutgraf::article::Article;
    use nutgraf::pipeline::Store as _;

    use super::{IN_MEMORY, Writer};

    #[test]
    fn articles_that_do_not_stay_in_memory_come_back() -> Result<()> {
        let text =
            |n: usize| format!("Bridge {n} was closed — «pour l'hiver».\n\nNobody knows why.\n");
        let article = |n: usize| {
            let article = Article::builder(text(n)).id(n.to_string()).title(format!("Bridge {n}"));
            article.url("https://post.example/bridge").byline("Ada Quill").build()
        };
        let articles: Vec<Article> = (0..400).map(article).collect();
        let mut shelved = Vec::new();
        let mut writer = Writer::default();
        for mut article in articles.clone() {
            let place = writer.put(&mut article)?;
            shelved.push((article, place));
        }
        assert!(shelved[0].0 == articles[0] && shelved[399].0.text.is_empty());
        let in_memory = shelved.iter().map(|(article, _)| article.text.len()).sum::<usize>();
        assert!(in_memory <= IN_MEMORY);
        let mut shelf = writer.finish(shelved)?;
        assert!(shelf.articles.is_empty());
        let mut loaded = shelf.articles()?;
        // Restore the texts in reverse order.
        let mut reversed: Vec<&mut Article> = loaded.iter_mut().rev().collect();
        shelf.restore(&mut reversed)?;
        assert_eq!(loaded, articles);
        Ok(())
    }
}
