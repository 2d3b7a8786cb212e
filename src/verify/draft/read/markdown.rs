//! Markdown: text as it is shown, emphasis gone, front matter left out, footnotes and link targets kept apart.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::article::BlockKind;
use crate::verify::draft::read::{Builder, LineCounter};

/// Reads Markdown.
pub(super) fn read(draft: &str, builder: &mut Builder) {
    let options = Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader { builder, targets: Vec::new(), quoted: 0, hidden: 0 };
    let mut lines = LineCounter::new(draft);
    for (event, range) in Parser::new_ext(draft, options).into_offset_iter() {
        let line = lines.line_of(range.start);
        reader.event(event, line);
    }
}

struct Reader<'b> {
    builder: &'b mut Builder,
    /// The targets of the links that are open, and where their text starts.
    targets: Vec<(String, usize)>,
    quoted: usize,
    /// How many elements are open whose text is not shown.
    hidden: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, line: usize) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) if self.hidden == 0 => {
                self.builder.text(&text, line);
            }
            Event::SoftBreak | Event::HardBreak => self.builder.text(" ", line),
            Event::FootnoteReference(label) => self.builder.link(&label, true),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph if self.quoted > 0 => self.builder.begin(BlockKind::Blockquote),
            Tag::Paragraph | Tag::TableCell => self.builder.begin(BlockKind::Paragraph),
            Tag::Heading { .. } => self.builder.begin(BlockKind::Heading),
            Tag::List(start) => {
                self.builder.begin_list(start.and_then(|start| usize::try_from(start).ok()));
            }
            Tag::Item => self.builder.begin_next_item(BlockKind::ListItem),
            Tag::BlockQuote(_) => self.quoted += 1,
            Tag::FootnoteDefinition(label) => self.builder.begin_note(&label),
            Tag::Link { dest_url, .. } => {
                self.targets.push((dest_url.to_string(), self.builder.draft.article.text.len()));
            }
            Tag::Image { .. } | Tag::MetadataBlock(_) | Tag::CodeBlock(_) => self.hidden += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableCell => self.builder.end(),
            TagEnd::Item => self.builder.end_item(),
            TagEnd::List(_) => self.builder.end_list(),
            TagEnd::BlockQuote(_) => self.quoted = self.quoted.saturating_sub(1),
            TagEnd::FootnoteDefinition => self.builder.end_note(),
            TagEnd::Link => {
                if let Some((target, from)) = self.targets.pop() {
                    self.builder.end_link(&target, from);
                }
            }
            TagEnd::Image | TagEnd::MetadataBlock(_) | TagEnd::CodeBlock => {
                self.hidden = self.hidden.saturating_sub(1);
            }
            _ => {}
        }
    }
}
