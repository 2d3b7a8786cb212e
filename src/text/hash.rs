//! Stable hashes of words: the same on every machine, in every process, and in every version that leaves this file
//! unchanged.
//!
//! FNV-1a (Fowler, Noll and Vo, 1991) hashes the bytes, and the finalizer of `SplitMix64` (Steele, Lea and Flood, *Fast
//! Splittable Pseudorandom Number Generators*, 2014) makes every output bit depend on every input bit, so that any bits
//! of a hash can be used for sampling or as a table index.

/// Returns the hash of a word.
pub(crate) fn word(text: &str) -> u64 {
    let fnv = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    mix(fnv)
}

/// Returns the hash of two consecutive words, given the hash of each.
pub(crate) const fn pair(first: u64, second: u64) -> u64 {
    mix(first.rotate_left(23) ^ second)
}

/// Returns the hash of a sequence of words, given the hash of each.
pub(crate) fn sequence(words: &[u64]) -> u64 {
    let turned = |h: u64, word: &u64| (h.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mix(words.iter().fold(words.len() as u64, turned))
}

const fn mix(mut x: u64) -> u64 {
    x ^= x >> 30;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^= x >> 27;
    x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::{pair, sequence, word};

    /// Sketches are stored, so a change of the hash function would silently make them incomparable.
    #[test]
    fn the_hashes_stay_the_same() {
        let [bridge, closed] = [word("bridge"), word("closed")];
        assert_eq!(bridge, 0x3DD8_A3BD_8C04_313D);
        assert_eq!(pair(bridge, closed), 0x83DD_1F85_A0B2_6E1E);
        assert_eq!(sequence(&[bridge, closed]), 0x7D3C_EFAE_A6D5_694A);
        assert_ne!(pair(bridge, closed), pair(closed, bridge));
    }
}
