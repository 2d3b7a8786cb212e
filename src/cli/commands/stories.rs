//! `nutgraf stories`: which articles report the same event.

use std::process::ExitCode;

use anyhow::Result;
use nutgraf::article::{self, ArticleIx};
use nutgraf::config::Overrides;
use nutgraf::stories::{self, Story, Tie};
use nutgraf::text::Collection;

use crate::cli::args::{Input, ListFormat, Output};
use crate::cli::commands::{NOTHING, brief};
use crate::cli::{input, output, settings};
use nutgraf::json::StoryRecord;

/// Show which articles report the same event.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf stories articles/              which articles tell the same event
  nutgraf stories --explain articles/    and why: what ranks a story, what holds it together
  nutgraf stories -t jsonl articles/     one JSON object a story")]
pub(crate) struct Args {
    #[command(flatten)]
    input: Input,
    /// Minimum number of outlets per story.
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Selection")]
    min_sources: usize,
    /// Show the parts of each story's rank and the words that tie each article to the others.
    #[arg(long, help_heading = "Output")]
    explain: bool,
    /// Format of the output.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: ListFormat,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let mut articles = input::articles(&args.input)?;
    article::sort(&mut articles);
    let collection = Collection::build(articles);
    let loaded = settings::load(&args.input.reading.config, Overrides::default())?;
    let params = stories::Params {
        now: Some(args.input.reading.now().timestamp()),
        ranking: brief::ranking(&loaded.config.settings.ranking),
        ..stories::Params::default()
    };
    let stories = stories::group(&collection, &params);
    let ties = args.explain.then(|| stories::ties(&collection, &stories, &params));
    let told = admit(&collection, stories, ties, args.min_sources);
    if told.is_empty() && 1 < args.min_sources {
        output::say(&format!("no story has {} outlets", args.min_sources));
        return Ok(ExitCode::from(NOTHING));
    }
    let records = told.iter().map(|told| told.record(&collection));
    match args.to {
        ListFormat::Text => output::write(&args.output, &list(&collection, &told)),
        ListFormat::Json => output::write_json(&args.output, &records.collect::<Vec<_>>()),
        ListFormat::Jsonl => output::write_jsonl(&args.output, records),
    }
}

/// A story and, if explanations are requested, the ties between its articles.
struct Told {
    story: Story,
    ties: Option<Vec<Tie>>,
}

impl Told {
    fn record<'a>(&'a self, collection: &'a Collection) -> StoryRecord<'a> {
        let record = StoryRecord::new(collection, &self.story);
        match &self.ties {
            Some(ties) => record.explained(collection, &self.story, ties),
            None => record,
        }
    }
}

/// Removes stories with too few outlets and reports them.
fn admit(
    collection: &Collection,
    stories: Vec<Story>,
    ties: Option<Vec<Vec<Tie>>>,
    min_sources: usize,
) -> Vec<Told> {
    let ties: Vec<Option<Vec<Tie>>> = match ties {
        Some(ties) => ties.into_iter().map(Some).collect(),
        None => vec![None; stories.len()],
    };
    let told = stories.into_iter().zip(ties).map(|(story, ties)| Told { story, ties });
    let (kept, left): (Vec<Told>, Vec<Told>) =
        told.partition(|told| min_sources <= told.story.sources.len().max(1));
    for &article in left.iter().flat_map(|told| &told.story.articles) {
        let origin = &collection.articles[article].origin;
        output::say(&format!("{origin}: in a story of fewer than {min_sources} outlets"));
    }
    kept
}

fn list(collection: &Collection, told: &[Told]) -> String {
    let mut lines = Vec::new();
    for Told { story, ties } in told {
        lines.push(collection.articles[story.headline].title.clone());
        if ties.is_some() {
            lines.push(format!("  {}", rank(story)));
        }
        for &article in &story.articles {
            lines.push(format!("  {}", named(collection, article)));
            if let Some(ties) = ties {
                lines.extend(reason(collection, story, ties, article).map(|r| format!("    {r}")));
            }
        }
    }
    lines.join("\n")
}

fn named(collection: &Collection, article: ArticleIx) -> String {
    let article = &collection.articles[article];
    format!("{} ({})", article.title, article.outlet().unwrap_or(&article.origin))
}

/// The score as the sum of its parts, each a value times its weight.
fn rank(story: &Story) -> String {
    let parts = story.rank.parts.iter();
    let parts: Vec<String> =
        parts.map(|p| format!("{} {:.2} × {}", p.name, p.value, p.weight)).collect();
    format!("score {:.2} = {}", story.score.value(), parts.join(" + "))
}

/// Why an article is in its story: the words it shares with its nearest neighbour, or the article it is a copy of.
fn reason(
    collection: &Collection,
    story: &Story,
    ties: &[Tie],
    article: ArticleIx,
) -> Option<String> {
    if let Some(tie) = ties.iter().find(|tie| tie.article == article) {
        let words: Vec<String> =
            tie.terms.iter().map(|(term, part)| format!("{term} {part:.2}")).collect();
        let (nearest, words) = (named(collection, tie.nearest), words.join(", "));
        return Some(format!("{:.2} like {nearest}: {words}", tie.similarity));
    }
    let copies = story.duplicates.iter().find(|copies| copies.contains(&article))?;
    let leader = copies.first().filter(|leader| **leader != article)?;
    Some(format!("the same text as {}", named(collection, *leader)))
}
