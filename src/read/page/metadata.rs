//! Determines the metadata of a page (title, author, dates, address, site and language) from the raw metadata and the
//! visible text.

use serde_json::Value;

use super::blocks::Page;
use super::raw_metadata::{Facts, folded};
use super::{byline, published, title};
use crate::article::Published;
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
    pub(super) lang: Option<Language>,
    /// Whether the page declares that the article is not free to read.
    pub(super) is_paid: bool,
}

/// Determines the metadata of a page.
pub(super) fn of(facts: &Facts, page: &Page, now: Option<jiff::Timestamp>) -> Metadata {
    let objects = Objects::of(facts);
    let locale = facts.meta_of(&["og:locale"]).or(facts.lang.as_deref()).unwrap_or("");
    let locale = match facts.lang.as_deref() {
        // A language tag with a region is more precise, and the region determines the order of day and month.
        Some(lang) if lang.contains(['-', '_']) => lang,
        _ => locale,
    };
    let hint = Hint { now, ..Hint::of_locale(locale) };
    let source = site_name(facts, &objects);
    let title = title::of(facts, &objects, page, source.as_deref());
    let (published, is_update) = match published::of(facts, &objects, page, &title, &hint) {
        Some((published, is_update)) => (Some(published), is_update),
        None => (None, false),
    };
    Metadata {
        byline: byline::of(facts, &objects, page, &title, source.as_deref()),
        published,
        is_update,
        url: address(facts, &objects),
        lang: facts
            .lang
            .as_deref()
            .or_else(|| facts.meta_of(&["og:locale", "content-language", "language"]))
            .and_then(Language::parse),
        is_paid: objects.articles.iter().any(|object| is_paid(object)),
        title,
        source,
    }
}

/// Returns whether an article, or a part of it, is declared not to be free (schema.org, *isAccessibleForFree*).
fn is_paid(object: &Value) -> bool {
    let says_no = |value: &Value| match &value["isAccessibleForFree"] {
        Value::Bool(free) => !free,
        Value::String(free) => {
            free.rsplit('/').next().unwrap_or_default().eq_ignore_ascii_case("false")
        }
        _ => false,
    };
    let parts = match &object["hasPart"] {
        Value::Array(parts) => parts.as_slice(),
        part => std::slice::from_ref(part),
    };
    says_no(object) || parts.iter().any(says_no)
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
    pub(super) fn of(facts: &'f Facts) -> Self {
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
        objects
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
