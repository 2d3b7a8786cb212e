//! `nutgraf quotes`: who said what.

use std::process::ExitCode;

use anyhow::Result;
use nutgraf::quotes::{self, Quote};
use nutgraf::text::Collection;
use nutgraf::{parallel, stories};

use crate::cli::args::{Input, ListFormat, Output};
use crate::cli::border::QuotesOut;
use crate::cli::{input, output};

/// Show who said what.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf quotes articles/               who said what
  nutgraf quotes -t jsonl articles/      one JSON object an article, with places in its text")]
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
    let quotes = by_article(&collection);
    let records = collection.articles.iter().zip(&quotes).map(|(a, q)| QuotesOut::new(a, q));
    match args.to {
        ListFormat::Text => output::write(&args.output, &table(&collection, &quotes)),
        ListFormat::Json => output::write_json(&args.output, &records.collect::<Vec<_>>()),
        ListFormat::Jsonl => output::write_jsonl(&args.output, records),
    }
}

/// The quotations of each article, people joined within each story.
fn by_article(collection: &Collection) -> Vec<Vec<Quote>> {
    let stories = stories::group(collection, &stories::Params::default());
    let found = parallel::map_in_order(&stories, |s| quotes::of_story(collection, &s.articles));
    let mut by_article = vec![Vec::new(); collection.articles.len()];
    for (story, quotes) in stories.iter().zip(found) {
        for (&article, quotes) in story.articles.iter().zip(quotes) {
            by_article[article] = quotes;
        }
    }
    by_article
}

fn table(collection: &Collection, quotes: &[Vec<Quote>]) -> String {
    let mut lines = Vec::new();
    for (article, quotes) in collection.articles.iter().zip(quotes) {
        if !quotes.is_empty() {
            lines.push(article.title.clone());
        }
        for quote in quotes {
            let who = quote.speaker.as_ref().map_or("(unattributed)", |s| &s.name);
            let what: Vec<String> =
                quote.content.iter().map(|s| output::folded(s.of(&article.text))).collect();
            lines.push(format!("  {who}: {}", what.join(" … ")));
        }
    }
    lines.join("\n")
}
