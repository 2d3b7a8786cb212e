//! Voice: if a story contains reports, the sentences of columns and analyses count less, because they presuppose the
//! news and argue about it.
//!
//! ```text
//! factor = 1 - 0.5 · p      p: the article's probability of being commentary, minus the lowest one in the story
//! ```
//!
//! The factor is 1 in a story of one article, and close to 1 in a story that consists only of columns.

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "comments rather than reports";

/// The maximum share of its value that a sentence can lose.
const STRENGTH: f64 = 0.5;

/// Returns the factor for the sentences of an article.
pub(crate) fn factor(commentary: f64) -> f64 {
    1.0 - STRENGTH * commentary
}
