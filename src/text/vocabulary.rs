//! The word forms that a thread has seen in one language, with the stem and kind of each.
//!
//! The forms are stored in a [`FormTable`]: a look-up usually touches one slot and one stem, and allocates nothing.
//! Each stem stores its number in the last document in which it occurred, so that documents need no hash tables of
//! their own.

use std::sync::atomic::{AtomicU32, Ordering};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::Language;
use crate::span::Span;
use crate::text::document::TokenKind;
use crate::text::fold;
use crate::text::form_table::{FormTable, Vacant};
use crate::text::key::Key;
use crate::text::packs;

/// The stem and kind of a form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// The number of the stem in the vocabulary.
    pub(super) stem: u32,
    /// The kind of word.
    pub(super) kind: TokenKind,
}

/// Identifies a vocabulary within this process. Results do not depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct VocabularyId(u32);

impl VocabularyId {
    /// Returns an id that no other vocabulary has had.
    fn next() -> Self {
        static USED: AtomicU32 = AtomicU32::new(0);
        Self(USED.fetch_add(1, Ordering::Relaxed).wrapping_add(1))
    }
}

/// The forms and stems of one language.
pub(super) struct Vocabulary {
    id: VocabularyId,
    language: Language,
    stemmer: Option<Stemmer>,
    words: &'static packs::StopWords,
    forms: FormTable<Form>,
    stems: Vec<Stem>,
    stem_numbers: FxHashMap<Box<str>, u32>,
    /// The number of the current document, counted from the creation of the vocabulary.
    document: u32,
    /// The stems of the current document, in order of first use.
    used: Vec<u32>,
}

/// A stem, with its number in the last document in which it occurred.
struct Stem {
    document: u32,
    number: u32,
    text: Box<str>,
}

impl Vocabulary {
    /// Creates an empty vocabulary.
    pub(super) fn new(language: Language) -> Self {
        Self {
            id: VocabularyId::next(),
            language,
            stemmer: algorithm(language).map(Stemmer::create),
            words: packs::stop_list(language),
            forms: FormTable::new(Form { stem: 0, kind: TokenKind::Word }),
            stems: Vec::new(),
            stem_numbers: FxHashMap::default(),
            document: 0,
            used: Vec::new(),
        }
    }

    /// Returns the id of the vocabulary.
    pub(super) const fn id(&self) -> VocabularyId {
        self.id
    }

    /// Returns the language.
    pub(super) const fn language(&self) -> Language {
        self.language
    }

    /// Returns the number of forms.
    pub(super) const fn n_forms(&self) -> usize {
        self.forms.n_forms()
    }

    /// Begins the next document, whose stems are numbered from zero.
    pub(super) fn begin_document(&mut self) {
        self.used.clear();
        self.document = self.document.wrapping_add(1);
        if self.document == 0 {
            // The document counter wrapped around; invalidate the cached numbers.
            self.stems.iter_mut().for_each(|s| s.document = 0);
            self.document = 1;
        }
    }

    /// Returns the number of a stem in the current document, which is assigned at its first use.
    #[inline]
    pub(super) fn number(&mut self, stem: u32) -> u32 {
        let known = &mut self.stems[stem as usize];
        if known.document != self.document {
            known.document = self.document;
            known.number = self.used.len() as u32;
            self.used.push(stem);
        }
        known.number
    }

    /// Returns the vocabulary numbers of the stems of the current document, in order of first use.
    pub(super) fn used_stems(&self) -> &[u32] {
        &self.used
    }

    /// Returns the texts of the stems of the current document, in order of first use.
    pub(super) fn used(&self) -> impl ExactSizeIterator<Item = &str> {
        self.used.iter().map(|stem| self.stem(*stem))
    }

    /// Returns the text of a stem.
    pub(super) fn stem(&self, number: u32) -> &str {
        self.stems.get(number as usize).map_or("", |s| &s.text)
    }

    /// Returns the elided words that can precede an apostrophe, such as `l` in `l'Europe`.
    pub(super) const fn elided(&self) -> &'static FxHashSet<&'static str> {
        &self.words.elided
    }

    /// Returns whether `'s` is a possessive ending.
    pub(super) fn has_possessive(&self) -> bool {
        self.language == Language::ENGLISH
    }

    /// Returns whether a word and `'s` form a contraction rather than a possessive: `it's`, `that's`. They do if the
    /// word is a stop word.
    pub(super) fn is_contraction(&self, owner: &str) -> bool {
        self.words.folded.contains(owner.to_lowercase().as_str())
    }

    /// Returns the stem and kind of the word at `word` in `text`, computed the first time the word occurs. `key` must
    /// be the key of that word.
    #[inline]
    pub(super) fn form(&mut self, key: Key, text: &str, word: Span) -> Form {
        match self.forms.get(key, text, word) {
            Ok(form) => form,
            Err(vacant) => self.learn(vacant, key, word.slice(text)),
        }
    }

    #[inline(never)]
    fn learn(&mut self, vacant: Vacant, key: Key, word: &str) -> Form {
        let form = self.analyse(word);
        self.forms.insert(vacant, key, word, form);
        form
    }

    fn analyse(&mut self, word: &str) -> Form {
        let folded = fold::fold(word, self.language);
        let kind = if word.contains(char::is_numeric) {
            TokenKind::Number
        } else if self.words.folded.contains(folded.as_str()) {
            TokenKind::Stop
        } else {
            TokenKind::Word
        };
        let stem = match (&self.stemmer, kind) {
            (Some(stemmer), TokenKind::Word) if may_be_stemmed(&folded, self.language) => {
                let stem = stemmer.stem(&folded);
                if stem.is_empty() { folded } else { stem.into_owned() }
            }
            _ => folded,
        };
        Form { stem: self.stem_number(stem.into_boxed_str()), kind }
    }

    fn stem_number(&mut self, stem: Box<str>) -> u32 {
        if let Some(number) = self.stem_numbers.get(&stem) {
            return *number;
        }
        let number = self.stems.len() as u32;
        self.stems.push(Stem { document: 0, number: 0, text: stem.clone() });
        self.stem_numbers.insert(stem, number);
        number
    }
}

/// Returns whether a folded word may be passed to a stemmer.
///
/// The Greek stemmer has panicked on input that is not a plain Greek word, so it is given only plain Greek words.
/// Stemming time grows with word length, so absurdly long words are excluded.
fn may_be_stemmed(folded: &str, language: Language) -> bool {
    folded.len() <= 100
        && match language.code() {
            "el" => folded.chars().count() > 2 && folded.chars().all(|c| matches!(c, 'α'..='ω')),
            _ => true,
        }
}

fn algorithm(language: Language) -> Option<Algorithm> {
    Some(match language.code() {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Form, Vocabulary};
    use crate::language::Language;
    use crate::span::Span;
    use crate::text::document::TokenKind;
    use crate::text::key::Key;

    fn form(vocabulary: &mut Vocabulary, word: &str) -> Form {
        let span = Span::new(0, word.len());
        vocabulary.form(Key::new(word, span), word, span)
    }

    fn stem(lang: &str, word: &str) -> String {
        let mut vocabulary = Vocabulary::new(Language::parse(lang).unwrap_or_default());
        let form = form(&mut vocabulary, word);
        vocabulary.stem(form.stem).to_owned()
    }

    #[test]
    fn forms_of_a_word_are_one_term() {
        for (lang, one, other) in [
            ("en", "Walking", "walks"),
            ("de", "STRASSE", "Straße"),
            ("fr", "élections", "Élection"),
            ("ru", "Правительства", "правительство"),
            ("el", "Εκλογές", "ΕΚΛΟΓΕΣ"),
            ("tr", "IŞIK", "ışık"),
            ("ar", "كِتَاب", "كتاب"),
            ("he", "שָׁלוֹם", "שלום"),
        ] {
            assert_eq!(stem(lang, one), stem(lang, other), "{lang}");
        }
    }

    #[test]
    fn many_forms_stay_apart() {
        let mut vocabulary = Vocabulary::new(Language::UNKNOWN);
        let words: Vec<String> =
            (0..20_000).map(|n| format!("w{n}x{}", "7".repeat(n % 20))).collect();
        let first: Vec<u32> = words.iter().map(|w| form(&mut vocabulary, w).stem).collect();
        let again: Vec<u32> = words.iter().map(|w| form(&mut vocabulary, w).stem).collect();
        assert_eq!(first, again);
        assert_eq!(vocabulary.n_forms(), 20_000);
        assert_eq!(form(&mut vocabulary, "12").kind, TokenKind::Number);
    }

    #[test]
    fn no_word_makes_the_greek_stemmer_panic() {
        let mut vocabulary = Vocabulary::new(Language::parse("el").unwrap_or_default());
        let parts =
            ["", "α", "ισ", "ουσα", "ηδεσ", "ιζ", "ώ", "ς", "’", "b", "9", "漢", "\u{301}", "ΐ"];
        for a in parts {
            for b in parts {
                for c in parts {
                    form(&mut vocabulary, &format!("{a}{b}{c}"));
                }
            }
        }
    }
}
