//! House style: how an editor's house names, dates, quotes and marks.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::language::Language;

/// How the house writes; every key may be missing, and then the language decides.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct HouseStyle {
    /// The language of labels [default: the briefing's language, or English if there are no labels in it].
    pub lang: Option<Language>,
    /// Names of sections and other labels in place of the language's own, by their key in `templates/labels/`.
    pub labels: BTreeMap<String, String>,
    /// How the day of the briefing is written: `%A %a %B %b %d %-d %m %-m %Y %y %H %M %%`.
    pub date: Option<String>,
    /// How the day of an article is written.
    pub short_date: Option<String>,
    /// The quotation marks around quotes.
    pub quotes: Option<QuoteMarks>,
    /// How a line shows its source.
    pub marks: Option<Marks>,
    /// Characters in a line of plain text (72).
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
    /// «…», with narrow spaces inside.
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

/// How a line shows its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Marks {
    /// The number of the source, linked to the words.
    Numbers,
    /// The name of the outlet, linked to the words.
    Outlets,
    /// A footnote for each line (Markdown; numbers elsewhere).
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
