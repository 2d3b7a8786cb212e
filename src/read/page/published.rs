//! Determines the publication date: from structured data, or otherwise from an element marked as the publication time,
//! a line or `time` element near the title, a line that mentions publication, or the address. The modification date is
//! used only if no other date is found.
//!
//! Except for notes such as "This article was originally published on …", dates in running text, comments, quoted posts
//! and other works in the page ([`super::own`]) are ignored. The system clock is not used: "2 hours ago" is only
//! understood if the caller gives the current time ([`Hint::now`]). If a page has no date, the article has none.
//!
//! Known limit: a date line that is far from the title and does not mention publication is not found.

use super::blocks::{Page, PageBlock, is_prose, words};
use super::class_hints::Hints;
use super::metadata::{Objects, text_of};
use super::own::Own;
use super::raw_metadata::{Facts, TimeMark};
use crate::article::{BlockKind, Published};
use crate::read::boilerplate::{Lead, boilerplate};
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
pub(super) fn extract(
    facts: &Facts,
    objects: &Objects<'_>,
    page: &Page,
    own: &Own<'_>,
    hint: &Hint,
) -> Option<(Published, bool)> {
    let seen = Seen { facts, page, own, hint };
    let said = structured(facts, objects, own, hint).or_else(|| seen.marked());
    said.map(|said| earlier(said, seen.correction().or_else(|| seen.marked())))
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

fn parse_plausible(text: &str, hint: &Hint) -> Option<Published> {
    parse(text, hint).filter(plausible)
}

fn structured(
    facts: &Facts,
    objects: &Objects<'_>,
    own: &Own<'_>,
    hint: &Hint,
) -> Option<Published> {
    let of = |objects: &[&serde_json::Value]| {
        objects.iter().find_map(|o| {
            ["datePublished", "dateCreated", "uploadDate"]
                .iter()
                .find_map(|k| parse_plausible(&stamp_of(&o[*k])?, hint))
        })
    };
    of(&objects.articles)
        .or_else(|| {
            let property = |name: &str| {
                let named = facts.properties.iter().filter(|p| p.name == name && own.has(&p.spot));
                named.into_iter().find_map(|p| parse_plausible(&p.text, hint))
            };
            let meta =
                |name: &str| facts.meta_of(&[name]).and_then(|text| parse_plausible(text, hint));
            PUBLISHED.iter().find_map(|name| meta(name).or_else(|| property(name)))
        })
        .or_else(|| {
            let metas = facts.metas.iter().filter(|(name, _)| names_publication(name));
            metas.filter_map(|(_, text)| parse_plausible(text, hint)).min_by_key(|date| date.day())
        })
        .or_else(|| of(&objects.pages))
}

/// Returns whether the name of a meta element that is not in [`PUBLISHED`] says that it contains the publication date:
/// `w-published-date`, `published`.
fn names_publication(name: &str) -> bool {
    let mut words =
        name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let is_published = |word: &str| matches!(word, "published" | "publish" | "publication");
    let is_date = |word: &str| matches!(word, "date" | "time" | "at" | "on" | "datetime");
    words.clone().any(is_published)
        && (words.clone().any(is_date) || words.clone().count() == 1)
        && !words.any(|word| matches!(word, "last" | "updated" | "modified"))
}

/// Returns the text of a date in JSON-LD, which is a string or a Unix time.
fn stamp_of(value: &serde_json::Value) -> Option<String> {
    value.as_u64().map(|n| n.to_string()).or_else(|| text_of(value))
}

/// The number of words from which a link can be the headline of another article.
const HEADLINE: usize = 5;

/// The maximum number of paragraphs between the title and a date near it: a standfirst and a lede.
const NEAR_PARAGRAPHS: usize = 2;

/// The dates that the page shows to the reader.
struct Seen<'p> {
    facts: &'p Facts,
    page: &'p Page,
    own: &'p Own<'p>,
    hint: &'p Hint,
}

impl Seen<'_> {
    fn around(&self, block: &PageBlock) -> Hints {
        self.page.containers[block.container as usize].all_hints
    }

    /// Returns the date of a time element: its machine-readable value, or otherwise the date in its text, if the text
    /// contains few other words ([`is_line`]) and is not a sentence.
    fn date_of(&self, mark: &TimeMark) -> Option<Published> {
        let machine = mark.datetime.as_deref().and_then(|d| parse_plausible(d, self.hint));
        machine.or_else(|| {
            let is_date = !lines::ends_sentence(&mark.text) && is_line(&mark.text, self.hint);
            is_date.then(|| parse_plausible(&mark.text, self.hint)).flatten()
        })
    }

    fn marks(&self) -> impl Iterator<Item = &TimeMark> {
        let of_article = |t: &&TimeMark| {
            !t.updated && !t.spot.is_quoted && self.own.has(&t.spot) && !is_update(&t.text)
        };
        self.facts.times.iter().filter(of_article)
    }

    /// Returns the date of an element that is marked as the publication time.
    fn marked(&self) -> Option<Published> {
        let is_mark = |t: &&TimeMark| t.published && !self.own.is_aside(t.spot.around);
        self.marks().filter(is_mark).find_map(|t| self.date_of(t))
    }

    /// Returns the date of a time element near the title, preferring elements after the title.
    fn timed(&self) -> Option<Published> {
        // An aside near the title may contain teasers of other articles, but those usually give their times only as
        // text.
        let reach = |t: &TimeMark| match (self.own.is_beside(t.spot.around), &t.datetime) {
            (false, _) => Some(NEAR_PARAGRAPHS + 1),
            (true, Some(_)) => Some(1),
            (true, None) => None,
        };
        let near =
            || self.marks().filter(|t| Some(t.paragraphs_before) <= reach(t) && self.is_apart(t));
        let is_after = |t: &&TimeMark| t.headings_before > 0;
        let may_be_before = |t: &&TimeMark| !self.own.is_masthead(t.spot.around);
        near()
            .filter(is_after)
            .find_map(|t| self.date_of(t))
            .or_else(|| near().filter(may_be_before).find_map(|t| self.date_of(t)))
    }

    /// Returns whether a time element is in a line about the article rather than in a sentence, and the words before it
    /// do not call it a modification date. A sentence that mentions publication counts as a line about the article.
    fn is_apart(&self, mark: &TimeMark) -> bool {
        const BESIDE: usize = 4;
        let mut holding =
            self.page.blocks.iter().filter(|b| b.text.contains(&*mark.text)).peekable();
        if mark.text.is_empty() || holding.peek().is_none() {
            return true;
        }
        holding.any(|block| {
            let n = words(&block.text).saturating_sub(words(&mark.text));
            let is_sentence = lines::ends_sentence(&block.text) && BESIDE < n;
            let before = block.text.split_once(&*mark.text).map_or("", |(before, _)| before);
            let (_, label) = dated(before, self.hint);
            (!is_sentence || says_published(&block.text)) && !is_update_label(label)
        })
    }

    /// Returns whether a block is a separate line that may contain the article's date.
    fn is_own_line(&self, block: &PageBlock) -> bool {
        block.text.len() <= 200
            && block.kind != BlockKind::Blockquote
            && block.kind != BlockKind::Caption
            && !self.own.is_elsewhere(self.around(block))
            && is_line(&block.text, self.hint)
            && (block.level == 0 || is_date_line(&block.text, self.hint) || !self.is_title(block))
    }

    fn is_title(&self, block: &PageBlock) -> bool {
        self.page.blocks.get(self.own.title_at).is_some_and(|title| title.text == block.text)
    }

    /// Returns the blocks near the title: the title and those after it, and those before it that are not in the
    /// masthead, nearest first.
    fn near(&self) -> (impl Iterator<Item = &PageBlock>, impl Iterator<Item = &PageBlock>) {
        let blocks = &self.page.blocks;
        let mut paragraphs = 0;
        let at = self.own.title_at;
        let after = blocks[at..].iter().take(14).take_while(move |b| {
            // The name of an author or a section may also be a link, but is shorter than a headline.
            let is_headline = b.linked as usize * 2 > b.text.len() && HEADLINE <= words(&b.text);
            let is_next_part = paragraphs > 0 && (b.level > 0 || is_headline);
            paragraphs += usize::from(is_prose(words(&b.text) as u32, b));
            paragraphs <= NEAR_PARAGRAPHS && !is_next_part
        });
        let before = blocks[at.saturating_sub(6)..at].iter().rev();
        (after, before.filter(|b| !self.own.is_masthead(self.around(b))))
    }

    /// Returns a date on a separate line near the title, preferring lines after the title.
    fn near_title(&self) -> Option<Published> {
        let dated = |b: &PageBlock| {
            (self.is_own_line(b) && !is_update(&b.text)).then(|| self.date_in(b)).flatten()
        };
        let (mut after, mut before) = self.near();
        after.find_map(dated).or_else(|| before.find_map(dated))
    }

    /// Returns the date in a line that mentions publication, or in the line below the label "Published", anywhere in the
    /// article. In an aside, which may contain the dates of other articles, only a date below such a label counts.
    fn labelled(&self) -> Option<Published> {
        let blocks = &self.page.blocks;
        let is_dated = |b: &&PageBlock| says_published(&b.text) && self.is_own_line(b);
        let is_label = |b: &PageBlock| words(&b.text) <= 3 && says_published(&b.text);
        let below = |i: usize| {
            let label = is_label(&blocks[i]) && find(&blocks[i].text, self.hint).is_none();
            blocks[i + 1..]
                .iter()
                .take(2)
                .find(|b| !is_label(b))
                .filter(|b| label && is_date_line(&b.text, self.hint) && self.is_own_line(b))
        };
        let beside = |b: &PageBlock| self.own.is_beside(self.around(b));
        let below = || (0..blocks.len()).filter_map(below);
        let lines = (0..blocks.len()).filter_map(|i| Some(&blocks[i]).filter(is_dated));
        lines
            .chain(below())
            .filter(|b| !beside(b))
            .find_map(|b| self.date_in(b))
            .or_else(|| below().find_map(|b| self.date_in(b)))
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
                b.text.len() <= 300
                    && !self.own.is_elsewhere(self.around(b))
                    && is_note_of_origin(&b.text)
            };
            self.page.blocks.iter().filter(says).find_map(|b| self.date_in(b))
        })
    }

    /// Returns the publication date in a block: the machine-readable value of a time element in the block, or otherwise
    /// the date in its text. If the text contains several dates, the value must be the chosen date or the day before
    /// it.
    fn date_in(&self, block: &PageBlock) -> Option<Published> {
        let (written, is_only) = published_in(&block.text, self.hint)?;
        let is_same = |d: &Published| {
            is_only || d.day() == written.day() || d.day().tomorrow().ok() == Some(written.day())
        };
        let mut inside = self.facts.times.iter().filter(|t| {
            t.datetime.is_some() && !t.text.is_empty() && block.text.contains(&*t.text)
        });
        let machine =
            inside.find_map(|t| parse_plausible(t.datetime.as_deref()?, self.hint).filter(is_same));
        Some(machine.unwrap_or(written))
    }
}

/// Returns the publication date in a line, and whether it is the only date in the line. It is the date that the words
/// before it call the publication date, or otherwise the earliest one that is not called a modification date, or
/// otherwise the first.
///
/// An article with the line "Updated 13 June 2024 | Posted 11 June 2024" was published on 11 June.
fn published_in(text: &str, hint: &Hint) -> Option<(Published, bool)> {
    let (dates, _) = dated(text, hint);
    let dates: Vec<_> = dates.into_iter().filter(|(_, d)| plausible(d)).collect();
    let is_only = dates.len() < 2;
    let is_named = |label: &str| says_published(label) && !is_update_label(label);
    let named = dates.iter().find(|(label, _)| is_named(label));
    let published = || {
        let others = dates.iter().filter(|(label, _)| !is_update_label(label));
        others.min_by_key(|(_, date)| date.day())
    };
    let (_, date) = named.or_else(published).or(dates.first())?;
    Some((*date, is_only))
}

/// The maximum number of dates that are read from a line.
const MAX_DATES: usize = 4;

/// Returns the dates in a line, each with the words between the previous date and it, and the words after the last
/// date.
fn dated<'t>(text: &'t str, hint: &Hint) -> (Vec<(&'t str, Published)>, &'t str) {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((span, date)) = find(rest, hint).filter(|_| found.len() < MAX_DATES) {
        found.push((slice(rest, 0, span.start()), date));
        rest = slice(rest, span.end(), rest.len());
    }
    (found, rest)
}

/// The characters that separate the parts of a line: `By Jo Roe ⋅ Editor ⋅ Updated 3 May 2024`.
const SEPARATORS: [char; 7] = ['|', '·', '•', '⋅', '–', '—', '/'];

/// Returns the last part of a text.
fn last_part(text: &str) -> &str {
    text.rsplit(SEPARATORS).next().unwrap_or(text)
}

/// Returns whether a text is a line about the article rather than running text: a date with few other words, such as a
/// name, a place or a reading time.
fn is_line(text: &str, hint: &Hint) -> bool {
    let Some((span, _)) = find(text, hint) else { return false };
    if tells_of_event(slice(text, 0, span.start())) {
        return false;
    }
    let beside = [text.get(..span.start()), text.get(span.end()..)];
    let n = beside.iter().flatten().map(|part| part.split_whitespace().count()).sum::<usize>();
    let is_parted = text.contains(SEPARATORS) || text.contains([':', ',']);
    let ended = lines::ends_sentence(text) && n > 4;
    !ended && n <= if is_parted { 14 } else { 8 }
}

/// Returns whether the words before a date name an event on that date ("Hearing set for 28 June 2024"): at least two of
/// them are in lower case and do not relate to dates or authors. Words that mention publication or end with a colon
/// ("Data dodania: 11.06.2024") do not name an event.
fn tells_of_event(before: &str) -> bool {
    const WORDS: usize = 2;
    /// A role word of at most this many bytes may be a preposition ("for"), so it does not count as a role word.
    const SHORT: usize = 3;
    let own = last_part(before);
    if says_published(own) || own.trim_end().ends_with(':') {
        return false;
    }
    let is_about = |word: &str| {
        boilerplate().is_calendar(word)
            || boilerplate().is_time(word)
            || word.len() > SHORT && boilerplate().is_role(word)
            || [Lead::Date, Lead::Update, Lead::Byline]
                .iter()
                .any(|lead| boilerplate().lead(word, *lead).is_some())
    };
    let words = own.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.filter(|word| word.starts_with(char::is_lowercase) && !is_about(word)).count() >= WORDS
}

/// Returns whether a text is a note that says when the article of the page was first published: "This story was
/// originally published on 3 May 2019". A sentence about another work ("The study, first published on …") is not such a
/// note.
fn is_note_of_origin(text: &str) -> bool {
    /// The maximum number of words between "this article" and "originally published" or "first published".
    const WORDS: usize = 8;
    /// Words for the article of the page, after "this".
    const ARTICLE: &[&str] = &[
        "article",
        "story",
        "post",
        "piece",
        "column",
        "essay",
        "interview",
        "feature",
        "report",
        "review",
        "version",
        "page",
        "entry",
        "text",
    ];
    let lower = text.to_lowercase();
    let mut found =
        ["originally published", "first published"].iter().filter_map(|w| lower.find(w));
    let Some(head) = found.next().map(|at| slice(&lower, 0, at)) else { return false };
    let mut words = head.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    match words.next() {
        None => true,
        Some("this") => {
            words.next().is_some_and(|word| ARTICLE.contains(&word)) && words.count() <= WORDS
        }
        Some(_) => false,
    }
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
        .find_map(|o| parse_plausible(&stamp_of(&o["dateModified"])?, hint))
        .or_else(|| MODIFIED.iter().find_map(|name| parse_plausible(facts.meta_of(&[name])?, hint)))
        .or_else(|| {
            let usable = |t: &&TimeMark| {
                !t.spot.is_quoted && seen.own.has(&t.spot) && !seen.own.is_beside(t.spot.around)
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

/// Returns whether a line calls all its dates modification dates: "Updated: 5 May 2019", but not "3 May 2019. Updated:
/// 5 May 2019".
fn is_update(text: &str) -> bool {
    let (dates, rest) = dated(text, &Hint::default());
    if dates.is_empty() {
        return is_update_label(rest);
    }
    dates.iter().all(|(label, _)| is_update_label(label))
}

/// Returns whether the words before a date call it a modification date.
fn is_update_label(label: &str) -> bool {
    let head = head_of(last_part(label));
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

    #[test]
    fn labels_and_lines_give_the_date() {
        let prose = "<p>The old dam above the valley held through a second night of rain, engineers said.</p>".repeat(5);
        for (head, body) in [
            ("<meta name=w-published-date content=2024-05-03>", String::new()),
            ("<meta name=published content='May 3, 2024'>", String::new()),
            (
                "<meta name=published-time content=2026-01-01><meta name=published-date content=2024-05-03>",
                String::new(),
            ),
            ("<link rel=canonical href=https://lenn.example/blog/2024/may/03/dam>", String::new()),
            (
                "<link rel=canonical href=https://lenn.example/2024/mai/3/dam>",
                "<p>03/05/2024</p>".to_owned(),
            ),
            ("", format!("{prose}<p>Published</p><p>May 3, 2024</p>")),
            (
                "",
                format!(
                    "{prose}<aside class=sidebar><h4>Published</h4><div>3 May 2024</div></aside>"
                ),
            ),
            (
                "",
                format!(
                    "<p>Here is what the engineers have learned about the old dam above the valley.</p><a href=/w>Water</a><p>May 3, 2024</p>{prose}"
                ),
            ),
            (
                "",
                format!(
                    "<p>By Jo Roe ⋅ Founder and Editor-in-Chief ⋅ Updated 3 May 2024</p>{prose}"
                ),
            ),
            (
                "<meta property=article:published_time content=2025-11-05>",
                format!("{prose}<p>Published <time pubdate datetime=2024-05-03>3 May</time></p>"),
            ),
        ] {
            assert_eq!(date_of(head, &body).as_deref(), Some("2024-05-03"), "{head} {body}");
        }
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
    fn a_sentence_dates_nothing() {
        for body in [
            "<p>The council met on <time datetime=2024-05-03>3 May 2024</time> to hear the engineers of the dam.</p>",
            "<p>Am <time datetime=2024-05-03>3. Mai 2024</time> wird die neue Brücke eröffnet, wie die Stadt mitteilte.</p>",
            "<p class=intro>Hearing set for 28 June 2024</p>",
            "<h2>Water rationed from 1 July 2024</h2>",
            "<p>La piscine sera fermée le 3 mai 2024</p>",
        ] {
            assert_eq!(date_of("", body), None, "{body}");
        }
        for sentence in [
            "<p>The study, first published on 4 March 2024 in a journal, found that the valley floods more often.</p>",
            "<p>Her novel about the dam was originally published on 3 June 1995 and has been translated twice.</p>",
            "<p>The report was originally published in Norwegian on 12 January 2023.</p>",
        ] {
            assert_eq!(date_of(STAMP, sentence).as_deref(), Some("2025-11-05"), "{sentence}");
        }
        for note in [
            "<p>This story was first published by the Lenn Post on 26 Sep 2019 and is republished here.</p>",
            "<p>Originally published 26 September 2019</p>",
        ] {
            assert_eq!(date_of(STAMP, note).as_deref(), Some("2019-09-26"), "{note}");
        }
    }

    #[test]
    fn the_date_in_the_head_of_the_site_is_none() {
        let body = |head: &str| {
            format!(
                "<body><header><a href=/>The Lenn Post</a>{head}</header><main><article><h1>The dam holds</h1>\
                 <p>The old dam above the valley held through a second night of rain, engineers said.</p></article></main>"
            )
        };
        for head in
            ["<div>14 June 2024</div>", "<time class=today datetime=2024-06-14>14 June</time>"]
        {
            let articles = page::page("x.html", &body(head), &Options::default()).articles;
            assert_eq!(articles[0].published, None, "{head}");
        }
    }

    #[test]
    fn a_line_with_two_dates_gives_the_publication_date() {
        for line in [
            "Updated: 13 June 2024 (first published 11 June 2024)",
            "Updated June 13, 2024 9:10 am | Posted June 11, 2024",
            "Last modified on 13 June 2024 · Originally posted on 11 June 2024",
            "Aktualisiert am 13. Juni 2024, veröffentlicht am 11. Juni 2024",
            "Mis à jour le 13 juin 2024 à 9h10 – Publié le 11 juin 2024",
            "Actualizado el 13 de junio de 2024 | Publicado el 11 de junio de 2024",
            "Päivitetty 13.6.2024, julkaistu 11.6.2024",
            "11 June 2024, updated 13 June 2024",
            "Updated <time datetime=2024-06-13>13 June 2024</time> | Posted <time datetime=2024-06-11>11 June 2024</time>",
        ] {
            let date = date_of("", &format!("<p>{line}</p>"));
            assert_eq!(date.as_deref(), Some("2024-06-11"), "{line}");
        }
        assert_eq!(date_of("", "<p>Updated 13 June 2024</p>").as_deref(), Some("2024-06-13"));
    }

    #[test]
    fn an_element_tells_what_its_text_leaves_open() {
        let time = "<small class=date><time datetime=2023-10-12T19:38:01Z>10/12/2023 7:38 PM</time></small>";
        assert_eq!(date_of("", time).as_deref(), Some("2023-10-12T19:38:01Z"));
    }
}
