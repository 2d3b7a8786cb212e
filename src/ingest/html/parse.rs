//! Markup to a tree, within limits.
//!
//! The tree builder is that of html5ever: any markup gives a tree. Its work grows with the depth of open elements, so
//! tags past the depth limit are left out before it sees them (their text stays), and a page with more tags than the
//! element limit is cut there. The tree itself lies in an arena: neither walking nor dropping it recurses.

use std::borrow::Cow;

use dom_query::Document;
use memchr::memchr;

use crate::ingest::Limits;
use crate::span::slice;

/// What the limits did to a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Trimmed {
    /// Tags nested too deep were left out.
    pub(super) depth: bool,
    /// The page was cut at the element limit.
    pub(super) elements: bool,
}

/// Parses a page.
pub(super) fn document(html: &str, limits: &Limits) -> (Document, Trimmed) {
    let (html, trimmed) = within(html, limits);
    (Document::from(&*html), trimmed)
}

/// Elements without content, and those whose end tag is usually left out: they do not count as nesting.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "path", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
    "wbr",
];

/// Elements whose content is not markup.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// Returns the markup that lies within the limits: nearly always all of it.
fn within<'h>(html: &'h str, limits: &Limits) -> (Cow<'h, str>, Trimmed) {
    let bytes = html.as_bytes();
    let mut trimmed = Trimmed::default();
    let mut kept = String::new();
    let mut copied = 0;
    let (mut depth, mut elements, mut at) = (0_usize, 0_usize, 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
        let start = at + found;
        if bytes[start..].starts_with(b"<!--") {
            let end = memchr::memmem::find(&bytes[start..], b"-->");
            at = end.map_or(bytes.len(), |end| start + end + 3);
            continue;
        }
        let closing = bytes.get(start + 1) == Some(&b'/');
        let name_start = start + 1 + usize::from(closing);
        let name_len = bytes[name_start.min(bytes.len())..]
            .iter()
            .take(16)
            .take_while(|b| b.is_ascii_alphanumeric())
            .count();
        at = name_start + name_len;
        if name_len == 0 {
            continue;
        }
        let name = slice(html, name_start, at);
        let is_in = |list: &[&str]| list.iter().any(|n| n.eq_ignore_ascii_case(name));
        let flat = is_in(FLAT);
        if closing {
            if !flat {
                depth = depth.saturating_sub(1);
            }
            continue;
        }
        elements += 1;
        if elements > limits.elements {
            trimmed.elements = true;
            kept.push_str(slice(html, copied, start));
            copied = html.len();
            break;
        }
        depth += usize::from(!flat);
        if depth > limits.depth {
            trimmed.depth = true;
            kept.push_str(slice(html, copied, start));
            at = memchr(b'>', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1);
            copied = at;
        } else if is_in(RAW) {
            let rest = &bytes[at..];
            let end = end_of_raw(rest, name.as_bytes());
            at += end;
        }
    }
    if copied == 0 && kept.is_empty() && !trimmed.elements {
        return (Cow::Borrowed(html), trimmed);
    }
    kept.push_str(slice(html, copied, html.len()));
    (Cow::Owned(kept), trimmed)
}

/// The offset of the end tag of an element whose content is not markup.
fn end_of_raw(rest: &[u8], name: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&rest[at..], b"</") {
        let tag = at + found;
        if rest.get(tag + 2..tag + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return tag;
        }
        at = tag + 2;
    }
    // Without an end tag the parser takes all that follows; the count of nesting does too.
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::{Trimmed, document, within};
    use crate::ingest::Limits;

    #[test]
    fn ordinary_pages_pass_unchanged() {
        let html = "<!DOCTYPE html><p>One<p>Two <b>bold</b><script>if (a<b) '<div>'</script>";
        let (kept, trimmed) = within(html, &Limits::default());
        assert_eq!((&*kept, trimmed), (html, Trimmed::default()));
    }

    #[test]
    fn deep_nesting_keeps_its_text() {
        let html = format!("{}deep{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        let (document, trimmed) = document(&html, &Limits::default());
        assert!(trimmed.depth);
        assert_eq!(&*document.text(), "deep");
    }

    #[test]
    fn too_many_elements_are_cut() {
        let limits = Limits { elements: 10, ..Limits::default() };
        let (document, trimmed) = document(&"<p>x".repeat(20), &limits);
        assert!(trimmed.elements);
        assert_eq!(document.select("p").length(), 10);
    }
}
