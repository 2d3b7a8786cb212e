//! Whether a name of a source has the same position in its sentence as a name of the draft.
//!
//! Two sentences about the same event name many people and places. A name counts as a replacement for another only next
//! to the same word: "moved to Harrow before the winter", "moved to Orlen before the winter".

use crate::span::Span;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::lists::Lists;

/// The number of words on either side of a name that are searched for a content word.
const REACH: usize = 3;
/// Words between a word for a number and the name of a kind: "some of the Democrats".
const SMALL: &[&str] = &["of", "the"];

/// Returns whether both names have the same content word on the same side.
pub(super) fn is_shared(own: &[Term], name: Span, source: &[Term], other: Span) -> bool {
    let [before, after] = beside(own, name);
    let [other_before, other_after] = beside(source, other);
    let same = |a: Option<u32>, b: Option<u32>| a.is_some() && a == b;
    same(before, other_before) || same(after, other_after)
}

/// Returns the nearest content words before and after a name.
fn beside(terms: &[Term], name: Span) -> [Option<u32>; 2] {
    let mut before = terms.iter().rev().filter(|t| t.span.end() <= name.start()).take(REACH);
    let mut after = terms.iter().filter(|t| t.span.start() >= name.end()).take(REACH);
    let [before, after] = [before.find(|t| t.counts()), after.find(|t| t.counts())];
    [before.and_then(|t| t.number), after.and_then(|t| t.number)]
}

/// Returns whether a name denotes a kind rather than a person or place.
pub(super) fn is_kind(lists: &Lists, own: &[Term], name: Span) -> bool {
    let before = own.iter().rev().filter(|t| t.span.end() <= name.start());
    let mut words = before.map(|t| t.word.as_str());
    let first = words.next().unwrap_or_default();
    if !SMALL.contains(&first) {
        return lists.before_kinds.contains(first);
    }
    // "Of Selm" and "the Aurora" are names; "some of the Liberals" are not.
    let second = words.find(|word| !SMALL.contains(word)).unwrap_or_default();
    first != second && lists.before_kinds.contains(second) && !matches!(second, "a" | "an")
}
