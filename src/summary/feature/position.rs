//! Position: how early a sentence is in its article.
//!
//! News reports put the most important facts first, so their first sentences are a strong baseline (Nenkova, *Automatic
//! Text Summarization of Newswire: Lessons Learned from the Document Understanding Conference*, 2005).
//!
//! ```text
//! depth(s)  = i · 25 / max(5, n)      i: the index of s among the n sentences of its article
//! factor(s) = 1 / √(1 + strength · depth(s))
//! ```

use crate::score::fading;

/// The article length, in sentences, to which depths are scaled.
const USUAL_LENGTH: f64 = 25.0;

/// The minimum number of sentences that an article is assumed to have, so that the second sentence of a very short
/// article does not count as deep.
const LEAST_LENGTH: usize = 5;

/// Returns the depth of sentence `place` in an article of `n` sentences, scaled to an article of 25.
pub(crate) fn depth(place: usize, n: usize) -> f64 {
    place as f64 * USUAL_LENGTH / n.max(LEAST_LENGTH) as f64
}

/// Returns the factor of a sentence at the given depth, in `(0, 1]`.
pub(crate) fn factor(depth: f64, strength: f64) -> f64 {
    fading(depth, strength)
}
