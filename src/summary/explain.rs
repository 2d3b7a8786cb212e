//! Explains why each sentence of a story was or was not chosen.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::ArticleIx;
use crate::budget::Budget;
use crate::summary::candidate_set::CandidateSet;
use crate::summary::context_dependence::Leaning;
use crate::summary::filters::Unfit;
use crate::summary::method;
use crate::summary::problem::{Constraints, Problem};
use crate::summary::redundancy::repeats;
use crate::summary::revise::compose;
use crate::summary::{Explanation, SentenceRef, select};

/// A sentence and the decision about it.
#[derive(Clone, Debug)]
pub struct Considered {
    /// The sentence.
    pub at: SentenceRef,
    /// The decision.
    pub verdict: Verdict,
    /// How the score of a chosen sentence was computed; for any other candidate, the gain that it would add to the
    /// summary. Empty for a sentence that is not prose or is in a near-copy.
    pub explanation: Explanation,
}

/// The decision about a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is in the summary.
    Chosen,
    /// It is unfit for a summary, or the constraints exclude it.
    Unfit(Unfit),
    /// It depends on a sentence that cannot be shown before it.
    Leans(Leaning),
    /// The given sentence of the summary contains most of its content.
    Redundant(SentenceRef),
    /// Its day words ("yesterday") must be resolved relative to a different date than those of an adjacent sentence.
    OtherDay,
    /// It is longer than the whole budget.
    OverBudget,
    /// It would exceed the limit on the words shown from its article.
    OverShare,
    /// It adds almost nothing, or has almost nothing in common with the rest of the summary.
    Filler,
    /// Other sentences add more for their cost.
    Outranked,
    /// It is a heading or other text that is not prose.
    NotProse,
    /// Its article is a near-copy of the given one, which represents it.
    NearCopy(ArticleIx),
}

impl Verdict {
    /// Describes the verdict in words.
    pub const fn reason(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Unfit(unfit) => unfit.reason(),
            Self::Leans(leaning) => leaning.reason(),
            Self::Redundant(_) => "repeats a sentence that is shown",
            Self::OtherDay => "its relative days count from another date",
            Self::OverBudget => "over the budget",
            Self::OverShare => "enough of its article is shown",
            Self::Filler => "adds too little",
            Self::Outranked => "others add more for their cost",
            Self::NotProse => "a heading",
            Self::NearCopy(_) => "in a near-copy",
        }
    }
}

/// The minimum gain that a sentence must add to the selection, as a share of the gain that it would have alone; a
/// sentence that adds less is redundant.
const LEAST_NEW: f64 = 0.5;

/// Chooses sentences as [`solve`](crate::summary::solve) does, and returns the verdict on every sentence of the story,
/// sorted by article id and position.
pub fn explain(
    set: &CandidateSet<'_>,
    budget: Budget,
    constraints: &Constraints,
) -> Vec<Considered> {
    let problem = Problem::new(set, budget, constraints);
    let mut objective = method::objective(&problem);
    let composed = compose(&problem, objective.as_mut());
    let told = select::explain(&problem, objective.as_mut(), &composed.selection);
    let new: Vec<f64> = (0..set.candidates.len()).map(|e| objective.gain(e)).collect();
    let explained: Vec<Explanation> =
        (0..set.candidates.len()).map(|e| objective.explain(e)).collect();
    select::give_back(objective.as_mut(), &composed.selection);
    let nearest = nearest(set, &composed.selection);
    let mut words = vec![0; set.articles.len()];
    for &entry in &composed.selection {
        words[set.candidates[entry].slice] += set.candidates[entry].words;
    }
    let used: usize = composed.selection.iter().map(|&entry| problem.costs[entry]).sum();
    let greatest = told.iter().map(|t| t.score).fold(0.0, f64::max);
    let repeated = |entry: usize| {
        composed.selection.iter().copied().find(|&chosen| repeats(set, entry, chosen))
    };
    let mut considered = Vec::new();
    for (entry, (e, explanation)) in set.candidates.iter().zip(explained).enumerate() {
        let is_redundant = new[entry] < LEAST_NEW * objective.gain(entry);
        let (verdict, explanation) = if let Ok(at) = composed.selection.binary_search(&entry) {
            (Verdict::Chosen, told[at].clone())
        } else if let Some(unfit) = problem.unfit(entry) {
            (Verdict::Unfit(unfit), explanation)
        } else if composed.misleading.contains(&entry) {
            (Verdict::OtherDay, explanation)
        } else if let Some(by) = repeated(entry).or(nearest[entry].filter(|_| is_redundant)) {
            (Verdict::Redundant(set.candidates[by].at), explanation)
        } else if let Some(leaning) = e.leaning.filter(|_| !problem.is_offered(entry)) {
            (Verdict::Leans(leaning), explanation)
        } else if problem.costs[entry] > problem.room.limit {
            (Verdict::OverBudget, explanation)
        } else if words[e.slice] + e.words > problem.most_words[e.slice] {
            (Verdict::OverShare, explanation)
        } else if new[entry] < objective.least_share(e.words) * greatest
            || used + problem.cost_with_context(entry, &composed.selection) <= problem.room.limit
        {
            // The sentence adds too little, or it would fit but has too little in common with the rest of the summary.
            (Verdict::Filler, explanation)
        } else {
            (Verdict::Outranked, explanation)
        };
        considered.push(Considered { at: e.at, verdict, explanation });
    }
    considered.extend(outside(set));
    let id = |c: &Considered| &set.collection.articles[c.at.article].id;
    considered.sort_by(|a, b| id(a).cmp(id(b)).then(a.at.cmp(&b.at)));
    considered
}

/// Returns, for each entry, the other chosen entry that shares the most concepts with it; `None` if none shares any.
fn nearest(set: &CandidateSet<'_>, selection: &[usize]) -> Vec<Option<usize>> {
    let mut tellers: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for &entry in selection {
        for &concept in set.concepts.in_sentence(entry) {
            tellers.entry(concept).or_default().push(entry);
        }
    }
    let most_shared = |entry: usize| {
        let told = set.concepts.in_sentence(entry).iter().filter_map(|c| tellers.get(c)).flatten();
        let mut shared: Vec<usize> = told.copied().filter(|&t| t != entry).collect();
        shared.sort_unstable();
        let runs = shared.chunk_by(|a, b| a == b).map(|run| (run.len(), run[0]));
        runs.reduce(|best, next| if next.0 > best.0 { next } else { best }).map(|(_, t)| t)
    };
    (0..set.candidates.len()).map(most_shared).collect()
}

/// Returns the sentences that were never in the candidate set: those that are not prose, and those of near-copies.
fn outside(set: &CandidateSet<'_>) -> Vec<Considered> {
    let collection = set.collection;
    let mut considered = Vec::new();
    let in_pool: FxHashSet<ArticleIx> = set.articles.iter().map(|s| s.article).collect();
    for &article in &set.members {
        let independent = in_pool.contains(&article);
        let group = set.near_copies.iter().find(|g| g.contains(&article));
        let blocks = &collection.articles[article].blocks;
        for (sentence, s) in collection.corpus.documents[article].sentences.iter().enumerate() {
            let is_prose = blocks.get(s.block as usize).is_some_and(|b| b.kind.is_prose());
            let verdict = match group.and_then(|g| g.first()) {
                Some(&first) if !independent => Verdict::NearCopy(first),
                _ if !is_prose => Verdict::NotProse,
                _ => continue,
            };
            let at = SentenceRef { article, sentence };
            considered.push(Considered { at, verdict, explanation: Explanation::default() });
        }
    }
    considered
}
