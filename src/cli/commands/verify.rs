//! `nutgraf verify`: checks every line of a briefing, or every quotation in drafts, against the sources.
//!
//! The sources are read and prepared once for all drafts. If a draft cannot be checked, the error is reported, the
//! other drafts are still checked, and the exit status is 2.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;

use anyhow::{Result, anyhow, bail};
use nutgraf::briefing::Briefing;
use nutgraf::parallel;
use nutgraf::text::Collection;
use nutgraf::verify::{Code, Finding, Report, draft, markdown, plain, sarif, verify};
use serde::Serialize;

use crate::cli::args::{Input, Output, Reading};
use crate::cli::commands::NOTHING;
use crate::cli::saved::Checkable;
use crate::cli::{input, output, saved};

/// Check every excerpt, headline and speaker of a briefing, or every quotation in any draft, against the sources.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf verify briefing.json articles/     a briefing made with `brief -t json`
  nutgraf verify briefing.json               the same, with its original sources
  nutgraf verify letter.md articles/         any draft: every quotation in it, and its speaker
  nutgraf verify --claims letter.md articles/   also numbers, dates and names outside quotations
  nutgraf verify -t json draft.html articles/
  nutgraf verify --draft a.md --draft b.md articles/   several drafts, the sources read once
  nutgraf verify letter.md https://news.example/story
  nutgraf verify --explain bracket_fact      what a code in the report means

Exit status: 0 no errors (there may be notes), 1 errors found, 2 the check could not be carried out.")]
pub(crate) struct Args {
    /// The briefing, or any text in Markdown, HTML, plain text or email: a file, a web address, or - for standard
    /// input. With --draft it is a source instead.
    #[arg(value_name = "DRAFT", required_unless_present_any = ["explain", "drafts"])]
    draft: Option<PathBuf>,
    /// The sources: files, folders or web addresses [default: the files named in the briefing].
    #[arg(value_name = "INPUT")]
    inputs: Vec<String>,
    /// A draft to check; may be given several times. All other arguments are then sources.
    #[arg(long = "draft", value_name = "DRAFT")]
    drafts: Vec<PathBuf>,
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
    let (drafts, inputs) = args.drafts_and_inputs();
    let collection = OnceLock::new();
    let checker = Checker { args, inputs, collection: &collection, drafts: OnceLock::new() };
    let mut reports = Vec::new();
    let mut failed = None;
    for (draft, checked) in drafts.iter().zip(checker.all(&drafts)) {
        match checked {
            Ok(report) => {
                reports.push(Named { draft: draft.to_string_lossy().into_owned(), report });
            }
            Err(error) if drafts.len() == 1 => return Err(error),
            Err(error) => {
                output::report(&error);
                failed = Some(ExitCode::from(NOT_CHECKED));
            }
        }
    }
    let code = write(args, drafts.len() > 1, &reports)?;
    Ok(failed.unwrap_or(code))
}

/// The exit status if a draft could not be checked.
const NOT_CHECKED: u8 = 2;

impl Args {
    /// Returns the drafts, and the names of the sources.
    fn drafts_and_inputs(&self) -> (Vec<PathBuf>, Vec<String>) {
        let first = self.draft.iter();
        if self.drafts.is_empty() {
            return (first.cloned().collect(), self.inputs.clone());
        }
        let first = first.map(|name| name.to_string_lossy().into_owned());
        (self.drafts.clone(), first.chain(self.inputs.iter().cloned()).collect())
    }
}

/// A report with the name of its draft.
#[derive(Serialize)]
struct Named {
    draft: String,
    #[serde(flatten)]
    report: Report,
}

/// Checks drafts against the sources, which are read when the first draft needs them.
struct Checker<'a> {
    args: &'a Args,
    inputs: Vec<String>,
    /// The sources, or the reason why they could not be read.
    collection: &'a OnceLock<Result<Collection, String>>,
    drafts: OnceLock<draft::Check<'a>>,
}

impl<'a> Checker<'a> {
    /// Checks all drafts: texts in parallel, and briefings one after another, because each briefing may have its own
    /// sources.
    fn all(&self, drafts: &[PathBuf]) -> Vec<Result<Report>> {
        let read: Vec<(&PathBuf, Result<Checkable>)> =
            drafts.iter().map(|draft| (draft, self.load(draft))).collect();
        if drafts.len() > 1 {
            self.prepare();
        }
        let texts = parallel::map_in_order(&read, |(draft, read)| match read {
            Ok(Checkable::Draft(text)) => Some(self.text(draft, text)),
            _ => None,
        });
        let checked = read.into_iter().zip(texts).map(|((_, read), of_text)| {
            let report = match (of_text, read?) {
                (Some(report), _) => report?,
                (None, Checkable::Briefing(briefing)) => self.briefing(&briefing)?,
                (None, Checkable::Draft(_)) => bail!("the draft was not checked"),
            };
            Ok(if self.args.allow_changed { report.allow_changed() } else { report })
        });
        checked.collect()
    }

    /// Prepares the sources before drafts are checked in parallel. If that fails, every draft reports the error.
    fn prepare(&self) {
        if self.has_inputs()
            && let Ok(collection) = self.collection()
        {
            self.drafts.get_or_init(|| draft::Check::new(collection));
        }
    }

    fn load(&self, draft: &Path) -> Result<Checkable> {
        let text = match input::text_at(draft, &self.args.reading)? {
            Some(text) => text,
            None => saved::text(draft)?,
        };
        saved::checkable(draft, text)
    }

    fn briefing(&self, briefing: &Briefing) -> Result<Report> {
        if self.has_inputs() {
            return Ok(verify(briefing, self.collection()?));
        }
        let inputs = saved::inputs(briefing.articles.iter().map(|a| a.origin.clone()))?;
        Ok(verify(briefing, &sources(self.args, inputs)?))
    }

    fn text(&self, name: &Path, text: &str) -> Result<Report> {
        if !self.has_inputs() {
            bail!(
                "{} is not a briefing from `nutgraf brief -t json`: name the sources to check it against",
                name.display()
            );
        }
        let options = draft::Options {
            format: draft::Format::from_name(&name.to_string_lossy()),
            claims: self.args.claims,
        };
        if !draft::has_text(text, options.format) {
            bail!("{} has no text to check", name.display());
        }
        let collection = self.collection()?;
        let check = self.drafts.get_or_init(|| draft::Check::new(collection));
        Ok(check.draft(text, &options))
    }

    fn collection(&self) -> Result<&'a Collection> {
        let read = || sources(self.args, self.inputs.clone()).map_err(|e| format!("{e:#}"));
        self.collection.get_or_init(read).as_ref().map_err(|why| anyhow!("{why}"))
    }

    fn has_inputs(&self) -> bool {
        !(self.inputs.is_empty() && self.args.reading.urls.is_empty())
    }
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

/// Writes the reports. In JSON, a single report is the top-level object; several reports are listed in `drafts`.
fn write(args: &Args, several: bool, checked: &[Named]) -> Result<ExitCode> {
    let holds = checked.iter().all(|c| c.report.holds);
    let code = if holds { ExitCode::SUCCESS } else { ExitCode::from(NOTHING) };
    let headed = |report: String, draft: &str| {
        if several { format!("{draft}\n{report}\n") } else { report }
    };
    match args.to {
        Format::Text => {
            let all = checked.iter().map(|c| headed(plain(&c.report), &c.draft));
            output::write(&args.output, all.collect::<String>().trim_end())?
        }
        Format::Json => match checked {
            [only] if !several => output::write_json(&args.output, &only.report)?,
            all => output::write_json(&args.output, &All { holds, drafts: all })?,
        },
        Format::Jsonl => {
            let found = checked.iter().flat_map(|c| {
                let draft = several.then_some(c.draft.as_str());
                c.report.findings.iter().map(move |finding| Line { draft, finding })
            });
            output::write_jsonl(&args.output, found)?
        }
        Format::Md => {
            let all: Vec<String> = checked.iter().map(|c| markdown(&c.report, &c.draft)).collect();
            output::write(&args.output, &all.join("\n"))?
        }
        Format::Sarif => {
            let all = checked.iter().map(|c| (c.draft.clone(), c.report.clone()));
            output::write_json(&args.output, &sarif(&all.collect::<Vec<_>>()))?
        }
    };
    Ok(code)
}

/// The reports on several drafts, as JSON.
#[derive(Serialize)]
struct All<'a> {
    holds: bool,
    drafts: &'a [Named],
}

/// A finding as a line of JSON, with the name of its draft if there are several drafts.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    draft: Option<&'a str>,
    #[serde(flatten)]
    finding: &'a Finding,
}
