//! `nutgraf man`: prints the manual page.

use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory as _;

use crate::cli::args;
use crate::cli::output;

/// Print the manual page.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf man > nutgraf.1
  nutgraf man | man -l -
  nutgraf man summarize | man -l -")]
pub(crate) struct Args {
    /// The command whose manual page to print [default: nutgraf itself].
    command: Option<String>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let mut program = args::Args::command();
    program.build();
    let page = match &args.command {
        None => program,
        Some(name) => match program.find_subcommand(name) {
            Some(command) => command.clone(),
            None => anyhow::bail!("no command {name:?}; nutgraf --help lists them"),
        },
    };
    let mut roff = Vec::new();
    clap_mangen::Man::new(page).render(&mut roff)?;
    output::print(&String::from_utf8(roff)?)
}
