//! The commands. Each has a module with its arguments and its implementation.

pub(crate) mod archive;
pub(crate) mod brief;
pub(crate) mod completions;
pub(crate) mod config;
pub(crate) mod daily;
pub(crate) mod explain;
pub(crate) mod feed;
pub(crate) mod fetch;
pub(crate) mod init;
pub(crate) mod lint;
pub(crate) mod man;
pub(crate) mod mcp;
mod memory;
pub(crate) mod quotes;
pub(crate) mod read;
pub(crate) mod sketch;
pub(crate) mod stories;
pub(crate) mod summarize;
pub(crate) mod template;
pub(crate) mod verify;

use std::process::ExitCode;

use anyhow::Result;

use crate::cli::args::{Args, Command};
use crate::cli::sandbox;

/// The exit status if there is nothing to report or a check failed.
pub(crate) const NOTHING: u8 = 1;

/// Runs one command.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    match &args.command {
        Command::Brief(args) => brief::run(args),
        Command::Read(args) => read::run(args),
        Command::Quotes(args) => quotes::run(args),
        Command::Stories(args) => stories::run(args),
        Command::Sketch(args) => sketch::run(args),
        Command::Summarize(args) => summarize::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Mcp(args) => mcp::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Lint(args) => lint::run(args),
        Command::Template(args) => template::run(args),
        Command::Init(args) => init::run(args),
        Command::Feed(args) => feed::run(args),
        Command::Fetch(args) => fetch::run(args),
        Command::Daily(args) => daily::run(args),
        Command::Archive(args) => archive::run(args),
        Command::Config(args) => config::run(args),
        Command::Completions(args) => completions::run(args),
        Command::Man(args) => man::run(args),
        Command::RunTemplate => sandbox::run(),
    }
}
