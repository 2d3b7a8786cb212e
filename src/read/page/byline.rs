//! Determines the author from the page's metadata, from elements that are marked as the author, or from a line such as
//! "By …", and reduces the text to the names.

use std::ops::Range;

use serde_json::Value;

use super::blocks::{Page, PageBlock, words};
use super::metadata::{Objects, text_of};
use super::own::Own;
use super::raw_metadata::{
    AuthorMark, BY_ICON, BY_LINK, BY_PAGE, Facts, Property, WEAKER, WEAKEST,
};
use crate::article::BlockKind;
use crate::read::boilerplate::{Lead, boilerplate};
use crate::read::date::{Hint, find};
use crate::read::{line_patterns, lines};
use crate::span::slice;

/// Returns the names of the authors.
///
/// The metadata takes precedence, unless a "By …" line near the title names someone else or more people: content
/// management systems often name the account that entered the article. Author elements in the page frame are used only
/// if no "By …" line names the author, and a line that is only a name is the last resort.
pub(super) fn extract(
    facts: &Facts,
    objects: &Objects<'_>,
    page: &Page,
    own: &Own<'_>,
    site: Option<&str>,
) -> Option<String> {
    let marks = Marks { facts, own };
    let usable = |name: String| Some(without_site(name, site)).filter(|name| is_name(name, site));
    let data = structured(objects, Who::People).and_then(usable);
    let data = data.or_else(|| from_meta(facts).and_then(usable));
    let seen = at_title(&marks, page).and_then(usable);
    agreed(data, seen)
        .or_else(|| marks.named(0..WEAKER).find_map(usable).map(|name| marks.complete(name)))
        // A personal site may be named after its author, so the name of the site is accepted here.
        .or_else(|| structured(objects, Who::DeclaredPeople))
        .or_else(|| visible(&marks, page).and_then(usable))
        .or_else(|| from_meta(facts).filter(|name| is_person(name)))
        .or_else(|| marks.named(WEAKER..WEAKEST + 1).filter_map(usable).find(|n| is_person(n)))
        .or_else(|| structured(objects, Who::Anyone))
        .or_else(|| from_meta(facts))
        .or_else(|| bare(page, own).and_then(usable))
        .or_else(|| marks.properties().find(|name| is_name(name, None)))
        .filter(|name| name.len() <= 200 && !is_account(name) && !is_nobody(name))
}

/// Chooses between the author in the metadata and the author in the line near the title.
fn agreed(data: Option<String>, seen: Option<String>) -> Option<String> {
    let (Some(data), Some(seen)) = (&data, &seen) else { return data.or(seen) };
    let words = |name: &str| -> Vec<String> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (of_data, of_seen) = (words(data), words(seen));
    let shared = of_data.iter().filter(|w| of_seen.contains(w)).count();
    // The line is better if it names someone else or more people, because some metadata has room for only one name.
    let names_more = shared == of_data.len() && people(seen).count() > people(data).count();
    let better = if shared == 0 || names_more { seen } else { data };
    Some(better.clone())
}

/// The words between the last two names in a list, in several languages.
const BETWEEN: &[&str] = &[" and ", " und ", " et ", " och ", " og ", " y ", " e ", " en ", " и "];

/// Returns the text before the first word between two names: "Jo Roe" from "Jo Roe and Ada Quill".
fn before_and(names: &str) -> &str {
    let end = BETWEEN.iter().filter_map(|word| names.find(word)).min();
    slice(names, 0, end.unwrap_or(names.len()))
}

/// Returns the names in a list that look like those of people.
fn people(names: &str) -> impl Iterator<Item = &str> {
    let parts = names.split([',', '&', ';']).flat_map(|part| {
        let mut rest = Some(part);
        std::iter::from_fn(move || {
            let part = rest?;
            let first = before_and(part);
            let after = part.get(first.len()..).filter(|after| !after.is_empty());
            rest = after.and_then(|after| after.trim_start().split_once(' ')).map(|(_, rest)| rest);
            Some(first)
        })
    });
    parts.map(str::trim).filter(|part| part.contains(' ') && is_person(part))
}

/// Lower-case words that occur in names.
const PARTICLES: &[&str] =
    &["van", "de", "der", "den", "von", "bin", "al", "el", "la", "du", "di", "da", "dos", "ter"];

/// Returns whether the first name in a list looks like a person's: two to five words that are capitalized or particles,
/// none of them a role.
fn is_person(name: &str) -> bool {
    let first = name.split([',', '&', ';']).next().unwrap_or(name);
    let first = before_and(first);
    let words: Vec<&str> = first.split_whitespace().collect();
    let is_part = |word: &&str| {
        PARTICLES.contains(word)
            || word.chars().next().is_some_and(char::is_uppercase)
                && !word.contains(|c: char| c.is_numeric())
    };
    (2..=5).contains(&words.len()) && words.iter().all(is_part) && !has_no_name(&words)
}

/// Returns the name of a person in a "By …" line near the title; a date may precede "by".
fn at_title(marks: &Marks<'_>, page: &Page) -> Option<String> {
    let at = page.blocks.iter().position(|b| b.text == marks.own.title)?;
    let around = at.saturating_sub(2)..(at + 9).min(page.blocks.len());
    let line = |i: usize| {
        let block = &page.blocks[i];
        let text = block.text.trim();
        if 160 < text.len()
            || block.kind == BlockKind::Caption
            || marks.is_of_other(text)
            || at < i && is_below_linked_heading(page, i)
            || boilerplate().lead(&text.to_lowercase(), Lead::Review).is_some()
        {
            return None;
        }
        // If capitalized, "Von" and "Di" can also begin names, but not on a separate line next to the date.
        let beside_date = || line_patterns::byline(text).filter(|_| is_beside_date(page, i));
        let name = || {
            let after = after_date(text).or_else(|| without_by(text));
            after.or_else(beside_date).map(str::to_owned)
        };
        let name = clean(&marks.parted(text).or_else(name)?)?;
        let is_signed = || is_single_name(&name) && is_dated_byline(text);
        (is_person(&name) || is_signed()).then(|| marks.refined(name))
    };
    around.into_iter().find_map(line)
}

/// Returns whether a text is a given name or an alias: one word with a capital that is not a label.
fn is_single_name(text: &str) -> bool {
    text.starts_with(char::is_uppercase)
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '’' | '\''))
        && has_shape_of_name(text)
        && !is_only_note(text)
}

/// Returns whether a line begins with "by" and contains a date: "by Jo · 3 May 2024 at 9 am".
fn is_dated_byline(text: &str) -> bool {
    without_by(text).is_some()
        && !lines::ends_sentence(text)
        && find(text, &Hint::default()).is_some()
}

/// Returns whether the block before or after a block contains only a date.
fn is_beside_date(page: &Page, i: usize) -> bool {
    let is_date =
        |i: usize| page.blocks.get(i).is_some_and(|b| line_patterns::is_date_line(b.text.trim()));
    is_date(i + 1) || i.checked_sub(1).is_some_and(is_date)
}

/// Returns the text after a date and "by" in a line: `Jo Roe in News` in `Posted on 3 May 2024 by Jo Roe in News`.
fn after_date(text: &str) -> Option<&str> {
    if lines::ends_sentence(text) {
        return None;
    }
    // Whether `03/05/2017` is in March or May does not matter here.
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '/' | '.' | '-');
    let numeric = text.find(|c| !is_number(c)).filter(|end| 8 <= *end);
    let end = numeric.or_else(|| find(text, &Hint::default()).map(|(date, _)| date.end()))?;
    let after = text.get(end..)?.trim_start_matches(|c: char| !c.is_alphanumeric());
    let starts_lower = after.starts_with(char::is_lowercase);
    without_by(after).filter(|name| starts_lower && name.starts_with(char::is_uppercase))
}

/// Returns the name in a line that consists of a name and a role or date: `Jo Roe | Staff Writer | 3 May 2024`.
fn before_role(text: &str) -> Option<&str> {
    /// The maximum number of words in a role.
    const ROLE: usize = 5;
    let marks = ['|', '·', '•', '–', '—'];
    let (name, rest) = text.split_once(|c| c == ',' || marks.contains(&c))?;
    let next = rest.split(marks).next()?.trim();
    let last = next.split_whitespace().next_back()?;
    let is_role = words(next) <= ROLE && boilerplate().is_role(&last.to_lowercase());
    let name = name.trim();
    let is_name = || is_person(name) && line_patterns::is_names(name);
    ((is_role || line_patterns::is_date_line(next)) && is_name() && !has_outlet(name))
        .then_some(name)
}

/// Returns whether a text contains a word that occurs in names of outlets.
fn has_outlet(text: &str) -> bool {
    text.to_lowercase().split(' ').any(|word| boilerplate().is_outlet(word))
}

/// Returns the name in a line below the title that contains a name and a role, or that contains only a name and precedes
/// a line with a date: the next line if it is only a date, or, directly below the title, one of the next three.
fn bare(page: &Page, own: &Own<'_>) -> Option<String> {
    /// The number of lines below the title that are examined.
    const LINES: usize = 4;
    /// The maximum number of words in a line with a date.
    const DATED: usize = 10;
    let is_dated = |b: &PageBlock| {
        !lines::ends_sentence(&b.text)
            && words(&b.text) <= DATED
            && find(&b.text, &Hint::default()).is_some()
    };
    let name = |i: usize| {
        let block = &page.blocks[i];
        let is_date = |b: &PageBlock| line_patterns::is_date_line(b.text.trim());
        let is_name = || {
            let below = &page.blocks[i + 1..];
            let is_first = i == own.title_at + 1;
            (below.first().is_some_and(is_date) || is_first && below.iter().take(3).any(is_dated))
                && is_person(&block.text)
                && line_patterns::is_names(&block.text)
                && !has_outlet(&block.text)
        };
        let is_line = block.level == 0 && block.kind == BlockKind::Paragraph;
        let name = before_role(&block.text).or_else(|| is_name().then_some(&*block.text));
        name.filter(|_| is_line).and_then(clean)
    };
    let from = own.title_at + 1;
    (from..page.blocks.len()).take(LINES).find_map(name)
}

/// Removes the name of the site from the end of a name, if the name of a person remains.
fn without_site(name: String, site: Option<&str>) -> String {
    let head = site.and_then(|site| {
        let at = name.len().checked_sub(site.len())?;
        let (head, tail) = name.split_at_checked(at)?;
        (!site.is_empty() && tail.eq_ignore_ascii_case(site)).then_some(head)
    });
    match head.and_then(|head| head.strip_suffix([' ', ','])) {
        Some(head) if is_person(head) => head.trim_end_matches([' ', ',']).to_owned(),
        _ => name,
    }
}

/// Which names to take from the page's JSON-LD.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Who {
    /// Only authors that are declared to be people.
    DeclaredPeople,
    /// Authors that are not declared to be organizations.
    People,
    Anyone,
}

impl Who {
    /// Returns whether an author of this schema.org type is accepted; `None` means that no type is declared.
    fn takes(self, kind: Option<&Value>) -> bool {
        match self {
            Self::DeclaredPeople => kind.is_some_and(|kind| kind == "Person"),
            Self::People => kind.is_none_or(|kind| kind != "Organization"),
            Self::Anyone => true,
        }
    }
}

/// Returns the authors of the first JSON-LD article that has any, or otherwise those of the first JSON-LD page.
fn structured(objects: &Objects<'_>, who: Who) -> Option<String> {
    objects.articles.iter().chain(&objects.pages).find_map(|object| {
        let mut names = Vec::new();
        for key in ["author", "creator"] {
            authors(&object[key], objects, who, &mut names);
            if !names.is_empty() {
                break;
            }
        }
        names.dedup();
        (!names.is_empty()).then(|| names.join(", "))
    })
}

fn authors(value: &Value, objects: &Objects<'_>, who: Who, names: &mut Vec<String>) {
    match value {
        Value::String(_) if who.takes(None) => names.extend(text_of(value).and_then(|n| clean(&n))),
        Value::Array(values) => {
            values.iter().take(20).for_each(|v| authors(v, objects, who, names));
        }
        Value::Object(map) if who.takes(map.get("@type")) => {
            let given = map.get("name").or_else(|| {
                let id = map.get("@id")?.as_str()?;
                objects.by_id(id)?.get("name")
            });
            if let Some(name) = given.and_then(text_of).and_then(|n| clean(&n))
                && !names.contains(&name)
            {
                names.push(name);
            }
        }
        _ => {}
    }
}

fn from_meta(facts: &Facts) -> Option<String> {
    const NAMES: &[&str] = &[
        "author",
        "authors",
        "article:author",
        "article:author_name",
        "dc.creator",
        "dcterms.creator",
        "dc.author",
        "parsely-author",
        "sailthru.author",
        "byl",
        "citation_author",
        "og:article:author",
        "cxenseparse:author",
        "shareaholic:article_author_name",
    ];
    NAMES.iter().copied().chain(labelled_meta(facts)).find_map(|name| {
        let mut names: Vec<String> = Vec::new();
        for (_, content) in facts.metas.iter().filter(|(n, _)| n == name) {
            if let Some(author) = clean(content).filter(|a| !names.contains(a)) {
                names.push(author);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    })
}

/// Returns the name of the meta element that another one labels as the author: `twitter:data2` if the content of
/// `twitter:label2` is "Written by".
fn labelled_meta(facts: &Facts) -> Option<&'static str> {
    const LABELLED: [(&str, &str); 2] =
        [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")];
    let is_author = |label: &str| {
        facts
            .meta_of(&[label])
            .is_some_and(|label| label.to_lowercase().contains("writ") || is_by_alone(label))
    };
    LABELLED.iter().find(|(label, _)| is_author(label)).map(|(_, data)| *data)
}

/// Selects the author properties and author elements that belong to the article of the page.
struct Marks<'p> {
    facts: &'p Facts,
    own: &'p Own<'p>,
}

impl Marks<'_> {
    /// Returns the rank of an author element. Elements outside the main content, for example in a sidebar or a footer,
    /// rank lower.
    fn rank(&self, mark: &AuthorMark) -> u8 {
        mark.rank + if self.own.is_in_frame(mark.spot.around) { WEAKER } else { 0 }
    }

    fn is_own(&self, mark: &AuthorMark) -> bool {
        !mark.spot.in_figure && self.own.has(&mark.spot)
    }

    /// Returns the names in the author properties of the article, and then those in its author elements of these ranks,
    /// strongest first.
    fn named(&self, ranks: Range<u8>) -> impl Iterator<Item = String> {
        /// The maximum number of authors to whose pages an article links; more of them are a list of articles.
        const MOST: usize = 4;
        let pages = self.facts.authors.iter().filter(|m| m.rank == BY_PAGE && self.is_own(m));
        let mut linked: Vec<&str> = pages.map(|m| &*m.text).collect();
        linked.sort_unstable();
        linked.dedup();
        let is_list = MOST < linked.len();
        let ranked = ranks.flat_map(move |rank| {
            let of_rank =
                self.facts.authors.iter().filter(move |m| self.rank(m) == rank && self.is_own(m));
            let of_rank = of_rank.filter(move |m| m.rank != BY_PAGE || rank == BY_PAGE && !is_list);
            // The icon also marks links to the reader's account, so the text must look like the name of a person.
            let names = of_rank.filter_map(|mark| clean(&mark.text));
            names.filter(move |name| rank % WEAKER != BY_ICON || is_person(name))
        });
        self.properties().chain(ranked)
    }

    /// Returns the names in the author properties of the article.
    fn properties(&self) -> impl Iterator<Item = String> {
        let is_author =
            |p: &&Property| p.name == "author" && !p.spot.in_figure && self.own.has(&p.spot);
        self.facts.properties.iter().filter(is_author).filter_map(|p| clean(&p.text))
    }

    /// Reduces the text of an author element to the name, and adds the names in other author links.
    fn complete(&self, name: String) -> String {
        self.with_others(self.refined(name))
    }

    /// Returns the names in all author links (`rel=author`) if `name` is one of them, and `name` itself otherwise.
    fn with_others(&self, name: String) -> String {
        /// The maximum number of author links; a longer list is the staff of the site.
        const MOST: usize = 4;
        let mut names: Vec<String> = Vec::new();
        for mark in self.facts.authors.iter().filter(|m| self.rank(m) == BY_LINK && self.is_own(m))
        {
            let person = clean(&mark.text).filter(|name| is_person(name) && !names.contains(name));
            names.extend(person);
        }
        if (2..=MOST).contains(&names.len()) && names.contains(&name) {
            names.join(", ")
        } else {
            name
        }
    }

    /// Returns the name in an author element, if a longer text contains it and names only one person: "Jo Roe" for "Guide
    /// by Jo Roe Former Editor".
    fn refined(&self, name: String) -> String {
        let marks = self.facts.authors.iter().filter(|mark| self.is_own(mark));
        let names = marks.map(|mark| &*mark.text).filter(|text| {
            text.len() < name.len()
                && is_person(text)
                && people(text).count() == 1
                && name.contains(text)
        });
        let found = names.min_by_key(|text| text.len()).filter(|_| people(&name).count() <= 1);
        found.map(str::to_owned).unwrap_or(name)
    }

    /// Returns the text after "by" of the author element that a line consists of, if the element separates parts that
    /// are glued together in the line: `Jo Roe | Political Editor` for `By Jo RoePolitical Editor`.
    fn parted(&self, line: &str) -> Option<String> {
        let marks = self.facts.authors.iter().filter(|mark| mark.text.contains(" | "));
        let same = marks.map(|mark| &*mark.text).find(|text| text.replace(" | ", "") == line)?;
        without_by(same).map(str::to_owned)
    }

    /// Returns whether a line is the text of an author element in a figure or in another work.
    fn is_of_other(&self, line: &str) -> bool {
        let others = self.facts.authors.iter().filter(|mark| !self.is_own(mark));
        others.map(|mark| &*mark.text).any(|text| text == line)
    }
}

/// Returns the name in a "By …" line or in the line after "Written by", preferring lines near the title.
fn visible(marks: &Marks<'_>, page: &Page) -> Option<String> {
    let title_at = page.blocks.iter().position(|b| b.text == marks.own.title).unwrap_or(0);
    let from = title_at.saturating_sub(4);
    let name_of = |text: &str| {
        let is_name = text.chars().next().is_some_and(char::is_uppercase) && text.len() <= 160;
        is_name.then(|| clean(text)).flatten().filter(|name| has_shape_of_name(name))
    };
    let at = |i: usize| {
        let text = page.blocks[i].text.trim();
        let is_other = page.blocks[i].kind == BlockKind::Caption
            || marks.is_of_other(text)
            || title_at < i && is_below_linked_heading(page, i);
        if text.len() > 160 || is_other {
            return None;
        }
        if is_by_alone(text) {
            let next = &page.blocks.get(i + 1)?.text;
            return (next.split_whitespace().count() <= 6).then(|| name_of(next)).flatten();
        }
        name_of(without_by(text).or_else(|| line_patterns::byline(text))?)
    };
    let near = (from..page.blocks.len()).take(25).find_map(at);
    near.or_else(|| {
        let says = |i: &usize| {
            let head: String =
                page.blocks[*i].text.chars().take(24).flat_map(char::to_lowercase).collect();
            ["written by", "article by", "author", "words by", "story by", "posted by", "text by"]
                .iter()
                .any(|w| head.starts_with(w))
                && page.blocks[*i].text.split_whitespace().count() <= 10
        };
        (0..page.blocks.len()).filter(says).find_map(at)
    })
}

/// Returns whether a text looks like one or more names rather than the words after "by" in a sentence: "By Monday, the
/// water was back", "By July, Hollis said".
fn has_shape_of_name(text: &str) -> bool {
    let words = text.split_whitespace();
    let is_calendar = |word: &str| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        boilerplate().is_calendar(&word.to_lowercase())
    };
    is_person(text)
        || line_patterns::is_names(text)
        || text.starts_with(char::is_uppercase)
            && words.clone().count() <= SENTENCE
            && !lines::ends_sentence(text)
            && !words.clone().any(is_calendar)
}

/// Returns whether a block is directly below a lower-level heading that is mostly a link, as in the card of another
/// article.
fn is_below_linked_heading(page: &Page, i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|i| page.blocks.get(i));
    before.is_some_and(|b| b.level > 1 && b.text.len() < 2 * b.linked as usize)
}

/// Returns whether a line consists only of "Written by", "Author" or the like, without a name.
fn is_by_alone(text: &str) -> bool {
    let lower = text.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    let is_by = |word: &str| BY.contains(&word) || PARTICIPLES.contains(&word);
    // In "Author(s)", the plural ending is a word of its own.
    let is_beside_by = |word: &str| matches!(word, "article" | "s" | "the" | "about");
    words().any(is_by) && words().all(|word| is_by(word) || is_beside_by(word))
}

/// Words that precede an author's name.
const BY: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "da",
    "door",
    "av",
    "af",
    "автор",
    "author",
    "authored",
    "authors",
    "contributors",
    "autor",
    "auteur",
    "autore",
    "od",
    "piše",
    "przez",
];

/// Further words that precede an author's name, but also begin other texts, such as "Written Communication". They count
/// only before "by", a colon or the name of a person.
const PARTICIPLES: &[&str] = &[
    "written",
    "words",
    "posted",
    "published",
    "story",
    "text",
    "contributed",
    "reviewed",
    "reported",
];

/// Returns the text after "By" or an equivalent; `None` if the line does not begin with one.
fn without_by(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    for opening in ["This post was ", "This article was ", "This story was "] {
        rest = rest.strip_prefix(opening).unwrap_or(rest);
    }
    let (mut found, mut is_sure) = (false, false);
    loop {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        // If capitalized, some of these words also begin names ("Von Arx"), so they count only before a colon or after
        // another such word.
        let lower = word.to_lowercase();
        let is_participle = PARTICIPLES.contains(&lower.as_str());
        let is_by = (is_participle || BY.contains(&lower.as_str()))
            && (found
                || !matches!(word, "Di" | "Da" | "Von" | "Af" | "Od")
                || after.starts_with(':'));
        if !is_by || after.is_empty() {
            return (is_sure || found && is_person(rest)).then_some(rest);
        }
        found = true;
        is_sure |= after.starts_with(':') || !is_participle;
        rest = after.trim_start_matches([':', ' ', '\u{a0}', ',']);
    }
}

/// Words in notes that follow a name, such as the reading time.
const NOTES: &[&str] = &["minute", "minutes", "updated", "published", "posted"];

/// Words that occur in notes after a name but can also be part of a name. They belong to a note if they are in lower
/// case or next to a number, a word of [`NOTES`] or another word of this list.
const NOTES_OR_NAMES: &[&str] = &["min", "read", "last", "more"];

/// Returns whether the word at `at` is not part of a name, but of an author's role, a date or a reading time.
fn is_no_name(words: &[&str], at: usize) -> bool {
    let bare = |at: usize| {
        words.get(at).map_or("", |word| word.trim_matches(|c: char| !c.is_alphanumeric()))
    };
    let is_number = |word: &str| word.starts_with(|c: char| c.is_numeric());
    let (word, lower) = (bare(at), bare(at).to_lowercase());
    if boilerplate().is_role(&lower) || NOTES.contains(&&*lower) {
        return true;
    }
    NOTES_OR_NAMES.contains(&&*lower)
        && (word.starts_with(char::is_lowercase)
            || [bare(at.wrapping_sub(1)), bare(at + 1)].iter().any(|beside| {
                let lower = beside.to_lowercase();
                is_number(beside) || NOTES.contains(&&*lower) || NOTES_OR_NAMES.contains(&&*lower)
            }))
}

/// Returns whether none of the words in a text is part of a name ("Updated"), or the text is the label of a date
/// ("Date").
fn is_only_note(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower = text.to_lowercase();
    let is_label = |lead| boilerplate().lead(&lower, lead) == Some(lower.len());
    let is_note = |word: &&str| {
        let lower = word.to_lowercase();
        NOTES.contains(&&*lower) || boilerplate().is_calendar(&lower)
    };
    words.iter().all(is_note) || is_label(Lead::Date) || is_label(Lead::Update)
}

/// Returns whether any of the words is not part of a name.
fn has_no_name(words: &[&str]) -> bool {
    (0..words.len()).any(|at| is_no_name(words, at))
}

/// Returns whether the words begin with a capital but contain a word of four or more letters without one, which is not a
/// particle: "Extension horticulture educators".
fn has_common_word(words: &[&str]) -> bool {
    let is_common = |word: &&str| {
        word.starts_with(char::is_lowercase)
            && word.chars().count() > 3
            && !PARTICLES.contains(word)
    };
    words.first().is_some_and(|word| word.starts_with(char::is_uppercase))
        && words.iter().any(is_common)
}

/// Removes an invitation before a name, such as "View all posts by".
fn without_invitation(text: &str) -> &str {
    let invitation = boilerplate().lead(&text.to_lowercase(), Lead::Invitation);
    invitation.and_then(|end| text.get(end..)).map_or(text, str::trim_start)
}

/// Returns the names in a text about authors: "Jane Doe" from "By Jane Doe, Staff Writer | 3 min read".
pub(in crate::read) fn clean(text: &str) -> Option<String> {
    let text = text.trim();
    let text = without_invitation(without_by(text).unwrap_or(text));
    if text.starts_with("http")
        || text.starts_with('@')
        || text.starts_with("www.")
        || text.contains("://")
    {
        return None;
    }
    // A date and the text after it are not part of the name.
    let end = find(text, &Hint::default()).map_or(text.len(), |(span, _)| span.start());
    let text = slice(text, 0, end);
    let mut name = before_mark(before_next_credit(before_verb(text)));
    // In "Reported by Jane Doe; edited by John Roe", only the first part names an author.
    if let Some((head, rest)) = name.split_once(';')
        && (without_by(rest).is_some() || rest.trim_start().starts_with(char::is_lowercase))
    {
        name = head;
    }
    let mut kept: Vec<&str> = Vec::new();
    for part in name.split(',') {
        let words: Vec<&str> =
            part.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
        if (has_no_name(&words) || has_common_word(&words)) && !kept.is_empty() {
            break;
        }
        kept.push(part.trim());
    }
    let name = kept.join(", ");
    let mut words: Vec<&str> = name.split_whitespace().collect();
    // A role at the end ("Jane Doe Staff Writer") is removed if two words remain for the name.
    let is_initial = |word: &&&str| word.chars().filter(|c| c.is_alphabetic()).count() < 2;
    while let [before @ .., _] = &*words
        && 2 <= before.iter().filter(|word| !is_initial(word)).count()
        && is_no_name(&words, words.len() - 1)
    {
        words.pop();
    }
    while let [.., last] = &*words
        && 1 < words.len()
        && NOTES.contains(&&*last.to_lowercase())
    {
        words.pop();
    }
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| {
        matches!(c, ',' | ':' | ';' | '-' | '–' | '·' | ' ' | '"' | '“' | '”' | '&')
    });
    let name = name.strip_suffix(" and").unwrap_or(name).trim();
    (name.chars().any(char::is_alphabetic) && name.len() <= 160 && !name.contains('@'))
        .then(|| name.to_owned())
}

/// Returns the text before the first mark that ends a name: "Jo Roe" from "Jo Roe (Reuters) | 3 May". Semicolons and
/// slashes do not end a name, because they separate the names in a list.
fn before_mark(mut name: &str) -> &str {
    for mark in [
        " | ", " • ", " · ", " – ", " — ", " - ", "\u{2022}", "|", "(", "[", " @", " on ", " in ",
        " for ", " at ",
    ] {
        // "Center for Marine Research" is one name.
        let n_before = if mark == " for " { 2 } else { 1 };
        if let Some((head, _)) = name.split_once(mark)
            && head.split_whitespace().nth(n_before - 1).is_some()
        {
            name = head;
        }
    }
    name
}

/// Returns the name at the start of a sentence about an author: "Jane Doe" from "Jane Doe is a reporter who covers the
/// sea."
fn before_verb(text: &str) -> &str {
    if !text.trim_end().ends_with(['.', '!']) || text.split_whitespace().count() < SENTENCE {
        return text;
    }
    let is_name = |word: &str| word.starts_with(char::is_uppercase) || PARTICLES.contains(&word);
    let (mut end, mut n) = (0, 0);
    for word in text.split_whitespace() {
        if !is_name(word) {
            break;
        }
        end = text
            .get(end..)
            .and_then(|rest| rest.find(word))
            .map_or(end, |at| end + at + word.len());
        n += 1;
    }
    if n < 2 { text } else { slice(text, 0, end) }
}

/// Returns the names before the next credit in a text, which a label with a colon or "… by" introduces, and otherwise
/// the entire text: "Jo Roe" in "Jo Roe. Photographs by Ada Quill", "Jo Roe Fotos: Ada Quill" and "Jo Roe | Photos by
/// Ada Quill".
fn before_next_credit(text: &str) -> &str {
    let ends = [text.find(": "), text.find(" by ")];
    let Some(end) = ends.into_iter().flatten().min() else { return text };
    let head = slice(text, 0, end);
    let Some((names, label)) = head.rsplit_once(char::is_whitespace) else { return text };
    let is_label = label.starts_with(char::is_alphabetic) && label.chars().all(char::is_alphabetic);
    let names = names.trim_end_matches([' ', '|', ',', ';', '·', '•', '–', '—']);
    let names = names.strip_suffix('.').filter(|rest| is_word(rest)).unwrap_or(names);
    if is_label && is_person(names) { names } else { text }
}

/// Returns whether a text ends with a word of three or more letters, in contrast to an initial or "Jr".
fn is_word(text: &str) -> bool {
    text.chars().rev().take_while(|c| c.is_alphabetic()).count() > 2
}

/// The number of words from which a text can be a sentence about an author.
const SENTENCE: usize = 5;

/// Words in the names of accounts that do not belong to a person.
const NOBODY: &[&str] = &[
    "admin",
    "administrator",
    "administrador",
    "administrateur",
    "author",
    "authors",
    "anonymous",
    "editor",
    "guest",
    "news",
    "root",
    "staff",
    "super",
    "superuser",
    "sysadmin",
    "unknown",
    "user",
    "webmaster",
];

/// Returns whether a name is only that of the account that published the article: "admin", "Super User", "admin2".
fn is_nobody(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).peekable();
    words.peek().is_none() || words.all(|word| NOBODY.contains(&&*word.to_lowercase()))
}

/// Returns whether a text can be the name of an author: it is not the name of the site, a generic account such as
/// "admin", a label or a whole sentence.
fn is_name(name: &str, site: Option<&str>) -> bool {
    let lower = name.to_lowercase();
    let words = name.split_whitespace().count();
    let is_site = site.is_some_and(|s| s.to_lowercase() == lower);
    let is_answer =
        ["reply", "log in", "login", "sign "].iter().any(|word| lower.starts_with(word));
    !is_site
        && name.chars().filter(|c| c.is_alphabetic()).nth(1).is_some()
        && !is_answer
        && !is_by_alone(name)
        && !is_account(name)
        && !is_nobody(name)
        && !is_only_note(name)
        && !line_patterns::is_chrome(name)
        && (1..=24).contains(&words)
        && name.chars().filter(|c| c.is_numeric()).count() <= 2
}

/// Returns whether a name is a user name, a host or a placeholder: "jane.doe", "example.org", "page.author".
fn is_account(name: &str) -> bool {
    !name.contains(char::is_whitespace) && name.trim_end_matches('.').contains(['.', '_', '/'])
}

#[cfg(test)]
mod tests {
    use super::{agreed, clean, is_name, is_person, without_site};
    use crate::read::{Options, page};

    const PROSE: &str =
        "<p>The old dam above the valley held through a second night of rain, engineers said.</p>";

    /// Returns the author of a page with `top` below its title and `end` below its paragraphs.
    fn author(head: &str, top: &str, end: &str) -> Option<String> {
        let html = format!(
            "<html lang=en><head><title>The dam holds</title>{head}</head><body><article><h1>The dam holds</h1>{top}\
             {PROSE}{PROSE}{end}</article></body></html>"
        );
        page::page("p", &html, &Options::default()).articles.remove(0).byline
    }

    #[test]
    fn lines_at_the_title_name_the_author() {
        for top in [
            "<p>Posted on June 11, 2024 by Jo Roe in News, Water</p>",
            "<p>11 June 2024 by Jo Roe</p>",
            "<p>Jo Roe</p><p>11 June 2024</p>",
            "<p class=byline>By Jo Roe<span>Political Editor</span></p>",
            "<p>Text: Jo Roe<br>Fotos: Ada Quill</p>",
            "<p>Words by Jo Roe. Photographs by Ada Quill</p>",
            "<p>Jo Roe | Senior Writer | 11 June 2024</p>",
            "<p>Jo Roe, Staff Writer</p>",
            "<p>Jo Roe · Redakteurin</p>",
            "<p>Jo Roe | 11 June 2024</p>",
            "<p>Jo Roe</p><p>Water</p><p>Published on 11 June 2024 · 4 min read</p>",
            "<p>03/05/2017 by Jo Roe</p>",
            "<p>Authors: Jo Roe, Extension water educators</p>",
            "<h3>Author(s)</h3><ul><li>Jo Roe</li></ul>",
            "<div class=byline>Guide by <span class=author>Jo Roe</span> <span>Former Dam Editor</span></div>",
            "<div class=author-line>Written By: <span class=author-name>Jo Roe</span> <i>Gardener &amp; Diver</i></div>",
            "<p><a href='/blog?author=59a4'>Jo Roe</a></p>",
            "<p><a href=/autoren/jo-roe>Jo Roe</a></p>",
        ] {
            assert_eq!(author("", top, "").as_deref(), Some("Jo Roe"), "{top}");
        }
        for (top, name) in [
            (
                "<p>by Amanda · Dec 20, 2024 at 3:00 am</p><p>June 17, 2024 by Tor Books</p>",
                "Amanda",
            ),
            ("<p>By the Quill Team</p><meta itemprop=author content='Quill Team'>", "Quill Team"),
            ("<p>By Jo Roe und Ada Quill</p>", "Jo Roe und Ada Quill"),
            ("<p>Par Jo Roe et Ada Quill</p>", "Jo Roe et Ada Quill"),
            ("<p>Por Jo Roe y Ada Quill</p>", "Jo Roe y Ada Quill"),
        ] {
            assert_eq!(author("", top, "").as_deref(), Some(name), "{top}");
        }
        let end = "<p>Reporting by Jo Roe; editing by Ann Lund</p>";
        assert_eq!(author("", "", end).as_deref(), Some("Jo Roe"));
    }

    #[test]
    fn sentences_captions_and_cards_name_nobody() {
        for line in [
            "By Monday, the water was back.",
            "By Tuesday the road had reopened.",
            "By July, Hollis said, the lake may be dry.",
            "By law, the council must publish the plan.",
            "Par chance, personne n'a été blessé.",
            "Por suerte, nadie resultó herido.",
            "Door de regen liep de straat onder.",
            "Av de boende skadades ingen.",
        ] {
            let line = format!("<p>{line}</p>");
            assert_eq!(author("", &line, ""), None, "{line}");
            assert_eq!(author("", "", &line), None, "{line}");
        }
        let figure = "<figure><img src=a.jpg><figcaption>The lake <span class=author>Ada Quill</span></figcaption></figure>";
        assert_eq!(author("", figure, ""), None);
        let data = "<meta name=author content='Jo Roe'>";
        let figure = "<figure><img src=a.jpg><figcaption>By Ada Quill</figcaption></figure>";
        assert_eq!(author(data, figure, "").as_deref(), Some("Jo Roe"));
        let card = "<div><h3><a href=/x>Mayor opens the new baths</a></h3><p>By Ann Lund</p></div>";
        assert_eq!(author("", "", card), None);
    }

    #[test]
    fn labels_menus_and_headings_name_nobody() {
        for top in [
            "<p>Written Communication</p>",
            "<h3>Text Messages</h3>",
            "<p>About</p><p>Shop Patterns</p>",
            "<p>Author</p><p>Date</p>",
            "<p>By</p><p>Updated 11 June 2024</p>",
            "<p>Published Papers</p>",
            "<p class=author>()x</p>",
        ] {
            assert_eq!(author("", top, ""), None, "{top}");
        }
        let site = "<meta property=og:site_name content='Quill'><meta name=author content='Quill'>";
        assert_eq!(author(site, "<h3>Written Communication</h3>", "").as_deref(), Some("Quill"));
        let label = "<meta name=twitter:label2 content='Written by'><meta name=twitter:data2 content='Jo Roe'>";
        assert_eq!(author(label, "", "").as_deref(), Some("Jo Roe"));
    }

    #[test]
    fn the_line_at_the_title_corrects_the_data() {
        let decide = |data: &str, seen: &str| agreed(Some(data.to_owned()), Some(seen.to_owned()));
        for (data, seen, author) in [
            ("Web Desk", "Jane Doe", "Jane Doe"),
            ("Jane Doe", "Jane Doe, Health Reporter", "Jane Doe"),
            ("Jane Doe", "Jane Doe and John Roe", "Jane Doe and John Roe"),
            ("Jane Doe, John Roe", "Jane Doe", "Jane Doe, John Roe"),
        ] {
            assert_eq!(decide(data, seen).as_deref(), Some(author));
        }
        assert_eq!(agreed(None, Some("Jane Doe".to_owned())).as_deref(), Some("Jane Doe"));
    }

    #[test]
    fn people_and_sites_are_told_apart() {
        assert!(is_person("Jane Doe") && is_person("Marna van der Merwe, John Roe"));
        assert!(is_person("Min Jin Lee") && is_person("Piers Read") && !is_person("Last Updated"));
        assert!(!is_person("Reuters") && !is_person("Staff Writer") && !is_person("the great dam"));
        let site = Some("Daily Post");
        assert_eq!(without_site("Jane Doe Daily Post".to_owned(), site), "Jane Doe");
        assert_eq!(without_site("Daily Post".to_owned(), site), "Daily Post");
        assert_eq!(without_site("Jane / Daily Post".to_owned(), site), "Jane / Daily Post");
    }

    #[test]
    fn accounts_and_links_of_a_footer_are_nobody() {
        for name in
            ["admin", "Admin", "Super User", "admin2", "Privacy Policy", "About us", "Contact us"]
        {
            assert!(!is_name(name, None), "{name}");
        }
        for name in ["Jane Doe", "Reuters", "Ada News Roe", "Newsham"] {
            assert!(is_name(name, None), "{name}");
        }
    }

    #[test]
    fn names_are_cleaned() {
        for (text, name) in [
            ("By Jane Doe, Staff Writer | 3 min read", "Jane Doe"),
            ("Jane Doe and John Roe", "Jane Doe and John Roe"),
            ("Written by: Jane Doe", "Jane Doe"),
            ("Jane Doe, PhD, RD", "Jane Doe, PhD, RD"),
            ("Jane Doe Senior Editor", "Jane Doe"),
            ("By Jane Doe on 13 February 2008", "Jane Doe"),
            ("Di Stefano", "Di Stefano"),
            ("von Jana Novak", "Jana Novak"),
            ("JANE DOE (Reuters)", "JANE DOE"),
            ("View all posts by Jane Doe", "Jane Doe"),
            ("Jane Doe, Managing Partner", "Jane Doe"),
            ("Michael E. Partner", "Michael E. Partner"),
            ("Jane Doe, Dietitian", "Jane Doe, Dietitian"),
            ("Jana Novak, Redakteurin", "Jana Novak"),
            ("Jane Doe is a reporter who covers the sea.", "Jane Doe"),
            ("Marna van der Merwe writes about the coast.", "Marna van der Merwe"),
            ("Jana Novak berichtet seit 2015 aus dem Hafen.", "Jana Novak"),
            ("Ana María de Luz escribe sobre el mar.", "Ana María de Luz"),
            ("Reported by Jane Doe; edited by John Roe", "Jane Doe"),
            ("Jane Doe; John Roe", "Jane Doe; John Roe"),
            ("Sammy Davis Jr.", "Sammy Davis Jr."),
            ("Jane Doe 3 Min Read", "Jane Doe 3"),
            ("Jane Doe, Min Jin Lee", "Jane Doe, Min Jin Lee"),
            ("Kim Soo Min", "Kim Soo Min"),
            ("See more from Jane Doe", "Jane Doe"),
            ("Alle Beiträge von Jana Novak anzeigen", "Jana Novak"),
            ("Ver todas las entradas de Ana María de Luz", "Ana María de Luz"),
            ("Все записи автора Анна Новак", "Анна Новак"),
            ("Words by Jo Roe. Photographs by Ada Quill", "Jo Roe"),
            ("Text: Jo Roe Fotos: Ada Quill", "Jo Roe"),
            ("By Jo Roe, photos by Ada Quill", "Jo Roe"),
            ("Center for Marine Research", "Center for Marine Research"),
            ("Jo Roe, Extension water educators", "Jo Roe"),
            ("Quill.example Published", "Quill.example"),
        ] {
            assert_eq!(clean(text).as_deref(), Some(name));
        }
        for text in ["https://example.org/jane", "@jane", "", "1234", "jane@example.org"] {
            assert_eq!(clean(text), None, "{text}");
        }
    }
}
