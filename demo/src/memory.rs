//! The border to the page: a buffer for the message, and one for the answer.
//!
//! The page calls [`message`] with a length, writes its message at the address that it gets, calls [`run`], and reads
//! [`answer_length`] bytes from [`answer_address`]. The module has one thread, so the locks are always free.

use std::sync::Mutex;

static MESSAGE: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ANSWER: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// Makes room for a message and returns its address.
#[unsafe(no_mangle)]
pub extern "C" fn message(length: usize) -> *mut u8 {
    let Ok(mut message) = MESSAGE.lock() else { return std::ptr::null_mut() };
    *message = vec![0; length];
    message.as_mut_ptr()
}

/// Answers the message.
#[unsafe(no_mangle)]
pub extern "C" fn run() {
    if let (Ok(mut message), Ok(mut answer)) = (MESSAGE.lock(), ANSWER.lock()) {
        *answer = crate::answer(&std::mem::take(&mut *message));
    }
}

/// Returns the address of the answer.
#[unsafe(no_mangle)]
pub extern "C" fn answer_address() -> *const u8 {
    ANSWER.lock().map_or(std::ptr::null(), |answer| answer.as_ptr())
}

/// Returns the length of the answer in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn answer_length() -> usize {
    ANSWER.lock().map_or(0, |answer| answer.len())
}
