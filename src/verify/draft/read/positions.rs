//! Maps the text of a draft back to the draft file.

use crate::span::Span;

/// A part of the text, and the range of the draft file from which it was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    /// The offset of its first byte in the text.
    pub(super) at: usize,
    /// Its length in the text.
    pub(super) len: usize,
    /// The range in the file. If its length differs from that of the text, for example because a character reference
    /// was decoded, each byte maps to the whole range.
    pub(super) from: Span,
}

/// The segments of a text, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Positions(Vec<Segment>);

impl Positions {
    /// Adds the next segment, or extends the last one if the next continues it.
    pub(super) fn push(&mut self, next: Segment) {
        if let Some(last) = self.0.last_mut()
            && last.len == last.from.len()
            && next.len == next.from.len()
            && last.at + last.len == next.at
            && last.from.end() == next.from.start()
        {
            last.len += next.len;
            last.from = Span::new(last.from.start(), next.from.end());
            return;
        }
        self.0.push(next);
    }

    /// Returns the range of the file from which a range of the text was read.
    pub(super) fn in_file(&self, span: Span) -> Option<Span> {
        let start = self.place(span.start())?;
        let last = self.place(span.end().saturating_sub(1).max(span.start()))?;
        Some(Span::new(start.start(), last.end().max(start.start())))
    }

    /// Returns the range of the file for one byte of the text.
    fn place(&self, at: usize) -> Option<Span> {
        let after = self.0.partition_point(|s| s.at <= at);
        let segment = after.checked_sub(1).and_then(|i| self.0.get(i))?;
        let inside = at - segment.at;
        if segment.len != segment.from.len() || inside >= segment.len {
            return Some(segment.from);
        }
        let start = segment.from.start() + inside;
        Some(Span::new(start, start + 1))
    }

    /// Returns the positions after some ranges of the text are removed; `cuts` must be in order.
    pub(super) fn without(self, cuts: &[Span]) -> Self {
        let mut kept = Self::default();
        let mut removed = 0;
        let mut next_cut = 0;
        for segment in self.0 {
            let (mut at, end) = (segment.at, segment.at + segment.len);
            while at < end || (segment.len == 0 && at == end) {
                while cuts.get(next_cut).is_some_and(|cut| cut.end() <= at) {
                    removed += cuts[next_cut].len();
                    next_cut += 1;
                }
                let cut = cuts.get(next_cut).copied().filter(|cut| cut.start() < end);
                let until = cut.map_or(end, |cut| cut.start().max(at));
                if until > at {
                    kept.push(part(segment, at, until, removed));
                }
                at = cut.map_or(end, |cut| cut.end().min(end));
                if segment.len == 0 {
                    break;
                }
                if let Some(cut) = cut
                    && cut.end() > end
                {
                    break;
                }
            }
        }
        kept
    }
}

/// Returns the part of a segment from `at` to `until`, moved back by the number of bytes removed before it.
fn part(segment: Segment, at: usize, until: usize, removed: usize) -> Segment {
    let from = if segment.len == segment.from.len() {
        let start = segment.from.start() + (at - segment.at);
        Span::new(start, start + (until - at))
    } else {
        segment.from
    };
    Segment { at: at - removed, len: until - at, from }
}

#[cfg(test)]
mod tests {
    use super::{Positions, Segment};
    use crate::span::Span;

    #[test]
    fn a_range_is_found_in_the_file_also_behind_a_cut() {
        let mut all = Positions::default();
        // "ab&amp;cd [1] ef", read as "ab&cd [1] ef".
        all.push(Segment { at: 0, len: 2, from: Span::new(0, 2) });
        all.push(Segment { at: 2, len: 1, from: Span::new(2, 7) });
        all.push(Segment { at: 3, len: 9, from: Span::new(7, 16) });
        assert_eq!(all.in_file(Span::new(1, 4)), Some(Span::new(1, 8)));
        let cut = all.without(&[Span::new(5, 9)]);
        assert_eq!(cut.in_file(Span::new(3, 5)), Some(Span::new(7, 9)));
        assert_eq!(cut.in_file(Span::new(6, 8)), Some(Span::new(14, 16)));
    }
}
