//! Proves a briefing against its articles: every excerpt, headline, speaker and source is looked up again.
//!
//! * An excerpt has to equal the text of record at its range, and to be a whole sentence (in a summary) or exactly
//!   what stands inside the marks of a quotation (in a quote).
//! * A headline has to equal the title of its article.
//! * A quote's speaker has to be the one that attributing the articles of the story anew gives.
//! * What the list of articles says about outlet, author, date and title has to be what the article says.
//!
//! Where the hash of a text differs, the source reads differently now: what still stands there holds all the same, and
//! what does not is a fault of kind [`FindingKind::SourceChanged`], which is no accusation.

mod attribution;
mod check;
pub mod draft;
mod report;

pub use check::verify;
pub use report::{Checked, Finding, FindingKind, Report};
