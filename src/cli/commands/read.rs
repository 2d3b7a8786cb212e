//! `nutgraf read`: the cleaned articles.

use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::Result;
use nutgraf::article::{Article, BlockKind};
use nutgraf::read::Cut;
use nutgraf::text::Collection;

use crate::cli::args::{Input, ListFormat, Output};
use crate::cli::{input, output};
use nutgraf::json::ArticleRecord;

/// Show the cleaned articles: title, source, date, paragraphs, sentences.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf read page.html                 the article without the page around it
  nutgraf read https://news.example/a    the same from the web
  nutgraf read -t jsonl folder/          one JSON object an article, with sentences
  nutgraf read -f text -t jsonl - <dump  a page dump from standard input")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    /// Format of the output.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: ListFormat,
    /// Show the text that cleaning removed, line by line with the reason, instead of the article.
    #[arg(long, help_heading = "Output")]
    dropped: bool,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    if args.dropped {
        return dropped(args);
    }
    let collection = input::collection(&args.input)?;
    let records = articles(&collection);
    let written = match args.to {
        ListFormat::Text => {
            let pages: Vec<String> = collection.articles.iter().map(page).collect();
            output::write(&args.output, &pages.join("\n\n---\n\n"))
        }
        ListFormat::Json => output::write_json(&args.output, &records.collect::<Vec<_>>()),
        ListFormat::Jsonl => output::write_jsonl(&args.output, records),
    }?;
    // An empty result is reported to scripts by the exit status.
    Ok(if collection.articles.is_empty() { ExitCode::FAILURE } else { written })
}

/// The text that cleaning removed.
fn dropped(args: &Args) -> Result<ExitCode> {
    let cuts = input::cuts(&args.input)?;
    match args.to {
        ListFormat::Text => {
            let line =
                |c: &Cut| format!("{}\t{}\t{}\n", c.origin, c.reason, output::folded(&c.text));
            output::write(&args.output, &cuts.iter().map(line).collect::<String>())
        }
        ListFormat::Json => output::write_json(&args.output, &cuts),
        ListFormat::Jsonl => output::write_jsonl(&args.output, cuts.into_iter()),
    }
}

fn articles(collection: &Collection) -> impl Iterator<Item = ArticleRecord<'_>> {
    collection
        .articles
        .iter()
        .zip(&collection.corpus.documents)
        .map(|(a, d)| ArticleRecord::new(a, d))
}

/// One article for people.
fn page(article: &Article) -> String {
    let mut page =
        format!("{}\n", if article.title.is_empty() { "(no title)" } else { &article.title });
    let published = article.published.map(|p| p.to_string());
    let facts = [
        article.outlet(),
        article.byline.as_deref(),
        published.as_deref(),
        article.place.as_deref(),
    ];
    let facts: Vec<&str> = facts.into_iter().flatten().collect();
    if !facts.is_empty() {
        page.push_str(&facts.join(" · "));
        page.push('\n');
    }
    for block in &article.blocks {
        let text = output::folded(block.span.of(&article.text));
        let prefix = match block.kind {
            BlockKind::Heading => "## ",
            BlockKind::Blockquote => "> ",
            BlockKind::Paragraph | BlockKind::ListItem => "",
            BlockKind::Caption | BlockKind::Dateline | BlockKind::Byline | BlockKind::Chrome => {
                continue;
            }
        };
        // Writing to a String cannot fail.
        let _ = write!(page, "\n{prefix}{text}\n");
    }
    page.truncate(page.trim_end().len());
    page
}
