//! Removes boilerplate that recurs across the pages of a site, once all pages of a run have been read.
//!
//! A block is boilerplate if it occurs on at least three pages and on at least a third of all pages of a site, and if
//! it also looks like boilerplate: it is usually near the start or end of the text, or it is not a sentence. The second
//! condition protects background paragraphs, which an outlet may repeat in every report on an event.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{Article, ArticleId, Block, BlockKind};
use crate::read::{Cut, lines};
use crate::span::{Span, slice};

/// The number of pages from which a block counts as recurring.
const PAGES: u32 = 3;

/// The number of blocks at each end of a text that count as its edge.
const EDGE: usize = 3;

/// The number of pages of a site on which a block occurs, and on how many of them it is at the edge of the text.
#[derive(Clone, Copy, Default)]
struct Count {
    pages: u32,
    at_edge: u32,
}

/// Removes text that recurs across the pages of a site, and returns the removed text.
///
/// The articles must all have been read from pages in the same run. If an article's id is a hash of its content, the id
/// is recomputed.
pub(in crate::read) fn drop_repeated(articles: &mut [&mut Article]) -> Vec<Cut> {
    let sites: Vec<Option<String>> =
        articles.iter().map(|a| a.outlet().map(str::to_owned)).collect();
    let mut pages: FxHashMap<&str, u32> = FxHashMap::default();
    let mut counts: FxHashMap<(&str, u64), Count> = FxHashMap::default();
    for (article, site) in articles.iter().zip(&sites) {
        let Some(site) = site.as_deref() else { continue };
        *pages.entry(site).or_default() += 1;
        let mut seen = FxHashSet::default();
        for (i, block) in article.blocks.iter().enumerate() {
            let key = key(block.span.slice(&article.text));
            if !seen.insert(key) {
                continue;
            }
            let count = counts.entry((site, key)).or_default();
            count.pages += 1;
            count.at_edge += u32::from(i < EDGE || i + EDGE >= article.blocks.len());
        }
    }
    let mut cuts = Vec::new();
    for (article, site) in articles.iter_mut().zip(&sites) {
        let Some(site) = site.as_deref() else { continue };
        let n = pages.get(site).copied().unwrap_or(0);
        let is_boilerplate = |block: &Block, text: &str| {
            let words = block.span.slice(text);
            let count = counts.get(&(site, key(words))).copied().unwrap_or_default();
            let often = count.pages >= PAGES && count.pages * 3 >= n;
            let at_edge = count.at_edge * 5 >= count.pages * 4;
            often && (at_edge || is_no_sentence(block, words))
        };
        if n >= PAGES {
            cut(article, is_boilerplate, &mut cuts);
        }
    }
    cuts
}

fn is_no_sentence(block: &Block, text: &str) -> bool {
    // "Read more…" is an invitation, not the end of a sentence.
    let ended = lines::ends_sentence(text) && !text.ends_with('…') || text.ends_with(['”', '"']);
    block.kind == BlockKind::Heading || lines::word_count(text) <= 8 && !ended
}

/// Removes the boilerplate blocks of an article, and adds them to `cuts`.
fn cut(article: &mut Article, is_boilerplate: impl Fn(&Block, &str) -> bool, cuts: &mut Vec<Cut>) {
    let picked: Vec<bool> =
        article.blocks.iter().map(|b| is_boilerplate(b, &article.text)).collect();
    // An article that consists mostly of repeated text is a copy of other articles, so nothing is removed from it.
    let n_picked = picked.iter().filter(|p| **p).count();
    if n_picked == 0 || n_picked * 2 > picked.len() {
        return;
    }
    let made = ArticleId::from_content(article.source.as_deref(), &article.title, &article.text);
    let (mut text, mut blocks) = (String::with_capacity(article.text.len()), Vec::new());
    for (block, picked) in article.blocks.iter().zip(picked) {
        let part = slice(&article.text, block.span.start(), block.span.end());
        if picked {
            let (origin, reason) = (article.origin.clone(), "repeated".to_owned());
            cuts.push(Cut { origin, reason, text: part.to_owned() });
            continue;
        }
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(part);
        blocks.push(Block { kind: block.kind, span: Span::new(start, text.len()) });
    }
    if article.id == made {
        article.id = ArticleId::from_content(article.source.as_deref(), &article.title, &text);
    }
    (article.text, article.blocks) = (text, blocks);
}

fn key(text: &str) -> u64 {
    let mut words = Vec::new();
    super::shingles::word_hashes(text, &mut words);
    super::shingles::joined(&words)
}

#[cfg(test)]
mod tests {
    use super::drop_repeated;
    use crate::article::{Article, Block, BlockKind};
    use crate::span::Span;

    fn article(paragraphs: &[&str]) -> Article {
        let mut article = Article { source: Some("Post".to_owned()), ..Article::default() };
        for part in paragraphs {
            if !article.text.is_empty() {
                article.text.push_str("\n\n");
            }
            let start = article.text.len();
            article.text.push_str(part);
            let span = Span::new(start, article.text.len());
            article.blocks.push(Block { kind: BlockKind::Paragraph, span });
        }
        article
    }

    #[test]
    fn boilerplate_goes_and_background_stays() {
        let background = "The dam was built forty years ago and feeds two cities.";
        let page = |n: usize| {
            let own: Vec<String> =
                (0..6).map(|i| format!("Sentence {i} of report {n} is its own.")).collect();
            let mut all: Vec<&str> = own.iter().map(String::as_str).collect();
            all.insert(3, background);
            all.insert(4, "Most read today");
            all.push("Sign up for our morning letter and never miss a story.");
            article(&all)
        };
        let mut articles: Vec<Article> = (0..4).map(page).collect();
        let cuts = drop_repeated(&mut articles.iter_mut().collect::<Vec<_>>());
        assert_eq!(cuts.len(), 8);
        for article in &articles {
            assert_eq!(article.blocks.len(), 7);
            assert!(article.text.contains(background) && !article.text.contains("Sign up"));
            assert!(article.blocks.iter().all(|b| !b.span.slice(&article.text).is_empty()));
        }
        let mut same: Vec<Article> = (0..4).map(|_| article(&["One and only.", "Two."])).collect();
        assert!(drop_repeated(&mut same.iter_mut().collect::<Vec<_>>()).is_empty());
    }
}
