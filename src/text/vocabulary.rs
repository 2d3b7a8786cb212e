//! The forms of words that a thread has met in one language, with the stem and kind of each.
//!
//! A table of open addressing whose slots hold the [`Key`] of a form, which is the form itself up to fifteen bytes: a
//! look-up touches one slot and its stem, and allocates nothing. A stem remembers its number in the document that it
//! was met in last, so that a document needs no table of its own.

use std::sync::atomic::{AtomicU32, Ordering};

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::Language;
use crate::span::Span;
use crate::text::document::TokenKind;
use crate::text::fold;
use crate::text::key::Key;
use crate::text::language;

/// The stem and kind of a form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// The number of the stem in the vocabulary.
    pub(super) stem: u32,
    /// What the word is.
    pub(super) kind: TokenKind,
}

/// A slot of the table; its key is [`Key::NONE`] where it is empty.
#[derive(Clone, Copy)]
struct Slot {
    key: Key,
    /// The number of a form that is longer than its key in [`Vocabulary::long_forms`].
    long: u32,
    form: Form,
}

const EMPTY: Slot = Slot { key: Key::NONE, long: 0, form: Form { stem: 0, kind: TokenKind::Word } };
/// Slots that a new table begins with; a power of two.
const FIRST_SLOTS: usize = 1 << 12;
/// Slots a form, at least: so that most forms lie in the first slot of their key.
const FREE_SLOTS: usize = 4;

/// Which vocabulary of this process a stem is of; no result depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct VocabularyId(u32);

impl VocabularyId {
    /// One that no vocabulary had before.
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
    words: &'static language::StopWords,
    /// The forms that no key holds to the letter.
    long_forms: Vec<Box<str>>,
    n_forms: usize,
    slots: Vec<Slot>,
    stems: Vec<Stem>,
    stem_numbers: FxHashMap<Box<str>, u32>,
    /// The document that is being read, by its number since the vocabulary was begun.
    document: u32,
    /// The stems of that document, in the order of first use.
    used: Vec<u32>,
}

/// A stem, with its number in the last document that it was met in.
struct Stem {
    document: u32,
    number: u32,
    text: Box<str>,
}

impl Vocabulary {
    /// Starts an empty vocabulary.
    pub(super) fn new(language: Language) -> Self {
        Self {
            id: VocabularyId::next(),
            language,
            stemmer: algorithm(language).map(Stemmer::create),
            words: language::stop_list(language),
            long_forms: Vec::new(),
            n_forms: 0,
            slots: vec![EMPTY; FIRST_SLOTS],
            stems: Vec::new(),
            stem_numbers: FxHashMap::default(),
            document: 0,
            used: Vec::new(),
        }
    }

    /// Returns what tells it from all others.
    pub(super) const fn id(&self) -> VocabularyId {
        self.id
    }

    /// Returns the language.
    pub(super) const fn language(&self) -> Language {
        self.language
    }

    /// Returns how many forms were met.
    pub(super) const fn n_forms(&self) -> usize {
        self.n_forms
    }

    /// Begins the next document: its terms are numbered from zero.
    pub(super) fn begin_document(&mut self) {
        self.used.clear();
        self.document = self.document.wrapping_add(1);
        if self.document == 0 {
            // Numbers of documents come round: what the stems remember is void.
            self.stems.iter_mut().for_each(|s| s.document = 0);
            self.document = 1;
        }
    }

    /// Returns the number in this document of a stem, given where it is used for the first time.
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

    /// Returns the numbers of the stems of this document, in the order of first use.
    pub(super) fn used_stems(&self) -> &[u32] {
        &self.used
    }

    /// Returns the stems of this document, in the order of their numbers.
    pub(super) fn used(&self) -> impl ExactSizeIterator<Item = &str> {
        self.used.iter().map(|stem| self.stem(*stem))
    }

    /// Returns the text of a stem.
    pub(super) fn stem(&self, number: u32) -> &str {
        self.stems.get(number as usize).map_or("", |s| &s.text)
    }

    /// Returns the words that lose their vowel before an apostrophe.
    pub(super) const fn elided(&self) -> &'static FxHashSet<&'static str> {
        &self.words.elided
    }

    /// Returns whether `'s` is a possessive ending.
    pub(super) fn has_possessive(&self) -> bool {
        self.language == Language::ENGLISH
    }

    /// Returns whether a word before `'s` makes a contraction that is a stop word: `it's`, `that's`.
    pub(super) fn is_contraction(&self, owner: &str) -> bool {
        self.words.folded.contains(owner.to_lowercase().as_str())
    }

    /// Returns the stem and kind of the form that lies at `word` in a text, worked out where it is met for the first
    /// time; `key` is the key of that form.
    #[inline]
    pub(super) fn form(&mut self, key: Key, text: &str, word: Span) -> Form {
        let mask = self.slots.len() - 1;
        let slot = &self.slots[key.spread() & mask];
        if slot.key == key && key.is_exact() {
            return slot.form;
        }
        self.search(key, word.of(text))
    }

    /// Looks a form up that is not in the first slot of its key, or is longer than it.
    #[inline(never)]
    fn search(&mut self, key: Key, word: &str) -> Form {
        let mask = self.slots.len() - 1;
        let mut at = key.spread() & mask;
        loop {
            let slot = &self.slots[at];
            if slot.key == key && (key.is_exact() || &*self.long_forms[slot.long as usize] == word)
            {
                return slot.form;
            }
            if slot.key == Key::NONE {
                return self.learn(word, key, at);
            }
            at = (at + 1) & mask;
        }
    }

    fn learn(&mut self, word: &str, key: Key, at: usize) -> Form {
        let form = self.analyse(word);
        let long = self.long_forms.len() as u32;
        if !key.is_exact() {
            self.long_forms.push(word.into());
        }
        self.slots[at] = Slot { key, long, form };
        self.n_forms += 1;
        if self.n_forms * FREE_SLOTS > self.slots.len() {
            self.grow();
        }
        form
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![EMPTY; mask + 1];
        for slot in self.slots.iter().filter(|s| s.key != Key::NONE) {
            let mut at = slot.key.spread() & mask;
            while slots[at].key != Key::NONE {
                at = (at + 1) & mask;
            }
            slots[at] = *slot;
        }
        self.slots = slots;
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

/// Returns whether a stemmer may have a folded word.
///
/// The Greek stemmer has been seen to panic on input that is no plain Greek word: it gets nothing else. Stemmers
/// rewrite suffixes in time that grows with the word, and no word is that long.
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
        vocabulary.form(Key::of(word, span), word, span)
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
