//! The latest report counts most: in a story of several days the early tolls and plans are out of date.
//!
//! ```text
//! factor = 1 / √(1 + 0.15 · days)      days: before the newest article of the story, 3 at most
//! ```
//!
//! Known limits: an article without a date counts as new.

use crate::score::fading;

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "older report";

/// The weight of one day.
const STRENGTH: f64 = 0.15;

/// Returns the factor of the sentences of an article this many days older than the newest.
pub(crate) fn factor(days: f64) -> f64 {
    fading(days, STRENGTH)
}
