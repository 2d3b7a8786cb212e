//! `nutgraf completions`: prints the completion script of a shell.

use std::process::ExitCode;

use anyhow::Result;
use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::cli::args;
use crate::cli::output;

/// Print the completion script for a shell.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf completions bash > ~/.local/share/bash-completion/completions/nutgraf
  nutgraf completions fish > ~/.config/fish/completions/nutgraf.fish")]
pub(crate) struct Args {
    /// The shell.
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut args::Args::command(), "nutgraf", &mut script);
    output::print(&String::from_utf8(script)?)
}
