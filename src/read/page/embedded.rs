//! If a page has hardly any text in its markup, reads the article from `noscript` elements, from JSON-LD (schema.org,
//! *articleBody*), or from the JSON from which a script builds the page.
//!
//! If several JSON fields may contain the text of an article, the longest text is used, regardless of the object that
//! contains it. Pages with text in their markup are never read in this way.
//!
//! Known limits: script data that is not pure JSON (`undefined`, functions, JSON encoded in strings) is not read. If
//! the teaser of another article is longer than the article, the teaser is used.

use serde::Deserialize as _;
use serde_json::Value;

use super::blocks::words;
use crate::article::BlockKind;
use crate::read::given::{Joining, text_of};
use crate::read::record::{self, Field};
use crate::read::{Options, lines};
use crate::span::slice;

/// The maximum number of words kept from a page that counts as having no text in its markup.
const LITTLE: usize = 20;
/// The minimum number of words in the embedded text, which must also have at least twice as many words as were kept.
const LEAST: usize = 30;
/// The maximum number of bytes in a script for it to be parsed.
const LARGEST: usize = 8 << 20;
/// The depth to which nested objects and arrays are searched.
const DEPTH: usize = 24;

/// Returns the blocks of the text embedded in a page, if hardly any text was kept from the page.
pub(super) fn parts(
    html: &str,
    kept: &[(BlockKind, &str)],
    options: &Options,
) -> Option<Vec<(BlockKind, String)>> {
    let n_kept: usize = kept.iter().map(|(_, text)| words(text)).sum();
    if LITTLE < n_kept {
        return None;
    }
    let lower = html.to_ascii_lowercase();
    let scripts = elements(html, &lower, "script");
    let state = scripts.into_iter().filter_map(|(attributes, text)| of_script(attributes, text));
    let state = state.max_by_key(|text| words(text)).map(|text| of_text(&text, options));
    let unscripted = elements(html, &lower, "noscript").into_iter().map(|(_, text)| {
        let mut blocks = of_markup(text, options);
        blocks.retain(|(_, text)| lines::ends_sentence(text));
        blocks
    });
    let all_words = |blocks: &Vec<(BlockKind, String)>| -> usize {
        blocks.iter().map(|(_, text)| words(text)).sum()
    };
    let best = unscripted.chain(state).max_by_key(all_words)?;
    let is_text = best.iter().any(|(_, text)| lines::ends_sentence(text));
    (LEAST.max(2 * n_kept) <= all_words(&best) && is_text).then_some(best)
}

/// Returns the attributes and content of each element called `name`; `lower` is the markup in lower case.
fn elements<'h>(html: &'h str, lower: &str, name: &str) -> Vec<(&'h str, &'h str)> {
    let (open, close) = (format!("<{name}"), format!("</{name}"));
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = find(lower, at, &open) {
        let Some(inside) = find(lower, start, ">") else { break };
        let end = find(lower, inside, &close).unwrap_or(html.len());
        found.push((slice(html, start + open.len(), inside), slice(html, inside + 1, end)));
        at = end.max(inside);
    }
    found
}

fn find(text: &str, from: usize, wanted: &str) -> Option<usize> {
    Some(from + memchr::memmem::find(text.as_bytes().get(from..)?, wanted.as_bytes())?)
}

/// Returns the longest article text in the JSON that a script contains or assigns to a variable.
fn of_script(attributes: &str, text: &str) -> Option<String> {
    let is_json = attributes.to_ascii_lowercase().contains("json");
    let start = text.find(['{', '['])?;
    let is_assigned = || slice(text, 0, start).trim_end().ends_with('=');
    if LARGEST < text.len() || !(is_json || is_assigned()) {
        return None;
    }
    let json = slice(text, start, text.len());
    let value = Value::deserialize(&mut serde_json::Deserializer::from_str(json)).ok()?;
    let mut longest = String::new();
    search(&value, 0, &mut longest);
    (!longest.is_empty()).then_some(longest)
}

fn search(value: &Value, depth: usize, longest: &mut String) {
    match value {
        Value::Array(values) if depth < DEPTH => {
            for value in values {
                search(value, depth + 1, longest);
            }
        }
        Value::Object(fields) if depth < DEPTH => {
            for (name, value) in fields {
                let is_text = record::field(name).is_some_and(|(field, _)| {
                    matches!(field, Field::Text | Field::Content | Field::Html)
                });
                let text = is_text.then(|| text_of(value, Joining::Prose)).flatten();
                if let Some(text) = text.filter(|text| longest.len() < text.len()) {
                    *longest = text;
                }
                search(value, depth + 1, longest);
            }
        }
        _ => {}
    }
}

/// Returns the paragraphs of a text, which is either HTML or plain text.
fn of_text(text: &str, options: &Options) -> Vec<(BlockKind, String)> {
    let lower = text.to_ascii_lowercase();
    if ["<p", "<br", "<div", "</"].iter().any(|tag| lower.contains(tag)) {
        return of_markup(text, options);
    }
    let decoded = html_escape::decode_html_entities(text);
    let paragraphs = decoded.lines().map(str::trim).filter(|line| !line.is_empty());
    paragraphs.map(|line| (BlockKind::Paragraph, line.to_owned())).collect()
}

fn of_markup(markup: &str, options: &Options) -> Vec<(BlockKind, String)> {
    let (text, blocks) = super::fragment(markup, options);
    blocks.iter().map(|block| (block.kind, block.span.slice(&text).to_owned())).collect()
}

#[cfg(test)]
mod tests {
    use crate::read::{Options, page};

    const STORY: &str = "The ferry Halcyon ran aground off Port Anselm on Monday with forty passengers aboard, the coast \
                         guard said.";
    const MORE: &str = "A tug from Norvia pulled the ship free at high tide in the evening, and divers looked at the hull.";

    fn text(body: &str) -> String {
        let page_of =
            format!("<html><head><title>Ferry aground</title></head><body>{body}</body></html>");
        let read = page::page("p", &page_of, &Options::default());
        read.articles.into_iter().map(|a| a.text).collect()
    }

    #[test]
    fn a_page_without_text_is_read_from_its_data() {
        let html = format!("<p>{STORY}</p><p>{MORE}</p>");
        let whole = format!("{STORY}\n\n{MORE}");
        let json = |text: &str| serde_json::to_string(text).unwrap();
        for body in [
            format!("<div id=app></div><noscript><nav><a href=/>Home</a></nav>{html}</noscript>"),
            format!(
                "<script type='application/ld+json'>{{\"@type\":\"NewsArticle\",\"articleBody\":{}}}</script>",
                json(&whole)
            ),
            format!(
                "<script id=__NEXT_DATA__ type='application/json'>{{\"props\":{{\"page\":{{\"title\":\"Ferry\",\"body\":{}}}}}}}</script>",
                json(&html)
            ),
            format!(
                "<script>window.__INITIAL_STATE__ = {{\"story\":{{\"content\":[{{\"type\":\"text\",\"text\":{}}},\
                 {{\"type\":\"text\",\"text\":{}}}]}},\"other\":{{\"body\":\"Short.\"}}}};</script>",
                json(STORY),
                json(MORE)
            ),
        ] {
            assert_eq!(text(&body), whole, "{body}");
        }
    }

    #[test]
    fn a_page_with_text_is_not() {
        let own = format!("<article><p>{STORY}</p><p>{MORE}</p></article>");
        let other =
            "Something that the page does not show is not its text, however long it may be. "
                .repeat(9);
        for data in [
            format!("<noscript><p>{other}</p></noscript>"),
            format!("<script type='application/ld+json'>{{\"articleBody\":\"{other}\"}}</script>"),
        ] {
            assert_eq!(text(&format!("{own}{data}")), format!("{STORY}\n\n{MORE}"));
        }
        for data in [
            "<noscript>Please enable JavaScript to read this page.</noscript>",
            "<script>x = {",
            "<script",
        ] {
            assert_eq!(text(data), "");
        }
    }
}
