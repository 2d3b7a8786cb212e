//! The interface to the page: a buffer for the message, and one for the response.
//!
//! The page calls [`message`] with a length, writes its message at the returned address, calls [`run`], and reads
//! [`answer_length`] bytes from [`answer_address`]. The module has one thread, so the locks are always free.

use std::sync::Mutex;

static MESSAGE: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ANSWER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Allocates a message and returns its address.
#[unsafe(no_mangle)]
pub extern "C" fn message(length: usize) -> *mut u8 {
    let Ok(mut message) = MESSAGE.lock() else { return std::ptr::null_mut() };
    *message = vec![0; length];
    message.as_mut_ptr()
}

/// Processes the message.
#[unsafe(no_mangle)]
pub extern "C" fn run() {
    if let (Ok(mut message), Ok(mut answer)) = (MESSAGE.lock(), ANSWER.lock()) {
        *answer = crate::answer(&std::mem::take(&mut *message));
    }
}

/// Returns the address of the response.
#[unsafe(no_mangle)]
pub extern "C" fn answer_address() -> *const u8 {
    ANSWER.lock().map_or(std::ptr::null(), |answer| answer.as_ptr())
}

/// Returns the length of the response in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    ANSWER.lock().map_or(0, |answer| answer.len())
}
