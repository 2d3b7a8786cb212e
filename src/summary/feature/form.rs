//! Form: very short sentences, sentences that are mostly quotation, exclamations and sentences in the author's own
//! voice report little news.
//!
//! Words such as "today" and "yesterday" mislead a reader who sees the summary the next morning.
//!
//! All of these are penalties, not rules: a short sentence with the news of the day can still win, and in an opinion
//! piece, where every sentence is in the author's voice, the penalty makes no difference.

use crate::summary::candidate_set::Candidate;

/// The number of words below which a sentence counts as short.
const FEWEST_WORDS: usize = 9;

/// The form of a sentence.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Form {
    /// Whether more than half of it is quoted.
    pub(crate) is_mostly_quoted: bool,
    /// Whether it ends with an exclamation mark.
    pub(crate) exclaims: bool,
    /// Whether it contains a first-person word, such as "we" or "my", outside quotation marks.
    pub(crate) is_first_person: bool,
}

/// Returns the factors by which a sentence's form multiplies its score, each with the name that explanations show.
pub(crate) fn prices(candidate: &Candidate) -> [(&'static str, f64); 5] {
    let Form { is_mostly_quoted, exclaims, is_first_person } = candidate.form;
    let price = |holds: bool, price: f64| if holds { price } else { 1.0 };
    [
        ("short", price(candidate.words < FEWEST_WORDS, 0.6)),
        ("mostly quotation", price(is_mostly_quoted, 0.85)),
        ("exclaims", price(exclaims, 0.7)),
        ("first person", price(is_first_person, 0.6)),
        ("says today", price(candidate.is_of_its_day, 0.85)),
    ]
}
