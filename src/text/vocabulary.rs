//! The forms of words that a thread has met in one language, with the stem and kind of each.
//!
//! A table of open addressing whose slots hold the hash, and arenas that hold the texts: a look-up touches one slot and
//! one stretch of text, and allocates nothing.

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::Language;
use crate::span::slice;
use crate::text::document::TokenKind;
use crate::text::fold;
use crate::text::language;

/// The stem and kind of a form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    /// The number of the stem in the vocabulary.
    pub(super) stem: u32,
    /// What the word is.
    pub(super) kind: TokenKind,
}

/// A slot of the table; `end` is zero where it is empty.
///
/// The key of a form of up to eight bytes is those bytes, so that most look-ups never touch the text; that of a longer
/// form is a hash of it.
#[derive(Clone, Copy)]
struct Slot {
    key: u64,
    start: u32,
    end: u32,
    form: Form,
}

const EMPTY: Slot =
    Slot { key: 0, start: 0, end: 0, form: Form { stem: 0, kind: TokenKind::Word } };
/// Bytes that a key holds to the letter.
const PACKED: usize = 8;
/// An odd number that spreads bits: 2^64 divided by the golden ratio.
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;
/// Slots that a new table begins with; a power of two.
const FIRST_SLOTS: usize = 1 << 12;

/// The forms and stems of one language.
pub(super) struct Vocabulary {
    language: Language,
    stemmer: Option<Stemmer>,
    words: &'static language::StopWords,
    /// The forms as they were met, one after the other, from byte 1.
    forms: String,
    n_forms: usize,
    slots: Vec<Slot>,
    stems: Vec<Box<str>>,
    stem_numbers: FxHashMap<Box<str>, u32>,
}

impl Vocabulary {
    /// Starts an empty vocabulary.
    pub(super) fn new(language: Language) -> Self {
        Self {
            language,
            stemmer: algorithm(language).map(Stemmer::create),
            words: language::stop_list(language),
            forms: String::from(" "),
            n_forms: 0,
            slots: vec![EMPTY; FIRST_SLOTS],
            stems: Vec::new(),
            stem_numbers: FxHashMap::default(),
        }
    }

    /// Returns the language.
    pub(super) const fn language(&self) -> Language {
        self.language
    }

    /// Returns how many forms were met.
    pub(super) const fn n_forms(&self) -> usize {
        self.n_forms
    }

    /// Returns how many stems they have.
    pub(super) fn n_stems(&self) -> usize {
        self.stems.len()
    }

    /// Returns the text of a stem.
    pub(super) fn stem(&self, number: u32) -> &str {
        self.stems.get(number as usize).map_or("", |s| s)
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

    /// Returns the stem and kind of a form, worked out where it is met for the first time.
    pub(super) fn form(&mut self, word: &str) -> Form {
        let key = key(word.as_bytes());
        let mask = self.slots.len() - 1;
        let mut at = spread(key) & mask;
        loop {
            let slot = self.slots[at];
            if slot.end == 0 {
                return self.learn(word, key, at);
            }
            if slot.key == key && self.is_form(slot, word) {
                return slot.form;
            }
            at = (at + 1) & mask;
        }
    }

    fn is_form(&self, slot: Slot, word: &str) -> bool {
        let (start, end) = (slot.start as usize, slot.end as usize);
        end - start == word.len()
            && (word.len() <= PACKED || slice(&self.forms, start, end) == word)
    }

    fn learn(&mut self, word: &str, key: u64, at: usize) -> Form {
        let form = self.analyse(word);
        let start = self.forms.len() as u32;
        self.forms.push_str(word);
        self.slots[at] = Slot { key, start, end: self.forms.len() as u32, form };
        self.n_forms += 1;
        if self.n_forms * 2 > self.slots.len() {
            self.grow();
        }
        form
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 2 - 1;
        let mut slots = vec![EMPTY; mask + 1];
        for slot in self.slots.iter().filter(|s| s.end != 0) {
            let mut at = spread(slot.key) & mask;
            while slots[at].end != 0 {
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
        Form { stem: self.number(stem.into_boxed_str()), kind }
    }

    fn number(&mut self, stem: Box<str>) -> u32 {
        if let Some(number) = self.stem_numbers.get(&stem) {
            return *number;
        }
        let number = self.stems.len() as u32;
        self.stems.push(stem.clone());
        self.stem_numbers.insert(stem, number);
        number
    }
}

/// Returns the bytes of a short word as a number, or the hash of a long one (multiply and rotate, as `rustc-hash` does).
fn key(bytes: &[u8]) -> u64 {
    let mut chunks = bytes.chunks_exact(PACKED);
    let mut state = 0_u64;
    for chunk in &mut chunks {
        let mut word = [0; PACKED];
        word.copy_from_slice(chunk);
        state = state.wrapping_mul(SPREAD).rotate_left(29) ^ u64::from_le_bytes(word);
    }
    let rest = chunks.remainder();
    let last = rest.iter().fold(0, |packed, byte| packed << 8 | u64::from(*byte));
    if bytes.len() < PACKED {
        last
    } else if rest.is_empty() {
        state
    } else {
        state.wrapping_mul(SPREAD).rotate_left(29) ^ last
    }
}

/// Returns where a key belongs in a table, as a number to be masked.
fn spread(key: u64) -> usize {
    (key.wrapping_mul(SPREAD) >> 32) as usize
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
    use super::Vocabulary;
    use crate::language::Language;
    use crate::text::document::TokenKind;

    fn stem(lang: &str, word: &str) -> String {
        let mut vocabulary = Vocabulary::new(Language::parse(lang).unwrap_or_default());
        let form = vocabulary.form(word);
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
        let words: Vec<String> = (0..20_000).map(|n| format!("w{n}x{}", n * 7)).collect();
        let first: Vec<u32> = words.iter().map(|w| vocabulary.form(w).stem).collect();
        let again: Vec<u32> = words.iter().map(|w| vocabulary.form(w).stem).collect();
        assert_eq!(first, again);
        assert_eq!(vocabulary.n_forms(), 20_000);
        assert_eq!(vocabulary.form("12").kind, TokenKind::Number);
    }

    #[test]
    fn no_word_makes_the_greek_stemmer_panic() {
        let mut vocabulary = Vocabulary::new(Language::parse("el").unwrap_or_default());
        let parts =
            ["", "α", "ισ", "ουσα", "ηδεσ", "ιζ", "ώ", "ς", "’", "b", "9", "漢", "\u{301}", "ΐ"];
        for a in parts {
            for b in parts {
                for c in parts {
                    vocabulary.form(&format!("{a}{b}{c}"));
                }
            }
        }
    }
}
