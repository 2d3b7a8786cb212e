//! Budgets for the length of an output, and the definition of a word.

/// The default reading speed in words per minute.
///
/// Silent reading of English non-fiction averages 238 words a minute (Brysbaert 2019, "How many words do we read per
/// minute?"); 230 leaves a little time to reread headlines.
pub const WORDS_A_MINUTE: f64 = 230.0;

/// A limit on the length of an output, which is never exceeded. The output is shorter if the articles have too few
/// suitable sentences: `Budget::Sentences(3)` may yield two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Budget {
    /// Words, as [`words`] counts them.
    Words(usize),
    /// Whole sentences.
    Sentences(usize),
    /// Unicode code points, including one for the space between two sentences.
    Chars(usize),
    /// A share of the words of the articles, in `(0, 1]`.
    Ratio(f64),
}

impl Budget {
    /// Returns the budget for a reading time; for a usual reading speed, pass [`WORDS_A_MINUTE`].
    ///
    /// ```
    /// use nutgraf::{Budget, budget::WORDS_A_MINUTE};
    ///
    /// assert_eq!(Budget::minutes(1.5, WORDS_A_MINUTE), Budget::Words(345));
    /// ```
    pub fn minutes(minutes: f64, words_a_minute: f64) -> Self {
        Self::Words((minutes * words_a_minute) as usize)
    }

    /// Converts a ratio into words, given the number of words in the text; returns other budgets unchanged.
    #[must_use]
    pub fn resolved(self, words_of_text: usize) -> Self {
        match self {
            Self::Ratio(ratio) => Self::Words((words_of_text as f64 * ratio) as usize),
            Self::Words(_) | Self::Sentences(_) | Self::Chars(_) => self,
        }
    }

    /// Returns the limit in the budget's own unit; 0 for a ratio that has not been resolved.
    pub const fn limit(self) -> usize {
        match self {
            Self::Words(n) | Self::Sentences(n) | Self::Chars(n) => n,
            Self::Ratio(_) => 0,
        }
    }

    /// Returns the cost of a sentence in the unit of this budget. For [`Budget::Chars`], it includes the separator
    /// before the next sentence. The last sentence needs no separator, so a sum of costs may exceed the limit by one.
    pub fn cost(self, sentence: &str) -> usize {
        match self {
            Self::Words(_) | Self::Ratio(_) => words(sentence),
            Self::Sentences(_) => 1,
            Self::Chars(_) => sentence.chars().count() + 1,
        }
    }
}

/// Counts words: runs of non-space characters; each CJK character counts as one word.
///
/// ```
/// use nutgraf::budget::words;
///
/// assert_eq!(words("The ferry sank — again."), 5);
/// assert_eq!(words("港は閉鎖"), 4);
/// ```
pub fn words(text: &str) -> usize {
    words_by_bytes(text.as_bytes()).unwrap_or_else(|| words_by_characters(text))
}

/// Counts the words of a text, eight bytes at a time; returns `None` if the text may contain characters that bytes
/// alone do not classify: white space outside ASCII, CJK characters or unusual control characters.
fn words_by_bytes(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    let (mut count, mut before) = (0, HIGH);
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut last = [b' '; 8];
    last[..rest.len()].copy_from_slice(rest);
    for eight in eights.iter().chain([&last]) {
        let word = u64::from_le_bytes(*eight);
        // The high bit of each byte is set if the byte is ASCII and at most a space (`0x20`).
        let is_space = !((word | HIGH) - ONES * 0x21) & !word & HIGH;
        let is_plain_space = {
            let other = word ^ (ONES * 0x20);
            !(((other & !HIGH) + !HIGH) | other) & HIGH
        };
        let is_odd = |b: &u8| *b >= 0xE0 || *b == 0xC2 || (*b < b' ' && !(9..14).contains(b));
        if (is_space != is_plain_space || word & HIGH != 0) && eight.iter().any(is_odd) {
            return None;
        }
        let after_space = (is_space << 8) | (before >> 56);
        count += (!is_space & after_space & HIGH).count_ones() as usize;
        before = is_space;
    }
    Some(count)
}

fn words_by_characters(text: &str) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for c in text.chars() {
        if c.is_whitespace() {
            in_word = false;
        } else if is_cjk(c) {
            count += 1;
            in_word = false;
        } else if !in_word {
            count += 1;
            in_word = true;
        }
    }
    count
}

/// Returns whether a character belongs to a script without word spaces: Han, Hiragana, Katakana.
pub const fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF66}'..='\u{FF9D}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::{Budget, words};

    #[test]
    fn words_are_runs_of_non_space_and_single_cjk_characters() {
        for (text, n) in [
            ("", 0),
            (" one  two\nthree ", 3),
            ("well-known — fact", 3),
            ("北京 2008年", 4),
            ("a北", 2),
            ("zwölf Wörter, eines\u{a0}geschützt", 4),
            ("a\u{1f}b c\u{b}d\r\n ", 3),
        ] {
            assert_eq!(words(text), n, "{text:?}");
        }
        let long = "Ἀθήνα și Київ: one two\tthree ";
        for (start, _) in long.char_indices() {
            for (end, _) in long.char_indices().filter(|(end, _)| start <= *end) {
                let part = long.get(start..end).unwrap_or("");
                assert_eq!(words(part), part.split_whitespace().count(), "{part:?}");
            }
        }
    }

    #[test]
    fn a_ratio_becomes_words() {
        assert_eq!(Budget::Ratio(0.25).resolved(200), Budget::Words(50));
        assert_eq!(Budget::minutes(2.0, 230.0), Budget::Words(460));
    }
}
