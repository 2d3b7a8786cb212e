//! Markdown: the displayed text without emphasis and front matter; footnotes and the targets of links are kept
//! separately.
//!
//! Embedded HTML is read as HTML. The alternative text of an image is a separate paragraph. A code listing in a named
//! language other than plain text or Markdown is skipped and counted. Other listings are read, because an indented
//! paragraph can become a listing by accident.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use crate::article::BlockKind;
use crate::span::Span;
use crate::verify::draft::read::{Builder, html};

/// Reads Markdown.
pub(super) fn parse(draft: &str, builder: &mut Builder) {
    let options = Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_GFM
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader {
        builder,
        page: html::Reader::default(),
        targets: Vec::new(),
        quoted: 0,
        hidden: 0,
        picture: None,
    };
    for (event, range) in Parser::new_ext(draft, options).into_offset_iter() {
        reader.event(event, Span::new(range.start, range.end));
    }
}

struct Reader<'b> {
    builder: &'b mut Builder,
    page: html::Reader,
    /// The targets of the open links, and the start of the text of each.
    targets: Vec<(String, usize)>,
    quoted: usize,
    /// The number of open elements whose text is not shown.
    hidden: usize,
    /// The alternative text of the open image, and its range.
    picture: Option<(String, Span)>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, place: Span) {
        match event {
            Event::Start(tag) => self.start(tag, place),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.picture.is_some() => {
                if let Some((alternative, range)) = &mut self.picture {
                    alternative.push_str(&text);
                    *range =
                        Span::new(range.start().min(place.start()), range.end().max(place.end()));
                }
            }
            Event::Text(text) | Event::Code(text) if self.hidden == 0 => self.text(&text, place),
            Event::Html(html) | Event::InlineHtml(html) if self.hidden == 0 => {
                self.page.parse(&html, place.start(), self.builder);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.builder.text(" ", Span::new(place.start(), place.start() + 1));
            }
            Event::FootnoteReference(label) => self.builder.link(&label, true),
            _ => {}
        }
    }

    /// Adds text. The parser's range for inline code includes the backticks, which are excluded here.
    fn text(&mut self, text: &str, place: Span) {
        let marks = place.len().saturating_sub(text.len());
        let inside = Span::new(place.start() + marks / 2, place.start() + marks / 2 + text.len());
        let is_code = marks > 0 && marks.is_multiple_of(2) && marks <= 6 && !text.is_empty();
        self.builder.text(text, if is_code { inside } else { place });
    }

    fn start(&mut self, tag: Tag<'_>, place: Span) {
        match tag {
            Tag::Paragraph if self.quoted > 0 => self.builder.begin(BlockKind::Blockquote),
            Tag::Paragraph | Tag::TableCell | Tag::CodeBlock(CodeBlockKind::Indented) => {
                self.builder.begin(BlockKind::Paragraph);
            }
            Tag::Heading { .. } => self.builder.begin(BlockKind::Heading),
            Tag::List(start) => {
                self.builder.begin_list(start.and_then(|start| usize::try_from(start).ok()));
            }
            Tag::Item => self.builder.begin_next_item(BlockKind::ListItem),
            // An alert in GitHub Markdown (`[!NOTE]`) is the writer's own text, not a quotation.
            Tag::BlockQuote(None) => self.quoted += 1,
            Tag::FootnoteDefinition(label) => self.builder.begin_note(&label),
            Tag::Link { dest_url, .. } => {
                self.targets.push((dest_url.to_string(), self.builder.draft.article.text.len()));
            }
            Tag::Image { .. } => {
                self.picture = Some((String::new(), Span::new(place.end(), place.start())));
            }
            Tag::MetadataBlock(_) => self.hidden += 1,
            Tag::CodeBlock(CodeBlockKind::Fenced(language)) => {
                if is_program(&language) {
                    self.hidden += 1;
                    self.builder.draft.listings += 1;
                } else {
                    self.builder.begin(BlockKind::Paragraph);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell | TagEnd::HtmlBlock => {
                self.builder.end();
            }
            TagEnd::Item => self.builder.end_item(),
            TagEnd::List(_) => self.builder.end_list(),
            TagEnd::BlockQuote(None) => self.quoted = self.quoted.saturating_sub(1),
            TagEnd::FootnoteDefinition => self.builder.end_note(),
            TagEnd::Link => {
                if let Some((target, from)) = self.targets.pop() {
                    self.builder.end_link(&target, from);
                }
            }
            TagEnd::Image => {
                if let Some((alternative, range)) = self.picture.take() {
                    self.builder.aside(&alternative, range);
                }
            }
            TagEnd::MetadataBlock(_) => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::CodeBlock => {
                self.hidden = self.hidden.saturating_sub(1);
                self.builder.end();
            }
            _ => {}
        }
    }
}

/// Returns whether the info string of a listing names a language other than plain text or Markdown.
fn is_program(info: &str) -> bool {
    let language = info.split([' ', ',', '{']).next().unwrap_or("").to_ascii_lowercase();
    !matches!(language.as_str(), "" | "text" | "txt" | "plain" | "quote" | "md" | "markdown")
}
