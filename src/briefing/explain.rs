//! Why each story, sentence and quote of a briefing is in it, and why others are not.
//!
//! The choice is made again, and this time every sentence is asked what became of it. For a chosen one the terms sum to
//! the gain, the factors are listed, and their product is the score.

use serde::Serialize;

use crate::briefing::build::{StoryInput, share};
use crate::briefing::cite::Citer;
use crate::briefing::model::Excerpt;
use crate::briefing::params::Params;
use crate::briefing::planner::{StoryPlan, StoryPlanner};
use crate::quotes::{Confidence, KeyQuote, Speaker};
use crate::summary::{Explanation, SentenceRef, Verdict};
use crate::text::Collection;

/// Why a briefing is as it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    /// The stories told, in their order.
    pub stories: Vec<ExplainedStory>,
    /// The stories left out, in their order.
    pub left_out: Vec<LeftOutStory>,
}

/// Why a story is told as it is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedStory {
    /// The story's id.
    pub id: String,
    /// Its importance.
    pub score: f64,
    /// Its words.
    pub words: usize,
    /// Every sentence of its articles, and what became of it.
    pub sentences: Vec<ExplainedSentence>,
    /// Every quote, and what became of it.
    pub quotes: Vec<ExplainedQuote>,
}

/// What became of a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedSentence {
    /// The sentence.
    #[serde(flatten)]
    pub excerpt: Excerpt,
    /// Whether it is shown.
    pub chosen: bool,
    /// What became of it, in a few words.
    pub reason: String,
    /// The sentence of the summary that tells the same, where that is the reason.
    pub redundant_with: Option<Excerpt>,
    /// The parts of its score, where it was chosen.
    pub explanation: Option<Explanation>,
}

/// What became of a quote.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedQuote {
    /// Its parts.
    pub excerpts: Vec<Excerpt>,
    /// Whose words.
    pub speaker: Option<Speaker>,
    /// The rule behind the attribution, or why there is none.
    pub rule: String,
    /// How sure the rule is.
    pub confidence: Confidence,
    /// How much it deserves to be shown.
    pub weight: f64,
    /// Whether it is shown.
    pub chosen: bool,
    /// What became of it, in a few words.
    pub reason: String,
}

/// A story that is not told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LeftOutStory {
    /// The story's id.
    pub id: String,
    /// The title of its headline article.
    pub headline: String,
    /// Its importance.
    pub score: f64,
    /// Why.
    pub reason: String,
}

/// Explains the briefing that [`build`](crate::briefing::build()) makes of the same.
pub fn explain(collection: &Collection, materials: &[StoryInput], params: &Params) -> Explained {
    let all: Vec<&StoryInput> = materials.iter().collect();
    let (told, untold) = share(collection, &all, params);
    let citer = Citer::new(collection);
    let stories = told.iter().map(|(m, teller, telling)| story(&citer, m, teller, telling));
    let stories: Vec<ExplainedStory> = stories.collect();
    let full = params.stories.is_some_and(|most| stories.len() >= most);
    let left_out = untold.iter().map(|material| LeftOutStory {
        id: material.story.id.clone(),
        headline: citer.article(material.story.headline).title.clone(),
        score: material.story.score.value(),
        reason: if full { "enough stories are told" } else { "no room in the budget" }.to_owned(),
    });
    Explained { left_out: left_out.collect(), stories }
}

fn story(
    citer: &Citer<'_>,
    material: &StoryInput,
    teller: &StoryPlanner<'_>,
    telling: &StoryPlan,
) -> ExplainedStory {
    let quotes = teller.quotes.keys.iter().enumerate();
    let considered = teller.considered(telling);
    let verdict = |at: SentenceRef| {
        considered.binary_search_by_key(&at, |c| c.at).ok().map(|place| considered[place].verdict)
    };
    let told = |at| sentence(citer, teller, telling, at, verdict(at));
    ExplainedStory {
        id: material.story.id.clone(),
        score: material.story.score.value(),
        words: telling.words,
        sentences: teller.sentences().map(told).collect(),
        quotes: quotes.map(|(i, q)| quote(citer, teller, telling, i, q)).collect(),
    }
}

fn sentence(
    citer: &Citer<'_>,
    teller: &StoryPlanner<'_>,
    telling: &StoryPlan,
    at: SentenceRef,
    verdict: Option<Verdict>,
) -> ExplainedSentence {
    let chosen = telling.sentences.iter().find(|c| c.at == at);
    let told_by = chosen.is_none().then(|| teller.told_by(telling, at)).flatten();
    let reason = match (chosen, teller.why_never(at)) {
        (Some(_), _) => "chosen",
        (None, Some(reason)) => reason,
        (None, None) if told_by.is_some() => "told already",
        (None, None) => unfit(verdict).unwrap_or("others told more for their words"),
    };
    ExplainedSentence {
        excerpt: citer.sentence(at),
        chosen: chosen.is_some(),
        reason: reason.to_owned(),
        redundant_with: told_by.map(|other| citer.sentence(other)),
        explanation: chosen.map(|c| c.explanation.clone()),
    }
}

/// Returns what keeps a sentence out of every summary, not only of one as long as this.
fn unfit(verdict: Option<Verdict>) -> Option<&'static str> {
    match verdict? {
        Verdict::Chosen
        | Verdict::Redundant(_)
        | Verdict::OverBudget
        | Verdict::OverShare
        | Verdict::Filler
        | Verdict::Outranked => None,
        out @ (Verdict::Unfit(_)
        | Verdict::Leans(_)
        | Verdict::OtherDay
        | Verdict::NotProse
        | Verdict::NearCopy(_)) => Some(out.reason()),
    }
}

fn quote(
    citer: &Citer<'_>,
    teller: &StoryPlanner<'_>,
    telling: &StoryPlan,
    place: usize,
    quote: &KeyQuote,
) -> ExplainedQuote {
    let chosen = telling.quotes.contains(&place);
    ExplainedQuote {
        excerpts: quote.excerpts.iter().map(|p| citer.place(*p)).collect(),
        speaker: quote.speaker.clone(),
        rule: quote.rule.to_owned(),
        confidence: quote.confidence,
        weight: quote.weight.value(),
        chosen,
        reason: if chosen { "chosen" } else { teller.why_not(telling, quote) }.to_owned(),
    }
}
