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
    let mut tellings: Vec<(usize, f64)> = Vec::with_capacity(pool.entries.len());
    for (number, source) in pool.articles.iter().enumerate() {
        let depth = |place| position::depth(place, source.len());
        let weight = |place| source.weight / (1.0 + FADING * depth(place));
        tellings.extend((0..source.len()).map(|place| (number, weight(place))));
    }
    let weight = |concept: u32| {
        let (mut sum, mut articles, mut last) = (0.0, 0, None);
        for &entry in pool.concepts.tellers(concept) {
            let (article, weight) = tellings[entry as usize];
            if last.replace(article) != Some(article) {
                sum += weight;
                articles += 1;
            }
        }
        let shared = if articles < 2 { LONE } else { 1.0 };
        let size = match pool.concepts.get(concept) {
            Concept::Word(_) => SINGLE_WORD,
            Concept::Pair(..) => 1.0,
        };
        sum * sum * shared * size
    };
    (0..pool.concepts.len() as u32).map(weight).collect()
}
