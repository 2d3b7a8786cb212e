//! Runs third-party code that may panic; a panic yields `None` instead of ending the run.
//!
//! A panic hook can call [`is_guarded`] so that it does not report panics that are caught.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Runs `work` and returns its result, or `None` if it panics.
///
/// After a panic, the caller must not use state that `work` may have modified.
pub(crate) fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    DEPTH.set(DEPTH.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    result.ok()
}

/// Returns whether a panic on this thread would be caught by [`guarded`].
#[cfg(feature = "cli")]
pub(crate) fn is_guarded() -> bool {
    0 < DEPTH.get()
}

#[cfg(test)]
mod tests {
    use super::{guarded, is_guarded};

    #[test]
    fn a_panic_costs_the_result_and_is_known_to_be_caught() {
        assert_eq!(guarded(|| is_guarded().then_some(1)), Some(Some(1)));
        assert_eq!(guarded(|| if is_guarded() { panic!("a fault") } else { 1 }), None);
        assert!(!is_guarded());
    }
}
