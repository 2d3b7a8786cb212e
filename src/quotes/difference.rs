//! The differences between two versions of a quotation.

use crate::quotes::words::{self, Word};
use crate::span::Span;
use crate::text::align::common_subsequence;

/// The maximum number of words that are compared between the common beginning and the common end of two versions. If
/// one version has more words there, all words there count as different.
const MOST_WORDS: usize = 600;

/// Returns the ranges of `variant` whose words are not in `lead` in the same order; adjacent words form one range.
///
/// The common words are a longest common subsequence, unless the versions are very long. Case and punctuation are
/// ignored.
pub fn differing(lead: &str, variant: &str) -> Vec<Span> {
    let a = words::split(lead, Span::new(0, lead.len()));
    let b = words::split(variant, Span::new(0, variant.len()));
    let common = in_common(&a, &b);
    let mut ranges: Vec<Span> = Vec::new();
    let mut adjacent = false;
    for (word, common) in b.iter().zip(common) {
        if common {
            adjacent = false;
            continue;
        }
        match ranges.last_mut().filter(|_| adjacent) {
            Some(last) => *last = Span::new(last.start(), word.span.end()),
            None => ranges.push(word.span),
        }
        adjacent = true;
    }
    ranges
}

/// Returns, for each word of `b`, whether it belongs to the common subsequence.
pub(super) fn in_common(a: &[Word], b: &[Word]) -> Vec<bool> {
    let same = |i: usize, j: usize| a[i].hash == b[j].hash;
    let head = (0..a.len().min(b.len())).take_while(|&i| same(i, i)).count();
    let rest = a.len().min(b.len()) - head;
    let tail = (0..rest).take_while(|&i| same(a.len() - 1 - i, b.len() - 1 - i)).count();
    let mut common = vec![false; b.len()];
    common[..head].fill(true);
    common[b.len() - tail..].fill(true);
    let (rows, columns) = (a.len() - tail - head, b.len() - tail - head);
    if rows > MOST_WORDS || columns > MOST_WORDS {
        return common;
    }
    let same = |i: usize, j: usize| same(head + i, head + j);
    for (_, j) in common_subsequence(rows, columns, same) {
        common[head + j] = true;
    }
    common
}

#[cfg(test)]
mod tests {
    use super::differing;

    #[test]
    fn only_the_words_that_differ_are_marked() {
        let lead = "We will do all we can to keep the bridge open, and safe";
        let variant = "we will do everything we can, to keep the old bridge open";
        let marked: Vec<&str> = differing(lead, variant).iter().map(|s| s.slice(variant)).collect();
        assert_eq!(marked, ["everything", "old"]);
        assert!(differing(lead, lead).is_empty());
    }
}
