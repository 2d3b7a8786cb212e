//! The documents of a run together: terms numbered alike, and in how many documents each stands.

use rustc_hash::FxHashMap;

use crate::article::{Article, ArticleIx};
use crate::parallel;
use crate::text::document::{Document, LocalTerm, annotate};

/// A term by its number in the sorted vocabulary of a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// The articles of a run with their annotation; article `i` is document `i`.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// The articles.
    pub articles: Vec<Article>,
    /// Their documents and terms.
    pub corpus: Corpus,
}

impl Collection {
    /// Annotates the articles, in parallel, and builds their corpus.
    pub fn build(articles: Vec<Article>) -> Self {
        let documents = parallel::map_in_order(&articles, annotate);
        Self { articles, corpus: Corpus::build(documents) }
    }

    /// Returns the text of a sentence.
    pub fn sentence_text(&self, article: ArticleIx, sentence: usize) -> &str {
        self.corpus.documents[article].sentences[sentence].span.of(&self.articles[article].text)
    }
}

/// Documents with a common vocabulary.
///
/// Law: a permuted input gives an equal vocabulary and equal counts.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The documents, in the order given.
    pub documents: Vec<Document>,
    /// All terms, sorted.
    vocabulary: Vec<Box<str>>,
    /// For each document, its local terms by their number in the vocabulary.
    ids: Vec<Vec<TermId>>,
    /// For each term, in how many documents it stands (titles count).
    document_frequency: Vec<u32>,
}

impl Corpus {
    /// Numbers the terms of all documents in sorted order, and counts them.
    pub fn build(documents: Vec<Document>) -> Self {
        let mut first_numbers: FxHashMap<&str, u32> = FxHashMap::default();
        let mut found: Vec<(&str, u32)> = Vec::new();
        let mut ids: Vec<Vec<TermId>> = Vec::with_capacity(documents.len());
        for document in &documents {
            let numbered = document.terms().map(|term| {
                let next = found.len() as u32;
                let number = *first_numbers.entry(term).or_insert_with(|| {
                    found.push((term, 0));
                    next
                });
                found[number as usize].1 += 1;
                TermId(number)
            });
            ids.push(numbered.collect());
        }
        let mut order: Vec<u32> = (0..found.len() as u32).collect();
        order.sort_unstable_by_key(|&n| found[n as usize].0);
        let mut sorted_number = vec![TermId(0); found.len()];
        for (sorted, &n) in order.iter().enumerate() {
            sorted_number[n as usize] = TermId(sorted as u32);
        }
        for id in ids.iter_mut().flatten() {
            *id = sorted_number[id.0 as usize];
        }
        let vocabulary: Vec<Box<str>> = order.iter().map(|&n| found[n as usize].0.into()).collect();
        let document_frequency = order.iter().map(|&n| found[n as usize].1).collect();
        Self { documents, vocabulary, ids, document_frequency }
    }

    /// Returns the number of a document's local term in the vocabulary.
    pub fn id(&self, document: ArticleIx, term: LocalTerm) -> TermId {
        self.ids[document][term.0 as usize]
    }

    /// Returns the text of a term.
    pub fn term(&self, term: TermId) -> &str {
        self.vocabulary.get(term.0 as usize).map_or("", |t| t)
    }

    /// Returns how many terms there are.
    pub fn n_terms(&self) -> usize {
        self.vocabulary.len()
    }

    /// Returns in how many documents a term stands.
    pub fn document_frequency(&self, term: TermId) -> u32 {
        self.document_frequency.get(term.0 as usize).copied().unwrap_or(0)
    }
}
