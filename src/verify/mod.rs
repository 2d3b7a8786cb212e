//! Checks a briefing, or a draft that somebody else wrote, against the articles.
//!
//! * An excerpt has to equal the text of record at its range, and to be a whole sentence (in a summary) or exactly the
//!   text inside the marks of a quotation (in a quote).
//! * A headline has to equal the title of its article.
//! * The speaker of a quote must be the one that attributing the story's articles anew gives.
//! * The list of articles has to give the outlet, author, date and title of each article, and the fields that follow from
//!   the articles (words, outlets, first, last, single source) have to follow.
//! * For drafts see [`draft`].
//!
//! If the hash of a text differs, the source has changed since: a fault of kind [`Kind::ChangedSource`], which the caller
//! may allow; the excerpts are compared all the same.

mod attribution;
mod briefing;
mod code;
mod derived;
pub mod draft;
mod markdown;
mod plain;
mod report;
mod sarif;

pub use briefing::verify;
pub use code::{Code, Kind};
pub use markdown::markdown;
pub use plain::plain;
pub use report::{Checked, Finding, Place, Report, Supported, WordChange};
pub use sarif::sarif;
