//! The opinion of Readability: what of the page its algorithm takes for the article.
//!
//! It is one voice among the features of the block vote. The crate consumes the tree, so it is asked last.

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::shingles::Shingles;
use crate::catch_panic::guarded;

/// Returns the runs of words of the text that Readability extracts; none where it finds no article.
pub(super) fn candidate(document: Document) -> Shingles {
    let config =
        Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let text = guarded(|| {
        let mut readability = Readability::with_document(document, None, Some(config)).ok()?;
        readability.parse().ok().map(|article| article.text_content)
    });
    text.flatten().map_or_else(Shingles::default, |text| Shingles::of(&text))
}
