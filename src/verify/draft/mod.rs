//! Checks a draft that somebody else wrote, a person or a model, against the articles that it is made from.
//!
//! ```text
//! draft (Markdown, HTML, text) ─▶ read ─▶ quotations, excerpts ─▶ find in the sources ─▶ compare speakers ─▶ Report
//! ```
//!
//! What is checked:
//!
//! * **Each quotation**: what stands in quotation marks. Its words have to stand in an article one after another. An
//!   ellipsis may leave words out, square brackets may put some in, upper and lower case, inner punctuation and the
//!   final stop are the writer's own, and the reporter's "he said" between two parts of one quotation may go.
//! * **Its speaker**, where the draft names one: it has to be the one whom the source names. A source that names nobody
//!   is a fault only where the name does not stand in the article at all.
//! * **Its source**, where the draft names one (an outlet, a link to an article, a footnote or number that leads to
//!   one, in the same paragraph): the words have to stand there.
//! * **Each excerpt**: a sentence that claims to be one by standing in a block quotation without marks, or before a link
//!   with a text fragment (`#:~:text=`). Other sentences before a source mark claim to be supported, not to be
//!   excerpts: they are reported only where they are nearly one, and no quotation is altered on purpose by one word.
//!
//! Quotations of one or two words that stand in no article are a note: they may be titles, or words held at arm's
//! length. Known limits: quotations in single marks count as the quote extractor takes them; a translation is not found.

mod find;
mod name;
mod read;
mod report;
mod sources;
mod verify;
mod words;

pub use read::Format;
pub use report::{Checked, Finding, FindingKind, Place, Report, WordChange};
pub use verify::verify;
