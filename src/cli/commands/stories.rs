//! `nutgraf stories`: groups the articles that report the same event.

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use nutgraf::article::{self, ArticleIx};
use nutgraf::config::Overrides;
use nutgraf::json::StoryRecord;
use nutgraf::parallel;
use nutgraf::read::{self, Fate, Key};
use nutgraf::stories::{self, Background, Params, Sketch, Story, Tie};
use nutgraf::text::Collection;

use crate::cli::args::{Input, ListFormat, Output, Reading};
use crate::cli::commands::{NOTHING, brief};
use crate::cli::{input, output, settings, sketches};

/// Show which articles cover the same event.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf stories articles/              which articles cover the same event
  nutgraf stories --explain articles/    and why: how a story ranks, and what holds it together
  nutgraf stories -t jsonl articles/     one JSON object per story
  nutgraf stories --sketches *.jsonl     the same from the output of `nutgraf sketch`")]
pub(crate) struct Args {
    /// Files, folders, globs, web addresses, or - for standard input.
    #[arg(value_name = "INPUT", required_unless_present_any = ["urls", "sketches"])]
    inputs: Vec<String>,
    #[command(flatten)]
    reading: Reading,
    /// Files of sketches, instead of articles; all of them are grouped together.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["inputs", "urls", "explain"])]
    sketches: Vec<PathBuf>,
    /// Minimum number of outlets per story.
    #[arg(long, value_name = "N", default_value_t = 1, help_heading = "Selection")]
    min_sources: usize,
    /// Show the parts of each story's rank, and the words that tie each article to the others.
    #[arg(long, help_heading = "Output")]
    explain: bool,
    /// Format of the output.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: ListFormat,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.reading.config, Overrides::default())?;
    let params = Params {
        now: Some(args.reading.now().timestamp()),
        ranking: brief::ranking(&loaded.config.settings.ranking),
        ..Params::default()
    };
    let (articles, ties) = grouped(args, &params)?;
    let told = admit(&articles, ties, args.min_sources);
    if told.is_empty() && 1 < args.min_sources {
        output::say(&format!("no story has {} outlets", args.min_sources));
        return Ok(ExitCode::from(NOTHING));
    }
    let records = told.iter().map(|told| told.record(&articles));
    match args.to {
        ListFormat::Text => output::write(&args.output, &list(&articles, &told)),
        ListFormat::Json => output::write_json(&args.output, &records.collect::<Vec<_>>()),
        ListFormat::Jsonl => output::write_jsonl(&args.output, records),
    }
}

/// Reads, sorts and groups the articles, and returns them with their stories.
fn grouped(args: &Args, params: &Params) -> Result<(Articles, Vec<Told>)> {
    let input = Input { inputs: args.inputs.clone(), reading: args.reading.clone() };
    if args.explain {
        // Explanations need the texts, because only they contain the words that tie articles together.
        let mut read = input::articles(&input)?;
        article::sort(&mut read);
        let origins = read.iter().map(|article| article.origin.as_str().into()).collect();
        let collection = Collection::build(read);
        let mut articles = Articles { sketches: stories::sketches(&collection), origins };
        let stories = articles.group(params);
        let ties = stories::ties(&collection, &stories, params);
        let told = stories.into_iter().zip(ties);
        let told = told.map(|(story, ties)| Told { story, ties: Some(ties) }).collect();
        return Ok((articles, told));
    }
    let mut articles = if args.sketches.is_empty() {
        Articles::from_input(&input)?
    } else {
        Articles::from_sketches(sketches::load(&args.sketches)?)
    };
    let told = articles.group(params).into_iter().map(|story| Told { story, ties: None });
    let told = told.collect();
    Ok((articles, told))
}

/// The articles to group, as sketches, which do not contain the texts.
struct Articles {
    sketches: Vec<Sketch>,
    /// The input that each article was read from.
    origins: Vec<Arc<str>>,
}

impl Articles {
    fn from_input(input: &Input) -> Result<Self> {
        let mut sketches: Vec<Sketch> = Vec::new();
        let mut origins: Vec<Arc<str>> = Vec::new();
        let mut hashes = Vec::new();
        input::pieces(input, false, |read| {
            let made = parallel::map_in_order(&read.articles, |article| {
                (Sketch::from_article(article), read::text_hash(article))
            });
            for (article, (sketch, hash)) in read.articles.iter().zip(made) {
                let last = origins.last().filter(|last| ***last == *article.origin);
                origins.push(last.map_or_else(|| article.origin.as_str().into(), Arc::clone));
                sketches.push(sketch);
                hashes.push(hash);
            }
            Ok(())
        })?;
        let keys: Vec<Key<'_>> = sketches
            .iter()
            .zip(&origins)
            .map(|(sketch, origin)| Key { id: sketch.id(), origin })
            .collect();
        let (fates, warnings) = read::settle(&keys, |n| hashes[n]);
        input::say_all(&warnings);
        let settled = sketches.into_iter().zip(origins).zip(fates);
        let settled = settled.filter_map(|((sketch, origin), fate)| match fate {
            Fate::Kept => Some((sketch, origin)),
            Fate::Renamed(id) => Some((sketch.with_id(id), origin)),
            Fate::Joined(_) => None,
        });
        Ok(Self::sorted(settled.collect()))
    }

    /// Uses the id of each article in place of its input, which is unknown.
    fn from_sketches(sketches: Vec<Sketch>) -> Self {
        let origin = |sketch: Sketch| {
            let origin = sketch.id().as_str().into();
            (sketch, origin)
        };
        Self::sorted(sketches.into_iter().map(origin).collect())
    }

    fn sorted(mut articles: Vec<(Sketch, Arc<str>)>) -> Self {
        articles.sort_by(|(a, _), (b, _)| a.compare(b));
        let (sketches, origins) = articles.into_iter().unzip();
        Self { sketches, origins }
    }

    fn group(&mut self, params: &Params) -> Vec<Story> {
        stories::group_in_place(&mut self.sketches, &Background::default(), params)
    }

    fn named(&self, article: ArticleIx) -> String {
        let sketch = &self.sketches[article];
        format!("{} ({})", sketch.title(), sketch.outlet().unwrap_or(&self.origins[article]))
    }
}

/// A story and, if explanations are requested, the ties between its articles.
struct Told {
    story: Story,
    ties: Option<Vec<Tie>>,
}

impl Told {
    fn record<'a>(&'a self, articles: &'a Articles) -> StoryRecord<'a> {
        let record = StoryRecord::new(&articles.sketches, &self.story);
        match &self.ties {
            Some(ties) => record.explained(&articles.sketches, &self.story, ties),
            None => record,
        }
    }
}

/// Removes stories with too few outlets, and reports their articles.
fn admit(articles: &Articles, told: Vec<Told>, min_sources: usize) -> Vec<Told> {
    let (kept, left): (Vec<Told>, Vec<Told>) =
        told.into_iter().partition(|told| min_sources <= told.story.sources.len().max(1));
    for &article in left.iter().flat_map(|told| &told.story.articles) {
        let origin = &articles.origins[article];
        output::say(&format!(
            "{origin}: left out, because its story has fewer than {min_sources} outlets"
        ));
    }
    kept
}

fn list(articles: &Articles, told: &[Told]) -> String {
    let mut lines = Vec::new();
    for Told { story, ties } in told {
        lines.push(articles.sketches[story.headline].title().to_owned());
        if ties.is_some() {
            lines.push(format!("  {}", rank(story)));
        }
        for &article in &story.articles {
            lines.push(format!("  {}", articles.named(article)));
            if let Some(ties) = ties {
                lines.extend(reason(articles, story, ties, article).map(|r| format!("    {r}")));
            }
        }
    }
    lines.join("\n")
}

/// Formats the score as the sum of its parts, each a value times its weight.
fn rank(story: &Story) -> String {
    let parts = story.rank.parts.iter();
    let parts: Vec<String> =
        parts.map(|p| format!("{} {:.2} × {}", p.name, p.value, p.weight)).collect();
    format!("score {:.2} = {}", story.score.value(), parts.join(" + "))
}

/// Explains why an article is in its story: it shares words with its nearest neighbor, or it is a copy of another
/// article. Returns `None` if neither is the case.
fn reason(articles: &Articles, story: &Story, ties: &[Tie], article: ArticleIx) -> Option<String> {
    if let Some(tie) = ties.iter().find(|tie| tie.article == article) {
        let words: Vec<String> =
            tie.terms.iter().map(|(term, part)| format!("{term} {part:.2}")).collect();
        let (nearest, words) = (articles.named(tie.nearest), words.join(", "));
        return Some(format!("similarity {:.2} to {nearest}: {words}", tie.similarity));
    }
    let copies = story.duplicates.iter().find(|copies| copies.contains(&article))?;
    let leader = copies.first().filter(|leader| **leader != article)?;
    Some(format!("the same text as {}", articles.named(*leader)))
}
