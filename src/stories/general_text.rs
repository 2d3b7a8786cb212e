//! Word frequencies in general text: a prior, because the articles of one run may be too few or too similar to one
//! another.
//!
//! The counts of one run can mislead: in three articles, every word is rare; in three thousand headlines about one
//! event, the words specific to the event look common. The counts of the run are therefore combined with the
//! frequencies in general text (a Dirichlet prior; Zhai and Lafferty, *A Study of Smoothing Methods for Language
//! Models*, 2004).
//!
//! The tables contain the most frequent words of each language (`background.txt` in `text/packs`; CC BY-SA 4.0, see the
//! license there). The tables also give the term of each word, so that thousands of words need not be stemmed when a
//! table is loaded. An unlisted word is assumed to be ten times as rare as the rarest listed one. In a language without
//! a table, all words have the same prior, so only the counts of the run matter.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::score;
use crate::span::slice;
use crate::text::hash;

/// The frequencies of the terms of one language.
#[derive(Debug, Default)]
pub(crate) struct GeneralText {
    /// The relative frequency of each term, by the term's hash.
    frequency: FxHashMap<u64, f64>,
    /// The frequency of an unlisted term.
    unlisted: f64,
}

impl GeneralText {
    /// Returns the table of a language, parsed on first use.
    pub(crate) fn for_language(language: Language) -> &'static Self {
        static READ: [OnceLock<GeneralText>; TABLES.len()] =
            [const { OnceLock::new() }; TABLES.len()];
        static NONE: OnceLock<GeneralText> = OnceLock::new();
        let code = FOLDED.iter().find(|(code, _)| *code == language.code());
        let code = code.map_or(language.code(), |(_, table)| table);
        match TABLES.iter().position(|(table, _)| *table == code) {
            Some(at) => READ[at].get_or_init(|| Self::parse(TABLES[at].1)),
            None => NONE.get_or_init(|| Self { unlisted: NO_TABLE, ..Self::default() }),
        }
    }

    /// Returns the relative frequency of a term in general text.
    pub(crate) fn frequency(&self, term: &str) -> f64 {
        self.frequency_of_hash(hash::word(term))
    }

    /// Returns the relative frequency of a term in general text, given its hash.
    pub(crate) fn frequency_of_hash(&self, term: u64) -> f64 {
        self.frequency.get(&term).copied().unwrap_or(self.unlisted)
    }

    /// Parses a table.
    fn parse(table: &'static str) -> Self {
        let mut terms = FxHashMap::default();
        terms.reserve(table.len() / BYTES_A_TERM);
        let mut rarest = f64::INFINITY;
        for (class, words) in classes(table) {
            let frequency = score::pow(10.0, class / 10.0 - 9.0);
            rarest = frequency.min(rarest);
            for word in words {
                *terms.entry(hash::word(term(word))).or_insert(0.0) += frequency;
            }
        }
        let unlisted = if rarest.is_finite() { rarest / 10.0 } else { NO_TABLE };
        Self { frequency: terms, unlisted }
    }
}

/// The approximate number of bytes per term in a table.
const BYTES_A_TERM: usize = 8;

/// Returns the lines of a table, each as a frequency class and the words in that class.
fn classes(table: &'static str) -> impl Iterator<Item = (f64, impl Iterator<Item = &'static str>)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (class, words) = line.split_once(' ')?;
        Some((class.parse().ok()?, words.split(' ')))
    })
}

/// Returns the term of a table entry: `polic` for `polic|ing`, `happi` for `happy=happi`.
fn term(word: &'static str) -> &'static str {
    // Words are short, so a loop over the bytes is faster than setting up a search.
    let Some(at) = word.bytes().position(|byte| matches!(byte, b'|' | b'=')) else { return word };
    let marked = word.as_bytes()[at] == b'=';
    if marked { slice(word, at + 1, word.len()) } else { slice(word, 0, at) }
}

/// The frequency of every word in a language without a table; at this frequency, about one article in 1,000 contains
/// the word.
const NO_TABLE: f64 = 3e-6;

/// Languages that use the table of another language.
const FOLDED: &[(&str, &str)] = &[("nb", "no"), ("nn", "no"), ("bs", "hr"), ("sr", "hr")];

macro_rules! tables {
    ($($code:literal)*) => {
        [$(($code, include_str!(concat!("../text/packs/", $code, "/background.txt")))),*]
    };
}

static TABLES: [(&str, &str); 36] = tables!(
    "ar" "bg" "ca" "cs" "da" "de" "el" "en" "es" "fa" "fi" "fr" "he" "hi" "hr" "hu" "id" "it" "ja" "ko" "lt" "lv"
    "nl" "no" "pl" "pt" "ro" "ru" "sk" "sl" "sv" "ta" "tr" "uk" "vi" "zh"
);

#[cfg(test)]
mod tests {
    use super::{GeneralText, TABLES, classes, term};
    use crate::language::Language;
    use crate::text::term::Interner;

    #[test]
    fn common_words_are_known_and_others_are_rarer_than_all_of_them() {
        let english = GeneralText::for_language(Language::ENGLISH);
        let [police, kosovo, never] =
            ["polic", "kosovo", "zzyzx"].map(|term| english.frequency(term));
        assert!(police > 10.0 * kosovo, "{police} {kosovo}");
        assert!(kosovo >= never && never > 0.0);
    }

    /// Returns the word of a table entry, without the notation for its term.
    fn word(entry: &str) -> String {
        entry.split('=').next().unwrap_or_default().replace('|', "")
    }

    #[test]
    fn the_terms_of_the_tables_are_those_of_the_text_stage() {
        let mut wrong = Vec::new();
        for (code, table) in TABLES {
            let mut terms = Interner::new(Language::parse(code).unwrap());
            let entries: Vec<&str> = classes(table).flat_map(|(_, words)| words).collect();
            let numbers: Vec<usize> =
                entries.iter().map(|e| terms.intern(&word(e)).0.0 as usize).collect();
            let terms = terms.into_terms();
            let is_wrong = |(entry, n): &(&&'static str, usize)| term(entry) != &*terms[*n];
            wrong.extend(entries.iter().zip(numbers).filter(is_wrong).map(|(e, _)| (code, *e)));
        }
        let help = "run `cargo run --example background_terms`";
        assert!(wrong.is_empty(), "{help}: {} words, such as {:?}", wrong.len(), wrong.first());
    }

    #[test]
    fn every_table_is_read() {
        for (code, _) in TABLES {
            let language = Language::parse(code).unwrap();
            assert!(GeneralText::for_language(language).frequency.len() > 500, "{code}");
        }
        let without = GeneralText::for_language(Language::parse("gsw").unwrap());
        assert!(without.frequency("a") > 0.0);
    }
}
