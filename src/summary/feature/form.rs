//! What the form of a sentence says about its worth: very short ones and those that are mostly quotation tell little news.
//!
//! Both are prices, not rules: a short sentence with the news of the day still wins.

use crate::summary::candidate_set::Candidate;

/// The name of the factor of short sentences in explanations.
pub(crate) const SHORT: &str = "short";

/// The name of the factor of quotations in explanations.
pub(crate) const QUOTED: &str = "mostly quotation";

/// Sentences below this length are short.
const FEWEST_WORDS: usize = 9;

/// Returns the factor of a sentence by its length.
pub(crate) fn length(candidate: &Candidate) -> f64 {
    if candidate.words < FEWEST_WORDS { 0.6 } else { 1.0 }
}

/// Returns the factor of a sentence by the share that is quoted.
pub(crate) fn quotation(candidate: &Candidate) -> f64 {
    if candidate.is_mostly_quoted { 0.85 } else { 1.0 }
}
