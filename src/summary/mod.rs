//! Extractive summaries: features, weights, selection, order.
//!
//! ```text
//! Story ─▶ CandidateSet (sentences, concepts, filters)          once for a story
//! CandidateSet + Budget + Constraints ─▶ Problem ─▶ Objective (method, feature) ─▶ select ─▶ order ─▶ Extract
//! ```
//!
//! Invariants: a summary stays within the budget and contains no sentence twice; it does not depend on the order of the
//! input; the terms and factors of an explanation multiply out to the score.

mod candidate_set;
mod cohesion;
mod concepts;
mod context_dependence;
mod definite_np;
mod explain;
mod feature;
mod filters;
mod interview;
mod lede;
mod method;
mod names;
mod order;
mod problem;
mod redundancy;
mod revise;
mod select;
mod temporal_deixis;
mod token_buffer;

use crate::article::ArticleIx;
use crate::budget::Budget;
use crate::language::Language;
use crate::score::Score;
use crate::stories::Story;
use crate::text::Collection;

pub use candidate_set::CandidateSet;
pub use context_dependence::Leaning;
pub use explain::{Considered, Verdict, explain};
pub use filters::Unfit;
pub use problem::Constraints;

use problem::Problem;
use token_buffer::Wording;

/// Returns whether a quoted sentence can be understood only after the one before it: `That was a reason to go.`
pub(crate) fn depends_in_speech(sentence: &str, language: Language) -> bool {
    context_dependence::depends_in_speech(sentence, &mut Wording::new(language))
}

/// Returns whether a quoted sentence continues from the one before it: `And then we left.`
pub(crate) fn continues_in_speech(sentence: &str, language: Language) -> bool {
    context_dependence::continues_in_speech(sentence, &mut Wording::new(language))
}

/// The method that selects the sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Coverage of concepts; the lede is chosen first.
    #[default]
    Auto,
    /// TF-IDF centroid with position and maximal marginal relevance.
    TfIdf,
    /// LexRank over a sparse similarity graph.
    LexRank,
    /// The first sentences of each article.
    Lead,
}

/// The parameters of a summary, exported at the crate root as `SummaryParams`.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Params {
    /// The method that selects the sentences. Default: [`Method::Auto`].
    pub method: Method,
    /// The strength of the preference for sentences early in an article, 0 or more. Default: `None`, for the method's
    /// own strength.
    pub lead_strength: Option<f64>,
}

/// A sentence, identified by its article and its index in that article's document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceRef {
    /// The article.
    pub article: ArticleIx,
    /// The index of the sentence in the article's document.
    pub sentence: usize,
}

/// The chosen sentences, in reading order.
#[derive(Clone, Debug, Default)]
pub struct Extract {
    /// The sentences.
    pub sentences: Vec<Chosen>,
    /// Their total cost, in units of the budget.
    pub used: usize,
}

/// One chosen sentence.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The sentence.
    pub at: SentenceRef,
    /// Its gain if the chosen sentences are taken one by one, the most valuable first.
    pub score: Score,
    /// How the score was computed.
    pub explanation: Explanation,
}

/// A score as a formula: the terms sum to the gain, and the gain times the factors is the score.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// The terms, each with its value.
    pub terms: Vec<(String, f64)>,
    /// The factors by which the sum of the terms is multiplied.
    pub factors: Vec<(String, f64)>,
    /// The score.
    pub score: f64,
}

impl Explanation {
    /// Computes the score from its terms and factors.
    pub fn new(terms: Vec<(String, f64)>, factors: Vec<(String, f64)>) -> Self {
        let gain: f64 = terms.iter().map(|(_, value)| value).sum();
        let score = factors.iter().fold(gain, |product, (_, factor)| product * factor);
        Self { terms, factors, score: Score::new(score).value() }
    }
}

/// Chooses sentences of a story within a budget, without constraints.
///
/// For several budgets, or with constraints, build the [`CandidateSet`] once and call [`solve`].
pub fn summarize(
    collection: &Collection,
    story: &Story,
    budget: Budget,
    params: &Params,
) -> Extract {
    let set = CandidateSet::new(collection, story, params, None);
    solve(&set, budget, &Constraints::default())
}

/// Returns the sentence that reports the event of the headline, if one fits the budget and the constraints, or the lede
/// that the constraints name.
pub fn lede(
    set: &CandidateSet<'_>,
    budget: Budget,
    constraints: &Constraints,
) -> Option<SentenceRef> {
    Problem::new(set, budget, constraints).lede.map(|candidate| set.candidates[candidate].at)
}

/// Chooses sentences of a candidate set within a budget and under constraints.
///
/// The extract is empty if no sentence fits, or if none may be shown.
pub fn solve(set: &CandidateSet<'_>, budget: Budget, constraints: &Constraints) -> Extract {
    let problem = Problem::new(set, budget, constraints);
    let mut objective = method::objective(&problem);
    let revise::Composed { selection, ordered, .. } = revise::compose(&problem, objective.as_mut());
    let explanations = select::explain(&problem, objective.as_mut(), &selection);
    let chosen = |candidate: usize| {
        let explanation = explanations[selection.binary_search(&candidate).unwrap_or(0)].clone();
        let score = Score::new(explanation.score);
        Chosen { at: set.candidates[candidate].at, score, explanation }
    };
    Extract {
        sentences: ordered.into_iter().map(chosen).collect(),
        used: problem.room.used(selection.iter().map(|&c| problem.costs[c]).sum()),
    }
}
