//! `nutgraf summarize`: summarizes one article, or several together.

use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::ValueEnum;
use nutgraf::article::Article;
use nutgraf::budget::Budget;
use nutgraf::summary::{self, CandidateSet, Constraints, Extract, Method};
use nutgraf::text::Collection;
use nutgraf::{parallel, stories};

use crate::cli::args::{BudgetArgs, Input, Output};
use crate::cli::commands::NOTHING;
use crate::cli::output::Form;
use crate::cli::{input, output};
use crate::warning::counted;
use nutgraf::json::SummaryRecord;

/// The default length of a summary in words.
const DEFAULT_WORDS: usize = 100;

/// Summarize one article, or several together.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf summarize --sentences 3 story.html     one article in three sentences
  nutgraf summarize --words 100 articles/        several articles in one paragraph
  nutgraf summarize --ratio 0.2 -t json story.txt
  nutgraf summarize https://news.example/story   an article on the web

Exit status: 0 done, 1 no sentence fits the budget, 2 the request could not be carried out.")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    budget: BudgetArgs,
    /// Reading speed in words per minute, for --minutes.
    #[arg(long, value_name = "N", help_heading = "Budget")]
    words_per_minute: Option<f64>,
    /// Summarize each article separately.
    #[arg(long, help_heading = "Selection")]
    each: bool,
    /// Favor sentences about these words.
    #[arg(long, value_name = "WORDS", help_heading = "Selection")]
    topic: Option<String>,
    /// Weight of an early position in the article; 0 ignores position.
    #[arg(long, value_name = "N", help_heading = "Selection")]
    lead_strength: Option<f64>,
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
    /// Coverage of concepts, with the sentence that reports the news first.
    Auto,
    /// TF-IDF centroid with position and maximal marginal relevance; about as good as `lead` on most news.
    Tfidf,
    /// LexRank over a sparse similarity graph; not as good as `lead` on most news.
    Lexrank,
    /// The first sentences.
    Lead,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum SummaryFormat {
    /// Only the sentences, as one paragraph.
    Text,
    /// The sentences with their positions and scores; with --each, one line per summary.
    Json,
    /// The same, one line per summary.
    Jsonl,
}

/// A summary of one article, with its metadata.
#[derive(serde::Serialize)]
struct EachRecord<'a> {
    id: &'a str,
    title: &'a str,
    source: Option<&'a str>,
    #[serde(flatten)]
    summary: &'a SummaryRecord<'a>,
}

impl<'a> EachRecord<'a> {
    fn new(article: &'a Article, summary: &'a SummaryRecord<'a>) -> Self {
        let id = article.id.as_str();
        Self { id, title: &article.title, source: article.outlet(), summary }
    }

    /// Formats the title and the outlet (or, if both are missing, the id) on one line, followed by the sentences.
    fn text(&self) -> String {
        let title = output::folded(self.title);
        let outlet = self.source.map(output::folded);
        let heading = match (title.is_empty(), outlet) {
            (false, Some(outlet)) => format!("{title} ({outlet})"),
            (false, None) => title.clone(),
            (true, Some(outlet)) => outlet.clone(),
            (true, None) => self.id.to_owned(),
        };
        format!("{heading}\n{}", output::folded(self.summary.text()))
    }
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let budget = args.budget.budget(args.words_per_minute)?.unwrap_or(Budget::Words(DEFAULT_WORDS));
    if args.lead_strength.is_some_and(|n| !(n.is_finite() && n >= 0.0)) {
        bail!("--lead-strength: give a number, 0 or more");
    }
    if args.each {
        return each(args, budget);
    }
    let articles = input::articles(&args.input)?;
    if articles.is_empty() {
        return Ok(nothing_to_summarize());
    }
    let collection = Collection::build(articles);
    let Extracted { extract, is_off_topic, is_showable } = extract(&collection, budget, args);
    if extract.sentences.is_empty() {
        return Ok(if is_showable { nothing_fits() } else { nothing_to_show() });
    }
    if is_off_topic {
        say_off_topic(args);
    }
    let summary = SummaryRecord::new(&collection, &extract);
    match args.to {
        SummaryFormat::Json => output::write_json(&args.output, &summary),
        SummaryFormat::Jsonl => output::write_jsonl(&args.output, std::iter::once(&summary)),
        SummaryFormat::Text => output::write(&args.output, &output::folded(summary.text())),
    }
}

/// Writes one summary per article, while the articles are read.
fn each(args: &Args, budget: Budget) -> Result<ExitCode> {
    let form = match args.to {
        SummaryFormat::Text => Form::Text("\n\n"),
        SummaryFormat::Json | SummaryFormat::Jsonl => Form::Jsonl,
    };
    let (mut n_articles, mut n_empty, mut n_off_topic, mut n_showable) = (0, 0, 0, 0);
    output::stream(&args.output, form, |results| {
        input::each(&args.input, |articles| {
            n_articles += articles.len();
            let made =
                parallel::map_in_order(&articles, |article| one(article, form, budget, args));
            for made in made {
                let One { text, is_off_topic, is_showable } = made?;
                n_off_topic += usize::from(is_off_topic);
                n_showable += usize::from(is_showable);
                match text {
                    Some(text) => results.put(&text)?,
                    None => n_empty += 1,
                }
            }
            Ok(())
        })?;
        Ok(0 < results.len())
    })?;
    if n_articles == 0 {
        return Ok(nothing_to_summarize());
    }
    if n_empty == n_articles {
        return Ok(if 0 < n_showable { nothing_fits() } else { nothing_to_show() });
    }
    if n_off_topic == n_articles {
        say_off_topic(args);
    }
    if 0 < n_empty {
        let articles = counted(n_empty, "article");
        output::say(&format!("{articles}: no sentence fits the budget"));
    }
    Ok(ExitCode::SUCCESS)
}

/// The summary of one article, with flags that determine which messages are printed.
struct One {
    /// `None` if no sentence was selected: none fits the budget, or none may be shown.
    text: Option<String>,
    is_off_topic: bool,
    is_showable: bool,
}

fn one(article: &Article, form: Form, budget: Budget, args: &Args) -> Result<One> {
    let collection = Collection::build(vec![article.clone()]);
    let Extracted { extract, is_off_topic, is_showable } = extract(&collection, budget, args);
    let text = if extract.sentences.is_empty() {
        None
    } else {
        let summary = SummaryRecord::new(&collection, &extract);
        let record = EachRecord::new(article, &summary);
        Some(form.write(&record, || record.text())?)
    };
    Ok(One { text, is_off_topic, is_showable })
}

fn nothing_to_summarize() -> ExitCode {
    output::say("nothing to summarize: no articles");
    ExitCode::from(NOTHING)
}

fn nothing_fits() -> ExitCode {
    output::say("no sentence fits the budget; give a larger one");
    ExitCode::from(NOTHING)
}

fn nothing_to_show() -> ExitCode {
    output::say(
        "nothing to summarize: the articles contain no sentences of a report, only captions, credits, posts and the like",
    );
    ExitCode::from(NOTHING)
}

fn say_off_topic(args: &Args) {
    if let Some(topic) = &args.topic {
        output::say(&format!("--topic {topic:?}: no sentence contains any of these words"));
    }
}

/// A summary, with flags that determine which messages are printed.
struct Extracted {
    extract: Extract,
    /// Whether there is a topic but no sentence contains any of its words.
    is_off_topic: bool,
    /// Whether any sentence could be shown with a large enough budget.
    is_showable: bool,
}

fn extract(collection: &Collection, budget: Budget, args: &Args) -> Extracted {
    let story = stories::single(collection, &stories::Params::default());
    let params = summary::Params { method: args.method.into(), lead_strength: args.lead_strength };
    let set = CandidateSet::new(collection, &story, &params, args.topic.as_deref());
    let extract = summary::solve(&set, budget, &Constraints::default());
    Extracted { extract, is_off_topic: set.is_off_topic(), is_showable: set.is_showable() }
}

/// Returns the method with this name, or `auto` if there is none.
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
