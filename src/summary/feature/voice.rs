//! Voice: in a story with reports, the sentences of columns and analyses count less, because they presuppose the news
//! and argue about it.
//!
//! ```text
//! factor = 1 - 0.5 · p      p: by how much likelier the article is to comment than the plainest report of the story
//! ```
//!
//! In a story of one article, and in one of columns only, the factor is 1.

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "comments rather than reports";

/// How much of the value is lost at most.
const STRENGTH: f64 = 0.5;

/// Returns the factor for the sentences of an article.
pub(crate) fn factor(commentary: f64) -> f64 {
    1.0 - STRENGTH * commentary
}
