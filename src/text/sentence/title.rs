//! Question and exclamation marks inside the title of a work.
//!
//! ```text
//! The show, "Help! I Shrunk My Boss," opens Friday.
//!                ^ no end: all that follows up to the closing mark is written as a title
//! ```
//!
//! Known limit: a title in sentence case looks like a quotation and is split like one.

use crate::span::slice;
use crate::text::sentence::candidate::Candidate;

/// The maximum distance to the closing mark, in bytes.
const LONGEST_REST: usize = 80;
/// The minimum length in bytes of words that must be capitalized in a title; shorter words (`of`, `the`, `and`) may be
/// in lower case.
const SMALL_WORD: usize = 4;

/// Returns whether the candidate is inside quotation marks and the rest of the text inside them is in title case.
pub(super) fn goes_on(c: &Candidate<'_>) -> bool {
    let rest = slice(c.text, c.close, c.text.len());
    let Some(close) = rest.bytes().take(LONGEST_REST).position(|b| b == b'"' || b == 0xE2) else {
        return false;
    };
    let rest = slice(rest, 0, close);
    let closes = slice(c.text, c.close + close, c.text.len()).starts_with(['"', '”', '’', '“']);
    closes && is_inside_marks(c) && is_title_case(rest)
}

fn is_inside_marks(c: &Candidate<'_>) -> bool {
    let before = c.recent();
    let straight = before.bytes().filter(|b| *b == b'"').count();
    let opening = before.rfind(['“', '„', '‘']);
    let closing = before.rfind('”');
    straight % 2 == 1 || (opening.is_some() && opening > closing)
}

fn is_title_case(rest: &str) -> bool {
    let mut words =
        rest.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric())).peekable();
    words.peek().is_some()
        && words.all(|w| w.len() < SMALL_WORD || w.chars().next().is_none_or(|c| !c.is_lowercase()))
        && rest.split_whitespace().count() > 1
}
