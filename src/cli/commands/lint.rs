//! `nutgraf lint`: checks a briefing against house rules.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use nutgraf::briefing::lint;
use nutgraf::briefing::lint::Rules;
use nutgraf::config::{LintSettings, Overrides};

use crate::cli::args::{ListFormat, Output};
use crate::cli::commands::NOTHING;
use crate::cli::settings::{self, ConfigArgs};
use crate::cli::{output, saved};

/// Check a briefing against your house rules: maximum quote length, minimum number of sources, banned words.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf lint briefing.json                      the rules in [lint] of nutgraf.toml
  NUTGRAF_LINT_MIN_SOURCES=1 nutgraf lint briefing.json
  nutgraf brief -t json articles/ | nutgraf lint -

Exit status: 0 no rule is broken, 1 at least one is, 2 the briefing cannot be read.")]
pub(crate) struct Args {
    /// The briefing, made with `brief -t json`, or - for standard input.
    #[arg(value_name = "BRIEFING")]
    briefing: PathBuf,
    /// Format of the report.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: ListFormat,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    config: ConfigArgs,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.config, Overrides::default())?;
    let briefing = saved::briefing(&args.briefing, &saved::text(&args.briefing)?)?;
    let breaches = lint(&briefing, &rules(&loaded.config.settings.lint));
    match args.to {
        ListFormat::Text => {
            let lines = breaches.iter().map(|b| format!("{}: {}\n", b.pointer, b.message));
            output::write(&args.output, &lines.collect::<String>())?
        }
        ListFormat::Json => output::write_json(&args.output, &breaches)?,
        ListFormat::Jsonl => output::write_jsonl(&args.output, breaches.iter())?,
    };
    Ok(if breaches.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(NOTHING) })
}

/// Converts the settings to rules; for most of them, 0 means no limit.
fn rules(settings: &LintSettings) -> Rules {
    let on = |n: usize| (n > 0).then_some(n);
    Rules {
        max_quote_words: on(settings.max_quote_words),
        min_sources: on(settings.min_sources),
        min_speakers: on(settings.min_speakers),
        max_single_source_stories: settings.max_single_source_stories,
        max_age_days: on(settings.max_age_days).and_then(|n| u32::try_from(n).ok()),
        banned_words: settings.banned_words.clone(),
    }
}
