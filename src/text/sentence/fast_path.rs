//! The fast path for the common case: a full stop after a word that is not an abbreviation, before a capital or digit.
//!
//! ```text
//! … and nobody answered. The door was open.
//!              ^ longer than any listed abbreviation, or not listed as one
//! ```
//!
//! Most sentences in news end this way, and most other full stops can be decided by one byte on either side. The
//! results are the same as those of [`decide`](super::decide).

use crate::span::slice;
use crate::text::sentence::rules::{Class, Rules};

/// The number of bytes from which a word is certain to have at least two letters.
const SHORTEST: usize = 3;
/// The maximum number of bytes in a word that may be an abbreviation because it has no vowel.
const CONSONANTS: usize = 4;
/// The maximum number of bytes in a word that may be an abbreviation before the number or letter of a reference.
const REFERENCE_BYTES: usize = 8;
/// The maximum distance of the look-back for a word, in bytes.
const LONGEST: usize = 48;

/// The bytes that form words: those of ASCII letters, and of two-byte characters up to U+057F except Latin-1
/// punctuation.
static LETTERS: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = matches!(b as u8, b'A'..=b'Z' | b'a'..=b'z' | 0x80..=0xBF | 0xC3..=0xD5);
        b += 1;
    }
    table
};

/// Returns whether a full stop is inside a word or number. It is if a lower-case letter, digit, comma, semicolon or
/// colon directly follows it, as in `3.4`, `a.m` and `e.g.,`, unless the digits may be a footnote number; or if it is
/// between a capital or digit and a capital, as in `U.S`.
pub(super) fn is_inside_word(bytes: &[u8], at: usize) -> bool {
    if bytes[at] != b'.' {
        return false;
    }
    match bytes.get(at + 1) {
        Some(b'0'..=b'9') => !is_note(bytes, at),
        Some(b'a'..=b'z' | b',' | b';' | b':') => true,
        Some(b'A'..=b'Z') => at
            .checked_sub(1)
            .is_some_and(|before| matches!(bytes[before], b'A'..=b'Z' | b'0'..=b'9')),
        _ => false,
    }
}

/// Returns whether digits after a full stop may be a footnote number: a space follows them, and a lower-case or
/// non-ASCII letter precedes the stop (`the well.12 It`). This is only a quick test; `candidate` makes the decision.
fn is_note(bytes: &[u8], at: usize) -> bool {
    let digits = bytes[at + 1..].iter().take(4).take_while(|b| b.is_ascii_digit()).count();
    digits <= 3
        && bytes.get(at + 1 + digits) == Some(&b' ')
        && at
            .checked_sub(1)
            .is_some_and(|before| bytes[before].is_ascii_lowercase() || 0x80 <= bytes[before])
}

/// Returns whether the sentence that started at `sentence` is certain to end with the full stop at `at`; `false` if the
/// decision needs more context.
pub(super) fn ends_sentence(text: &str, sentence: usize, at: usize, rules: &Rules) -> bool {
    let bytes = text.as_bytes();
    if bytes[at] != b'.' || !begins_plainly(&bytes[at + 1..]) {
        return false;
    }
    let Some(start) = word_start(bytes, sentence, at) else { return false };
    let word = slice(text, start, at);
    if word.len() <= REFERENCE_BYTES && reference_follows(&bytes[at + 1..]) {
        return false;
    }
    let known =
        word.len() <= rules.longest_abbreviation() && rules.class(word).has(Class::ABBREVIATION);
    !known && !rules.is_cut_before_number(word)
}

/// Returns whether the text starts with a single space or line break, optionally an opening mark, and then a capital
/// letter or digit.
fn begins_plainly(rest: &[u8]) -> bool {
    let [b' ' | b'\n', rest @ ..] = rest else { return false };
    // Skip a straight mark, a bracket, «, “ or „.
    let ([b'"' | b'(', rest @ ..]
    | [0xC2, 0xAB, rest @ ..]
    | [0xE2, 0x80, 0x9C | 0x9E, rest @ ..]
    | rest) = rest;
    // ASCII and Cyrillic capitals.
    matches!(rest, [b'A'..=b'Z' | b'0'..=b'9', ..] | [0xD0, 0x81 | 0x90..=0xAF, ..])
}

/// Returns whether a space or line break, optionally a mark, and a digit follow, or a space or line break, a letter and
/// a closing bracket: ` B)`.
fn reference_follows(rest: &[u8]) -> bool {
    let first = rest.iter().take(5).skip(1).find(|b| b.is_ascii_alphanumeric());
    first.is_some_and(u8::is_ascii_digit) || rest.get(2) == Some(&b')')
}

/// Returns the start of the word before the full stop at `end`, if the word ends in a lower-case or non-ASCII letter,
/// has at least [`SHORTEST`] bytes, is longer than [`CONSONANTS`] or has a vowel, and follows a space, a line break, a
/// hyphen or a straight mark.
fn word_start(bytes: &[u8], sentence: usize, end: usize) -> Option<usize> {
    let lowest = sentence.max(end.saturating_sub(LONGEST));
    let before = bytes.get(lowest..end)?;
    let len = before.iter().rev().take_while(|b| LETTERS[**b as usize]).count();
    let (before, word) = before.split_at(before.len() - len);
    let set_off = matches!(before.last()?, b' ' | b'\n' | b'-' | b'"');
    let small = matches!(word.last()?, b'a'..=b'z' | 0x80..=0xBF);
    let vocal = len > CONSONANTS || word.iter().any(|b| is_vowel(*b));
    (set_off && small && len >= SHORTEST && vocal).then_some(end - len)
}

/// Returns whether a byte is a vowel, or part of a non-ASCII letter, for which vowels are not checked.
fn is_vowel(byte: u8) -> bool {
    byte >= 0x80 || matches!(byte | 0x20, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}
