//! Selects the entries of a feed by the patterns of `include` and `exclude` in `[[feed]]`.
//!
//! A pattern with a slash (`/sport/`) is matched against the address of an entry, and any other pattern against its
//! title and text. Case is ignored. The words of a pattern must occur consecutively in the text, as entire words; a
//! final `*` matches any ending (`budget*`). In scripts without spaces between words, a match may begin and end
//! anywhere.

use nutgraf::article::Article;

/// The patterns for the entries of a feed: an entry must match one of the `include` patterns, if there are any, and
/// none of the `exclude` patterns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Filter {
    include: Vec<Pattern>,
    exclude: Vec<Pattern>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Pattern {
    /// A substring of the address.
    Address(String),
    /// Consecutive words, and whether the last of them may be the beginning of a longer word.
    Words(String, bool),
}

impl Filter {
    pub(crate) fn new(include: &[String], exclude: &[String]) -> Self {
        Self { include: patterns(include), exclude: patterns(exclude) }
    }

    /// Returns whether the filter admits every entry.
    pub(crate) fn is_empty(&self) -> bool {
        self.include.is_empty() && self.exclude.is_empty()
    }

    /// Returns whether the filter admits an entry.
    pub(crate) fn admits(&self, entry: &Article) -> bool {
        if self.is_empty() {
            return true;
        }
        let text = folded(&format!("{}\n{}", entry.title, entry.text));
        let address = entry.url.as_deref().unwrap_or_default().to_lowercase();
        let matches = |pattern: &Pattern| pattern.is_in(&address, &text);
        (self.include.is_empty() || self.include.iter().any(matches))
            && !self.exclude.iter().any(matches)
    }
}

fn patterns(written: &[String]) -> Vec<Pattern> {
    written.iter().filter_map(|w| Pattern::new(w)).collect()
}

impl Pattern {
    fn new(written: &str) -> Option<Self> {
        let folded = folded(written);
        if folded.contains('/') {
            return Some(Self::Address(folded));
        }
        let words = folded.trim_end_matches('*').trim();
        (!words.is_empty()).then(|| Self::Words(words.to_owned(), folded.ends_with('*')))
    }

    fn is_in(&self, address: &str, text: &str) -> bool {
        match self {
            Self::Address(part) => address.contains(part),
            Self::Words(words, open) => text.match_indices(words.as_str()).any(|(at, found)| {
                let before = text.get(..at).and_then(|t| t.chars().next_back());
                let after = text.get(at + found.len()..).and_then(|t| t.chars().next());
                ends_word(before, words.chars().next())
                    && (*open || ends_word(after, words.chars().next_back()))
            }),
        }
    }
}

/// Returns whether there is a word boundary between the character next to a match and the first or last character of
/// the match. Next to a character of a script without spaces, there always is one.
fn ends_word(neighbour: Option<char>, edge: Option<char>) -> bool {
    let is_spaced = |c: char| c.is_alphanumeric() && !is_unspaced(c);
    !(neighbour.is_some_and(is_spaced) && edge.is_some_and(is_spaced))
}

/// Returns whether a letter belongs to a script that does not separate words with spaces: Thai, Lao, Burmese, Khmer,
/// kana or Chinese characters.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{9FFF}')
}

fn folded(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use nutgraf::article::Article;

    use super::Filter;

    fn admits(include: &[&str], exclude: &[&str], title: &str) -> bool {
        let owned = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
        let entry = Article {
            title: title.to_owned(),
            url: Some("https://post.example/Sport/1".to_owned()),
            text: "Der Haushalt\n\nwird größer. 東京の天気".to_owned(),
            ..Article::default()
        };
        Filter::new(&owned(include), &owned(exclude)).admits(&entry)
    }

    #[test]
    fn whole_words_addresses_and_open_ends() {
        assert!(admits(&[], &[], "Budget passes"));
        assert!(admits(&["budget"], &[], "Budget passes"));
        assert!(!admits(&["budget"], &[], "Budgetary rules"));
        assert!(admits(&["budget*"], &[], "Budgetary rules"));
        assert!(admits(&["ferry", "haushalt wird"], &[], "x"));
        assert!(admits(&["GRÖSSER", "größer"], &[], "x"));
        assert!(!admits(&["gross"], &[], "x"));
        assert!(admits(&["天気"], &[], "x"));
        assert!(!admits(&["budget"], &["/sport/"], "Budget passes"));
        assert!(!admits(&[], &["passes"], "Budget passes"));
        assert!(admits(&[" ", "*"], &["pass"], "Budget passes"));
    }
}
