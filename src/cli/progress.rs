//! A progress bar for long tasks.

use std::io::IsTerminal as _;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::output;

/// Returns a progress bar on standard error, which is hidden with `--quiet` or if standard error is not a terminal.
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
