//! Sentences of the draft that repeat a passage of a source verbatim.
//!
//! Such a sentence is supported as a whole. Its numbers are not compared one by one, because the draft is read by the
//! rules of a single language, and "572.500" is 572,500 in one language and 572.5 in another.

use crate::span::Span;
use crate::verify::draft::comparable_words::Runs;
use crate::verify::draft::find::{Match, exact};
use crate::verify::draft::sources::Sources;

/// The minimum number of words in a sentence, or in each part of it between remarks, so that it does not match by
/// chance.
const LEAST_WORDS: usize = 4;

/// Returns the passage of a source that a sentence repeats, ignoring `remarks` such as the name of the outlet. If
/// remarks divide the sentence, every part must be in a source, and the passage of the first part is returned.
pub(super) fn find(
    sources: &Sources<'_>,
    text: &str,
    sentence: Span,
    remarks: &[Span],
) -> Option<Match> {
    let mut first = None;
    for stretch in without(sentence, remarks) {
        let runs = Runs::new(text, stretch);
        if runs.parts.is_empty() {
            continue;
        }
        // An ellipsis or brackets mean that the sentence was edited.
        let is_edited = !runs.gaps.is_empty() || runs.leading.is_some() || runs.trailing.is_some();
        if is_edited || runs.len_in_words() < LEAST_WORDS {
            return None;
        }
        let found = exact(sources, &runs).first()?.runs.first().copied()?;
        first = first.or(Some(found));
    }
    first
}

/// Returns the parts of a range outside other ranges, which must be sorted.
pub(super) fn without(range: Span, others: &[Span]) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut from = range.start();
    for other in others.iter().filter(|other| other.overlaps(range)) {
        if other.start() > from {
            parts.push(Span::new(from, other.start()));
        }
        from = from.max(other.end());
    }
    if from < range.end() {
        parts.push(Span::new(from, range.end()));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::without;
    use crate::span::Span;

    #[test]
    fn remarks_are_left_out() {
        let span = Span::new;
        assert_eq!(without(span(2, 9), &[]), [span(2, 9)]);
        assert_eq!(without(span(2, 9), &[span(0, 3), span(5, 6)]), [span(3, 5), span(6, 9)]);
        assert_eq!(without(span(2, 9), &[span(6, 12)]), [span(2, 6)]);
    }
}
