//! The methods: objectives for choosing sentences.
//!
//! Each is an [`Objective`]; choosing by it within a budget is the same for all (`select`).

mod centroid;
pub(crate) mod coverage;
mod lead;
mod lexrank;
mod relevance;

use crate::summary::concepts::Scope;
use crate::summary::problem::Problem;
use crate::summary::{Explanation, Method};

/// The objective of a choice of sentences.
///
/// Law: the gain of an entry never grows when others are taken.
pub(crate) trait Objective: Sync {
    /// Returns the gain of an entry beside those that are taken.
    fn gain(&self, entry: usize) -> f64;

    /// Returns a bound of [`Objective::gain`] that is quick to find.
    fn gain_at_most(&self, entry: usize) -> f64 {
        self.gain(entry)
    }

    /// Returns the selection criterion: the combined gain of several sentences relative to their cost.
    fn worth(&self, gain: f64, cost: usize, sentences: usize) -> f64;

    /// Takes an entry.
    fn take(&mut self, entry: usize);

    /// Gives an entry that was taken back.
    fn give_back(&mut self, entry: usize);

    /// Returns whether gains carry the prices of reading and add up, so that the news comes first, fillers do not pay and
    /// an exchange that gains does.
    fn has_prices(&self) -> bool {
        false
    }

    /// Returns the share of the greatest gain that a further entry of this many words needs; an entry that adds less
    /// is filler.
    fn least_share(&self, _words: usize) -> f64 {
        0.0
    }

    /// Lowers the value of an entry that mentions something unintroduced; once.
    fn discount(&mut self, entry: usize);

    /// Returns the gain of an entry as a formula.
    fn explain(&self, entry: usize) -> Explanation;
}

/// Returns the concepts that a method weighs.
pub(crate) const fn scope(method: Method) -> Scope {
    match method {
        Method::Auto => Scope::WordsAndPairs,
        Method::TfIdf | Method::LexRank | Method::Lead => Scope::Words,
    }
}

/// Returns the objective of the method of a candidate set.
pub(crate) fn objective<'p>(problem: &Problem<'p, '_>) -> Box<dyn Objective + 'p> {
    let set = problem.set;
    match set.params.method {
        Method::Auto => Box::new(coverage::Coverage::new(problem)),
        Method::TfIdf => Box::new(centroid::objective(problem)),
        Method::LexRank => Box::new(lexrank::objective(problem)),
        Method::Lead => Box::new(lead::Lead::new(set)),
    }
}
