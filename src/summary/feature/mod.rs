//! What makes a sentence worth choosing, one feature a file.

pub(crate) mod commonness;
pub(crate) mod introduction;
pub(crate) mod position;
pub(crate) mod topic;
