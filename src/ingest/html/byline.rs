//! The author: named by the page's data, by its marks, or by a line that says "By …"; cleaned to the names alone.

use serde_json::Value;

use super::blocks::Page;
use super::facts::{Facts, WEAKEST};
use super::metadata::{Objects, text_of};
use crate::ingest::date::{Hint, find};

/// Decides on the authors, joined by commas.
pub(super) fn of(
    facts: &Facts,
    objects: &Objects<'_>,
    page: &Page,
    title: &str,
    site: Option<&str>,
) -> Option<String> {
    let is_usable = |name: &String| is_name(name, site);
    structured(objects, true)
        .filter(is_usable)
        .or_else(|| from_meta(facts).filter(is_usable))
        .or_else(|| marked(facts).find(is_usable))
        .or_else(|| visible(page, title).filter(is_usable))
        .or_else(|| structured(objects, false))
        .or_else(|| from_meta(facts))
        .filter(|name| name.len() <= 200)
}

/// The authors of the JSON-LD article, then of the page: only people, or organisations too.
fn structured(objects: &Objects<'_>, people_only: bool) -> Option<String> {
    objects.articles.iter().chain(&objects.pages).find_map(|object| {
        let mut names = Vec::new();
        for key in ["author", "creator"] {
            authors(&object[key], objects, people_only, &mut names);
            if !names.is_empty() {
                break;
            }
        }
        names.dedup();
        (!names.is_empty()).then(|| names.join(", "))
    })
}

fn authors(value: &Value, objects: &Objects<'_>, people_only: bool, names: &mut Vec<String>) {
    match value {
        Value::String(_) => names.extend(text_of(value).and_then(|n| clean(&n))),
        Value::Array(values) => {
            values.iter().take(20).for_each(|v| authors(v, objects, people_only, names));
        }
        Value::Object(map)
            if people_only && map.get("@type").is_some_and(|t| t == "Organization") => {}
        Value::Object(map) => {
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
        "twitter:data1",
    ];
    NAMES.iter().find_map(|name| {
        if *name == "twitter:data1"
            && facts.meta_of(&["twitter:label1"]).is_none_or(|l| !l.to_lowercase().contains("writ"))
        {
            return None;
        }
        let mut names: Vec<String> = Vec::new();
        for (_, content) in facts.metas.iter().filter(|(n, _)| n == name) {
            if let Some(author) = clean(content).filter(|a| !names.contains(a)) {
                names.push(author);
            }
        }
        (!names.is_empty()).then(|| names.join(", "))
    })
}

/// The texts that marks name, the strongest mark first.
fn marked(facts: &Facts) -> impl Iterator<Item = String> {
    let property =
        facts.properties.iter().filter(|(name, _)| name == "author").filter_map(|(_, t)| clean(t));
    let ranked = (0..=WEAKEST).flat_map(|rank| {
        facts.authors.iter().filter(move |(r, _)| *r == rank).filter_map(|(_, text)| clean(text))
    });
    property.chain(ranked)
}

/// A line that says "By …", or one that says "Written by" with the name in the next: near the title, then anywhere.
fn visible(page: &Page, title: &str) -> Option<String> {
    let from = page.blocks.iter().position(|b| b.text == title).unwrap_or(0).saturating_sub(4);
    let name_of = |text: &str| {
        let is_name = text.chars().next().is_some_and(char::is_uppercase) && text.len() <= 160;
        is_name.then(|| clean(text)).flatten()
    };
    let at = |i: usize| {
        let text = page.blocks[i].text.trim();
        if text.len() > 160 {
            return None;
        }
        if is_by_alone(text) {
            let next = &page.blocks.get(i + 1)?.text;
            return (next.split_whitespace().count() <= 6).then(|| name_of(next)).flatten();
        }
        name_of(without_by(text)?)
    };
    let near = (from..page.blocks.len()).take(25).find_map(at);
    near.or_else(|| {
        let says = |i: &usize| {
            let head: String =
                page.blocks[*i].text.chars().take(24).flat_map(char::to_lowercase).collect();
            ["written by", "article by", "author", "words by", "story by"]
                .iter()
                .any(|w| head.starts_with(w))
                && page.blocks[*i].text.split_whitespace().count() <= 10
        };
        (0..page.blocks.len()).filter(says).find_map(at)
    })
}

/// Whether a line is nothing but "Written by" or "Author".
fn is_by_alone(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).peekable();
    words.peek().is_some()
        && words.all(|w| {
            let lower = w.to_lowercase();
            BY.contains(&lower.as_str())
                || matches!(&*lower, "article" | "authors" | "the" | "about")
        })
}

/// Words that stand before an author's name.
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
    "written",
    "words",
    "posted",
    "published",
    "story",
    "text",
    "autor",
    "auteur",
    "autore",
    "contributed",
    "reviewed",
    "reported",
    "od",
    "piše",
    "przez",
];

/// The text after "By" or its like, or nothing where it does not begin so.
fn without_by(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    for opening in ["This post was ", "This article was ", "This story was "] {
        rest = rest.strip_prefix(opening).unwrap_or(rest);
    }
    let mut found = false;
    loop {
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        // "Di" and "Da" begin names as well: only in lower case, or "By" itself.
        let is_by = BY.contains(&word.to_lowercase().as_str())
            && (found
                || !matches!(word, "Di" | "Da" | "Von" | "Af" | "Od")
                || after.starts_with(':'));
        if !is_by || after.is_empty() {
            return found.then_some(rest);
        }
        found = true;
        rest = after.trim_start_matches([':', ' ', '\u{a0}', ',']);
    }
}

/// Words of roles and of notes that follow a name.
const ROLES: &[&str] = &[
    "writer",
    "editor",
    "reporter",
    "correspondent",
    "staff",
    "contributor",
    "journalist",
    "producer",
    "columnist",
    "author",
    "director",
    "manager",
    "founder",
    "ceo",
    "cofounder",
    "analyst",
    "editorial",
    "freelance",
    "specialist",
    "senior",
    "associate",
    "contributing",
    "guest",
    "min",
    "minute",
    "minutes",
    "read",
    "updated",
    "published",
    "posted",
    "last",
    "reuters",
    "ap",
    "afp",
    "redakteur",
    "redakteurin",
    "journaliste",
    "redactor",
    "chief",
    "managing",
    "executive",
    "head",
    "officer",
    "special",
    "for",
    "bureau",
];

/// Returns the names in a text that names authors: "By Jane Doe, Staff Writer | 3 min read" gives "Jane Doe".
pub(in crate::ingest) fn clean(text: &str) -> Option<String> {
    let text = text.trim();
    let text = without_by(text).unwrap_or(text);
    if text.starts_with("http")
        || text.starts_with('@')
        || text.starts_with("www.")
        || text.contains("://")
    {
        return None;
    }
    // A date and what follows is not the name.
    let end = find(text, &Hint::default()).map_or(text.len(), |(span, _)| span.start());
    let text = crate::span::slice(text, 0, end);
    let mut name = text;
    for mark in [
        " | ", " • ", " · ", " – ", " — ", " - ", " / ", "\u{2022}", "|", "(", "[", " @", " on ",
        " in ", " for ", " at ", ";",
    ] {
        // A list of names parted by a semicolon or a slash stays one; the rest ends the name.
        if mark == ";" || mark == " / " {
            continue;
        }
        if let Some((head, _)) = name.split_once(mark)
            && !head.trim().is_empty()
        {
            name = head;
        }
    }
    let mut kept: Vec<&str> = Vec::new();
    for part in name.split(',') {
        let is_role = part
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| ROLES.contains(&w.to_lowercase().as_str()));
        if is_role && !kept.is_empty() {
            break;
        }
        kept.push(part.trim());
    }
    let name = kept.join(", ");
    let mut words: Vec<&str> = name.split_whitespace().collect();
    // "Jane Doe Staff Writer": roles at the end, without a comma.
    while words.len() > 2
        && words.last().is_some_and(|w| {
            ROLES.contains(&w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
        })
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

/// Returns whether a text can be the name of a person: not the site's, not "admin", not a sentence.
fn is_name(name: &str, site: Option<&str>) -> bool {
    const NOBODY: &[&str] = &[
        "admin",
        "administrator",
        "editor",
        "staff",
        "author",
        "guest",
        "webmaster",
        "user",
        "anonymous",
        "unknown",
        "authors",
        "news",
    ];
    let lower = name.to_lowercase();
    let words = name.split_whitespace().count();
    let is_site = site.is_some_and(|s| s.to_lowercase() == lower);
    // An account or a host: "jane.doe", "example.org".
    let is_account = words == 1 && name.trim_end_matches('.').contains(['.', '_', '/']);
    !is_site
        && !is_account
        && !NOBODY.contains(&lower.as_str())
        && (1..=24).contains(&words)
        && name.chars().filter(|c| c.is_numeric()).count() <= 2
}

#[cfg(test)]
mod tests {
    use super::clean;

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
        ] {
            assert_eq!(clean(text).as_deref(), Some(name));
        }
        for text in ["https://example.org/jane", "@jane", "", "1234", "jane@example.org"] {
            assert_eq!(clean(text), None, "{text}");
        }
    }
}
