//! A lenient scanner for the XML found in feeds, which often contains errors.
//!
//! It never fails: a bare `&` or `<` is text, an unpaired tag is an event like any other, and if the text ends inside a
//! tag, the events simply end. Entities defined in a document type are not expanded, so no feed can exhaust the memory.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use crate::read::charset;
use crate::span::{Span, slice};

/// A markup event; the iterator returns it with its range in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) enum Event<'x> {
    /// A start tag, `<name …>`, or an empty element, `<name …/>`.
    Start { name: Cow<'x, str>, attributes: &'x str, empty: bool },
    /// An end tag, `</name>`.
    End { name: Cow<'x, str> },
    /// Raw text, with undecoded entities.
    Text(&'x str),
    /// The contents of a CDATA section.
    Data(&'x str),
}

/// The scanner, an iterator over events and their ranges.
pub(in crate::read) struct Events<'x> {
    xml: &'x str,
    at: usize,
    namespaces: Namespaces<'x>,
    /// Whether the text ended inside a tag, comment or section.
    pub(in crate::read) cut: bool,
}

impl<'x> Events<'x> {
    pub(in crate::read) fn new(xml: &'x str) -> Self {
        Self { xml, at: 0, namespaces: Namespaces::default(), cut: false }
    }

    /// Skips the rest of an element whose content is not markup, such as `script`, and returns that content.
    pub(in crate::read) fn raw_text(&mut self, name: &str) -> &'x str {
        let rest = slice(self.xml, self.at, self.xml.len());
        let is_end = |at: &usize| {
            let after = rest.as_bytes().get(at + 2..at + 2 + name.len());
            after.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        };
        let ends = memmem::find_iter(rest.as_bytes(), b"</");
        let end = ends.into_iter().find(is_end).unwrap_or(rest.len());
        self.at += end;
        slice(rest, 0, end)
    }

    /// Skips a section whose opening delimiter has `open` bytes and which ends with `close`; returns its contents,
    /// up to the end of the text if it is not closed.
    fn section(&mut self, open: usize, close: &str) -> &'x str {
        let from = self.at + open;
        let rest = slice(self.xml, from, self.xml.len());
        if let Some(end) = memmem::find(rest.as_bytes(), close.as_bytes()) {
            self.at = from + end + close.len();
            slice(rest, 0, end)
        } else {
            self.at = self.xml.len();
            self.cut = true;
            rest
        }
    }

    /// Returns the end of the tag that begins at `self.at`, ignoring any `>` in quoted values; `None` if another tag
    /// begins first or the tag has no end.
    fn tag_end(&self) -> Option<usize> {
        let bytes = self.xml.as_bytes();
        let mut quote = None;
        for (i, &b) in bytes.iter().enumerate().skip(self.at + 1).take(1 << 16) {
            match (b, quote) {
                (b'"' | b'\'', None) => quote = Some(b),
                (_, Some(q)) if q == b => quote = None,
                (b'>', None) => return Some(i),
                // A value cannot contain a bare `<`, so a quotation mark is unpaired.
                (b'<', Some(_)) => {
                    return memchr(b'>', &bytes[self.at..i]).map(|end| self.at + end);
                }
                (b'<', None) => return None,
                _ => {}
            }
        }
        // A quotation mark is unpaired, or the tag is very long, so assume that it ends at the first `>`.
        memchr(b'>', &bytes[self.at..]).map(|end| self.at + end)
    }

    /// Skips `<!DOCTYPE … [ … ]>`.
    fn declaration(&mut self) {
        let bytes = self.xml.as_bytes();
        let mut depth = 0_i32;
        for (i, &b) in bytes.iter().enumerate().skip(self.at) {
            match b {
                b'[' => depth += 1,
                b']' => depth -= 1,
                b'>' if depth <= 0 => {
                    self.at = i + 1;
                    return;
                }
                _ => {}
            }
        }
        // The declaration has no end, so skip only `<!`.
        self.at = (self.at + 2).min(self.xml.len());
    }

    fn tag(&mut self) -> Option<Event<'x>> {
        let start = self.at;
        let Some(end) = self.tag_end() else {
            // Another tag begins first, or the tag has no end.
            let next = memchr(b'<', &self.xml.as_bytes()[start + 1..]);
            self.at = next.map_or(self.xml.len(), |n| start + 1 + n);
            self.cut |= next.is_none();
            return None;
        };
        self.at = end + 1;
        let inside = slice(self.xml, start + 1, end);
        if let Some(name) = inside.strip_prefix('/') {
            return Some(Event::End { name: self.namespaces.plain_name(name.trim()) });
        }
        let empty = inside.ends_with('/');
        let inside = inside.trim_end_matches('/');
        let name_end = inside.find(|c: char| c.is_whitespace()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(name_end);
        self.namespaces.declare(name, attributes);
        Some(Event::Start { name: self.namespaces.plain_name(name), attributes, empty })
    }
}

impl<'x> Iterator for Events<'x> {
    type Item = (Event<'x>, Span);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let start = self.at;
            let rest = slice(self.xml, start, self.xml.len());
            if rest.is_empty() {
                return None;
            }
            let event = if rest.starts_with("<![CDATA[") {
                Some(Event::Data(self.section(9, "]]>")))
            } else if rest.starts_with("<!--") {
                self.section(4, "-->");
                None
            } else if rest.starts_with("<?") {
                self.section(2, "?>");
                None
            } else if rest.starts_with("<!") {
                self.declaration();
                None
            } else if rest.starts_with('<') && begins_tag(rest) {
                self.tag()
            } else {
                let end = rest
                    .match_indices('<')
                    .map(|(i, _)| i)
                    .find(|&i| i > 0 || !rest.starts_with('<'));
                let end = end.unwrap_or(rest.len());
                self.at += end;
                Some(Event::Text(slice(rest, 0, end)))
            };
            if let Some(event) = event {
                return Some((event, Span::new(start, self.at)));
            }
        }
    }
}

fn begins_tag(rest: &str) -> bool {
    let mut bytes = rest.bytes().skip(1);
    match bytes.next() {
        Some(b'/') => bytes.next().is_some_and(|b| b.is_ascii_alphabetic()),
        Some(b) => b.is_ascii_alphabetic() || b == b'_',
        None => false,
    }
}

/// The prefixes in a feed, and the namespaces that they refer to.
#[derive(Default)]
struct Namespaces<'x> {
    /// The prefixes declared in the feed or used for its root or an entry, with their canonical names.
    declared: Vec<(&'x str, &'static str)>,
}

/// The namespaces whose elements are read, identified by part of their address, with their canonical prefix.
const KNOWN: &[(&str, &str)] = &[
    ("www.w3.org/2005/Atom", ""),
    ("purl.org/atom/", ""),
    ("purl.org/rss/1.0/modules/content", "content"),
    ("purl.org/rss/1.0/modules/slash", "slash"),
    ("purl.org/rss/", ""),
    ("netscape.com/rdf", ""),
    ("backend.userland.com/rss", ""),
    ("blogs.law.harvard.edu/tech/rss", ""),
    ("www.w3.org/1999/xhtml", ""),
    ("www.w3.org/1999/02/22-rdf-syntax-ns", ""),
    ("purl.org/dc/elements/", "dc"),
    ("purl.org/dc/terms", "dcterms"),
    ("search.yahoo.com/mrss", "media"),
    ("itunes.com/dtds", "itunes"),
    ("news.yandex.ru", "yandex"),
    ("turbo.yandex.ru", "turbo"),
];

/// The usual meanings of prefixes that are not declared.
const USUAL: &[(&str, &str)] = &[
    ("atom", ""),
    ("atom10", ""),
    ("rss", ""),
    ("rdf", ""),
    ("xhtml", ""),
    ("content", "content"),
    ("slash", "slash"),
    ("dc", "dc"),
    ("dcterms", "dcterms"),
    ("media", "media"),
    ("itunes", "itunes"),
    ("yandex", "yandex"),
    ("turbo", "turbo"),
];

/// The maximum number of prefixes that are stored per feed.
const PREFIXES: usize = 64;

impl<'x> Namespaces<'x> {
    /// Records the prefixes that an element declares; the prefix of a root or an entry counts as the prefix of the
    /// feed's own elements.
    fn declare(&mut self, name: &'x str, attributes: &'x str) {
        if let Some((prefix, local)) = name.split_once(':')
            && ["rss", "feed", "channel", "item", "entry"]
                .iter()
                .any(|n| local.eq_ignore_ascii_case(n))
        {
            self.put(prefix, "");
        }
        let mut rest = attributes;
        while let Some((_, after)) = rest.split_once("xmlns:") {
            let Some((prefix, value)) = after.split_once('=') else { return };
            let value = value.trim_start();
            let address = value.split(['"', '\'']).nth(1).unwrap_or("");
            let known = KNOWN.iter().find(|(part, _)| address.contains(part));
            if let Some((_, canonical)) = known {
                self.put(prefix.trim(), canonical);
            }
            rest = value;
        }
    }

    fn put(&mut self, prefix: &'x str, canonical: &'static str) {
        if self.declared.len() < PREFIXES && !self.declared.iter().any(|(p, _)| *p == prefix) {
            self.declared.push((prefix, canonical));
        }
    }

    /// Returns a lower-case name: without its prefix if that is the feed's own, with the canonical prefix if its
    /// namespace is known, and otherwise with its own prefix, because `<x:description>` is not the description of an
    /// entry.
    fn plain_name(&self, name: &'x str) -> Cow<'x, str> {
        let Some((prefix, local)) = name.split_once(':') else { return lower(name) };
        let declared = self.declared.iter().find(|(p, _)| *p == prefix).map(|(_, c)| *c);
        let usual = || USUAL.iter().find(|(p, _)| p.eq_ignore_ascii_case(prefix)).map(|(_, c)| *c);
        match declared.or_else(usual) {
            Some("") => lower(local),
            Some(known) if known == prefix => lower(name),
            Some(known) => Cow::Owned(format!("{known}:{}", lower(local))),
            None => lower(name),
        }
    }
}

/// Returns a name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn lower(name: &str) -> Cow<'_, str> {
    if name.bytes().any(|b| b.is_ascii_uppercase()) {
        Cow::Owned(name.to_ascii_lowercase())
    } else {
        Cow::Borrowed(name)
    }
}

/// Returns the value of an attribute by its name, ignoring prefixes.
pub(in crate::read) fn attribute(attributes: &str, name: &str) -> Option<String> {
    let mut rest = attributes.trim_start();
    while let Some((key, after)) = rest.split_once('=') {
        let after = after.trim_start();
        let quote = after.chars().next()?;
        let (value, next) = if matches!(quote, '"' | '\'') {
            let inside = after.get(1..)?;
            inside.split_once(quote).unwrap_or((inside, ""))
        } else {
            after.split_once(char::is_whitespace).unwrap_or((after, ""))
        };
        let key = key.trim();
        let key = key.rsplit(|c: char| c == ':' || c.is_whitespace()).next().unwrap_or(key);
        if key.eq_ignore_ascii_case(name) {
            return Some(charset::unescaped(value).trim().to_owned());
        }
        rest = next.trim_start();
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Event, Events, attribute};

    fn short(xml: &str) -> Vec<String> {
        Events::new(xml)
            .map(|(event, _)| match event {
                Event::Start { name, empty, .. } => {
                    format!("<{name}{}", if empty { "/" } else { "" })
                }
                Event::End { name } => format!("/{name}"),
                Event::Text(text) => text.to_owned(),
                Event::Data(text) => format!("[{text}]"),
            })
            .collect()
    }

    #[test]
    fn faults_are_events_like_any_other() {
        assert_eq!(short("<a x='>'>1 & 2 < 3</a>"), ["<a", "1 & 2 ", "< 3", "/a"]);
        assert_eq!(short("<A:Item/><content:Encoded>"), ["<item/", "<content:encoded"]);
        assert_eq!(short("<!DOCTYPE x [<!ENTITY a \"b\">]><?xml?><!-- c --><b>"), ["<b"]);
        assert_eq!(short("<![CDATA[<p>]]>x<![CDATA[cut"), ["[<p>]", "x", "[cut]"]);
        assert_eq!(short("<a <b>x"), ["<b", "x"]);
        assert_eq!(short("x<a hre"), ["x"]);
    }

    #[test]
    fn attributes() {
        let text = " rel=alternate xml:lang = 'sl' href=\"a?b&amp;c\" ";
        assert_eq!(attribute(text, "rel").as_deref(), Some("alternate"));
        assert_eq!(attribute(text, "lang").as_deref(), Some("sl"));
        assert_eq!(attribute(text, "href").as_deref(), Some("a?b&c"));
        assert_eq!(attribute(text, "title"), None);
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "([<>/!?&\\[\\]'\"=a -]|CDATA|é){0,60}") {
            let mut at = 0;
            for (_, span) in Events::new(&text) {
                prop_assert!(span.start() >= at && span.end() > span.start());
                prop_assert!(span.get(&text).is_some());
                at = span.end();
            }
        }
    }
}
