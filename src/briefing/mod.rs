//! The data model of a briefing, its provenance, and its verification.
//!
//! Law: every excerpt equals its source, and the budget holds for the whole.

pub mod model;

pub use model::{
    ArticleEntry, Briefing, Difference, Dropped, Excerpt, Headline, LeftOut, QuoteEntry, Section,
    Status, StoryEntry, SummarySentence,
};
