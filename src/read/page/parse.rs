//! Markup to a tree.
//!
//! The tree builder is that of html5ever: any markup gives a tree. The tree itself lies in an arena: neither walking nor
//! dropping it recurses.

use dom_query::Document;

use super::prefilter::{Trimmed, lean};
use crate::read::Limits;

/// Parses a page, without what nothing here reads of it, and within limits.
pub(super) fn document(html: &str, limits: &Limits) -> (Document, Trimmed) {
    let (html, trimmed) = lean(html, limits);
    (Document::from(&*html), trimmed)
}

#[cfg(test)]
mod tests {
    use super::document;
    use crate::read::Limits;

    #[test]
    fn deep_nesting_keeps_its_text() {
        let html = format!("{}deep{}after", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let (document, trimmed) = document(&html, &Limits::default());
        assert!(trimmed.depth);
        assert_eq!(&*document.text(), "deepafter");
    }

    #[test]
    fn too_many_elements_are_cut() {
        let limits = Limits { elements: 10, ..Limits::default() };
        let (document, trimmed) = document(&"<p>x".repeat(20), &limits);
        assert!(trimmed.length);
        assert_eq!(document.select("p").length(), 10);
    }
}
