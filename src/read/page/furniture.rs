//! Cuts that do not depend on the classifier: captions, the title in the text, and lines whose own words or places show
//! that they are furniture.
//!
//! | cut | evidence |
//! |---|---|
//! | caption | the element |
//! | title | the words of the title |
//! | controls, offers, labels of advertisements | the boilerplate lexicon, in short lines that are not sentences |
//! | times of the entries of a live blog | nothing but a time of the day |
//! | consent dialogs | the element, its role or its name, if most of the prose is elsewhere |
//! | tables of contents | a list whose items are headings of the page |
//! | author and date | lines of their own above the first paragraph, or below the last |
//! | second copies | the same paragraph was kept before |
//!
//! Known limits: the lexicon covers nine languages; labels in other languages are left to the classifier.

use rustc_hash::FxHashSet;

use super::blocks::{Page, PageBlock, is_prose, words};
use super::class_hints::hint;
use crate::article::BlockKind;
use crate::read::{line_patterns, lines};

/// The maximum number of words in a line that can be furniture by its own words.
const SHORT: usize = 25;
/// The minimum number of words in a paragraph whose second copy is cut.
const COPIED: usize = 8;
/// The minimum ratio of words outside consent dialogs to words inside them: a page that is all one dialog is kept.
const OUTSIDE: u32 = 2;
/// The maximum number of bytes in a line with the author or the date.
const SIGNATURE: usize = 120;
/// The maximum number of words in an entry of a table of contents.
const ENTRY: usize = 14;

/// Returns the reason for removing each block regardless of the classifier, or `None`.
pub(super) fn cuts(page: &Page, title: &str) -> Vec<Option<&'static str>> {
    let title = squeezed(title);
    let consent = is_consent_apart(page);
    let mut cuts: Vec<_> = page
        .blocks
        .iter()
        .map(|block| {
            let is_consent = consent && is_in_consent(page, block);
            if is_consent { Some("chrome") } else { cut(block, &title) }
        })
        .collect();
    for i in contents(page) {
        cuts[i] = cuts[i].or(Some("chrome"));
    }
    cuts
}

fn cut(block: &PageBlock, title: &str) -> Option<&'static str> {
    if block.kind == BlockKind::Caption {
        return Some("caption");
    }
    let may_be_title = !title.is_empty() && block.text.len() < title.len() * 4 + 64;
    if may_be_title && squeezed(&block.text) == title {
        return Some("title");
    }
    is_furniture(block).then_some("chrome")
}

/// Whether the words of a short block identify it as furniture.
fn is_furniture(block: &PageBlock) -> bool {
    let text = &*block.text;
    if block.is_code || block.in_table || text.split_whitespace().nth(SHORT).is_some() {
        return false;
    }
    // A sentence may begin with any phrase ("In this article we cook rice."); a link is not a sentence.
    let is_linked = block.linked as usize * 2 > text.len();
    let is_sentence = lines::ends_sentence(text) && 3 < words(text) && !is_linked;
    line_patterns::is_offer(text)
        || line_patterns::is_clock_time(text)
        || !is_sentence && (line_patterns::is_chrome(text) || are_glued_controls(text))
}

/// The maximum number of bytes in a row of controls.
const CONTROLS: usize = 60;

/// Whether a block consists of two controls that only style sheets separate: `ShareCopy link`.
fn are_glued_controls(text: &str) -> bool {
    if CONTROLS < text.len() {
        return false;
    }
    let mut parted = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        if c.is_uppercase() && parted.ends_with(char::is_lowercase) {
            parted.push(' ');
        }
        parted.push(c);
    }
    text.len() < parted.len() && line_patterns::is_row_of_controls(&parted.to_lowercase())
}

fn is_in_consent(page: &Page, block: &PageBlock) -> bool {
    page.containers[block.container as usize].all_hints.has(hint::CONSENT)
}

/// Whether most of the page's prose is outside its consent dialogs.
fn is_consent_apart(page: &Page) -> bool {
    let (mut inside, mut outside) = (0, 0);
    for block in &page.blocks {
        let n = words(&block.text) as u32;
        if is_prose(n, block) {
            *if is_in_consent(page, block) { &mut inside } else { &mut outside } += n;
        }
    }
    inside.saturating_mul(OUTSIDE) < outside
}

/// The table of contents: list items that are headings of the page, and the short heading above them.
fn contents(page: &Page) -> Vec<usize> {
    let headings = page.blocks.iter().filter(|b| b.level > 0 && b.kind != BlockKind::ListItem);
    let headings: FxHashSet<String> =
        headings.map(|b| squeezed(&b.text)).filter(|h| !h.is_empty()).collect();
    let is_entry = |block: &PageBlock| {
        let text = block.text.trim_start_matches(|c: char| c.is_numeric() || ". )".contains(c));
        block.kind == BlockKind::ListItem
            && block.text.split_whitespace().nth(ENTRY).is_none()
            && headings.contains(&squeezed(text))
    };
    let mut found = Vec::new();
    let mut at = 0;
    while at < page.blocks.len() {
        let is_item = |b: &&PageBlock| b.kind == BlockKind::ListItem;
        let n = page.blocks[at..].iter().take_while(is_item).count();
        let entries = page.blocks[at..at + n].iter().filter(|b| is_entry(b)).count();
        if 0 < n && n <= entries * 4 / 3 {
            let above = at.checked_sub(1).filter(|above| {
                let block = &page.blocks[*above];
                words(&block.text) <= 4 && !lines::ends_sentence(&block.text)
            });
            found.extend(above);
            found.extend(at..at + n);
        }
        at += n.max(1);
    }
    found
}

/// Marks the second copies of kept paragraphs, and the short lines between them.
///
/// Pages may contain an article twice, once for wide and once for narrow screens.
pub(super) fn cut_copies(page: &Page, cuts: &mut [Option<&'static str>]) {
    let mut seen = FxHashSet::default();
    let kept: Vec<usize> = (0..page.blocks.len()).filter(|i| cuts[*i].is_none()).collect();
    let is_copy: Vec<bool> =
        kept.iter().map(|i| !seen.insert(squeezed(&page.blocks[*i].text))).collect();
    let is_long = |n: usize| COPIED <= words(&page.blocks[kept[n]].text);
    let mut inside = false;
    for n in 0..kept.len() {
        let begins = is_copy[n]
            && (is_long(n) || inside || is_copy.get(n + 1) == Some(&true) && is_long(n + 1));
        inside = begins;
        if begins {
            cuts[kept[n]] = Some("repeated");
        }
    }
}

/// Marks the lines above the first kept paragraph and below the last that contain only the author or the date.
pub(super) fn cut_signatures(page: &Page, cuts: &mut [Option<&'static str>]) {
    let is_paragraph = |i: &usize| {
        let block = &page.blocks[*i];
        cuts[*i].is_none() && is_prose(words(&block.text) as u32, block)
    };
    let Some(first) = (0..cuts.len()).find(is_paragraph) else { return };
    let last = (0..cuts.len()).rev().find(is_paragraph).unwrap_or(first);
    for i in (0..first).chain(last + 1..cuts.len()) {
        let text = &*page.blocks[i].text;
        if cuts[i].is_some() || SIGNATURE < text.len() {
            continue;
        }
        if line_patterns::is_date_line(text) {
            cuts[i] = Some("date");
        } else if line_patterns::byline(text).is_some() {
            cuts[i] = Some("byline");
        }
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
