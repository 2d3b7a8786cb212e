//! The corpus: all documents of a run, with a shared vocabulary and document frequencies.

use rustc_hash::FxHashMap;

use crate::article::{Article, ArticleIx};
use crate::parallel;
use crate::span::slice;
use crate::text::document::{Document, LocalTerm, annotate};
use crate::text::vocabulary::VocabularyId;

/// The index of a term in the sorted vocabulary of a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// The articles of a run with their annotations; article `i` is document `i`.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// The articles.
    pub articles: Vec<Article>,
    /// The documents made from the articles, and the terms of these documents.
    pub corpus: Corpus,
    /// For each article, whether it has words and was never annotated; empty if [`Collection::build`] annotated them
    /// all.
    unread: Vec<bool>,
}

impl Collection {
    /// Annotates the articles, in parallel, and builds their corpus.
    ///
    /// ```
    /// use nutgraf::{Article, Collection};
    ///
    /// let collection = Collection::build(vec![Article::from_text("It rained. The river rose by 2.5 m.")]);
    /// assert_eq!(collection.sentence_text(0, 1), "The river rose by 2.5 m.");
    /// ```
    pub fn build(articles: Vec<Article>) -> Self {
        let documents = parallel::map_in_order(&articles, annotate);
        Self { articles, corpus: Corpus::build(documents), unread: Vec::new() }
    }

    /// Creates a collection of articles that are not annotated yet. For each article, `has_words` is whether it
    /// contains any words.
    pub fn unread(articles: Vec<Article>, has_words: Vec<bool>) -> Self {
        let documents = vec![Document::default(); articles.len()];
        Self { articles, corpus: Corpus::build(documents), unread: has_words }
    }

    /// Annotates the given articles and discards the annotations of all others.
    pub fn annotate(&mut self, articles: &[ArticleIx]) {
        let documents = parallel::map_in_order(articles, |&a| annotate(&self.articles[a]));
        let mut all = vec![Document::default(); self.articles.len()];
        for (&article, document) in articles.iter().zip(documents) {
            all[article] = document;
            if let Some(unread) = self.unread.get_mut(article) {
                *unread = false;
            }
        }
        self.corpus = Corpus::build(all);
    }

    /// Returns whether an article has words and was never annotated.
    pub fn is_unread(&self, article: ArticleIx) -> bool {
        self.unread.get(article).copied().unwrap_or_default()
    }

    /// Returns the text of a sentence.
    pub fn sentence_text(&self, article: ArticleIx, sentence: usize) -> &str {
        self.corpus.documents[article].sentences[sentence].span.slice(&self.articles[article].text)
    }
}

/// Documents with a shared vocabulary.
///
/// Invariant: the vocabulary and the counts do not depend on the order of the documents.
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The documents, in input order.
    pub documents: Vec<Document>,
    /// All terms, sorted and concatenated.
    vocabulary: String,
    /// The end of each term in `vocabulary`.
    ends: Vec<usize>,
    /// The vocabulary indices of the local terms of all documents, document by document.
    ids: Vec<TermId>,
    /// The start of each document's terms in `ids`.
    starts: Vec<usize>,
    /// The number of documents that contain each term in title or text.
    document_frequency: Vec<u32>,
}

impl Corpus {
    /// Sorts and numbers the terms of all documents and computes their document frequencies.
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

    /// Returns the vocabulary index of a document's local term.
    pub fn id(&self, document: ArticleIx, term: LocalTerm) -> TermId {
        self.ids[self.starts[document] + term.0 as usize]
    }

    /// Returns the vocabulary indices of a document's local terms, in the order of those terms.
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

    /// Returns the number of terms.
    pub fn n_terms(&self) -> usize {
        self.ends.len()
    }

    /// Returns the number of documents that contain a term.
    pub fn document_frequency(&self, term: TermId) -> u32 {
        self.document_frequency.get(term.0 as usize).copied().unwrap_or(0)
    }
}

/// The terms seen so far, numbered in order of appearance.
///
/// The text of a term is hashed once per thread vocabulary; after that, the term is identified by the number of its
/// stem.
#[derive(Default)]
struct Met<'d> {
    terms: Vec<(&'d str, u32)>,
    /// The document frequency of each term, indexed by its number.
    frequency: Vec<u32>,
    numbers: FxHashMap<&'d str, u32>,
    /// For each vocabulary, the term number of each stem; [`UNKNOWN`] if the stem has not been seen.
    of_stem: Vec<(VocabularyId, Vec<u32>)>,
}

/// The placeholder for the term number of a stem that has not been seen.
const UNKNOWN: u32 = u32::MAX;

impl<'d> Met<'d> {
    /// Appends the numbers of a document's terms to `ids`, and increments the document frequency of each term.
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
