//! Enforces a pause between requests to the same host, across all threads.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The earliest time of the next request to each host.
#[derive(Debug)]
pub(super) struct Hosts {
    delay: Duration,
    next: Mutex<BTreeMap<String, Instant>>,
}

impl Hosts {
    pub(super) fn new(delay_seconds: f64) -> Self {
        let delay = Duration::try_from_secs_f64(delay_seconds).unwrap_or(Duration::from_secs(60));
        Self { delay, next: Mutex::default() }
    }

    /// Waits for this thread's turn with a host; returns false immediately if the turn would come after the deadline.
    #[expect(clippy::disallowed_methods, reason = "politeness is measured in real time")]
    pub(super) fn wait(&self, host: &str, deadline: Instant) -> bool {
        let turn = {
            let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
            let now = Instant::now();
            let turn = next.get(host).copied().unwrap_or(now).max(now);
            if deadline < turn {
                return false;
            }
            next.insert(host.to_owned(), turn + self.delay);
            turn
        };
        std::thread::sleep(turn.saturating_duration_since(Instant::now()));
        true
    }
}
