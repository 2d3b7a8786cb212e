//! Whether a sentence names somebody by surname alone whom nothing else in the summary introduces.
//!
//! The factor is what a sentence that leans on another is worth beside one that stands alone.

/// What a sentence with a stranger in it is worth.
pub(crate) const STRANGER: f64 = 0.85;

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "names somebody not introduced";
