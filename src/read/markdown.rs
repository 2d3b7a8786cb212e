//! Reads Markdown, with or without front matter in YAML (`---`) or TOML (`+++`), such as Obsidian notes and Hugo pages.
//!
//! The text of the article is that of the rendered page, block by block, without code blocks, images, captions and HTML
//! blocks, and without the title, date, byline and dateline at the top. Only flat YAML is read: `key: value`, `[a, b]`,
//! and lists with one item per line.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options as Extensions, Parser, Tag, TagEnd};

use crate::article::{Article, Block, BlockKind};
use crate::read::format::{self, FrontMatter};
use crate::read::record::{self, Record};
use crate::read::{Cut, Ingested, Options, charset, dateline, line_patterns};
use crate::span::{Span, slice};
use crate::warning::Warning;

/// Reads one article.
pub(super) fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let decoded = charset::decode(bytes, None);
    let text: &str = &decoded.text;
    let (mut record, body) = front_matter(text);
    let mut page = Page::default();
    let extensions =
        Extensions::ENABLE_TABLES | Extensions::ENABLE_STRIKETHROUGH | Extensions::ENABLE_FOOTNOTES;
    for event in Parser::new_ext(body, extensions) {
        page.take(event);
    }
    page.end_block();
    page.read_head(&mut record);
    let article =
        Article { text: page.text, blocks: page.blocks, place: page.place, ..Article::default() };
    let mut ingested = record::adapt_onto(article, record, origin, origin, options);
    ingested.warnings.extend(decoded.doubt.map(|doubt| Warning::kept(origin, doubt)));
    let cut = |(reason, text): (&str, String)| Cut {
        origin: origin.to_owned(),
        reason: reason.to_owned(),
        text,
    };
    if options.cuts {
        ingested.cuts.extend(page.cuts.into_iter().map(cut));
    }
    ingested
}

/// Splits a text into the fields of its front matter and its body.
fn front_matter(text: &str) -> (Record<'_>, &str) {
    match format::front_matter(text) {
        Some(FrontMatter { is_toml, fields, body }) => {
            (if is_toml { toml(fields) } else { yaml(fields) }, body)
        }
        None => (Record::default(), text),
    }
}

fn yaml(text: &str) -> Record<'_> {
    let mut record = Record::default();
    let mut open: Option<((record::Field, usize), Vec<&str>)> = None;
    for line in text.lines() {
        if let Some(item) = line.trim_start().strip_prefix("- ")
            && let Some((_, items)) = &mut open
        {
            items.push(scalar(item));
            continue;
        }
        if let Some((field, items)) = open.take() {
            record.put(field, Cow::Owned(items.join(", ")));
        }
        let Some((key, value)) = line.split_once(':') else { continue };
        if key.starts_with([' ', '\t', '#']) {
            continue;
        }
        let Some(field) = record::field(key.trim()) else { continue };
        let value = value.trim();
        if value.is_empty() {
            open = Some((field, Vec::new()));
        } else if let Some(list) = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
            record
                .put(field, Cow::Owned(list.split(',').map(scalar).collect::<Vec<_>>().join(", ")));
        } else {
            record.put(field, Cow::Borrowed(scalar(value)));
        }
    }
    if let Some((field, items)) = open {
        record.put(field, Cow::Owned(items.join(", ")));
    }
    record
}

/// Returns a value without its quotation marks and comment.
fn scalar(value: &str) -> &str {
    let value = value.trim();
    for mark in ['"', '\''] {
        if let Some(inside) = value.strip_prefix(mark) {
            return inside.split_once(mark).map_or(inside, |(inside, _)| inside);
        }
    }
    value.split(" #").next().unwrap_or(value).trim_end()
}

fn toml(text: &str) -> Record<'_> {
    let mut record = Record::default();
    let Ok(table) = text.parse::<toml::Table>() else { return record };
    for (key, value) in table {
        let Some(field) = record::field(&key) else { continue };
        let text = match value {
            toml::Value::String(text) => text,
            toml::Value::Array(items) => {
                items.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(", ")
            }
            toml::Value::Datetime(at) => at.to_string(),
            toml::Value::Integer(n) => n.to_string(),
            toml::Value::Float(_) | toml::Value::Boolean(_) | toml::Value::Table(_) => continue,
        };
        record.put(field, Cow::Owned(text));
    }
    record
}

/// The article under construction.
#[derive(Default)]
struct Page {
    text: String,
    blocks: Vec<Block>,
    place: Option<String>,
    title: Option<String>,
    cuts: Vec<(&'static str, String)>,
    /// The text of the open block.
    open: String,
    kind: Option<BlockKind>,
    top: bool,
    quoted: usize,
    items: usize,
    /// The nesting depth of elements that are left out: code blocks, images, HTML blocks.
    skipped: usize,
}

impl Page {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.skipped == 0 => self.open.push_str(&text),
            Event::SoftBreak | Event::HardBreak => self.open.push(' '),
            Event::Rule => self.end_block(),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.end_block();
                self.kind = Some(BlockKind::Heading);
                self.top = *level == pulldown_cmark::HeadingLevel::H1;
            }
            Tag::Paragraph | Tag::TableRow | Tag::TableHead => self.end_block(),
            Tag::Item => {
                self.end_block();
                self.items += 1;
            }
            Tag::BlockQuote(_) => {
                self.end_block();
                self.quoted += 1;
            }
            Tag::CodeBlock(_) | Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.skipped += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableRow | TagEnd::TableHead => {
                self.end_block();
            }
            TagEnd::TableCell => self.open.push(' '),
            TagEnd::Item => {
                self.end_block();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::BlockQuote(_) => {
                self.end_block();
                self.quoted = self.quoted.saturating_sub(1);
            }
            TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.skipped = self.skipped.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// Ends the open block: adds it to the text or, if it is a top-level heading at the beginning, makes it the title.
    fn end_block(&mut self) {
        let open = std::mem::take(&mut self.open);
        let kind = self.kind.take();
        let top = std::mem::take(&mut self.top);
        let line = open.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            return;
        }
        let kind = kind.unwrap_or(match (self.quoted, self.items) {
            (0, 0) => BlockKind::Paragraph,
            (0, _) => BlockKind::ListItem,
            _ => BlockKind::Blockquote,
        });
        if top && self.title.is_none() && self.text.is_empty() {
            self.cuts.push(("title", line.clone()));
            self.title = Some(line);
            return;
        }
        self.push(&line, kind);
    }

    fn push(&mut self, line: &str, kind: BlockKind) {
        let prose = self.blocks.iter().any(|b| b.kind == BlockKind::Paragraph);
        let mut line = line;
        if !prose && kind == BlockKind::Paragraph {
            if line_patterns::is_date_line(line) {
                self.cuts.push(("date", line.to_owned()));
                return;
            } else if line_patterns::byline(line).is_some() {
                self.cuts.push(("byline", line.to_owned()));
                return;
            } else if let Some(filed) = dateline::find(line) {
                self.place = filed.place.map(|p| p.slice(line).to_owned());
                self.cuts.push(("dateline", slice(line, 0, filed.len).to_owned()));
                line = slice(line, filed.len, line.len()).trim_start();
            }
        }
        if kind == BlockKind::Paragraph && line_patterns::is_credited(line) {
            self.cuts.push(("caption", line.to_owned()));
            return;
        }
        if line.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(line);
        self.blocks.push(Block { kind, span: Span::new(start, self.text.len()) });
    }

    /// Fills fields that are missing from the front matter with the title, date and byline at the top of the page.
    fn read_head(&mut self, record: &mut Record<'_>) {
        const LAST: usize = usize::MAX;
        if let Some(title) = self.title.take() {
            record.put((record::Field::Title, LAST), Cow::Owned(title));
        }
        for (reason, line) in &self.cuts {
            let field = match *reason {
                "date" => record::Field::Date,
                "byline" => record::Field::Byline,
                _ => continue,
            };
            record.put((field, LAST), Cow::Owned(line.clone()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::article::BlockKind::{Blockquote, Heading, ListItem, Paragraph};
    use crate::read::Options;

    #[test]
    fn front_matter_gives_the_fields_and_the_body_its_blocks() {
        let text = "---\ntitle: \"Bridge: closed\"\nauthors:\n  - Ada Lorne\n  - Karl Braun\ndate: 2015-05-04\ntags: [a]\n---\n\
                    The **bridge** of [Varn](http://varn.example) is\nclosed.\n\n## What now\n\n- A ferry.\n- A tunnel.\n\n> We shall see.\n";
        let read = read("a.md", text.as_bytes(), &Options::default());
        let article = &read.articles[0];
        assert_eq!(article.title, "Bridge: closed");
        assert_eq!(article.byline.as_deref(), Some("Ada Lorne, Karl Braun"));
        assert_eq!(article.published.map(|p| p.to_string()).as_deref(), Some("2015-05-04"));
        let kinds: Vec<_> = article.blocks.iter().map(|b| b.kind).collect();
        assert_eq!(kinds, [Paragraph, Heading, ListItem, ListItem, Blockquote]);
        assert!(article.text.starts_with("The bridge of Varn is closed.\n\nWhat now"));
    }

    #[test]
    fn toml_and_the_first_heading_are_read_as_well() {
        let text = "+++\nauthor = \"Ada Lorne\"\ndate = 2015-05-04T10:00:00Z\n+++\n# Bridge closed\n\nVARN, Ostland -- It is closed.\n";
        let read = read("a.md", text.as_bytes(), &Options::default());
        let article = &read.articles[0];
        assert_eq!(
            (&*article.title, article.place.as_deref()),
            ("Bridge closed", Some("VARN, Ostland"))
        );
        assert_eq!(article.text, "It is closed.");
        assert!(article.published.is_some());
    }
}
