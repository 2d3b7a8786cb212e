//! Finds the part of a page that Readability considers the article.
//!
//! Some of the classifier's features are computed from the result. The crate `dom_smoothie` consumes the tree, so it
//! runs last.
//!
//! The crate writes the extracted content as markup. For each character that it escapes, html5ever searches the rest of
//! the text again, so a long text with many such characters takes quadratic time. For example, 1.6 MB of `&amp;` took
//! two seconds; a page of a hundred paragraphs of 80 kB with three such characters in each line took three times as
//! long as the same page without them. Long texts are therefore split into pieces beforehand, which makes the time
//! linear and changes nothing else.
//!
//! Known limit: a page that consists mostly of such characters (megabytes of `&amp;`, which no real article contains)
//! is not passed to the crate.

use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};

use super::shingles::Shingles;
use crate::catch_panic::guarded;
use crate::span::slice;

/// The maximum number of bytes that html5ever may search while it escapes the texts of a page. Searching that many
/// takes a few tenths of a second.
const SEARCHED: usize = 1 << 31;

/// The maximum number of bytes in each piece of a long text.
const PIECE: usize = 4096;

/// Returns the shingles of the text that Readability extracts, or no shingles if it finds no article or if the page
/// would take too long.
pub(super) fn candidate(document: Document) -> Shingles {
    part_long_texts(&document);
    if SEARCHED < searched(&document) {
        return Shingles::default();
    }
    let config =
        Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let text = guarded(|| {
        let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
        readability.parse().ok().map(|article| article.text_content)
    });
    text.flatten().map_or_else(Shingles::default, |text| Shingles::new(&text))
}

/// Splits each long text into pieces.
fn part_long_texts(document: &Document) {
    let root = document.root();
    let is_long = |node: &NodeRef<'_>| node.is_text() && PIECE < node.text().len();
    let long: Vec<NodeRef<'_>> = root.descendants_it().filter(is_long).collect();
    for node in long {
        let text = node.text();
        let mut rest = &*text;
        while !rest.is_empty() {
            let end = (1..=PIECE.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end));
            let piece = slice(rest, 0, end.unwrap_or(rest.len()));
            node.insert_before(&document.tree.new_text(piece));
            rest = slice(rest, piece.len(), rest.len());
        }
        node.remove_from_parent();
    }
}

/// Returns an upper bound of the number of bytes that html5ever searches while it escapes the texts of a page: the
/// length of each text, multiplied by the number of its `&` and 0xC2 bytes, each of which starts a new search.
fn searched(document: &Document) -> usize {
    let root = document.root();
    let texts = root.descendants_it().filter(NodeRef::is_text);
    let of_text = |text: &str| {
        let stops = memchr::memchr2_iter(b'&', 0xC2, text.as_bytes()).count();
        stops.saturating_mul(text.len())
    };
    texts.fold(0, |sum, node| sum.saturating_add(of_text(&node.text())))
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::{SEARCHED, candidate, part_long_texts, searched};
    use crate::read::page::shingles::word_hashes;

    /// A page with many long paragraphs and a few escaped characters in each line stays below the limit once it is
    /// split.
    #[test]
    fn long_paragraphs_cost_what_their_pieces_do() {
        let ordinary =
            "Fish &amp; chips, 30\u{a0}km, «so it is», said the cook of the harbour. ".repeat(1200);
        let page = format!("<article>{}</article>", format!("<p>{ordinary}</p>").repeat(100));
        let document = Document::from(&*page);
        assert!(SEARCHED < searched(&document));
        let text = document.text();
        part_long_texts(&document);
        assert!(searched(&document) < SEARCHED);
        assert_eq!(document.text(), text);
    }

    #[test]
    fn parting_a_text_changes_no_word() {
        let long =
            "The harbour of Lenn has been closed since Monday, its master said on the radio. "
                .repeat(90);
        let page = format!(
            "<body><nav>Home</nav><article><h1>Harbour closed</h1><p>{long}</p></article></body>"
        );
        let found = candidate(Document::from(&*page));
        let mut words = Vec::new();
        word_hashes(&long, &mut words);
        assert!(0.99 < found.share_of(&words), "{}", found.share_of(&words));
    }

    #[test]
    fn only_texts_that_consist_of_escapes_are_too_much() {
        for costly in ["&amp".repeat(2_000_000), "a\u{a0}".repeat(1_500_000)] {
            let document = Document::from(&*format!("<p>{costly}"));
            part_long_texts(&document);
            let start: String = costly.chars().take(6).collect();
            assert!(SEARCHED < searched(&document), "{start}");
        }
    }
}
