//! What makes a sentence worth choosing, one feature a file.

pub(crate) mod document_frequency;
pub(crate) mod entity_introduction;
pub(crate) mod position;
pub(crate) mod topic;
