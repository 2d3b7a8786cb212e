//! Measures how much texts overlap, using hashed runs of four words (shingles).

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashSet, FxHasher};

/// The hashes of a text's runs of four words, and of its whole lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Shingles(FxHashSet<u64>);

/// The number of words in a run.
const N: usize = 4;

impl Shingles {
    /// Returns the shingles of a text. Runs do not extend across lines.
    pub(super) fn new(text: &str) -> Self {
        let mut set = FxHashSet::default();
        let mut words = Vec::new();
        for line in text.lines() {
            word_hashes(line, &mut words);
            if !words.is_empty() {
                set.insert(joined(&words));
            }
            set.extend(words.windows(N).map(joined));
        }
        Self(set)
    }

    /// Returns the share of a block's runs that are in the set, in `[0, 1]`. The share is 1 if the whole block is a
    /// line of the text. `words` are the hashes of the block's words.
    pub(super) fn share_of(&self, words: &[u64]) -> f32 {
        if words.is_empty() || self.0.is_empty() {
            return 0.0;
        }
        if self.0.contains(&joined(words)) {
            return 1.0;
        }
        if words.len() < N {
            return 0.0;
        }
        let found = words.windows(N).filter(|run| self.0.contains(&joined(run))).count();
        found as f32 / (words.len() - N + 1) as f32
    }
}

/// Replaces the contents of `hashes` with the hashes of a text's words.
pub(super) fn word_hashes(text: &str, hashes: &mut Vec<u64>) {
    hashes.clear();
    hashes.extend(text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(
        |word| {
            let mut state = FxHasher::default();
            word.hash(&mut state);
            state.finish()
        },
    ));
}

/// Returns a single hash for a run of words.
pub(super) fn joined(words: &[u64]) -> u64 {
    let mut state = FxHasher::default();
    words.hash(&mut state);
    state.finish()
}

#[cfg(test)]
mod tests {
    use super::{Shingles, word_hashes};

    #[test]
    fn shares() {
        let set = Shingles::new("one two three four five six\nshort line");
        let share = |text: &str| {
            let mut words = Vec::new();
            word_hashes(text, &mut words);
            set.share_of(&words)
        };
        assert!((share("two three four five") - 1.0).abs() < 1e-6);
        assert!((share("short, line!") - 1.0).abs() < 1e-6);
        assert!((share("three four five six seven") - 0.5).abs() < 1e-6);
        assert!(share("one two") < 1e-6 && share("") < 1e-6);
    }
}
