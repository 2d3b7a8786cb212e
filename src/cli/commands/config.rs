//! `nutgraf config`: prints every setting with its value and origin.

use std::process::ExitCode;

use anyhow::Result;
use nutgraf::config::{Origin, Overrides};

use crate::cli::output;
use crate::cli::settings::{self, ConfigArgs};

/// Show every setting with its value and where it comes from.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf config              every setting
  nutgraf config --set        only those that differ from the default
  NUTGRAF_BRIEF_WORDS=200 nutgraf config --set")]
pub(crate) struct Args {
    #[command(flatten)]
    config: ConfigArgs,
    /// Only settings that differ from the default.
    #[arg(long)]
    set: bool,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.config, Overrides::default())?;
    let mut lines = loaded.config.lines();
    lines.retain(|l| !args.set || l.origin != Origin::Default);
    let width = lines.iter().map(|l| l.name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for line in &lines {
        let value = if line.value.is_empty() { "(not set)" } else { &line.value };
        text.push_str(&format!("{:width$}  {value}  # {}\n", line.name, line.origin));
    }
    match &loaded.file {
        Some(file) => output::say(&format!("configuration: {}", file.display())),
        None => output::say("no configuration file; `nutgraf init` writes one"),
    }
    output::print(&text)
}
