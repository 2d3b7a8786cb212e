//! House style: labels, date formats, quotation marks and source marks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// The house style. Every key is optional; most default to the conventions of the language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HouseStyle {
    /// The language of labels. Default: the language of the briefing, or English if there are no labels in that
    /// language.
    pub lang: Option<Language>,
    /// Labels, such as section names, that replace the default labels of the language, by their keys in the language's
    /// `labels.toml`. Default: none.
    pub labels: BTreeMap<String, String>,
    /// The format of the briefing's date; the directives are `%A %a %B %b %d %-d %m %-m %Y %y %H %M %%`. Default: the
    /// format usual in the language.
    pub date: Option<String>,
    /// The format of an article's date, with the same directives. Default: the format usual in the language.
    pub short_date: Option<String>,
    /// The quotation marks around quotes. Default: the marks usual in the language.
    pub quotes: Option<QuoteMarks>,
    /// The style of source marks. Default: the style of the template.
    pub marks: Option<Marks>,
    /// The line width of plain text, in columns; less than 24 counts as 24. Default: 72.
    pub width: Option<usize>,
}

/// The quotation marks around quotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteMarks {
    /// “…”
    English,
    /// „…“
    German,
    /// «…», with narrow no-break spaces inside.
    French,
    /// «…»
    Spanish,
    /// "…"
    Straight,
}

impl QuoteMarks {
    pub(super) const fn pair(self) -> [&'static str; 2] {
        match self {
            Self::English => ["“", "”"],
            Self::German => ["„", "“"],
            Self::French => ["«\u{202f}", "\u{202f}»"],
            Self::Spanish => ["«", "»"],
            Self::Straight => ["\"", "\""],
        }
    }
}

/// The style of the mark that links a line to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marks {
    /// The number of the source, linked to the exact words.
    Numbers,
    /// The name of the outlet, linked to the exact words.
    Outlets,
    /// A footnote for each line in Markdown; numbers in other formats.
    Footnotes,
}

impl Marks {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Outlets => "outlets",
            Self::Footnotes => "footnotes",
        }
    }
}
