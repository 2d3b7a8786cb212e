//! The command-line program. It handles the arguments, files, the clock, the environment and the terminal. The rest of
//! the library accesses none of these, except for the file of the archive.

mod args;
mod commands;
mod config_file;
mod deliver;
pub mod embed;
mod fetch;
mod input;
mod output;
mod page;
mod progress;
mod sandbox;
mod saved;
mod settings;
mod shelf;
mod since;
mod site;
mod sketches;

use std::ffi::OsString;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser as _;

/// Runs the program. The exit status is 0 on success, 1 if there is nothing to report or a check failed, and 2 if the
/// request could not be carried out.
pub fn run() -> ExitCode {
    run_with(std::env::args_os())
}

/// Runs the program with these arguments, the first of which is the program's name.
pub(crate) fn run_with(
    arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>,
) -> ExitCode {
    match start(arguments) {
        Ok(code) => code,
        Err(error) if output::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            output::report(&error);
            ExitCode::from(2)
        }
    }
}

fn start(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> Result<ExitCode> {
    keep_caught_panics_quiet();
    let args = match args::Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) if error.use_stderr() => {
            // Do not use clap's own printer: the message contains user input, which must be escaped.
            output::complain(&error.render().to_string());
            return Ok(ExitCode::from(2));
        }
        Err(help_or_version) => {
            help_or_version.print()?;
            return Ok(ExitCode::SUCCESS);
        }
    };
    if args.global.quiet {
        output::be_quiet();
    }
    args::start_threads(args.global.threads)?;
    commands::run(&args)
}

/// Suppresses the messages of panics that are caught, because a caught panic costs at most one result.
fn keep_caught_panics_quiet() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fault| {
        if !crate::catch_panic::is_guarded() {
            usual(fault);
        }
    }));
}
