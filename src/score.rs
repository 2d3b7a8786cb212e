//! Scores: finite, totally ordered, and identical on every platform.

use std::cmp::Ordering;
use std::fmt;

/// Mathematical functions with the same results on every platform.
pub use libm::{exp, log as ln, pow, sqrt};

/// A finite number with a total order; a value that is not finite becomes zero.
#[derive(Clone, Copy, Default)]
pub struct Score(f64);

impl Score {
    /// Makes a score of a value.
    pub fn new(value: f64) -> Self {
        Self(if value.is_finite() { value + 0.0 } else { 0.0 })
    }

    /// Returns the value, always finite.
    pub const fn value(self) -> f64 {
        self.0
    }
}

impl PartialEq for Score {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Score {}

impl PartialOrd for Score {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Score {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl fmt::Debug for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Score;

    #[test]
    fn what_is_not_finite_is_zero() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0] {
            assert_eq!(Score::new(value), Score::new(0.0));
        }
        assert!(Score::new(-1.0) < Score::new(0.5));
    }
}
