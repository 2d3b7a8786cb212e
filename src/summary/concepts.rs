//! Concepts: what a sentence tells, as the stems of its content words and the bigrams of adjacent stems.
//!
//! Bigrams as concepts: Gillick and Favre 2009, "A scalable global model for summarization". A bigram of two stop
//! words is none.

use rustc_hash::FxHashMap;

use crate::article::ArticleIx;
use crate::text::{Collection, TermId, TokenKind};

/// A concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Concept {
    /// A content word or number.
    Word(TermId),
    /// Two terms side by side, at least one of them a content word.
    Pair(TermId, TermId),
}

/// The concepts of all sentences, numbered in the order of first use.
#[derive(Debug, Default)]
pub(crate) struct Concepts {
    numbers: FxHashMap<Concept, u32>,
    all: Vec<Concept>,
    /// The distinct concepts of each sentence, one sentence after the other.
    flat: Vec<u32>,
    /// How often each stands in the sentence, as `flat`.
    counts: Vec<u32>,
    /// Where each sentence's concepts begin in `flat`, and one more.
    starts: Vec<u32>,
}

impl Concepts {
    /// Starts without sentences.
    pub(crate) fn new() -> Self {
        Self { starts: vec![0], ..Self::default() }
    }

    /// Appends the concepts of a sentence.
    pub(crate) fn push(&mut self, collection: &Collection, article: ArticleIx, sentence: usize) {
        let corpus = &collection.corpus;
        let document = &corpus.documents[article];
        let from = self.flat.len();
        let mut previous: Option<(TermId, TokenKind)> = None;
        for token in document.tokens_of(&document.sentences[sentence]) {
            let term = corpus.id(article, token.term);
            if is_content(token.kind, token.span.len()) {
                let number = self.number(Concept::Word(term));
                self.flat.push(number);
            }
            if let Some((left, kind)) = previous
                && (kind != TokenKind::Stop || token.kind != TokenKind::Stop)
            {
                let number = self.number(Concept::Pair(left, term));
                self.flat.push(number);
            }
            previous = Some((term, token.kind));
        }
        self.flat[from..].sort_unstable();
        let mut kept = from;
        for at in from..self.flat.len() {
            if kept > from && self.flat[kept - 1] == self.flat[at] {
                self.counts[kept - 1] += 1;
            } else {
                self.flat[kept] = self.flat[at];
                self.counts.push(1);
                kept += 1;
            }
        }
        self.flat.truncate(kept);
        self.starts.push(kept as u32);
    }

    /// Returns the distinct concepts of a sentence, sorted.
    pub(crate) fn of(&self, sentence: usize) -> &[u32] {
        &self.flat[self.starts[sentence] as usize..self.starts[sentence + 1] as usize]
    }

    /// Returns the content words of a sentence with how often each stands in it, sorted by number.
    pub(crate) fn words_of(&self, sentence: usize) -> impl Iterator<Item = (u32, u32)> {
        let range = self.starts[sentence] as usize..self.starts[sentence + 1] as usize;
        let counted =
            self.flat[range.clone()].iter().copied().zip(self.counts[range].iter().copied());
        counted.filter(|&(c, _)| matches!(self.get(c), Concept::Word(_)))
    }

    /// Returns how many concepts there are.
    pub(crate) const fn len(&self) -> usize {
        self.all.len()
    }

    /// Returns a concept by its number.
    pub(crate) fn get(&self, number: u32) -> Concept {
        self.all[number as usize]
    }

    /// Returns a concept in words.
    pub(crate) fn name(&self, collection: &Collection, number: u32) -> String {
        match self.get(number) {
            Concept::Word(term) => collection.corpus.term(term).to_owned(),
            Concept::Pair(left, right) => {
                format!("{} {}", collection.corpus.term(left), collection.corpus.term(right))
            }
        }
    }

    fn number(&mut self, concept: Concept) -> u32 {
        let next = self.all.len() as u32;
        let number = *self.numbers.entry(concept).or_insert(next);
        if number == next {
            self.all.push(concept);
        }
        number
    }
}

/// A single letter tells nothing.
fn is_content(kind: TokenKind, bytes: usize) -> bool {
    match kind {
        TokenKind::Word => bytes > 1,
        TokenKind::Number => true,
        TokenKind::Stop => false,
    }
}
