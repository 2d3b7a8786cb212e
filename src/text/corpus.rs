//! The documents of a run together: terms numbered alike, and in how many documents each stands.

use rustc_hash::FxHashMap;

use crate::article::{Article, ArticleIx};
use crate::parallel;
use crate::span::slice;
use crate::text::document::{Document, LocalTerm, annotate};
use crate::text::vocabulary::VocabularyId;

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
    /// All terms, sorted, one after the other.
    vocabulary: String,
    /// Where each of them ends there.
    ends: Vec<usize>,
    /// The local terms of all documents, one document after the other, by their number in the vocabulary.
    ids: Vec<TermId>,
    /// Where each document's terms begin there.
    starts: Vec<usize>,
    /// For each term, in how many documents it stands (titles count).
    document_frequency: Vec<u32>,
}

impl Corpus {
    /// Numbers the terms of all documents in sorted order, and counts them.
    pub fn build(mut documents: Vec<Document>) -> Self {
        let mut ids = Vec::with_capacity(documents.iter().map(|d| d.terms().len()).sum());
        let mut starts = Vec::with_capacity(documents.len());
        let mut met = Met::default();
        met.numbers.reserve(documents.first().map_or(0, |d| d.terms().len()));
        for document in &documents {
            starts.push(ids.len());
            met.append(document, &mut ids);
        }
        let Met { mut terms, frequency, .. } = met;
        parallel::sort(&mut terms);
        let mut sorted_number = vec![TermId(0); terms.len()];
        for (sorted, &(_, number)) in terms.iter().enumerate() {
            sorted_number[number as usize] = TermId(sorted as u32);
        }
        parallel::change_each(&mut ids, |id| *id = sorted_number[id.0 as usize]);
        let document_frequency = terms.iter().map(|&(_, n)| frequency[n as usize]).collect();
        let mut vocabulary = String::with_capacity(terms.iter().map(|(term, _)| term.len()).sum());
        let append = |&(term, _): &(&str, u32)| {
            vocabulary.push_str(term);
            vocabulary.len()
        };
        let ends = terms.iter().map(append).collect();
        documents.iter_mut().for_each(Document::forget_stems);
        Self { documents, vocabulary, ends, ids, starts, document_frequency }
    }

    /// Returns the number of a document's local term in the vocabulary.
    pub fn id(&self, document: ArticleIx, term: LocalTerm) -> TermId {
        self.ids[self.starts[document] + term.0 as usize]
    }

    /// Returns the numbers of a document's local terms in the vocabulary, in the order of these.
    pub fn ids(&self, document: ArticleIx) -> &[TermId] {
        let start = self.starts[document];
        &self.ids[start..start + self.documents[document].terms().len()]
    }

    /// Returns the text of a term.
    pub fn term(&self, term: TermId) -> &str {
        let place = term.0 as usize;
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).unwrap_or(&0);
        self.ends.get(place).map_or("", |&end| slice(&self.vocabulary, *start, end))
    }

    /// Returns how many terms there are.
    pub fn n_terms(&self) -> usize {
        self.ends.len()
    }

    /// Returns in how many documents a term stands.
    pub fn document_frequency(&self, term: TermId) -> u32 {
        self.document_frequency.get(term.0 as usize).copied().unwrap_or(0)
    }
}

/// The terms met so far, numbered in the order in which they came.
///
/// A term is read once for each vocabulary that it was looked up in: there it is known by the number of its stem.
#[derive(Default)]
struct Met<'d> {
    terms: Vec<(&'d str, u32)>,
    /// For each number, how many documents have the term.
    frequency: Vec<u32>,
    numbers: FxHashMap<&'d str, u32>,
    /// For each vocabulary the number of each stem, [`UNKNOWN`] where it was not met.
    of_stem: Vec<(VocabularyId, Vec<u32>)>,
}

/// The number of a stem that was not met.
const UNKNOWN: u32 = u32::MAX;

impl<'d> Met<'d> {
    /// Appends the numbers of a document's terms.
    fn append(&mut self, document: &'d Document, ids: &mut Vec<TermId>) {
        let (vocabulary, stems) = document.stems();
        let place = self.of_stem.iter().position(|(id, _)| *id == vocabulary);
        let place = place.unwrap_or_else(|| {
            self.of_stem.push((vocabulary, Vec::new()));
            self.of_stem.len() - 1
        });
        let mut of_stem = std::mem::take(&mut self.of_stem[place].1);
        for local in 0..document.terms().len() {
            let term = || document.term(LocalTerm(local as u32));
            let number = match stems.get(local) {
                None => self.number(term()),
                Some(&stem) => {
                    let stem = stem as usize;
                    if of_stem.len() <= stem {
                        of_stem.resize((stem + 1).next_power_of_two(), UNKNOWN);
                    }
                    if of_stem[stem] == UNKNOWN {
                        of_stem[stem] = self.number(term());
                    }
                    of_stem[stem]
                }
            };
            self.frequency[number as usize] += 1;
            ids.push(TermId(number));
        }
        self.of_stem[place].1 = of_stem;
    }

    fn number(&mut self, term: &'d str) -> u32 {
        let next = self.terms.len() as u32;
        let number = *self.numbers.entry(term).or_insert(next);
        if number == next {
            self.terms.push((term, next));
            self.frequency.push(0);
        }
        number
    }
}
