//! The methods of choosing sentences.
//!
//! Each method is an [`Objective`]; the algorithm that maximizes it within a budget is the same for all methods (see
//! `select`).

mod centroid;
pub(crate) mod coverage;
mod lead;
mod lexrank;
mod relevance;

use crate::summary::concepts::Scope;
use crate::summary::problem::Problem;
use crate::summary::{Explanation, Method};

/// An objective for the choice of sentences.
///
/// Invariant: the gain of an entry never grows when others are selected.
pub(crate) trait Objective: Sync {
    /// Returns the gain of adding an entry to the selected ones.
    fn gain(&self, entry: usize) -> f64;

    /// Returns an upper bound of [`Objective::gain`] that is cheap to compute.
    fn gain_at_most(&self, entry: usize) -> f64 {
        self.gain(entry)
    }

    /// Returns the value by which bundles of sentences are compared: their combined gain relative to their cost or
    /// their number.
    fn worth(&self, gain: f64, cost: usize, sentences: usize) -> f64;

    /// Selects an entry.
    fn take(&mut self, entry: usize);

    /// Deselects an entry.
    fn give_back(&mut self, entry: usize);

    /// Returns whether gains can be added up and include the penalties for poor readability. Only then does the
    /// selection start with the lede, leave out filler and exchange sentences for better ones.
    fn has_prices(&self) -> bool {
        false
    }

    /// Returns the minimum gain of a further entry of this many words, as a share of the greatest gain; an entry that
    /// adds less is filler.
    fn least_share(&self, _words: usize) -> f64 {
        0.0
    }

    /// Lowers the value of an entry that mentions something unintroduced. Repeated calls have no further effect.
    fn discount(&mut self, entry: usize);

    /// Returns the gain of an entry as a formula.
    fn explain(&self, entry: usize) -> Explanation;
}

/// Returns the kinds of concepts that a method uses.
pub(crate) const fn scope(method: Method) -> Scope {
    match method {
        Method::Auto => Scope::WordsAndPairs,
        Method::TfIdf | Method::LexRank | Method::Lead => Scope::Words,
    }
}

/// Creates the objective for the method of a candidate set.
pub(crate) fn objective<'p>(problem: &Problem<'p, '_>) -> Box<dyn Objective + 'p> {
    let set = problem.set;
    match set.params.method {
        Method::Auto => Box::new(coverage::Coverage::new(problem)),
        Method::TfIdf => Box::new(centroid::objective(problem)),
        Method::LexRank => Box::new(lexrank::objective(problem)),
        Method::Lead => Box::new(lead::Lead::new(set)),
    }
}
