//! The date of publishing: from structured data, then from marks, then from visible text near the title, then from the
//! address; the date of a change only where nothing else stands.

use super::blocks::Page;
use super::facts::Facts;
use super::metadata::{Objects, text_of};
use crate::article::Published;
use crate::ingest::date::{Hint, find, in_url, parse};

/// Meta elements that hold the date of publishing.
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "article:published",
    "datepublished",
    "og:published_time",
    "og:pubdate",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "published_date",
    "publication_date",
    "article.published",
    "article:post_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
    "article_date_original",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "cxenseparse:recs:publishtime",
    "last-published",
    "created",
    "og:release_date",
    "date_published",
    "originalpublicationdate",
    "ptime",
    "displaydate",
    "article-publish-date",
];

/// Meta elements that hold the date of a change.
const MODIFIED: &[&str] = &[
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
    "dc.date.modified",
    "updated_time",
    "revised",
];

/// Decides on the date; the flag says that it is that of a change.
pub(super) fn of(
    facts: &Facts,
    objects: &Objects<'_>,
    page: &Page,
    title: &str,
    hint: &Hint,
) -> Option<(Published, bool)> {
    structured(facts, objects, hint)
        .or_else(|| marked(facts, hint))
        .or_else(|| visible(page, title, hint))
        .or_else(|| addresses(facts).find_map(in_url))
        .map(|published| (published, false))
        .or_else(|| modified(facts, objects, page, hint).map(|published| (published, true)))
}

fn plausible(published: &Published) -> bool {
    (1990..2100).contains(&published.day().year())
}

fn read(text: &str, hint: &Hint) -> Option<Published> {
    parse(text, hint).filter(plausible)
}

fn structured(facts: &Facts, objects: &Objects<'_>, hint: &Hint) -> Option<Published> {
    let of = |objects: &[&serde_json::Value]| {
        objects.iter().find_map(|o| {
            ["datePublished", "dateCreated", "uploadDate"]
                .iter()
                .find_map(|k| read(&text_of(&o[*k])?, hint))
        })
    };
    of(&objects.articles)
        .or_else(|| PUBLISHED.iter().find_map(|name| read(facts.meta_of(&[name])?, hint)))
        .or_else(|| {
            let property = facts.properties.iter().filter(|(name, _)| name == "datepublished");
            property.into_iter().find_map(|(_, text)| read(text, hint))
        })
        .or_else(|| of(&objects.pages))
}

/// A `time` element or another that is marked as a date, near the title.
fn marked(facts: &Facts, hint: &Hint) -> Option<Published> {
    let usable =
        || facts.times.iter().filter(|t| !t.updated && !t.elsewhere && !is_update(&t.text));
    let day = |t: &super::facts::TimeMark| {
        t.datetime.as_deref().and_then(|d| read(d, hint)).or_else(|| read(&t.text, hint))
    };
    usable()
        .filter(|t| t.published)
        .find_map(day)
        .or_else(|| usable().filter(|t| t.headings_before > 0).find_map(day))
        .or_else(|| usable().find_map(day))
}

/// A date in a short line near the title, or in a line that says that it is one.
fn visible(page: &Page, title: &str, hint: &Hint) -> Option<Published> {
    let at = page
        .blocks
        .iter()
        .position(|b| b.level > 0 && b.text == title)
        .or_else(|| page.blocks.iter().position(|b| b.text == title));
    let near = at.unwrap_or(0).saturating_sub(6);
    let short = |b: &&super::blocks::PageBlock| b.text.len() <= 200 && !is_update(&b.text);
    let in_line =
        |b: &super::blocks::PageBlock| find(&b.text, hint).map(|(_, d)| d).filter(plausible);
    let after = page.blocks.iter().skip(at.unwrap_or(0)).take(14).filter(short).find_map(in_line);
    after
        .or_else(|| {
            page.blocks
                .iter()
                .skip(near)
                .take(at.unwrap_or(0) - near)
                .filter(short)
                .find_map(in_line)
        })
        .or_else(|| {
            let says = |b: &&super::blocks::PageBlock| {
                let lower = b.text.get(..b.text.len().min(40)).unwrap_or("").to_lowercase();
                ["publish", "posted", "date", "veröffentlicht", "publié", "publicado"]
                    .iter()
                    .any(|w| lower.contains(w))
            };
            page.blocks.iter().filter(short).filter(says).find_map(in_line)
        })
}

fn modified(facts: &Facts, objects: &Objects<'_>, page: &Page, hint: &Hint) -> Option<Published> {
    let all = objects.articles.iter().chain(&objects.pages);
    all.into_iter()
        .find_map(|o| read(&text_of(&o["dateModified"])?, hint))
        .or_else(|| MODIFIED.iter().find_map(|name| read(facts.meta_of(&[name])?, hint)))
        .or_else(|| {
            facts.times.iter().filter(|t| !t.elsewhere).find_map(|t| {
                t.datetime.as_deref().and_then(|d| read(d, hint)).or_else(|| read(&t.text, hint))
            })
        })
        .or_else(|| {
            let lines = page.blocks.iter().filter(|b| b.text.len() <= 160 && is_update(&b.text));
            lines.into_iter().find_map(|b| find(&b.text, hint).map(|(_, d)| d).filter(plausible))
        })
}

fn addresses(facts: &Facts) -> impl Iterator<Item = &str> {
    facts
        .canonical
        .as_deref()
        .into_iter()
        .chain(facts.meta_of(&["og:url"]))
        .chain(facts.meta_of(&["og:image"]).filter(|_| false))
}

/// Whether a line says that its date is that of a change.
fn is_update(text: &str) -> bool {
    let head: String = text.chars().take(40).flat_map(char::to_lowercase).collect();
    let says = |words: &[&str]| words.iter().any(|w| head.contains(w));
    says(&[
        "updated",
        "modified",
        "reviewed",
        "aktualisiert",
        "mis à jour",
        "actualizado",
        "aggiornato",
        "обновлено",
        "last update",
    ]) && !says(&["published", "posted", "veröffentlicht", "publié", "publicado"])
}
