//! Coverage of concepts: each concept counts once, with the weight that all articles together give it.
//!
//! The objective is that of Gillick and Favre, *A Scalable Global Model for Summarization*, 2009 (each concept counts
//! once), and of Takamura and Okumura, *Text Summarization Model Based on Maximum Coverage Problem and Its Variant*,
//! 2009; the greedy choice by gain per scaled cost is that of Lin and Bilmes, *Multi-document Summarization via
//! Budgeted Maximization of Submodular Functions*, 2010. Each flaw that makes a sentence hard to read scales its gain
//! down, so that a single objective balances news value and readability.
//!
//! ```text
//! gain(s)  = Π factors(s) · redundancy(s) · Σ w(c) over the concepts of s that are not covered yet
//! worth(s) = gain(s) / cost(s)^p        p = 0.25 if the summary reads as one report, otherwise 0.75
//! ```
//!
//! In a large story, hundreds of sentences share the heavy concepts, and dividing by the cost finds the shortest of
//! them. In a small story, or one summarized as one report, this would pick short asides, so the cost counts less.

use std::ops::Range;

use crate::score::{ln, pow};
use crate::summary::Explanation;
use crate::summary::candidate_set::CandidateSet;
use crate::summary::feature::{
    age, document_frequency, entity_introduction, form, news, position, topicality, voice,
};
use crate::summary::method::Objective;
use crate::summary::problem::Problem;
use crate::summary::redundancy;

/// How much the position of a sentence counts, in a single article and in a story of several articles.
const LEAD_STRENGTH: [f64; 2] = [0.5, 0.2];

/// A gain is divided by the cost raised to this power, in a summary that reads as one report and in any other. At 1,
/// short sentences win; at 0, long ones.
const COST_POWER: [f64; 2] = [0.25, 0.75];

/// The share of the greatest gain below which a sentence is filler in a summary that reads as one report, for short
/// sentences and for all others. In a manual check of 24 stories, short filler sentences reached 0.09, and good short
/// final sentences started at 0.11.
const LEAST_SHARE: [f64; 2] = [0.1, 0.03];

/// The number of words below which a sentence is short. Short sentences are chosen too easily, because they fit into
/// leftover room.
const SHORT: usize = 15;

/// The weights of a candidate set that do not depend on the selection.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// The weight of each concept.
    weights: Vec<f64>,
    /// For each candidate, the weight of the pairs that neither an earlier sentence of its article nor another article
    /// contains.
    lone: Vec<f64>,
    /// The product of the factors of each candidate.
    factors: Vec<f64>,
}

impl Model {
    /// Computes the weights of the concepts and the factors of the sentences of a set.
    pub(crate) fn new(set: &CandidateSet<'_>) -> Self {
        let mut weights = document_frequency::weights(&set.concepts);
        if !set.has_several_articles() {
            weigh_by_repetition(set, &mut weights);
        }
        if let Some(factors) = set.topic.factors_of_concepts(set) {
            weights.iter_mut().zip(factors).for_each(|(weight, factor)| *weight *= factor);
        }
        let all = 0..set.candidates.len();
        let lone = |c: usize| weight_of_lone_pair(set, c) * f64::from(set.concepts.n_lone_pairs(c));
        let product = |c: usize| factors(set, c).iter().map(|(_, factor)| factor).product();
        Self { weights, lone: all.clone().map(lone).collect(), factors: all.map(product).collect() }
    }
}

/// In a single article, multiplies the weight of each word by one plus the logarithm of the number of sentences that
/// contain it (after Luhn, *The Automatic Creation of Literature Abstracts*, 1958).
fn weigh_by_repetition(set: &CandidateSet<'_>, weights: &mut [f64]) {
    let mut sentences = vec![0_u32; set.concepts.n_words()];
    for candidate in 0..set.candidates.len() {
        for (word, _) in set.concepts.words_of(candidate) {
            sentences[word as usize] += 1;
        }
    }
    for (weight, n) in weights.iter_mut().zip(sentences) {
        *weight *= 1.0 + ln(f64::from(n.max(1)));
    }
}

/// Returns the weight of a pair that occurs in only one article, for the candidate that is the first to contain it.
fn weight_of_lone_pair(set: &CandidateSet<'_>, candidate: usize) -> f64 {
    document_frequency::weight_of_lone_pair(set.tellings[candidate]) * set.topic.factor(candidate)
}

/// Returns the factors of a candidate that do not depend on the selection.
fn factors(set: &CandidateSet<'_>, number: usize) -> [(&'static str, f64); 10] {
    let candidate = &set.candidates[number];
    let slice = &set.articles[candidate.slice];
    let usual = LEAD_STRENGTH[usize::from(set.has_several_articles())];
    let strength = set.params.lead_strength.unwrap_or(usual).max(0.0);
    let depth = position::depth(set.place(number), slice.len());
    let [short, quoted, exclaims, first_person, today] = form::prices(candidate);
    [
        ("position", position::factor(depth, strength)),
        (news::NAME, set.news.of_candidates[number].factor()),
        (topicality::NAME, set.topic.factor(number)),
        short,
        quoted,
        exclaims,
        first_person,
        today,
        (age::NAME, age::factor(slice.days_old)),
        (voice::NAME, voice::factor(slice.commentary)),
    ]
}

/// The factor of the sentences before the lede if the article opens with a scene.
const BEFORE_THE_NEWS: f64 = 0.5;

/// Returns the candidates before the lede, if there are enough to be a scene: a single sentence is not a scene.
fn opening(set: &CandidateSet<'_>, lede: usize) -> Range<usize> {
    let first = set.articles[set.candidates[lede].slice].first;
    if first + 1 < lede { first..lede } else { 0..0 }
}

/// The factor of the sentences directly after the lede in a story of one article. In a story of several, the report of
/// another outlet may continue from the lede just as well.
const AFTER_THE_NEWS: f64 = 1.3;

/// The number of sentences that count as a continuation of the lede.
const CONTINUATION: usize = 3;

/// Returns the candidates that continue from the lede of a single article.
fn continuation(set: &CandidateSet<'_>, lede: usize) -> Range<usize> {
    let next = lede + 1;
    if set.has_several_articles() {
        0..0
    } else {
        next..set.candidates.len().min(next + CONTINUATION)
    }
}

/// The coverage objective, with the candidates chosen so far.
#[derive(Debug)]
pub(crate) struct Coverage<'p, 'c> {
    set: &'p CandidateSet<'c>,
    /// The weights of uncovered concepts; 0 for covered ones.
    left: Vec<f64>,
    /// The number of chosen or already shown candidates that contain each concept.
    covered: Vec<u32>,
    /// The factor of each candidate that mentions something unintroduced; 1 for all others.
    introduction: Vec<f64>,
    /// The candidates before the lede that set a scene.
    opening: Range<usize>,
    /// The candidates that continue from the lede.
    continuation: Range<usize>,
    taken: Vec<usize>,
    /// Whether the summary should read as one continuous report.
    is_one_report: bool,
    cost_power: f64,
}

impl<'p, 'c> Coverage<'p, 'c> {
    /// Creates the objective; the concepts of sentences that the reader has already seen count as covered from the
    /// start.
    pub(crate) fn new(problem: &Problem<'p, 'c>) -> Self {
        let set = problem.set;
        let mut coverage = Self {
            set,
            left: set.coverage.weights.clone(),
            covered: vec![0; set.concepts.len()],
            introduction: vec![1.0; set.candidates.len()],
            opening: problem.lede.map_or(0..0, |lede| opening(set, lede)),
            continuation: problem.lede.map_or(0..0, |lede| continuation(set, lede)),
            taken: Vec::new(),
            is_one_report: problem.is_one_report,
            cost_power: COST_POWER[usize::from(!problem.is_one_report)],
        };
        for &candidate in &problem.told {
            coverage.take(candidate);
        }
        coverage
    }

    fn continuation(&self, candidate: usize) -> f64 {
        if self.continuation.contains(&candidate) { AFTER_THE_NEWS } else { 1.0 }
    }

    fn scene(&self, candidate: usize) -> f64 {
        if self.opening.contains(&candidate) { BEFORE_THE_NEWS } else { 1.0 }
    }

    fn new_concepts(&self, candidate: usize) -> impl Iterator<Item = u32> {
        let concepts = self.set.concepts.in_sentence(candidate).iter().copied();
        concepts.filter(|&c| self.covered[c as usize] == 0)
    }

    /// Returns the factor for how much a candidate repeats the chosen ones: the lowest of its redundancy factors with
    /// each of them.
    fn repetition(&self, candidate: usize) -> f64 {
        let taken = self.taken.iter().filter(|&&t| t != candidate);
        taken.map(|&t| redundancy::factor(self.set, candidate, t)).fold(1.0, f64::min)
    }

    /// Returns the gain from pairs that occur only in this candidate's article; 0 if the candidate is chosen.
    fn lone(&self, candidate: usize) -> f64 {
        if self.taken.contains(&candidate) { 0.0 } else { self.set.coverage.lone[candidate] }
    }
}

impl Objective for Coverage<'_, '_> {
    fn gain(&self, entry: usize) -> f64 {
        self.gain_at_most(entry) * self.repetition(entry)
    }

    fn gain_at_most(&self, entry: usize) -> f64 {
        let concepts = self.set.concepts.in_sentence(entry).iter();
        let sum: f64 = concepts.map(|&c| self.left[c as usize]).sum();
        let factor = self.set.coverage.factors[entry] * self.introduction[entry];
        let place = self.scene(entry) * self.continuation(entry);
        (sum + self.lone(entry)) * factor * place
    }

    fn worth(&self, gain: f64, cost: usize, _sentences: usize) -> f64 {
        gain / pow(cost.max(1) as f64, self.cost_power)
    }

    fn take(&mut self, entry: usize) {
        for &concept in self.set.concepts.in_sentence(entry) {
            self.covered[concept as usize] += 1;
            self.left[concept as usize] = 0.0;
        }
        self.taken.push(entry);
    }

    fn give_back(&mut self, entry: usize) {
        for &concept in self.set.concepts.in_sentence(entry) {
            let concept = concept as usize;
            self.covered[concept] -= 1;
            if self.covered[concept] == 0 {
                self.left[concept] = self.set.coverage.weights[concept];
            }
        }
        if let Some(at) = self.taken.iter().rposition(|&t| t == entry) {
            self.taken.remove(at);
        }
    }

    fn has_prices(&self) -> bool {
        true
    }

    fn least_share(&self, words: usize) -> f64 {
        if self.is_one_report { LEAST_SHARE[usize::from(SHORT <= words)] } else { 0.0 }
    }

    fn discount(&mut self, entry: usize) {
        self.introduction[entry] = entity_introduction::STRANGER;
    }

    fn explain(&self, entry: usize) -> Explanation {
        let set = self.set;
        let name = |c: u32| set.concepts.name(set.collection, c);
        let weight = |c: u32| set.coverage.weights[c as usize];
        let mut terms: Vec<(String, f64)> =
            self.new_concepts(entry).map(|c| (name(c), weight(c))).collect();
        if self.lone(entry) > 0.0 {
            let slice = &set.articles[set.candidates[entry].slice];
            let lone = set.concepts.lone_pairs(set.collection, slice, &set.candidates, entry);
            let weight = weight_of_lone_pair(set, entry);
            terms.extend(lone.into_iter().map(|pair| (pair, weight)));
        }
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let [position, others @ ..] = factors(set, entry);
        let chosen = [
            (entity_introduction::NAME, self.introduction[entry]),
            ("opens with a scene", self.scene(entry)),
            ("goes on from the lede", self.continuation(entry)),
            (redundancy::NAME, self.repetition(entry)),
        ];
        let others = others.into_iter().chain(chosen).filter(|(_, f)| (f - 1.0).abs() > 0.0);
        let named = [position].into_iter().chain(others).map(|(name, f)| (name.to_owned(), f));
        Explanation::new(terms, named.collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::article::{Article, ArticleId, Block, BlockKind};
    use crate::language::Language;
    use crate::span::Span;
    use crate::stories::Story;
    use crate::summary::Params;
    use crate::summary::candidate_set::CandidateSet;
    use crate::text::Collection;

    fn article(id: &str, sentences: &[&str]) -> Article {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for sentence in sentences {
            let start = text.len();
            text.push_str(sentence);
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, text.len()) });
            text.push_str("\n\n");
        }
        let lang = Language::parse("en").unwrap_or_default();
        Article { id: ArticleId::given(id), lang, text, blocks, ..Article::default() }
    }

    /// Two articles have two sentences each. The second sentence of each is at depth 1 · 25 / 5 = 5, so it adds 1 / (1
    /// + 0.04 · 5) = 1 / 1.2.
    #[test]
    fn weights_are_those_worked_out_by_hand() {
        let articles = vec![
            article("a", &["Ferries sank near Lenn.", "Divers found wreckage."]),
            article("b", &["Wreckage drifted ashore.", "Ferries sank yesterday."]),
        ];
        let collection = Collection::build(articles);
        let story = Story { articles: vec![0, 1], ..Story::default() };
        let set = CandidateSet::new(&collection, &story, &Params::default(), None);
        let weight = |name: &str| {
            let number = (0..set.concepts.len() as u32)
                .find(|&number| set.concepts.name(&collection, number) == name);
            number.map(|number| set.coverage.weights[number as usize])
        };
        let both = (1.0 + 1.0 / 1.2) * (1.0 + 1.0 / 1.2);
        let near = |name: &str, expected: f64| {
            let found = weight(name);
            assert!(found.is_some_and(|w| (w - expected).abs() < 1e-12), "{name}: {found:?}");
        };
        near("ferri", 0.3 * both);
        near("ferri sank", both);
        near("lenn", 0.3 * 0.2);
        near("diver", 0.3 * 0.2 / (1.2 * 1.2));
        assert_eq!(weight("near lenn"), None, "a pair of one article has no number");
        // Of the pairs of the first sentence, "near lenn" and "sank near" occur only in this article; "ferri sank" is
        // in both.
        assert!((set.coverage.lone[0] - 2.0 * 0.2).abs() < 1e-12, "{}", set.coverage.lone[0]);
        // The articles have no titles. "ferri", "sank" and "wreckag" are in both ledes, so each has a third of the
        // weight.
        let news = set.news.of_candidates[0];
        assert!((news.ledes - 2.0 / 3.0).abs() < 1e-12, "{news:?}");
    }
}
