//! `nutgraf verify`: every line of a briefing, or every quotation of a draft, against its source.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Result, bail};
use nutgraf::text::Collection;
use nutgraf::verify::{Code, Report, draft, markdown, plain, sarif, verify};

use crate::cli::args::{Input, Output, Reading};
use crate::cli::commands::NOTHING;
use crate::cli::saved::Checkable;
use crate::cli::{input, output, saved};

/// Check every excerpt, headline and speaker of a briefing, or every quotation of any draft, against the sources.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf verify briefing.json articles/     a briefing made with `brief -t json`
  nutgraf verify briefing.json               the same, with the sources read from where they were
  nutgraf verify letter.md articles/         any draft: every quotation in it, and its speaker
  nutgraf verify --claims letter.md articles/   also numbers, dates and names outside quotations
  nutgraf verify -t json draft.html articles/
  nutgraf verify letter.md https://news.example/story
  nutgraf verify --explain bracket_fact      what a code in the report means

Exit status: 0 no errors (there may be notes), 1 errors found, 2 the check could not be carried out.")]
pub(crate) struct Args {
    /// The briefing, or any text in Markdown, HTML, plain text or e-mail: a file, a web address, or - for standard
    /// input.
    #[arg(value_name = "DRAFT", required_unless_present = "explain")]
    draft: Option<PathBuf>,
    /// The sources: files, folders or web addresses [default: the files named in the briefing].
    #[arg(value_name = "INPUT")]
    inputs: Vec<String>,
    /// Also compare the numbers, dates, names and relations outside quotation marks.
    #[arg(long)]
    claims: bool,
    /// Accept sources that have changed since the briefing was made.
    #[arg(long)]
    allow_changed: bool,
    /// Explain a code that a report contains, or `all` of them.
    #[arg(long, value_name = "CODE", exclusive = true)]
    explain: Option<String>,
    #[command(flatten)]
    reading: Reading,
    /// Format of the report.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: Format,
    #[command(flatten)]
    output: Output,
}

/// The formats of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Human-readable: both texts, with the differing words marked.
    #[default]
    Text,
    /// One JSON object.
    Json,
    /// One finding per line, as JSON.
    Jsonl,
    /// A Markdown table, for a comment on a pull request.
    Md,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if let Some(code) = &args.explain {
        return explain(code);
    }
    let Some(draft) = &args.draft else { bail!("name a draft") };
    let text = match input::text_at(draft, &args.reading)? {
        Some(text) => text,
        None => saved::text(draft)?,
    };
    let report = match saved::checkable(draft, text)? {
        Checkable::Briefing(briefing) => {
            let inputs = if args.has_inputs() {
                args.inputs.clone()
            } else {
                saved::inputs(briefing.articles.iter().map(|a| a.origin.clone()))?
            };
            verify(&briefing, &sources(args, inputs)?)
        }
        Checkable::Draft(text) => check(args, draft, &text)?,
    };
    let report = if args.allow_changed { report.allow_changed() } else { report };
    write(args, &draft.to_string_lossy(), report)
}

impl Args {
    fn has_inputs(&self) -> bool {
        !(self.inputs.is_empty() && self.reading.urls.is_empty())
    }
}

fn check(args: &Args, name: &Path, text: &str) -> Result<Report> {
    if !args.has_inputs() {
        bail!(
            "{} is not a briefing of `nutgraf brief -t json`: name the sources to check it against",
            name.display()
        );
    }
    let options = draft::Options {
        format: draft::Format::of_name(&name.to_string_lossy()),
        claims: args.claims,
    };
    if !draft::has_text(text, options.format) {
        bail!("{} has no text to check", name.display());
    }
    Ok(draft::verify(text, &options, &sources(args, args.inputs.clone())?))
}

fn sources(args: &Args, inputs: Vec<String>) -> Result<Collection> {
    let collection = input::collection(&Input { inputs, reading: args.reading.clone() })?;
    if collection.articles.iter().all(|a| a.text.trim().is_empty()) {
        bail!("the sources have no text: nothing can be checked against them");
    }
    Ok(collection)
}

fn explain(name: &str) -> Result<ExitCode> {
    let codes: Vec<Code> = match Code::parse(name) {
        Some(code) => vec![code],
        None if name == "all" => Code::ALL.to_vec(),
        None => Code::ALL.iter().copied().filter(|c| c.kind().name() == name).collect(),
    };
    if codes.is_empty() {
        let known: Vec<&str> = Code::ALL.iter().map(|c| c.name()).collect();
        bail!("unknown code {name:?}; the codes are {}", known.join(", "));
    }
    let mut text = String::new();
    for code in codes {
        let fails = if code.kind().is_fault() { "fails the check" } else { "a note" };
        text.push_str(&format!("{code} ({}, {fails})\n    {}\n", code.kind(), code.explanation()));
    }
    output::print(&text)
}

fn write(args: &Args, draft: &str, report: Report) -> Result<ExitCode> {
    let code = if report.holds { ExitCode::SUCCESS } else { ExitCode::from(NOTHING) };
    match args.to {
        Format::Text => output::write(&args.output, &plain(&report))?,
        Format::Json => output::write_json(&args.output, &report)?,
        Format::Jsonl => output::write_jsonl(&args.output, report.findings.iter())?,
        Format::Md => output::write(&args.output, &markdown(&report, draft))?,
        Format::Sarif => output::write_json(&args.output, &sarif(&[(draft.to_owned(), report)]))?,
    };
    Ok(code)
}
