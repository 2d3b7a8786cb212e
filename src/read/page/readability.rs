//! The opinion of Readability about which part of the page is the article.
//!
//! It is one feature of the classifier among many. The crate consumes the tree, so it runs last.
//!
//! Known limits: the crate writes what it extracts as markup, and html5ever searches the rest of a text again after each
//! character that it escapes. A page whose texts have so many of them that this would take seconds (megabytes of `&amp;`
//! in one paragraph, which no article has) is not shown to it.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::shingles::Shingles;
use crate::catch_panic::guarded;

/// Bytes that html5ever may look at while it escapes the texts of a page: some tenths of a second.
const SEARCHED: usize = 1 << 31;

/// Returns the word runs of the text that Readability extracts; empty if it finds no article.
pub(super) fn candidate(document: Document) -> Shingles {
    if SEARCHED < searched(&document) {
        return Shingles::default();
    }
    let config =
        Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let text = guarded(|| {
        let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
        readability.parse().ok().map(|article| article.text_content)
    });
    text.flatten().map_or_else(Shingles::default, |text| Shingles::of(&text))
}

/// Bytes that are searched while the texts of a page are escaped: each text once for each of the bytes that stop it.
fn searched(document: &Document) -> usize {
    let root = document.root();
    let texts = root.descendants_it().filter(dom_query::NodeRef::is_text);
    let of_text = |text: &str| {
        let stops = memchr::memchr2_iter(b'&', 0xC2, text.as_bytes()).count();
        stops.saturating_mul(text.len())
    };
    texts.fold(0, |sum, node| sum.saturating_add(of_text(&node.text())))
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::{SEARCHED, searched};

    #[test]
    fn only_texts_that_consist_of_escapes_are_too_much() {
        let ordinary = "Fish &amp; chips, 30\u{a0}km, «so it is». ".repeat(100);
        let page = format!("<p>{ordinary}</p>").repeat(100);
        assert!(searched(&Document::from(&*page)) < SEARCHED);
        for costly in ["&amp".repeat(100_000), "&".repeat(100_000), "a\u{a0}".repeat(60_000)] {
            assert!(
                SEARCHED < searched(&Document::from(format!("<p>{costly}"))),
                "{}",
                costly.chars().take(6).collect::<String>()
            );
        }
    }
}
