//! The data model of a briefing, how it is built within one budget, and how it is checked afterwards.
//!
//! ```text
//! stories, key quotes ─▶ build ─▶ Briefing ─▶ (JSON, templates)
//!                                    │
//!            articles ─▶ verify ◀────┘
//! ```
//!
//! Law: every excerpt equals its source, and the budget holds for the whole.

mod build;
mod cite;
pub(crate) mod count;
mod discrepancies;

mod corroboration;
mod editor;
pub mod explain;
mod follow_up;
pub mod lint;
pub mod manifest;
pub mod model;
mod params;
mod places;
mod planner;
mod topic;

pub(crate) use build::outlets;
pub use build::{Built, StoryInput, build};
pub(crate) use corroboration::is_single_source;
pub use editor::{Editor, Target};
pub use explain::{Explained, explain};
pub use follow_up::{History, Past, Revised};
pub use lint::lint;
pub use manifest::{Manifest, manifest};
pub use model::{
    ArticleEntry, Briefing, Correction, Difference, Dropped, Excerpt, Headline, LeftOut,
    OngoingEntry, QuoteEntry, Section, Status, StoryEntry, SummarySentence,
};
pub use params::Params;
pub use topic::under_topics;
