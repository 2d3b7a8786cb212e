//! An index of ranges of articles that answers overlap queries.
//!
//! The ranges are sorted by article and start, and each entry stores the furthest end of all ranges of its article up
//! to it. A query walks backward and stops as soon as no earlier range can reach the place, so a text of a hundred
//! megabytes with as many quotes as sentences takes linear time.

use crate::quotes::Place;
use crate::span::Span;

/// An index of places.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    sorted: Vec<Place>,
    /// The furthest end of all ranges of the same article up to this index.
    reach: Vec<usize>,
}

impl FromIterator<Place> for Places {
    fn from_iter<I: IntoIterator<Item = Place>>(iter: I) -> Self {
        let mut sorted: Vec<Place> = iter.into_iter().collect();
        sorted.sort_unstable();
        let mut reach: Vec<usize> = Vec::with_capacity(sorted.len());
        for (n, place) in sorted.iter().enumerate() {
            let before = n.checked_sub(1).filter(|b| sorted[*b].article == place.article);
            let end = before.map_or(0, |b| reach[b]);
            reach.push(end.max(place.span.end()));
        }
        Self { sorted, reach }
    }
}

impl Places {
    /// Returns the ranges that overlap a place, in their order.
    pub(super) fn overlapping(&self, at: Place) -> Vec<Span> {
        let end = self
            .sorted
            .partition_point(|p| (p.article, p.span.start()) < (at.article, at.span.end()));
        let near = self.sorted.iter().zip(&self.reach).take(end).rev();
        let reaching =
            near.take_while(|(p, reach)| p.article == at.article && at.span.start() < **reach);
        let mut found: Vec<Span> =
            reaching.map(|(p, _)| p.span).filter(|span| span.overlaps(at.span)).collect();
        found.reverse();
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Places;
    use crate::quotes::Place;
    use crate::span::Span;

    proptest! {
        #[test]
        fn all_that_overlap_are_found(
            places in prop::collection::vec((0usize..3, 0usize..30, 0usize..12), 0..20),
            (article, start, length) in (0usize..3, 0usize..30, 0usize..12),
        ) {
            let place = |(article, start, length)| Place { article, span: Span::new(start, start + length) };
            let at = place((article, start, length));
            let mut all: Vec<Place> = places.into_iter().map(place).collect();
            let index: Places = all.iter().copied().collect();
            all.sort_unstable();
            let overlap = |p: &&Place| p.article == at.article && p.span.overlaps(at.span);
            let expected: Vec<Span> = all.iter().filter(overlap).map(|p| p.span).collect();
            prop_assert_eq!(index.overlapping(at), expected);
        }
    }
}
