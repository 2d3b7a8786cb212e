//! Sparse vectors of weighted features that represent the subject of an article.
//!
//! A feature is a term, or a pair of adjacent content terms. Its weight grows with its frequency, with an early
//! position, with the title, with being a name or number, and with its rarity (idf), for which the counts of the run
//! are blended with those of general text ([`GeneralText`]) and of other articles ([`Background`]). Vectors have unit
//! length, so the dot product of two is their cosine.

use std::cmp::Ordering;

use crate::language::Language;
use crate::parallel;
use crate::score;
use crate::stories::background::{Background, Counts};
use crate::stories::distinct_names::Named;
use crate::stories::features::Features;
use crate::stories::general_text::GeneralText;
use crate::stories::sketch::Sketch;

/// How features are weighted.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// The factor for features in the title.
    pub title: f64,
    /// The factor for names (capitalized within a sentence) and numbers.
    pub name: f64,
    /// The factor for a pair of adjacent words, relative to the mean weight of the two.
    pub pair: f64,
    /// The exponent of the idf; below 1, the rarest words count for less.
    pub idf_power: f64,
    /// The number of articles of general text with which the counts of the run are blended.
    pub background_articles: f64,
    /// The number of words in each article of general text.
    pub background_words: f64,
    /// The maximum number of features of an article; the heaviest are kept.
    pub features: usize,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            title: 1.5,
            name: 1.2,
            pair: 0.4,
            idf_power: 0.85,
            background_articles: 20_000.0,
            background_words: 300.0,
            features: 160,
        }
    }
}

/// The numbers of features with their weights, sorted by number.
pub(crate) type Row = Vec<(u32, f32)>;

/// The vectors of some articles.
#[derive(Debug, Default)]
pub(crate) struct Vectors {
    /// The rows of the members, with the features that occur in several members.
    pub(crate) rows: Vec<Row>,
    /// For each member, the squared length of the features that occur only in it.
    pub(crate) alone: Vec<f32>,
    /// The number of content words examined for each member.
    pub(crate) words: Vec<f64>,
    /// The names of each member.
    pub(crate) named: Vec<Named>,
    /// An exclusive upper bound of the feature numbers.
    n_features: usize,
}

impl Vectors {
    /// Keeps only the numbers of words.
    pub(crate) fn into_words(self) -> Vec<f64> {
        self.words
    }

    /// Returns an exclusive upper bound of the feature numbers.
    pub(crate) const fn n_features(&self) -> usize {
        self.n_features
    }

    /// Returns the features that two members share, with their contributions to the cosine.
    pub(crate) fn shared(&self, a: usize, b: usize) -> impl Iterator<Item = (u32, f64)> {
        let other = &self.rows[b];
        self.rows[a].iter().filter_map(move |&(feature, weight)| {
            let at = other.binary_search_by_key(&feature, |(f, _)| *f).ok()?;
            Some((feature, f64::from(weight * other[at].1)))
        })
    }

    /// Removes the features that only one member has kept.
    fn drop_lone_features(&mut self) {
        let mut kept = vec![0_u32; self.n_features()];
        for (feature, _) in self.rows.iter().flatten() {
            kept[*feature as usize] += 1;
        }
        let mut members: Vec<(&mut Row, &mut f32)> =
            self.rows.iter_mut().zip(&mut self.alone).collect();
        parallel::change_each(&mut members, |(row, alone)| {
            row.retain(|(feature, weight)| {
                let is_shared = 1 < kept[*feature as usize];
                **alone += if is_shared { 0.0 } else { weight * weight };
                is_shared
            });
            row.shrink_to_fit();
        });
    }
}

/// The numbers of the terms and pairs that occur in several members.
#[derive(Debug)]
pub(crate) struct Numbers {
    terms: Features,
    /// The pairs; their numbers follow those of the terms.
    pairs: Features,
}

impl Numbers {
    fn count(members: &[&Sketch]) -> Self {
        let terms = Features::count(members, |sketch, add| {
            sketch.all_terms().for_each(add);
        });
        let pairs = Features::count(members, |sketch, add| {
            sketch.pairs().for_each(|pair| add(sketch.pair_hash(pair)));
        });
        Self { terms, pairs }
    }

    /// Returns the number of the term with this hash, if it has one.
    pub(crate) fn term(&self, hash: u64) -> Option<u32> {
        self.terms.number(hash)
    }

    /// Returns the number of the pair with this hash, if it has one.
    pub(crate) fn pair(&self, hash: u64) -> Option<u32> {
        self.pairs.number(hash).map(|number| self.terms.len() as u32 + number)
    }

    /// Numbers the features of a draft. Features that no other member has are reduced to their squared length.
    fn row(&self, sketch: &Sketch, draft: &Draft) -> (Row, f32) {
        let mut alone = 0.0;
        let mut row = Row::with_capacity(draft.terms.len() + draft.pairs.len());
        let mut put = |feature: Option<u32>, weight: f32| match feature {
            Some(feature) => row.push((feature, weight)),
            None => alone += weight * weight,
        };
        for &(term, weight) in &draft.terms {
            put(term, weight);
        }
        for &(pair, weight) in &draft.pairs {
            put(self.pair(sketch.nth_pair_hash(pair)), weight);
        }
        row.sort_unstable_by_key(|(feature, _)| *feature);
        (row, alone)
    }
}

/// Makes vectors block by block, so that the parts of a sketch that only its vector needs can be dropped before the next
/// block.
pub(crate) struct Builder<'w> {
    numbers: Numbers,
    rarity: Rarity<'w>,
    weights: &'w Weights,
    vectors: Vectors,
}

impl<'w> Builder<'w> {
    /// Counts the features of all members, which must all be in one language.
    pub(crate) fn new(
        members: &[&Sketch],
        language: Language,
        background: &'w Background,
        weights: &'w Weights,
    ) -> Self {
        let numbers = Numbers::count(members);
        let rarity = Rarity::new(members.len(), &numbers.terms, language, background, weights);
        let n_features = numbers.terms.len() + numbers.pairs.len();
        let vectors = Vectors { n_features, ..Vectors::default() };
        Self { numbers, rarity, weights, vectors }
    }

    /// Adds the vectors of the next members, in parallel.
    pub(crate) fn add(&mut self, members: &[&Sketch]) {
        let made = parallel::map_in_order(members, |sketch| {
            let mut draft = Draft::new(sketch, &self.numbers, &self.rarity, self.weights);
            let named = Named::new(&draft.names);
            draft.keep_heaviest(self.weights.features);
            draft.normalise();
            (self.numbers.row(sketch, &draft), named)
        });
        for (((row, alone), named), sketch) in made.into_iter().zip(members) {
            self.vectors.rows.push(row);
            self.vectors.alone.push(alone);
            self.vectors.named.push(named);
            self.vectors.words.push(sketch.content_words());
        }
    }

    /// Returns the vectors of all members, and the numbers of their features.
    pub(crate) fn finish(mut self) -> (Vectors, Numbers) {
        self.vectors.drop_lone_features();
        (self.vectors, self.numbers)
    }
}

/// The inverse document frequencies of terms.
struct Rarity<'w> {
    /// The inverse frequencies of the terms that occur in several members, indexed by their numbers.
    several: Vec<f32>,
    /// The number of members plus the number of articles with which they are blended.
    all: f64,
    general: &'static GeneralText,
    others: Option<&'w Counts>,
    weights: &'w Weights,
}

impl<'w> Rarity<'w> {
    fn new(
        n_members: usize,
        terms: &Features,
        language: Language,
        background: &'w Background,
        weights: &'w Weights,
    ) -> Self {
        let others = background.get(language);
        let n_others = others.map_or(0, Counts::articles);
        let all = (n_members as u64 + n_others) as f64 + weights.background_articles;
        let general = GeneralText::for_language(language);
        let mut rarity = Self { several: Vec::new(), all, general, others, weights };
        let counted: Vec<(u64, u32)> = terms.counts().collect();
        rarity.several = parallel::map_in_order(&counted, |&(term, n)| rarity.compute(term, n));
        rarity
    }

    /// Returns the rarity of a term that occurs in this many members.
    fn compute(&self, term: u64, count: u32) -> f32 {
        let count = count.saturating_add(self.others.map_or(0, |others| others.count(term)));
        let frequency = self.general.frequency_of_hash(term);
        let expected = 1.0 - score::exp(-frequency * self.weights.background_words);
        let prior = self.weights.background_articles;
        let rarity = score::ln(self.all / (f64::from(count) + prior * expected + 0.5));
        score::pow(rarity.max(0.0), self.weights.idf_power) as f32
    }

    /// Returns the rarity of a term; `number` is `None` if only one member has it.
    fn get(&self, term: u64, number: Option<u32>) -> f64 {
        let rarity = number.map_or_else(|| self.compute(term, 1), |at| self.several[at as usize]);
        f64::from(rarity)
    }
}

/// The vector of one article before its pairs are numbered.
#[derive(Default)]
struct Draft {
    /// The number of each term with its weight.
    terms: Vec<(Option<u32>, f32)>,
    /// The index of each pair in the sketch with its weight.
    pairs: Vec<(u16, f32)>,
    /// The terms that are names.
    names: Vec<(Option<u32>, f32)>,
}

impl Draft {
    fn new(sketch: &Sketch, numbers: &Numbers, rarity: &Rarity<'_>, weights: &Weights) -> Self {
        let factor = |on: bool, factor: f64| if on { factor } else { 1.0 };
        let mut draft = Self::default();
        let mut rarities = Vec::with_capacity(sketch.term_hashes().len());
        for term in sketch.terms() {
            let number = numbers.term(term.hash);
            let rarity = rarity.get(term.hash, number);
            rarities.push(rarity);
            let often = score::ln(1.0 + term.frequency) / std::f64::consts::LN_2;
            let weight = often
                * factor(term.in_title, weights.title)
                * factor(term.is_name, weights.name)
                * rarity;
            if 0.0 < weight {
                draft.terms.push((number, weight as f32));
                draft.names.extend(term.is_name.then_some((number, weight as f32)));
            }
        }
        for (at, pair) in sketch.pairs().enumerate() {
            let [first, second] = pair.terms.map(|term| rarities[term]);
            let mean = f64::midpoint(first, second);
            let weight = mean * weights.pair * factor(pair.in_title, weights.title);
            if 0.0 < weight {
                draft.pairs.push((at as u16, weight as f32));
            }
        }
        draft
    }

    fn weights(&mut self) -> impl Iterator<Item = &mut f32> {
        let terms = self.terms.iter_mut().map(|(_, weight)| weight);
        terms.chain(self.pairs.iter_mut().map(|(_, weight)| weight))
    }

    /// Keeps the heaviest features; on a tie, terms before pairs, each in the order of occurrence.
    fn keep_heaviest(&mut self, n: usize) {
        let n = n.max(1);
        if self.terms.len() + self.pairs.len() <= n {
            return;
        }
        // The bits of a positive float are ordered like the float.
        let mut weights: Vec<u32> = self.weights().map(|weight| weight.to_bits()).collect();
        let n_lighter = weights.len() - n;
        let (_, least, above) = weights.select_nth_unstable(n_lighter);
        let least = *least;
        let mut equal = n - above.iter().filter(|weight| least < **weight).count();
        let mut is_kept = |weight: f32| match weight.to_bits().cmp(&least) {
            Ordering::Less => false,
            Ordering::Greater => true,
            Ordering::Equal => {
                let room = 0 < equal;
                equal -= usize::from(room);
                room
            }
        };
        self.terms.retain(|(_, weight)| is_kept(*weight));
        self.pairs.retain(|(_, weight)| is_kept(*weight));
    }

    /// Scales the vector to unit length.
    fn normalise(&mut self) {
        let length = self.weights().map(|w| f64::from(*w * *w)).sum::<f64>();
        if 0.0 < length {
            let scale = (1.0 / score::sqrt(length)) as f32;
            self.weights().for_each(|weight| *weight *= scale);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Draft;

    #[test]
    fn of_equal_features_the_first_are_kept() {
        let draft = || Draft {
            terms: vec![(Some(7), 1.0), (None, 0.5), (Some(9), 0.25)],
            pairs: vec![(0, 0.5), (1, 0.5)],
            names: Vec::new(),
        };
        let mut kept = draft();
        kept.keep_heaviest(3);
        assert_eq!(kept.terms, [(Some(7), 1.0), (None, 0.5)]);
        assert_eq!(kept.pairs, [(0, 0.5)]);
        let mut kept = draft();
        kept.keep_heaviest(5);
        assert_eq!((kept.terms.len(), kept.pairs.len()), (3, 2));
    }
}
