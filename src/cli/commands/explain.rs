//! `nutgraf explain`: shows why each sentence and quote was chosen, and why the others were not.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use nutgraf::article::Published;
use nutgraf::briefing::explain::{Explained, ExplainedQuote, ExplainedSentence};
use nutgraf::briefing::{Briefing, Excerpt, Manifest, Params, model};
use nutgraf::config::Overrides;
use nutgraf::pipeline;
use nutgraf::summary::Explanation;

use crate::cli::args::{Input, ListFormat, Output, Reading};
use crate::cli::commands::{NOTHING, brief};
use crate::cli::{input, output, saved, settings};
use crate::warning::counted;

/// The maximum number of a score's terms that are shown; the others are summed.
const SHOWN_TERMS: usize = 6;

/// Show why each sentence and quote was chosen, and why the others were not.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf explain made.json               the briefing of a manifest, from its original sources
  nutgraf explain briefing.json articles/ a briefing: its own budget and time, other settings from nutgraf.toml
  nutgraf explain --words 200 articles/   the briefing that `brief` would make of these articles
  nutgraf explain -t json articles/       every part of every score

Score = gain × factors; the gain is the sum of its terms.")]
pub(crate) struct Args {
    /// A manifest from `brief --manifest` or a briefing from `brief -t json`, optionally followed by its sources; or
    /// articles.
    #[arg(value_name = "MANIFEST|BRIEFING|INPUT", required = true)]
    inputs: Vec<String>,
    /// Word budget [default: that of the given briefing, or as configured].
    #[arg(long, value_name = "N", help_heading = "Budget")]
    words: Option<usize>,
    /// Show only the sentences and quotes that were chosen.
    #[arg(long, help_heading = "Output")]
    chosen: bool,
    #[command(flatten)]
    reading: Reading,
    /// Format of the output.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: ListFormat,
    #[command(flatten)]
    output: Output,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.reading.config, Overrides::default())?;
    let configured = brief::params(&loaded.config.settings, &brief::Choices::default())?;
    let (earlier, named) = Earlier::among(&args.inputs)?;
    let mut params = match &earlier {
        Some(earlier) => earlier.params(configured),
        None => configured,
    };
    if earlier.is_some() && args.reading.now.is_some() {
        output::say("--now is ignored: a briefing or manifest has its own time");
    }
    params.words = args.words.unwrap_or(params.words);
    if params.words == 0 {
        bail!("--words 0: give a number above 0");
    }
    let now = earlier.as_ref().map_or_else(|| args.reading.now(), Earlier::generated);
    let inputs = match &earlier {
        Some(earlier) if named.is_empty() && args.reading.urls.is_empty() => earlier.inputs()?,
        _ => named.to_vec(),
    };
    let articles = input::articles(&Input { inputs, reading: args.reading.clone() })?;
    let articles = match &earlier {
        Some(Earlier::Manifest(manifest)) => saved::admitted(manifest, articles)?,
        _ => articles,
    };
    let (made, mut explained) = pipeline::explain(articles, &params, now);
    input::say_all(&made.warnings);
    if let Some(earlier) = earlier.filter(|e| args.words.is_none() && !e.is_told_by(&made.briefing))
    {
        output::say(&format!("{}: {}", args.inputs[0], earlier.differs()));
    }
    if args.chosen {
        for story in &mut explained.stories {
            story.sentences.retain(|s| s.chosen);
            story.quotes.retain(|q| q.chosen);
        }
    }
    if explained.stories.is_empty() && explained.left_out.is_empty() {
        output::say("nothing to explain: no articles");
        return Ok(ExitCode::from(NOTHING));
    }
    match args.to {
        ListFormat::Text => output::write(&args.output, &readable(&explained)),
        ListFormat::Json => output::write_json(&args.output, &explained),
        ListFormat::Jsonl => output::write_jsonl(&args.output, explained.stories.iter()),
    }
}

/// The saved briefing or manifest to explain.
enum Earlier {
    Briefing(Box<Briefing>),
    Manifest(Box<Manifest>),
}

impl Earlier {
    /// Reads the first file if it is a briefing or manifest, and returns it with the remaining names, which are inputs.
    fn among(names: &[String]) -> Result<(Option<Self>, &[String])> {
        let Some((first, rest)) = names.split_first() else { return Ok((None, names)) };
        let earlier = Self::load(Path::new(first))?;
        Ok(if earlier.is_some() { (earlier, rest) } else { (None, names) })
    }

    /// Reads a briefing or manifest; returns `None` for any other file, which is then read as articles. A file that
    /// declares itself a briefing or manifest must be valid.
    fn load(file: &Path) -> Result<Option<Self>> {
        let Some(text) = file.is_file().then(|| saved::text(file).ok()).flatten() else {
            return Ok(None);
        };
        Ok(match saved::schema(&text).as_deref() {
            Some(model::SCHEMA) => Some(Self::Briefing(Box::new(saved::briefing(file, &text)?))),
            Some(schema) if schema.starts_with("nutgraf/") => {
                Some(Self::Manifest(Box::new(saved::manifest(file, &text)?)))
            }
            _ => None,
        })
    }

    const fn generated(&self) -> Published {
        match self {
            Self::Briefing(briefing) => briefing.generated,
            Self::Manifest(manifest) => manifest.generated,
        }
    }

    /// Returns the recorded parameters. A briefing records only some of them; the others are taken from the
    /// configuration.
    fn params(&self, configured: Params) -> Params {
        match self {
            Self::Briefing(briefing) => Params {
                words: briefing.budget.unwrap_or(configured.words),
                sections: briefing.sections.clone(),
                ..configured
            },
            Self::Manifest(manifest) => manifest.settings.clone(),
        }
    }

    /// Returns the inputs that the manifest or briefing names, except web addresses, so that they can be read again.
    fn inputs(&self) -> Result<Vec<String>> {
        match self {
            Self::Briefing(briefing) => {
                saved::inputs(briefing.articles.iter().map(|a| a.origin.clone()))
            }
            Self::Manifest(manifest) => {
                saved::inputs(manifest.inputs.iter().map(|i| i.origin.clone()))
            }
        }
    }

    /// Returns whether a new briefing shows the same excerpts as the saved briefing, or is the one that the manifest
    /// records.
    fn is_told_by(&self, remade: &Briefing) -> bool {
        match self {
            Self::Briefing(briefing) => shown(briefing).eq(shown(remade)),
            Self::Manifest(manifest) => manifest.is_of(remade),
        }
    }

    /// Returns the message to show if the new briefing differs from the saved one.
    const fn differs(&self) -> &'static str {
        match self {
            Self::Briefing(_) => {
                "made from other articles or with other settings than the briefing explained here; the manifest of \
                 `brief --manifest` records both"
            }
            Self::Manifest(_) => {
                "the same inputs gave a different briefing here: another version wrote it, or the inputs are read in \
                 a different way"
            }
        }
    }
}

/// Returns the excerpts that a briefing shows, story by story.
fn shown(briefing: &Briefing) -> impl Iterator<Item = &Excerpt> {
    briefing.stories.iter().flat_map(|story| {
        let quotes = story.quotes.iter().flat_map(|q| &q.excerpts);
        story.summary.iter().map(|s| &s.excerpt).chain(quotes)
    })
}

fn readable(explained: &Explained) -> String {
    let mut text = String::new();
    for story in &explained.stories {
        text.push_str(&format!(
            "story {}: score {:.3}, {}\n",
            story.id,
            story.score,
            counted(story.words, "word")
        ));
        for sentence in &story.sentences {
            text.push_str(&sentence_lines(sentence));
        }
        for quote in &story.quotes {
            text.push_str(&quote_lines(quote));
        }
        text.push('\n');
    }
    for story in &explained.left_out {
        text.push_str(&format!(
            "left out, score {:.3}: {} ({})\n",
            story.score, story.headline, story.reason
        ));
    }
    text
}

fn sentence_lines(sentence: &ExplainedSentence) -> String {
    let mark = if sentence.chosen { '+' } else { '-' };
    let mut lines =
        format!("{mark} {}\n    {}\n", output::folded(&sentence.excerpt.text), sentence.reason);
    if let Some(other) = &sentence.redundant_with {
        lines.push_str(&format!("    already covered by: {}\n", output::folded(&other.text)));
    }
    if let Some(explanation) = &sentence.explanation {
        lines.push_str(&format!("    {}\n", formula(explanation)));
    }
    lines
}

/// Formats a score: the largest terms, the sum of the others, and the factors.
fn formula(explanation: &Explanation) -> String {
    let mut terms: Vec<&(String, f64)> = explanation.terms.iter().collect();
    terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut parts: Vec<String> = terms
        .iter()
        .take(SHOWN_TERMS)
        .map(|(name, weight)| format!("{name} {weight:.2}"))
        .collect();
    if terms.len() > SHOWN_TERMS {
        let rest: f64 = terms.iter().skip(SHOWN_TERMS).map(|(_, weight)| weight).sum();
        parts.push(format!("{} more {rest:.2}", terms.len() - SHOWN_TERMS));
    }
    let mut formula = format!("score {:.3} = ({})", explanation.score, parts.join(" + "));
    for (name, factor) in &explanation.factors {
        formula.push_str(&format!(" × {name} {factor:.3}"));
    }
    formula
}

fn quote_lines(quote: &ExplainedQuote) -> String {
    let mark = if quote.chosen { '+' } else { '-' };
    let words: Vec<String> = quote.excerpts.iter().map(|e| output::folded(&e.text)).collect();
    let speaker = quote.speaker.as_ref().map_or("an unknown speaker", |s| &s.name);
    let grade = quote.confidence.name();
    format!(
        "{mark} “{}” by {speaker}\n    {}; rule {}, confidence {grade}, weight {:.3}\n",
        words.join(" … "),
        quote.reason,
        quote.rule,
        quote.weight
    )
}
