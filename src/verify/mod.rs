//! Checks a briefing, or a draft written by somebody else, against the articles.
//!
//! * An excerpt must equal the text of its article at its range. In a summary, or as background, it must be a whole
//!   sentence; in a quote, it must be exactly the text inside the marks of a quotation, or whole sentences of that
//!   text.
//! * A headline must equal the title of its article or, if it has a range, a sentence of the article.
//! * The speaker of a quote must be the one found when the quotations of the story are extracted again.
//! * The list of articles must give the outlet, author, date, title and URL of each article. The fields that are
//!   derived from the articles (such as the words, outlets, witnesses and dates) must have the derived values.
//! * For the checks of drafts, see [`draft`].
//!
//! If the hash of a text differs, the source has changed or is read differently. That is a fault of kind
//! [`Kind::ChangedSource`], which the caller may allow; the excerpts are compared nevertheless.

mod briefing;
mod code;
mod derived;
pub mod draft;
mod extracted_quotes;
mod markdown_report;
mod report;
mod sarif;
mod text_report;

pub use briefing::verify;
pub use code::{Code, Kind};
pub use markdown_report::markdown;
pub use report::{Checked, Finding, Place, Report, Supported, WordChange};
pub use sarif::sarif;
pub use text_report::plain;
