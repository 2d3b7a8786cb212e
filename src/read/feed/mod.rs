//! Feeds: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, news sitemaps; and lists of feeds (OPML).
//!
//! The reader is our own, over a scanner that forgives ([`xml`]): a feed with a bare `&`, an unclosed tag, a missing end or
//! a wrong charset label still gives its entries, where a strict parser loses them all. Dates keep their offset, and a day
//! stays a day. Ids are those of the feed where they name something world-wide, else made from outlet and id.

mod entry;
mod json;
mod opml;
mod sitemap;
pub(in crate::read) mod xml;

use crate::article::{Article, ArticleId, Block};
use crate::language::Language;
use crate::read::date::{self, Hint};
use crate::read::{Ingested, Options, charset, page};
use crate::warning::Warning;

pub use opml::{FeedRef, opml};

use entry::Entry;
use xml::{Event, Events};

/// What stands about the feed itself.
#[derive(Clone, Debug, Default)]
struct Channel {
    title: Option<String>,
    link: Option<String>,
    language: Option<String>,
}

/// A feed as it stands.
#[derive(Clone, Debug, Default)]
struct Feed {
    channel: Channel,
    entries: Vec<Entry>,
    /// What had to be repaired.
    repairs: Vec<&'static str>,
}

/// Reads a feed.
pub fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let decoded = charset::decode(bytes, None);
    let mut ingested = Ingested::default();
    if let Some(doubt) = decoded.doubt {
        ingested.warnings.push(Warning::kept(origin, doubt));
    }
    let text = decoded.text.trim_start();
    let kind = Kind::of_text(text);
    let feed = match kind {
        Some(Kind::Json) => json::feed(text),
        Some(Kind::Sitemap) => Some(sitemap::feed(text)),
        _ => Some(entry::feed(text)),
    };
    let Some(feed) = feed else {
        let message = "is not a feed: it is JSON without a list of items";
        ingested.warnings.push(Warning::dropped(origin, message));
        return ingested;
    };
    ingested.warnings.extend(feed.repairs.iter().map(|r| Warning::kept(origin, *r)));
    if feed.entries.is_empty() {
        ingested.warnings.push(without_entries(origin, text, kind));
    }
    for (n, entry) in feed.entries.iter().enumerate() {
        if n >= options.limits.entries {
            let left = feed.entries.len() - n;
            let message = format!("{left} entries past the limit were left out");
            ingested.warnings.push(Warning::dropped(origin, message));
            break;
        }
        let place = format!("{origin}#{}", n + 1);
        match article(origin, &place, entry, &feed.channel, options) {
            Some(article) => ingested.put(article),
            None => ingested
                .warnings
                .push(Warning::dropped(place, "an entry without title and text was left out")),
        }
    }
    ingested
}

/// The kinds of feeds, by the element or sign that they begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// RSS, RDF or Atom.
    Xml,
    /// JSON Feed.
    Json,
    /// A sitemap, with or without news.
    Sitemap,
    /// A sitemap that lists sitemaps.
    SitemapIndex,
}

impl Kind {
    /// Returns the kind of a feed; nothing if the text does not look like one.
    fn of_text(text: &str) -> Option<Self> {
        if text.starts_with('{') {
            return Some(Self::Json);
        }
        // A feed may have lost its first tag; an HTML page has none of these among its first.
        Events::of(text).take(FIRST_EVENTS).find_map(|(event, _)| match event {
            Event::Start { name, .. } => match &*name {
                "rss" | "rdf" | "feed" | "channel" | "item" | "entry" => Some(Self::Xml),
                "urlset" => Some(Self::Sitemap),
                "sitemapindex" => Some(Self::SitemapIndex),
                _ => None,
            },
            _ => None,
        })
    }
}

/// Events at the beginning of a document among which the root of a feed is looked for.
const FIRST_EVENTS: usize = 20;

/// Returns whether bytes are a feed, even one without entries.
pub(in crate::read) fn is_feed(bytes: &[u8]) -> bool {
    let decoded = charset::decode(bytes, None);
    let text = decoded.text.trim_start();
    match Kind::of_text(text) {
        Some(Kind::Json) => json::feed(text).is_some(),
        kind => kind.is_some(),
    }
}

/// Says why a document gave no entries: today's feed is empty, or it is not a feed.
fn without_entries(origin: &str, text: &str, kind: Option<Kind>) -> Warning {
    match kind {
        Some(Kind::Xml | Kind::Json) => {
            Warning::dropped(origin, "the feed has no entries at the moment")
        }
        Some(Kind::Sitemap) => Warning::dropped(
            origin,
            "is a sitemap without news entries; give the news sitemap or a feed of the site",
        ),
        Some(Kind::SitemapIndex) => {
            let listed: Vec<String> = sitemap::addresses(text);
            let news = listed.iter().find(|url| url.contains("news")).or(listed.first());
            let example = news.map(|url| format!(", such as {url}")).unwrap_or_default();
            Warning::dropped(origin, format!("lists other sitemaps; give one of them{example}"))
        }
        None => Warning::dropped(origin, "is not a feed: no entry was found"),
    }
}

fn article(
    origin: &str,
    place: &str,
    entry: &Entry,
    channel: &Channel,
    options: &Options,
) -> Option<Article> {
    let language = entry.language.as_deref().or(channel.language.as_deref());
    let hint = Hint { now: options.now, ..language.map(Hint::of_locale).unwrap_or_default() };
    let title = plain(&entry.title, options);
    let (content, summary) = (body(&entry.content, options), body(&entry.summary, options));
    let is_full = content.0.len() >= summary.0.len() && !content.0.is_empty();
    let (text, blocks) = if is_full { content } else { summary };
    if title.is_empty() && text.is_empty() {
        return None;
    }
    let mut warnings = Vec::new();
    let read = |text: Option<&str>| text.and_then(|t| date::parse(t, &hint));
    let published = read(entry.published.as_deref()).or_else(|| {
        let updated = read(entry.updated.as_deref())?;
        warnings.push(Warning::kept(
            place,
            "the date is that of an update; none of publishing stands in the feed",
        ));
        Some(updated)
    });
    if published.is_none()
        && let Some(odd) = entry.published.as_deref().or(entry.updated.as_deref())
    {
        warnings.push(Warning::kept(place, format!("the date {odd:?} could not be read")));
    }
    let source = entry.source.clone().or_else(|| channel.title.clone()).filter(|s| !s.is_empty());
    let url = entry.link.clone().or_else(|| entry.id.clone().filter(|id| is_address(id)));
    Some(Article {
        id: id(entry, source.as_deref(), &title, &text),
        origin: origin.to_owned(),
        url: url.map(|u| absolute(&u, channel.link.as_deref())),
        byline: entry.author.as_deref().and_then(page::clean_byline),
        published,
        lang: options.lang.or_else(|| language.and_then(Language::parse)).unwrap_or_default(),
        // An entry without text, as those of a news sitemap, is the shortest teaser.
        teaser: is_teaser(&text, is_full),
        title,
        source,
        text,
        blocks,
        warnings,
        ..Article::default()
    })
}

/// The id of an entry where it is one for the whole world; else made from the outlet and the entry's own.
fn id(entry: &Entry, source: Option<&str>, title: &str, text: &str) -> ArticleId {
    match entry.id.as_deref().filter(|id| !id.is_empty()) {
        Some(id) if is_address(id) || id.starts_with("tag:") || id.starts_with("urn:") => {
            ArticleId::given(id)
        }
        Some(id) => ArticleId::of_content(source, "", id),
        None => ArticleId::of_content(source, title, text),
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// A link without a host belongs to the host of the feed.
fn absolute(link: &str, base: Option<&str>) -> String {
    if !link.starts_with('/') {
        return link.to_owned();
    }
    let host = base.and_then(|base| {
        let (scheme, rest) = base.split_once("://")?;
        if link.starts_with("//") {
            return Some(format!("{scheme}:"));
        }
        Some(format!("{scheme}://{}", rest.split('/').next()?))
    });
    format!("{}{link}", host.unwrap_or_default())
}

/// The text of a title, which may hold markup or entities written twice.
fn plain(title: &str, options: &Options) -> String {
    if !title.contains(['<', '&']) {
        return title.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let is_markup = title.match_indices('<').any(|(i, _)| {
        title.as_bytes().get(i + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/')
    });
    let text = if is_markup {
        page::fragment(title, options).0.replace("\n\n", " ")
    } else {
        html_escape::decode_html_entities(title).into_owned()
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text and blocks of an entry's markup, without the links that a feed adds at its end.
fn body(markup: &str, options: &Options) -> (String, Vec<Block>) {
    if markup.trim().is_empty() {
        return (String::new(), Vec::new());
    }
    let (mut text, mut blocks) = page::fragment(markup, options);
    while let Some(last) = blocks.last().filter(|b| is_trailer(b.span.of(&text))) {
        let end = last.span.start();
        blocks.pop();
        text.truncate(blocks.last().map_or(0, |b| b.span.end().min(end)));
    }
    (text, blocks)
}

/// Whether a last block only leads to the site: "Continue reading", "The post … appeared first on …".
fn is_trailer(text: &str) -> bool {
    const LEADS: &[&str] = &[
        "read more",
        "continue reading",
        "read the full",
        "read full",
        "full story",
        "more…",
        "[…]",
        "weiterlesen",
        "lire la suite",
        "leer más",
        "comments",
        "read the rest",
        "keep reading",
        "view comments",
        "source:",
    ];
    let lower = text.to_lowercase();
    let words = lower.split_whitespace().count();
    words <= 12 && LEADS.iter().any(|l| lower.starts_with(l))
        || lower.starts_with("the post ") && lower.contains("appeared first on")
}

/// Whether a text is only the beginning of the article.
fn is_teaser(text: &str, is_content: bool) -> bool {
    let cut = text.trim_end_matches([']', ')', ' ']).ends_with(['…'])
        || text.trim_end_matches([']', ')', ' ']).ends_with("...");
    let words = text.split_whitespace().count();
    cut || words < if is_content { 60 } else { 200 }
}
