//! The text of record of an article, what its source says about it, and its identity.

use std::fmt;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, tz};
use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::span::Span;
use crate::warning::Warning;

/// The place of an article among the articles of a run.
pub type ArticleIx = usize;

/// One article: its text to the letter, the blocks of that text, and its metadata.
///
/// Where each format keeps a field is documented beside that format's adapter in `read`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// Given by the input, or a hash of source and text; unique in a run.
    pub id: ArticleId,
    /// The input that it came from, as it was named.
    pub origin: String,
    /// Further inputs that held the same article.
    pub also_from: Vec<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The headline; empty where the source has none.
    pub title: String,
    /// The outlet.
    pub source: Option<String>,
    /// The author or authors, without "By".
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// The place of the dateline, as written: `BRDO PRI KRANJU, Slovenia`.
    pub place: Option<String>,
    /// The language of the text.
    pub lang: Language,
    /// Whether only a teaser of the article is here, as feeds give it.
    pub teaser: bool,
    /// The text of record. Every excerpt is a range of it.
    pub text: String,
    /// What the text is made of, in order, without overlap; between two blocks lies only white space.
    pub blocks: Vec<Block>,
    /// What was repaired or doubted on the way in.
    pub warnings: Vec<Warning>,
}

impl Article {
    /// Returns the name to show for where the article is from: the outlet, or else the host of its URL.
    pub fn outlet(&self) -> Option<&str> {
        self.source.as_deref().or_else(|| self.url.as_deref().and_then(host))
    }
}

/// Puts articles into one order, whatever order they came in.
pub fn sort(articles: &mut [Article]) {
    articles.sort_by(|a, b| (&a.id, &a.text, &a.origin).cmp(&(&b.id, &b.text, &b.origin)));
}

/// The host of a URL, without `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?.rsplit('@').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// What names an article: given by the input, or made from its content.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(String);

impl ArticleId {
    /// Takes an id that the input gives.
    pub fn given(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Makes the id of an article from its outlet, title and text: the same on every machine.
    pub fn of_content(source: Option<&str>, title: &str, text: &str) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in [source.unwrap_or(""), title, text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        Self(hasher.finalize().to_hex().chars().take(16).collect())
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A block of a text: a range of it, of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What the block is.
    pub kind: BlockKind,
    /// Where it lies, without outer white space.
    pub span: Span,
}

/// The kinds of block. The last four stand only in a text that is kept to the letter; cleaning cuts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Prose.
    Paragraph,
    /// A headline between paragraphs.
    Heading,
    /// One item of a list.
    ListItem,
    /// A paragraph set off as quoted.
    Blockquote,
    /// The line under a picture.
    Caption,
    /// The place, date and agency before the first sentence: `BRDO PRI KRANJU, Slovenia --`.
    Dateline,
    /// The line that names the author.
    Byline,
    /// Navigation, promotion, boilerplate.
    Chrome,
}

impl BlockKind {
    /// Returns whether sentences are sought in blocks of this kind.
    pub const fn has_sentences(self) -> bool {
        matches!(self, Self::Paragraph | Self::Heading | Self::ListItem | Self::Blockquote)
    }

    /// Returns whether a block of this kind is running prose, whose sentences may be shown.
    pub const fn is_prose(self) -> bool {
        matches!(self, Self::Paragraph | Self::ListItem | Self::Blockquote)
    }
}

/// When an article was published: a moment, or a day where no time is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// A day, somewhere on Earth.
    Day(Date),
    /// A moment, with the offset from UTC that the source wrote it in.
    Moment(Timestamp, Offset),
}

impl Published {
    /// Reads RFC 3339 (`2008-02-13T15:45:00Z`, `+01:00` too) or a day (`2008-02-13`).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(pieces) = jiff::fmt::temporal::DateTimeParser::new().parse_zoned(text) {
            return Some(Self::Moment(pieces.timestamp(), pieces.offset()));
        }
        if text.len() == 10 {
            return text.parse().ok().map(Self::Day);
        }
        let timestamp: Timestamp = text.parse().ok()?;
        let offset = jiff::fmt::temporal::Pieces::parse(text).ok()?.to_numeric_offset();
        Some(Self::Moment(timestamp, offset.unwrap_or(Offset::UTC)))
    }

    /// Returns the moment to sort and subtract by; a day counts as its noon in UTC.
    pub fn timestamp(self) -> Timestamp {
        match self {
            Self::Moment(at, _) => at,
            Self::Day(day) => day
                .at(12, 0, 0, 0)
                .to_zoned(tz::TimeZone::UTC)
                .map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp()),
        }
    }

    /// Returns the day as the source wrote it.
    pub fn day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Moment(at, offset) => offset.to_datetime(at).date(),
        }
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Moment(at, offset) if *offset == Offset::UTC => at.fmt(f),
            Self::Moment(at, offset) => at.display_with_offset(*offset).fmt(f),
        }
    }
}

impl Serialize for Published {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Published {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("no date: {text:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::{ArticleId, Published};

    #[test]
    fn dates_keep_their_offset_and_days_stay_days() {
        for text in ["2008-02-13T15:45:00Z", "2008-02-13T15:45:00+01:00", "2008-02-13"] {
            assert_eq!(Published::parse(text).map(|p| p.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Published::parse("yesterday"), None);
    }

    #[test]
    fn the_parts_of_an_id_do_not_run_together() {
        assert_ne!(ArticleId::of_content(None, "ab", "c"), ArticleId::of_content(None, "a", "bc"));
    }
}
