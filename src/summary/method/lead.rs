//! Lead: the first sentences of an article. With several articles, all first sentences are chosen before any second
//! one.
//!
//! This was the baseline of the Document Understanding Conferences, and few systems surpassed it (Nenkova 2005).

use crate::summary::Explanation;
use crate::summary::candidate_set::CandidateSet;
use crate::summary::method::Objective;

/// Scores sentences by position.
#[derive(Debug)]
pub(crate) struct Lead<'p, 'c> {
    set: &'p CandidateSet<'c>,
}

impl<'p, 'c> Lead<'p, 'c> {
    /// Creates the objective, which needs only the position of a sentence in its article.
    pub(crate) const fn new(set: &'p CandidateSet<'c>) -> Self {
        Self { set }
    }
}

impl Objective for Lead<'_, '_> {
    fn gain(&self, entry: usize) -> f64 {
        1.0 / (1.0 + self.set.place(entry) as f64)
    }

    fn worth(&self, gain: f64, _cost: usize, sentences: usize) -> f64 {
        gain / sentences.max(1) as f64
    }

    fn take(&mut self, _entry: usize) {}

    fn give_back(&mut self, _entry: usize) {}

    fn discount(&mut self, _entry: usize) {}

    fn explain(&self, entry: usize) -> Explanation {
        Explanation::new(vec![("place in its article".to_owned(), self.gain(entry))], Vec::new())
    }
}
