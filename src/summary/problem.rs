//! One call of [`solve`](crate::summary::solve): a candidate set with a budget and constraints.
//!
//! Everything that changes from call to call is here, so that the candidate set itself is never changed.

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
    /// The sentence that the summary begins with; by default the one that [`lede`](fn@crate::summary::lede) gives.
    pub lede: Option<SentenceRef>,
    /// Sentences that must not be chosen, sorted.
    pub without: Vec<SentenceRef>,
    /// Articles that are excluded.
    pub banned: Vec<ArticleIx>,
    /// Articles that at least one sentence is taken from if the budget allows.
    pub pinned: Vec<ArticleIx>,
    /// Sentences that the reader has seen already: they are never chosen, and their concepts count as covered.
    pub shown: Vec<SentenceRef>,
    /// Ranges that are shown beside the summary, as quotes: a sentence that shares a byte with one is not chosen.
    pub quoted: Vec<(ArticleIx, Span)>,
    /// Other versions of those quotes: a sentence that shares a byte with one is not chosen either.
    pub versions: Vec<(ArticleIx, Span)>,
    /// The least number of articles to draw on if the budget holds a sentence of each.
    pub min_sources: Option<usize>,
    /// Whether a small story is to draw on a second article that adds something; a large one always is.
    pub prefers_two_sources: bool,
    /// The largest share of the words of any one article that may be shown (fair use), in `(0, 1]`.
    pub max_share: Option<f64>,
}

/// A candidate set, a budget and constraints.
#[derive(Debug)]
pub(crate) struct Problem<'s, 'c> {
    /// The candidates.
    pub(crate) set: &'s CandidateSet<'c>,
    /// The budget.
    pub(crate) room: Room,
    /// The cost of each candidate in units of the budget.
    pub(crate) costs: Vec<usize>,
    /// The bundles that may be chosen.
    pub(crate) bundles: Vec<Bundle>,
    /// The candidate that reports the event of the headline.
    pub(crate) lede: Option<usize>,
    /// Candidates whose concepts count as covered.
    pub(crate) told: Vec<usize>,
    /// For each article, whether a sentence must be taken from it.
    pub(crate) pinned: Vec<bool>,
    /// For each article, the largest number of words that may be shown.
    pub(crate) most_words: Vec<usize>,
    /// Why the constraints rule out a candidate.
    barred: Vec<Option<Unfit>>,
    /// Whether no bundle passes the rules, so that the rules that are not final are dropped.
    lenient: bool,
}

/// Candidates `first..=last` of one article that are shown together: the last is the chosen one, the others are its
/// context.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bundle {
    /// The first candidate.
    pub(crate) first: usize,
    /// The last candidate.
    pub(crate) last: usize,
}

/// A budget in its own units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Room {
    /// The sum of costs that is never exceeded.
    pub(crate) limit: usize,
    /// The cost that is saved because the last sentence needs no separator.
    separator: usize,
    /// Whether a sum of costs below the limit is as good as the limit: a number of sentences is wanted whole.
    pub(crate) may_stay_unused: bool,
    /// The least number of articles to draw on.
    pub(crate) min_sources: usize,
    /// Whether the caller set that number, so that it holds even if articles repeat each other.
    pub(crate) must_draw: bool,
}

impl Room {
    /// Returns the units of the budget that a sum of costs uses.
    pub(crate) const fn used(self, costs: usize) -> usize {
        costs.saturating_sub(self.separator)
    }
}

/// The maximum number of context sentences that a dependent sentence may bring along.
const LONGEST_CHAIN: usize = 2;

/// The minimum number of articles that a summary draws on, unless a small story may be told by one.
const MIN_SOURCES: usize = 2;

impl<'s, 'c> Problem<'s, 'c> {
    /// Sets up a call.
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
        let is_enough = cohesion::holds(set) && !constraints.prefers_two_sources;
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

    /// Returns the number of articles to draw on.
    pub(crate) fn wanted_sources(&self) -> usize {
        self.room.min_sources.min(self.set.articles.len())
    }

    /// Returns whether a candidate may be chosen, together with its context.
    pub(crate) fn is_offered(&self, candidate: usize) -> bool {
        let found = self.bundles.binary_search_by_key(&candidate, |b| b.last);
        found.is_ok_and(|at| self.admits(self.bundles[at]))
    }

    /// Returns the cost of a candidate with those sentences of its context that are not selected; `selection` is sorted.
    pub(crate) fn cost_with_context(&self, candidate: usize, selection: &[usize]) -> usize {
        let found = self.bundles.binary_search_by_key(&candidate, |b| b.last);
        let first = found.map_or(candidate, |at| self.bundles[at].first);
        let is_missing = |c: &usize| selection.binary_search(c).is_err();
        (first..=candidate).rev().take_while(is_missing).map(|c| self.costs[c]).sum()
    }

    /// Returns whether every candidate of a bundle passes the rules that read words.
    pub(crate) fn admits(&self, bundle: Bundle) -> bool {
        self.lenient || (bundle.first..=bundle.last).all(|c| self.unfit(c).is_none())
    }

    /// Returns why a candidate cannot be shown.
    pub(crate) fn unfit(&self, candidate: usize) -> Option<Unfit> {
        self.barred[candidate].or_else(|| self.set.unfit(candidate))
    }

    /// Applies the constraints on single sentences. A ban goes before a quotation mark that is not closed, so that an
    /// explanation names the wish of the caller.
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

    /// Bundles each sentence that may be chosen with its context. If no sentence passes, every one is offered whose
    /// reason is not final: a text of one question is summarized, a page of captions is not.
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

/// The cost of each candidate.
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
