//! Strips unused markup before parsing and enforces the size and depth limits.
//!
//! Scripts, styles, drawings, comments, and attributes for scripts and images make up more than half of a typical page,
//! and building their part of the tree is most of the work. A single scan over the tags removes them; the parser then
//! builds the same tree without them. Like the tokenizer of the HTML standard, the scan recognizes quoted attribute
//! values, comments, and elements whose content is not markup, because `<` and `>` do not delimit tags there.
//!
//! The work of the tree builder also grows with the number of elements that are open at once. Tags beyond the depth
//! limit are therefore removed (their text is kept), and a page with more elements or longer markup than the limits
//! allow is truncated.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use crate::read::{Limits, beginning};
use crate::span::slice;

/// How the limits affected a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Trimmed {
    /// Whether tags were removed because they were nested too deeply.
    pub(super) depth: bool,
    /// Whether the page was truncated at the maximum number of elements or bytes.
    pub(super) length: bool,
}

/// The markup to parse, the style sheets removed from it, and the effect of the limits on it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Prefiltered<'h> {
    pub(super) html: Cow<'h, str>,
    /// The contents of `style` elements.
    pub(super) styles: Vec<&'h str>,
    pub(super) trimmed: Trimmed,
}

/// Removes unused markup from a page and enforces the limits.
pub(super) fn prefilter<'h>(html: &'h str, limits: &Limits) -> Prefiltered<'h> {
    let mut scan = Scan {
        html,
        kept: String::new(),
        copied: 0,
        depth: 0,
        elements: 0,
        limits: *limits,
        trimmed: Trimmed::default(),
        styles: Vec::new(),
    };
    scan.scan();
    scan.finish()
}

/// Elements without content, and elements whose end tag is usually omitted. They do not count toward the nesting depth,
/// because the scan does not see their end.
const FLAT: &[&str] = &[
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta",
    "option", "p", "param", "path", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
    "wbr",
];

/// Elements whose content is not markup.
const RAW: &[&str] = &["iframe", "noembed", "noframes", "textarea", "title", "xmp"];

/// Elements that are removed with their content, except for scripts that contain JSON-LD.
const UNREAD: &[&str] = &["noscript", "script", "style"];

/// The maximum number of style sheets read per page.
const MAX_STYLES: usize = 200;

/// Elements that keep all their attributes, because Readability uses the attributes to recognize embedded videos.
const EMBEDDED: &[&str] = &["embed", "iframe", "object"];

/// The attributes that are kept, grouped by the length of their names.
const READ: [&[&str]; 12] = [
    &[],
    &[],
    &["id"],
    &["rel"],
    &["href", "lang", "name", "open", "role", "type"],
    &["class", "style", "title"],
    &["hidden"],
    &["colspan", "content", "pubdate", "summary"],
    &["datetime", "itemprop", "itemtype", "property", "xml:lang"],
    &["datatable"],
    &["aria-modal", "http-equiv"],
    &[],
];

fn is_in(list: &[&str], name: &str) -> bool {
    list.iter().any(|n| n.eq_ignore_ascii_case(name))
}

/// The offsets of an attribute: its start, the end of its name, and its end.
struct Attribute {
    start: usize,
    name_end: usize,
    end: usize,
}

/// Scans markup and removes parts of it. Markup is copied only when something after it is removed, so a page without
/// removals is never copied.
struct Scan<'h> {
    html: &'h str,
    kept: String,
    /// The offset in the source before which everything has been copied or removed.
    copied: usize,
    /// The number of open elements.
    depth: usize,
    elements: usize,
    limits: Limits,
    trimmed: Trimmed,
    styles: Vec<&'h str>,
}

impl<'h> Scan<'h> {
    /// Returns the kept markup, up to the size limit.
    fn finish(mut self) -> Prefiltered<'h> {
        let most = self.limits.page_bytes;
        let rest = slice(self.html, self.copied, self.html.len());
        let rest = beginning(rest, most.saturating_sub(self.kept.len()));
        self.trimmed.length |= most < self.len(self.html.len());
        let html = if self.copied == 0 {
            Cow::Borrowed(rest)
        } else {
            self.kept.push_str(rest);
            let end = beginning(&self.kept, most).len();
            self.kept.truncate(end);
            Cow::Owned(self.kept)
        };
        Prefiltered { html, styles: self.styles, trimmed: self.trimmed }
    }

    /// Removes a range of the source.
    fn cut(&mut self, from: usize, to: usize) {
        self.kept.push_str(slice(self.html, self.copied, from));
        self.copied = to;
    }

    /// Returns the number of bytes before `at` in the source that are kept.
    fn len(&self, at: usize) -> usize {
        self.kept.len() + at.saturating_sub(self.copied)
    }

    fn scan(&mut self) {
        let bytes = self.html.as_bytes();
        let mut at = 0;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
            let start = at + found;
            if self.limits.page_bytes < self.len(start) {
                return;
            }
            at = match bytes.get(start + 1) {
                Some(b'/') => self.end_tag(start),
                Some(b) if b.is_ascii_alphabetic() => {
                    if self.elements == self.limits.elements {
                        self.trimmed.length = true;
                        self.cut(start, bytes.len());
                        return;
                    }
                    self.start_tag(start)
                }
                Some(b'!') if bytes[start..].starts_with(b"<!--") => {
                    let end = end_of_comment(bytes, start);
                    self.cut(start, end);
                    end
                }
                Some(b'!' | b'?') => end_of_declaration(bytes, start),
                _ => start + 1,
            };
        }
    }

    fn end_tag(&mut self, start: usize) -> usize {
        let bytes = self.html.as_bytes();
        if !bytes.get(start + 2).is_some_and(u8::is_ascii_alphabetic) {
            return end_of_declaration(bytes, start);
        }
        let name_end = end_of_name(bytes, start + 2);
        let end = memchr(b'>', &bytes[name_end..]).map_or(bytes.len(), |end| name_end + end + 1);
        if !is_in(FLAT, slice(self.html, start + 2, name_end)) {
            if self.limits.depth < self.depth {
                // The matching start tag was removed, so this end tag would close another element.
                self.cut(start, end);
            }
            self.depth = self.depth.saturating_sub(1);
        }
        end
    }

    fn start_tag(&mut self, start: usize) -> usize {
        let bytes = self.html.as_bytes();
        let name_end = end_of_name(bytes, start + 1);
        let name = slice(self.html, start + 1, name_end);
        if is_in(UNREAD, name)
            && let Some(end) = self.unread(start, name_end, name)
        {
            return end;
        }
        self.elements += 1;
        self.depth += usize::from(!is_in(FLAT, name));
        if self.limits.depth < self.depth {
            self.trimmed.depth = true;
            let end = end_of_tag(bytes, name_end);
            self.cut(start, end);
            return end;
        }
        let end = self.attributes(name_end, is_in(EMBEDDED, name));
        if is_in(RAW, name) {
            return end + end_of_raw(&bytes[end..], name.as_bytes());
        }
        if name.eq_ignore_ascii_case("svg")
            && let Some(inside) = end_of_drawing(bytes, end)
        {
            self.cut(end, inside);
            return inside;
        }
        end
    }

    /// Removes an unused element unless it is JSON-LD, and returns the end of the element; `None` if the parser must
    /// handle it.
    fn unread(&mut self, start: usize, name_end: usize, name: &str) -> Option<usize> {
        let bytes = self.html.as_bytes();
        let tag_end = end_of_tag(bytes, name_end);
        let is_script = name.eq_ignore_ascii_case("script");
        let rest = &bytes[tag_end..];
        let inside =
            if is_script { end_of_script(rest) } else { end_of_raw(rest, name.as_bytes()) };
        // If the end tag is missing, the parser treats everything that follows as content of a script or style, but not
        // of a `noscript` element.
        if inside == rest.len() && name.eq_ignore_ascii_case("noscript") {
            return None;
        }
        let end = end_of_tag(bytes, tag_end + inside);
        let attributes = &bytes[name_end..tag_end];
        if !(is_script && contains_ignore_case(attributes, b"ld+json")) {
            self.put_aside(name, attributes, slice(self.html, tag_end, tag_end + inside));
            self.cut(start, end);
        }
        Some(end)
    }

    /// Stores the content of a `style` element, unless its attributes mention printing.
    fn put_aside(&mut self, name: &str, attributes: &[u8], content: &'h str) {
        let is_sheet = name.eq_ignore_ascii_case("style");
        if is_sheet && !contains_ignore_case(attributes, b"print") && self.styles.len() < MAX_STYLES
        {
            self.styles.push(content);
        }
    }

    /// Removes unused attributes, and returns the end of the tag.
    fn attributes(&mut self, name_end: usize, keeps_all: bool) -> usize {
        let bytes = self.html.as_bytes();
        let mut at = name_end;
        // The start of the current sequence of attributes to remove.
        let mut unread = None;
        loop {
            let next = next_attribute(bytes, at);
            let (here, is_read) = match &next {
                Ok(attribute) => {
                    let name = slice(self.html, attribute.start, attribute.name_end);
                    let known = READ.get(name.len()).is_some_and(|names| is_in(names, name));
                    (attribute.start, keeps_all || known)
                }
                Err(end) => (end.saturating_sub(1), true),
            };
            match unread {
                None if !is_read => unread = Some(here),
                Some(from) if is_read => {
                    self.cut(from, here);
                    unread = None;
                }
                _ => {}
            }
            match next {
                Ok(attribute) => at = attribute.end,
                Err(end) => return end,
            }
        }
    }
}

/// Returns the first attribute at or after an offset inside a tag; `Err` with the end of the tag if there is none.
fn next_attribute(bytes: &[u8], mut at: usize) -> Result<Attribute, usize> {
    while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
        at += 1;
    }
    let start = at;
    match bytes.get(at) {
        None => return Err(bytes.len()),
        Some(b'>') => return Err(at + 1),
        // An equals sign may be the first character of a name.
        Some(b'=') => at += 1,
        Some(_) => {}
    }
    let ends_name = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>' | b'=');
    at += bytes[at..].iter().position(ends_name).unwrap_or(bytes.len() - at);
    let name_end = at;
    let after = at + bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    if bytes.get(after) != Some(&b'=') {
        return Ok(Attribute { start, name_end, end: name_end });
    }
    at = after + 1;
    at += bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    let end = if let Some(quote @ (b'"' | b'\'')) = bytes.get(at) {
        memchr(*quote, &bytes[at + 1..]).map_or(bytes.len(), |end| at + 1 + end + 1)
    } else {
        let ends_value = |b: &u8| b.is_ascii_whitespace() || *b == b'>';
        at + bytes[at..].iter().position(ends_value).unwrap_or(bytes.len() - at)
    };
    Ok(Attribute { start, name_end, end })
}

fn end_of_name(bytes: &[u8], from: usize) -> usize {
    let ends = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'/' | b'>');
    bytes[from..].iter().position(ends).map_or(bytes.len(), |end| from + end)
}

/// Returns the end of a tag, given the end of its name.
fn end_of_tag(bytes: &[u8], mut at: usize) -> usize {
    loop {
        match next_attribute(bytes, at) {
            Ok(attribute) => at = attribute.end,
            Err(end) => return end,
        }
    }
}

fn end_of_declaration(bytes: &[u8], start: usize) -> usize {
    memchr(b'>', &bytes[start..]).map_or(bytes.len(), |end| start + end + 1)
}

/// Returns the end of a comment. It ends with `-->` or `--!>`; `<!-->` is a complete comment.
fn end_of_comment(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 2;
    while let Some(found) = memmem::find(&bytes[at..], b"--") {
        let dashes = at + found + 2;
        match &bytes[dashes..] {
            [b'>', ..] => return dashes + 1,
            [b'!', b'>', ..] if start + 4 <= at + found => return dashes + 2,
            _ => at = dashes - 1,
        }
    }
    bytes.len()
}

/// Returns the offset of the end tag of an element whose content is not markup.
fn end_of_raw(rest: &[u8], name: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = memmem::find(&rest[at..], b"</") {
        let tag = at + found;
        if is_name(&rest[tag + 2..], name) {
            return tag;
        }
        at = tag + 2;
    }
    // If the end tag is missing, the element extends to the end of the page.
    rest.len()
}

/// Returns the offset of the end tag of a script. An end tag inside `<!-- <script> … -->` does not count.
fn end_of_script(rest: &[u8]) -> usize {
    let end = end_of_raw(rest, b"script");
    let Some(comment) = memmem::find(&rest[..end], b"<!--") else { return end };
    let inside = &rest[comment..end];
    let is_open = memmem::rfind(inside, b"-->")
        .is_none_or(|close| memmem::rfind(inside, b"<!--").is_some_and(|open| close < open));
    if !is_open || !contains_ignore_case(inside, b"<script") {
        return end;
    }
    let after = end + b"</script".len();
    rest.get(after..).map_or(rest.len(), |more| after + end_of_raw(more, b"script"))
}

/// HTML elements that do not occur in SVG drawings.
const HTML: &[&str] = &[
    "article",
    "b",
    "blockquote",
    "body",
    "br",
    "button",
    "center",
    "code",
    "div",
    "dl",
    "em",
    "figure",
    "font",
    "foreignobject",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "input",
    "li",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "svg",
    "table",
    "u",
    "ul",
];

/// Returns the start of the end tag of a drawing, if no HTML element precedes it.
///
/// An HTML element may end an open drawing, depending on the parser's state. Such a drawing is left to the parser.
fn end_of_drawing(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let start = at + memchr(b'<', &bytes[at..])?;
        let rest = &bytes[start + 1..];
        if is_name(rest.strip_prefix(b"/").unwrap_or(b""), b"svg") {
            return Some(start);
        }
        let starts = rest.first().is_some_and(u8::is_ascii_alphabetic);
        if starts && HTML.iter().any(|name| is_name(rest, name.as_bytes())) {
            return None;
        }
        at = if rest.starts_with(b"!--") {
            end_of_comment(bytes, start)
        } else if starts {
            end_of_tag(bytes, end_of_name(bytes, start + 1))
        } else {
            start + 1
        };
    }
}

/// Returns whether a tag's name is `name`, given the text after `<` or `</`.
fn is_name(rest: &[u8], name: &[u8]) -> bool {
    let here = rest.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name));
    here && rest.get(name.len()).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'))
}

fn contains_ignore_case(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|w| w.eq_ignore_ascii_case(needle))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Prefiltered, READ, Trimmed, is_in, prefilter};
    use crate::read::Limits;
    use crate::read::page::visibility::Sheet;

    fn prefiltered(html: &str) -> String {
        prefilter(html, &Limits::default()).html.into_owned()
    }

    #[test]
    fn what_is_read_passes_unchanged() {
        for html in [
            "<!DOCTYPE html><p>One<p class='a > b'>Two <b id=x>bold</b> 1 < 2 <3 </>",
            "<script type='application/ld+json'>{\"a\":\"<p>\"}</script><title>a <b> c</title>",
            "<textarea><script>x</script></textarea><p hidden>y",
        ] {
            let unchanged = Prefiltered { html: html.into(), ..Prefiltered::default() };
            assert_eq!(prefilter(html, &Limits::default()), unchanged);
        }
    }

    #[test]
    fn what_nothing_reads_is_left_out() {
        for (html, kept) in [
            ("a<script>if (a<b) '<div>'</script >b<STYLE media=x>p{}</style>c", "abc"),
            ("a<!-- <p>x</p> --!>b<!-->c<!--->d<!---->e<!-- never ended", "abcde"),
            ("<script><!-- <script>1</script> --></script>a", "a"),
            ("<script>'<!--'</script>a", "a"),
            ("<noscript><img src=x></noscript>a<noscript>b", "a<noscript>b"),
            ("<svg width=1><path d='M0>'/><g></g></svg>a", "<svg ></svg>a"),
            ("<p data-a=\"<p>\" class=b onclick='x()' href=c/>", "<p class=b href=c/>"),
            ("<p class=b data-c/>d", "<p class=b >d"),
            ("<img src=x srcset='y' class=z alt>", "<img class=z >"),
            ("<iframe src=x allow>a<p></iframe>", "<iframe src=x allow>a<p></iframe>"),
            ("a<script>never ended", "a"),
        ] {
            assert_eq!(prefiltered(html), kept, "{html}");
        }
    }

    /// Ensures that no attribute that other modules read is removed here; otherwise its value would be lost silently.
    #[test]
    fn all_attributes_that_are_asked_for_are_kept() {
        let sources = [
            include_str!("blocks.rs"),
            include_str!("raw_metadata.rs"),
            include_str!("features.rs"),
            include_str!("class_hints.rs"),
            include_str!("metadata.rs"),
            include_str!("published.rs"),
            include_str!("title.rs"),
            include_str!("walk.rs"),
            include_str!("visibility.rs"),
        ];
        let mut asked = 0;
        for call in ["attr(\"", "attribute(\"", "has_attr(\"", "attr_or(\""] {
            for after in sources.iter().flat_map(|source| source.split(call).skip(1)) {
                let name = after.split('"').next().unwrap_or("");
                assert!(READ.get(name.len()).is_some_and(|names| is_in(names, name)), "{name}");
                asked += 1;
            }
        }
        assert!(20 < asked, "the calls are found: {asked}");
        for (length, names) in READ.iter().enumerate() {
            assert!(names.iter().all(|name| name.len() == length), "{names:?}");
        }
    }

    #[test]
    fn style_sheets_for_the_screen_are_kept_aside() {
        let html = "<style>p{}</style><style media=print>b{}</style><script>x</script>";
        assert_eq!(prefilter(html, &Limits::default()).styles, ["p{}"]);
    }

    #[test]
    fn a_drawing_that_html_breaks_off_is_left_to_the_parser() {
        let html = "<svg><g><p>text</p><svg></svg>";
        assert_eq!(prefiltered(html), html);
    }

    #[test]
    fn limits_cut() {
        let limits = Limits { elements: 3, depth: 2, page_bytes: 1000, ..Limits::default() };
        let Prefiltered { html: kept, trimmed, .. } = prefilter("<p>a<p>b<p>c<p>d", &limits);
        assert_eq!((&*kept, trimmed), ("<p>a<p>b<p>c", Trimmed { depth: false, length: true }));
        let Prefiltered { html: kept, trimmed, .. } =
            prefilter("<i><b><u>a</u></b>b</i>c", &limits);
        assert_eq!(&*kept, "<i><b>a</b>b</i>c");
        assert_eq!(trimmed, Trimmed { depth: true, length: false });
        let limits = Limits { page_bytes: 7, ..limits };
        let Prefiltered { html: kept, trimmed, .. } = prefilter("<p>äöü and more", &limits);
        assert_eq!((&*kept, trimmed.length), ("<p>äö", true));
    }

    proptest! {
        #[test]
        fn any_markup_passes(html in "(<|>|/|!|-|--|=|\"|'| |a|p|svg|script|style|noscript|title|ä|class){0,40}") {
            let small = Limits { elements: 5, depth: 2, page_bytes: 30, ..Limits::default() };
            for limits in [Limits::default(), small] {
                let kept = prefilter(&html, &limits).html;
                prop_assert!(kept.len() <= html.len().min(limits.page_bytes));
            }
        }

        #[test]
        fn the_text_stays_the_same(parts in prop::collection::vec(prop::sample::select(vec![
            "<p>", "</p>", "<div data-x='>' class=y>", "</div>", "<script>a<b</script>", "<!-- x -->", "text ", "<img src=z>",
            "<svg><path d=x /></svg>", "<style>p{}</style>", "<b onclick=\"a > b\">", "</b>", "<table>", "<td rowspan=2>", "</table>",
        ]), 0..30)) {
            let html = parts.concat();
            let blocks = |html: &str| -> Vec<String> {
                let document = dom_query::Document::from(html);
                let page = super::super::blocks::collect(&document, &Sheet::default());
                page.blocks.into_iter().map(|b| b.text).collect()
            };
            prop_assert_eq!(blocks(&prefiltered(&html)), blocks(&html));
        }
    }
}
