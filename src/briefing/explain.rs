//! Explains why each story, sentence and quote is or is not in a briefing.
//!
//! The explanation repeats the selection and records the decision about every sentence. For a chosen sentence the terms
//! sum to the gain, and the gain times the factors is the score.

use serde::Serialize;

use crate::briefing::cite::Citer;
use crate::briefing::model::Excerpt;
use crate::briefing::plan::Plan;
use crate::briefing::planner::{StoryPlan, StoryPlanner};
use crate::briefing::reason::Reason;
use crate::quotes::{Confidence, KeyQuote, Speaker};
use crate::summary::{Explanation, SentenceRef, Verdict};
use crate::text::Collection;

/// The explanation of a briefing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    /// The stories shown, in the order of the briefing.
    pub stories: Vec<ExplainedStory>,
    /// The stories left out, in the order in which they were considered.
    pub left_out: Vec<UnshownStory>,
}

/// The explanation of a story.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedStory {
    /// The story's id.
    pub id: String,
    /// Its importance.
    pub score: f64,
    /// Its number of words.
    pub words: usize,
    /// The decision about every sentence of its articles.
    pub sentences: Vec<ExplainedSentence>,
    /// The decision about every quote.
    pub quotes: Vec<ExplainedQuote>,
}

/// The decision about a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedSentence {
    /// The sentence.
    #[serde(flatten)]
    pub excerpt: Excerpt,
    /// Whether it is shown.
    pub chosen: bool,
    /// Whether it is shown, and if not, why.
    pub reason: Reason,
    /// The first sentence of the summary that contains at least half of this sentence's content words, if there is one
    /// and this sentence is not shown.
    pub redundant_with: Option<Excerpt>,
    /// The terms and factors of its score, if it was chosen.
    pub explanation: Option<Explanation>,
}

/// The decision about a quote.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExplainedQuote {
    /// The excerpts of which it consists.
    pub excerpts: Vec<Excerpt>,
    /// The speaker.
    pub speaker: Option<Speaker>,
    /// The rule behind the attribution, or the reason why there is none.
    pub rule: String,
    /// How certain the attribution is.
    pub confidence: Confidence,
    /// How much the quote deserves to be shown.
    pub weight: f64,
    /// Whether it is shown.
    pub chosen: bool,
    /// Whether it is shown, and if not, why.
    pub reason: Reason,
}

/// A story that is not shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct UnshownStory {
    /// The story's id.
    pub id: String,
    /// The title of the article that gives the story its headline.
    pub headline: String,
    /// Its importance.
    pub score: f64,
    /// The reason.
    pub reason: Reason,
}

/// Explains a plan.
pub fn explain(collection: &Collection, plan: &Plan<'_>) -> Explained {
    let citer = Citer::new(collection);
    let stories = plan.stories.iter().map(|(planner, plan)| story(&citer, planner, plan));
    Explained { left_out: unshown(collection, plan), stories: stories.collect() }
}

/// Returns the stories that a plan leaves out, and why.
pub fn unshown(collection: &Collection, plan: &Plan<'_>) -> Vec<UnshownStory> {
    let left_out = plan.left_out.iter().map(|(story, reason)| UnshownStory {
        id: story.id.clone(),
        headline: collection.articles[story.headline].title.clone(),
        score: story.score.value(),
        reason: reason.clone(),
    });
    left_out.collect()
}

fn story(citer: &Citer<'_>, planner: &StoryPlanner<'_>, plan: &StoryPlan) -> ExplainedStory {
    let quotes = planner.quotes.keys.iter().enumerate();
    let considered = planner.considered(plan);
    let verdict = |at: SentenceRef| {
        considered.binary_search_by_key(&at, |c| c.at).ok().map(|place| considered[place].verdict)
    };
    let told = |at| sentence(citer, planner, plan, at, verdict(at));
    ExplainedStory {
        id: planner.story().id.clone(),
        score: planner.story().score.value(),
        words: plan.words,
        sentences: planner.sentences().map(told).collect(),
        quotes: quotes.map(|(i, q)| quote(citer, planner, plan, i, q)).collect(),
    }
}

fn sentence(
    citer: &Citer<'_>,
    planner: &StoryPlanner<'_>,
    plan: &StoryPlan,
    at: SentenceRef,
    verdict: Option<Verdict>,
) -> ExplainedSentence {
    let chosen = plan.sentences.iter().find(|c| c.at == at);
    let told_by = chosen.is_none().then(|| planner.told_by(plan, at)).flatten();
    let reason = if chosen.is_some() {
        Reason::Chosen
    } else if let Some(reason) = planner.why_never(at) {
        reason
    } else if told_by.is_some() {
        Reason::AlreadyTold
    } else {
        planner.why_dropped(plan, at).or_else(|| unused(verdict)).unwrap_or(Reason::Outranked)
    };
    ExplainedSentence {
        excerpt: citer.sentence(at),
        chosen: chosen.is_some(),
        reason,
        redundant_with: told_by.map(|other| citer.sentence(other)),
        explanation: chosen.map(|c| c.explanation.clone()),
    }
}

/// Returns why the summary rejected a sentence, or `None` if the sentence was chosen or merely outranked.
fn unused(verdict: Option<Verdict>) -> Option<Reason> {
    match verdict? {
        Verdict::Chosen | Verdict::Outranked => None,
        Verdict::Redundant(_) => Some(Reason::AlreadyTold),
        out @ (Verdict::Unfit(_)
        | Verdict::Leans(_)
        | Verdict::OtherDay
        | Verdict::OverBudget
        | Verdict::OverShare
        | Verdict::Filler
        | Verdict::NotProse
        | Verdict::NearCopy(_)) => Some(Reason::Unfit(out)),
    }
}

fn quote(
    citer: &Citer<'_>,
    planner: &StoryPlanner<'_>,
    plan: &StoryPlan,
    place: usize,
    quote: &KeyQuote,
) -> ExplainedQuote {
    let chosen = plan.quotes.contains(&place);
    ExplainedQuote {
        excerpts: quote.excerpts.iter().map(|p| citer.place(*p)).collect(),
        speaker: quote.speaker.clone(),
        rule: quote.rule.to_owned(),
        confidence: quote.confidence,
        weight: quote.weight.value(),
        chosen,
        reason: if chosen { Reason::Chosen } else { planner.why_not(plan, quote) },
    }
}
