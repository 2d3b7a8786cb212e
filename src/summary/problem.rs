//! The input of one call of [`solve`](crate::summary::solve): a candidate set with a budget and constraints.
//!
//! Everything that differs between calls is here, so that the candidate set itself never changes.

use rustc_hash::FxHashSet;

use crate::article::ArticleIx;
use crate::budget::Budget;
use crate::span::Span;
use crate::summary::SentenceRef;
use crate::summary::candidate_set::CandidateSet;
use crate::summary::cohesion;
use crate::summary::filters::Unfit;
use crate::summary::lede;

/// The constraints on one summary besides its budget.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// The sentence to use as the lede; by default the one that [`lede`](fn@crate::summary::lede) finds.
    /// [`Method::Auto`](crate::summary::Method::Auto) chooses it if it fits. If it is chosen and the story has several
    /// articles, the summary begins with it.
    pub lede: Option<SentenceRef>,
    /// Sentences that must not be chosen, sorted.
    pub without: Vec<SentenceRef>,
    /// Articles that are excluded.
    pub banned: Vec<ArticleIx>,
    /// Articles from which at least one sentence is taken if the budget allows it.
    pub pinned: Vec<ArticleIx>,
    /// Sentences that the reader has already seen: they are never chosen, and their concepts count as covered.
    pub shown: Vec<SentenceRef>,
    /// Ranges that are shown beside the summary as quotes. A sentence that overlaps one of them is not chosen.
    pub quoted: Vec<(ArticleIx, Span)>,
    /// Other versions of the quotes beside the summary. A sentence that overlaps one of these versions is not chosen.
    pub versions: Vec<(ArticleIx, Span)>,
    /// The minimum number of articles to use, if the budget has room for a sentence of each.
    pub min_sources: Option<usize>,
    /// Whether the summary should read as one continuous report, as that of a small story always does.
    pub as_one_report: bool,
    /// Whether a summary that reads as one report should use a second article if that article adds something, as any
    /// other summary does by default.
    pub prefers_two_sources: bool,
    /// The maximum share of the words of any one article that may be shown (fair use), in `(0, 1]`.
    pub max_share: Option<f64>,
}

/// A candidate set, a budget and constraints.
#[derive(Debug)]
pub(crate) struct Problem<'s, 'c> {
    /// The candidates.
    pub(crate) set: &'s CandidateSet<'c>,
    /// The budget.
    pub(crate) room: Room,
    /// Whether the summary should read as one continuous report (see `cohesion`).
    pub(crate) is_one_report: bool,
    /// The cost of each candidate in units of the budget.
    pub(crate) costs: Vec<usize>,
    /// The bundles that the constraints and the rules independent of the wording allow; see [`Problem::admits`] for the
    /// other rules.
    pub(crate) bundles: Vec<Bundle>,
    /// The lede: the candidate that the constraints name, or otherwise the one that reports the event of the headline.
    pub(crate) lede: Option<usize>,
    /// Candidates that were already shown or overlap a quote beside the summary: their concepts count as covered.
    pub(crate) told: Vec<usize>,
    /// For each article, whether at least one sentence is to be taken from it.
    pub(crate) pinned: Vec<bool>,
    /// For each article, the maximum number of words that may be shown.
    pub(crate) most_words: Vec<usize>,
    /// Why the constraints exclude each candidate, if they do.
    barred: Vec<Option<Unfit>>,
    /// Whether no bundle passes the rules; if so, the rules that are not final are ignored.
    lenient: bool,
}

/// Candidates `first..=last` of one article that can only be chosen together: the others are the context that the last
/// one needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bundle {
    /// The first candidate.
    pub(crate) first: usize,
    /// The last candidate.
    pub(crate) last: usize,
}

/// The room that a budget provides, in the budget's own unit.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// The maximum total cost.
    pub(crate) limit: usize,
    /// The cost saved because the last sentence needs no separator.
    separator: usize,
    /// Whether the budget may be left partly unused; `false` if it is counted in sentences.
    pub(crate) may_stay_unused: bool,
    /// The minimum number of articles to use.
    pub(crate) min_sources: usize,
    /// Whether the caller set `min_sources`; if so, that many articles are used even if they repeat each other.
    pub(crate) must_draw: bool,
}

impl Room {
    /// Returns the number of units of the budget that a total cost uses.
    pub(crate) const fn used(self, costs: usize) -> usize {
        costs.saturating_sub(self.separator)
    }
}

/// The maximum number of context sentences that may be shown before a dependent sentence.
const LONGEST_CHAIN: usize = 2;

/// The minimum number of articles that a summary should use by default, unless it reads as one report.
const MIN_SOURCES: usize = 2;

impl<'s, 'c> Problem<'s, 'c> {
    /// Combines a candidate set with a budget and constraints.
    pub(crate) fn new(
        set: &'s CandidateSet<'c>,
        budget: Budget,
        constraints: &Constraints,
    ) -> Self {
        let budget = budget.resolved(set.articles.iter().map(|a| a.words).sum());
        let separator = usize::from(matches!(budget, Budget::Chars(_)));
        let most_words = |words: usize| {
            constraints.max_share.map_or(usize::MAX, |share| (words as f64 * share) as usize)
        };
        let is_one_report = cohesion::holds(set) || constraints.as_one_report;
        let is_enough = is_one_report && !constraints.prefers_two_sources;
        let preferred = if is_enough { 1 } else { MIN_SOURCES };
        let mut problem = Self {
            set,
            room: Room {
                limit: budget.limit() + separator,
                separator,
                may_stay_unused: !matches!(budget, Budget::Sentences(_)),
                min_sources: constraints.min_sources.unwrap_or(preferred),
                must_draw: constraints.min_sources.is_some(),
            },
            is_one_report,
            costs: costs(set, budget),
            bundles: Vec::new(),
            lede: None,
            told: Vec::new(),
            pinned: set.articles.iter().map(|a| constraints.pinned.contains(&a.article)).collect(),
            most_words: set.articles.iter().map(|a| most_words(a.words)).collect(),
            barred: vec![None; set.candidates.len()],
            lenient: false,
        };
        problem.bar(constraints);
        problem.join_bundles();
        let named = |at: SentenceRef| set.candidates.iter().position(|c| c.at == at);
        problem.lede = constraints.lede.and_then(named).or_else(|| lede::lede(&problem));
        problem
    }

    /// Returns the number of articles that the summary should use.
    pub(crate) fn wanted_sources(&self) -> usize {
        self.room.min_sources.min(self.set.articles.len())
    }

    /// Returns whether a candidate may be chosen, together with its context.
    pub(crate) fn is_offered(&self, candidate: usize) -> bool {
        let found = self.bundles.binary_search_by_key(&candidate, |b| b.last);
        found.is_ok_and(|at| self.admits(self.bundles[at]))
    }

    /// Returns the cost of a candidate together with the part of its context that is not selected yet; `selection` is
    /// sorted.
    pub(crate) fn cost_with_context(&self, candidate: usize, selection: &[usize]) -> usize {
        let found = self.bundles.binary_search_by_key(&candidate, |b| b.last);
        let first = found.map_or(candidate, |at| self.bundles[at].first);
        let is_missing = |c: &usize| selection.binary_search(c).is_err();
        (first..=candidate).rev().take_while(is_missing).map(|c| self.costs[c]).sum()
    }

    /// Returns whether every candidate of a bundle may be shown.
    pub(crate) fn admits(&self, bundle: Bundle) -> bool {
        self.lenient || (bundle.first..=bundle.last).all(|c| self.unfit(c).is_none())
    }

    /// Returns why a candidate is unfit or excluded, if it is.
    pub(crate) fn unfit(&self, candidate: usize) -> Option<Unfit> {
        self.barred[candidate].or_else(|| self.set.unfit(candidate))
    }

    /// Applies the constraints on single sentences. They take precedence over the general rules, so that an explanation
    /// names the caller's request.
    fn bar(&mut self, constraints: &Constraints) {
        let shown: FxHashSet<SentenceRef> = constraints.shown.iter().copied().collect();
        let documents = &self.set.collection.corpus.documents;
        for (number, candidate) in self.set.candidates.iter().enumerate() {
            let at = candidate.at;
            let has_any = |places: &[(ArticleIx, Span)]| {
                let span = documents[at.article].sentences[at.sentence].span;
                places.iter().any(|(article, s)| *article == at.article && span.overlaps(*s))
            };
            if shown.contains(&at) || has_any(&constraints.quoted) {
                self.barred[number] = Some(Unfit::Shown);
                self.told.push(number);
            } else if has_any(&constraints.versions) {
                self.barred[number] = Some(Unfit::Shown);
            } else if constraints.banned.contains(&at.article) {
                self.barred[number] = Some(Unfit::Banned);
            } else if constraints.without.binary_search(&at).is_ok() {
                self.barred[number] = Some(Unfit::LeftOut);
            }
        }
    }

    /// Bundles each sentence that may be chosen with its context. If no bundle is admitted, each sentence is offered
    /// alone unless the reason to reject it is final: a text that consists of one question is summarized, but a page of
    /// captions is not.
    fn join_bundles(&mut self) {
        let all = 0..self.set.candidates.len();
        self.bundles = all.clone().filter_map(|c| self.bundle(c)).collect();
        self.lenient = !self.bundles.iter().any(|b| self.admits(*b));
        if self.lenient {
            let stays =
                |c: &usize| !self.barred[*c].is_some_and(Unfit::is_final) && !self.set.is_out(*c);
            self.bundles = all.filter(stays).map(|c| Bundle { first: c, last: c }).collect();
        }
    }

    fn bundle(&self, last: usize) -> Option<Bundle> {
        let slice = &self.set.articles[self.set.candidates[last].slice];
        if self.set.candidates[last].is_lead_in {
            return None;
        }
        let mut first = last;
        loop {
            let candidate = &self.set.candidates[first];
            if self.barred[first].or(candidate.unfit).is_some() {
                return None;
            }
            if candidate.leaning.is_none() {
                return Some(Bundle { first, last });
            }
            if first == slice.first || last - first == LONGEST_CHAIN {
                return None;
            }
            first -= 1;
        }
    }
}

/// Returns the cost of each candidate.
fn costs(set: &CandidateSet<'_>, budget: Budget) -> Vec<usize> {
    let candidates = set.candidates.iter();
    match budget {
        Budget::Words(_) | Budget::Ratio(_) => candidates.map(|c| c.words).collect(),
        Budget::Sentences(_) => vec![1; set.candidates.len()],
        Budget::Chars(_) => candidates
            .map(|c| budget.cost(set.collection.sentence_text(c.at.article, c.at.sentence)))
            .collect(),
    }
}
