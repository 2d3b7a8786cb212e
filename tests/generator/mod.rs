//! Generates any number of invented articles: words follow Zipf's law, and each event has its own words and sentences.

/// A small random number generator, the same on every machine (xorshift64*).
pub(crate) struct Chance(u64);

impl Chance {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// Returns a number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        ((self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize) % n.max(1)
    }

    /// Returns a rank below `n`; small ones are more likely.
    pub(crate) fn rank(&mut self, n: usize) -> usize {
        let exponent = self.below(1000) as f64 / 1000.0;
        (nutgraf::score::pow(n as f64, exponent) as usize).min(n - 1)
    }
}

/// Returns the invented word of a rank.
pub(crate) fn word(mut rank: usize) -> String {
    const SYLLABLES: [&str; 24] = [
        "ka", "re", "mi", "to", "lu", "sen", "dar", "vo", "pel", "nim", "gra", "hus", "bel", "tor",
        "wi", "zan", "fro", "que", "lis", "mon", "jar", "cho", "ped", "ry",
    ];
    let mut word = String::new();
    rank += SYLLABLES.len();
    while 0 < rank {
        word.push_str(SYLLABLES[rank % SYLLABLES.len()]);
        rank /= SYLLABLES.len();
    }
    word
}

/// The number of words in the invented language.
const VOCABULARY: usize = 40_000;

/// Generates a sentence about an event: mostly general words, some of the event's own, with its names capitalized.
pub(crate) fn sentence(chance: &mut Chance, event: usize, n_words: usize) -> String {
    let mut words: Vec<String> = Vec::new();
    for at in 0..n_words {
        let own = chance.below(5) == 0;
        let mut next = word(if own {
            // Each event has thirty words of its own, the first of which are the most frequent.
            let own_word = chance.rank(30);
            (event * 7919 + own_word * 104_729) % VOCABULARY + 500
        } else {
            chance.rank(VOCABULARY)
        });
        if at == 0 || own && event.is_multiple_of(2) {
            next = capitalised(&next);
        }
        words.push(next);
    }
    words.join(" ") + "."
}

/// Generates a text about an event, by paragraphs.
pub(crate) fn text(chance: &mut Chance, event: usize, n_sentences: usize) -> Vec<String> {
    (0..n_sentences)
        .map(|_| {
            let n_words = 12 + chance.below(14);
            sentence(chance, event, n_words)
        })
        .collect()
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
