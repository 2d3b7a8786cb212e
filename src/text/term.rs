//! Terms: what words are compared by.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::text::document::{LocalTerm, TokenKind};
use crate::text::language;

/// Numbers the terms of one document in the order of first use, each word type folded and stemmed once.
#[expect(missing_debug_implementations, reason = "a stemmer has none")]
pub struct Interner {
    stemmer: Option<Stemmer>,
    stop_words: &'static language::WordSet,
    words: FxHashMap<Box<str>, (LocalTerm, TokenKind)>,
    numbers: FxHashMap<Box<str>, LocalTerm>,
    terms: Vec<Box<str>>,
}

impl Interner {
    /// Starts an empty vocabulary for a language.
    pub fn new(language: Language) -> Self {
        Self {
            stemmer: algorithm(language).map(Stemmer::create),
            stop_words: language::stop_words(language),
            words: FxHashMap::default(),
            numbers: FxHashMap::default(),
            terms: Vec::new(),
        }
    }

    /// Returns the term and kind of a word.
    pub fn intern(&mut self, word: &str) -> (LocalTerm, TokenKind) {
        if let Some(found) = self.words.get(word) {
            return *found;
        }
        let folded = word.to_lowercase();
        let kind = if word.bytes().any(|b| b.is_ascii_digit()) {
            TokenKind::Number
        } else if self.stop_words.contains(&folded) {
            TokenKind::Stop
        } else {
            TokenKind::Word
        };
        let stem = match (&self.stemmer, kind) {
            (Some(stemmer), TokenKind::Word) => stemmer.stem(&folded).into_owned(),
            _ => folded,
        };
        let term = self.number(stem.into_boxed_str());
        self.words.insert(word.into(), (term, kind));
        (term, kind)
    }

    /// Returns the terms in the order of their numbers.
    pub fn into_terms(self) -> Vec<Box<str>> {
        self.terms
    }

    fn number(&mut self, term: Box<str>) -> LocalTerm {
        if let Some(number) = self.numbers.get(&term) {
            return *number;
        }
        let number = LocalTerm(self.terms.len() as u32);
        self.numbers.insert(term.clone(), number);
        self.terms.push(term);
        number
    }
}

fn algorithm(language: Language) -> Option<Algorithm> {
    Some(match language.code() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}
