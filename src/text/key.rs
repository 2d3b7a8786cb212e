//! The key of a word form: two 64-bit integers, read from the text eight bytes at a time.
//!
//! The key of a form of up to fifteen bytes consists of those bytes and their count. The key of a longer form is a hash
//! and the length, so if two such keys are equal, the texts must still be compared. Eight bytes are classified at once,
//! without a branch per byte: a range check of all eight bytes takes two additions if they are below 128 (Warren,
//! *Hacker's Delight*, 2nd ed., section 6-1).

use crate::span::Span;

/// The number of bytes in a machine word.
const CHUNK: usize = 8;
/// The number of bytes that a key stores verbatim; one more byte stores the length.
const PACKED: usize = 2 * CHUNK - 1;
/// The bit position of the length in the second integer of a key.
const LEN: u32 = 56;
/// The length value that marks a form longer than a key.
const LONG: u64 = 0xFF << LEN;
/// The multiplier of Fibonacci hashing: 2^64 divided by the golden ratio, made odd.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;
/// The lowest bit of each byte.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The lowest bit of each pair of bytes.
const PAIRS: u64 = 0x0001_0001_0001_0001;

/// The key of a word form. The key of the empty form marks an empty slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    head: u64,
    tail: u64,
}

impl Key {
    /// The key that marks an empty slot.
    pub(crate) const NONE: Self = Self { head: 0, tail: 0 };

    /// Returns the key of the form at `word`.
    #[inline]
    pub(crate) fn new(text: &str, word: Span) -> Self {
        let (bytes, start, len) = (text.as_bytes(), word.start(), word.len());
        match len {
            0..CHUNK => Self::short(load(bytes, start), len),
            CHUNK..=PACKED => {
                Self::middling(load(bytes, start), load(bytes, start + CHUNK), len - CHUNK)
            }
            _ => Self::long(word.slice(text).as_bytes()),
        }
    }

    /// Returns the key and length of the run of ASCII letters and digits at `start`; `None` if there is none or it is
    /// longer than a key can store.
    #[inline]
    pub(crate) fn scan(bytes: &[u8], start: usize) -> Option<(Self, usize)> {
        let (head, tail) = load_two(bytes, start);
        let len = alphanumerics(head);
        if len < CHUNK {
            return (len > 0).then(|| (Self::short(head, len), len));
        }
        let len = alphanumerics(tail);
        (len < CHUNK).then(|| (Self::middling(head, tail, len), CHUNK + len))
    }

    /// Returns the key and length of the run of Cyrillic letters at `start`; `None` if there is none.
    #[inline]
    pub(crate) fn scan_cyrillic(bytes: &[u8], start: usize) -> Option<(Self, usize)> {
        let (head, tail) = load_two(bytes, start);
        let len = cyrillic(head);
        if len < CHUNK {
            return (len > 0).then(|| (Self::short(head, len), len));
        }
        let len = cyrillic(tail);
        if len < CHUNK {
            return Some((Self::middling(head, tail, len), CHUNK + len));
        }
        let mut end = start + 2 * CHUNK;
        loop {
            let len = cyrillic(load(bytes, end));
            end += len;
            if len < CHUNK {
                return Some((Self::long(&bytes[start..end]), end - start));
            }
        }
    }

    /// Returns the key of a form that consists of the first `len` bytes of a chunk.
    #[inline]
    const fn short(head: u64, len: usize) -> Self {
        Self { head: first(head, len), tail: (len as u64) << LEN }
    }

    /// Returns the key of a form that consists of a chunk and the first `rest` bytes of a second one.
    #[inline]
    const fn middling(head: u64, tail: u64, rest: usize) -> Self {
        Self { head, tail: first(tail, rest) | ((CHUNK + rest) as u64) << LEN }
    }

    /// Returns the key of a long form: a hash (multiply and rotate, as `rustc-hash` does) and the length.
    fn long(bytes: &[u8]) -> Self {
        let mut state = 0_u64;
        for chunk in bytes.chunks(CHUNK) {
            state = (state ^ load(chunk, 0)).wrapping_mul(SPREAD).rotate_left(29);
        }
        Self { head: state, tail: LONG | bytes.len() as u64 }
    }

    /// Returns whether the key contains the whole form, so that equal keys mean equal forms.
    #[inline]
    pub(crate) const fn is_exact(self) -> bool {
        self.tail < LONG
    }

    /// Returns the hash of the key, which the caller masks to the size of its table.
    #[inline]
    pub(crate) fn spread(self) -> usize {
        let mixed = self.head ^ self.tail.wrapping_mul(SPREAD).rotate_left(32);
        let product = u128::from(mixed) * u128::from(SPREAD);
        ((product >> 64) as u64 ^ product as u64) as usize
    }
}

/// Returns the eight bytes at `at` as a little-endian number; bytes past the end of the text are zero.
#[inline]
fn load(bytes: &[u8], at: usize) -> u64 {
    let rest = bytes.get(at..).unwrap_or(&[]);
    rest.first_chunk::<CHUNK>().map_or_else(|| load_last(rest), |chunk| u64::from_le_bytes(*chunk))
}

/// Returns the sixteen bytes at `at` as two numbers.
#[inline]
fn load_two(bytes: &[u8], at: usize) -> (u64, u64) {
    match bytes.get(at..).and_then(|rest| rest.first_chunk::<{ 2 * CHUNK }>()) {
        Some(both) => {
            let both = u128::from_le_bytes(*both);
            (both as u64, (both >> 64) as u64)
        }
        None => (load(bytes, at), load(bytes, at + CHUNK)),
    }
}

fn load_last(rest: &[u8]) -> u64 {
    rest.iter().rev().fold(0, |packed, byte| packed << 8 | u64::from(*byte))
}

/// Returns the first `len` bytes of a chunk, for `len` below eight.
#[inline]
const fn first(chunk: u64, len: usize) -> u64 {
    chunk & ((1 << (8 * len)) - 1)
}

/// Returns the number of ASCII letters and digits at the beginning of a chunk.
#[inline]
const fn alphanumerics(chunk: u64) -> usize {
    let low = chunk & !HIGH;
    let others = !(within(low | (0x20 * ONES), b'a', b'z') | within(low, b'0', b'9')) | chunk;
    (others & HIGH).trailing_zeros() as usize / 8
}

/// Returns the number of bytes of Cyrillic letters (U+0400 to U+047F, two bytes each) at the beginning of a chunk.
#[inline]
const fn cyrillic(chunk: u64) -> usize {
    let others = (chunk & (0xC0FE * PAIRS)) ^ (0x80D0 * PAIRS);
    others.trailing_zeros() as usize / 16 * 2
}

/// Returns, in the highest bit of each byte, whether the byte is within a range. All bytes must be below 128.
#[inline]
const fn within(low: u64, from: u8, to: u8) -> u64 {
    (low + (0x80 - from as u64) * ONES) & !(low + (0x7F - to as u64) * ONES)
}

#[cfg(test)]
mod tests {
    use super::{Key, alphanumerics};
    use crate::span::Span;

    #[test]
    fn every_byte_is_classed_in_every_place() {
        for byte in 0..=255_u8 {
            for place in 0..8 {
                let mut chunk = *b"aZ09zA5b";
                chunk[place] = byte;
                let expected = if byte.is_ascii_alphanumeric() { 8 } else { place };
                assert_eq!(alphanumerics(u64::from_le_bytes(chunk)), expected, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn a_run_has_the_key_of_its_form() {
        let text = "I met 12 governments, x25 internationally_ and antidisestablishment";
        let mut runs = 0;
        for (start, _) in text.char_indices() {
            if let Some((key, len)) = Key::scan(text.as_bytes(), start) {
                let rest = text.bytes().skip(start);
                assert_eq!(rest.take_while(u8::is_ascii_alphanumeric).count(), len, "at {start}");
                assert_eq!(Key::new(text, Span::new(start, start + len)), key);
                runs += 1;
            }
        }
        assert!(runs > 20, "{runs} runs");
        let text = "Он пришёл в Санкт-Петербург вчера, и достопримечательностями";
        let mut runs = 0;
        for (start, _) in text.char_indices() {
            if let Some((key, len)) = Key::scan_cyrillic(text.as_bytes(), start) {
                let word = Span::new(start, start + len);
                assert_eq!(Key::new(text, word), key);
                assert!(!word.is_empty() && word.slice(text).chars().all(char::is_alphabetic));
                runs += 1;
            }
        }
        assert!(runs > 20, "{runs} runs");
        let text = "a antidisestablishment";
        let longest = text.find("anti").unwrap_or_default();
        assert_eq!(Key::scan(text.as_bytes(), longest), None);
    }
}
