//! Work that a fault in a dependency may break off: it costs its result, not the run.
//!
//! A panic is caught, and a program can ask in its panic hook whether it will be, so as to say nothing.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// Does a piece of work; returns nothing where it panics.
///
/// What the work has changed outside itself must not be used after a failure.
pub fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    DEPTH.set(DEPTH.get() + 1);
    let result = catch_unwind(AssertUnwindSafe(work));
    DEPTH.set(DEPTH.get() - 1);
    result.ok()
}

/// Returns whether a panic on this thread would be caught by [`guarded`].
pub fn is_guarded() -> bool {
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
