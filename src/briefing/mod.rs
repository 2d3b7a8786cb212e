//! The data model of a briefing, how it is built within one budget, and how it is checked afterward.
//!
//! ```text
//! stories with quotes and candidates ─▶ plan ─▶ assemble ─▶ Briefing ─▶ (JSON, templates)
//!                                                             │
//!                                   articles ─▶ verify ◀──────┘
//! ```
//!
//! Invariants: every excerpt equals its source, and the whole briefing stays within its budget.

mod abridged;
mod assemble;
mod cite;
pub(crate) mod count;
mod discrepancies;

mod corroboration;
mod editor;
pub mod explain;
mod follow_up;
mod introductions;
pub mod lint;
pub mod manifest;
pub mod model;
mod params;
mod plan;
mod planner;
mod previews;
mod quotations;
pub mod reason;
mod span_index;
mod story_input;
mod taken_back;
mod topic_assignment;

pub(crate) use abridged::sentences_of;
pub use assemble::assemble;
pub(crate) use assemble::{cited, outlets};
pub(crate) use corroboration::is_single_source;
pub use discrepancies::{FigureAt, FigureCourse, figure_courses};
pub use editor::{Editor, Intervention, Target};
pub use explain::{Explained, UnshownStory, explain, unshown};
pub use follow_up::{History, Past, Revised};
pub use lint::lint;
pub use manifest::{Manifest, manifest};
pub use model::{
    ArticleEntry, Briefing, Correction, Difference, Dropped, Excerpt, Headline, Inputs, LeftOut,
    LeftOutStory, OngoingEntry, QuoteEntry, Section, Status, StoryEntry, SummarySentence,
};
pub use params::Params;
pub use plan::{Plan, plan};
pub use planner::{StoryPlanner, candidates};
pub use quotations::{Quotations, speakers_of, speakers_warning};
pub use reason::Reason;
pub use story_input::StoryInput;
pub use topic_assignment::{left_out_warnings, under_topics, unmet_topics};
