//! Topic: how much a sentence is about the requested topic.
//!
//! Each sentence is searched for the stems of the topic's content words. Words that occur together with them also count
//! more, as in relevance models (Lavrenko and Croft, *Relevance-Based Language Models*, 2001), so that a sentence that
//! continues the topic in other words also benefits. Both factors are bounded, so that central sentences stay ahead of
//! sentences that only mention the topic.
//!
//! ```text
//! share(s)  = words of the topic in s / words of the topic
//! factor(s) = 1 + 1.5 · share(s)
//! factor(c) = 1 + 1.5 · mean share of the sentences that contain concept c
//! ```

use crate::article::Article;
use crate::language::Language;
use crate::summary::candidate_set::CandidateSet;
use crate::text::{TokenKind, annotate};

/// The amount added to the factor of a sentence that contains every word of the topic.
const BEND: f64 = 1.5;

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "about the topic";

/// The share of the topic's words in each sentence of a set.
#[derive(Debug, Default)]
pub(crate) struct Topic {
    /// The topic share of each entry; empty without a topic.
    shares: Vec<f64>,
}

impl Topic {
    /// Searches the sentences of a set for the words of a topic.
    pub(crate) fn new(set: &CandidateSet<'_>, topic: Option<&str>) -> Self {
        let Some(topic) = topic.filter(|t| !t.trim().is_empty()) else {
            return Self { shares: Vec::new() };
        };
        let mut known: Vec<(Language, Wanted)> = Vec::new();
        let mut shares = Vec::with_capacity(set.candidates.len());
        for source in &set.articles {
            let language = set.collection.corpus.documents[source.article].language;
            let at = known.iter().position(|(l, _)| *l == language).unwrap_or_else(|| {
                known.push((language, Wanted::new(set, topic, language)));
                known.len() - 1
            });
            shares.extend((source.first..source.end).map(|entry| known[at].1.share(set, entry)));
        }
        Self { shares }
    }

    /// Returns whether there is a topic but no sentence contains any of its words.
    pub(crate) fn is_unmet(&self) -> bool {
        !self.shares.is_empty() && self.shares.iter().all(|share| *share <= 0.0)
    }

    /// Returns the factor of a sentence.
    pub(crate) fn factor(&self, entry: usize) -> f64 {
        1.0 + BEND * self.shares.get(entry).copied().unwrap_or(0.0)
    }

    /// Returns the factor of each concept, or `None` without a topic.
    pub(crate) fn factors_of_concepts(&self, set: &CandidateSet<'_>) -> Option<Vec<f64>> {
        if self.shares.is_empty() {
            return None;
        }
        let mut sums = vec![(0.0, 0_u32); set.concepts.len()];
        for (entry, share) in self.shares.iter().enumerate() {
            for &concept in set.concepts.in_sentence(entry) {
                let (sum, tellers) = &mut sums[concept as usize];
                *sum += share;
                *tellers += 1;
            }
        }
        Some(sums.into_iter().map(|(sum, n)| 1.0 + BEND * sum / f64::from(n.max(1))).collect())
    }
}

/// The words of a topic in one language.
#[derive(Debug)]
struct Wanted {
    /// The topic words that occur in the story, as concept numbers.
    found: Vec<u32>,
    /// The number of topic words, including those that never occur.
    all: usize,
}

impl Wanted {
    fn new(set: &CandidateSet<'_>, topic: &str, lang: Language) -> Self {
        let topic = annotate(&Article { title: topic.to_owned(), lang, ..Article::default() });
        let content = topic.title.iter().filter(|t| t.kind != TokenKind::Stop);
        let mut stems: Vec<&str> = content.map(|t| topic.term(t.term)).collect();
        stems.sort_unstable();
        stems.dedup();
        let found = set.concepts.words_with(set.collection, &stems);
        Self { found, all: stems.len() }
    }

    fn share(&self, set: &CandidateSet<'_>, entry: usize) -> f64 {
        let told = set.concepts.in_sentence(entry);
        let n = self.found.iter().filter(|w| told.binary_search(w).is_ok()).count();
        n as f64 / self.all.max(1) as f64
    }
}
