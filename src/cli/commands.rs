//! What each command does.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::{Result, bail};

use nutgraf::budget::Budget;
use nutgraf::summary::{self, Method};
use nutgraf::{parallel, quotes, stories};

use crate::cli::args::{Args, Command, Quotes, Read, Stories, Summarize};
use crate::cli::border::{ArticleOut, QuotesOut, StoryOut, SummaryOut};
use crate::cli::input;

/// Runs one command.
pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    match &args.command {
        Command::Read(args) => read(args),
        Command::Quotes(args) => quotes(args),
        Command::Stories(args) => stories(args),
        Command::Summarize(args) => summarize(args),
    }
}

fn read(args: &Read) -> Result<ExitCode> {
    let collection = input::collection(&args.input)?;
    let lines = collection.articles.iter().zip(&collection.corpus.documents);
    print_lines(lines.map(|(a, d)| serde_json::to_string(&ArticleOut::new(a, d))))
}

fn quotes(args: &Quotes) -> Result<ExitCode> {
    let collection = input::collection(&args.input)?;
    let stories = stories::group(&collection, &stories::Params::default());
    let found = parallel::map_in_order(&stories, |s| quotes::of_story(&collection, &s.articles));
    let mut by_article = vec![Vec::new(); collection.articles.len()];
    for (story, quotes) in stories.iter().zip(found) {
        for (&article, quotes) in story.articles.iter().zip(quotes) {
            by_article[article] = quotes;
        }
    }
    let lines = collection.articles.iter().zip(&by_article);
    print_lines(lines.map(|(a, q)| serde_json::to_string(&QuotesOut::new(a, q))))
}

fn stories(args: &Stories) -> Result<ExitCode> {
    let collection = input::collection(&args.input)?;
    let stories = stories::group(&collection, &stories::Params::default());
    print_lines(stories.iter().map(|s| serde_json::to_string(&StoryOut::new(&collection, s))))
}

fn summarize(args: &Summarize) -> Result<ExitCode> {
    let collection = input::collection(&args.input)?;
    let budget = match (args.words, args.sentences, args.chars) {
        (Some(n), _, _) => Budget::Words(n),
        (_, Some(n), _) => Budget::Sentences(n),
        (_, _, Some(n)) => Budget::Chars(n),
        _ => Budget::Words(100),
    };
    let method = match args.method.as_deref() {
        None | Some("auto") => Method::Auto,
        Some("tfidf") => Method::TfIdf,
        Some("lexrank") => Method::LexRank,
        Some("lead") => Method::Lead,
        Some(other) => bail!("unknown method {other:?}"),
    };
    let story = stories::single(&collection, &stories::Params::default());
    let params = summary::Params { method, ..summary::Params::default() };
    let extract = summary::summarize(&collection, &story, budget, &params);
    let out = SummaryOut::new(&collection, &extract);
    match args.to.as_deref() {
        Some("json") => print_lines([serde_json::to_string(&out)].into_iter()),
        _ => print_lines([Ok(out.text().to_owned())].into_iter()),
    }
}

fn print_lines(lines: impl Iterator<Item = serde_json::Result<String>>) -> Result<ExitCode> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in lines {
        writeln!(out, "{}", line?)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
