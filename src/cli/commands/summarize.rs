//! `nutgraf summarize`: summarizes one article, or several together.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::ValueEnum;
use nutgraf::article::Article;
use nutgraf::budget::Budget;
use nutgraf::summary::{self, CandidateSet, Constraints, Extract, Method, Unfit};
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

Exit status: 0 done, 1 no sentence can be shown within the budget, 2 the request could not be carried out.")]
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
    /// Coverage of concepts; starts with the sentence that reports the news.
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
    /// Only the sentences, as one paragraph; with --each, below a heading.
    Text,
    /// The sentences with their positions and scores; with --each, one line per summary.
    Json,
    /// As `json`, but always one line per summary.
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
    let Extracted { extract, is_off_topic, obstacle } = extract(&collection, budget, args);
    if let Some(obstacle) = obstacle {
        output::say(&obstacle.message());
        return Ok(ExitCode::from(NOTHING));
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
    let (mut n_articles, mut n_off_topic) = (0, 0);
    let mut empty = Empty::default();
    output::stream(&args.output, form, |results| {
        input::each(&args.input, |articles| {
            n_articles += articles.len();
            let made =
                parallel::map_in_order(&articles, |article| one(article, form, budget, args));
            for (made, article) in made.into_iter().zip(&articles) {
                let One { text, is_off_topic } = made?;
                n_off_topic += usize::from(is_off_topic);
                match text {
                    Ok(text) => results.put(&text)?,
                    Err(obstacle) => empty.add(obstacle, article),
                }
            }
            Ok(())
        })?;
        Ok(0 < results.len())
    })?;
    if n_articles == 0 {
        return Ok(nothing_to_summarize());
    }
    empty.say();
    if empty.len() == n_articles {
        return Ok(ExitCode::from(NOTHING));
    }
    if n_off_topic == n_articles {
        say_off_topic(args);
    }
    Ok(ExitCode::SUCCESS)
}

/// The summary of one article.
struct One {
    /// The summary, or the reason why no sentence was selected.
    text: Result<String, Obstacle>,
    is_off_topic: bool,
}

fn one(article: &Article, form: Form, budget: Budget, args: &Args) -> Result<One> {
    let collection = Collection::build(vec![article.clone()]);
    let Extracted { extract, is_off_topic, obstacle } = extract(&collection, budget, args);
    let text = if let Some(obstacle) = obstacle {
        Err(obstacle)
    } else {
        let summary = SummaryRecord::new(&collection, &extract);
        let record = EachRecord::new(article, &summary);
        Ok(form.write(&record, || record.text())?)
    };
    Ok(One { text, is_off_topic })
}

/// The reason why there is no summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Obstacle {
    /// There is no prose: the texts consist of headings, captions and the like, or there are only titles.
    NoProse,
    /// None of the sentences may be shown, most of them for this reason.
    Unfit(Unfit),
    /// Every sentence that may be shown is longer than the budget.
    Budget,
}

impl Obstacle {
    /// Returns the obstacle for a set of sentences from which none was selected.
    fn new(set: &CandidateSet<'_>) -> Self {
        if set.is_showable() {
            Self::Budget
        } else {
            set.main_objection().map_or(Self::NoProse, Self::Unfit)
        }
    }

    /// Returns the message for all articles together.
    fn message(self) -> String {
        let contents = match self {
            Self::Budget => return self.reason(),
            Self::NoProse => "prose, only titles, headings, captions and the like",
            Self::Unfit(Unfit::LiveEntry) => "sentences of a report, only entries of a live blog",
            Self::Unfit(_) => "sentences of a report, only captions, credits, posts and the like",
        };
        format!("nothing to summarize: the articles contain no {contents}")
    }

    /// Returns the reason why an article has no summary, as printed after its name.
    fn reason(self) -> String {
        match self {
            Self::NoProse => "no prose, only a title, headings, captions and the like".to_owned(),
            Self::Unfit(unfit) => {
                format!("none of the sentences can be shown ({})", unfit.reason())
            }
            Self::Budget => "no sentence fits the budget; give a larger one".to_owned(),
        }
    }
}

/// The names of the articles without a summary, by reason.
#[derive(Default)]
struct Empty(BTreeMap<Obstacle, Vec<String>>);

impl Empty {
    /// The maximum number of articles that are named for each reason.
    const NAMED: usize = 5;

    fn add(&mut self, obstacle: Obstacle, article: &Article) {
        let title = output::folded(&article.title);
        let name = if title.is_empty() { article.id.to_string() } else { format!("“{title}”") };
        self.0.entry(obstacle).or_default().push(name);
    }

    fn len(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }

    /// Writes one message for each reason, with the names of the first articles.
    fn say(&self) {
        for (obstacle, names) in &self.0 {
            let named = names.get(..Self::NAMED).unwrap_or(names).join(", ");
            let more = match names.len().saturating_sub(Self::NAMED) {
                0 => String::new(),
                n => format!(" and {}", counted(n, "more article")),
            };
            output::say(&format!("not summarized: {named}{more}: {}", obstacle.reason()));
        }
    }
}

fn nothing_to_summarize() -> ExitCode {
    output::say("nothing to summarize: no articles");
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
    /// The reason why no sentence was selected; `None` if one was.
    obstacle: Option<Obstacle>,
}

fn extract(collection: &Collection, budget: Budget, args: &Args) -> Extracted {
    let story = stories::single(collection, &stories::Params::default());
    let params = summary::Params { method: args.method.into(), lead_strength: args.lead_strength };
    let set = CandidateSet::new(collection, &story, &params, args.topic.as_deref());
    let extract = summary::solve(&set, budget, &Constraints::default());
    let obstacle = extract.sentences.is_empty().then(|| Obstacle::new(&set));
    Extracted { extract, is_off_topic: set.is_off_topic(), obstacle }
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
