//! Coverage of concepts: each concept counts once, with the weight that the articles together give it.
//!
//! The objective is that of Gillick and Favre 2009, "A scalable global model for summarization" (concepts, each
//! counted once) and Takamura and Okumura 2009, "Text summarization model based on maximum coverage problem and its
//! variant"; the greedy choice by gain for scaled cost is Lin and Bilmes 2010, "Multi-document summarization via
//! budgeted maximization of submodular functions".
//!
//! ```text
//! gain(s)  = position(s) · topic(s) · introduction(s) · Σ w(c) over the concepts of s that are not covered yet
//! worth(s) = gain(s) / cost(s)^0.75
//! ```

use crate::score::pow;
use crate::summary::Explanation;
use crate::summary::candidate_set::CandidateSet;
use crate::summary::feature::{document_frequency, entity_introduction, position, topic};
use crate::summary::method::Objective;
use crate::summary::problem::Problem;

/// How much the place of a sentence counts.
const LEAD_STRENGTH: f64 = 0.2;

/// The power of the cost that a gain is divided by: at 1 short sentences win, at 0 long ones.
const COST_POWER: f64 = 0.75;

/// Coverage of weighted concepts.
#[derive(Debug)]
pub(crate) struct Coverage<'p, 'c> {
    set: &'p CandidateSet<'c>,
    weights: Vec<f64>,
    /// The weights of what is not covered yet, 0 for what is.
    left: Vec<f64>,
    /// The weights of the pairs that each entry alone tells; 0 where it is taken.
    lone: Vec<f64>,
    /// The factor of each entry.
    position: Vec<f64>,
    /// The factor of each entry for the topic that was asked for.
    topic: Vec<f64>,
    /// The factor of each entry that names what is not introduced, 1 for all others.
    introduction: Vec<f64>,
    /// How often each concept is covered.
    covered: Vec<u32>,
}

impl<'p, 'c> Coverage<'p, 'c> {
    /// Weighs the concepts of a set.
    pub(crate) fn new(problem: &Problem<'p, 'c>) -> Self {
        let set = problem.set;
        let strength = set.params.lead_strength.unwrap_or(LEAD_STRENGTH).max(0.0);
        let factor = |entry: usize| {
            let source = &set.articles[set.candidates[entry].slice];
            position::factor(position::depth(set.place(entry), source.len()), strength)
        };
        let mut weights = document_frequency::weights(&set.concepts);
        for (weight, factor) in
            weights.iter_mut().zip(set.topic.factors_of_concepts(set).iter().flatten())
        {
            *weight *= factor;
        }
        let n = set.candidates.len();
        let mut coverage = Self {
            set,
            left: weights.clone(),
            weights,
            lone: vec![0.0; n],
            position: (0..n).map(factor).collect(),
            topic: (0..n).map(|c| set.topic.factor(c)).collect(),
            introduction: vec![1.0; n],
            covered: vec![0; set.concepts.len()],
        };
        for entry in 0..n {
            coverage.lone[entry] = coverage.weight_of_lone(entry);
        }
        for &entry in &problem.told {
            coverage.take(entry);
        }
        coverage
    }

    fn new_concepts(&self, entry: usize) -> impl Iterator<Item = u32> {
        let concepts = self.set.concepts.of(entry).iter().copied();
        concepts.filter(|&c| self.covered[c as usize] == 0)
    }

    /// What a pair is worth that this entry is the first to tell and no other article tells.
    fn weight_of_lone_pair(&self, entry: usize) -> f64 {
        document_frequency::weight_of_lone_pair(self.set.tellings[entry]) * self.topic[entry]
    }

    fn weight_of_lone(&self, entry: usize) -> f64 {
        self.weight_of_lone_pair(entry) * f64::from(self.set.concepts.n_lone_pairs(entry))
    }
}

impl Objective for Coverage<'_, '_> {
    fn gain(&self, entry: usize) -> f64 {
        let sum: f64 = self.set.concepts.of(entry).iter().map(|&c| self.left[c as usize]).sum();
        let sum = sum + self.lone[entry];
        sum * self.position[entry] * self.topic[entry] * self.introduction[entry]
    }

    fn worth(&self, gain: f64, cost: usize, _sentences: usize) -> f64 {
        gain / pow(cost.max(1) as f64, COST_POWER)
    }

    fn take(&mut self, entry: usize) {
        for &concept in self.set.concepts.of(entry) {
            self.covered[concept as usize] += 1;
            self.left[concept as usize] = 0.0;
        }
        self.lone[entry] = 0.0;
    }

    fn give_back(&mut self, entry: usize) {
        for &concept in self.set.concepts.of(entry) {
            let concept = concept as usize;
            self.covered[concept] -= 1;
            if self.covered[concept] == 0 {
                self.left[concept] = self.weights[concept];
            }
        }
        self.lone[entry] = self.weight_of_lone(entry);
    }

    fn adds_up(&self) -> bool {
        true
    }

    fn discount(&mut self, entry: usize) {
        self.introduction[entry] = entity_introduction::STRANGER;
    }

    fn explain(&self, entry: usize) -> Explanation {
        let name = |c: u32| self.set.concepts.name(self.set.collection, c);
        let mut terms: Vec<(String, f64)> =
            self.new_concepts(entry).map(|c| (name(c), self.weights[c as usize])).collect();
        if self.lone[entry] > 0.0 {
            let CandidateSet { collection, candidates, .. } = self.set;
            let source = &self.set.articles[candidates[entry].slice];
            let lone = self.set.concepts.lone_pairs(collection, source, candidates, entry);
            let weight = self.weight_of_lone_pair(entry);
            terms.extend(lone.into_iter().map(|pair| (pair, weight)));
        }
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut factors = vec![("position".to_owned(), self.position[entry])];
        if self.topic[entry] > 1.0 {
            factors.push((topic::NAME.to_owned(), self.topic[entry]));
        }
        if self.introduction[entry] < 1.0 {
            factors.push((entity_introduction::NAME.to_owned(), self.introduction[entry]));
        }
        Explanation::new(terms, factors)
    }
}
