//! Age: in a story that lasts several days, early tolls and plans are out of date, so the latest report counts most.
//!
//! ```text
//! factor = 1 / √(1 + 0.15 · days)      days: how many days older the article is than the story's newest, at most 3
//! ```
//!
//! Known limit: an article without a date counts as new.

use crate::score::fading;

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "older report";

/// How fast the factor decreases per day.
const STRENGTH: f64 = 0.15;

/// Returns the factor for the sentences of an article that is this many days older than the newest.
pub(crate) fn factor(days: f64) -> f64 {
    fading(days, STRENGTH)
}
