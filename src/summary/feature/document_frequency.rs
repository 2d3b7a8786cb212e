//! What a concept is worth: how many articles tell it, and how early.
//!
//! Document frequency as the weight of a pair of words is that of `ICSISumm` (Gillick, Favre, Hakkani-Tür and others
//! 2009, "The ICSI/UTD summarization system at TAC 2009"); here each article adds less the deeper it tells the
//! concept first.
//!
//! ```text
//! w(c) = (Σ over articles that have c of 1 / (1 + 0.04 · depth of c's first sentence there))²
//!        · 0.2 if only one article has c
//!        · 0.3 if c is a single word
//! ```

use crate::summary::candidate_set::ArticleSlice;
use crate::summary::concepts::{Concepts, Support};
use crate::summary::feature::position;

/// How fast a concept loses weight with depth.
const FADING: f64 = 0.04;

/// What a concept of a single article is worth beside one that several have.
const LONE: f64 = 0.2;

/// What a single word is worth beside a pair.
const SINGLE_WORD: f64 = 0.3;

/// Returns what each sentence of the articles adds to what it is the first of its article to tell.
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

/// Returns the weight of a pair that one article alone has, by what the sentence adds that tells it first.
pub(crate) fn weight_of_lone_pair(telling: f64) -> f64 {
    telling * telling * LONE
}
