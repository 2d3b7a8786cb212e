//! Determines the metadata of a page (title, author, dates, address, site and language) from the raw metadata and the
//! visible text.

use serde_json::Value;

use super::blocks::Page;
use super::class_hints::hint;
use super::extent::Access;
use super::own::Own;
use super::raw_metadata::{Facts, folded};
use super::{byline, published, title};
use crate::article::{BlockKind, Published};
use crate::language::Language;
use crate::read::date::Hint;

/// The metadata of an article.
#[derive(Clone, Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: String,
    pub(super) byline: Option<String>,
    pub(super) published: Option<Published>,
    /// Whether the date is a modification date, because the page has no publication date.
    pub(super) is_update: bool,
    pub(super) url: Option<String>,
    pub(super) source: Option<String>,
    /// The sections that the page declares, and the short line above its title, separated by commas.
    pub(super) section: Option<String>,
    pub(super) lang: Option<Language>,
    /// What the page declares about access to the article.
    pub(super) access: Access,
    /// The warning about a page whose metadata says that it is something other than an article.
    pub(super) other_kind: Option<&'static str>,
}

/// Determines the metadata of a page.
pub(super) fn extract(facts: &Facts, page: &Page, now: Option<jiff::Timestamp>) -> Metadata {
    let objects = Objects::new(facts);
    let locale = facts.meta_of(&["og:locale"]).or(facts.lang.as_deref()).unwrap_or("");
    let locale = match facts.lang.as_deref() {
        // A language tag with a region is more precise, and the region determines the order of day and month.
        Some(lang) if lang.contains(['-', '_']) => lang,
        _ => locale,
    };
    let hint = Hint { now, ..Hint::from_locale(locale) };
    let source = site_name(facts, &objects);
    let title = title::choose(facts, &objects, page, source.as_deref());
    let own = Own::new(facts, page, &title);
    let (published, is_update) = match published::extract(facts, &objects, page, &own, &hint) {
        Some((published, is_update)) => (Some(published), is_update),
        None => (None, false),
    };
    Metadata {
        byline: byline::extract(facts, &objects, page, &own, source.as_deref()),
        published,
        is_update,
        url: address(facts, &objects),
        lang: facts
            .lang
            .as_deref()
            .or_else(|| facts.meta_of(&["og:locale", "content-language", "language"]))
            .and_then(Language::parse),
        section: section(facts, &objects, page, &title),
        access: Access::declared(facts, &objects),
        other_kind: other_kind(facts, &objects),
        title,
        source,
    }
}

/// Returns a warning if the metadata of a page says that it is something other than an article. Types that many
/// articles have as well (`website`, `WebPage`, `ItemList`) do not count.
fn other_kind(facts: &Facts, objects: &Objects<'_>) -> Option<&'static str> {
    let declared = facts.meta_of(&["og:type"]).map(str::to_ascii_lowercase);
    let declared = declared.as_deref().map(|kind| kind.rsplit([':', '#']).next().unwrap_or(kind));
    if !objects.articles.is_empty() || declared.is_some_and(|kind| kind.starts_with("article")) {
        return None;
    }
    let of_object = objects.all.iter().flat_map(types).find_map(|kind| match kind {
        "Product" | "ProductGroup" => Some(PRODUCT),
        "CollectionPage" | "SearchResultsPage" => Some(COLLECTION),
        "ProfilePage" => Some(PROFILE),
        "QAPage" => Some(QUESTION),
        _ => None,
    });
    of_object.or_else(|| match declared? {
        "product" | "product.group" | "product.item" => Some(PRODUCT),
        "profile" => Some(PROFILE),
        _ => None,
    })
}

const PRODUCT: &str =
    "the metadata of the page says that it is a product page, so it may not be an article";
const COLLECTION: &str =
    "the metadata of the page says that it is a list of other pages, so it may not be an article";
const PROFILE: &str =
    "the metadata of the page says that it is a profile, so it may not be an article";
const QUESTION: &str =
    "the metadata of the page says that it is a question with answers, so it may not be an article";

/// Returns the sections that a page declares for its article, and the short line above the title, without repetitions.
/// An article of the type `OpinionNewsArticle` (schema.org) belongs to the section `Opinion`.
fn section(facts: &Facts, objects: &Objects<'_>, page: &Page, title: &str) -> Option<String> {
    /// The names of meta elements that contain a section.
    const METAS: &[&str] = &["article:section", "parsely-section", "cxenseparse:articlesection"];
    let article = objects.articles.first();
    let is_opinion = article.is_some_and(|a| types(a).any(|t| t == "OpinionNewsArticle"));
    let declared = article.map(|a| &a["articleSection"]);
    let declared = declared.map_or(&[][..], |value| match value {
        Value::Array(values) => values.as_slice(),
        value => std::slice::from_ref(value),
    });
    let metas = facts.metas.iter().filter(|(name, _)| METAS.contains(&name.as_str()));
    let all = is_opinion.then(|| "Opinion".to_owned()).into_iter();
    let all = all.chain(declared.iter().filter_map(text_of));
    let all = all.chain(metas.map(|(_, content)| content.clone())).chain(kicker(page, title));
    let mut sections: Vec<String> = Vec::new();
    for section in all.filter(|section| section.len() < 80) {
        let is_known = sections.iter().any(|known| known.eq_ignore_ascii_case(&section));
        if !is_known && sections.len() < MOST_SECTIONS {
            sections.push(section);
        }
    }
    (!sections.is_empty()).then(|| sections.join(", "))
}

/// The maximum number of sections of an article.
const MOST_SECTIONS: usize = 8;

/// Returns the line directly above the title if it has at most three words, unless it is a heading or a list item or is
/// in the navigation, a footer or a consent notice.
fn kicker(page: &Page, title: &str) -> Option<String> {
    let at = page.blocks.iter().position(|block| block.level > 0 && block.text == title)?;
    let line = page.blocks.get(at.checked_sub(1)?)?;
    let around = page.containers.get(line.container as usize)?.all_hints;
    let is_elsewhere =
        [hint::NAVIGATION, hint::FOOTER, hint::CONSENT].iter().any(|h| around.has(*h));
    let is_short = line.text.split_whitespace().count() <= 3;
    let is_line = line.level == 0 && line.kind != BlockKind::ListItem;
    (is_short && is_line && !is_elsewhere).then(|| line.text.clone())
}

/// The JSON-LD objects of a page, grouped by kind.
#[derive(Debug, Default)]
pub(super) struct Objects<'f> {
    /// The objects that describe articles of any kind.
    pub(super) articles: Vec<&'f Value>,
    /// The objects that describe pages.
    pub(super) pages: Vec<&'f Value>,
    /// All objects, so that references can be resolved.
    pub(super) all: &'f [Value],
}

impl<'f> Objects<'f> {
    pub(super) fn new(facts: &'f Facts) -> Self {
        let mut objects = Self { all: &facts.objects, ..Self::default() };
        for object in &facts.objects {
            let is = |test: fn(&str) -> bool| types(object).any(test);
            if is(|t| {
                t.ends_with("Article")
                    || t.ends_with("Posting")
                    || matches!(
                        t,
                        "Report" | "Review" | "Recipe" | "CreativeWork" | "LearningResource"
                    )
            }) {
                objects.articles.push(object);
            } else if is(|t| t.ends_with("Page")) {
                objects.pages.push(object);
            }
        }
        objects.prefer_own(facts);
        objects
    }

    /// If some of the articles have the address or the title of the page, moves them to the front and drops the others
    /// that have another title or are reviews.
    fn prefer_own(&mut self, facts: &Facts) {
        let names = ["og:title", "twitter:title", "dc.title", "citation_title"];
        let mut titles: Vec<&str> = names.iter().filter_map(|n| facts.meta_of(&[n])).collect();
        titles.extend(facts.title.as_deref());
        titles.extend(facts.headings.iter().filter(|h| !h.in_frame).map(|h| &*h.text));
        let addresses = [facts.canonical.as_deref(), facts.meta_of(&["og:url"])];
        let standing = |object: &Value| {
            let is_here = |key: &str| {
                let url = object[key].as_str();
                url.is_some_and(|url| addresses.iter().flatten().any(|own| is_same_page(own, url)))
            };
            let headline = text_of(&object["headline"]).or_else(|| text_of(&object["name"]));
            let agrees = headline.map(|h| titles.iter().any(|t| title::agree(&h, t)));
            if agrees == Some(true) || ["url", "@id", "mainEntityOfPage"].into_iter().any(is_here) {
                Standing::Own
            } else if agrees.is_none() && !types(object).any(|t| t == "Review") {
                Standing::Unknown
            } else {
                Standing::Other
            }
        };
        let mut articles: Vec<_> = self.articles.iter().map(|o| (standing(o), *o)).collect();
        if articles.iter().any(|(standing, _)| *standing == Standing::Own) {
            articles.retain(|(standing, _)| *standing != Standing::Other);
            articles.sort_by_key(|(standing, _)| *standing);
            self.articles = articles.into_iter().map(|(_, object)| object).collect();
        }
    }

    /// Returns the first text under any of the keys, looking in articles first and then in pages.
    pub(super) fn text(&self, keys: &[&str]) -> Option<String> {
        let all = self.articles.iter().chain(&self.pages);
        all.flat_map(|o| keys.iter().map(move |k| &o[*k])).find_map(text_of)
    }

    /// Returns the object that has a given `@id` and a name.
    pub(super) fn by_id(&self, id: &str) -> Option<&'f Value> {
        self.all.iter().find(|o| o["@id"] == id && o.get("name").is_some())
    }
}

/// Whether a JSON-LD object describes the article of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    Own,
    /// It has no title, does not have the address of the page, and is not a review.
    Unknown,
    Other,
}

/// Returns whether two addresses are those of the same page, ignoring case, the scheme, the fragment and slashes at the
/// end.
fn is_same_page(one: &str, other: &str) -> bool {
    let bare = |url: &str| -> String {
        let url = url.split('#').next().unwrap_or(url);
        let url = url.split_once("://").map_or(url, |(_, rest)| rest);
        url.trim_end_matches('/').to_ascii_lowercase()
    };
    let one = bare(one);
    !one.is_empty() && one == bare(other)
}

fn types(object: &Value) -> impl Iterator<Item = &str> {
    let kind = &object["@type"];
    kind.as_str()
        .into_iter()
        .chain(kind.as_array().into_iter().flatten().filter_map(Value::as_str))
        .map(|t| t.rsplit(['/', '#', ':']).next().unwrap_or(t))
}

/// Returns the text of a string, or the first text in an array.
pub(super) fn text_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text,
        Value::Array(values) => return values.iter().find_map(text_of),
        _ => return None,
    };
    Some(folded(&html_escape::decode_html_entities(text))).filter(|t| !t.is_empty())
}

fn site_name(facts: &Facts, objects: &Objects<'_>) -> Option<String> {
    let named = facts.meta_of(&["og:site_name", "application-name", "al:android:app_name"]);
    named
        .map(str::to_owned)
        .filter(|n| n.len() < 80 && !n.contains("://"))
        .or_else(|| objects.articles.iter().find_map(|a| text_of(&a["publisher"]["name"])))
        .or_else(|| {
            let site = objects.all.iter().find(|o| types(o).any(|t| t == "WebSite"));
            site.and_then(|o| text_of(&o["name"]))
        })
        .or_else(|| facts.meta_of(&["dc.publisher", "citation_journal_title"]).map(str::to_owned))
        .filter(|n| n.len() < 80)
}

fn address(facts: &Facts, objects: &Objects<'_>) -> Option<String> {
    let is_address = |u: &&str| u.starts_with("http://") || u.starts_with("https://");
    facts
        .canonical
        .as_deref()
        .filter(is_address)
        .or_else(|| facts.meta_of(&["og:url"]).filter(is_address))
        .map(str::to_owned)
        .or_else(|| objects.text(&["url", "@id"]).filter(|u| is_address(&u.as_str())))
        .or_else(|| facts.meta_of(&["twitter:url"]).filter(is_address).map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use crate::read::{Options, page};

    fn section(head: &str, above: &str) -> Option<String> {
        let title = "The council has forgotten whom it works for";
        let text =
            "<p>Let us be honest about the new bypass, which was never about the lorries.</p>";
        let html = format!(
            "<html><head><title>{title}</title><meta property='og:title' content='{title}'>{head}</head>\
             <body><nav><a href='/a'>News</a> <a href='/b'>Opinion</a></nav><main><article>{above}\
             <h1>{title}</h1>{text}{text}{text}</article></main></body></html>"
        );
        let read = page::read("a.html", html.as_bytes(), &Options::default());
        read.articles.into_iter().next().and_then(|article| article.section)
    }

    #[test]
    fn sections_and_kickers_are_read() {
        let ld = |json: &str| format!("<script type='application/ld+json'>{json}</script>");
        for (head, above, expected) in [
            (String::new(), "", None),
            (String::new(), "<a class='kicker' href='/o'>Opinion</a>", Some("Opinion")),
            (String::new(), "<p class='eyebrow'>Tribune</p>", Some("Tribune")),
            (String::new(), "<div><span>Kommentar</span></div>", Some("Kommentar")),
            ("<meta property='article:section' content='Opinion'>".to_owned(), "", Some("Opinion")),
            (ld(r#"{"@type":"OpinionNewsArticle","headline":"x"}"#), "", Some("Opinion")),
            (
                ld(r#"{"@type":"NewsArticle","articleSection":["Politics","Opinion"]}"#),
                "<p>politics</p>",
                Some("Politics, Opinion"),
            ),
            (ld(r#"{"@type":["NewsArticle"],"articleSection":"Meinung"}"#), "", Some("Meinung")),
        ] {
            assert_eq!(section(&head, above).as_deref(), expected, "{head} {above}");
        }
    }

    /// The first JSON-LD object may describe another article or a review.
    #[test]
    fn the_data_with_the_title_or_address_of_the_page_counts() {
        let own = r#"{"@type":"NewsArticle","headline":"The dam holds after the flood","datePublished":"2024-05-03",
            "author":{"@type":"Person","name":"Jo Roe"}}"#;
        let here = r#"{"@type":"Article","headline":"A night at the dam","url":"https://lenn.example/dam/","datePublished":"2024-05-03",
            "author":"Jo Roe"}"#;
        let other = r#"{"@type":"NewsArticle","headline":"Mayor opens the new baths","datePublished":"2024-01-02","author":"Ann Lund"}"#;
        let review = r#"{"@type":"Review","datePublished":"2020-01-02","author":{"@type":"Person","name":"Bill Ness"}}"#;
        for data in [
            format!("[{other},{own}]"),
            format!(r#"{{"@graph":[{other},{{"@type":"WebPage"}},{own}]}}"#),
            format!("[{review},{own}]"),
            format!("[{other},{here}]"),
            format!("[{own},{other}]"),
        ] {
            let html = format!(
                "<html lang=en><head><title>The dam holds after the flood | The Lenn Post</title>\
                 <link rel=canonical href=https://lenn.example/dam><script type=application/ld+json>{data}</script></head><body>\
                 <h1>The dam holds after the flood</h1><p>The old dam above the valley held through a second night of rain, \
                 engineers said.</p></body></html>"
            );
            let article = page::page("p", &html, &Options::default()).articles.remove(0);
            assert_eq!(article.byline.as_deref(), Some("Jo Roe"), "{data}");
            let published = article.published.map(|p| p.to_string());
            assert_eq!(published.as_deref(), Some("2024-05-03"), "{data}");
        }
    }

    #[test]
    fn a_page_that_is_no_article_says_so() {
        let og = |kind: &str| format!("<meta property=og:type content={kind}>");
        let ld = |json: &str| format!("<script type=application/ld+json>{json}</script>");
        let cases = [
            (og("product"), Some("a product")),
            (og("og:product"), Some("a product")),
            (og("profile"), Some("a profile")),
            (ld(r#"{"@type":"Product","name":"A kettle"}"#), Some("a product")),
            (ld(r#"{"@graph":[{"@type":["WebPage","CollectionPage"]}]}"#), Some("a list")),
            (ld(r#"{"@type":"http://schema.org/SearchResultsPage"}"#), Some("a list")),
            (ld(r#"{"@type":"QAPage"}"#), Some("a question")),
            (og("article"), None),
            (og("website"), None),
            (ld(r#"{"@type":"WebPage"}"#), None),
            (og("article") + &ld(r#"{"@type":"CollectionPage"}"#), None),
            (ld(r#"[{"@type":"NewsArticle","headline":"x"},{"@type":"Product"}]"#), None),
        ];
        let text = "<p>The kettle holds two litres, and boils them in three minutes.</p>";
        for (head, expected) in cases {
            let html =
                format!("<head>{head}</head><body><article><h1>A kettle</h1>{text}</article>");
            let read = page::read("a.html", html.as_bytes(), &Options::default());
            let warnings = &read.articles[0].warnings;
            let found = warnings
                .iter()
                .find(|warning| warning.message.contains("metadata of the page says"));
            let is_expected = match (expected, found) {
                (Some(expected), Some(found)) => found.message.contains(expected),
                (expected, found) => expected.is_none() && found.is_none(),
            };
            assert!(is_expected, "{head}: {warnings:?}");
        }
    }
}
