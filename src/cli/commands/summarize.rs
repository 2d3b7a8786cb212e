//! `nutgraf summarize`: the sentences that stand for one article, or for several together.

use std::process::ExitCode;

use anyhow::Result;
use clap::ValueEnum;
use nutgraf::budget::Budget;
use nutgraf::stories;
use nutgraf::summary::{self, Method};

use crate::cli::args::{BudgetArgs, Input, Output};
use crate::cli::border::SummaryOut;
use crate::cli::commands::NOTHING;
use crate::cli::{input, output};

/// Words of a summary when no budget is given.
const DEFAULT_WORDS: usize = 100;

/// Make one summary of one article, or of several taken together.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf summarize --sentences 3 story.html     one article in three sentences
  nutgraf summarize --words 100 articles/        several articles in one paragraph
  nutgraf summarize --ratio 0.2 -t json story.txt
  curl -s https://news.example/story | nutgraf summarize --from html -

Exit status: 0 done, 1 no sentence fits the budget, 2 cannot do what was asked.")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    budget: BudgetArgs,
    /// How sentences are chosen.
    #[arg(long, value_name = "NAME", default_value = "auto", help_heading = "Selection")]
    method: MethodName,
    /// Format of the output.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: SummaryFormat,
    #[command(flatten)]
    output: Output,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum MethodName {
    /// Coverage of concepts for several articles, the centroid for one.
    Auto,
    /// TF-IDF centroid with position and maximal marginal relevance.
    Tfidf,
    /// LexRank over a sparse similarity graph.
    Lexrank,
    /// The first sentences.
    Lead,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SummaryFormat {
    /// The sentences alone, as one paragraph.
    Text,
    /// The sentences with their places and scores.
    Json,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let budget = args.budget.budget(None)?.unwrap_or(Budget::Words(DEFAULT_WORDS));
    let collection = input::collection(&args.input)?;
    let story = stories::single(&collection, &stories::Params::default());
    let params = summary::Params { method: args.method.into(), ..summary::Params::default() };
    let extract = summary::summarize(&collection, &story, budget, &params);
    if extract.sentences.is_empty() {
        output::say("no sentence fits the budget; give a larger one");
        return Ok(ExitCode::from(NOTHING));
    }
    let summary = SummaryOut::new(&collection, &extract);
    match args.to {
        SummaryFormat::Text => output::write(&args.output, &output::folded(summary.text())),
        SummaryFormat::Json => output::write_json(&args.output, &summary),
    }
}

/// Returns the method of a name; of `auto` for a name that is none.
pub(crate) fn method(name: &str) -> Method {
    <MethodName as ValueEnum>::from_str(name, true).map_or(Method::Auto, Method::from)
}

impl From<MethodName> for Method {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Auto => Self::Auto,
            MethodName::Tfidf => Self::TfIdf,
            MethodName::Lexrank => Self::LexRank,
            MethodName::Lead => Self::Lead,
        }
    }
}
