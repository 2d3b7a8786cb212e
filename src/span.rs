//! Ranges of an article's text, checked slicing, and conversion between byte and code-point offsets.
//!
//! In memory, a location in a text is a range of UTF-8 bytes. In JSON, it is a range of Unicode code points, as in the
//! W3C Web Annotation `TextPositionSelector`. [`CodePoints`] converts between the two.

/// A range of bytes of one article's text, start inclusive, end exclusive.
///
/// Offsets are `u32`, so a text must be shorter than 4 GiB; the default [`Limits`](crate::read::Limits) ensure that.
///
/// ```
/// use nutgraf::Span;
///
/// let text = "Über dem Fluss";
/// assert_eq!(Span::new(0, 5).get(text), Some("Über"));
/// assert_eq!(Span::new(0, 1).get(text), None); // inside the two bytes of `Ü`
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: u32,
    end: u32,
}

impl Span {
    /// Returns the range `start..end`; if the end precedes the start, the range is empty and at `start`.
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start: start as u32, end: end as u32 }
    }

    /// Returns the offset of the first byte.
    pub const fn start(self) -> usize {
        self.start as usize
    }

    /// Returns the offset after the last byte.
    pub const fn end(self) -> usize {
        self.end as usize
    }

    /// Returns the length in bytes.
    pub const fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Returns whether the range is empty.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns whether this range contains all of `other`.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns whether this range contains the byte at `offset`.
    pub const fn contains_offset(self, offset: usize) -> bool {
        self.start() <= offset && offset < self.end()
    }

    /// Returns whether the two ranges share a byte, or an empty one lies inside the other.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the text of this range, or `None` if it extends past the end of `text` or does not fall on character
    /// boundaries.
    pub fn get(self, text: &str) -> Option<&str> {
        text.get(self.start()..self.end())
    }

    /// Returns the text of this range; empty if it extends past the end of `text` or does not fall on character
    /// boundaries.
    pub fn slice(self, text: &str) -> &str {
        self.get(text).unwrap_or("")
    }

    /// Returns this range without leading and trailing white space.
    #[must_use]
    pub fn trimmed(self, text: &str) -> Self {
        let inside = self.slice(text);
        let start = self.start() + (inside.len() - inside.trim_start().len());
        Self::new(start, start + inside.trim().len())
    }
}

/// Returns the spans that overlap a range. `ordered` must be sorted, and its spans must not overlap each other.
pub fn overlapping(ordered: &[Span], range: Span) -> &[Span] {
    overlapping_by(ordered, range, |span| *span)
}

/// Returns the items whose spans overlap a range. `ordered` must be sorted, and the spans must not overlap each other.
pub fn overlapping_by<T>(ordered: &[T], range: Span, span: impl Fn(&T) -> Span) -> &[T] {
    let first = ordered.partition_point(|item| span(item).end() <= range.start());
    let rest = ordered.get(first..).unwrap_or(&[]);
    rest.get(..rest.partition_point(|item| span(item).start() < range.end())).unwrap_or(&[])
}

/// Returns `text[start..end]`; empty if the range extends past the end or does not fall on character boundaries.
pub fn slice(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}

/// Converts byte offsets in a text to code-point offsets and back.
///
/// ```
/// use nutgraf::{CodePoints, Span};
///
/// let points = CodePoints::new("Über dem Fluss");
/// assert_eq!(points.span(Span::new(6, 9)), [5, 8]);
/// assert_eq!(points.to_span(5, 8), Some(Span::new(6, 9)));
/// ```
///
/// Building the index takes one pass over the text; a look-up examines at most about [`CodePoints::STRIDE`] bytes.
/// ASCII texts need no index.
#[derive(Debug)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// The number of code points before byte `i * STRIDE`; empty for ASCII texts.
    before: Vec<u32>,
}

impl<'t> CodePoints<'t> {
    /// The distance between two entries of the index, in bytes.
    pub const STRIDE: usize = 128;

    /// Indexes a text.
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in text.as_bytes().chunks(Self::STRIDE) {
                before.push(count);
                count += starts_of_characters(chunk);
            }
        }
        Self { text, before }
    }

    /// Returns the number of code points before a byte offset. An offset past the end counts as the end, and an offset
    /// inside a character counts as the end of that character.
    pub fn from_byte(&self, offset: usize) -> usize {
        let offset = offset.min(self.text.len());
        if self.before.is_empty() {
            return offset;
        }
        let block = (offset / Self::STRIDE).min(self.before.len() - 1);
        let from = block * Self::STRIDE;
        let rest = &self.text.as_bytes()[from..offset];
        (self.before[block] + starts_of_characters(rest)) as usize
    }

    /// Converts a code-point offset to a byte offset; returns `None` if it is past the end of the text.
    pub fn to_byte(&self, code_point: usize) -> Option<usize> {
        if self.before.is_empty() {
            return (code_point <= self.text.len()).then_some(code_point);
        }
        let block = self.before.partition_point(|&n| (n as usize) <= code_point).saturating_sub(1);
        let mut left = code_point - self.before[block] as usize;
        let bytes = self.text.as_bytes();
        for (i, byte) in bytes.iter().enumerate().skip(block * Self::STRIDE) {
            if is_start_of_character(*byte) {
                if left == 0 {
                    return Some(i);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(bytes.len())
    }

    /// Converts a byte range to a range of code points.
    pub fn span(&self, span: Span) -> [usize; 2] {
        [self.from_byte(span.start()), self.from_byte(span.end())]
    }

    /// Converts a range of code points to a byte range; returns `None` if it is not a range of the text.
    pub fn to_span(&self, start: usize, end: usize) -> Option<Span> {
        if end < start {
            return None;
        }
        Some(Span::new(self.to_byte(start)?, self.to_byte(end)?))
    }
}

fn starts_of_characters(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| is_start_of_character(**b)).count() as u32
}

const fn is_start_of_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{CodePoints, Span};

    #[test]
    fn a_range_off_the_boundaries_is_no_text() {
        assert_eq!(Span::new(0, 1).get("é"), None);
        assert_eq!(Span::new(0, 9).slice("short"), "");
        assert_eq!(Span::new(0, 7).trimmed(" a b   "), Span::new(1, 4));
    }

    proptest! {
        #[test]
        fn bytes_and_code_points_agree_with_counting(text in "(?s)[\\PC\\n]{0,400}") {
            let index = CodePoints::new(&text);
            for (n, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.from_byte(byte), n);
                prop_assert_eq!(index.to_byte(n), Some(byte));
            }
            let n = text.chars().count();
            prop_assert_eq!(index.to_byte(n), Some(text.len()));
            prop_assert_eq!(index.to_byte(n + 1), None);
        }
    }
}
