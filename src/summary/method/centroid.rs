//! TF-IDF centroid: a sentence is scored by its similarity to all sentences together.
//!
//! The method is that of Radev, Jing, Styś and Tam 2004, "Centroid-based summarization of multiple documents".
//!
//! ```text
//! v(s, w)      = (1 + ln tf) · ln(1 + N / sf)        tf: occurrences of w in s; sf: sentences with w; N: all sentences
//! c(w)         = Σ over sentences of tf · ln(1 + N / sf)
//! relevance(s) = cos(v(s), c) / √(1 + 0.5 · depth(s))
//! ```

use crate::parallel;
use crate::score::{ln, sqrt};
use crate::summary::candidate_set::{ArticleSlice, CandidateSet};
use crate::summary::feature::position;
use crate::summary::method::relevance::{Parts, Relevance, Vector, normalized};
use crate::summary::problem::Problem;

/// How much the position of a sentence counts.
const LEAD_STRENGTH: f64 = 0.5;

/// Returns the objective that scores sentences by their similarity to the centroid.
pub(crate) fn objective<'p, 'c>(problem: &Problem<'p, 'c>) -> Relevance<'p, 'c> {
    let set = problem.set;
    let idf = idf(set);
    let mut centroid = vec![0.0; set.concepts.len()];
    for source in &set.articles {
        for entry in source.first..source.end {
            for (word, count) in set.concepts.words_of(entry) {
                centroid[word as usize] += f64::from(count) * idf[word as usize];
            }
        }
    }
    let length = sqrt(centroid.iter().map(|w| w * w).sum());
    if length > 0.0 {
        for weight in &mut centroid {
            *weight /= length;
        }
    }
    let vectors = vectors(set, &idf);
    let strength = set.params.lead_strength.unwrap_or(LEAD_STRENGTH).max(0.0);
    Relevance::new(problem, vectors, Parts::Concepts(centroid), positions(set, strength))
}

/// Returns the inverse sentence frequency of each word.
pub(crate) fn idf(set: &CandidateSet<'_>) -> Vec<f64> {
    let mut sentences = vec![0_u32; set.concepts.len()];
    for entry in 0..set.candidates.len() {
        for (word, _) in set.concepts.words_of(entry) {
            sentences[word as usize] += 1;
        }
    }
    let all = set.candidates.len() as f64;
    sentences.iter().map(|&n| ln(1.0 + all / f64::from(n.max(1)))).collect()
}

/// Returns the TF-IDF vector of each sentence, normalized to length 1.
pub(crate) fn vectors(set: &CandidateSet<'_>, idf: &[f64]) -> Vec<Vector> {
    let weight = |(word, count): (u32, u32)| {
        let tf = if count > 1 { 1.0 + ln(f64::from(count)) } else { 1.0 };
        (word, tf * idf[word as usize])
    };
    let of_source = |source: &ArticleSlice| -> Vec<Vector> {
        let entries = source.first..source.end;
        entries.map(|e| normalized(set.concepts.words_of(e).map(weight).collect())).collect()
    };
    parallel::map_in_order(&set.articles, of_source).into_iter().flatten().collect()
}

/// Returns the position factor of each sentence.
pub(crate) fn positions(set: &CandidateSet<'_>, strength: f64) -> Vec<f64> {
    let factor = |entry: usize| {
        let source = &set.articles[set.candidates[entry].slice];
        position::factor(position::depth(set.place(entry), source.len()), strength)
    };
    (0..set.candidates.len()).map(factor).collect()
}
