//! Long work beside Python: the GIL is released, and Ctrl-C ends the call.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;

use crate::NutgrafError;

/// How often a pending interrupt is looked for; a tenth of what a person notices.
const INTERRUPT_INTERVAL: Duration = Duration::from_millis(20);

/// Runs `work` on a thread of its own and waits for it without the GIL.
///
/// On an interrupt the call raises at once; the thread finishes what it has begun, and its result is dropped.
pub(crate) fn detached<T: Send + 'static>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send + 'static,
) -> PyResult<T> {
    let (sender, mut receiver) = sync_channel(1);
    let worker = thread::spawn(move || {
        // The receiver is gone if the call was interrupted.
        drop(sender.send(work()));
    });
    loop {
        // A receiver may move to the side without the GIL, but not be shared with it.
        let waited;
        (receiver, waited) = py.detach(move || {
            let waited = receiver.recv_timeout(INTERRUPT_INTERVAL);
            (receiver, waited)
        });
        match waited {
            Ok(result) => return Ok(result),
            Err(RecvTimeoutError::Timeout) => py.check_signals()?,
            Err(RecvTimeoutError::Disconnected) => {
                drop(worker.join());
                return Err(NutgrafError::new_err("internal error: the call ended with a panic"));
            }
        }
    }
}
