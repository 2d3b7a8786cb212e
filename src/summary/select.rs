//! Selection within a budget: first a sentence of each pinned article and the lede, then the sentences of greatest
//! value, chosen greedily with lazy evaluation.
//!
//! A gain never grows as other sentences are selected, so an earlier gain is an upper bound, and only the best bound
//! needs to be recomputed (Minoux, *Accelerated Greedy Algorithms for Maximizing Submodular Set Functions*, 1978).
//! Sentences whose value grows because they continue from a taken one get a new bound. Sentences that do not fit are
//! skipped. At the end, single sentences are exchanged for better ones. The lede, the exchanges and the rejection of
//! filler require gains that can be added up ([`Objective::has_prices`]).
//!
//! The lede, which reports the event of the headline, is taken early so that there is room for it. Leftover words stay
//! unused rather than being filled with a sentence that has nothing in common with the rest of the summary (see
//! [`Choice::belongs`]).

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use crate::parallel;
use crate::score::Score;
use crate::summary::Explanation;
use crate::summary::candidate_set::{Candidate, CandidateSet};
use crate::summary::cohesion;
use crate::summary::method::Objective;
use crate::summary::problem::{Bundle, Problem};
use crate::summary::redundancy::{contrasts, repeats};

/// Returns an upper bound of each bundle's value, which holds as long as no sentence of the bundle is chosen.
pub(crate) fn bounds(problem: &Problem<'_, '_>, objective: &dyn Objective) -> Vec<Score> {
    parallel::map_in_order(&problem.bundles, |unit| {
        let entries = unit.first..=unit.last;
        let cost = entries.clone().map(|e| problem.costs[e]).sum();
        let gain = entries.clone().map(|e| objective.gain_at_most(e)).sum();
        Score::new(objective.worth(gain, cost, entries.count()))
    })
}

/// Chooses entries that are not excluded, and returns them, sorted. They stay selected in the objective.
///
/// `bounds` must come from [`bounds`] for the same problem.
pub(crate) fn choose(
    problem: &Problem<'_, '_>,
    objective: &mut dyn Objective,
    bounds: &[Score],
    excluded: &[bool],
) -> Vec<usize> {
    let mut choice = Choice::new(problem, objective, bounds, excluded);
    choice.take_pinned();
    choice.take_lede();
    choice.fill();
    let wanted = problem.wanted_sources();
    choice.draw_on_further(wanted);
    if choice.objective.has_prices() {
        choice.exchange(wanted);
    }
    choice.chosen.sort_unstable();
    choice.chosen
}

/// Improves a selection after gains changed or entries were excluded. The entries that are not excluded are kept unless
/// an exchange pays off or too few articles are used; with an objective whose gains cannot be added up
/// ([`Objective::has_prices`]), the selection starts from scratch.
pub(crate) fn mend(
    problem: &Problem<'_, '_>,
    objective: &mut dyn Objective,
    bounds: &[Score],
    excluded: &[bool],
    selection: &[usize],
) -> Vec<usize> {
    give_back(objective, selection);
    if !objective.has_prices() {
        return choose(problem, objective, bounds, excluded);
    }
    let mut choice = Choice::new(problem, objective, bounds, excluded);
    choice.take_lede();
    for &entry in selection.iter().filter(|entry| choice_keeps(problem, excluded, **entry)) {
        if !choice.is_chosen[entry] {
            choice.take(Bundle { first: entry, last: entry });
        }
    }
    let wanted = problem.wanted_sources();
    choice.fill();
    choice.exchange(wanted);
    choice.draw_on_further(wanted);
    choice.chosen.sort_unstable();
    choice.chosen
}

/// Returns whether neither an entry nor its context is excluded.
fn choice_keeps(problem: &Problem<'_, '_>, excluded: &[bool], entry: usize) -> bool {
    let bundle = problem.bundles.binary_search_by_key(&entry, |b| b.last);
    let first = bundle.map_or(entry, |at| problem.bundles[at].first);
    !(first..=entry).any(|e| excluded[e])
}

/// Returns the explanation of each entry of a selection, as if the entries were selected in descending order of value.
pub(crate) fn explain(
    problem: &Problem<'_, '_>,
    objective: &mut dyn Objective,
    selection: &[usize],
) -> Vec<Explanation> {
    give_back(objective, selection);
    let mut explanations = vec![Explanation::default(); selection.len()];
    let mut heap: BinaryHeap<Bid> = BinaryHeap::new();
    for (at, &entry) in selection.iter().enumerate() {
        let worth = objective.worth(objective.gain(entry), problem.costs[entry], 1);
        heap.push(Bid { worth: Score::new(worth), unit: Reverse(at), step: 0 });
    }
    let mut step = 0;
    while let Some(bid) = heap.pop() {
        let Reverse(at) = bid.unit;
        let entry = selection[at];
        if bid.step < step {
            let worth = objective.worth(objective.gain(entry), problem.costs[entry], 1);
            heap.push(Bid { worth: Score::new(worth), unit: bid.unit, step });
            continue;
        }
        explanations[at] = objective.explain(entry);
        debug_assert!(
            (explanations[at].score - objective.gain(entry)).abs()
                <= 1e-9 * objective.gain(entry).abs().max(1.0),
            "the explanation is that of another gain"
        );
        objective.take(entry);
        step += 1;
    }
    explanations
}

/// Deselects the entries of a selection.
pub(crate) fn give_back(objective: &mut dyn Objective, selection: &[usize]) {
    for &entry in selection {
        objective.give_back(entry);
    }
}

/// Returns the gain that each entry of a selection would have if none of the others were selected.
pub(crate) fn alone(objective: &mut dyn Objective, selection: &[usize]) -> Vec<f64> {
    give_back(objective, selection);
    let gains = selection.iter().map(|&e| objective.gain(e)).collect();
    for &entry in selection {
        objective.take(entry);
    }
    gains
}

/// The value of a bundle at some step. Bids are ordered by value; on a tie, the bid of the earlier bundle is greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Bid {
    worth: Score,
    unit: Reverse<usize>,
    step: usize,
}

/// A selection under construction.
struct Choice<'a, 'c> {
    problem: &'a Problem<'a, 'c>,
    set: &'a CandidateSet<'c>,
    objective: &'a mut dyn Objective,
    /// The upper bound of each bundle's value.
    bounds: &'a [Score],
    /// Entries that must not be chosen.
    excluded: &'a [bool],
    chosen: Vec<usize>,
    is_chosen: Vec<bool>,
    /// The total cost of the chosen entries.
    used: usize,
    /// The cost of the cheapest candidate that may be chosen.
    cheapest: usize,
    /// For each article, the number of words in its chosen entries.
    words: Vec<usize>,
    /// For each entry that is the first with its text, whether that text is chosen.
    is_told: Vec<bool>,
    /// The greatest gain of a bundle when it was taken, not counting the lede and the bundles taken before it.
    greatest_gain: f64,
    /// The entry that reports the event of the headline, if it is chosen.
    lede: Option<usize>,
    /// For each word, the number of chosen entries that contain it, plus one if it occurs in a title or in several
    /// ledes.
    known: Vec<u32>,
}

impl<'a, 'c> Choice<'a, 'c> {
    fn new(
        problem: &'a Problem<'a, 'c>,
        objective: &'a mut dyn Objective,
        bounds: &'a [Score],
        excluded: &'a [bool],
    ) -> Self {
        let set = problem.set;
        Self {
            problem,
            set,
            objective,
            bounds,
            excluded,
            chosen: Vec::new(),
            is_chosen: vec![false; set.candidates.len()],
            used: 0,
            cheapest: problem.bundles.iter().map(|u| problem.costs[u.last]).min().unwrap_or(0),
            words: vec![0; set.articles.len()],
            is_told: vec![false; set.candidates.len()],
            greatest_gain: 0.0,
            lede: None,
            known: set.news.is_core.iter().map(|&is_core| u32::from(is_core)).collect(),
        }
    }

    /// Returns the entries of a bundle that are not chosen yet.
    fn missing(&self, unit: Bundle) -> Range<usize> {
        let first = (unit.first..=unit.last).rev().find(|&e| self.is_chosen[e]);
        first.map_or(unit.first, |chosen| chosen + 1)..unit.last + 1
    }

    /// Returns the cost of the entries of a bundle that are not chosen yet, in units of the budget.
    fn cost(&self, unit: Bundle) -> usize {
        self.missing(unit).map(|e| self.problem.costs[e]).sum()
    }

    fn fits(&self, unit: Bundle) -> bool {
        let source = self.set.candidates[unit.last].slice;
        let words: usize = self.missing(unit).map(|e| self.set.candidates[e].words).sum();
        !self.is_chosen[unit.last]
            && self.used + self.cost(unit) <= self.problem.room.limit
            && self.words[source] + words <= self.problem.most_words[source]
            && !self.missing(unit).any(|e| self.excluded[e] || self.is_told[self.set.same_as[e]])
    }

    /// Returns whether a bundle can be shown and adds something to the selection.
    fn pays(&self, unit: Bundle) -> bool {
        let tells = |e: usize| !self.chosen.iter().any(|&told| repeats(self.set, e, told));
        self.problem.admits(unit) && self.missing(unit).all(tells) && self.belongs(unit)
    }

    /// Returns whether a bundle is about the story and not filler. It is about the story if it shares at least
    /// [`FEWEST_SHARED`] words with the titles, the ledes or the chosen sentences, or continues directly from a chosen
    /// sentence. The first bundle is always accepted. Every other bundle is accepted too if the budget is a number of
    /// sentences, because such a budget is meant to be filled, or if the objective does not penalize poor readability
    /// ([`Objective::has_prices`]).
    fn belongs(&self, unit: Bundle) -> bool {
        let set = self.set;
        let slice = &set.articles[set.candidates[unit.last].slice];
        let next = self.missing(unit).start;
        let goes_on = next > slice.first && self.is_chosen[next - 1];
        let shares = || {
            let known = |(word, _): &(u32, u32)| self.known[*word as usize] > 0;
            set.concepts.words_of(unit.last).filter(known).take(FEWEST_SHARED).count()
        };
        self.chosen.is_empty()
            || !self.objective.has_prices()
            || !self.problem.room.may_stay_unused
            || ((goes_on || shares() == FEWEST_SHARED) && !self.is_filler(unit))
    }

    /// Returns whether a bundle adds almost nothing compared with the best chosen one and contradicts none of the
    /// chosen ones.
    fn is_filler(&self, unit: Bundle) -> bool {
        let gain: f64 = self.missing(unit).map(|e| self.objective.gain(e)).sum();
        let gain = gain * self.cohesion(unit);
        let words = self.missing(unit).map(|e| self.set.candidates[e].words).sum();
        let contrasts = || self.chosen.iter().any(|&e| contrasts(self.set, unit.last, e));
        gain < self.objective.least_share(words) * self.greatest_gain && !contrasts()
    }

    /// Returns the current value of a bundle.
    fn worth(&mut self, unit: Bundle) -> Score {
        let missing = self.missing(unit);
        let (mut gain, mut taken) = (0.0, 0);
        for entry in missing.clone() {
            gain += self.objective.gain(entry);
            if entry != unit.last {
                self.objective.take(entry);
            }
            taken += 1;
        }
        for entry in missing.rev().skip(1) {
            self.objective.give_back(entry);
        }
        let gain = gain * self.cohesion(unit);
        Score::new(self.objective.worth(gain, self.cost(unit), taken))
    }

    /// Returns the factor for how well a bundle continues from the chosen sentences. As long as more articles are
    /// required, starting a new article is not penalized.
    fn cohesion(&self, unit: Bundle) -> f64 {
        if !self.problem.is_one_report || self.chosen.is_empty() || !self.objective.has_prices() {
            return 1.0;
        }
        let is_drawn_on = 0 < self.words[self.set.candidates[unit.last].slice];
        if !is_drawn_on && self.sources() < self.problem.wanted_sources() {
            return 1.0;
        }
        cohesion::factor(self.set, self.missing(unit).start, &self.is_chosen, is_drawn_on)
    }

    /// Returns an upper bound of a bundle's value without computing its gain.
    fn bid(&self, number: usize) -> Bid {
        let unit = self.problem.bundles[number];
        let start = self.missing(unit).start;
        let slice = self.set.candidates[unit.last].slice;
        let in_reach = |&c: &usize| {
            c < start && start <= c + cohesion::REACH && self.set.candidates[c].slice == slice
        };
        let is_drawn_on = 0 < self.words[slice];
        let is_free = !self.problem.is_one_report
            || !self.objective.has_prices()
            || self.chosen.is_empty()
            || self.chosen.iter().any(in_reach)
            || (!is_drawn_on && self.sources() < self.problem.wanted_sources());
        let factor =
            if is_free { 1.0 } else { cohesion::without_neighbour(self.set, start, is_drawn_on) };
        let worth = Score::new(self.bounds[number].value() * factor);
        Bid { worth, unit: Reverse(number), step: 0 }
    }

    fn take(&mut self, unit: Bundle) {
        let mut gain = 0.0;
        for entry in self.missing(unit) {
            gain += self.objective.gain(entry);
            self.objective.take(entry);
            self.is_chosen[entry] = true;
            self.is_told[self.set.same_as[entry]] = true;
            for (word, _) in self.set.concepts.words_of(entry) {
                self.known[word as usize] += 1;
            }
            self.chosen.push(entry);
            let Candidate { words, slice, .. } = self.set.candidates[entry];
            self.used += self.problem.costs[entry];
            self.words[slice] += words;
        }
        self.greatest_gain = self.greatest_gain.max(gain);
    }

    /// Takes the best bundle of each pinned article, in descending order of value.
    fn take_pinned(&mut self) {
        if self.problem.pinned.contains(&true) {
            for (_, unit) in self.best_of_each_source() {
                let pinned = self.problem.pinned[self.set.candidates[unit.last].slice];
                if pinned && self.fits(unit) {
                    self.take(unit);
                }
            }
        }
    }

    /// Takes bundles from further articles, the best first, until this many articles are used or no further bundle
    /// fits.
    fn draw_on(&mut self, sources: usize) {
        for left in (0..sources.saturating_sub(self.sources())).rev() {
            if let Some(unit) = self.leaving_room(left) {
                self.take(unit);
            }
        }
    }

    /// Returns the number of articles used.
    fn sources(&self) -> usize {
        self.words.iter().filter(|&&words| words > 0).count()
    }

    /// Returns the best bundle of an unused article that leaves room for one bundle of each of `others` further
    /// articles.
    fn leaving_room(&mut self, others: usize) -> Option<Bundle> {
        let (set, problem) = (self.set, self.problem);
        let mut cheapest: Vec<(usize, usize)> = Vec::new();
        for (number, source) in set.articles.iter().enumerate() {
            if self.words[number] == 0 {
                let first = problem.bundles.partition_point(|u| u.last < source.first);
                let own = problem.bundles[first..].iter().take_while(|u| u.last < source.end);
                let costs = own.copied().filter(|&u| self.fits(u)).map(|u| self.cost(u));
                cheapest.extend(costs.min().map(|cost| (cost, number)));
            }
        }
        cheapest.sort_unstable();
        let room = problem.room.limit - self.used;
        let mut best: Option<(Score, Bundle)> = None;
        for (&unit, &bound) in problem.bundles.iter().zip(self.bounds) {
            let source = set.candidates[unit.last].slice;
            let hopeless = best.is_some_and(|(most, _)| bound <= most);
            if hopeless || self.words[source] > 0 || !self.fits(unit) {
                continue;
            }
            let rest = cheapest.iter().filter(|(_, n)| *n != source).take(others);
            let reserved: usize = rest.clone().map(|(cost, _)| cost).sum();
            if rest.count() < others || self.cost(unit) + reserved > room {
                continue;
            }
            let worth = self.worth(unit);
            if best.is_none_or(|(most, _)| worth > most)
                && problem.admits(unit)
                && (problem.room.must_draw || self.pays(unit))
            {
                best = Some((worth, unit));
            }
        }
        best.map(|(_, unit)| unit)
    }

    /// Returns, for each article, the best bundle that fits, in descending order of value.
    fn best_of_each_source(&mut self) -> Vec<(Score, Bundle)> {
        let (set, problem) = (self.set, self.problem);
        let mut best: Vec<Option<(Score, Bundle)>> = vec![None; set.articles.len()];
        for &unit in &problem.bundles {
            if !self.fits(unit) {
                continue;
            }
            let worth = self.worth(unit);
            let slot = &mut best[set.candidates[unit.last].slice];
            if slot.is_none_or(|(most, _)| worth > most) && problem.admits(unit) {
                *slot = Some((worth, unit));
            }
        }
        let mut best: Vec<_> = best.into_iter().flatten().collect();
        best.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.last.cmp(&b.1.last)));
        best
    }

    /// Takes the lede if it fits and the gains of the objective can be added up ([`Objective::has_prices`]).
    fn take_lede(&mut self) {
        if !self.objective.has_prices() {
            return;
        }
        let lede = self.problem.lede.map(|e| Bundle { first: e, last: e });
        if let Some(lede) = lede.filter(|lede| self.fits(*lede)) {
            self.take(lede);
            self.lede = Some(lede.last);
            // The lede contains most heavy concepts, so many good sentences would be filler compared with its gain.
            self.greatest_gain = 0.0;
        }
    }

    /// Makes the selection use at least this many articles, if possible.
    fn draw_on_further(&mut self, sources: usize) {
        if sources <= self.sources() {
            return;
        }
        if self.problem.is_one_report && !self.problem.room.must_draw {
            self.add_source();
            self.fill();
        } else {
            self.draw_anew(sources);
        }
    }

    /// Adds a bundle of another article; if there is no room for one, it replaces the least valuable chosen entries.
    /// Changes nothing if no other article has anything to add.
    fn add_source(&mut self) {
        let before = self.chosen.clone();
        loop {
            if let Some(unit) = self.leaving_room(0) {
                return self.take(unit);
            }
            let mut least: Option<(Score, usize)> = None;
            for entry in self.exchangeable() {
                self.put_back(entry);
                let gain = Score::new(self.objective.gain(entry));
                least = least.filter(|l| l.0 <= gain).or(Some((gain, entry)));
                self.take(Bundle { first: entry, last: entry });
            }
            let Some((_, out)) = least else { break };
            self.put_back(out);
        }
        for entry in before {
            if !self.is_chosen[entry] {
                self.take(Bundle { first: entry, last: entry });
            }
        }
    }

    /// Starts over with a bundle from each of this many articles. The lede is one of them unless the number of articles
    /// requested by the caller leaves no room for it.
    fn draw_anew(&mut self, sources: usize) {
        self.clear();
        self.take_pinned();
        self.take_lede();
        self.draw_on(sources);
        if self.sources() < sources && self.problem.room.must_draw {
            self.clear();
            self.take_pinned();
            self.draw_on(sources);
        }
        self.fill();
    }

    /// Repeatedly exchanges one entry for another that adds more, the best exchange first, and fills the remaining
    /// room. This is a local search that starts from the greedy choice of Lin and Bilmes 2010.
    ///
    /// Dependent sentences and their context, the lede and the sentences of pinned articles are kept; in a summary that
    /// reads as one report, so is a sentence whose continuation is chosen too. At least `sources` articles remain in
    /// use.
    fn exchange(&mut self, sources: usize) {
        let offers = self.offers();
        for _ in 0..MOST_EXCHANGES {
            let mut best: Option<(Score, usize, Bundle)> = None;
            for out in self.exchangeable() {
                self.put_back(out);
                let own = Bundle { first: out, last: out };
                let loss = self.objective.gain(out) * self.cohesion(own);
                for &unit in &offers {
                    let at_most = self.objective.gain_at_most(unit.last) - loss;
                    if at_most <= LEAST_GAIN || best.is_some_and(|b| Score::new(at_most) <= b.0) {
                        continue;
                    }
                    let gain = self.objective.gain(unit.last) * self.cohesion(unit) - loss;
                    let better = best.is_none_or(|(most, ..)| most < Score::new(gain));
                    if LEAST_GAIN < gain && better && self.may_replace(out, unit, sources) {
                        best = Some((Score::new(gain), out, unit));
                    }
                }
                self.take(own);
            }
            let Some((_, out, unit)) = best else { return };
            self.put_back(out);
            self.take(unit);
            self.fill();
        }
    }

    /// Returns the most valuable bundles of a single entry, which may replace chosen entries.
    fn offers(&self) -> Vec<Bundle> {
        let single = |(number, unit): (usize, &Bundle)| {
            (unit.first == unit.last).then_some((Reverse(self.bounds[number]), *unit))
        };
        let mut offers: Vec<(Reverse<Score>, Bundle)> =
            self.problem.bundles.iter().enumerate().filter_map(single).collect();
        let order = |a: &(Reverse<Score>, Bundle), b: &(Reverse<Score>, Bundle)| {
            a.0.cmp(&b.0).then(a.1.last.cmp(&b.1.last))
        };
        if offers.len() > MOST_OFFERS {
            offers.select_nth_unstable_by(MOST_OFFERS, order);
            offers.truncate(MOST_OFFERS);
        }
        offers.sort_unstable_by(order);
        offers.into_iter().map(|(_, unit)| unit).collect()
    }

    /// Returns the chosen entries that may be removed.
    fn exchangeable(&self) -> Vec<usize> {
        let (set, problem) = (self.set, self.problem);
        let is_gone_on_from = |e: usize| {
            let next = set.candidates.get(e + 1);
            next.is_some_and(|next| {
                self.is_chosen[e + 1]
                    && next.slice == set.candidates[e].slice
                    && (problem.is_one_report || next.leaning.is_some())
            })
        };
        let mut free: Vec<usize> = self.chosen.clone();
        free.retain(|&e| {
            let Candidate { leaning, slice, .. } = set.candidates[e];
            leaning.is_none()
                && !is_gone_on_from(e)
                && !problem.pinned[slice]
                && self.lede != Some(e)
        });
        free.sort_unstable();
        free
    }

    /// Returns whether a bundle can replace a removed entry.
    fn may_replace(&self, out: usize, unit: Bundle, sources: usize) -> bool {
        let source = self.set.candidates[unit.last].slice;
        let drawn_on = self.sources() + usize::from(self.words[source] == 0);
        unit.last != out && sources <= drawn_on && self.fits(unit) && self.pays(unit)
    }

    fn put_back(&mut self, entry: usize) {
        self.objective.give_back(entry);
        self.is_chosen[entry] = false;
        self.is_told[self.set.same_as[entry]] = false;
        self.forget_words(entry);
        self.chosen.retain(|&e| e != entry);
        let Candidate { words, slice, .. } = self.set.candidates[entry];
        self.used -= self.problem.costs[entry];
        self.words[slice] -= words;
    }

    /// Deselects everything.
    fn clear(&mut self) {
        for entry in std::mem::take(&mut self.chosen) {
            self.objective.give_back(entry);
            self.is_chosen[entry] = false;
            self.is_told[self.set.same_as[entry]] = false;
            self.forget_words(entry);
        }
        (self.lede, self.greatest_gain) = (None, 0.0);
        self.used = 0;
        self.words.fill(0);
    }

    fn forget_words(&mut self, entry: usize) {
        for (word, _) in self.set.concepts.words_of(entry) {
            self.known[word as usize] -= 1;
        }
    }

    /// Repeatedly takes the most valuable bundle that fits and adds something, until there is none.
    fn fill(&mut self) {
        let problem = self.problem;
        if problem.room.limit < self.used + self.cheapest {
            return;
        }
        let mut step = 1;
        let mut bids = Vec::with_capacity(problem.bundles.len());
        for (number, &unit) in problem.bundles.iter().enumerate() {
            if self.fits(unit) {
                // The missing part of a partly chosen bundle costs less than the bound assumes.
                let partly = self.missing(unit).start > unit.first;
                bids.push(if partly {
                    Bid { worth: self.worth(unit), unit: Reverse(number), step }
                } else {
                    self.bid(number)
                });
            }
        }
        let mut heap = BinaryHeap::from(bids);
        while self.used + self.cheapest <= problem.room.limit
            && let Some(bid) = heap.pop()
        {
            let Reverse(number) = bid.unit;
            let unit = problem.bundles[number];
            if !self.fits(unit) {
                continue;
            }
            if bid.step < step {
                let worth = self.worth(unit);
                heap.push(Bid { worth, unit: bid.unit, step });
                continue;
            }
            if !self.pays(unit) {
                continue;
            }
            let slice = self.set.candidates[unit.last].slice;
            let opens = self.words[slice] == 0;
            self.take(unit);
            step += 1;
            // Bundles that depend on the taken sentence now cost less, so their bids are no longer upper bounds.
            for (next, &leaning) in
                problem.bundles.iter().enumerate().skip(number + 1).take(DEPENDENTS)
            {
                if leaning.first <= unit.last && self.fits(leaning) {
                    heap.push(Bid { worth: self.worth(leaning), unit: Reverse(next), step });
                }
            }
            if self.problem.is_one_report {
                // Sentences after the taken one may continue from it, so they are now worth more. If it is the first
                // chosen sentence of its article, all other sentences of the article are worth more too.
                let end = self.set.articles[slice].end;
                let reach = unit.last + 1 + cohesion::REACH;
                let first = if opens { self.set.articles[slice].first } else { unit.last };
                let first = problem.bundles.partition_point(|b| b.last < first);
                let later = problem.bundles.iter().enumerate().skip(first);
                let end = if opens { end } else { end.min(reach) };
                for (next, &later) in later.take_while(|(_, b)| b.last < end) {
                    if self.fits(later) {
                        heap.push(self.bid(next));
                    }
                }
            }
        }
    }
}

/// The minimum number of words that a sentence must share with the titles, the ledes or the chosen sentences.
const FEWEST_SHARED: usize = 2;

/// The maximum number of exchanges.
const MOST_EXCHANGES: usize = 6;

/// The maximum number of entries that are considered as replacements in an exchange.
const MOST_OFFERS: usize = 300;

/// The minimum gain of an exchange, so that a rounding error does not cause one.
const LEAST_GAIN: f64 = 1e-9;

/// The number of bundles after a given one that can depend on it.
const DEPENDENTS: usize = 2;
