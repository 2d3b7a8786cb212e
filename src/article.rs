//! An article: its text of record, its metadata, and its identity.

use std::borrow::Cow;
use std::fmt;

use jiff::civil::Date;
use jiff::tz::Offset;
use jiff::{Timestamp, tz};
use serde::{Deserialize, Serialize};

use crate::language::Language;
use crate::span::Span;
use crate::warning::Warning;

/// The index of an article in a [`Collection`](crate::text::Collection).
pub type ArticleIx = usize;

/// One article: its verbatim text, the blocks of that text, and its metadata.
///
/// [`read`](crate::read) fills the fields from the metadata of the input (JSON keys, feed elements, `meta` elements,
/// mail headers) and some from the text, such as the place of a dateline. A field for which the input has no value
/// stays empty. Of the metadata, only the id, the origin and the language are always set, although the language may be
/// unknown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Article {
    /// The id from the input, or a hash of outlet, title and text; unique in a run.
    pub id: ArticleId,
    /// The name of the input: a path, `-` for standard input, or a URL.
    pub origin: String,
    /// The names of further inputs that contain the same article.
    pub also_from: Vec<String>,
    /// The URL.
    pub url: Option<String>,
    /// The headline; empty if the input has none.
    pub title: String,
    /// The name of the outlet.
    pub source: Option<String>,
    /// The author or authors, without "By".
    pub byline: Option<String>,
    /// The date of publication.
    pub published: Option<Published>,
    /// The place in the dateline, as printed: `BRDO PRI KRANJU, Slovenia`.
    pub place: Option<String>,
    /// The sections that the source declares and the short line above the title, as one text: `Opinion`, `Politics,
    /// Europe`.
    pub section: Option<String>,
    /// The language of the text.
    pub lang: Language,
    /// Whether the text is only a teaser, as in many feeds.
    pub teaser: bool,
    /// The text of record, which is never changed; every excerpt is a range of it.
    pub text: String,
    /// The blocks of the text, in order and without overlap; only white space separates them.
    pub blocks: Vec<Block>,
    /// Warnings from reading the article: about repairs, and about values that are uncertain.
    pub warnings: Vec<Warning>,
}

impl Article {
    /// Returns the display name of the outlet: its name, or otherwise the host of the URL.
    ///
    /// ```
    /// use nutgraf::Article;
    ///
    /// let article = Article::builder("The bridge is closed.").url("https://www.post.example/bridge");
    /// assert_eq!(article.build().outlet(), Some("post.example"));
    /// ```
    pub fn outlet(&self) -> Option<&str> {
        self.source.as_deref().or_else(|| self.url.as_deref().and_then(host))
    }

    /// Returns how much of the article's text is available, as determined when it was read.
    pub fn extent(&self) -> Extent {
        let has =
            |extent: &Extent| self.warnings.iter().any(|w| extent.warning() == Some(&w.message));
        let marked = [Extent::Paywalled, Extent::Truncated].into_iter().find(has);
        marked.unwrap_or(if self.teaser { Extent::Teaser } else { Extent::Whole })
    }
}

/// How much of an article's text is available.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extent {
    /// The whole text, or text that is not known to be incomplete.
    #[default]
    Whole,
    /// A teaser, as in many feeds.
    Teaser,
    /// The text up to a size limit.
    Truncated,
    /// The part of a paywalled article that its page shows.
    Paywalled,
}

impl Extent {
    /// All extents.
    pub const ALL: [Self; 4] = [Self::Whole, Self::Teaser, Self::Truncated, Self::Paywalled];

    /// Returns the name used in records: `whole`, `teaser`, `truncated`, `paywalled`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Teaser => "teaser",
            Self::Truncated => "truncated",
            Self::Paywalled => "paywalled",
        }
    }

    /// Returns the extent with the given name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|extent| extent.name() == name)
    }

    /// The warning for an article that was truncated at a limit.
    pub const TRUNCATED: &'static str =
        "has more markup or elements than the limits allow; the rest was left out";

    /// The warning for an article whose page shows only a part of it.
    pub const PAYWALLED: &'static str =
        "shows only a part of the article: the page says that the rest is not free";

    /// Returns the warning for an article of this extent.
    pub const fn warning(self) -> Option<&'static str> {
        match self {
            Self::Truncated => Some(Self::TRUNCATED),
            Self::Paywalled => Some(Self::PAYWALLED),
            Self::Whole | Self::Teaser => None,
        }
    }
}

/// Sorts articles into an order that does not depend on the order of the input.
pub fn sort(articles: &mut [Article]) {
    articles.sort_by(|a, b| (&a.id, &a.text, &a.origin).cmp(&(&b.id, &b.text, &b.origin)));
}

/// Returns the host of a URL, without `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let authority = authority(url)?;
    let host = authority.rsplit('@').next()?;
    // A colon within an IPv6 address does not precede a port.
    let host = match host.find(']').filter(|_| host.starts_with('[')) {
        Some(end) => host.get(..=end)?,
        None => host.split(':').next()?,
    };
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

/// Returns the part of a URL between the scheme and the path, including user name, password and port.
///
/// A backslash counts as a slash, as in browsers (WHATWG, *URL Standard*).
fn authority(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    rest.split(['/', '\\', '?', '#']).next()
}

/// Returns a URL without user name and password.
pub(crate) fn without_user_info(url: &str) -> Cow<'_, str> {
    let parts = || {
        let (scheme, rest) = url.split_once("://")?;
        let authority = authority(url)?;
        let (_, host) = authority.rsplit_once('@')?;
        Some(format!("{scheme}://{host}{}", rest.strip_prefix(authority)?))
    };
    parts().map_or(Cow::Borrowed(url), Cow::Owned)
}

/// The id of an article: the id from the input, or a hash of its content.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ArticleId(String);

impl ArticleId {
    /// Makes an id from the one in the input.
    pub fn given(id: impl Into<String>) -> Self {
        Self(id.into())
    }

    /// Makes an id by hashing outlet, title and text; it is the same on every machine.
    ///
    /// ```
    /// use nutgraf::ArticleId;
    ///
    /// let id = ArticleId::from_content(Some("Post"), "Bridge closed", "The bridge is closed.");
    /// assert_eq!(id.as_str(), "c5dfdae08eec6d36");
    /// ```
    pub fn from_content(source: Option<&str>, title: &str, text: &str) -> Self {
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

/// A block of the text: a range and its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// The kind of block.
    pub kind: BlockKind,
    /// The range, without surrounding white space.
    pub span: Span,
}

/// The kind of a block. The last four occur only in verbatim texts; cleaning removes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// Prose.
    Paragraph,
    /// A heading between paragraphs.
    Heading,
    /// A list item.
    ListItem,
    /// A block quotation.
    Blockquote,
    /// A picture caption.
    Caption,
    /// The place, date and agency before the first sentence: `BRDO PRI KRANJU, Slovenia --`.
    Dateline,
    /// The line with the author's name.
    Byline,
    /// Navigation, promotion, boilerplate.
    Chrome,
}

impl BlockKind {
    /// Returns whether blocks of this kind are split into sentences.
    pub const fn has_sentences(self) -> bool {
        matches!(self, Self::Paragraph | Self::Heading | Self::ListItem | Self::Blockquote)
    }

    /// Returns whether blocks of this kind are prose; only sentences of prose may be shown.
    pub const fn is_prose(self) -> bool {
        matches!(self, Self::Paragraph | Self::ListItem | Self::Blockquote)
    }
}

/// A date of publication, or the time of a briefing: a moment, or a day if no time is given.
///
/// [`Date`](https://docs.rs/jiff/0.2/jiff/civil/struct.Date.html),
/// [`Timestamp`](https://docs.rs/jiff/0.2/jiff/struct.Timestamp.html) and
/// [`Offset`](https://docs.rs/jiff/0.2/jiff/tz/struct.Offset.html) are types of the crate
/// [`jiff`](https://docs.rs/jiff/0.2). A program that only calls [`Published::parse`] does not need that crate. The
/// library does not read the clock, so a program passes the current time, for example:
///
/// ```
/// use jiff::{Timestamp, tz::Offset};
/// use nutgraf::Published;
///
/// let now = Published::Moment(Timestamp::now(), Offset::UTC);
/// assert_eq!(Published::parse(&now.to_string()), Some(now));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// A calendar day without a time zone.
    Day(Date),
    /// A moment, with the UTC offset that the source used.
    Moment(Timestamp, Offset),
}

impl Published {
    /// Parses an RFC 3339 timestamp (`2008-02-13T15:45:00Z`, `2008-02-13T15:45:00+01:00`), with or without the name of
    /// a time zone in brackets (RFC 9557), or a day (`2008-02-13`).
    ///
    /// For dates as people write them, see [`read::date::parse`](crate::read::date::parse).
    ///
    /// ```
    /// use nutgraf::Published;
    ///
    /// let evening = Published::parse("2026-03-10T23:30:00-05:00").unwrap();
    /// assert_eq!(evening.day().to_string(), "2026-03-10"); // the day of the source, not that in UTC
    /// assert_eq!(evening.timestamp().to_string(), "2026-03-11T04:30:00Z");
    /// ```
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

    /// Returns how many days older an article is than the newest article in its story, at most three: beyond that, all
    /// articles count as equally out of date. An article without a date counts as new.
    ///
    /// An old report announces events that have since happened, and its casualty figures are out of date. The caller
    /// decides how to weight the days.
    pub(crate) fn days_behind(published: Option<Self>, newest: Option<Date>) -> f64 {
        let days = newest.zip(published).map_or(0, |(newest, own)| (newest - own.day()).get_days());
        f64::from(days.clamp(0, 3))
    }

    /// Returns the moment for sorting and arithmetic; a day counts as noon UTC.
    pub fn timestamp(self) -> Timestamp {
        match self {
            Self::Moment(at, _) => at,
            Self::Day(day) => day
                .at(12, 0, 0, 0)
                .to_zoned(tz::TimeZone::UTC)
                .map_or(Timestamp::UNIX_EPOCH, |z| z.timestamp()),
        }
    }

    /// Returns the calendar day at the source's UTC offset.
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
    use super::{host, without_user_info};

    #[test]
    fn the_host_is_the_one_that_is_connected_to() {
        for (url, expected, shown) in [
            ("http://www.post.example/a", "post.example", "http://www.post.example/a"),
            ("https://post.example:x@evil.example/a", "evil.example", "https://evil.example/a"),
            ("https://post.example@evil.example:80?a@b", "evil.example", ""),
            ("https://ada:s3cret@post.example:8080/@ada", "post.example", ""),
            ("https://a@b@post.example#x@y", "post.example", "https://post.example#x@y"),
            ("https://evil.example\\@post.example/a", "evil.example", ""),
            ("http://[2001:db8::1]:80/a", "[2001:db8::1]", "http://[2001:db8::1]:80/a"),
            ("https://post.example/a:b@c", "post.example", "https://post.example/a:b@c"),
        ] {
            assert_eq!(host(url), Some(expected), "{url}");
            if !shown.is_empty() {
                assert_eq!(without_user_info(url), shown);
            }
        }
        assert_eq!(host("post.example/a"), None);
        assert_eq!(host("https:///a"), None);
    }

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
        assert_ne!(
            ArticleId::from_content(None, "ab", "c"),
            ArticleId::from_content(None, "a", "bc")
        );
    }
}
