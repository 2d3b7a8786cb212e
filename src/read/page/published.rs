//! The date of publishing: from structured data, then from marks, then from visible text near the title, then from the
//! address; the date of a change only where nothing else stands.

use super::blocks::{Page, PageBlock};
use super::metadata::{Objects, text_of};
use super::raw_metadata::{Facts, TimeMark};
use crate::article::Published;
use crate::read::date::{Hint, find, in_url, is_date_line, parse};
use crate::span::slice;

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
    let said = structured(facts, objects, hint).or_else(|| marked(facts, hint));
    said.map(|said| earlier(said, shown(facts, page, title, hint)))
        .or_else(|| near_title(facts, page, title, hint))
        .or_else(|| timed(facts, hint))
        .or_else(|| anywhere(facts, page, hint))
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

/// The date that a reader is shown, where it is well before the one that the data gives: content systems stamp pages
/// anew when they are moved or built again, and no article appears before it is written.
fn earlier(said: Published, shown: Option<Published>) -> Published {
    let is_earlier = |d: &Published| d.day().tomorrow().is_ok_and(|next| next < said.day());
    shown.filter(is_earlier).unwrap_or(said)
}

/// A date that stands alone near the title, or in a line that says when the article was first published.
fn shown(facts: &Facts, page: &Page, title: &str, hint: &Hint) -> Option<Published> {
    let is_note = |b: &PageBlock| {
        b.text.len() <= 100
            && (is_date_line(&b.text, hint) || is_update(&b.text) || says_published(&b.text))
    };
    let near = title_at(page, title).and_then(|at| {
        let around = at.saturating_sub(3)..(at + 8).min(page.blocks.len());
        page.blocks[around].iter().filter(|b| is_note(b)).find_map(|b| date_in(facts, b, hint))
    });
    near.or_else(|| {
        let says = |b: &&PageBlock| {
            b.text.len() <= 300 && {
                let lower = b.text.to_lowercase();
                lower.contains("originally published") || lower.contains("first published")
            }
        };
        page.blocks.iter().filter(says).find_map(|b| date_in(facts, b, hint))
    })
}

fn title_at(page: &Page, title: &str) -> Option<usize> {
    let blocks = &page.blocks;
    let at = blocks.iter().position(|b| b.level > 0 && b.text == title);
    at.or_else(|| blocks.iter().position(|b| b.text == title))
}

/// The date in a block: as an element in it says to machines, else as written.
fn date_in(facts: &Facts, block: &PageBlock, hint: &Hint) -> Option<Published> {
    let (_, written) = find(&block.text, hint).filter(|(_, d)| plausible(d))?;
    let mut inside = facts
        .times
        .iter()
        .filter(|t| t.datetime.is_some() && !t.text.is_empty() && block.text.contains(&*t.text));
    let machine = inside.find_map(|t| read(t.datetime.as_deref()?, hint));
    Some(machine.unwrap_or(written))
}

/// A date in a short line that says nothing of a change.
fn in_line(facts: &Facts, block: &PageBlock, hint: &Hint) -> Option<Published> {
    let is_short = block.text.len() <= 200 && !is_update(&block.text);
    is_short.then(|| date_in(facts, block, hint)).flatten()
}

/// A date in a line just under the title, or just above.
fn near_title(facts: &Facts, page: &Page, title: &str, hint: &Hint) -> Option<Published> {
    let blocks = &page.blocks;
    let at = title_at(page, title)?;
    let after = blocks[at..].iter().take(10).find_map(|b| in_line(facts, b, hint));
    let before = || blocks[at.saturating_sub(6)..at].iter().rev();
    after.or_else(|| before().find_map(|b| in_line(facts, b, hint)))
}

/// Words that say that a date is the one of publishing.
const SAYS_PUBLISHED: &[&str] =
    &["publish", "posted", "veröffentlicht", "publié", "publicado", "pubblicato", "objavljeno"];

/// The beginning of a line, in lower case.
fn head_of(text: &str) -> String {
    let end = text.char_indices().nth(40).map_or(text.len(), |(at, _)| at);
    slice(text, 0, end).to_lowercase()
}

/// Whether a line begins by saying that it is about publishing.
fn says_published(text: &str) -> bool {
    let head = head_of(text);
    SAYS_PUBLISHED.iter().any(|word| head.contains(word))
}

/// A line that says that it is the date of publishing, or is a date and nothing else.
fn anywhere(facts: &Facts, page: &Page, hint: &Hint) -> Option<Published> {
    let says = |b: &&PageBlock| says_published(&b.text);
    let alone = |b: &&PageBlock| b.text.len() <= 60 && is_date_line(&b.text, hint);
    page.blocks
        .iter()
        .filter(says)
        .find_map(|b| in_line(facts, b, hint))
        .or_else(|| page.blocks.iter().take(40).find_map(|b| in_line(facts, b, hint)))
        .or_else(|| page.blocks.iter().filter(alone).find_map(|b| in_line(facts, b, hint)))
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
    let head = head_of(text);
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

#[cfg(test)]
mod tests {
    use crate::read::{Options, page};

    fn date_of(head: &str, body: &str) -> Option<String> {
        let page = format!(
            "<html lang=en-GB><head>{head}</head><body><h1>The dam holds after the flood</h1>{body}\
             <p>The old dam above the valley held through a second night of rain, engineers said."
        );
        let articles = page::page("x.html", &page, &Options::default()).articles;
        articles.first()?.published.as_ref().map(ToString::to_string)
    }

    const STAMP: &str = "<meta property=article:published_time content=2025-11-05>";

    #[test]
    fn the_date_that_readers_see_corrects_a_later_stamp() {
        let date = |body| date_of(STAMP, body);
        assert_eq!(date("<p>January 31, 2024</p>").as_deref(), Some("2024-01-31"));
        assert_eq!(date("<p>Published Apr 26, 2023</p>").as_deref(), Some("2023-04-26"));
        let note = "<p>This article was originally published on 26 Sep 2019.</p>";
        assert_eq!(date(note).as_deref(), Some("2019-09-26"));
    }

    #[test]
    fn a_later_date_or_one_in_prose_corrects_nothing() {
        let date = |body| date_of(STAMP, body);
        assert_eq!(date("<p>Updated December 19, 2025</p>").as_deref(), Some("2025-11-05"));
        let prose = "<p>The dam was opened on 3 May 1968 by the ministers of two states, with a speech and a band.</p>";
        assert_eq!(date(prose).as_deref(), Some("2025-11-05"));
    }

    #[test]
    fn an_element_tells_what_its_text_leaves_open() {
        let time = "<small class=date><time datetime=2023-10-12T19:38:01Z>10/12/2023 7:38 PM</time></small>";
        assert_eq!(date_of("", time).as_deref(), Some("2023-10-12T19:38:01Z"));
    }
}
