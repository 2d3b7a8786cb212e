//! Bytes to articles: one place that detects the format, one adapter a format, warnings as data.
//!
//! Law: reading never panics, keeps the order of its input, and leaves nothing out without a warning.

pub mod charset;
pub mod date;
mod dateline;
pub mod feed;
pub mod format;
pub mod html;
pub mod json;
mod lang;
pub mod layout;
mod lines;
pub mod mail;
mod phrases;
pub mod plain;
mod signs;

use crate::article::Article;
use crate::language::Language;
use crate::warning::Warning;

pub use format::Format;

/// How to read.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format, where it is not to be detected.
    pub from: Option<Format>,
    /// The language of every article that does not give its own.
    pub lang: Option<Language>,
    /// The time that "2 hours ago" is counted from.
    pub now: Option<jiff::Timestamp>,
    /// What an input may cost.
    pub limits: Limits,
    /// Whether to record what cleaning cuts.
    pub cuts: bool,
}

/// Limits against hostile input; past one of them a warning names the input, and reading goes on with the rest.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one input.
    pub bytes: u64,
    /// Bytes that one compressed input may grow to.
    pub decompressed_bytes: u64,
    /// Elements of one page.
    pub elements: usize,
    /// Depth of nested elements of one page.
    pub depth: usize,
    /// Articles of one input, members of one archive.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 256 << 20,
            decompressed_bytes: 1 << 30,
            elements: 1_000_000,
            depth: 512,
            entries: 1_000_000,
        }
    }
}

/// What came out of one input, or of several.
#[derive(Clone, Debug, Default)]
pub struct Ingested {
    /// The articles, in the order of the input.
    pub articles: Vec<Article>,
    /// What was left out, repaired or doubted.
    pub warnings: Vec<Warning>,
    /// The lines and blocks that cleaning cut.
    pub cuts: Vec<Cut>,
}

/// One line or block that cleaning cut from an article.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Cut {
    /// The input that it stood in.
    pub origin: String,
    /// Why: `chrome`, `caption`, `byline`, `dateline`, `date`, `source`, `title`, `repeated` …
    pub reason: String,
    /// The text as it stood.
    pub text: String,
}

/// Reads one input.
///
/// `origin` is its name, for warnings and for [`Article::origin`]; its ending is a hint where the content leaves the
/// format open.
pub fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let format = options.from.unwrap_or_else(|| format::detect(origin, bytes));
    match format {
        Format::Json | Format::Jsonl => json::read(origin, bytes, options),
        Format::Html => html::read(origin, bytes, options),
        Format::Feed => feed::read(origin, bytes, options),
        Format::Mail => mail::read(origin, bytes, options),
        _ => plain::read(origin, bytes, options),
    }
}
