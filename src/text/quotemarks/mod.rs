//! Quotation marks of every language and quoting style: one set of rules for pairing and balance.
//!
//! [`regions`] collects the marks in a range, each with the roles that its neighbors allow (a mark after a space and
//! before a letter opens, one after a letter or a full stop closes). It then pairs them from left to right and returns
//! the outermost pairs. Closing marks that are often mistyped are accepted: `„…"`, `“…''`, `“…“`. A quotation that is
//! never closed extends to the next opening mark of its kind or, if there is none, to the end of the range, since
//! newspapers continue quotations across paragraphs. [`balance`] uses the same pairing: a sentence is balanced if every
//! mark and bracket in it has a partner.
//!
//! [`normalize`] replaces marks of rare shapes with common ones, for texts whose marks are not those of their language.
//!
//! An apostrophe and the gershayim between two Hebrew letters (`ארה"ב`) are not quotation marks. A straight mark after
//! a digit is an inch mark unless it closes a quotation.
//!
//! Known limits: a high single mark (`'`, `‘`) opens a quotation only if a closing mark follows within the range, or if
//! the next paragraph begins with the same mark. In `'Jobs for the boys' and left`, the mark after the plural is taken
//! for an apostrophe. Single marks that may be apostrophes (`'`, `‘`, `’`) never make a sentence unbalanced.

mod usual;

pub(crate) use usual::normalize;

use crate::span::{Span, slice};

/// A quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Region {
    /// The text inside the marks, without surrounding white space.
    pub(crate) inner: Span,
    /// The range of the quotation including its marks.
    pub(crate) outer: Span,
    /// Whether a closing mark was found.
    pub(crate) closed: bool,
}

/// The shape of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// `"` and `＂`
    Straight,
    /// Two apostrophes or backticks, as used by wire services.
    Doubled,
    /// `'`
    Apostrophe,
    /// `“`, `‟` and `❝`; `”` and `❞`; `„`
    HighLeft,
    HighRight,
    Low,
    /// `‘` and `‛`; `’`; `‚`
    SingleHighLeft,
    SingleHighRight,
    SingleLow,
    /// `«`, `»`, `‹`, `›`
    Left,
    Right,
    SingleLeft,
    SingleRight,
    /// `「`, `『` and `〝`; `」`, `』`, `〞` and `〟`
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
    /// Whether its neighbors allow it to open a quotation, although its counterpart already opened one: the second `»`
    /// in `«a», »b«`.
    turned: bool,
}

impl Mark {
    /// Returns whether the mark may be an apostrophe, which needs no partner.
    const fn is_apostrophe(self) -> bool {
        matches!(self.shape, Shape::Apostrophe | Shape::SingleHighLeft | Shape::SingleHighRight)
    }

    /// Returns whether the mark denotes inches: `a 6" pipe`.
    fn is_inch(self, text: &str) -> bool {
        self.shape == Shape::Straight
            && slice(text, 0, self.start).ends_with(|c: char| c.is_ascii_digit())
    }
}

/// The maximum number of marks to look ahead for the end of a quotation in single marks.
const SINGLE_REACH: usize = 48;
/// The maximum number of marks to look ahead for the end of a quotation in curly marks, which may be nested; the limit
/// keeps the time linear for a long series of marks.
const NESTED_REACH: usize = 256;

/// Returns the quotations in a paragraph, in order.
pub(crate) fn regions(text: &str, paragraph: Span) -> Vec<Region> {
    pair(text, paragraph).0
}

/// Returns the range of the mark that ends a quotation opened in an earlier paragraph: the first mark of this paragraph
/// that is not an apostrophe, if it can only close a quotation and is not an inch mark.
pub(crate) fn closes_first(text: &str, paragraph: Span) -> Option<Span> {
    let marks = collect(text, paragraph);
    let first = marks.iter().find(|mark| !mark.is_apostrophe())?;
    // `…, einen Eimer.“`: the German closing mark is the opening mark in English.
    let ends =
        slice(text, first.end, paragraph.end()).chars().next().is_none_or(char::is_whitespace);
    let opens = first.opens && !(first.shape == Shape::HighLeft && ends);
    (first.closes && !opens && !first.is_inch(text)).then(|| Span::new(first.start, first.end))
}

/// Returns the text inside the outermost quotation marks of a paragraph.
pub(crate) fn quoted(text: &str, paragraph: Span) -> Vec<Span> {
    regions(text, paragraph).iter().map(|region| region.inner).collect()
}

/// Pairs the marks in a paragraph; returns the quotations, and whether a stray closing mark remains. Apostrophes and
/// inch marks do not count as stray.
fn pair(text: &str, paragraph: Span) -> (Vec<Region>, bool) {
    let marks = collect(text, paragraph);
    let mut found = Vec::new();
    let mut stray = false;
    let mut i = 0;
    while i < marks.len() {
        let mark = marks[i];
        if !mark.opens && !opens_turned(text, &marks, i) {
            stray |= !mark.is_apostrophe() && !mark.is_inch(text);
            i += 1;
            continue;
        }
        let (end, next, closed) = match close_of(text, &marks, i) {
            Closing::At(j) => (marks[j], j + 1, true),
            Closing::Before(j) => (point(marks[j].start), j, false),
            Closing::Never => (point(paragraph.end()), marks.len(), false),
            Closing::NotAQuotation if continues(text, paragraph, mark) => {
                (point(paragraph.end()), marks.len(), false)
            }
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
    (found, stray)
}

/// Returns whether a mark outside a quotation opens one in the reverse direction of an earlier quotation: `«a», »b«`.
/// This requires that the mark's counterpart can only close.
fn opens_turned(text: &str, marks: &[Mark], at: usize) -> bool {
    let is_closed = || match close_of(text, marks, at) {
        Closing::At(j) => marks[j].closes && !marks[j].opens,
        _ => false,
    };
    marks[at].turned && is_closed()
}

/// Returns whether a single mark at the start of a sentence or after a comma or colon opens a quotation that continues
/// in the next paragraph, which begins with the same mark: British papers use single marks for quotations that span
/// several paragraphs.
fn continues(text: &str, paragraph: Span, mark: Mark) -> bool {
    let sign = Span::new(mark.start, mark.end).slice(text);
    let follows = slice(text, paragraph.end(), text.len()).trim_start().starts_with(sign);
    let before = slice(text, 0, mark.start).trim_end_matches(' ');
    let begins = before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', ',']);
    begins && follows && paragraph.end() < text.len()
}

/// Whether every quotation mark and bracket in a sentence has its counterpart in the sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Balance {
    /// Every mark and bracket has its counterpart.
    Even,
    /// A quotation mark has no counterpart.
    HalfQuotation,
    /// A bracket has no counterpart.
    HalfBracket,
}

/// Returns whether the quotation marks and brackets of a sentence are balanced, and otherwise which of the two are not.
pub(crate) fn balance(sentence: &str) -> Balance {
    // The fold has no branch per byte, so many bytes can be examined at once.
    let is_special = |b: u8| b >= 0x80 || matches!(b, b'"' | b'`' | b'(' | b')' | b'[' | b']');
    let doubled = || sentence.contains("''");
    if !sentence.bytes().fold(false, |any, b| any | is_special(b)) && !doubled() {
        return Balance::Even;
    }
    let (regions, stray) = pair(sentence, Span::new(0, sentence.len()));
    if stray || regions.iter().any(|region| !region.closed) {
        return Balance::HalfQuotation;
    }
    let brackets = sentence.bytes().fold(0_i32, |depth, byte| match byte {
        b'(' | b'[' => depth + 1,
        b')' | b']' => depth - 1,
        _ => depth,
    });
    if brackets == 0 || brackets == -1 && starts_with_item(sentence) {
        Balance::Even
    } else {
        Balance::HalfBracket
    }
}

/// Returns whether every quotation mark in a text has its counterpart; brackets are ignored.
pub(crate) fn is_balanced(text: &str) -> bool {
    balance(text) != Balance::HalfQuotation
}

/// Returns whether a sentence starts with a list label that only has a closing bracket: `a)`, `12)`.
fn starts_with_item(sentence: &str) -> bool {
    let mark: Vec<char> = sentence.chars().take(4).take_while(|c| *c != ')').collect();
    (1..=3).contains(&mark.len()) && mark.iter().all(|c| c.is_alphanumeric())
}

/// Returns whether a character is a double quotation mark; these characters have hardly any other use.
pub(crate) const fn is_double_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞' | '〟' | '❝' | '❞')
}

/// Returns whether a character, possibly an apostrophe, may close a quotation in some language.
pub(crate) const fn may_close(c: char) -> bool {
    is_double_mark(c) || matches!(c, '\'' | '’' | '›' | '‘' | '‹' | '」' | '』' | '″' | '`')
}

/// Returns whether a character, possibly an apostrophe, may open a quotation in some language.
pub(crate) const fn may_open(c: char) -> bool {
    is_double_mark(c) || matches!(c, '\'' | '‘' | '‹' | '‚' | '›' | '’' | '`' | '「' | '『')
}

/// Returns an empty mark for the position at which a quotation ends without a closing mark.
const fn point(at: usize) -> Mark {
    Mark { start: at, end: at, shape: Shape::Straight, opens: false, closes: false, turned: false }
}

/// The ways in which a quotation can end.
enum Closing {
    /// At a mark.
    At(usize),
    /// Before a mark that opens the next quotation.
    Before(usize),
    /// At the end of the paragraph.
    Never,
    /// Nowhere: the mark was not a quotation mark.
    NotAQuotation,
}

fn close_of(text: &str, marks: &[Mark], open: usize) -> Closing {
    match marks[open].shape {
        Shape::Straight => close_straight(marks, open),
        Shape::Doubled => close_by(marks, open, |m| m.shape == Shape::Doubled),
        Shape::HighLeft | Shape::Low => close_curly(marks, open),
        Shape::HighRight => close_by(marks, open, |m| m.shape == Shape::HighRight),
        Shape::Left => close_by(marks, open, |m| m.shape == Shape::Right),
        Shape::Right => match close_by(marks, open, |m| m.shape == Shape::Left) {
            // `»…».`: some papers repeat the closing mark to continue a quotation in a new paragraph.
            Closing::Never if open == 0 => {
                close_by(marks, open, |m| m.shape == Shape::Right && !m.opens)
            }
            closing => closing,
        },
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
            // Some wire copy opens a quotation with a straight mark and closes it with two apostrophes.
            Shape::Doubled if mark.closes && !mark.opens => return Closing::At(j),
            Shape::Straight => return nested_straight(marks, j),
            _ => {}
        }
    }
    Closing::Never
}

/// Returns the end of a quotation in straight marks that contains another opening straight mark at `inner`. If the next
/// two straight marks both close, as in `"He said "never" to me,"`, the quotation ends at the second. Otherwise its
/// closing mark was forgotten, and the next quotation begins at `inner`.
fn nested_straight(marks: &[Mark], inner: usize) -> Closing {
    let mut straight =
        marks.iter().enumerate().skip(inner + 1).filter(|(_, m)| m.shape == Shape::Straight);
    let closes = |m: &Mark| m.closes && !m.opens;
    match (straight.next(), straight.next()) {
        (Some((_, first)), Some((j, second))) if closes(first) && closes(second) => Closing::At(j),
        _ => Closing::Before(inner),
    }
}

/// Closes `“…”`, `„…“` and `„…”`, counting nested quotations of the same shape and accepting a mistyped straight or
/// doubled mark.
fn close_curly(marks: &[Mark], open: usize) -> Closing {
    let low = marks[open].shape == Shape::Low;
    let mut depth = 1;
    for (j, mark) in marks.iter().enumerate().skip(open + 1).take(NESTED_REACH) {
        match mark.shape {
            Shape::HighRight => depth -= 1,
            // `“…,“ she said`: an opening mark, mistyped for a closing one.
            Shape::HighLeft if low || mark.closes => depth -= 1,
            Shape::HighLeft => depth += 1,
            Shape::Straight | Shape::Doubled if mark.closes && !mark.opens => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Closing::At(j);
        }
    }
    // The quotation is never closed, so a second opening mark begins the next quotation rather than a nested one.
    let next = marks.iter().enumerate().skip(open + 1).find(|(_, m)| m.shape == Shape::HighLeft);
    match next {
        Some((j, _)) if depth > 1 => Closing::Before(j),
        _ => Closing::Never,
    }
}

/// Closes `'…'` and `‘…’`. If there is an odd number of straight double marks in between, the single marks are
/// apostrophes.
fn close_single(text: &str, marks: &[Mark], open: usize) -> Closing {
    let Some(close) = closing_single(text, marks, open) else { return Closing::NotAQuotation };
    let inside = marks[open + 1..close].iter().filter(|m| m.shape == Shape::Straight).count();
    if inside % 2 == 0 { Closing::At(close) } else { Closing::NotAQuotation }
}

/// Returns the first closing single mark that is not the apostrophe of a plural; if there is none, returns the first
/// doubtful one.
fn closing_single(text: &str, marks: &[Mark], open: usize) -> Option<usize> {
    let mut first = None;
    // After `the boys'`, the reporter's words may follow (`‘Vote for the boys’ Lim said`), or a capitalized noun (`the
    // boys' Bible`).
    let mut doubtful = None;
    for (j, mark) in marks.iter().enumerate().skip(open + 1).take(SINGLE_REACH) {
        let single = matches!(mark.shape, Shape::Apostrophe | Shape::SingleHighRight);
        if single && mark.opens && !mark.closes && first.or(doubtful).is_some() {
            break;
        }
        if !single || !mark.closes {
            continue;
        }
        let before = slice(text, 0, mark.start).chars().next_back().unwrap_or(' ');
        if matches!(before, '.' | ',' | '!' | '?' | '…' | ';' | ':' | ')' | '”' | '"') {
            return Some(first.unwrap_or(j));
        }
        if first.is_none() {
            match after_plural(text, mark, before) {
                Some(next) if next.is_lowercase() => {}
                Some(_) => doubtful = doubtful.or(Some(j)),
                None => first = Some(j),
            }
        }
    }
    first.or(doubtful)
}

/// If a closing mark may be the apostrophe of a plural possessive (`the boys' names`), returns the first letter of the
/// word after it.
fn after_plural(text: &str, mark: &Mark, before: char) -> Option<char> {
    let mut after = slice(text, mark.end, text.len()).chars();
    let follows = matches!(before, 's' | 'S') && after.next() == Some(' ');
    after.next().filter(|next| follows && next.is_alphabetic())
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
        if shape == Shape::Straight && is_gershayim(text, before, i + len) {
            i += len;
            continue;
        }
        let mut rest = slice(text, i + len, paragraph.end()).chars();
        // Treat `"... and so on"` like `"… and so on"`.
        let after = rest.next().map(|c| if c == '.' && rest.next() == Some('.') { '…' } else { c });
        let (opens, closes) = roles(shape, before, after, seen);
        let is_turnable = matches!(shape, Shape::Right | Shape::SingleRight);
        let turned = is_turnable && !opens && roles(shape, before, after, Seen::default()).0;
        // A mark that may also close is not noted, because the mark that closes »…« or „…“ opens in other languages.
        if opens && !closes {
            seen.note(shape);
        }
        marks.push(Mark { start: i, end: i + len, shape, opens, closes, turned });
        i += len;
    }
    marks
}

/// Returns whether a mark is between two Hebrew letters and therefore marks an abbreviation: `ארה"ב`.
fn is_gershayim(text: &str, before: Option<char>, after: usize) -> bool {
    let is_hebrew = |c: char| matches!(c, '\u{5d0}'..='\u{5ea}');
    before.is_some_and(is_hebrew) && slice(text, after, text.len()).starts_with(is_hebrew)
}

/// The positions in a text at which a mark may begin, found by two searches for three bytes each and one for the first
/// byte of the full-width mark.
struct MarkStarts<'t> {
    bytes: &'t [u8],
    ascii: Option<usize>,
    other: Option<usize>,
    wide: Option<usize>,
}

impl<'t> MarkStarts<'t> {
    fn new(bytes: &'t [u8], from: usize) -> Self {
        let mut starts = Self { bytes, ascii: None, other: None, wide: None };
        starts.wide = starts.next_wide(from);
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

    fn next_wide(&self, from: usize) -> Option<usize> {
        memchr::memchr(0xEF, self.bytes.get(from..)?).map(|at| from + at)
    }

    /// Returns the first position at or after `from`, which must not decrease between calls.
    fn next(&mut self, from: usize) -> Option<usize> {
        if self.ascii.is_some_and(|at| at < from) {
            self.ascii = self.next_ascii(from);
        }
        if self.other.is_some_and(|at| at < from) {
            self.other = self.next_other(from);
        }
        if self.wide.is_some_and(|at| at < from) {
            self.wide = self.next_wide(from);
        }
        [self.ascii, self.other, self.wide].into_iter().flatten().min()
    }
}

/// Returns the shape and length of the mark at a position, if there is one.
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
            0x8C | 0x8E | 0x9D => Some((Shape::CornerLeft, 3)),
            0x8D | 0x8F | 0x9E | 0x9F => Some((Shape::CornerRight, 3)),
            _ => None,
        },
        0xE2 if rest.get(1) == Some(&0x9D) => match rest.get(2)? {
            0x9D => Some((Shape::HighLeft, 3)),
            0x9E => Some((Shape::HighRight, 3)),
            _ => None,
        },
        0xEF if rest.get(1..3) == Some(&[0xBC, 0x82]) => Some((Shape::Straight, 3)),
        _ => None,
    }
}

/// The opening shapes that occur earlier in the paragraph; their counterparts then do not open.
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

/// Returns whether a mark may open and whether it may close, given its neighbors and the marks before it.
fn roles(shape: Shape, before: Option<char>, after: Option<char>, seen: Seen) -> (bool, bool) {
    let opens = before.is_none_or(|c| opens_after(c) || is_unspaced(c))
        && after.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | '.' | ')' | ';'))
        && !after.is_some_and(ends_unspaced);
    // `"안녕"이라고`: a particle follows the closing mark.
    let joins = |c: char| is_unspaced(c) || matches!(c, '\u{ac00}'..='\u{d7a3}');
    let closes = before.is_some_and(|c| !c.is_whitespace())
        && after.is_none_or(|c| !c.is_alphanumeric() || joins(c));
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

/// Returns whether a character belongs to a script without spaces, so that a mark touches words on both sides:
/// `他说"好"。`
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
        || ends_unspaced(c)
}

/// Returns whether a character is punctuation that ends a clause or closes a bracket or title in a script without
/// spaces.
const fn ends_unspaced(c: char) -> bool {
    matches!(c, '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '」' | '』' | '》' | '】')
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
    use super::{Balance, balance, regions};
    use crate::span::Span;

    fn quoted(text: &str) -> Vec<&str> {
        regions(text, Span::new(0, text.len())).iter().map(|r| r.inner.slice(text)).collect()
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
            ("»Ja«, sagte er. »Nein«, sagte sie.", &["Ja", "Nein"]),
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
    fn mistyped_marks_close() {
        for (text, expected) in [
            ("„So ist es\", sagte er.", &["So ist es"][..]),
            ("\"We won,'' she said.", &["We won,"]),
            ("“We won,“ she said.", &["We won,"]),
            ("「行きます」と言った。『はい』", &["行きます", "はい"]),
            ("他说：\"桥明天开放。\"她点头。", &["桥明天开放。"]),
            ("他说\"桥明天开放\"，她点头。", &["桥明天开放"]),
            ("\"桥明天开放，\"市长说，\"后天也开放。\"", &["桥明天开放，", "后天也开放。"]),
            ("市长は\"明日から\"と話した。", &["明日から"]),
            ("그는 \"다리가 열린다\"고 말했다.", &["다리가 열린다"]),
            ("市长说：＂桥明天开放。＂", &["桥明天开放。"]),
            ("市長は〝明日から〟と話した。〝はい〞と。", &["明日から", "はい"]),
            ("❝We won,❞ she said.", &["We won,"]),
        ] {
            assert_eq!(quoted(text), expected, "{text}");
        }
    }

    #[test]
    fn a_sentence_is_balanced_if_every_mark_has_a_partner() {
        for text in [
            "He said \"no\".",
            "He said \"no\" and \"yes\".",
            "“No,” she said, “never.”",
            "“It was ‘fine’,” he said.",
            "Er sagte: „Nein“.",
            "Er sagte „nein“ und »ja«.",
            "Il a dit «oui» puis «non».",
            "Er sagte „nein“ und «ja», dann »vielleicht«.",
            "Elle dit « oui », puis »non«, puis « peut-être ».",
            "Sie rief ‹halt›, dann ›weiter‹.",
            "„Nein\", sagte er.",
            "Powiedział: „Nie”.",
            "Hon sa ”nej”.",
            "Il a dit « non ».",
            "נשיא ארה\"ב",
            "A 6\" pipe, the '90s, it's fine.",
            "He said ``no''.",
            "A list (of two).",
            "b) the second item.",
        ] {
            assert_eq!(balance(text), Balance::Even, "{text}");
        }
        for text in [
            "\"No.",
            "“No.",
            "Never,” she said.",
            "„Nein.",
            "« non.",
            "and so on,” he said.",
            "``No, he said",
            // Single marks around half of a pair are not a quotation.
            "'\"'\"\"",
            "The 'old \"port' and the \"new\" one",
            "Il a dit «oui», puis »non.",
            "«Oui», puis »non et «peut-être».",
        ] {
            assert_eq!(balance(text), Balance::HalfQuotation, "{text}");
        }
        assert_eq!(balance("And (so on."), Balance::HalfBracket);
    }

    #[test]
    fn walls_of_marks_take_linear_time() {
        for mark in ["\"", "“", "„", "‘", "'", "«", "``", "「", "”", "' a"] {
            let wall = mark.repeat(200_000);
            assert!(regions(&wall, Span::new(0, wall.len())).len() < 200_001);
        }
        let nested = format!("{}no{}", "“".repeat(10_000), "”".repeat(10_000));
        assert!(!regions(&nested, Span::new(0, nested.len())).is_empty());
        let open = format!("\"{}", "word ".repeat(200_000));
        assert_eq!(regions(&open, Span::new(0, open.len())).len(), 1);
    }

    #[test]
    fn what_is_not_closed_runs_to_the_end_of_the_paragraph() {
        let text = "\"First part.";
        let found = regions(text, Span::new(0, text.len()));
        assert!(!found[0].closed);
        assert_eq!(found[0].inner.slice(text), "First part.");
    }
}
