//! Splits a newsletter, or a feed entry that contains several stories, into articles.
//!
//! Known limit: stories without links stay one article with headings, even if rules separate them, because the sections
//! of a long article look the same.

use rustc_hash::FxHashMap;

use crate::article::BlockKind;
use crate::line_marker::{self, Marker, marker};
use crate::read::boilerplate::{Lead, boilerplate};
use crate::read::lines::word_count;
use crate::read::page::MailBlock;

/// The maximum number of words in a line that only links to an article: "Read more".
const LEAD: usize = 5;

/// The articles of a message.
pub(in crate::read) struct Split {
    pub(in crate::read) parts: Vec<Part>,
    /// The blocks above the first article, if the message contains several: "Good morning".
    pub(in crate::read) introduction: Vec<MailBlock>,
}

/// One article of a message.
pub(in crate::read) struct Part {
    /// Its own title, if the message contains several articles.
    pub(in crate::read) title: Option<String>,
    pub(in crate::read) url: Option<String>,
    /// Its number in the message, if the message contains several articles.
    pub(in crate::read) number: Option<usize>,
    pub(in crate::read) is_teaser: bool,
    pub(in crate::read) blocks: Vec<MailBlock>,
}

impl Part {
    /// Returns the blocks of the article.
    pub(in crate::read) fn into_blocks(self) -> Vec<MailBlock> {
        self.blocks
    }
}

/// Splits a message if its structure shows that it contains several articles; otherwise returns it as one article.
///
/// An article starts at a title: a heading, or a short line that is almost entirely a link, with prose below. A message
/// is split if it has at least two titles, at least two thirds of the articles have a link, and at least half of the
/// words follow the first title; otherwise the titles are headings within one article.
pub(in crate::read) fn articles(mut blocks: Vec<MailBlock>) -> Split {
    let leads = leads(&blocks);
    let titles = titles(&blocks, &leads);
    let linked = titles.iter().filter(|&&i| link_of(&blocks, i, &titles).is_some()).count();
    let words = |b: &MailBlock| word_count(&b.text);
    let all: usize = blocks.iter().map(words).sum();
    let before: usize =
        titles.first().map_or(all, |&first| blocks[..first].iter().map(words).sum());
    if titles.len() < 2 || linked * 3 < titles.len() * 2 || before * 2 > all {
        let whole = Part { title: None, url: None, number: None, is_teaser: false, blocks };
        return Split { parts: vec![whole], introduction: Vec::new() };
    }
    let numbered = are_numbered(&blocks, &titles);
    let mut parts = Vec::new();
    for (n, &start) in titles.iter().enumerate() {
        let end = titles.get(n + 1).copied().unwrap_or(blocks.len());
        let url = link_of(&blocks, start, &titles);
        let mut body: Vec<MailBlock> =
            (start + 1..end).filter(|i| !leads[*i]).map(|i| blocks[i].clone()).collect();
        // The heading of the next section: "Sports".
        while body.len() > 1 && body.last().is_some_and(|b| b.kind == BlockKind::Heading) {
            body.pop();
        }
        let title = &*blocks[start].text;
        let title = if numbered { line_marker::without(title) } else { title };
        parts.push(Part {
            title: Some(title.to_owned()),
            is_teaser: url.is_some() && body.iter().map(words).sum::<usize>() < 120,
            url,
            number: Some(n + 1),
            blocks: body,
        });
    }
    blocks.truncate(titles.first().copied().unwrap_or(0));
    Split { parts, introduction: blocks }
}

/// Returns the indices of the blocks that are titles of articles.
fn titles(blocks: &[MailBlock], leads: &[bool]) -> Vec<usize> {
    let could_be = |i: usize| {
        let b = &blocks[i];
        let is_marked = b.kind == BlockKind::Heading || b.linked > 0.9 && b.link.is_some();
        is_marked && (3..=25).contains(&word_count(&b.text)) && !leads[i]
    };
    let mut titles: Vec<usize> = Vec::new();
    for i in 0..blocks.len() {
        let below = (i + 1..blocks.len()).take(4).take_while(|j| !could_be(*j));
        if could_be(i) && below.into_iter().any(|j| is_prose(&blocks[j])) {
            titles.push(i);
        }
    }
    titles
}

fn is_prose(block: &MailBlock) -> bool {
    word_count(&block.text) >= 10 && block.linked < 0.5 && block.kind != BlockKind::Heading
}

/// Returns whether the titles count the articles: `1. Council votes`, `2. Mayor quits`.
fn are_numbered(blocks: &[MailBlock], titles: &[usize]) -> bool {
    let numbers = titles.iter().map(|i| marker(&blocks[*i].text));
    numbers.zip(1..).all(|(found, n)| found == Some(Marker::Number(n)))
}

/// Returns the link of an article: that of its title or, if the title has none, that of the last block below it that is
/// mostly a link.
fn link_of(blocks: &[MailBlock], title: usize, titles: &[usize]) -> Option<String> {
    let next = titles.partition_point(|&t| t <= title);
    let end = titles.get(next).copied().unwrap_or(blocks.len());
    let own = blocks[title].link.clone();
    own.or_else(|| {
        blocks[title + 1..end].iter().rev().find(|b| b.linked > 0.5).and_then(|b| b.link.clone())
    })
}

/// Returns for each block whether it is a short line that only links to an article: "Read more".
///
/// A short linked line above prose may also be a title ("Mayor quits"), unless it invites to read on or recurs.
fn leads(blocks: &[MailBlock]) -> Vec<bool> {
    let is_short = |b: &MailBlock| {
        b.linked > 0.8 && word_count(&b.text) <= LEAD && b.kind != BlockKind::Heading
    };
    let mut labels: FxHashMap<String, usize> = FxHashMap::default();
    for block in blocks.iter().filter(|b| is_short(b)) {
        *labels.entry(label(&block.text)).or_default() += 1;
    }
    // The address of a title may be between it and the text.
    let is_address = |b: &&MailBlock| is_short(b) && label(&b.text).is_empty();
    let below = |i: usize| blocks[i + 1..].iter().take(2).find(|b| !is_address(b));
    let is_lead = |(i, block): (usize, &MailBlock)| {
        let label = || label(&block.text);
        let recurs = |label: &String| label.is_empty() || labels.get(label).is_some_and(|n| 1 < *n);
        is_short(block)
            && (!below(i).is_some_and(is_prose)
                || recurs(&label())
                || boilerplate().lead(&label(), Lead::Chrome).is_some())
    };
    blocks.iter().enumerate().map(is_lead).collect()
}

/// Returns the words of a line in lower case, without web addresses.
fn label(text: &str) -> String {
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    words.collect::<Vec<_>>().join(" ").to_lowercase()
}
