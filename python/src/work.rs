//! Long-running work called from Python: the GIL is released, and Ctrl-C ends the call.
//!
//! All calls share a set of threads of this package, so that what a thread has prepared for a language serves later calls
//! too. A process that was forked has none of its parent's threads; it gets threads of its own.
//!
//! Known limit: an interrupted call raises at once, but its work continues in the background until it is done; its
//! result is dropped, and later calls do not wait for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process;
use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pyo3::prelude::*;

use nutgraf::parallel::Pool;

use crate::NutgrafError;

/// How often pending interrupts are checked for; a tenth of what a person notices.
const INTERRUPT_INTERVAL: Duration = Duration::from_millis(20);

/// The threads of the package.
struct Threads {
    /// Their number; 0 means one for each processor.
    wanted: usize,
    running: Option<Running>,
}

struct Running {
    /// The process that started them.
    process: u32,
    pool: Arc<Pool>,
}

static THREADS: Mutex<Threads> = Mutex::new(Threads { wanted: 0, running: None });

impl Threads {
    /// Returns the threads of this process, which are started if there are none.
    fn pool(&mut self) -> PyResult<Arc<Pool>> {
        let process = process::id();
        if let Some(running) = &self.running {
            if running.process == process {
                return Ok(Arc::clone(&running.pool));
            }
            // The threads did not survive the fork, so ending them would wait for ever.
            std::mem::forget(self.running.take());
        }
        let pool = Pool::new(self.wanted)
            .map_err(|error| NutgrafError::new_err(format!("cannot start threads: {error}")))?;
        let pool = Arc::new(pool);
        self.running = Some(Running { process, pool: Arc::clone(&pool) });
        Ok(pool)
    }
}

/// Sets the number of threads of later calls; 0 means one for each processor.
pub(crate) fn use_threads(wanted: usize) {
    let mut threads = THREADS.lock().unwrap_or_else(PoisonError::into_inner);
    if threads.wanted != wanted {
        threads.wanted = wanted;
        leave(&mut threads);
    }
}

/// Abandons the running threads, which finish the work that they have begun.
fn leave(threads: &mut Threads) {
    match threads.running.take() {
        // Without the GIL, since the last owner of a pool waits for its threads to end.
        Some(running) if running.process == process::id() => {
            drop(std::thread::spawn(move || drop(running)));
        }
        other => std::mem::forget(other),
    }
}

/// Runs `work` on the threads of the package and waits for it without the GIL.
pub(crate) fn detached<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> PyResult<T> + Send + 'static,
) -> PyResult<T> {
    let (sender, mut receiver) = sync_channel(1);
    let pool = THREADS.lock().unwrap_or_else(PoisonError::into_inner).pool()?;
    pool.spawn(move || {
        if let Ok(result) = catch_unwind(AssertUnwindSafe(work)) {
            // The receiver is gone if the call was interrupted.
            drop(sender.send(result));
        }
    });
    loop {
        // A receiver may be moved into the closure without the GIL, but not shared with it.
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
