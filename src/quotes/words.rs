//! The words of a quotation, folded for comparison.

use rustc_hash::FxHasher;
use std::hash::Hasher as _;

use crate::span::Span;

/// A word of a quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) span: Span,
    /// A hash of the word in lower case.
    pub(super) hash: u64,
    /// Whether it stands in brackets: the reporter's word, not the speaker's.
    pub(super) edited: bool,
}

/// Returns the words of a range of a text; apostrophes belong to words, hyphens do not.
pub(super) fn of(text: &str, span: Span) -> Vec<Word> {
    let mut found = Vec::new();
    let mut brackets = 0_usize;
    let mut start = None;
    let inside = span.of(text);
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    for (at, c) in inside.char_indices() {
        match (joins(c), start) {
            (true, None) if c.is_alphanumeric() => start = Some(at),
            (false, Some(from)) => {
                found.push(word(inside, span.start(), from, at, brackets > 0));
                start = None;
            }
            _ => {}
        }
        match c {
            '[' => brackets += 1,
            ']' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
    }
    if let Some(from) = start {
        found.push(word(inside, span.start(), from, inside.len(), brackets > 0));
    }
    found
}

fn word(inside: &str, offset: usize, from: usize, to: usize, edited: bool) -> Word {
    let text = inside.get(from..to).unwrap_or("").trim_end_matches(['\'', '’']);
    let mut hasher = FxHasher::default();
    for c in text.chars().flat_map(char::to_lowercase) {
        hasher.write_u32(if c == '’' { '\'' as u32 } else { c as u32 });
    }
    Word {
        span: Span::new(offset + from, offset + from + text.len()),
        hash: hasher.finish(),
        edited,
    }
}
