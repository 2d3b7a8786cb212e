//! Runs long operations for Python: the GIL is released meanwhile, and Ctrl-C ends the call.
//!
//! All calls share one thread pool, so that later calls reuse the data that a thread has prepared for a language. A
//! forked process does not inherit the threads of its parent; it starts its own pool.
//!
//! Known limit: an interrupted call raises at once, but its work continues in the background until it is done; its
//! result is discarded, and later calls do not wait for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;

use nutgraf::parallel::Pool;

use crate::NutgrafError;

/// The interval between checks for pending interrupts, which is too short for a person to notice.
const INTERRUPT_INTERVAL: Duration = Duration::from_millis(20);

/// The thread pool of the package.
struct Threads {
    /// The number of threads; 0 means one for each processor.
    wanted: usize,
    running: Option<Running>,
}

struct Running {
    /// The process that started the threads.
    process: u32,
    pool: Arc<Pool>,
}

static THREADS: Mutex<Threads> = Mutex::new(Threads { wanted: 0, running: None });

impl Threads {
    /// Returns the thread pool of this process, and starts it if necessary.
    fn pool(&mut self) -> PyResult<Arc<Pool>> {
        let process = process::id();
        if let Some(running) = &self.running {
            if running.process == process {
                return Ok(Arc::clone(&running.pool));
            }
            // The threads do not exist in the forked process, so dropping the pool could wait for them forever.
            std::mem::forget(self.running.take());
        }
        let pool = Pool::new(self.wanted)
            .map_err(|error| NutgrafError::new_err(format!("cannot start threads: {error}")))?;
        let pool = Arc::new(pool);
        self.running = Some(Running { process, pool: Arc::clone(&pool) });
        Ok(pool)
    }
}

/// Sets the number of threads for later calls; 0 means one for each processor.
pub(crate) fn use_threads(wanted: usize) {
    let mut threads = THREADS.lock().unwrap_or_else(PoisonError::into_inner);
    if threads.wanted != wanted {
        threads.wanted = wanted;
        leave(&mut threads);
    }
}

/// Drops the running pool, whose threads first finish the work that they were given.
fn leave(threads: &mut Threads) {
    match threads.running.take() {
        // The pool is dropped on another thread, so that this one, which holds the GIL, never waits for the threads of
        // the pool.
        Some(running) if running.process == process::id() => {
            drop(std::thread::spawn(move || drop(running)));
        }
        other => std::mem::forget(other),
    }
}

/// Runs `work` in the thread pool of the package, and waits for it without the GIL.
pub(crate) fn detached<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> PyResult<T> + Send + 'static,
) -> PyResult<T> {
    let (sender, mut receiver) = sync_channel(1);
    let pool = THREADS.lock().unwrap_or_else(PoisonError::into_inner).pool()?;
    pool.spawn(move || {
        if let Ok(result) = catch_unwind(AssertUnwindSafe(work)) {
            // The receiver has been dropped if the call was interrupted.
            drop(sender.send(result));
        }
    });
    loop {
        // A receiver can be moved into the closure that runs without the GIL, but not shared with it.
        let waited;
        (receiver, waited) = py.detach(move || {
            let waited = receiver.recv_timeout(INTERRUPT_INTERVAL);
            (receiver, waited)
        });
        match waited {
            Ok(result) => return result,
            Err(RecvTimeoutError::Timeout) => {
                if let Err(interrupt) = py.check_signals() {
                    leave(&mut THREADS.lock().unwrap_or_else(PoisonError::into_inner));
                    return Err(interrupt);
                }
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err(NutgrafError::new_err("internal error: the call ended with a panic"));
            }
        }
    }
}
