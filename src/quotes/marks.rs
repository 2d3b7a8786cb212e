//! Quotation marks: which stretches of a paragraph stand inside the outermost marks.
//!
//! One pass collects every mark of the paragraph with what its neighbours allow it to be (a mark after a space and
//! before a letter opens, one after a letter or a stop closes); a second pairs them from left to right, outermost pairs
//! only. A quotation that is never closed runs to the end of its paragraph: that is how newspapers continue a quotation
//! over paragraphs. Nothing is ever paired across paragraphs.
//!
//! Known limits: a straight single mark is taken for a quotation only where it opens after a space and a closing one is
//! found within the paragraph; `the boys' 'trick'` is told apart by its neighbours alone.

use crate::span::{Span, slice};

/// A stretch inside quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Region {
    /// What stands inside the marks, without outer white space.
    pub(super) inner: Span,
    /// The same with the marks.
    pub(super) outer: Span,
    /// Whether a closing mark was found.
    pub(super) closed: bool,
}

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// `"`
    Straight,
    /// Two apostrophes or backticks, as wire services write.
    Doubled,
    /// `'`
    Apostrophe,
    /// `“`, `”`, `„`, `‟`
    HighLeft,
    HighRight,
    Low,
    /// `‘`, `’`, `‚`
    SingleHighLeft,
    SingleHighRight,
    SingleLow,
    /// `«`, `»`, `‹`, `›`
    Left,
    Right,
    SingleLeft,
    SingleRight,
    /// `「`, `」`
    CornerLeft,
    CornerRight,
}

#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    shape: Shape,
    opens: bool,
    closes: bool,
}

/// How many marks ahead the end of a single quotation is looked for.
const SINGLE_REACH: usize = 48;
/// How many marks ahead the end of a nested quotation is looked for, so that a wall of marks costs linear time.
const NESTED_REACH: usize = 256;

/// Returns the quoted stretches of a paragraph, in order.
pub(super) fn regions(text: &str, paragraph: Span) -> Vec<Region> {
    let marks = collect(text, paragraph);
    let mut found = Vec::new();
    let mut i = 0;
    while i < marks.len() {
        let mark = marks[i];
        if !mark.opens {
            i += 1;
            continue;
        }
        let (end, next, closed) = match close_of(text, &marks, i) {
            Closing::At(j) => (marks[j], j + 1, true),
            Closing::Before(j) => (point(marks[j].start), j, false),
            Closing::Never => (point(paragraph.end()), marks.len(), false),
            Closing::NotAQuotation => {
                i += 1;
                continue;
            }
        };
        let inner = Span::new(mark.end, end.start).trimmed(text);
        if !inner.is_empty() {
            let outer_end = if closed { end.end } else { inner.end() };
            found.push(Region { inner, outer: Span::new(mark.start, outer_end), closed });
        }
        i = next;
    }
    found
}

/// A place without extent, where a quotation ends that no mark closes.
const fn point(at: usize) -> Mark {
    Mark { start: at, end: at, shape: Shape::Straight, opens: false, closes: false }
}

/// Where a quotation ends.
enum Closing {
    /// At a mark.
    At(usize),
    /// Before a mark that opens the next one.
    Before(usize),
    /// At the end of the paragraph.
    Never,
    /// Nowhere: the mark was an apostrophe.
    NotAQuotation,
}

fn close_of(text: &str, marks: &[Mark], open: usize) -> Closing {
    match marks[open].shape {
        Shape::Straight => close_straight(marks, open),
        Shape::Doubled => close_by(marks, open, |m| m.shape == Shape::Doubled),
        Shape::HighLeft | Shape::Low => close_curly(marks, open),
        Shape::HighRight => close_by(marks, open, |m| m.shape == Shape::HighRight),
        Shape::Left => close_by(marks, open, |m| m.shape == Shape::Right),
        Shape::Right => close_by(marks, open, |m| m.shape == Shape::Left),
        Shape::SingleLeft => close_by(marks, open, |m| m.shape == Shape::SingleRight),
        Shape::SingleRight => close_by(marks, open, |m| m.shape == Shape::SingleLeft),
        Shape::CornerLeft => close_by(marks, open, |m| m.shape == Shape::CornerRight),
        Shape::SingleLow => close_by(marks, open, |m| {
            matches!(m.shape, Shape::SingleHighLeft | Shape::SingleHighRight)
        }),
        Shape::Apostrophe | Shape::SingleHighLeft => close_single(text, marks, open),
        Shape::SingleHighRight | Shape::CornerRight => Closing::NotAQuotation,
    }
}

fn close_by(marks: &[Mark], open: usize, closes: impl Fn(&Mark) -> bool) -> Closing {
    let shape = marks[open].shape;
    for (j, mark) in marks.iter().enumerate().skip(open + 1) {
        if closes(mark) {
            return Closing::At(j);
        }
        if mark.shape == shape && mark.opens && shape != Shape::Doubled {
            return Closing::Before(j);
        }
    }
    Closing::Never
}

fn close_straight(marks: &[Mark], open: usize) -> Closing {
    for (j, mark) in marks.iter().enumerate().skip(open + 1) {
        match mark.shape {
            Shape::Straight | Shape::HighRight if mark.closes || !mark.opens => {
                return Closing::At(j);
            }
            Shape::Straight => return nested_straight(marks, j),
            _ => {}
        }
    }
    Closing::Never
}

/// Where a straight quotation ends that meets an opening straight mark at `inner`: after the pair that this mark begins
/// where one more closes then, as in `"He said "never" to me,"`; else its end was forgotten, and the next one begins there.
fn nested_straight(marks: &[Mark], inner: usize) -> Closing {
    let mut straight =
        marks.iter().enumerate().skip(inner + 1).filter(|(_, m)| m.shape == Shape::Straight);
    let closes = |m: &Mark| m.closes && !m.opens;
    match (straight.next(), straight.next()) {
        (Some((_, first)), Some((j, second))) if closes(first) && closes(second) => Closing::At(j),
        _ => Closing::Before(inner),
    }
}

/// Closes `“…”`, `„…“` and `„…”`, quotations of the same shape within counted, a straight mark as a slip taken.
fn close_curly(marks: &[Mark], open: usize) -> Closing {
    let low = marks[open].shape == Shape::Low;
    let mut depth = 1;
    for (j, mark) in marks.iter().enumerate().skip(open + 1).take(NESTED_REACH) {
        match mark.shape {
            Shape::HighRight => depth -= 1,
            Shape::HighLeft if low => depth -= 1,
            Shape::HighLeft => depth += 1,
            Shape::Straight if mark.closes && !mark.opens => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Closing::At(j);
        }
    }
    // Never closed: a second opening mark belongs to the next quotation then, not inside this one.
    let next = marks.iter().enumerate().skip(open + 1).find(|(_, m)| m.shape == Shape::HighLeft);
    match next {
        Some((j, _)) if depth > 1 => Closing::Before(j),
        _ => Closing::Never,
    }
}

/// Closes `'…'` and `‘…’`: the first mark that closes after a stop, or else the first that is no plural's apostrophe.
fn close_single(text: &str, marks: &[Mark], open: usize) -> Closing {
    let mut first = None;
    for (j, mark) in marks.iter().enumerate().skip(open + 1).take(SINGLE_REACH) {
        let single = matches!(mark.shape, Shape::Apostrophe | Shape::SingleHighRight);
        if single && mark.opens && !mark.closes && first.is_some() {
            break;
        }
        if !single || !mark.closes {
            continue;
        }
        let before = slice(text, 0, mark.start).chars().next_back().unwrap_or(' ');
        if matches!(before, '.' | ',' | '!' | '?' | '…' | ';' | ':' | ')' | '”' | '"') {
            return Closing::At(first.unwrap_or(j));
        }
        if first.is_none() && !is_plural_possessive(text, mark, before) {
            first = Some(j);
        }
    }
    first.map_or(Closing::NotAQuotation, Closing::At)
}

/// Whether a closing mark may as well be the apostrophe of `the boys' names`.
fn is_plural_possessive(text: &str, mark: &Mark, before: char) -> bool {
    let mut after = slice(text, mark.end, text.len()).chars();
    matches!(before, 's' | 'S')
        && after.next() == Some(' ')
        && after.next().is_some_and(char::is_lowercase)
}

fn collect(text: &str, paragraph: Span) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut seen = Seen::default();
    let bytes = text.as_bytes();
    let end = paragraph.end().min(bytes.len());
    let mut starts = MarkStarts::new(bytes.get(..end).unwrap_or_default(), paragraph.start());
    let mut i = paragraph.start();
    while let Some(start) = starts.next(i) {
        i = start;
        let Some((shape, len)) = shape_at(bytes, i) else {
            i += 1;
            continue;
        };
        let before = slice(text, paragraph.start(), i).chars().next_back();
        let mut rest = slice(text, i + len, paragraph.end()).chars();
        // `"... and so on"` opens as `"… and so on"` does.
        let after = rest.next().map(|c| if c == '.' && rest.next() == Some('.') { '…' } else { c });
        let (opens, closes) = roles(shape, before, after, seen);
        seen.note(shape);
        marks.push(Mark { start: i, end: i + len, shape, opens, closes });
        i += len;
    }
    marks
}

/// The places in a text where a mark may begin, found by two searches for three bytes each.
struct MarkStarts<'t> {
    bytes: &'t [u8],
    ascii: Option<usize>,
    other: Option<usize>,
}

impl<'t> MarkStarts<'t> {
    fn new(bytes: &'t [u8], from: usize) -> Self {
        let mut starts = Self { bytes, ascii: None, other: None };
        starts.ascii = starts.next_ascii(from);
        starts.other = starts.next_other(from);
        starts
    }

    fn next_ascii(&self, from: usize) -> Option<usize> {
        memchr::memchr3(b'"', b'\'', b'`', self.bytes.get(from..)?).map(|at| from + at)
    }

    fn next_other(&self, from: usize) -> Option<usize> {
        memchr::memchr3(0xC2, 0xE2, 0xE3, self.bytes.get(from..)?).map(|at| from + at)
    }

    /// Returns the first place from `from` on, which does not fall from call to call.
    fn next(&mut self, from: usize) -> Option<usize> {
        if self.ascii.is_some_and(|at| at < from) {
            self.ascii = self.next_ascii(from);
        }
        if self.other.is_some_and(|at| at < from) {
            self.other = self.next_other(from);
        }
        [self.ascii, self.other].into_iter().flatten().min()
    }
}

/// Recognizes a mark by its bytes: most bytes of a text are ruled out by their first.
fn shape_at(bytes: &[u8], at: usize) -> Option<(Shape, usize)> {
    let rest = bytes.get(at..)?;
    match *rest.first()? {
        b'"' => Some((Shape::Straight, 1)),
        b'\'' if rest.get(1) == Some(&b'\'') => Some((Shape::Doubled, 2)),
        b'`' if rest.get(1) == Some(&b'`') => Some((Shape::Doubled, 2)),
        b'\'' => Some((Shape::Apostrophe, 1)),
        0xC2 => match rest.get(1)? {
            0xAB => Some((Shape::Left, 2)),
            0xBB => Some((Shape::Right, 2)),
            _ => None,
        },
        0xE2 if rest.get(1) == Some(&0x80) => {
            let shape = match rest.get(2)? {
                0x98 | 0x9B => Shape::SingleHighLeft,
                0x99 => Shape::SingleHighRight,
                0x9A => Shape::SingleLow,
                0x9C | 0x9F => Shape::HighLeft,
                0x9D => Shape::HighRight,
                0x9E => Shape::Low,
                0xB9 => Shape::SingleLeft,
                0xBA => Shape::SingleRight,
                _ => return None,
            };
            Some((shape, 3))
        }
        0xE3 if rest.get(1) == Some(&0x80) => match rest.get(2)? {
            0x8C => Some((Shape::CornerLeft, 3)),
            0x8D => Some((Shape::CornerRight, 3)),
            _ => None,
        },
        _ => None,
    }
}

/// Which shapes that usually open stand earlier in the paragraph: their mates do not open then.
#[derive(Clone, Copy, Default)]
struct Seen {
    high_left: bool,
    left: bool,
    single_left: bool,
}

impl Seen {
    fn note(&mut self, shape: Shape) {
        self.high_left |= matches!(shape, Shape::HighLeft | Shape::Low);
        self.left |= shape == Shape::Left;
        self.single_left |= shape == Shape::SingleLeft;
    }
}

/// What a mark may do, by its neighbours and the marks before it.
fn roles(shape: Shape, before: Option<char>, after: Option<char>, seen: Seen) -> (bool, bool) {
    let opens = before.is_none_or(opens_after)
        && after.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | '.' | ')' | ';'));
    let closes =
        before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric());
    match shape {
        Shape::Straight | Shape::Doubled => (opens, closes),
        Shape::Apostrophe | Shape::SingleHighLeft => {
            let letter =
                |c: char| c.is_alphabetic() || matches!(c, '“' | '"' | '…' | '[' | '¿' | '¡');
            (opens && after.is_some_and(letter), closes && shape == Shape::Apostrophe)
        }
        Shape::HighLeft => (true, closes),
        Shape::HighRight => (opens && !seen.high_left, true),
        Shape::Low | Shape::CornerLeft | Shape::SingleLow => (true, false),
        Shape::Right => (opens && !seen.left, true),
        Shape::Left | Shape::SingleLeft => (before.is_none_or(opens_after), closes),
        Shape::SingleRight => (opens && !seen.single_left, true),
        Shape::SingleHighRight | Shape::CornerRight => (false, closes),
    }
}

fn opens_after(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '(' | '['
                | '{'
                | '—'
                | '–'
                | '-'
                | '/'
                | '\''
                | '‘'
                | '’'
                | '>'
                | ':'
                | ';'
                | ','
                | '*'
                | '_'
                | '\u{200b}'
        )
}

#[cfg(test)]
mod tests {
    use super::regions;
    use crate::span::Span;

    fn quoted(text: &str) -> Vec<&str> {
        regions(text, Span::new(0, text.len())).iter().map(|r| r.inner.of(text)).collect()
    }

    #[test]
    fn every_kind_of_mark_is_paired() {
        for (text, expected) in [
            ("She said \"go home\" and left.", &["go home"][..]),
            ("“One,” he said. “Two.”", &["One,", "Two."]),
            ("''Not so,'' he said. ``Nor that.''", &["Not so,", "Nor that."]),
            ("„So ist es“, sagte er.", &["So ist es"]),
            ("„So ist es”, sagte er.", &["So ist es"]),
            ("»So ist es«, sagte er.", &["So ist es"]),
            ("« C'est fini », dit-elle.", &["C'est fini"]),
            ("‘We lost,’ he said, ‘again.’", &["We lost,", "again."]),
            ("“He called it ‘a joke’ twice,” she said.", &["He called it ‘a joke’ twice,"]),
        ] {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }

    #[test]
    fn apostrophes_and_inches_are_no_marks() {
        for text in
            ["It's the miners' fault, isn't it?", "A 6\" pipe, 5'10\" tall", "rock 'n' roll"]
        {
            assert!(quoted(text).iter().all(|q| q.len() < 3), "{text}: {:?}", quoted(text));
        }
    }

    #[test]
    fn what_is_not_closed_runs_to_the_end_of_the_paragraph() {
        let text = "\"First part.";
        let found = regions(text, Span::new(0, text.len()));
        assert!(!found[0].closed);
        assert_eq!(found[0].inner.of(text), "First part.");
    }
}
