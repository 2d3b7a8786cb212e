//! Parses markup into a tree.
//!
//! html5ever builds a tree from any markup, however broken. The tree is stored in an arena, so neither walking nor
//! dropping it is recursive.

use dom_query::Document;

use super::prefilter::{Trimmed, prefilter};
use super::visibility::Sheet;
use crate::read::Limits;

/// A parsed page: the tree, and the data that the tree does not contain.
pub(super) struct Parsed {
    pub(super) document: Document,
    /// The style rules of the page that hide elements.
    pub(super) sheet: Sheet,
    pub(super) trimmed: Trimmed,
}

/// Parses a page after removing unused markup and applying the limits.
pub(super) fn parse(html: &str, limits: &Limits) -> Parsed {
    let prefiltered = prefilter(html, limits);
    let mut sheet = Sheet::default();
    prefiltered.styles.iter().for_each(|css| sheet.add(css));
    Parsed { document: Document::from(&*prefiltered.html), sheet, trimmed: prefiltered.trimmed }
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::read::Limits;

    #[test]
    fn deep_nesting_keeps_its_text() {
        let html = format!("{}deep{}after", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let parsed = parse(&html, &Limits::default());
        assert!(parsed.trimmed.depth);
        assert_eq!(&*parsed.document.text(), "deepafter");
    }

    #[test]
    fn too_many_elements_are_cut() {
        let limits = Limits { elements: 10, ..Limits::default() };
        let html = "<p>x".repeat(20);
        let parsed = parse(&html, &limits);
        assert!(parsed.trimmed.length);
        assert_eq!(parsed.document.select("p").length(), 10);
    }
}
