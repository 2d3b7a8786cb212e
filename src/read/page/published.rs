//! Determines the publication date: from structured data, or otherwise from an element marked as the publication time,
//! a line or `time` element near the title, a line that mentions publication, or the address. The modification date is
//! used only if no other date is found.
//!
//! Except for notes such as "originally published on …", dates in running text, comments, quoted posts and teasers of
//! other articles are ignored. The system clock is not used: "2 hours ago" is only understood if the caller gives the
//! current time ([`Hint::now`]). If a page has no date, the article has none.
//!
//! Known limit: a date line that is far from the title and does not mention publication is not found.

use super::blocks::{Page, PageBlock, is_prose, words};
use super::class_hints::{Hints, hint};
use super::metadata::{Objects, text_of};
use super::raw_metadata::{Facts, TimeMark};
use crate::article::{BlockKind, Published};
use crate::read::date::{Hint, find, in_url, is_date_line, parse};
use crate::read::lines;
use crate::span::slice;

/// The names of meta elements that contain the publication date.
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
    "dc.issued",
    "dc:issued",
    "dcterms:issued",
    "og:datepublished",
    "rnews:datepublished",
    "dc.date.created",
    "dcterms.created",
    "dc.created",
    "dc:created",
    "dcterms:created",
    "dc.date",
    "dc:date",
    "dcterms.date",
    "dcterms:date",
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

/// The names of meta elements that contain the modification date.
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

/// Returns the date of an article, and whether it is a modification date.
pub(super) fn of(
    facts: &Facts,
    objects: &Objects<'_>,
    page: &Page,
    title: &str,
    hint: &Hint,
) -> Option<(Published, bool)> {
    let seen = Seen::new(facts, page, title, hint);
    let said = structured(facts, objects, hint).or_else(|| seen.marked());
    said.map(|said| earlier(said, seen.correction()))
        .or_else(|| seen.near_title())
        .or_else(|| seen.timed())
        .or_else(|| seen.labelled())
        .or_else(|| facts.canonical.as_deref().and_then(in_url))
        .or_else(|| facts.meta_of(&["og:url"]).and_then(in_url))
        .map(|published| (published, false))
        .or_else(|| modified(facts, objects, &seen).map(|published| (published, true)))
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
                .find_map(|k| read(&stamp_of(&o[*k])?, hint))
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

/// Returns the text of a date in JSON-LD, which is a string or a Unix time.
fn stamp_of(value: &serde_json::Value) -> Option<String> {
    value.as_u64().map(|n| n.to_string()).or_else(|| text_of(value))
}

/// The hints of page parts that never contain the date of the article.
const ELSEWHERE: [usize; 2] = [hint::RELATED, hint::COMMENTS];

/// The hints of page parts that can contain the date of the article only if they are near its title. [`hint::TEASER`]
/// is not included, because the article itself is often inside a card or grid.
const BESIDE: [usize; 2] = [hint::ASIDE, hint::FOOTER];

/// The maximum number of paragraphs between the title and a date near it: a standfirst and a lede.
const NEAR_PARAGRAPHS: usize = 2;

/// The dates that the page shows to the reader.
struct Seen<'p> {
    facts: &'p Facts,
    page: &'p Page,
    hint: &'p Hint,
    /// The index of the block with the title, or otherwise of the first top-level heading or the first paragraph of
    /// prose.
    title_at: usize,
    /// The hints around the title. The whole article shares them, so they do not distinguish any part of the page.
    common: Hints,
}

impl<'p> Seen<'p> {
    fn new(facts: &'p Facts, page: &'p Page, title: &str, hint: &'p Hint) -> Self {
        let blocks = &page.blocks;
        let at = |test: &dyn Fn(&PageBlock) -> bool| blocks.iter().position(test);
        let title_at = at(&|b| b.level > 0 && b.text == title)
            .or_else(|| at(&|b| b.text == title))
            .or_else(|| at(&|b| b.level == 1))
            .or_else(|| at(&|b| is_prose(words(&b.text) as u32, b)))
            .unwrap_or(0);
        let around = |b: &PageBlock| page.containers[b.container as usize].all_hints;
        let common = blocks.get(title_at).map(around).unwrap_or_default();
        Self { facts, page, hint, title_at, common }
    }

    fn is_elsewhere(&self, hints: Hints) -> bool {
        ELSEWHERE.iter().any(|h| hints.has(*h) && !self.common.has(*h))
    }

    fn is_beside(&self, hints: Hints) -> bool {
        BESIDE.iter().any(|h| hints.has(*h) && !self.common.has(*h))
    }

    /// Returns the date of a time element: its machine-readable value, or otherwise its text, if the text is only a
    /// date.
    fn date_of(&self, mark: &TimeMark) -> Option<Published> {
        let machine = mark.datetime.as_deref().and_then(|d| read(d, self.hint));
        machine.or_else(|| {
            let is_date = !lines::ends_sentence(&mark.text) && is_line(&mark.text, self.hint);
            is_date.then(|| read(&mark.text, self.hint)).flatten()
        })
    }

    fn marks(&self) -> impl Iterator<Item = &TimeMark> {
        let of_article = |t: &&TimeMark| {
            !t.updated && !t.is_quoted && !self.is_elsewhere(t.around) && !is_update(&t.text)
        };
        self.facts.times.iter().filter(of_article)
    }

    /// Returns the date of an element that is marked as the publication time.
    fn marked(&self) -> Option<Published> {
        self.marks().filter(|t| t.published).find_map(|t| self.date_of(t))
    }

    /// Returns the date of a time element near the title, preferring elements after the title.
    fn timed(&self) -> Option<Published> {
        // An aside near the title may contain teasers of other articles, but those usually give their times only as
        // text.
        let reach = |t: &TimeMark| match (self.is_beside(t.around), &t.datetime) {
            (false, _) => Some(NEAR_PARAGRAPHS + 1),
            (true, Some(_)) => Some(1),
            (true, None) => None,
        };
        let near = || self.marks().filter(|t| Some(t.paragraphs_before) <= reach(t));
        near()
            .filter(|t| t.headings_before > 0)
            .find_map(|t| self.date_of(t))
            .or_else(|| near().find_map(|t| self.date_of(t)))
    }

    /// Returns whether a block is a separate line that may contain the article's date.
    fn is_own_line(&self, block: &PageBlock) -> bool {
        block.text.len() <= 200
            && block.kind != BlockKind::Blockquote
            && block.kind != BlockKind::Caption
            && !self.is_elsewhere(self.page.containers[block.container as usize].all_hints)
            && is_line(&block.text, self.hint)
    }

    /// Returns the blocks near the title: the title and those after it, and those before it, nearest first.
    fn near(&self) -> (impl Iterator<Item = &PageBlock>, impl Iterator<Item = &PageBlock>) {
        let blocks = &self.page.blocks;
        let mut paragraphs = 0;
        let after = blocks[self.title_at..].iter().take(14).take_while(move |b| {
            let is_next_part =
                paragraphs > 0 && (b.level > 0 || b.linked as usize * 2 > b.text.len());
            paragraphs += usize::from(is_prose(words(&b.text) as u32, b));
            paragraphs <= NEAR_PARAGRAPHS && !is_next_part
        });
        (after, blocks[self.title_at.saturating_sub(6)..self.title_at].iter().rev())
    }

    /// Returns a date on a separate line near the title, preferring lines after the title.
    fn near_title(&self) -> Option<Published> {
        let dated = |b: &PageBlock| {
            (self.is_own_line(b) && !is_update(&b.text)).then(|| self.date_in(b)).flatten()
        };
        let (mut after, mut before) = self.near();
        after.find_map(dated).or_else(|| before.find_map(dated))
    }

    /// Returns the date in a line that mentions publication, anywhere in the article.
    fn labelled(&self) -> Option<Published> {
        let around = |b: &PageBlock| self.page.containers[b.container as usize].all_hints;
        let says = |b: &&PageBlock| {
            says_published(&b.text) && self.is_own_line(b) && !self.is_beside(around(b))
        };
        self.page.blocks.iter().filter(says).find_map(|b| self.date_in(b))
    }

    /// Returns a date shown to the reader that may correct the structured data. It is near the title, or in a note that
    /// says when the article was first published.
    fn correction(&self) -> Option<Published> {
        let is_note = |b: &&PageBlock| {
            b.text.len() <= 100
                && self.is_own_line(b)
                && (is_date_line(&b.text, self.hint)
                    || is_update(&b.text)
                    || says_published(&b.text))
        };
        let (after, before) = self.near();
        let mut near = before.take(3).chain(after);
        near.find_map(|b| Some(b).filter(is_note).and_then(|b| self.date_in(b))).or_else(|| {
            let says = |b: &&PageBlock| {
                b.text.len() <= 300 && {
                    let lower = b.text.to_lowercase();
                    lower.contains("originally published") || lower.contains("first published")
                }
            };
            self.page.blocks.iter().filter(says).find_map(|b| self.date_in(b))
        })
    }

    /// Returns the date in a block: the machine-readable value of a time element in the block, or otherwise the date in
    /// its text.
    fn date_in(&self, block: &PageBlock) -> Option<Published> {
        let (_, written) = find(&block.text, self.hint).filter(|(_, d)| plausible(d))?;
        let mut inside = self.facts.times.iter().filter(|t| {
            t.datetime.is_some() && !t.text.is_empty() && block.text.contains(&*t.text)
        });
        let machine = inside.find_map(|t| read(t.datetime.as_deref()?, self.hint));
        Some(machine.unwrap_or(written))
    }
}

/// Returns whether a text is a line about the article rather than running text: a date with few other words, such as a
/// name, a place or a reading time.
fn is_line(text: &str, hint: &Hint) -> bool {
    let Some((span, _)) = find(text, hint) else { return false };
    let beside = [text.get(..span.start()), text.get(span.end()..)];
    let n = beside.iter().flatten().map(|part| part.split_whitespace().count()).sum::<usize>();
    let is_parted = text.contains(['|', '·', '•', '/', '–', '—', ':', ',']);
    let ended = lines::ends_sentence(text) && n > 4;
    !ended && n <= if is_parted { 14 } else { 8 }
}

/// Returns the date shown to the reader if it is at least two days before the one in the structured data, and the
/// latter otherwise. Content management systems update timestamps when pages are moved or rebuilt, so the earlier date
/// is more likely to be right. But if the dates differ only in that day and month are swapped, the shown date was
/// parsed in the wrong order and is ignored.
fn earlier(said: Published, shown: Option<Published>) -> Published {
    let is_earlier = |d: &Published| d.day().tomorrow().is_ok_and(|next| next < said.day());
    let is_exchanged = |d: &Published| {
        let (shown, said) = (d.day(), said.day());
        (shown.day(), shown.month(), shown.year()) == (said.month(), said.day(), said.year())
    };
    shown.filter(|d| is_earlier(d) && !is_exchanged(d)).unwrap_or(said)
}

/// Words and word stems that indicate a publication date.
const SAYS_PUBLISHED: &[&str] =
    &["publish", "posted", "veröffentlicht", "publié", "publicado", "pubblicato", "objavljeno"];

/// Returns the first 40 characters of a line, in lower case.
fn head_of(text: &str) -> String {
    let end = text.char_indices().nth(40).map_or(text.len(), |(at, _)| at);
    slice(text, 0, end).to_lowercase()
}

/// Returns whether a line mentions publication near its start.
fn says_published(text: &str) -> bool {
    let head = head_of(text);
    SAYS_PUBLISHED.iter().any(|word| head.contains(word))
}

fn modified(facts: &Facts, objects: &Objects<'_>, seen: &Seen<'_>) -> Option<Published> {
    let hint = seen.hint;
    let all = objects.articles.iter().chain(&objects.pages);
    all.into_iter()
        .find_map(|o| read(&stamp_of(&o["dateModified"])?, hint))
        .or_else(|| MODIFIED.iter().find_map(|name| read(facts.meta_of(&[name])?, hint)))
        .or_else(|| {
            let usable = |t: &&TimeMark| {
                !t.is_quoted && !seen.is_elsewhere(t.around) && !seen.is_beside(t.around)
            };
            let updated = facts.times.iter().filter(usable);
            updated.filter(|t| t.updated || is_update(&t.text)).find_map(|t| seen.date_of(t))
        })
        .or_else(|| {
            let lines = seen.page.blocks.iter();
            lines
                .filter(|b| seen.is_own_line(b) && is_update(&b.text))
                .find_map(|b| find(&b.text, hint).map(|(_, d)| d).filter(plausible))
        })
}

/// Returns whether a line calls its first date a modification date.
fn is_update(text: &str) -> bool {
    // Only the words before the first date count: "3 May 2019. Updated: 5 May 2019" begins with the publication date.
    let date = find(text, &Hint::default()).map_or(text.len(), |(span, _)| span.start());
    let head = head_of(slice(text, 0, date));
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
