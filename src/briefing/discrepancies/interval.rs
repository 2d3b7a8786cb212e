//! The interval of values that a figure can denote.

/// How a figure is qualified.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Qualifier {
    /// `12`
    None,
    /// `about 12`
    About,
    /// `at least 12`
    AtLeast,
    /// `up to 12`
    AtMost,
    /// `nearly 12`
    Nearly,
}

/// A range of values, both ends included.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Interval {
    /// Returns the interval of a qualified figure; `step` is the precision with which `value` is given.
    ///
    /// `about` allows a tenth on either side, and `nearly` allows a tenth below.
    pub(super) fn new(value: f64, step: f64, qualifier: Qualifier) -> Self {
        let counted_in_ones = (step - 1.0).abs() < f64::EPSILON;
        let rounding = if counted_in_ones { 0.0 } else { step / 2.0 };
        let tenth = (value / 10.0).max(rounding);
        let (low, high) = match qualifier {
            Qualifier::None => (value - rounding, value + rounding),
            Qualifier::About => (value - tenth, value + tenth),
            Qualifier::AtLeast => (value - rounding, f64::INFINITY),
            Qualifier::AtMost => (0.0, value + rounding),
            Qualifier::Nearly => (value - tenth - rounding, value + rounding),
        };
        Self { low, high }
    }

    /// Returns whether the intervals overlap.
    pub(super) fn agrees(self, other: Self) -> bool {
        self.low <= other.high && other.low <= self.high
    }

    /// Returns whether neither value exceeds the other by more than this factor.
    pub(super) fn is_of_the_size(self, other: Self, times: f64) -> bool {
        let (a, b) = (self.size(), other.size());
        a <= times * b && b <= times * a
    }

    /// Returns one value for the interval: its midpoint, or its only known end.
    fn size(self) -> f64 {
        if self.high.is_finite() && self.low > 0.0 {
            f64::midpoint(self.low, self.high)
        } else if self.high.is_finite() {
            self.high
        } else {
            self.low
        }
    }
}

/// Returns the precision of an integer: 1 below 100, otherwise the power of ten of its trailing zeros (10,000 for
/// 80,000).
pub(super) fn step_of(value: f64) -> f64 {
    let mut step = 1.0;
    while value >= 100.0 && value % (step * 10.0) == 0.0 && step * 10.0 <= value {
        step *= 10.0;
    }
    step
}

#[cfg(test)]
mod tests {
    use super::{Interval, Qualifier, step_of};

    fn interval(value: f64, qualifier: Qualifier) -> Interval {
        Interval::new(value, step_of(value), qualifier)
    }

    #[test]
    fn roundings_and_hedges_agree() {
        assert!(interval(40.0, Qualifier::About).agrees(interval(40.0, Qualifier::AtLeast)));
        assert!(interval(80_000.0, Qualifier::None).agrees(interval(82_300.0, Qualifier::None)));
        assert!(interval(12.0, Qualifier::AtLeast).agrees(interval(34.0, Qualifier::None)));
        assert!(interval(212.0, Qualifier::None).agrees(interval(200.0, Qualifier::AtLeast)));
    }

    #[test]
    fn what_cannot_be_the_same_does_not_agree() {
        assert!(!interval(34.0, Qualifier::None).agrees(interval(31.0, Qualifier::None)));
        assert!(!interval(40.0, Qualifier::AtLeast).agrees(interval(31.0, Qualifier::None)));
        assert!(!interval(80_000.0, Qualifier::None).agrees(interval(120_000.0, Qualifier::None)));
    }
}
