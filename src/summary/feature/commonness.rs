//! What a concept is worth: how many articles tell it, and how early.
//!
//! Document frequency as the weight of a bigram is that of `ICSISumm` (Gillick, Favre, Hakkani-Tür and others
//! 2009, "The ICSI/UTD summarization system at TAC 2009"); here each article adds less the deeper it tells the
//! concept first.
//!
//! ```text
//! w(c) = (Σ over articles a that have c of weight(a) / (1 + 0.04 · depth of c's first sentence in a))²
//!        · 0.2 if only one article has c
//!        · 0.3 if c is a single word
//! ```

use crate::summary::concepts::Concept;
use crate::summary::feature::position;
use crate::summary::pool::Pool;

/// How fast a concept loses weight with depth.
const FADING: f64 = 0.04;

/// What a concept of a single article is worth beside one that several have.
const LONE: f64 = 0.2;

/// What a single word is worth beside a bigram.
const SINGLE_WORD: f64 = 0.3;

/// Returns the weight of each concept of a pool of several articles.
pub(crate) fn weights(pool: &Pool<'_>) -> Vec<f64> {
    let n = pool.concepts.len();
    let (mut sums, mut articles, mut seen_in) = (vec![0.0; n], vec![0_u32; n], vec![usize::MAX; n]);
    for (number, source) in pool.articles.iter().enumerate() {
        for (place, entry) in (source.first..source.end).enumerate() {
            let weight = source.weight / (1.0 + FADING * position::depth(place, source.len()));
            for &concept in pool.concepts.of(entry) {
                let concept = concept as usize;
                if seen_in[concept] != number {
                    seen_in[concept] = number;
                    sums[concept] += weight;
                    articles[concept] += 1;
                }
            }
        }
    }
    let weight = |concept: usize| {
        let shared = if articles[concept] < 2 { LONE } else { 1.0 };
        let size = match pool.concepts.get(concept as u32) {
            Concept::Word(_) => SINGLE_WORD,
            Concept::Pair(..) => 1.0,
        };
        sums[concept] * sums[concept] * shared * size
    };
    (0..n).map(weight).collect()
}
