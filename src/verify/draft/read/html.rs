//! HTML: text as it is shown, block by block; scripts, styles and the head left out, link targets kept.
//!
//! A scanner of tags, no parser: a draft is short, its author is trusted not to hide text, and nothing of it is shown.

use crate::article::BlockKind;
use crate::span::slice;
use crate::verify::draft::read::{Builder, LineCounter};

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

/// Reads a page.
pub(super) fn read(draft: &str, builder: &mut Builder) {
    let mut lines = LineCounter::new(draft);
    let mut reader = Reader { builder, targets: Vec::new(), quoted: 0 };
    let mut at = 0;
    while at < draft.len() {
        let rest = slice(draft, at, draft.len());
        let line = lines.line_of(at);
        if let Some(comment) = rest.strip_prefix("<!--") {
            at += 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
        } else if is_tag(rest) {
            let end = rest.find('>').map_or(rest.len(), |end| end + 1);
            let tag = slice(rest, 1, end.saturating_sub(1));
            at += end;
            at += reader.tag(tag, slice(draft, at, draft.len()), line);
        } else {
            let end =
                rest.char_indices().skip(1).find(|(_, c)| *c == '<').map_or(rest.len(), |(i, _)| i);
            reader.text(slice(rest, 0, end), line);
            at += end;
        }
    }
}

fn is_tag(rest: &str) -> bool {
    let mut start = rest.chars();
    start.next() == Some('<')
        && start.next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

struct Reader<'b> {
    builder: &'b mut Builder,
    targets: Vec<(String, usize)>,
    quoted: usize,
}

impl Reader<'_> {
    /// Takes a tag; returns how much of the text behind it is not shown.
    fn tag(&mut self, tag: &str, rest: &str, line: usize) -> usize {
        let closing = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split([' ', '\n', '\t', '\r', '/']).next();
        let name = name.unwrap_or("").to_ascii_lowercase();
        match name.as_str() {
            "script" | "style" | "head" | "template" | "noscript" if !closing => {
                return skip(rest, &name);
            }
            "blockquote" => {
                self.quoted = if closing { self.quoted.saturating_sub(1) } else { self.quoted + 1 };
                self.begin();
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !closing => {
                self.builder.begin(BlockKind::Heading);
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.builder.end(),
            "q" => self.builder.text(if closing { "”" } else { "“" }, line),
            "a" if !closing => {
                let from = self.builder.draft.article.text.len();
                self.targets.push((attribute(tag, "href"), from));
            }
            "a" => self.end_link(),
            "ol" | "ul" => {
                if closing {
                    self.builder.end_list();
                } else {
                    let start = attribute(tag, "start").trim().parse().unwrap_or(1);
                    self.builder.begin_list((name == "ol").then_some(start));
                }
                self.begin();
            }
            "li" if !closing => self.builder.begin_next_item(self.kind()),
            "li" => self.builder.end_item(),
            name if BLOCKS.contains(&name) => self.begin(),
            _ => {}
        }
        0
    }

    fn begin(&mut self) {
        self.builder.begin(self.kind());
    }

    const fn kind(&self) -> BlockKind {
        if self.quoted > 0 { BlockKind::Blockquote } else { BlockKind::Paragraph }
    }

    fn end_link(&mut self) {
        if let Some((target, from)) = self.targets.pop() {
            self.builder.end_link(&target, from);
        }
    }

    /// Adds text, white space folded; each line of it counts for itself.
    fn text(&mut self, raw: &str, line: usize) {
        for (n, part) in raw.split('\n').enumerate() {
            let decoded = html_escape::decode_html_entities(part);
            let folded = decoded.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
            let starts = decoded.starts_with(|c: char| c.is_ascii_whitespace()) || n > 0;
            let ends = decoded.ends_with(|c: char| c.is_ascii_whitespace());
            let space_before = if starts { " " } else { "" };
            let space_after = if ends && !folded.is_empty() { " " } else { "" };
            let text = format!("{space_before}{folded}{space_after}");
            if !text.is_empty() && (self.builder.open.is_some() || !text.trim().is_empty()) {
                self.add(&text, line + n);
            }
        }
    }

    fn add(&mut self, text: &str, line: usize) {
        if self.builder.open.is_none() {
            self.begin();
        }
        let after_space = self.builder.draft.article.text.ends_with(|c: char| c.is_whitespace());
        let text = if after_space { text.trim_start() } else { text };
        self.builder.text(text, line);
    }
}

/// Returns the length of what stands before the closing tag.
fn skip(rest: &str, name: &str) -> usize {
    let closing = format!("</{name}");
    rest.to_ascii_lowercase().find(&closing).unwrap_or(rest.len())
}

fn attribute(tag: &str, name: &str) -> String {
    let Some((_, rest)) = tag.split_once(&format!("{name}=")) else { return String::new() };
    let value = match rest.chars().next() {
        Some(mark @ ('"' | '\'')) => slice(rest, 1, rest.len()).split(mark).next(),
        _ => rest.split([' ', '>']).next(),
    };
    html_escape::decode_html_entities(value.unwrap_or("")).into_owned()
}
