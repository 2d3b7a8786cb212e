//! Feeds: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, JSON Feed, news sitemaps; and lists of feeds (OPML).
//!
//! The parser is our own, on top of a lenient scanner (`xml`): it still extracts the entries of a feed with a bare `&`,
//! an unclosed tag, a missing end or a wrong charset label, whereas a strict parser would lose every entry. Dates keep
//! their UTC offset, and a day without a time stays a day. The id of an article is the entry's id if that is globally
//! unique; otherwise it is derived from the outlet and the entry's id, or from the outlet, title and text if there is
//! no id. Text that feeds append to an entry is removed (`trailer`). An entry that contains several stories, such as a
//! daily digest, is split into them.

mod entry;
mod fingerprint;
pub(in crate::read) mod json_feed;
mod opml;
mod sitemap;
mod trailer;
pub(in crate::read) mod xml;

use crate::article::{Article, ArticleId, Published};
use crate::language::Language;
use crate::read::date::{self, Hint};
use crate::read::page::MailBlock;
use crate::read::{Cut, Ingested, Options, charset, lang, page, split, text_blocks};
use crate::warning::{Warning, counted};

pub use fingerprint::marks;
pub use opml::{FeedRef, opml, to_opml};

use entry::Entry;
use xml::{Event, Events};

/// The metadata of the feed.
#[derive(Clone, Debug, Default)]
struct Channel {
    title: Option<String>,
    link: Option<String>,
    language: Option<String>,
}

/// The contents of a feed, in any format.
#[derive(Clone, Debug, Default)]
struct Feed {
    channel: Channel,
    entries: Vec<Entry>,
    /// Descriptions of the errors that were repaired.
    repairs: Vec<&'static str>,
}

impl Feed {
    /// Records a repair, unless it has already been recorded.
    fn repair(&mut self, what: &'static str) {
        if !self.repairs.contains(&what) {
            self.repairs.push(what);
        }
    }
}

/// Reads a feed.
pub fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let decoded = charset::decode(bytes, None);
    let mut ingested = Ingested::default();
    if let Some(doubt) = decoded.doubt {
        ingested.warnings.push(Warning::kept(origin, doubt));
    }
    let text = decoded.text.trim_start();
    let kind = Kind::detect(text);
    let Some(feed) = feed_of(text, kind) else {
        let message = "is not a feed: it is JSON without a list of items";
        ingested.warnings.push(Warning::dropped(origin, message));
        return ingested;
    };
    ingested.warnings.extend(feed.repairs.iter().map(|r| Warning::kept(origin, *r)));
    if feed.entries.is_empty() {
        ingested.warnings.push(without_entries(origin, text, kind));
    }
    let mut reader = Reader { origin, channel: &feed.channel, options, ingested };
    for (n, entry) in feed.entries.iter().enumerate() {
        if n >= options.limits.entries {
            let left = feed.entries.len() - n;
            let message = format!("left out past the limit: {}", counted(left, "entry"));
            reader.ingested.warnings.push(Warning::dropped(origin, message));
            break;
        }
        reader.entry(&format!("{origin}#{}", n + 1), entry);
    }
    let mut ingested = reader.ingested;
    if options.lang.is_none() {
        let given = feed.channel.language.as_deref().and_then(Language::parse);
        name_languages(&mut ingested.articles, given);
    }
    ingested
}

/// Parses the entries of a feed; returns `None` for JSON that is not a feed.
fn feed_of(text: &str, kind: Option<Kind>) -> Option<Feed> {
    match kind {
        Some(Kind::Json) => json_feed::feed(text),
        Some(Kind::Sitemap) => Some(sitemap::feed(text)),
        _ => Some(entry::feed(text)),
    }
}

/// The kinds of feeds, distinguished by one of the first elements or the first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// RSS, RDF or Atom.
    Xml,
    /// JSON Feed.
    Json,
    /// A sitemap, with or without news entries.
    Sitemap,
    /// A sitemap that lists sitemaps.
    SitemapIndex,
}

impl Kind {
    /// Returns the kind of a feed, or `None` if the text does not look like one.
    fn detect(text: &str) -> Option<Self> {
        if text.starts_with('{') {
            return Some(Self::Json);
        }
        // A feed may have lost its first tag, so several are examined; an HTML page begins with none of these
        // elements.
        Events::new(text).take(FIRST_EVENTS).find_map(|(event, _)| match event {
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

/// The number of events at the beginning of a document that are searched for an element of a feed.
const FIRST_EVENTS: usize = 20;

/// Returns whether bytes are a feed, even if it has no entries; a sitemap counts only if it has news entries.
pub(in crate::read) fn is_feed(bytes: &[u8]) -> bool {
    let decoded = charset::decode(bytes, None);
    let text = decoded.text.trim_start();
    match Kind::detect(text) {
        Some(Kind::Xml) => true,
        Some(Kind::Json) => json_feed::feed(text).is_some(),
        Some(Kind::Sitemap) => !sitemap::feed(text).entries.is_empty(),
        Some(Kind::SitemapIndex) | None => false,
    }
}

/// Reports why a document has no entries: the feed is empty, or it is not a feed.
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

/// The minimum length in bytes of a text whose detected language overrides the declared one.
const TELLING: usize = 300;

/// Decides the language of each entry. For a long text, it is the detected language, if there is one. Otherwise, it is
/// the first of these that is known: the language that the entry declares, the language that the feed declares, the
/// detected language, the language of most entries. If the letters and the stop words of the text agree on a language,
/// or the text is in another script, the detected language replaces the one that the feed declares, because a feed may declare a wrong language, such as the default `en-US`
/// of the program that wrote it.
fn name_languages(articles: &mut [Article], given: Option<Language>) {
    let mut counts: Vec<(Language, usize)> = Vec::new();
    for article in &mut *articles {
        let detected = lang::detect_article(article);
        if TELLING <= article.text.len() && detected.is_known() {
            article.lang = detected;
        } else if !article.lang.is_known() {
            let certain = || lang::detect_short(&article.text);
            article.lang = match given {
                Some(given) if !lang::is_in_other_script(&article.text, given) => {
                    certain().unwrap_or(given)
                }
                Some(given) if !detected.is_known() => given,
                _ => detected,
            };
        }
        if article.lang.is_known() {
            match counts.iter_mut().find(|(lang, _)| *lang == article.lang) {
                Some((_, n)) => *n += 1,
                None => counts.push((article.lang, 1)),
            }
        }
    }
    let known: usize = counts.iter().map(|(_, n)| n).sum();
    let most = counts.iter().max_by_key(|(_, n)| *n).filter(|(_, n)| known < 2 * n);
    if let Some((lang, _)) = most {
        let unknown = articles.iter_mut().filter(|article| !article.lang.is_known());
        unknown.for_each(|article| article.lang = *lang);
    }
}

/// Converts the entries of a feed into articles.
struct Reader<'f> {
    origin: &'f str,
    channel: &'f Channel,
    options: &'f Options,
    ingested: Ingested,
}

impl Reader<'_> {
    /// Adds the articles of an entry; `place` identifies the entry in warnings.
    fn entry(&mut self, place: &str, entry: &Entry) {
        let mut article = self.article(place, entry);
        let names = [article.title.as_str(), article.source.as_deref().unwrap_or_default()];
        let (content, summary) =
            (self.body(&entry.content, &names), self.body(&entry.summary, &names));
        let length = |blocks: &[MailBlock]| blocks.iter().map(|b| b.text.len()).sum::<usize>();
        let is_full = length(&content) >= length(&summary) && !content.is_empty();
        let blocks = if is_full { content } else { summary };
        let split = split::articles(blocks.clone());
        if STORIES <= split.parts.len() {
            self.cut("introduction", split.introduction);
            for (n, part) in split.parts.into_iter().enumerate() {
                self.put_story(&article, part, n + 1);
            }
            return;
        }
        (article.text, article.blocks) = page::joined(blocks.into_iter().map(|b| (b.kind, b.text)));
        if article.title.is_empty() && article.text.is_empty() {
            let message = "an entry without title and text was left out";
            self.ingested.warnings.push(Warning::dropped(place, message));
            return;
        }
        // An entry without text, as in a news sitemap, counts as a teaser.
        article.teaser = is_teaser(&article.text, is_full);
        article.id = id(entry, article.source.as_deref(), &article.title, &article.text);
        self.ingested.put(article);
    }

    /// Adds one story of an entry that contains several.
    fn put_story(&mut self, entry: &Article, part: split::Part, n: usize) {
        let mut article = entry.clone();
        article.title = part.title.clone().unwrap_or(article.title);
        article.url = part.url.clone().or(article.url);
        article.teaser = part.is_teaser;
        let blocks = part.into_blocks();
        (article.text, article.blocks) = page::joined(blocks.into_iter().map(|b| (b.kind, b.text)));
        article.id = ArticleId::from_content(
            article.source.as_deref(),
            &format!("{}#{n}", article.title),
            &article.text,
        );
        if 1 < n {
            article.warnings.clear();
        }
        self.ingested.put(article);
    }

    /// Returns the blocks of an entry's markup, without the text that the feed appends ([`trailer`]).
    fn body(&mut self, markup: &str, names: &[&str]) -> Vec<MailBlock> {
        if markup.trim().is_empty() {
            return Vec::new();
        }
        let markup = charset::printable(markup);
        // Markup would join the paragraphs of a plain text.
        let is_plain = !markup.contains('<') && markup.trim().contains("\n\n");
        let mut blocks = if is_plain {
            text_blocks::parse(&charset::unescaped(&markup))
        } else {
            page::mail_blocks(&markup, self.options)
        };
        let cut = blocks.split_off(trailer::text_blocks(&blocks, names));
        self.cut("trailer", cut);
        blocks
    }

    fn cut(&mut self, reason: &str, blocks: Vec<MailBlock>) {
        if self.options.cuts {
            let origin = self.origin;
            self.ingested.cuts.extend(blocks.into_iter().map(|block| Cut {
                origin: origin.to_owned(),
                reason: reason.to_owned(),
                text: block.text,
            }));
        }
    }

    /// Returns an article with the metadata of an entry.
    fn article(&self, place: &str, entry: &Entry) -> Article {
        let (channel, options) = (self.channel, self.options);
        let language = entry.language.as_deref().or(channel.language.as_deref());
        let hint = Hint { now: options.now, ..language.map(Hint::from_locale).unwrap_or_default() };
        let mut warnings = Vec::new();
        let published = published(entry, place, &hint, &mut warnings);
        let source = entry.source.as_deref().or(channel.title.as_deref());
        let source = source.map(|s| plain(s, options)).filter(|s| !s.is_empty());
        let url = entry.link.clone().or_else(|| entry.id.clone().filter(|id| is_address(id)));
        Article {
            origin: self.origin.to_owned(),
            url: url.map(|u| absolute(&u, channel.link.as_deref())),
            byline: entry.author.as_deref().and_then(page::clean_byline),
            published,
            lang: options
                .lang
                .or_else(|| entry.language.as_deref().and_then(Language::parse))
                .unwrap_or_default(),
            title: plain(&entry.title, options),
            source,
            warnings,
            ..Article::default()
        }
    }
}

/// The minimum number of stories in an entry that is split into its stories.
const STORIES: usize = 3;

/// Returns the publication date of an entry or, if it has none, the date of its last update.
fn published(
    entry: &Entry,
    place: &str,
    hint: &Hint,
    warnings: &mut Vec<Warning>,
) -> Option<Published> {
    let read = |text: Option<&str>| text.and_then(|t| date::parse(t, hint));
    let published = read(entry.published.as_deref()).or_else(|| {
        let updated = read(entry.updated.as_deref())?;
        let message = "using the modification date: the feed has no publication date";
        warnings.push(Warning::kept(place, message));
        Some(updated)
    });
    if published.is_none()
        && let Some(odd) = entry.published.as_deref().or(entry.updated.as_deref())
    {
        warnings.push(Warning::kept(place, format!("the date {odd:?} could not be read")));
    }
    published
}

/// Returns the entry's id if it is globally unique; otherwise an id made from the outlet and the entry's id, or from
/// the outlet, title and text if it has none.
fn id(entry: &Entry, source: Option<&str>, title: &str, text: &str) -> ArticleId {
    match entry.id.as_deref().filter(|id| !id.is_empty()) {
        Some(id) if is_address(id) || id.starts_with("tag:") || id.starts_with("urn:") => {
            ArticleId::given(id)
        }
        Some(id) => ArticleId::from_content(source, "", id),
        None => ArticleId::from_content(source, title, text),
    }
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

/// Resolves a link without a host against the host of the feed.
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

/// Returns the text of a title, which may contain markup or doubly escaped entities.
fn plain(title: &str, options: &Options) -> String {
    let title = &*charset::printable(title);
    if !title.contains(['<', '&']) {
        return title.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let is_markup = title.match_indices('<').any(|(i, _)| {
        title.as_bytes().get(i + 1).is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/')
    });
    let text = if is_markup {
        page::fragment(title, options).0.replace("\n\n", " ")
    } else {
        charset::unescaped(title).into_owned()
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns whether a text is probably only the beginning of the article: it ends with an ellipsis or is short.
fn is_teaser(text: &str, is_content: bool) -> bool {
    let cut = text.trim_end_matches([']', ')', ' ']).ends_with(['…'])
        || text.trim_end_matches([']', ')', ' ']).ends_with("...");
    let words = text.split_whitespace().count();
    cut || words < if is_content { 60 } else { 200 }
}
