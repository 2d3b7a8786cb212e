//! `nutgraf verify`: every line of a briefing against its source.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};
use nutgraf::text::Collection;
use nutgraf::verify::{draft, verify};
use serde::Serialize;

use crate::cli::args::{Input, ListFormat, Output, Reading};
use crate::cli::commands::NOTHING;
use crate::cli::{input, output, saved};

/// Check every excerpt, headline and speaker of a briefing, or every quotation of any draft, against the sources.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf verify briefing.json articles/     a briefing made with `brief -t json`
  nutgraf verify briefing.json               the same, sources read from where they were
  nutgraf verify letter.md articles/         any draft: every quotation in it, and who is said to have said it
  nutgraf verify -t json draft.html articles/

Exit status: 0 all holds, 1 something does not, 2 the check could not be made.")]
pub(crate) struct Args {
    /// The briefing, or any text in Markdown, HTML or plain; - for standard input.
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
    let text = saved::text(&args.draft)?;
    if let Ok(briefing) = saved::briefing(&args.draft, &text) {
        let inputs = if args.inputs.is_empty() {
            saved::inputs(briefing.articles.iter().map(|a| a.origin.clone()))
        } else {
            args.inputs.clone()
        };
        let report = verify(&briefing, &sources(args, inputs)?);
        return tell(args, &report, &report.findings, report.holds);
    }
    if args.inputs.is_empty() {
        bail!(
            "{} is no briefing of `nutgraf brief -t json`: name the sources to check it against",
            args.draft.display()
        );
    }
    let report = draft::verify(&text, None, &sources(args, args.inputs.clone())?);
    tell(args, &report, &report.findings, report.holds)
}

fn sources(args: &Args, inputs: Vec<String>) -> Result<Collection> {
    input::collection(&Input { inputs, reading: args.reading.clone() })
}

fn tell<F: Serialize>(
    args: &Args,
    report: &(impl Serialize + ToString),
    findings: &[F],
    holds: bool,
) -> Result<ExitCode> {
    match args.to {
        ListFormat::Text => output::write(&args.output, &report.to_string())?,
        ListFormat::Json => output::write_json(&args.output, report)?,
        ListFormat::Jsonl => output::write_jsonl(&args.output, findings.iter())?,
    };
    Ok(if holds { ExitCode::SUCCESS } else { ExitCode::from(NOTHING) })
}
