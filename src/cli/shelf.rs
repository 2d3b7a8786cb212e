//! Keeps the texts of many articles in a temporary file until they are needed.
//!
//! A briefing shows few of its articles, but which ones is only known after all of them have been read. Up to
//! [`IN_MEMORY`] bytes of text stay in memory; the rest is written to an unnamed temporary file. Standard input is
//! therefore read only once, and an input that changes in the meantime does no harm.

use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write as _};

use anyhow::{Context as _, Result};
use nutgraf::article::{Article, ArticleId, Block, BlockKind};
use nutgraf::parallel;
use nutgraf::read::{self, Key};
use nutgraf::span::Span;
use nutgraf::stories::Sketch;
use rustc_hash::FxHashMap;

use crate::cli::args::Input;
use crate::cli::input;

/// The number of bytes of text kept in memory; smaller in tests.
const IN_MEMORY: usize = if cfg!(test) { 4 << 10 } else { 64 << 20 };

/// Articles and their sketches, without the texts that are on the shelf.
pub(crate) struct Shelved {
    pub(crate) articles: Vec<(Article, Sketch)>,
    pub(crate) shelf: Shelf,
}

/// The texts in the temporary file.
pub(crate) struct Shelf {
    file: Option<File>,
    places: FxHashMap<ArticleId, Place>,
}

/// The position of an article's text in the file, and the lengths of the text and of the blocks that directly follow
/// it.
#[derive(Clone, Copy)]
struct Place {
    start: u64,
    text: u32,
    blocks: u32,
}

/// Reads all inputs, keeping the articles that `admits` accepts.
pub(crate) fn read(input: &Input, admits: impl Fn(&Article) -> bool + Sync) -> Result<Shelved> {
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
    let kept = |n: &usize| !matches!(fates[*n], read::Fate::Joined(_));
    let places: Vec<Option<Place>> = (0..places.len()).filter(kept).map(|n| places[n]).collect();
    let mut numbers = (0..sketches.len()).map(|n| kept(&n));
    sketches.retain(|_| numbers.next().unwrap_or_default());
    let articles = read::apply(articles, &fates);
    let shelved = articles.iter().zip(&places);
    let shelved = shelved.filter_map(|(article, place)| Some((article.id.clone(), (*place)?)));
    let shelf = Shelf { places: shelved.collect(), file: writer.finish()? };
    let named = |(article, sketch): (Article, Sketch)| {
        let sketch =
            if article.id == *sketch.id() { sketch } else { sketch.with_id(article.id.clone()) };
        (article, sketch)
    };
    let pairs = articles.into_iter().zip(sketches).map(named);
    Ok(Shelved { articles: pairs.filter(|(article, _)| admits(article)).collect(), shelf })
}

/// Writes texts to the temporary file.
#[derive(Default)]
struct Writer {
    /// The number of bytes of text so far, including the texts kept in memory.
    n: usize,
    file: Option<BufWriter<File>>,
    end: u64,
}

/// The error message if the temporary file cannot be written, for example because the disk is full.
const UNWRITTEN: &str = "cannot write a temporary file for the texts (TMPDIR sets its folder)";

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
        let blocks: Vec<(BlockKind, usize, usize)> = std::mem::take(&mut article.blocks)
            .into_iter()
            .map(|block| (block.kind, block.span.start(), block.span.end()))
            .collect();
        let blocks = serde_json::to_vec(&blocks)?;
        file.write_all(text.as_bytes())
            .and_then(|()| file.write_all(&blocks))
            .context(UNWRITTEN)?;
        let place = Place { start: self.end, text: text.len() as u32, blocks: blocks.len() as u32 };
        self.end += (text.len() + blocks.len()) as u64;
        Ok(Some(place))
    }

    fn finish(self) -> Result<Option<File>> {
        let file =
            self.file.map(|file| file.into_inner().map_err(std::io::IntoInnerError::into_error));
        file.transpose().context(UNWRITTEN)
    }
}

impl Shelf {
    /// Restores the text and the blocks of an article; does nothing if they stayed in memory.
    pub(crate) fn restore(&mut self, article: &mut Article) -> Result<()> {
        let (Some(place), Some(file)) = (self.places.remove(&article.id), &mut self.file) else {
            return Ok(());
        };
        let mut bytes = vec![0; (place.text + place.blocks) as usize];
        file.seek(SeekFrom::Start(place.start))
            .and_then(|_| file.read_exact(&mut bytes))
            .context("cannot read the temporary file with the texts")?;
        let blocks: Vec<(BlockKind, usize, usize)> =
            serde_json::from_slice(&bytes[place.text as usize..])?;
        let block = |(kind, start, end)| Block { kind, span: Span::new(start, end) };
        article.blocks = blocks.into_iter().map(block).collect();
        bytes.truncate(place.text as usize);
        article.text = String::from_utf8(bytes)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use anyhow::Result;
    use nutgraf::article::Article;

    use super::{IN_MEMORY, Shelf, Writer};

    #[test]
    fn texts_that_do_not_stay_in_memory_come_back() -> Result<()> {
        let text =
            |n: usize| format!("Bridge {n} was closed — «pour l'hiver».\n\nNobody knows why.\n");
        let articles: Vec<Article> =
            (0..400).map(|n| Article::builder(text(n)).id(n.to_string()).build()).collect();
        let mut shelved = articles.clone();
        let mut writer = Writer::default();
        let places: Vec<_> = shelved
            .iter_mut()
            .map(|article| Ok((article.id.clone(), writer.put(article)?)))
            .collect::<Result<_>>()?;
        assert!(shelved[0] == articles[0] && shelved[399].text.is_empty());
        assert!(shelved.iter().map(|article| article.text.len()).sum::<usize>() <= IN_MEMORY);
        let places = places.into_iter().filter_map(|(id, place)| Some((id, place?))).collect();
        let mut shelf = Shelf { file: writer.finish()?, places };
        // Restore the texts in reverse order.
        shelved.iter_mut().rev().try_for_each(|article| shelf.restore(article))?;
        assert_eq!(shelved, articles);
        Ok(())
    }
}
