//! `nutgraf explain`: why each sentence and quote was chosen, and why the others were not.

use std::process::ExitCode;

use anyhow::{Result, bail};
use nutgraf::briefing::Briefing;
use nutgraf::briefing::explain::{Explained, ExplainedQuote, ExplainedSentence};
use nutgraf::config::Overrides;
use nutgraf::pipeline;
use nutgraf::summary::Explanation;

use crate::cli::args::{Input, ListFormat, Output, Reading};
use crate::cli::commands::{NOTHING, brief, verify};
use crate::cli::settings::{self, ConfigArgs};
use crate::cli::{input, output};

/// Terms of a score that people are shown; the rest are summed up.
const SHOWN_TERMS: usize = 6;

/// Show why each sentence and quote was chosen, and why the others were not.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf explain briefing.json           a briefing, its sources read from where they were
  nutgraf explain --words 200 articles/   the briefing that `brief` would make of the same
  nutgraf explain -t json articles/       every part of every score

The terms of a score sum to the gain; the gain times the factors is the score.")]
pub(crate) struct Args {
    /// A briefing made with `brief -t json`, or articles.
    #[arg(value_name = "BRIEFING|INPUT", required = true)]
    inputs: Vec<String>,
    /// Words of the briefing; those of the briefing given, or as configured.
    #[arg(long, value_name = "N", help_heading = "Budget")]
    words: Option<usize>,
    /// Only what was chosen.
    #[arg(long, help_heading = "Output")]
    chosen: bool,
    #[command(flatten)]
    reading: Reading,
    /// Format of the output.
    #[arg(short, long, value_name = "FORMAT", default_value = "text", help_heading = "Output")]
    to: ListFormat,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    config: ConfigArgs,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.config, Overrides::default())?;
    let briefing = briefing(&args.inputs);
    let mut params = brief::params(&loaded.config.settings, &brief::Choices::default())?;
    let budget = briefing.as_ref().and_then(|b| b.budget);
    params.words = args.words.or(budget).unwrap_or(params.words);
    if params.words == 0 {
        bail!("--words 0: give a number above 0");
    }
    let now = briefing.as_ref().map_or_else(|| args.reading.now(), |b| b.generated);
    let inputs = briefing.as_ref().map_or_else(|| args.inputs.clone(), verify::origins);
    let articles = input::articles(&Input { inputs, reading: args.reading.clone() })?;
    let mut explained = pipeline::explain(articles, &params, now);
    if args.chosen {
        for story in &mut explained.stories {
            story.sentences.retain(|s| s.chosen);
            story.quotes.retain(|q| q.chosen);
        }
    }
    if explained.stories.is_empty() && explained.left_out.is_empty() {
        output::say("nothing to explain: no article");
        return Ok(ExitCode::from(NOTHING));
    }
    match args.to {
        ListFormat::Text => output::write(&args.output, &readable(&explained)),
        ListFormat::Json => output::write_json(&args.output, &explained),
        ListFormat::Jsonl => output::write_jsonl(&args.output, explained.stories.iter()),
    }
}

/// The briefing that was named, where a single file is one.
fn briefing(inputs: &[String]) -> Option<Briefing> {
    let [only] = inputs else { return None };
    let text = std::fs::read_to_string(only).ok()?;
    serde_json::from_str(&text).ok()
}

fn readable(explained: &Explained) -> String {
    let mut text = String::new();
    for story in &explained.stories {
        text.push_str(&format!(
            "story {}: score {:.3}, {} words\n",
            story.id, story.score, story.words
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
        lines.push_str(&format!("    told already by: {}\n", output::folded(&other.text)));
    }
    if let Some(explanation) = &sentence.explanation {
        lines.push_str(&format!("    {}\n", formula(explanation)));
    }
    lines
}

/// A score as its formula: the heaviest terms, the sum of the others, and the factors.
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
    let speaker = quote.speaker.as_ref().map_or("nobody", |s| &s.name);
    let grade = format!("{:?}", quote.confidence).to_lowercase();
    format!(
        "{mark} “{}” by {speaker}\n    {}; rule {}, confidence {grade}, weight {:.3}\n",
        words.join(" … "),
        quote.reason,
        quote.rule,
        quote.weight
    )
}
