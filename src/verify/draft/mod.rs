//! Checks a draft by somebody else, a person or a model, against the articles on which it is based.
//!
//! ```text
//! draft (Markdown, HTML, text, mail) ─▶ read ─▶ quotations, excerpts ─▶ find ─▶ edits, speaker, citation ─▶ Report
//!                                          └──▶ sentences ─▶ claims ─────────────────────────────────────────┘
//! ```
//!
//! Checks:
//!
//! * **Each quotation**: its words must follow one another in an article. An ellipsis may leave words out, square
//!   brackets may add some, upper and lower case, inner punctuation and the final full stop are the writer's own, and
//!   the reporter's "he said" between two parts of a quotation may be dropped. Brackets that replace words are named;
//!   they are a fault if they change a number, a date, a name or a negation ([`edits`]).
//! * **Its speaker**, if the draft names one: a fault only if the source names a person whose name excludes the draft's
//!   ([`speaker`]); everything else is unclear, and a note.
//! * **Its source**, if the draft cites one (a link to an article, a footnote or number that leads to one, an outlet
//!   in brackets): that source must contain the words.
//! * **Each excerpt**: a sentence that claims to be one, being in a block quotation without marks, or before a link
//!   with a text fragment (`#:~:text=`). Other sentences before a source mark claim to be supported, not to be excerpts:
//!   they are reported only if they are nearly one, and no quotation is altered on purpose by one word.
//! * **Claims** outside quotation marks, on request ([`claims`]).
//!
//! Quotations of one or two words that no article contains are a note: they may be titles, or scare quotes. Known
//! limits: quotations in single marks are recognised as the quote extractor does; a translation is not found.

mod cited;
mod claims;
#[cfg(feature = "formats")]
mod composed;
#[cfg(not(feature = "formats"))]
#[path = "composed/absent.rs"]
mod composed;
mod edits;
mod find;
mod furniture;
mod name;
mod printed;
mod read;
mod sources;
mod speaker;
mod verify;
mod words;

pub use read::Format;
pub use verify::{Check, Options, has_text, verify};
