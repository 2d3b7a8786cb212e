//! Results to standard output, the rest to standard error.

use std::io;

/// Returns whether the reader of our output has gone, which is no failure.
pub(crate) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|e| e.downcast_ref::<io::Error>())
        .any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

/// Prints a line for people.
#[expect(clippy::print_stderr, reason = "the one door to standard error")]
pub(crate) fn say(line: &str) {
    eprintln!("nutgraf: {line}");
}

/// Prints an error with its causes.
pub(crate) fn report(error: &anyhow::Error) {
    say(&format!("{error:#}"));
}
