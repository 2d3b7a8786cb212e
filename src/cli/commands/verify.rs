//! `nutgraf verify`: every line of a briefing against its source.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result};
use nutgraf::briefing::{Briefing, verify};

use crate::cli::args::{Input, ListFormat, Output, Reading};
use crate::cli::commands::NOTHING;
use crate::cli::{input, output};

/// Check every excerpt, headline and speaker of a briefing against the sources.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf verify briefing.json articles/     a briefing made with `brief -t json`
  nutgraf verify briefing.json               the same, sources read from where they were
  nutgraf verify -t json briefing.json articles/

Exit status: 0 all holds, 1 something does not, 2 the check could not be made.")]
pub(crate) struct Args {
    /// The briefing, or - for standard input.
    #[arg(value_name = "DRAFT")]
    draft: PathBuf,
    /// The sources; those that the briefing names where none are given.
    #[arg(value_name = "INPUT")]
    inputs: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    /// Format of the report.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: ListFormat,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let name = args.draft.display();
    let text = draft(&args.draft).with_context(|| format!("cannot read {name}"))?;
    let briefing: Briefing = serde_json::from_str(&text)
        .with_context(|| format!("{name} is no briefing of `nutgraf brief -t json`"))?;
    let inputs = if args.inputs.is_empty() { origins(&briefing) } else { args.inputs.clone() };
    let collection = input::collection(&Input { inputs, reading: args.reading.clone() })?;
    let report = verify(&briefing, &collection);
    match args.to {
        ListFormat::Text => output::write(&args.output, &report.to_string())?,
        ListFormat::Json => output::write_json(&args.output, &report)?,
        ListFormat::Jsonl => output::write_jsonl(&args.output, report.findings.iter())?,
    };
    Ok(if report.holds { ExitCode::SUCCESS } else { ExitCode::from(NOTHING) })
}

fn draft(path: &Path) -> std::io::Result<String> {
    if path == Path::new("-") {
        std::io::read_to_string(std::io::stdin())
    } else {
        std::fs::read_to_string(path)
    }
}

/// The inputs that the articles of a briefing came from, each once.
fn origins(briefing: &Briefing) -> Vec<String> {
    let mut origins: Vec<String> = briefing.articles.iter().map(|a| a.origin.clone()).collect();
    origins.sort();
    origins.dedup();
    origins
}
