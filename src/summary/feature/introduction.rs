//! Whether a sentence names somebody by surname alone, or starts with a thing as known, that nothing else in the
//! summary introduces.
//!
//! Each time that such a sentence is chosen nevertheless it is worth less; the factor is what a sentence that leans on
//! another is worth beside one that stands alone.

/// What a sentence with a stranger in it is worth each time.
pub(crate) const STRANGER: f64 = 0.85;

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "names what is not introduced";
