//! The features that contribute to the score of a sentence.

pub(crate) mod age;
pub(crate) mod document_frequency;
pub(crate) mod entity_introduction;
pub(crate) mod form;
pub(crate) mod news;
pub(crate) mod position;
pub(crate) mod topicality;
pub(crate) mod voice;
