//! Progress of long work, on standard error and only if it is a terminal.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::output;

/// Returns a progress bar; it draws nothing unless standard error is a terminal.
pub(crate) fn bar(n: usize, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(n as u64);
    if output::is_quiet() || !std::io::stderr().is_terminal() {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len} {msg}") {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
