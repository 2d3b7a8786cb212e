//! The search for the next terminator.
//!
//! ASCII text is searched for only three bytes, with `memchr`. In other text, eight bytes are classified at once: a
//! non-ASCII terminator starts with a higher byte than Latin, Greek and Cyrillic letters do, so text in those scripts
//! is skipped quickly. For a language with terminators of its own, a byte table is used.

use memchr::memchr3;

use crate::text::sentence::marks;
use crate::text::sentence::rules::Rules;

/// The number of bytes classified at once.
const CHUNK: usize = 8;
/// The lowest byte with which a multi-byte terminator begins.
const LEAD: u8 = 0xD6;
/// The lowest bit of each byte.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The highest bit of each byte.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// A search for the terminators of one text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search<'t> {
    bytes: &'t [u8],
    rules: &'t Rules,
    method: Method,
}

#[derive(Clone, Copy, Debug)]
enum Method {
    Ascii,
    Chunks,
    Table,
}

impl<'t> Search<'t> {
    pub(super) fn new(text: &'t str, rules: &'t Rules) -> Self {
        let method = if rules.has_own_terminators() {
            Method::Table
        } else if text.is_ascii() {
            Method::Ascii
        } else {
            Method::Chunks
        };
        Self { bytes: text.as_bytes(), rules, method }
    }

    /// Returns the position of the next terminator at or after `at`.
    #[inline]
    pub(super) fn next(&self, at: usize) -> Option<usize> {
        match self.method {
            Method::Ascii => memchr3(b'.', b'!', b'?', self.bytes.get(at..)?).map(|i| at + i),
            Method::Chunks => self.next_by_chunks(at),
            Method::Table => self.next_by_table(at),
        }
    }

    fn next_by_chunks(&self, mut at: usize) -> Option<usize> {
        loop {
            at += first_hit(self.bytes.get(at..)?)?;
            if self.bytes[at].is_ascii() || marks::terminator(&self.bytes[at..]).is_some() {
                return Some(at);
            }
            at += 1;
        }
    }

    fn next_by_table(&self, mut at: usize) -> Option<usize> {
        loop {
            at += self.bytes.get(at..)?.iter().position(|b| self.rules.is_lead(*b))?;
            if self.rules.terminator(&self.bytes[at..]).is_some() {
                return Some(at);
            }
            at += 1;
        }
    }
}

/// Returns the position of the first byte that is, or may begin, a terminator.
#[inline]
fn first_hit(bytes: &[u8]) -> Option<usize> {
    let (chunks, rest) = bytes.as_chunks::<CHUNK>();
    for (n, chunk) in chunks.iter().enumerate() {
        let hits = hits(u64::from_le_bytes(*chunk));
        if hits != 0 {
            return Some(n * CHUNK + hits.trailing_zeros() as usize / 8);
        }
    }
    let at = rest.iter().position(|b| matches!(b, b'.' | b'!' | b'?' | LEAD..))?;
    Some(bytes.len() - rest.len() + at)
}

/// Returns a number whose lowest set bit is the highest bit of the first byte that is, or may begin, a terminator.
#[inline]
const fn hits(chunk: u64) -> u64 {
    let wide = ((chunk & !HIGH) + (0x100 - LEAD as u64) * ONES) & chunk;
    (equal(chunk, b'.') | equal(chunk, b'!') | equal(chunk, b'?') | wide) & HIGH
}

/// Sets the highest bit of the first byte that equals `byte`; the highest bits of later bytes may be wrong (Warren,
/// *Hacker's Delight*, 2nd ed., section 6-1).
#[inline]
const fn equal(chunk: u64, byte: u8) -> u64 {
    let zero = chunk ^ (byte as u64 * ONES);
    zero.wrapping_sub(ONES) & !zero
}

#[cfg(test)]
mod tests {
    use super::first_hit;

    #[test]
    fn every_byte_is_classed_in_every_place() {
        for byte in 0..=255_u8 {
            for place in 0..19 {
                let mut bytes = [b'x'; 19];
                bytes[place] = byte;
                bytes[18] = if place < 17 { b'.' } else { bytes[18] };
                let hit = matches!(byte, b'.' | b'!' | b'?' | 0xD6..);
                let expected = if hit { Some(place) } else { (place < 17).then_some(18) };
                assert_eq!(first_hit(&bytes), expected, "{byte} at {place}");
            }
        }
    }
}
