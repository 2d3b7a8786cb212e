//! Splits a newsletter, or a feed entry that contains several stories, into articles.

use crate::article::BlockKind;
use crate::read::lines::word_count;
use crate::read::page::MailBlock;

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
pub(in crate::read) fn articles(blocks: Vec<MailBlock>) -> Vec<Part> {
    let titles = titles(&blocks);
    let linked = titles.iter().filter(|&&i| link_of(&blocks, i, &titles).is_some()).count();
    let words = |b: &MailBlock| word_count(&b.text);
    let all: usize = blocks.iter().map(words).sum();
    let before: usize =
        titles.first().map_or(all, |&first| blocks[..first].iter().map(words).sum());
    if titles.len() < 2 || linked * 3 < titles.len() * 2 || before * 2 > all {
        return vec![Part { title: None, url: None, number: None, is_teaser: false, blocks }];
    }
    let mut parts = Vec::new();
    for (n, &start) in titles.iter().enumerate() {
        let end = titles.get(n + 1).copied().unwrap_or(blocks.len());
        let url = link_of(&blocks, start, &titles);
        let body: Vec<MailBlock> =
            blocks[start + 1..end].iter().filter(|b| !is_lead(b)).cloned().collect();
        parts.push(Part {
            title: Some(blocks[start].text.clone()),
            is_teaser: url.is_some() && body.iter().map(words).sum::<usize>() < 120,
            url,
            number: Some(n + 1),
            blocks: body,
        });
    }
    parts
}

/// Returns the indices of the blocks that are titles of articles.
fn titles(blocks: &[MailBlock]) -> Vec<usize> {
    let words = |b: &MailBlock| word_count(&b.text);
    let could_be = |b: &MailBlock| {
        let is_marked = b.kind == BlockKind::Heading || b.linked > 0.9 && b.link.is_some();
        is_marked && (3..=25).contains(&words(b)) && !is_lead(b)
    };
    let is_prose = |b: &MailBlock| words(b) >= 10 && b.linked < 0.5 && b.kind != BlockKind::Heading;
    let mut titles: Vec<usize> = Vec::new();
    for i in 0..blocks.len() {
        let followed = blocks[i + 1..].iter().take(4).take_while(|b| !could_be(b)).any(is_prose);
        if could_be(&blocks[i]) && followed {
            titles.push(i);
        }
    }
    titles
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

/// Returns whether a block is a short line that is mostly a link: "Read more".
fn is_lead(block: &MailBlock) -> bool {
    block.linked > 0.8 && word_count(&block.text) <= 5 && block.kind != BlockKind::Heading
}
