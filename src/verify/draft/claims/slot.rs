//! Whether a name in a source has the same position in its sentence as a name in the draft.
//!
//! Two sentences about the same event may name many different people and places. A name counts as a replacement for
//! another only if both are next to the same content word, as in "moved to Harrow before the winter" and "moved to
//! Orlen before the winter".

use crate::span::Span;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::lists::Lists;

/// The number of words on either side of a name that are searched for a content word.
const REACH: usize = 3;
/// Words that may be between a word for a number and the name of a kind: "some of the Democrats".
const SMALL: &[&str] = &["of", "the"];

/// Returns whether the nearest content word on one side of both names is the same.
pub(super) fn is_shared(own: &[Term], name: Span, source: &[Term], other: Span) -> bool {
    let [before, after] = beside(own, name);
    let [other_before, other_after] = beside(source, other);
    let same = |a: Option<u32>, b: Option<u32>| a.is_some() && a == b;
    same(before, other_before) || same(after, other_after)
}

/// Returns whether both names are between the same content words, none of which is capitalized: "a court in Fennvik on
/// Monday" and "a court in Ardal on Monday". A further name in a list has a capitalized neighbor, so it does not count.
pub(super) fn is_framed(own: &[Term], name: Span, source: &[Term], other: Span) -> bool {
    let sides = neighbours(own, name).into_iter().zip(neighbours(source, other));
    let mut framed = sides.map(|sides| match sides {
        (Some(a), Some(b)) => (!a.is_raised && !b.is_raised && a.is_form_of(b)).then_some(true),
        (None, None) => Some(false),
        _ => None,
    });
    // At least one side has a word.
    matches!((framed.next(), framed.next()), (Some(Some(a)), Some(Some(b))) if a || b)
}

/// Returns the term numbers of the nearest content words before and after a name.
fn beside(terms: &[Term], name: Span) -> [Option<u32>; 2] {
    neighbours(terms, name).map(|term| term.and_then(|t| t.number))
}

fn neighbours(terms: &[Term], name: Span) -> [Option<&Term>; 2] {
    let mut before = terms.iter().rev().filter(|t| t.span.end() <= name.start()).take(REACH);
    let mut after = terms.iter().filter(|t| t.span.start() >= name.end()).take(REACH);
    [before.find(|t| t.counts()), after.find(|t| t.counts())]
}

/// Returns whether a name denotes a kind rather than an individual person or place: "a Republican".
pub(super) fn is_kind(lists: &Lists, own: &[Term], name: Span) -> bool {
    let before = own.iter().rev().filter(|t| t.span.end() <= name.start());
    let mut words = before.map(|t| t.word.as_str());
    let first = words.next().unwrap_or_default();
    if !SMALL.contains(&first) {
        return lists.before_kinds.contains(first);
    }
    // "Of Selm" and "the Aurora" are names; "some of the Liberals" is not.
    let second = words.find(|word| !SMALL.contains(word)).unwrap_or_default();
    first != second && lists.before_kinds.contains(second) && !matches!(second, "a" | "an")
}
