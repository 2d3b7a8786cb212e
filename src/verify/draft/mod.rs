//! Checks a draft written by a person or a model against the articles on which it is based.
//!
//! ```text
//! draft (Markdown, HTML, text, mail) ─▶ read ─▶ quotations, excerpts ─▶ find ─▶ edits, speaker, citation ─▶ Report
//!                                          └──▶ sentences ─▶ claims ─────────────────────────────────────────┘
//! ```
//!
//! Checks:
//!
//! * **Each quotation**: its words must be consecutive in an article. An ellipsis may leave out words, and square
//!   brackets may add some. Upper and lower case, inner punctuation and the final full stop are up to the writer, and
//!   the reporter's "he said" between two parts of a quotation may be dropped. Brackets that replace words are reported;
//!   they are a fault if they change a number, a date, a name or a negation (`edits`).
//! * **Its speaker**, if the draft names one: a fault only if the source names a different person (`speaker`). Any
//!   other difference is unclear and yields only a note.
//! * **Its source**, if the draft cites one (a link to an article, a footnote or number that leads to one, an outlet
//!   in brackets): that source must contain the words.
//! * **Each excerpt**: a sentence that claims to be one because it is in a block quotation without quotation marks, or
//!   before a link with a text fragment (`#:~:text=`). Other sentences before a source mark only claim to be supported;
//!   they are reported only if they are nearly an excerpt, since a difference of a word or two is unlikely to be
//!   deliberate.
//! * **Claims** outside quotation marks, if requested (`claims`).
//!
//! If no article contains a quotation of one or two words, or one written in title case, that is only a note: it may be
//! a title or in scare quotes. Two words that the draft clearly attributes to somebody are a fault, unless they are in
//! title case.
//!
//! Known limits: a quotation in single marks is overlooked if the quote extractor ([`quotes`](mod@crate::quotes))
//! overlooks it. A translated quotation is not found.

mod block_checks;
mod briefing_labels;
mod cited;
mod claims;
mod comparable_words;
#[cfg(feature = "formats")]
mod composed;
#[cfg(not(feature = "formats"))]
#[path = "composed/as_written.rs"]
mod composed;
mod edits;
mod find;
mod name;
mod printed_titles;
mod read;
mod sources;
mod speaker;

pub use block_checks::{Check, Options, has_text, verify};
pub use read::Format;
