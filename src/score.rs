//! Scores: finite, totally ordered, and identical on every platform.

use std::cmp::Ordering;
use std::fmt;

/// Mathematical functions with the same results on every platform.
pub use libm::{exp, log as ln, pow, sqrt};

/// Returns `1 / √(1 + strength · amount)`: the factor by which a value decays with depth or age.
pub(crate) fn fading(amount: f64, strength: f64) -> f64 {
    1.0 / sqrt(1.0 + strength * amount)
}

/// A finite number with a total order; NaN and infinities become zero.
#[derive(Clone, Copy, Default)]
pub struct Score(f64);

impl Score {
    /// Makes a score from a value.
    pub fn new(value: f64) -> Self {
        Self(if value.is_finite() { value + 0.0 } else { 0.0 })
    }

    /// Returns the value, which is always finite.
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
    use super::{Score, fading};

    #[test]
    fn half_is_left_where_strength_times_amount_is_three() {
        assert!((fading(6.0, 0.5) - 0.5).abs() < 1e-12);
        assert!((fading(0.0, 0.5) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_not_finite_is_zero() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0] {
            assert_eq!(Score::new(value), Score::new(0.0));
        }
        assert!(Score::new(-1.0) < Score::new(0.5));
    }
}
