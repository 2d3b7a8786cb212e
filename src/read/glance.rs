//! Scans a page quickly to find out whether it declares itself an article, which feeds it names, and how much text it
//! contains.
//!
//! When an address is fetched, these facts are needed before the page is read: a login form, an error page or a home
//! page also contains text, from which the classifier would extract an article. The page is scanned once, without
//! building a tree. The scan only collects facts; the caller decides what to do with them.
//!
//! Known limits: text that a script generates is not seen; text in links and in `<nav>`, `<header>`, `<footer>` and
//! the other elements of `FRAME` is not counted as content. A slash at the end of an unquoted attribute is
//! mistaken for that of an empty element.

use url::Url;

use crate::read::feed::xml::{Event, Events, attribute};
use crate::read::{charset, feed};

/// The maximum number of bytes examined per page.
const MOST_BYTES: usize = 4 << 20;

/// No more text is added to the opening once it has this many bytes.
const OPENING: usize = 400;

/// The maximum number of bytes examined per inline script when searching for [`CHALLENGES`].
const INLINE: usize = 4096;

/// Strings that occur in the addresses or in the code of CAPTCHA scripts and the like, in lower case.
const CHALLENGES: &[&str] = &[
    "captcha",
    "/challenge-platform/",
    "cf_chl",
    "_incapsula_",
    "datadome",
    "perimeterx",
    "/_px/",
];

/// The maximum number of feeds collected per page.
const MOST_FEEDS: usize = 40;

/// The facts that a quick scan collects about a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Glance {
    /// The text of the title element.
    pub title: String,
    /// The text of the first `<h1>` element that is not empty.
    pub heading: String,
    /// The feeds declared by `<link>` elements, then those that the page only links to; comment feeds come last.
    pub feeds: Vec<FeedLink>,
    /// The target of a `<meta http-equiv=refresh>` that takes effect within five seconds.
    pub refresh: Option<String>,
    /// Whether the page declares itself an article (Open Graph, or JSON-LD of one article).
    pub is_article: bool,
    /// Whether the page has a password field.
    pub asks_password: bool,
    /// The beginning of the text outside links, forms and the frame of the page.
    pub opening: String,
    /// Whether the page contains a script that asks readers to prove that they are human.
    pub is_challenge: bool,
    /// The number of letters outside links, forms and the frame of the page.
    pub letters: usize,
    /// The number of letters inside links.
    pub linked_letters: usize,
}

/// A feed named by a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedLink {
    /// The absolute address of the feed.
    pub url: String,
    /// The title in the declaration, if any; a feed that is only linked has none.
    pub title: Option<String>,
    /// Whether a `<link>` element declares it; otherwise it is a link whose address looks like that of a feed.
    pub declared: bool,
}

/// Scans a page retrieved from `address`.
pub fn glance(bytes: &[u8], address: &Url) -> Glance {
    let bytes = bytes.get(..MOST_BYTES).unwrap_or(bytes);
    let decoded = charset::decode(bytes, None);
    let mut scan = Scan::new(address);
    let mut events = Events::new(&decoded.text);
    while let Some((event, _)) = events.next() {
        match event {
            Event::Start { name, attributes, empty } => {
                if let Some(raw) = RAW_TEXT.iter().find(|raw| **raw == &*name).filter(|_| !empty) {
                    let text = events.raw_text(raw);
                    scan.raw(raw, attributes, text);
                } else {
                    scan.start(&name, attributes, empty);
                }
            }
            Event::End { name } => scan.end(&name),
            Event::Text(text) => scan.text(text),
            Event::Data(_) => {}
        }
    }
    scan.finish()
}

/// Returns whether bytes are a feed, even one without entries; a sitemap must have news entries.
pub fn is_feed(bytes: &[u8]) -> bool {
    feed::is_feed(bytes)
}

/// Elements whose content this scan does not parse as markup.
const RAW_TEXT: &[&str] = &["script", "style", "title", "textarea", "template", "noscript"];

/// Elements that frame the content of a page.
const FRAME: &[&str] = &["nav", "header", "footer", "form", "select", "button", "aside", "dialog"];

struct Scan {
    glance: Glance,
    address: Url,
    base: Url,
    in_link: bool,
    in_heading: bool,
    /// The number of open [`FRAME`] elements.
    framed: usize,
}

impl Scan {
    fn new(address: &Url) -> Self {
        let (address, base) = (address.clone(), address.clone());
        let glance = Glance::default();
        Self { glance, address, base, in_link: false, in_heading: false, framed: 0 }
    }

    fn start(&mut self, name: &str, attributes: &str, empty: bool) {
        let value = |name: &str| attribute(attributes, name).filter(|v| !v.is_empty());
        match name {
            "base" => {
                let base = value("href").and_then(|href| self.address.join(&href).ok());
                self.base = base.unwrap_or_else(|| self.base.clone());
            }
            "link" => self.link(attributes),
            "meta" => self.meta(attributes),
            "input" => {
                self.glance.asks_password |=
                    value("type").is_some_and(|t| t.eq_ignore_ascii_case("password"));
            }
            "a" => {
                self.in_link = !empty;
                if let Some(href) = value("href").filter(|href| looks_like_feed(href)) {
                    self.feed(&href, None, false);
                }
            }
            "h1" => self.in_heading = self.glance.heading.is_empty(),
            name if FRAME.contains(&name) && !empty => self.framed += 1,
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "a" => self.in_link = false,
            "h1" => self.in_heading = false,
            name if FRAME.contains(&name) => self.framed = self.framed.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        if self.in_heading {
            let text = html_escape::decode_html_entities(text);
            self.glance.heading.push_str(&text);
        }
        if self.in_link {
            self.glance.linked_letters += letters;
        } else if self.framed == 0 {
            self.glance.letters += letters;
            if self.glance.opening.len() < OPENING {
                self.glance.opening.push(' ');
                self.glance.opening.push_str(&html_escape::decode_html_entities(text));
            }
        }
    }

    fn raw(&mut self, name: &str, attributes: &str, text: &str) {
        match name {
            "title" if self.glance.title.is_empty() => {
                let text = html_escape::decode_html_entities(text);
                self.glance.title = folded(&text);
            }
            "script" if attribute(attributes, "type").as_deref() == Some("application/ld+json") => {
                self.glance.is_article |= is_article(text);
            }
            "script" => {
                let source = attribute(attributes, "src").unwrap_or_default();
                let has = |text: &str| {
                    let text = text.to_ascii_lowercase();
                    CHALLENGES.iter().any(|part| text.contains(part))
                };
                self.glance.is_challenge |= has(&source) || has(text.get(..INLINE).unwrap_or(text));
            }
            _ => {}
        }
    }

    fn link(&mut self, attributes: &str) {
        const TYPES: [&str; 4] = [
            "application/rss+xml",
            "application/atom+xml",
            "application/feed+json",
            "application/rdf+xml",
        ];
        let value = |name: &str| attribute(attributes, name).unwrap_or_default();
        let kind = value("type").to_ascii_lowercase();
        let kind = kind.split(';').next().unwrap_or_default().trim().to_owned();
        let rel = value("rel").to_ascii_lowercase();
        let is_alternate = rel.split_whitespace().any(|r| matches!(r, "alternate" | "feed"));
        if is_alternate && TYPES.contains(&&*kind) {
            let title = Some(folded(&value("title"))).filter(|t| !t.is_empty());
            self.feed(&value("href"), title, true);
        }
    }

    fn meta(&mut self, attributes: &str) {
        let value = |name: &str| attribute(attributes, name).unwrap_or_default();
        let content = value("content");
        if value("property").eq_ignore_ascii_case("og:type") {
            self.glance.is_article |= content.trim().eq_ignore_ascii_case("article");
        }
        if value("http-equiv").eq_ignore_ascii_case("refresh") {
            let target = refresh(&content).and_then(|target| self.base.join(&target).ok());
            self.glance.refresh = target.map(String::from);
        }
    }

    fn feed(&mut self, href: &str, title: Option<String>, declared: bool) {
        let Ok(url) = self.base.join(href) else { return };
        let feeds = &mut self.glance.feeds;
        let is_web = matches!(url.scheme(), "http" | "https");
        if is_web && feeds.len() < MOST_FEEDS && feeds.iter().all(|f| f.url != url.as_str()) {
            feeds.push(FeedLink { url: url.into(), title, declared });
        }
    }

    fn finish(self) -> Glance {
        let mut glance = self.glance;
        glance.heading = folded(&glance.heading);
        glance.opening = folded(&glance.opening);
        glance.feeds.sort_by_key(|feed| (is_of_comments(feed), !feed.declared));
        glance
    }
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns the target of a refresh that takes effect within five seconds: `0; url=/news`. A later refresh is ignored,
/// because it usually only reloads the page.
fn refresh(content: &str) -> Option<String> {
    let (delay, target) = content.split_once([';', ','])?;
    if 5.0 < delay.trim().parse::<f64>().ok()? {
        return None;
    }
    let (key, target) = target.split_once('=')?;
    let target = target.trim().trim_matches(['"', '\'']);
    (key.trim().eq_ignore_ascii_case("url") && !target.is_empty()).then(|| target.to_owned())
}

/// Returns whether JSON-LD describes one article, rather than a list of several.
fn is_article(json: &str) -> bool {
    let has = |kind: &str| json.contains(&format!("\"{kind}\""));
    ["NewsArticle", "ReportageNewsArticle", "Article", "BlogPosting"].into_iter().any(has)
        && !["ItemList", "CollectionPage"].into_iter().any(has)
}

/// Returns whether the address of a link looks like that of a feed: `/feed/`, `/rss.xml`, `/news.atom`.
fn looks_like_feed(href: &str) -> bool {
    const NAMES: &[&str] = &[
        "feed",
        "rss",
        "atom",
        "rss2",
        "feed.xml",
        "rss.xml",
        "atom.xml",
        "index.xml",
        "index.rdf",
        "feed.json",
    ];
    let path = href.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let last = path.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let ends = [".rss", ".atom", ".rdf"].iter().any(|ending| last.ends_with(ending));
    NAMES.contains(&&*last) || ends
}

/// Returns whether a feed is a feed of reader comments.
fn is_of_comments(feed: &FeedLink) -> bool {
    let title = feed.title.as_deref().unwrap_or_default().to_lowercase();
    let path = feed.url.to_ascii_lowercase();
    path.contains("/comments") || title.contains("comment")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::{Glance, glance, refresh};

    fn seen(html: &str) -> Glance {
        glance(html.as_bytes(), &Url::parse("https://post.example/a/b").unwrap())
    }

    #[test]
    fn feeds_are_absolute_and_comments_come_last() {
        let page = seen(
            "<head><base href='/site/'><title>The &amp; Post</title>\
             <link rel='alternate' type='application/rss+xml' title='Post » Comments' href='/comments/feed/'>\
             <LINK REL=ALTERNATE TYPE='application/atom+xml; charset=utf-8' HREF='news.atom'>\
             <link rel=alternate type=application/json href=/wp-json/1><link rel=alternate hreflang=de href=/de></head>\
             <a href='//other.example/rss.xml'>RSS</a><a href=feeding-birds>Feeding birds</a>",
        );
        let urls: Vec<&str> = page.feeds.iter().map(|f| &*f.url).collect();
        let expected = [
            "https://post.example/site/news.atom",
            "https://other.example/rss.xml",
            "https://post.example/comments/feed/",
        ];
        assert_eq!((urls, &*page.title), (expected.to_vec(), "The & Post"));
    }

    #[test]
    fn text_is_counted_without_its_frame() {
        let page = seen(
            "<script>if (a<b) { \"<p>not text\" }</script><nav>Home World</nav><h1>Harbour <b>opens</b></h1>\
             <p>abcde <a href=x>fgh</a> ij</p><style>p { color: red }</style><!-- klm -->",
        );
        assert_eq!((page.letters, page.linked_letters), (12 + 7, 3));
        assert_eq!(page.heading, "Harbour opens");
    }

    #[test]
    fn a_page_says_what_it_is() {
        assert!(seen("<meta property=og:type content=article>").is_article);
        assert!(!seen("<meta property=og:type content=website>").is_article);
        let data = |json: &str| {
            seen(&format!("<script type='application/ld+json'>{json}</script>")).is_article
        };
        assert!(data("{\"@type\": [\"NewsArticle\"]}"));
        assert!(!data("{\"@type\": \"ItemList\", \"item\": {\"@type\": \"NewsArticle\"}}"));
        assert!(seen("<form><input name=p type=PASSWORD></form>").asks_password);
    }

    #[test]
    fn only_a_refresh_at_once_leads_elsewhere() {
        assert_eq!(refresh("0; url='/news'").as_deref(), Some("/news"));
        assert_eq!(refresh("1;URL=x").as_deref(), Some("x"));
        assert_eq!(refresh("300; url=/again"), None);
        assert_eq!(refresh("300"), None);
    }

    proptest! {
        #[test]
        fn any_page_can_be_looked_at(html in "(<(a|/a|script|/script|title|nav|h1|meta|link|base)|[ =\"'>/;a&é]|href|content){0,60}") {
            let page = seen(&html);
            prop_assert!(page.letters + page.linked_letters <= html.chars().count());
        }
    }
}
