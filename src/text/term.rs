//! Terms: the normalized forms by which words are compared.
//!
//! A word is folded (lower-cased and stripped of optional diacritics such as Arabic vowel signs), looked up among the
//! stop words, and, if it is a content word of a language with a Snowball stemmer, stemmed. This happens once per word
//! form and thread: a thread keeps the forms that it has seen (`Vocabulary`) from one article to the next, so a token
//! usually costs one hash look-up. The stored data depends only on the language and the form. Terms are numbered per
//! article, in order of first use, so no result depends on which thread saw a word first.
//!
//! Known limits: in a language without a stemmer, the inflected forms of a word are different terms; the one-letter
//! prefixes of Hebrew words are kept, because they cannot be removed reliably without a lexicon.

use std::cell::RefCell;

use rustc_hash::FxHashSet;

use crate::language::Language;
use crate::span::{Span, slice};
use crate::text::document::{LocalTerm, TokenKind};
use crate::text::key::Key;
use crate::text::vocabulary::{Form, Vocabulary, VocabularyId};

/// The number of forms after which a thread starts a new vocabulary, which bounds the memory used by a long run.
const MOST_FORMS: usize = 1 << 19;
/// The usual length of a term in bytes; used to reserve memory.
const BYTES_A_TERM: usize = 8;
/// The maximum number of languages for which a thread keeps a vocabulary.
const KEPT: usize = 8;

thread_local! {
    static VOCABULARIES: RefCell<Vec<Vocabulary>> = const { RefCell::new(Vec::new()) };
}

/// Numbers the terms of one document in order of first use.
#[expect(missing_debug_implementations, reason = "a stemmer has none")]
pub struct Interner {
    vocabulary: Vocabulary,
}

/// The terms of a document, numbered from zero.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    text: String,
    ends: Vec<u32>,
    /// The vocabulary that resolved the terms. Two terms with the same stem number in one vocabulary are equal.
    vocabulary: VocabularyId,
    /// The stem number of each term in the vocabulary.
    stems: Vec<u32>,
}

impl Interner {
    /// Starts a document in a language.
    pub fn new(language: Language) -> Self {
        let kept = VOCABULARIES.with_borrow_mut(|all| {
            all.iter().position(|v| v.language() == language).map(|at| all.swap_remove(at))
        });
        let mut vocabulary = kept.unwrap_or_else(|| Vocabulary::new(language));
        vocabulary.begin_document();
        Self { vocabulary }
    }

    /// Returns the term and kind of a word.
    pub fn intern(&mut self, word: &str) -> (LocalTerm, TokenKind) {
        let whole = Span::new(0, word.len());
        self.intern_key(Key::new(word, whole), word, whole)
    }

    /// Returns the term and kind of the word at `word` in `text`. `key` must be the key of that word.
    #[inline]
    pub(super) fn intern_key(
        &mut self,
        key: Key,
        text: &str,
        word: Span,
    ) -> (LocalTerm, TokenKind) {
        let Form { stem, kind } = self.vocabulary.form(key, text, word);
        (LocalTerm(self.vocabulary.number(stem)), kind)
    }

    /// Returns the terms in numeric order.
    pub fn into_terms(self) -> Vec<Box<str>> {
        self.vocabulary.used().map(Into::into).collect()
    }

    /// Returns the terms in numeric order and keeps the vocabulary for the next document, unless it has grown too
    /// large.
    pub fn finish(self) -> Terms {
        let used = self.vocabulary.used();
        let mut terms = Terms {
            vocabulary: self.vocabulary.id(),
            stems: self.vocabulary.used_stems().to_vec(),
            ..Terms::default()
        };
        terms.ends.reserve(used.len());
        terms.text.reserve(used.len() * BYTES_A_TERM);
        for stem in used {
            terms.text.push_str(stem);
            terms.ends.push(terms.text.len() as u32);
        }
        if self.vocabulary.n_forms() < MOST_FORMS {
            VOCABULARIES.with_borrow_mut(|all| {
                all.truncate(KEPT - 1);
                all.push(self.vocabulary);
            });
        }
        terms
    }

    /// Returns whether words of the language are split at apostrophes: after an elided article or pronoun, or before
    /// the possessive `'s`.
    pub(crate) fn parts_at_apostrophes(&self) -> bool {
        self.vocabulary.has_possessive() || !self.vocabulary.elided().is_empty()
    }

    /// Returns the length of the elided word at the beginning of `word`: 1 for `l'Europe`.
    pub(crate) fn elision(&self, word: &str) -> Option<usize> {
        elision(self.vocabulary.elided(), word)
    }

    /// Returns a word without its possessive `'s`, or `None` if it does not end in one.
    pub(crate) fn without_possessive<'w>(&self, word: &'w str) -> Option<&'w str> {
        if !self.vocabulary.has_possessive() {
            return None;
        }
        let owner = ["'s", "’s", "'S", "’S"].iter().find_map(|ending| word.strip_suffix(ending))?;
        (!self.vocabulary.is_contraction(owner)).then_some(owner)
    }
}

fn elision(elided: &FxHashSet<&'static str>, word: &str) -> Option<usize> {
    if elided.is_empty() {
        return None;
    }
    let len = word.find(['\'', '’'])?;
    let first = word.get(..len)?;
    let known = elided.contains(first) || elided.contains(first.to_lowercase().as_str());
    (known && word.len() > len + 3).then_some(len)
}

impl Terms {
    /// Returns the number of terms.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns whether there are no terms.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Returns the text of a term, or an empty string if the index is out of range.
    pub fn get(&self, term: LocalTerm) -> &str {
        let at = term.0 as usize;
        let start =
            at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        slice(&self.text, start as usize, end as usize)
    }

    /// Returns the id of the thread vocabulary that resolved the terms, and the number that each term's stem has in it.
    pub(super) fn stems(&self) -> (VocabularyId, &[u32]) {
        (self.vocabulary, &self.stems)
    }

    /// Frees the memory of [`Self::stems`].
    pub(super) fn forget_stems(&mut self) {
        self.stems = Vec::new();
    }

    /// Returns the terms in numeric order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len()).map(|at| self.get(LocalTerm(at as u32)))
    }
}
