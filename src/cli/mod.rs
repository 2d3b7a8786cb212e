//! Arguments, files, clock, environment, terminal: everything outside the pure core.

mod args;
mod commands;
mod fetch;
mod index;
mod input;
mod output;
mod progress;
mod saved;
mod settings;
mod since;

use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;

/// Runs the program: 0 done, 1 nothing to report or a check failed, 2 cannot do what was asked.
pub(crate) fn run() -> ExitCode {
    match start() {
        Ok(code) => code,
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::report(&error);
            ExitCode::from(2)
        }
    }
}

fn start() -> Result<ExitCode> {
    keep_caught_panics_quiet();
    let args = args::Args::parse();
    if args.global.quiet {
        output::be_quiet();
    }
    args::start_threads(args.global.threads)?;
    commands::run(&args)
}

/// A fault in a dependency that costs no more than one of its results is not worth a message.
fn keep_caught_panics_quiet() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fault| {
        if !nutgraf::catch_panic::is_guarded() {
            usual(fault);
        }
    }));
}
