//! Whether a sentence names somebody by surname alone, or starts with a thing as known, that nothing else in the
//! summary introduces.
//!
//! The factor is what a sentence that leans on another is worth beside one that stands alone.

/// What such a sentence is worth.
pub(crate) const STRANGER: f64 = 0.85;

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "names what is not introduced";
