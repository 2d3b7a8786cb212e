//! The weight of a concept, which depends on the number of articles that contain it and on how early it occurs in them.
//!
//! The weighting of word pairs by document frequency comes from `ICSISumm` (Gillick, Favre, Hakkani-Tür and others,
//! *The ICSI/UTD Summarization System at TAC 2009*, 2009); here an article adds less the further down the concept first
//! occurs in it.
//!
//! ```text
//! w(c) = (Σ over articles that contain c of 1 / (1 + 0.04 · depth of c's first sentence there))²
//!        · 0.2 if only one article contains c
//!        · 0.3 if c is a single word
//! ```

use crate::summary::candidate_set::ArticleSlice;
use crate::summary::concepts::{Concepts, Support};
use crate::summary::feature::position;

/// How fast the contribution of an article decreases with depth.
const FADING: f64 = 0.04;

/// The factor of a concept that occurs in only one article.
const LONE: f64 = 0.2;

/// The factor of a single word; that of a pair is 1.
const SINGLE_WORD: f64 = 0.3;

/// Returns, for each sentence, the weight that it adds to every concept that no earlier sentence of its article
/// contains.
pub(crate) fn tellings(sources: &[ArticleSlice]) -> Vec<f64> {
    let of_source = |source: &ArticleSlice| {
        let n = source.len();
        (0..n).map(move |place| 1.0 / (1.0 + FADING * position::depth(place, n)))
    };
    sources.iter().flat_map(of_source).collect()
}

/// Returns the weight of each concept.
pub(crate) fn weights(concepts: &Concepts) -> Vec<f64> {
    let weight = |(number, support): (usize, &Support)| {
        let shared = if support.articles < 2 { LONE } else { 1.0 };
        let size = if number < concepts.n_words() { SINGLE_WORD } else { 1.0 };
        support.weight * support.weight * shared * size
    };
    concepts.support().iter().enumerate().map(weight).collect()
}

/// Returns the weight of a pair that occurs in only one article, given the weight that its first sentence adds.
pub(crate) fn weight_of_lone_pair(telling: f64) -> f64 {
    telling * telling * LONE
}
