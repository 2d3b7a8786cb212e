//! HTML: the displayed text, block by block, without scripts, styles and the head; the targets of links are kept.
//!
//! A tag scanner suffices instead of a parser: a draft is short, its author has no reason to hide text, and its HTML is
//! never rendered.

use crate::article::BlockKind;
use crate::span::{Span, slice};
use crate::verify::draft::read::Builder;

const BLOCKS: [&str; 22] = [
    "address",
    "article",
    "aside",
    "body",
    "br",
    "caption",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "header",
    "hr",
    "main",
    "p",
    "section",
    "table",
    "td",
    "th",
    "tr",
];

/// Reads an HTML page.
pub(super) fn parse(page: &str, builder: &mut Builder) {
    Reader::default().parse(page, 0, builder);
}

fn is_tag(rest: &str) -> bool {
    let mut start = rest.chars();
    start.next() == Some('<')
        && start.next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

/// Reads HTML and keeps track of open elements.
#[derive(Default)]
pub(super) struct Reader {
    /// The targets of the open links, and the start of the text of each.
    targets: Vec<(String, usize)>,
    quoted: usize,
}

impl Reader {
    /// Reads a part of a page; `offset` is the position, in bytes, of the part in the draft file.
    pub(super) fn parse(&mut self, part: &str, offset: usize, builder: &mut Builder) {
        let mut at = 0;
        while at < part.len() {
            let rest = slice(part, at, part.len());
            if let Some(comment) = rest.strip_prefix("<!--") {
                at += 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
            } else if is_tag(rest) {
                let end = end_of_tag(rest);
                let tag = slice(rest, 1, end.saturating_sub(1));
                let place = Span::new(offset + at, offset + at + end);
                at += end;
                at += self.tag(tag, slice(part, at, part.len()), place, builder);
            } else {
                let next = rest.char_indices().skip(1).find(|(_, c)| *c == '<');
                let end = next.map_or(rest.len(), |(i, _)| i);
                self.text(slice(rest, 0, end), offset + at, builder);
                at += end;
            }
        }
    }

    /// Processes a tag; returns the length of the text after the tag that is not displayed.
    fn tag(&mut self, tag: &str, rest: &str, place: Span, builder: &mut Builder) -> usize {
        let closing = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split([' ', '\n', '\t', '\r', '/']).next();
        let name = name.unwrap_or("").to_ascii_lowercase();
        match name.as_str() {
            "script" | "style" | "head" | "template" | "noscript" if !closing => {
                return skip(rest, &name);
            }
            "blockquote" => {
                self.quoted = if closing { self.quoted.saturating_sub(1) } else { self.quoted + 1 };
                self.begin(builder);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !closing => {
                builder.begin(BlockKind::Heading);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => builder.end(),
            "q" => builder.text(if closing { "”" } else { "“" }, place),
            "img" => {
                let alternative = attribute(tag, "alt");
                builder.aside(&alternative, place);
            }
            "a" if !closing => {
                self.targets.push((attribute(tag, "href"), builder.draft.article.text.len()));
            }
            "a" => {
                if let Some((target, from)) = self.targets.pop() {
                    builder.end_link(&target, from);
                }
            }
            "ol" | "ul" => {
                if closing {
                    builder.end_list();
                } else {
                    let start = attribute(tag, "start").trim().parse().unwrap_or(1);
                    builder.begin_list((name == "ol").then_some(start));
                }
                self.begin(builder);
            }
            "li" if !closing => builder.begin_next_item(self.kind()),
            "li" => builder.end_item(),
            name if BLOCKS.contains(&name) => self.begin(builder),
            _ => {}
        }
        0
    }

    fn begin(&self, builder: &mut Builder) {
        builder.begin(self.kind());
    }

    const fn kind(&self) -> BlockKind {
        if self.quoted > 0 { BlockKind::Blockquote } else { BlockKind::Paragraph }
    }

    /// Adds text with collapsed white space, word by word, so that each word keeps its position in the file.
    fn text(&self, raw: &str, offset: usize, builder: &mut Builder) {
        let mut at = 0;
        for word in raw.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let bare = word.trim_end_matches(|c: char| c.is_ascii_whitespace());
            let place = Span::new(offset + at, offset + at + bare.len());
            at += word.len();
            if !bare.is_empty() {
                self.add(bare, place, builder);
            }
            let ends_in_space = builder.draft.article.text.ends_with(|c: char| c.is_whitespace());
            if bare.len() < word.len() && builder.open.is_some() && !ends_in_space {
                builder.text(" ", Span::new(place.end(), place.end() + 1));
            }
        }
    }

    /// Adds a word with its character references decoded.
    fn add(&self, word: &str, place: Span, builder: &mut Builder) {
        if builder.open.is_none() {
            self.begin(builder);
        }
        if word.contains('&') {
            builder.text(&html_escape::decode_html_entities(word), place);
        } else {
            builder.text(word, place);
        }
    }
}

/// Returns the length of a tag; a `>` inside the quotation marks of an attribute does not end it.
fn end_of_tag(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') if rest.as_bytes()[..at].last() == Some(&b'=') => {
                quote = Some(byte);
            }
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
        // An unclosed quotation mark must not swallow the rest of the draft.
        if at > 20_000 {
            break;
        }
    }
    rest.find('>').map_or(rest.len(), |end| end + 1)
}

/// Returns the length of the text before the closing tag with the given name.
fn skip(rest: &str, name: &str) -> usize {
    let is_end = |at: usize| {
        rest.get(at + 2..at + 2 + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
    };
    rest.match_indices("</").map(|(at, _)| at).find(|at| is_end(*at)).unwrap_or(rest.len())
}

fn attribute(tag: &str, name: &str) -> String {
    let Some((_, rest)) = tag.split_once(&format!("{name}=")) else { return String::new() };
    let value = match rest.chars().next() {
        Some(mark @ ('"' | '\'')) => slice(rest, 1, rest.len()).split(mark).next(),
        _ => rest.split([' ', '>']).next(),
    };
    html_escape::decode_html_entities(value.unwrap_or("")).into_owned()
}
