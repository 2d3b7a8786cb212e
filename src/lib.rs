//! nutgraf chooses, out of the articles on a topic, the sentences and quotes that make a short briefing.
//!
//! It is extractive: every line shown is a checked range of a stored source. See ARCHITECTURE.md for the map.

#[cfg(feature = "archive")]
pub mod archive;
pub mod article;
pub mod briefing;
pub mod budget;
pub mod catch_panic;

pub mod config;
pub mod language;
pub mod parallel;
pub mod pipeline;
pub mod quotes;
pub mod read;
pub mod render;
pub mod score;
pub mod span;
pub mod stories;
pub mod summary;
pub mod text;
pub mod verify;
pub mod warning;
