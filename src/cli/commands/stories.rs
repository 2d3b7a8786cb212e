//! `nutgraf stories`: which articles report the same event.

use std::process::ExitCode;

use anyhow::Result;
use nutgraf::stories::{self, Story};
use nutgraf::text::Collection;

use crate::cli::args::{Input, ListFormat, Output};
use crate::cli::border::StoryOut;
use crate::cli::{input, output};

/// Show which articles report the same event.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf stories articles/              which articles tell the same event
  nutgraf stories -t jsonl articles/     one JSON object a story")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    /// Format of the output.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: ListFormat,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let collection = input::collection(&args.input)?;
    let params = stories::Params {
        now: Some(args.input.reading.now().timestamp()),
        ..stories::Params::default()
    };
    let stories = stories::group(&collection, &params);
    let records = stories.iter().map(|s| StoryOut::new(&collection, s));
    match args.to {
        ListFormat::Text => output::write(&args.output, &list(&collection, &stories)),
        ListFormat::Json => output::write_json(&args.output, &records.collect::<Vec<_>>()),
        ListFormat::Jsonl => output::write_jsonl(&args.output, records),
    }
}

fn list(collection: &Collection, stories: &[Story]) -> String {
    let mut lines = Vec::new();
    for story in stories {
        lines.push(collection.articles[story.headline].title.clone());
        for &article in &story.articles {
            let article = &collection.articles[article];
            lines.push(format!(
                "  {} ({})",
                article.title,
                article.outlet().unwrap_or(&article.origin)
            ));
        }
    }
    lines.join("\n")
}
