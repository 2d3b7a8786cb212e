//! The sentences that stand for a story: features, weights, selection, order.
//!
//! ```text
//! Story ─▶ CandidateSet (candidates, leaning) ─▶ Objective (method, feature) ─▶ select ─▶ order ─▶ Extract
//! ```
//!
//! Law: within budget, no sentence twice, the order of the input irrelevant, the explanation sums to the score.

mod candidate_set;
mod concepts;
mod context_dependence;
mod definite_np;
mod explain;
mod feature;
mod filters;
mod marks;
mod method;
mod names;
mod order;
mod redundancy;
mod revise;
mod select;
mod temporal_deixis;
mod token_buffer;

use crate::article::ArticleIx;
use crate::budget::Budget;
use crate::score::Score;
use crate::span::Span;
use crate::stories::Story;
use crate::text::Collection;

pub use context_dependence::Leaning;
pub use explain::{Considered, Verdict, explain};
pub use filters::Unfit;

use candidate_set::CandidateSet;

/// How sentences are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Coverage of concepts for several articles, the centroid for one.
    #[default]
    Auto,
    /// TF-IDF centroid with position and maximal marginal relevance.
    TfIdf,
    /// LexRank over a sparse similarity graph.
    LexRank,
    /// The first sentences.
    Lead,
}

/// How to summarize; what is set for each story by itself is not written down.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Params {
    /// How sentences are chosen.
    pub method: Method,
    /// How much an early place in an article counts, from 0; nothing for the default of the method.
    pub lead_strength: Option<f64>,
    /// Words of the topic that the summary is bent towards; the first sentences stay the first.
    #[serde(skip)]
    pub topic: Option<String>,
    /// Sentences that must not be chosen, sorted.
    #[serde(skip)]
    pub without: Vec<SentenceRef>,
    /// At least so many articles are drawn on wherever the budget holds a sentence of each; two where nothing is
    /// said.
    #[serde(skip)]
    pub min_sources: Option<usize>,
    /// At most this share of the words of any one article is shown (fair use), in `(0, 1]`.
    #[serde(skip)]
    pub max_share: Option<f64>,
    /// Articles that nothing is taken from.
    #[serde(skip)]
    pub banned: Vec<ArticleIx>,
    /// Articles that at least one sentence is taken from wherever the budget allows.
    #[serde(skip)]
    pub pinned: Vec<ArticleIx>,
    /// Articles that count more than once, or less; 1 for all others.
    #[serde(skip)]
    pub weights: Vec<(ArticleIx, f64)>,
    /// Sentences that the reader has seen already: never chosen, and what they tell counts as told.
    #[serde(skip)]
    pub shown: Vec<SentenceRef>,
    /// Ranges that are shown beside the summary, as quotes: a sentence that shares a byte with one is not chosen.
    #[serde(skip)]
    pub quoted: Vec<(ArticleIx, Span)>,
}

/// A sentence by its place: which article, and which sentence of that article's document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceRef {
    /// The article.
    pub article: ArticleIx,
    /// The sentence of its document.
    pub sentence: usize,
}

/// The chosen sentences, in the order in which they read.
#[derive(Clone, Debug, Default)]
pub struct Extract {
    /// The sentences.
    pub sentences: Vec<Chosen>,
    /// What they cost together in the units of the budget.
    pub used: usize,
}

/// One chosen sentence.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Which sentence.
    pub at: SentenceRef,
    /// Its gain when it was chosen.
    pub score: Score,
    /// How the score came about.
    pub explanation: Explanation,
}

/// A score as a formula: the terms sum to the gain, the gain times the factors is the score.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// What counted, with its weight.
    pub terms: Vec<(String, f64)>,
    /// What the sum is multiplied by.
    pub factors: Vec<(String, f64)>,
    /// The score.
    pub score: f64,
}

impl Explanation {
    /// Returns the explanation of a score by its terms and factors.
    pub fn new(terms: Vec<(String, f64)>, factors: Vec<(String, f64)>) -> Self {
        let gain: f64 = terms.iter().map(|(_, value)| value).sum();
        let score = factors.iter().fold(gain, |product, (_, factor)| product * factor);
        Self { terms, factors, score: Score::new(score).value() }
    }
}

/// Chooses the sentences of a story within a budget.
///
/// An extract without sentences means that not even one sentence fits, or that there is none that can be shown.
pub fn summarize(
    collection: &Collection,
    story: &Story,
    budget: Budget,
    params: &Params,
) -> Extract {
    let pool = CandidateSet::new(collection, story, budget, params);
    let mut objective = method::objective(&pool, params);
    let revise::Composed { selection, ordered, .. } = revise::compose(&pool, objective.as_mut());
    let explanations = select::explain(&pool, objective.as_mut(), &selection);
    let chosen = |entry: usize| {
        let explanation = explanations[selection.binary_search(&entry).unwrap_or(0)].clone();
        let score = Score::new(explanation.score);
        Chosen { at: pool.entries[entry].at, score, explanation }
    };
    Extract {
        sentences: ordered.into_iter().map(chosen).collect(),
        used: pool.room.used(selection.iter().map(|&e| pool.entries[e].cost).sum()),
    }
}
