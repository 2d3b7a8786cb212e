//! The standfirst: the summary between the headline and the first paragraph.
//!
//! It is part of the article's text, unless it only repeats a paragraph. The classifier has seen pages whose
//! reference text omits it, and pages whose reference text has it, so its verdict is not reliable here. A block is
//! the standfirst if it is the only text of at least eight words between the title and the first kept paragraph, is
//! not linked, and agrees with the description that the page declares or is next to the title. Dates, bylines and
//! captions may be in between.

use super::blocks::{Page, PageBlock, is_prose, words};
use super::class_hints::hint;
use crate::article::BlockKind;

/// The number of blocks below the title that are examined.
const REACH: usize = 8;
/// The range of the number of words in a standfirst.
const WORDS: std::ops::RangeInclusive<usize> = 8..=60;
/// The number of letters and digits in which the description and the standfirst must agree.
const AGREED: usize = 40;

/// The hints of elements that do not contain a standfirst.
const OUTSIDE: [usize; 8] = [
    hint::ASIDE,
    hint::COMMENTS,
    hint::CONSENT,
    hint::FOOTER,
    hint::NAVIGATION,
    hint::RELATED,
    hint::MEDIA,
    hint::PROMOTION,
];

/// Keeps the standfirst; cuts in `forced` are final.
pub(super) fn keep(
    page: &Page,
    title: &str,
    description: Option<&str>,
    forced: &[Option<&'static str>],
    kept: &mut [bool],
) {
    let is_title = |b: &PageBlock| b.level == 1 && b.text == title;
    let Some(at) = page.blocks.iter().position(is_title) else { return };
    let is_paragraph = |i: &usize| {
        let block = &page.blocks[*i];
        kept[*i] && forced[*i].is_none() && is_prose(words(&block.text) as u32, block)
    };
    let Some(first) = (at + 1..page.blocks.len()).find(is_paragraph) else { return };
    let description = description.map(squeezed);
    let around = page.containers[page.blocks[at].container as usize].all_hints;
    let may_be = |i: &usize| {
        let block = &page.blocks[*i];
        let hints = page.containers[block.container as usize].all_hints;
        forced[*i].is_none()
            && matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
            && block.level != 1
            && !block.in_table
            && block.linked == 0
            && WORDS.contains(&words(&block.text))
            && !OUTSIDE.iter().any(|h| hints.has(*h) && !around.has(*h))
    };
    let between = at + 1..first.min(at + 1 + REACH);
    let Some(i) = between.clone().find(may_be) else { return };
    let own = squeezed(&page.blocks[i].text);
    let agrees = description.is_some_and(|d| {
        let n = d.chars().zip(own.chars()).take_while(|(a, b)| a == b).count();
        AGREED <= n || n == own.chars().count()
    });
    let is_only = between.filter(may_be).count() == 1;
    let repeats = page.blocks[first..].iter().any(|b| squeezed(&b.text).starts_with(&own));
    if !repeats && is_only && (agrees || i <= at + 3) {
        kept[i] = true;
    }
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
