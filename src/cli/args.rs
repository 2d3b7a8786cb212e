//! What a user may type.

use clap::{Args as ClapArgs, Parser, Subcommand};

/// Extractive news summaries and briefings: every line shown stands in a source.
#[derive(Debug, Parser)]
#[command(name = "nutgraf", version, propagate_version = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Show the cleaned articles: title, source, date, paragraphs, sentences.
    Read(Read),
    /// Show who said what.
    Quotes(Quotes),
    /// Show which articles report the same event.
    Stories(Stories),
    /// Make one summary of one article, or of several taken together.
    Summarize(Summarize),
}

/// What to read, and how.
#[derive(Debug, ClapArgs)]
pub(crate) struct Input {
    /// Files, folders, or - for standard input.
    #[arg(value_name = "INPUT", required = true)]
    pub(crate) inputs: Vec<String>,
    /// Format of the input, where it should not be detected: text, html, md, json, jsonl, csv, feed, eml.
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) from: Option<String>,
    /// Language of the articles that do not give their own, such as en or de.
    #[arg(long, value_name = "LANG")]
    pub(crate) lang: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Read {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Format of the output: jsonl.
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) to: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Quotes {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Format of the output: jsonl.
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) to: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Stories {
    #[command(flatten)]
    pub(crate) input: Input,
    /// Format of the output: jsonl.
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) to: Option<String>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Summarize {
    #[command(flatten)]
    pub(crate) input: Input,
    /// At most so many words.
    #[arg(long, value_name = "N")]
    pub(crate) words: Option<usize>,
    /// At most so many sentences.
    #[arg(long, value_name = "N")]
    pub(crate) sentences: Option<usize>,
    /// At most so many characters.
    #[arg(long, value_name = "N")]
    pub(crate) chars: Option<usize>,
    /// How sentences are chosen: auto, tfidf, lexrank, lead.
    #[arg(long, value_name = "NAME")]
    pub(crate) method: Option<String>,
    /// Format of the output: json.
    #[arg(short, long, value_name = "FORMAT")]
    pub(crate) to: Option<String>,
}
