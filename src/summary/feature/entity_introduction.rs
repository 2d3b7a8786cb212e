//! Sentences that mention somebody by surname only, or start with a definite noun phrase as if it were known, although
//! nothing else in the summary introduces them.
//!
//! The factor is the same as for a sentence that depends on another.

/// The factor of such a sentence.
pub(crate) const STRANGER: f64 = 0.85;

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "names what is not introduced";
