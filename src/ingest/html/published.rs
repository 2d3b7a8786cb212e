//! The date of publishing: from structured data, then from marks, then from visible text near the title, then from the
//! address; the date of a change only where nothing else stands.

use super::blocks::{Page, PageBlock};
use super::facts::{Facts, TimeMark};
use super::metadata::{Objects, text_of};
use crate::article::Published;
use crate::ingest::date::{Hint, find, in_url, is_date_line, parse};

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
        .or_else(|| near_title(page, title, hint))
        .or_else(|| timed(facts, hint))
        .or_else(|| anywhere(page, hint))
        .or_else(|| facts.canonical.as_deref().and_then(in_url))
        .or_else(|| facts.meta_of(&["og:url"]).and_then(in_url))
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

/// The date of a mark.
fn date_of(mark: &TimeMark, hint: &Hint) -> Option<Published> {
    mark.datetime.as_deref().and_then(|d| read(d, hint)).or_else(|| read(&mark.text, hint))
}

/// An element that is marked as the time of publishing.
fn marked(facts: &Facts, hint: &Hint) -> Option<Published> {
    let published = facts
        .times
        .iter()
        .filter(|t| t.published && !t.updated && !t.elsewhere && !is_update(&t.text));
    published.into_iter().find_map(|t| date_of(t, hint))
}

/// An element that is marked as a time: after the title, then before it; in the frame of the page only where all agree.
fn timed(facts: &Facts, hint: &Hint) -> Option<Published> {
    let usable = || facts.times.iter().filter(|t| !t.updated && !is_update(&t.text));
    let inside = || usable().filter(|t| !t.elsewhere);
    inside()
        .filter(|t| t.headings_before > 0)
        .find_map(|t| date_of(t, hint))
        .or_else(|| inside().find_map(|t| date_of(t, hint)))
        .or_else(|| {
            let mut dates = usable().filter_map(|t| date_of(t, hint));
            let first = dates.next()?;
            dates.all(|d| d.day() == first.day()).then_some(first)
        })
}

/// A date in a short line that says nothing of a change.
fn in_line(block: &PageBlock, hint: &Hint) -> Option<Published> {
    let is_short = block.text.len() <= 200 && !is_update(&block.text);
    is_short.then(|| find(&block.text, hint)).flatten().map(|(_, d)| d).filter(plausible)
}

/// A date in a line just under the title, or just above.
fn near_title(page: &Page, title: &str, hint: &Hint) -> Option<Published> {
    let blocks = &page.blocks;
    let at = blocks.iter().position(|b| b.level > 0 && b.text == title);
    let at = at.or_else(|| blocks.iter().position(|b| b.text == title))?;
    let after = blocks[at..].iter().take(10).find_map(|b| in_line(b, hint));
    after.or_else(|| blocks[at.saturating_sub(6)..at].iter().rev().find_map(|b| in_line(b, hint)))
}

/// A line that says that it is the date of publishing, or is a date and nothing else.
fn anywhere(page: &Page, hint: &Hint) -> Option<Published> {
    let says = |b: &&PageBlock| {
        let head: String = b.text.chars().take(40).flat_map(char::to_lowercase).collect();
        ["publish", "posted", "veröffentlicht", "publié", "publicado", "pubblicato", "objavljeno"]
            .iter()
            .any(|w| head.contains(w))
    };
    let alone = |b: &&PageBlock| b.text.len() <= 60 && is_date_line(&b.text, hint);
    page.blocks
        .iter()
        .filter(says)
        .find_map(|b| in_line(b, hint))
        .or_else(|| page.blocks.iter().take(40).find_map(|b| in_line(b, hint)))
        .or_else(|| page.blocks.iter().filter(alone).find_map(|b| in_line(b, hint)))
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
