//! `nutgraf quotes`: lists who said what.

use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;
use nutgraf::article::Article;
use nutgraf::quotes::filter::Filter;
use nutgraf::quotes::{self, Confidence, Quote, QuoteKind};
use nutgraf::text::Collection;
use nutgraf::{parallel, stories};

use crate::cli::args::{self, Input, Output};
use crate::cli::commands::NOTHING;
use crate::cli::{input, output};
use nutgraf::json::QuotesRecord;

/// List who said what.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf quotes articles/                          who said what
  nutgraf quotes --speaker lavrov --min-words 5 articles/
  nutgraf quotes --kind direct,mixed --confidence high -t csv -o quotes.csv articles/
  nutgraf quotes -t jsonl articles/                 one JSON object an article, with places in its text")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    /// Only speakers whose name or role holds this.
    #[arg(long, value_name = "NAME", help_heading = "Selection")]
    speaker: Option<String>,
    /// Only these kinds: direct (a whole clause or sentence), mixed (a part of the reporter's own sentence), indirect
    /// (without marks).
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = args::named(QuoteKind::NAMES), help_heading = "Selection")]
    kind: Vec<QuoteKind>,
    /// Minimum number of words per quote.
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Selection")]
    min_words: usize,
    /// Only quotes that are at least so sure to have the right speaker; low are doubtful ones and those without any.
    #[arg(long, value_name = "GRADE", value_parser = args::named(Confidence::NAMES), help_heading = "Selection")]
    confidence: Option<Confidence>,
    /// Format of the output.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: QuotesFormat,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum QuotesFormat {
    /// A table for people.
    Text,
    /// One JSON array.
    Json,
    /// One JSON object an article.
    Jsonl,
    /// A line a quote, with a header.
    Csv,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let collection = input::collection(&args.input)?;
    if collection.articles.is_empty() {
        output::say("no article, so no quotes");
        return Ok(ExitCode::from(NOTHING));
    }
    let filter = args.filter();
    let mut quotes = by_article(&collection);
    for (article, quotes) in collection.articles.iter().zip(&mut quotes) {
        quotes.retain(|q| filter.keeps(&article.text, q));
    }
    let records = collection.articles.iter().zip(&quotes).map(|(a, q)| QuotesRecord::new(a, q));
    match args.to {
        QuotesFormat::Text => output::write(&args.output, &table(&collection, &quotes)),
        QuotesFormat::Json => output::write_json(&args.output, &records.collect::<Vec<_>>()),
        QuotesFormat::Jsonl => output::write_jsonl(&args.output, records),
        QuotesFormat::Csv => output::write(&args.output, &csv(&collection, &quotes)?),
    }
}

impl Args {
    fn filter(&self) -> Filter {
        Filter {
            speaker: self.speaker.clone(),
            kinds: self.kind.clone(),
            min_words: self.min_words,
            confidence: self.confidence,
        }
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

/// The quotes under the titles of their articles, each speaker before the words.
fn table(collection: &Collection, quotes: &[Vec<Quote>]) -> String {
    let mut parts = Vec::new();
    for (article, quotes) in collection.articles.iter().zip(quotes).filter(|(_, q)| !q.is_empty()) {
        let outlet = article.outlet().map(|o| format!(" · {o}")).unwrap_or_default();
        let mut part = format!("{}{outlet}\n", article.title);
        for quote in quotes {
            let (name, role) = named(quote);
            let role = role.map(|r| format!(", {r}")).unwrap_or_default();
            let grade = quote.confidence.name();
            part.push_str(&format!(
                "\n  {}\n    — {name}{role} ({}, {grade})\n",
                words(article, quote),
                quote.kind.name()
            ));
        }
        parts.push(part);
    }
    parts.join("\n")
}

fn csv(collection: &Collection, quotes: &[Vec<Quote>]) -> Result<String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record([
        "article",
        "title",
        "outlet",
        "kind",
        "speaker",
        "role",
        "quote",
        "rule",
        "confidence",
    ])?;
    for (article, quotes) in collection.articles.iter().zip(quotes) {
        for quote in quotes {
            let speaker = quote.speaker.as_ref();
            table.write_record([
                article.id.as_str(),
                &article.title,
                article.outlet().unwrap_or_default(),
                quote.kind.name(),
                speaker.map_or("", |s| &s.name),
                speaker.and_then(|s| s.role.as_deref()).unwrap_or_default(),
                &content(article, quote),
                quote.rule,
                quote.confidence.name(),
            ])?;
        }
    }
    Ok(String::from_utf8(table.into_inner()?)?)
}

fn named(quote: &Quote) -> (&str, Option<&str>) {
    quote.speaker.as_ref().map_or(("(speaker not named)", None), |s| (&s.name, s.role.as_deref()))
}

/// The words as they are shown: in marks, unless they stood in none.
fn words(article: &Article, quote: &Quote) -> String {
    let content = content(article, quote);
    if quote.kind == QuoteKind::Indirect { content } else { format!("“{content}”") }
}

fn content(article: &Article, quote: &Quote) -> String {
    let parts: Vec<String> =
        quote.content.iter().map(|s| output::folded(s.of(&article.text))).collect();
    parts.join(" … ")
}
