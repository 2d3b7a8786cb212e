//! Sentences that mention somebody by surname only, or start with a definite noun phrase as if the reader knew its
//! referent, although nothing else in the summary introduces that person or thing.

/// The factor of a sentence that mentions a person or thing that nothing else in the summary introduces.
pub(crate) const STRANGER: f64 = 0.85;

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "names what is not introduced";
