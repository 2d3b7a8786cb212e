//! Counts of the characters and words of a line, computed in a single pass.
//!
//! The classes of characters in the most frequent scripts (Latin, Greek, Cyrillic) come from a table, all others from
//! the Unicode tables. Long words are identified by a hash of their lower-case form, so that lines can be compared
//! without copying.

use std::sync::LazyLock;

use crate::read::boilerplate::boilerplate;
use crate::read::lines;
use crate::span::slice;

/// The counts for a line.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) chars: u32,
    pub(super) words: u32,
    pub(super) letters: u32,
    pub(super) upper: u32,
    pub(super) digits: u32,
    pub(super) symbols: u32,
    pub(super) commas: u32,
    /// The number of words of at least [`LONG`] bytes that end like a sentence.
    pub(super) sentences: u32,
    /// The number of capitalized words after the first word.
    pub(super) capitalised: u32,
    /// The number of words that begin with a lower-case letter.
    pub(super) lower: u32,
    /// The number of words that begin with a lower-case letter and have at most three characters.
    pub(super) small: u32,
    pub(super) service: u32,
    pub(super) second_person: u32,
    /// The union of the classes of all its characters.
    classes: u16,
    /// Whether it contains a web address.
    address: bool,
}

/// A run of letters and digits that has at least [`LONG`] bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct LongWord {
    /// A hash of its lower-case form.
    pub(super) hash: u64,
    pub(super) bytes: usize,
}

/// The minimum number of bytes in a long word.
pub(super) const LONG: usize = 4;

const SPACE: u16 = 1;
const LETTER: u16 = 1 << 1;
const UPPER: u16 = 1 << 2;
const LOWER: u16 = 1 << 3;
const DIGIT: u16 = 1 << 4;
/// Letters and digits of any script.
const ALPHANUMERIC: u16 = 1 << 5;
const COMMA: u16 = 1 << 6;
const SYMBOL: u16 = 1 << 7;
const QUOTE: u16 = 1 << 8;
const RIGHTS: u16 = 1 << 9;
const MONEY: u16 = 1 << 10;
const AT: u16 = 1 << 11;
const UPPER_LETTER: u16 = 1 << 12;
const BEYOND_ASCII: u16 = 1 << 13;
/// The classes that [`Shape::count_rare`] counts.
const RARE: u16 = DIGIT | COMMA | SYMBOL;

impl Shape {
    /// Computes the counts for a line, and appends its long words to `long_words`.
    pub(super) fn new(line: &str, long_words: &mut Vec<LongWord>) -> Self {
        let mut shape = Self { chars: line.chars().count() as u32, ..Self::default() };
        let known = known();
        let mut word = Word::default();
        let mut run = Run::NONE;
        let mut lower = String::new();
        for (at, c) in line.char_indices() {
            let character = known.get(c as usize).copied().unwrap_or_else(|| Character::asked(c));
            let class = character.class;
            word.classes |= class;
            shape.letters += u32::from(class & LETTER != 0);
            shape.upper += u32::from(class & UPPER_LETTER != 0);
            if class & RARE != 0 {
                shape.count_rare(class);
            }
            if class & ALPHANUMERIC != 0 {
                run.push(at, c, character);
                continue;
            }
            if let Some(long) = run.end(at, &mut word) {
                long_words.push(long);
            }
            match c {
                '.' => shape.address |= line.as_bytes()[..at].ends_with(b"www"),
                ':' => shape.address |= line.as_bytes()[at..].starts_with(b"://"),
                _ => {}
            }
            if class & SPACE != 0 {
                shape.end_word(line, &word, at, &mut lower);
                word = Word { start: at + c.len_utf8(), ..Word::default() };
            }
        }
        if let Some(long) = run.end(line.len(), &mut word) {
            long_words.push(long);
        }
        shape.end_word(line, &word, line.len(), &mut lower);
        shape
    }

    /// Returns whether the line contains a web address, or an `@` as in an email address.
    pub(super) const fn has_link(&self) -> bool {
        self.address || self.classes & AT != 0
    }

    pub(super) const fn has_rights(&self) -> bool {
        self.classes & RIGHTS != 0
    }

    pub(super) const fn has_quotes(&self) -> bool {
        self.classes & QUOTE != 0
    }

    pub(super) const fn has_money(&self) -> bool {
        self.classes & MONEY != 0
    }

    fn count_rare(&mut self, class: u16) {
        self.digits += u32::from(class & DIGIT != 0);
        self.commas += u32::from(class & COMMA != 0);
        self.symbols += u32::from(class & SYMBOL != 0);
    }

    /// Adds the word that ends at `end`; `lower` is a reusable buffer.
    fn end_word(&mut self, line: &str, word: &Word, end: usize, lower: &mut String) {
        if end <= word.start {
            return;
        }
        let n = self.words;
        self.words += 1;
        self.classes |= word.classes;
        let (inner_start, inner_end) = word.inner;
        if inner_end < end && LONG <= end - word.start {
            self.sentences += u32::from(lines::ends_sentence(slice(line, word.start, end)));
        }
        if inner_end == 0 {
            return;
        }
        let inner = slice(line, inner_start, inner_end);
        if word.classes & BEYOND_ASCII != 0 {
            self.words += lines::unspaced_words(inner) as u32;
        }
        if word.first & UPPER != 0 {
            self.capitalised += u32::from(0 < n);
        } else if word.first & LOWER != 0 {
            self.lower += 1;
            self.small += u32::from(inner.chars().nth(3).is_none());
        }
        if word.classes & BEYOND_ASCII != 0 && !inner.is_ascii() || Asked::may_hold(inner) {
            lower.clear();
            if inner.is_ascii() {
                lower.push_str(inner);
                lower.make_ascii_lowercase();
            } else {
                lower.extend(inner.chars().flat_map(char::to_lowercase));
            }
            self.service += u32::from(boilerplate().is_service(lower));
            self.second_person += u32::from(SECOND_PERSON.contains(&&**lower));
        }
    }
}

/// The part of a word (between white space) that has been read so far.
#[derive(Default)]
struct Word {
    start: usize,
    /// The union of the classes of its characters.
    classes: u16,
    /// The range from its first letter or digit to its last; the end is 0 if it has none.
    inner: (usize, usize),
    /// The class of the first letter or digit.
    first: u16,
}

/// The part of a run of letters and digits that has been read so far.
struct Run {
    /// The start of the run, or `usize::MAX` if there is none.
    start: usize,
    hash: u64,
    /// The class of its first character.
    first: u16,
}

impl Run {
    const NONE: Self = Self { start: usize::MAX, hash: 0, first: 0 };

    #[inline]
    fn push(&mut self, at: usize, c: char, character: Character) {
        if self.start == usize::MAX {
            (self.start, self.first) = (at, character.class);
        }
        match character.lower {
            0 => c.to_lowercase().for_each(|c| self.add(u32::from(c))),
            lower => self.add(u32::from(lower)),
        }
    }

    #[inline]
    fn add(&mut self, c: u32) {
        self.hash = (self.hash.rotate_left(23) ^ u64::from(c)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }

    /// Ends the current run, if there is one, and returns it if it is long.
    #[inline]
    fn end(&mut self, end: usize, word: &mut Word) -> Option<LongWord> {
        let Self { start, hash, first } = std::mem::replace(self, Self::NONE);
        if start == usize::MAX {
            return None;
        }
        if word.inner.1 == 0 {
            (word.inner.0, word.first) = (start, first);
        }
        word.inner.1 = end;
        (LONG <= end - start).then_some(LongWord { hash, bytes: end - start })
    }
}

/// The properties of a character.
#[derive(Clone, Copy, Default)]
struct Character {
    class: u16,
    /// Its lower-case form, or the character itself if it has none; 0 if the Unicode tables are needed.
    lower: u16,
}

/// The number of characters in the table, which ends with the Cyrillic ones.
const KNOWN: u32 = 0x530;

/// Returns the table of known characters.
fn known() -> &'static [Character] {
    static TABLE: LazyLock<Vec<Character>> =
        LazyLock::new(|| (0..KNOWN).filter_map(char::from_u32).map(Character::asked).collect());
    &TABLE
}

impl Character {
    /// Computes the properties of a character from the Unicode tables.
    fn asked(c: char) -> Self {
        let on = |is: bool, class: u16| if is { class } else { 0 };
        let letter = c.is_alphabetic();
        let digit = c.is_ascii_digit();
        let comma = matches!(c, ',' | '،' | '、');
        let symbol =
            matches!(c, '|' | '›' | '»' | '·' | '•' | '/' | '>' | '→' | '+' | '&' | '–' | '—');
        let class = on(c.is_whitespace(), SPACE)
            | on(letter, LETTER)
            | on(c.is_uppercase(), UPPER)
            | on(letter && c.is_uppercase(), UPPER_LETTER)
            | on(!c.is_ascii(), BEYOND_ASCII)
            | on(c.is_lowercase(), LOWER)
            | on(digit, DIGIT)
            | on(letter || c.is_numeric(), ALPHANUMERIC)
            | on(comma, COMMA)
            | on(symbol, SYMBOL)
            | on(matches!(c, '"' | '“' | '”' | '«' | '»' | '„'), QUOTE)
            | on(matches!(c, '©' | '®' | '™'), RIGHTS)
            | on(matches!(c, '$' | '€' | '£' | '%'), MONEY)
            | on(c == '@', AT);
        let mut lower = c.to_lowercase();
        let single = lower.next().filter(|_| lower.next().is_none()).map_or(0, u32::from);
        // The two forms of the small sigma are the same letter.
        let single = if single == u32::from('ς') { u32::from('σ') } else { single };
        Self { class, lower: u16::try_from(single).unwrap_or(0) }
    }
}

/// Words that address the reader, or with which a site refers to itself.
const SECOND_PERSON: [&str; 18] = [
    "you", "your", "we", "our", "us", "sie", "ihr", "ihre", "wir", "unsere", "vous", "votre",
    "nous", "notre", "usted", "tu", "su", "nuestra",
];

/// A filter by first letter and length, which rules out most words before they are looked up.
struct Asked([u32; 32]);

impl Asked {
    /// Returns whether an ASCII word may be a service word or one of [`SECOND_PERSON`].
    fn may_hold(word: &str) -> bool {
        static ASKED: LazyLock<Asked> = LazyLock::new(|| {
            let mut asked = Asked([0; 32]);
            for word in boilerplate().service_words().chain(SECOND_PERSON) {
                let (first, len) = Asked::place(word);
                asked.0[first] |= 1 << len;
            }
            asked
        });
        let (first, len) = Self::place(word);
        ASKED.0[first] >> len & 1 != 0
    }

    fn place(word: &str) -> (usize, u32) {
        let first = word.bytes().next().unwrap_or(0) & 31;
        (usize::from(first), word.len() as u32 & 31)
    }
}
