//! Maximal marginal relevance: relevance minus redundancy.
//!
//! The objective is that of Carbonell and Goldstein 1998, "The use of MMR, diversity-based reranking for reordering
//! documents and producing summaries".
//!
//! ```text
//! gain(s) = λ · relevance(s) / max relevance − (1 − λ) · max over the chosen t of cos(s, t)      λ = 0.7
//! ```

use crate::parallel;
use crate::score::sqrt;
use crate::summary::Explanation;
use crate::summary::candidate_set::{ArticleSlice, CandidateSet};
use crate::summary::feature::entity_introduction;
use crate::summary::feature::topicality;
use crate::summary::method::Objective;
use crate::summary::problem::Problem;

/// The weight of relevance against redundancy, in `[0, 1]`; at 1, redundancy is ignored.
const LAMBDA: f64 = 0.7;

/// A sentence as a unit vector of concept weights, sorted by concept.
pub(crate) type Vector = Vec<(u32, f64)>;

/// Relevance minus redundancy.
#[derive(Debug)]
pub(crate) struct Relevance<'p, 'c> {
    set: &'p CandidateSet<'c>,
    vectors: Vec<Vector>,
    /// The terms that sum to each entry's relevance, before the factors are applied.
    parts: Parts,
    /// The position factor of each entry.
    position: Vec<f64>,
    /// The topic factor of each entry.
    topic: Vec<f64>,
    /// The relevance of each entry with its factors, divided by `top`.
    worths: Vec<f64>,
    /// The greatest relevance of an entry that may be chosen.
    top: f64,
    /// The factor of each entry that mentions something unintroduced; 1 for all others.
    introduction: Vec<f64>,
    taken: Vec<usize>,
}

/// The terms of a relevance score.
#[derive(Debug)]
pub(crate) enum Parts {
    /// One term per concept: its weight in the sentence's vector, multiplied by its weight in this list.
    Concepts(Vec<f64>),
    /// A single term, with its name and its value for each entry.
    Whole(&'static str, Vec<f64>),
}

impl Parts {
    fn sum(&self, entry: usize, vector: &Vector) -> f64 {
        match self {
            Self::Concepts(weights) => vector.iter().map(|&(c, w)| w * weights[c as usize]).sum(),
            Self::Whole(_, values) => values[entry],
        }
    }
}

impl<'p, 'c> Relevance<'p, 'c> {
    /// Computes the relevance of each entry.
    pub(crate) fn new(
        problem: &Problem<'p, 'c>,
        vectors: Vec<Vector>,
        parts: Parts,
        position: Vec<f64>,
    ) -> Self {
        let set = problem.set;
        let topic: Vec<f64> = (0..set.candidates.len()).map(|c| set.topic.factor(c)).collect();
        let of_source = |source: &ArticleSlice| -> Vec<f64> {
            let worth = |e: usize| parts.sum(e, &vectors[e]) * position[e] * topic[e];
            (source.first..source.end).map(worth).collect()
        };
        let worths = parallel::map_in_order(&set.articles, of_source);
        let mut worths: Vec<f64> = worths.into_iter().flatten().collect();
        let mut top = 0.0;
        for unit in &problem.bundles {
            if top < worths[unit.last] && problem.admits(*unit) {
                top = worths[unit.last];
            }
        }
        let top = if top > 0.0 { top } else { 1.0 };
        for value in &mut worths {
            *value /= top;
        }
        let taken = problem.told.clone();
        let introduction = vec![1.0; set.candidates.len()];
        Self { set, vectors, parts, position, topic, worths, top, introduction, taken }
    }

    /// Returns the chosen entry most similar to this one, and its similarity.
    fn nearest(&self, entry: usize) -> Option<(usize, f64)> {
        let like = |&t: &usize| (t, cosine(&self.vectors[entry], &self.vectors[t]));
        self.taken.iter().map(like).reduce(|best, next| if next.1 > best.1 { next } else { best })
    }
}

impl Objective for Relevance<'_, '_> {
    fn gain(&self, entry: usize) -> f64 {
        let near = self.nearest(entry).map_or(0.0, |(_, cosine)| cosine);
        LAMBDA * self.worths[entry] - (1.0 - LAMBDA) * near
    }

    fn worth(&self, gain: f64, _cost: usize, sentences: usize) -> f64 {
        gain / sentences.max(1) as f64
    }

    fn take(&mut self, entry: usize) {
        self.taken.push(entry);
    }

    fn give_back(&mut self, entry: usize) {
        if let Some(at) = self.taken.iter().rposition(|&t| t == entry) {
            self.taken.remove(at);
        }
    }

    fn discount(&mut self, entry: usize) {
        if 1.0 <= std::mem::replace(&mut self.introduction[entry], entity_introduction::STRANGER) {
            self.worths[entry] *= entity_introduction::STRANGER;
        }
    }

    fn explain(&self, entry: usize) -> Explanation {
        let scale = LAMBDA / self.top;
        let mut terms: Vec<(String, f64)> = match &self.parts {
            Parts::Concepts(weights) => {
                let name = |c: u32| self.set.concepts.name(self.set.collection, c);
                let vector = self.vectors[entry].iter();
                vector.map(|&(c, w)| (name(c), scale * w * weights[c as usize])).collect()
            }
            Parts::Whole(name, values) => vec![((*name).to_owned(), scale * values[entry])],
        };
        terms.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let before = scale * self.parts.sum(entry, &self.vectors[entry]);
        if self.position[entry] < 1.0 {
            terms.push(("position".to_owned(), before * (self.position[entry] - 1.0)));
        }
        let placed = before * self.position[entry];
        if self.topic[entry] > 1.0 {
            terms.push((topicality::NAME.to_owned(), placed * (self.topic[entry] - 1.0)));
        }
        if self.introduction[entry] < 1.0 {
            let lost = placed * self.topic[entry] * (self.introduction[entry] - 1.0);
            terms.push((entity_introduction::NAME.to_owned(), lost));
        }
        if let Some((_, near)) = self.nearest(entry) {
            terms.push(("redundancy".to_owned(), -(1.0 - LAMBDA) * near));
        }
        Explanation::new(terms, Vec::new())
    }
}

/// Scales a vector to length 1.
pub(crate) fn normalized(mut vector: Vector) -> Vector {
    let length = sqrt(vector.iter().map(|(_, w)| w * w).sum());
    if length > 0.0 {
        for (_, weight) in &mut vector {
            *weight /= length;
        }
    }
    vector
}

/// Returns the dot product of two vectors of length 1.
pub(crate) fn cosine(a: &Vector, b: &Vector) -> f64 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::{Objective as _, centroid};
    use crate::article::{Article, Block, BlockKind};
    use crate::budget::Budget;
    use crate::language::Language;
    use crate::score::{ln, sqrt};
    use crate::span::Span;
    use crate::stories::Story;
    use crate::summary::candidate_set::CandidateSet;
    use crate::summary::problem::{Constraints, Problem};
    use crate::summary::{Method, Params};
    use crate::text::Collection;

    /// "Ferries" is in both sentences, so its weight is ln(1 + 2 / 2), and that of the other words is ln(1 + 2 / 1).
    /// Both sentences are equally similar to the centroid; the second is at depth 5.
    #[test]
    fn gains_are_those_worked_out_by_hand() {
        let text = "Ferries sank.\n\nFerries drifted.";
        let block = |start, end| Block { kind: BlockKind::Paragraph, span: Span::new(start, end) };
        let lang = Language::parse("en").unwrap_or_default();
        let blocks = vec![block(0, 13), block(15, text.len())];
        let article = Article { lang, text: text.to_owned(), blocks, ..Article::default() };
        let collection = Collection::build(vec![article]);
        let story = Story { articles: vec![0], ..Story::default() };
        let params = Params { method: Method::TfIdf, ..Params::default() };
        let set = CandidateSet::new(&collection, &story, &params, None);
        let problem = Problem::new(&set, Budget::Sentences(2), &Constraints::default());
        let mut relevance = centroid::objective(&problem);
        assert!((relevance.gain(0) - 0.7).abs() < 1e-12);
        assert!((relevance.gain(1) - 0.7 / sqrt(1.0 + LEAD * 5.0)).abs() < 1e-12);
        relevance.take(0);
        let (both, own) = (ln(2.0), ln(3.0));
        let cosine = both * both / (both * both + own * own);
        let rest = 0.7 / sqrt(1.0 + LEAD * 5.0) - 0.3 * cosine;
        assert!((relevance.gain(1) - rest).abs() < 1e-12);
    }

    /// The default weight of the position.
    const LEAD: f64 = 0.5;
}
