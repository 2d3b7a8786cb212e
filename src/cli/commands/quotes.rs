//! `nutgraf quotes`: lists who said what.

use std::collections::BTreeSet;
use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;
use nutgraf::article::Article;
use nutgraf::parallel;
use nutgraf::quotes::filter::Filter;
use nutgraf::quotes::{self, Confidence, Quote, QuoteKind};
use nutgraf::text::annotate;

use crate::printable;

use crate::cli::args::{self, Input, Output};
use crate::cli::commands::NOTHING;
use crate::cli::output::Form;
use crate::cli::{input, output};
use nutgraf::json::QuotesRecord;

/// List who said what.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf quotes articles/                          who said what
  nutgraf quotes --speaker lavrov --min-words 5 articles/
  nutgraf quotes --kind direct,mixed --confidence high -t csv -o quotes.csv articles/
  nutgraf quotes -t jsonl articles/                 one JSON object per article, with text positions")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    /// Only this speaker: the name in any spelling, or a part of the name or role.
    #[arg(long, value_name = "NAME", help_heading = "Selection")]
    speaker: Option<String>,
    /// Only these kinds: direct (a whole clause or sentence), mixed (part of the reporter's own sentence), indirect
    /// (without quotation marks).
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_parser = args::named(QuoteKind::NAMES), help_heading = "Selection")]
    kind: Vec<QuoteKind>,
    /// Minimum number of words per quote.
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Selection")]
    min_words: usize,
    /// Minimum confidence in the speaker; `low` includes doubtful and unattributed quotes.
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
    /// A readable list.
    Text,
    /// One JSON array.
    Json,
    /// One JSON object per article.
    Jsonl,
    /// One row per quote, with a header row.
    Csv,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let filter = args.filter();
    let form = args.to.form();
    let is_written = output::stream(&args.output, form, |results| {
        let mut n_articles = 0;
        let mut languages = BTreeSet::new();
        if let QuotesFormat::Csv = args.to {
            results.put(&csv(&[HEADER])?)?;
        }
        input::each(&args.input, |articles| {
            n_articles += articles.len();
            languages.extend(articles.iter().map(|article| article.lang));
            let made = parallel::map_in_order(&articles, |article| {
                let mut quotes = quotes::extract(article, &annotate(article));
                quotes.retain(|quote| filter.keeps(&article.text, quote));
                args.to.write(form, article, &quotes)
            });
            made.into_iter().try_for_each(|made| {
                let Some(made) = made? else { return Ok(()) };
                Ok(results.put(&made)?)
            })
        })?;
        if let Some(warning) = quotes::speakers_warning(languages) {
            output::say(&warning.to_string());
        }
        Ok(0 < n_articles)
    })?;
    if !is_written {
        output::say("no articles, so no quotes");
        return Ok(ExitCode::from(NOTHING));
    }
    Ok(ExitCode::SUCCESS)
}

impl QuotesFormat {
    const fn form(self) -> Form {
        match self {
            Self::Text => Form::Text("\n\n"),
            Self::Json => Form::Json,
            Self::Jsonl => Form::Jsonl,
            Self::Csv => Form::Lines,
        }
    }

    /// Formats the quotes of an article; returns `None` if there are none and the format is human-readable.
    fn write(self, form: Form, article: &Article, quotes: &[Quote]) -> Result<Option<String>> {
        let is_for_people = matches!(self, Self::Text);
        if quotes.is_empty() && is_for_people {
            return Ok(None);
        }
        if let Self::Csv = self {
            return rows(article, quotes).map(Some);
        }
        form.write(&QuotesRecord::new(article, quotes), || table(article, quotes)).map(Some)
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

/// Formats the quotes of an article under its title, each followed by its speaker.
fn table(article: &Article, quotes: &[Quote]) -> String {
    let outlet = article.outlet().map(|o| format!(" · {o}")).unwrap_or_default();
    let mut table = format!("{}{outlet}", article.title);
    for quote in quotes {
        let (name, role) = named(quote);
        let role = role.map(|r| format!(", {r}")).unwrap_or_default();
        let grade = quote.confidence.name();
        table.push_str(&format!(
            "\n\n  {}\n    — {name}{role} ({}, {grade})",
            words(article, quote),
            quote.kind.name()
        ));
    }
    table
}

const HEADER: [&str; 9] =
    ["article", "title", "outlet", "kind", "speaker", "role", "quote", "rule", "confidence"];

/// Formats the quotes of an article as CSV rows.
fn rows(article: &Article, quotes: &[Quote]) -> Result<String> {
    let row = |quote: &Quote| {
        let speaker = quote.speaker.as_ref();
        [
            article.id.as_str().to_owned(),
            article.title.clone(),
            article.outlet().unwrap_or_default().to_owned(),
            quote.kind.name().to_owned(),
            speaker.map_or_else(String::new, |s| s.name.clone()),
            speaker.and_then(|s| s.role.clone()).unwrap_or_default(),
            content(article, quote),
            quote.rule.to_owned(),
            quote.confidence.name().to_owned(),
        ]
    };
    csv(&quotes.iter().map(row).collect::<Vec<_>>())
}

fn csv<T: AsRef<[u8]>>(rows: &[[T; 9]]) -> Result<String> {
    let mut table = csv::Writer::from_writer(Vec::new());
    for row in rows {
        table.write_record(row)?;
    }
    let table = String::from_utf8(table.into_inner()?)?;
    Ok(printable::visible(&table).into_owned())
}

fn named(quote: &Quote) -> (&str, Option<&str>) {
    quote.speaker.as_ref().map_or(("(speaker not named)", None), |s| (&s.name, s.role.as_deref()))
}

/// Formats the words of a quote, in quotation marks unless it is indirect.
fn words(article: &Article, quote: &Quote) -> String {
    let content = content(article, quote);
    if quote.kind == QuoteKind::Indirect { content } else { format!("“{content}”") }
}

fn content(article: &Article, quote: &Quote) -> String {
    let parts: Vec<String> =
        quote.content.iter().map(|s| output::folded(s.slice(&article.text))).collect();
    parts.join(" … ")
}
