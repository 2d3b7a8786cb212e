//! The data model of a briefing, how it is built within one budget, and how it is checked afterwards.
//!
//! ```text
//! stories, key quotes ─▶ build ─▶ Briefing ─▶ (JSON, templates)
//!                                    │
//!            articles ─▶ verify ◀────┘
//! ```
//!
//! Law: every excerpt equals its source, and the budget holds for the whole.

mod balance;
mod build;
mod cite;
mod count;
mod differences;
pub mod draft;
mod editor;
pub mod explain;
mod history;
pub mod lint;
pub mod manifest;
pub mod model;
mod params;
mod support;
mod tell;
mod topic;
pub mod verify;

pub use balance::is_balanced;
pub use build::{Built, Material, build};
pub use editor::{Editor, Target};
pub use explain::{Explained, explain};
pub use history::{History, Past, Revised};
pub use lint::lint;
pub use manifest::{Manifest, manifest};
pub use model::{
    ArticleEntry, Briefing, Correction, Difference, Dropped, Excerpt, Headline, LeftOut,
    OngoingEntry, QuoteEntry, Section, Status, StoryEntry, SummarySentence,
};
pub use params::Params;
pub use topic::under_topics;
pub use verify::verify;
