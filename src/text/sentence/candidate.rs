//! The context of a terminator: the facts that determine whether a sentence ends there.
//!
//! ```text
//! He called it "a turning point."[6] "Opponents disagreed."
//!                          ^    ^   ^^
//!                       word  run   │└ next
//!                                 close
//! ```

use crate::span::slice;
use crate::text::sentence::marks::{self, Terminator};
use crate::text::sentence::rules::{Class, Habit, Rules};

/// The maximum number of characters between a sentence and the next word.
const WIDEST_GAP: usize = 64;
/// The maximum distance of the look-back for opening marks, in bytes.
const FARTHEST: usize = 400;
/// The maximum number of bytes that are read of the word before or after a terminator.
const LONGEST_WORD: usize = 48;
/// The maximum length of a footnote mark with its brackets, in bytes.
const LONGEST_FOOTNOTE: usize = 24;
/// The maximum number of dashes and bullets before the next word; more form a horizontal rule.
const LONGEST_DASH: u32 = 3;
/// The maximum number of digits in a footnote number directly after a full stop.
const NOTE_DIGITS: usize = 3;
/// The minimum number of letters in a text that counts as written in capitals.
const CAPITALS: usize = 12;
/// The number of bytes after a possible end of a sentence that are examined for lower-case letters.
const CAPITALS_AFTER: usize = 40;
/// The minimum number of bytes in the word before a footnote number.
const NOTED_WORD: usize = 4;

/// A possible end of a sentence.
#[derive(Debug)]
pub(super) struct Candidate<'t> {
    /// The rules of the language.
    pub(super) rules: &'t Rules,
    /// The text of the block or, if the block is a list, of one item.
    pub(super) text: &'t str,
    /// The start of the sentence.
    pub(super) sentence: usize,
    /// The run of terminators.
    pub(super) run: Run,
    /// The word before the terminators, with its inner full stops: `Dr`, `U.S`, `14.50`.
    pub(super) word: &'t str,
    /// The end of the closing marks: the possible end of the sentence.
    pub(super) close: usize,
    /// Whether a quotation mark closes after the terminators.
    pub(super) closes_quotation: bool,
    /// Whether a bracket closes after the terminators.
    pub(super) closes_bracket: bool,
    /// The text that follows.
    pub(super) next: Next,
}

/// The maximum number of words in a place name before a time-zone word: `New York time`.
const LONGEST_PLACE: usize = 3;

/// A run of terminators.
#[derive(Clone, Copy, Debug)]
pub(super) struct Run {
    /// Its start.
    pub(super) start: usize,
    /// The offset of the byte after it.
    pub(super) end: usize,
    /// The number of full stops; an ellipsis counts as three.
    pub(super) stops: u32,
    /// Whether it contains a question or exclamation mark.
    pub(super) strong: bool,
    /// Whether it can end a sentence without white space after it.
    pub(super) full: bool,
}

/// The text after the closing marks.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Next {
    /// The offset of the first character after the gap. Only opening marks are skipped unless there is white space;
    /// after it, dashes, ellipses and bullets are skipped as well.
    pub(super) at: usize,
    /// That character.
    pub(super) first: Option<char>,
    /// The kinds of characters in the gap between the closing marks and that character.
    pub(super) gap: Gap,
}

/// The kinds of characters between the closing marks of a sentence and the next word.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gap(u8);

impl Gap {
    /// White space.
    pub(super) const SPACE: Self = Self(1);
    /// An opening mark.
    pub(super) const OPENING: Self = Self(1 << 1);
    /// A dash.
    pub(super) const DASH: Self = Self(1 << 2);
    /// An ellipsis.
    pub(super) const ELLIPSIS: Self = Self(1 << 3);
    /// A row of dashes or ornaments, as at the end of a letter.
    pub(super) const RULE: Self = Self(1 << 4);

    /// Returns whether a character of one of the kinds in `parts` occurs.
    pub(super) const fn has(self, parts: Self) -> bool {
        self.0 & parts.0 != 0
    }

    const fn add(&mut self, part: Self) {
        self.0 |= part.0;
    }
}

impl<'t> Candidate<'t> {
    /// Collects the facts around the terminator at `at`; `sentence` is the start of the sentence.
    pub(super) fn around(text: &'t str, sentence: usize, at: usize, rules: &'t Rules) -> Self {
        let run = Run::at(text, at, rules);
        let mut candidate = Self {
            rules,
            text,
            sentence,
            run,
            word: "",
            close: run.end,
            closes_quotation: false,
            closes_bracket: false,
            next: Next::default(),
        };
        candidate.word = word_before(text, sentence, candidate.word_end());
        candidate.take_closers();
        candidate.next = Next::at(text, candidate.close);
        candidate
    }

    /// Returns the offset at which the search continues.
    pub(super) fn resume(&self) -> usize {
        self.run.end.max(self.run.start + 1)
    }

    /// Returns the start of the word before the terminators.
    pub(super) fn word_start(&self) -> usize {
        self.word_end() - self.word.len()
    }

    /// Returns the word before the word that ends at the terminators.
    pub(super) fn word_before_last(&self) -> &'t str {
        let before = self.before(self.word_start()).trim_end();
        word_before(self.text, self.sentence, self.sentence + before.len())
    }

    /// Returns the part of the sentence before `end`.
    pub(super) fn before(&self, end: usize) -> &'t str {
        slice(self.text, self.sentence, end)
    }

    /// Returns the last part of the sentence before the terminators, in which to look for marks that are still open.
    pub(super) fn recent(&self) -> &'t str {
        let mut start = self.sentence.max(self.run.start.saturating_sub(FARTHEST));
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        slice(self.text, start, self.run.start)
    }

    /// Returns whether the following text starts like a new sentence, with a listed sentence starter that is not an
    /// initial.
    pub(super) fn starter_follows(&self) -> bool {
        let word = self.next_word();
        let is_initial = || {
            word.chars().count() == 1
                && self.text.as_bytes().get(self.next.at + word.len()) == Some(&b'.')
        };
        self.class(word).has(Class::STARTER) && !is_initial()
    }

    /// Returns the next word: the letters and digits after the gap.
    pub(super) fn next_word(&self) -> &'t str {
        word_from(self.text, self.next.at)
    }

    /// Returns the classes of the next word.
    pub(super) fn next_class(&self) -> Class {
        self.class(self.next_word())
    }

    /// Returns the classes of a word of the text; in a sentence in capitals, also those of the word with only its
    /// initial in capitals: `THE SUIT NAMES ACME INC. IT WAS FILED ON MONDAY.`
    pub(super) fn class(&self, word: &str) -> Class {
        let class = self.rules.class(word);
        let in_capitals = || {
            let around = slice(self.text, self.sentence, self.text.len());
            let around = head(around, self.close - self.sentence + CAPITALS_AFTER);
            CAPITALS <= around.chars().filter(|c| c.is_uppercase()).take(CAPITALS).count()
                && !around.contains(char::is_lowercase)
        };
        let mut letters = word.chars();
        let first = letters.next();
        let rest = letters.as_str();
        if rest.is_empty() || !word.chars().all(char::is_uppercase) || !in_capitals() {
            return class;
        }
        let capitalized: String =
            first.into_iter().chain(rest.chars().flat_map(char::to_lowercase)).collect();
        class | self.rules.class(&capitalized)
    }

    /// Returns whether a place name and a time-zone word follow the time of day: `7 p.m. New York time`, not `7 p.m.
    /// New York slept`.
    pub(super) fn names_time_zone(&self) -> bool {
        let rest = slice(self.text, self.next.at, self.text.len());
        let mut words = rest.split(' ').take(LONGEST_PLACE + 1);
        let is_name = |word: &&str| {
            word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphanumeric)
        };
        let after = words.by_ref().find(|word| !is_name(word));
        let is_zone = |word: &str| {
            let word = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            word.starts_with(char::is_lowercase) && self.rules.class(word).has(Class::AFTER_CLOCK)
        };
        self.next_word().starts_with(char::is_uppercase) && after.is_some_and(is_zone)
    }

    /// Returns whether the next word begins in lower case and continues with a capital: `iPhone`, `eBay`.
    pub(super) fn mixed_case_follows(&self) -> bool {
        let mut chars = slice(self.text, self.next.at, self.text.len()).chars();
        chars.next().is_some_and(char::is_lowercase) && chars.next().is_some_and(char::is_uppercase)
    }

    /// Returns the end of the word before the terminators; direction marks may come between.
    fn word_end(&self) -> usize {
        let last = self.run.start.checked_sub(1).map(|at| self.text.as_bytes()[at]);
        if last.is_some_and(|b| b.is_ascii()) {
            return self.run.start;
        }
        let before = self.before(self.run.start);
        self.sentence + before.trim_end_matches(marks::is_invisible).len()
    }

    /// Returns the number of digits in a footnote number that directly follows a word's full stop and precedes a space
    /// and a capital: `the well.12 It`.
    fn note(&self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.run.end..)?;
        let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
        // The word is in lower case, except for its initial in a language that capitalizes nouns: `im Dorf.12 Er`.
        let capitals = usize::from(self.rules.has_habit(Habit::CapitalNouns));
        let fits = self.run.stops == 1
            && (1..=NOTE_DIGITS).contains(&digits)
            && NOTED_WORD <= self.word.len()
            && self.word.chars().skip(capitals).all(char::is_lowercase)
            && !self.rules.class(self.word).has(Class::ABBREVIATION)
            && rest.get(digits) == Some(&b' ');
        let begins = || {
            let after = slice(self.text, self.run.end + digits + 1, self.text.len());
            after.trim_start_matches(marks::opens).starts_with(char::is_uppercase)
        };
        (fits && begins()).then_some(digits)
    }

    fn take_closers(&mut self) {
        if let Some(digits) = self.note() {
            self.close += digits;
            return;
        }
        if word_after_space(self.text, self.close).is_some() {
            return;
        }
        loop {
            let rest = slice(self.text, self.close, self.text.len());
            let Some(c) = rest.chars().next() else { return };
            if self.run.full && matches!(c, '“' | '‘' | '«') {
                // No language that closes quotations with these marks, as German does, has such terminators.
                return;
            } else if marks::closes_quotation(c) {
                self.closes_quotation = true;
                self.close += c.len_utf8();
            } else if marks::closes_bracket(c) {
                self.closes_bracket = true;
                self.close += c.len_utf8();
            } else if c == '(' {
                let Some(len) = note_in_brackets(rest) else { return };
                self.close += len;
            } else if c == '[' {
                match footnote(rest) {
                    Some(len) => self.close += len,
                    None => return,
                }
            } else if marks::is_invisible(c) || matches!(c, '*' | '†' | '¹' | '²' | '³' | '⁴'..='⁹')
            {
                self.close += c.len_utf8();
            } else if let Some(len) =
                next_footnote(rest).filter(|_| self.before(self.close).ends_with(']'))
            {
                self.close += len;
            } else if c.is_whitespace() {
                let Some(len) = spaced_closer(rest, || self.recent()) else { return };
                self.closes_quotation = true;
                self.close += len;
            } else {
                return;
            }
        }
    }
}

impl Run {
    /// Collects the terminators from `at` on, including full stops separated by spaces: `. . .`.
    fn at(text: &str, at: usize, rules: &Rules) -> Self {
        let bytes = text.as_bytes();
        let mut run = Self { start: at, end: at, stops: 0, strong: false, full: false };
        loop {
            let rest = &bytes[run.end..];
            if let Some((kind, len)) = rules.terminator(rest) {
                run.end += len;
                match kind {
                    Terminator::Stop => run.stops += 1,
                    Terminator::Strong => run.strong = true,
                    Terminator::Ellipsis => run.stops += 3,
                    Terminator::Full => run.full = true,
                }
            } else if run.stops > 0 && has_spaced_stop(rest) {
                run.end += 1;
            } else {
                return run;
            }
        }
    }
}

/// Returns whether a space and a full stop follow, unless the stop belongs to an ellipsis that begins a word: `. . .`,
/// `. ...`, not `. ...and`.
fn has_spaced_stop(rest: &[u8]) -> bool {
    let Some(rest) = rest.strip_prefix(b" ") else { return false };
    let stops = rest.iter().take_while(|b| **b == b'.').count();
    stops == 1
        || stops > 0
            && rest.get(stops).is_none_or(|b| b.is_ascii_whitespace() || b"\")]'".contains(b))
}

impl Next {
    fn at(text: &str, close: usize) -> Self {
        let mut next = Self { at: close, first: None, gap: Gap::default() };
        if let Some(first) = word_after_space(text, close) {
            return Self { at: close + 1, first: Some(first), gap: Gap::SPACE };
        }
        let mut ornaments = 0;
        let mut skips = false;
        for c in slice(text, close, text.len()).chars().take(WIDEST_GAP) {
            if std::mem::take(&mut skips) {
                continue;
            }
            if next.gap.has(Gap::SPACE) && low_commas(text, next.at) {
                next.gap.add(Gap::OPENING);
                next.at += 2;
                skips = true;
                continue;
            }
            ornaments += u32::from(marks::is_dash(c) || marks::is_bullet(c));
            if ornaments == LONGEST_DASH + 1 {
                next.gap.add(Gap::RULE);
            }
            if c.is_whitespace() {
                next.gap.add(Gap::SPACE);
            } else if !next.gap.has(Gap::SPACE) && !marks::opens(c) {
                next.first = Some(c);
                break;
            } else if marks::opens(c) {
                next.gap.add(Gap::OPENING);
            } else if marks::is_dash(c) {
                next.gap.add(Gap::DASH);
            } else if c == '.' || c == '…' {
                next.gap.add(Gap::ELLIPSIS);
            } else if next.gap.has(Gap::ELLIPSIS) && marks::closes_bracket(c) {
                // An omission in brackets belongs to the following text: `[...] The rest`.
            } else if !marks::is_bullet(c) && !marks::is_invisible(c) {
                next.first = Some(c);
                break;
            }
            next.at += c.len_utf8();
        }
        next
    }
}

/// Returns whether two commas open a quotation, as Dutch newspapers write it: `,,We blijven''`.
fn low_commas(text: &str, at: usize) -> bool {
    matches!(text.as_bytes().get(at..), Some([b',', b',', next, ..]) if !next.is_ascii_whitespace())
}

/// Returns the ASCII letter or digit that follows a single space at `at`, which is the usual case after a full stop.
fn word_after_space(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at..)? {
        [b' ', first, ..] if first.is_ascii_alphanumeric() => Some(char::from(*first)),
        _ => None,
    }
}

/// Returns the length of a footnote mark such as `[6]` or `[note 2]` at the start of `rest`.
fn footnote(rest: &str) -> Option<usize> {
    let bytes = rest.as_bytes();
    let inside = &bytes[1..bytes.len().min(LONGEST_FOOTNOTE)];
    let len = inside.iter().position(|b| *b == b']')?;
    let fits = inside[..len].iter().all(|b| b.is_ascii_alphanumeric() || *b == b' ');
    (fits && len > 0).then_some(len + 2)
}

/// Returns the length of a space and the footnote mark after it, which follows another one: `[6] [7]`.
fn next_footnote(rest: &str) -> Option<usize> {
    let mark = rest.strip_prefix(' ').filter(|mark| mark.starts_with('['))?;
    footnote(mark).map(|len| len + 1)
}

/// Returns the length of a footnote number in parentheses directly after a full stop: `a week.(3) It`.
fn note_in_brackets(rest: &str) -> Option<usize> {
    let digits = rest.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let after = rest.get(digits + 1..)?.strip_prefix(')')?;
    let fits = (1..=NOTE_DIGITS).contains(&digits) && !after.starts_with(char::is_alphanumeric);
    fits.then_some(digits + 2)
}

/// Returns the length of a space and the closing marks after it, as in French: `Il part ! »`.
///
/// White space, punctuation, a footnote mark or the end of the text must follow the marks. A straight mark closes if an
/// odd number of straight marks precede it. Apostrophes and most combinations of marks close only before a comma, a
/// colon, a semicolon or a full stop.
fn spaced_closer<'t>(rest: &str, recent: impl Fn() -> &'t str) -> Option<usize> {
    let marks = rest.strip_prefix([' ', '\u{A0}', '\u{202F}'])?;
    let after = marks.trim_start_matches(['»', '"', '”', '\'', '`', '’', ')', ']']);
    let ended = after.starts_with(['.', ',', ';', ':']);
    let noted = after.starts_with('[') && footnote(after).is_some();
    let spaced = ended || noted || after.is_empty() || after.starts_with(char::is_whitespace);
    if after.len() == marks.len() || !spaced {
        return None;
    }
    let closed = match marks.get(..marks.len() - after.len())? {
        "»" | "”" | ")" | "]" => true,
        "\"" => recent().bytes().filter(|b| *b == b'"').count() % 2 == 1,
        _ => ended,
    };
    closed.then_some(rest.len() - after.len())
}

/// Returns the word that ends at `end`, with its inner full stops, not reaching back before `from`.
pub(super) fn word_before(text: &str, from: usize, end: usize) -> &str {
    let bytes = text.as_bytes();
    let lowest = from.max(end.saturating_sub(LONGEST_WORD));
    let mut start = end;
    while start > lowest && is_word_byte(bytes, start - 1) {
        start -= 1;
    }
    while start < end && !text.is_char_boundary(start) {
        start += 1;
    }
    while start < end && bytes[start] == b'.' {
        start += 1;
    }
    slice(text, start, end)
}

/// Returns the letters and digits that begin at `at`, at most [`LONGEST_WORD`] bytes.
pub(super) fn word_from(text: &str, at: usize) -> &str {
    let rest = head(slice(text, at, text.len()), LONGEST_WORD);
    let ascii = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    if rest.as_bytes().get(ascii).is_none_or(u8::is_ascii) {
        return slice(rest, 0, ascii);
    }
    let end = rest.find(|c: char| !marks::is_letter(c) && !c.is_numeric()).unwrap_or(rest.len());
    slice(rest, 0, end)
}

/// Returns the first `len` bytes of a text, or fewer if that would split a character.
pub(super) fn head(text: &str, len: usize) -> &str {
    let mut end = len.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    slice(text, 0, end)
}

/// Returns whether a byte belongs to a word: to a letter, digit, full stop or ampersand, but not to a multi-byte
/// punctuation mark.
#[inline]
fn is_word_byte(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'&' | 0xC3..=0xDF => true,
        0x80.. => !in_punctuation(bytes, at),
        _ => false,
    }
}

/// Returns whether the byte is part of a character in Latin-1 punctuation (`C2`), General Punctuation (`E2 80`, `E2
/// 81`) or CJK punctuation (`E3 80`).
fn in_punctuation(bytes: &[u8], at: usize) -> bool {
    if at > 0 && matches!(bytes[at - 1], 0xC3..=0xDF) {
        return false; // a Latin, Greek or Cyrillic letter, for example
    }
    let lead = (at.saturating_sub(3)..=at).rev().find(|&i| bytes[i] & 0xC0 != 0x80).unwrap_or(at);
    match bytes[lead] {
        // The ordinal, degree and micro signs belong to words: `Nº`, `N°`.
        0xC2 => !matches!(bytes.get(lead + 1), Some(0xAA | 0xB0 | 0xB5 | 0xBA)),
        0xE2 => matches!(bytes.get(lead + 1), Some(0x80 | 0x81)),
        0xE3 => bytes.get(lead + 1) == Some(&0x80),
        _ => false,
    }
}
