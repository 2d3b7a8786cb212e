//! A draft as paragraphs of plain text, with positions in the draft file and with its links.

mod citation_marks;
mod html;
#[cfg(feature = "mail")]
mod mail;
#[cfg(feature = "formats")]
mod markdown;
#[cfg(not(all(feature = "formats", feature = "mail")))]
mod missing_formats;
mod plain;
mod positions;

use crate::article::{Article, Block, BlockKind};
use crate::span::Span;
use crate::text::quotemarks;
use crate::verify::draft::read::positions::{Positions, Segment};

#[cfg(not(feature = "mail"))]
use missing_formats::mail;
#[cfg(not(feature = "formats"))]
use missing_formats::markdown;

/// The formats of drafts that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown (`CommonMark`) with footnotes.
    Markdown,
    /// HTML, a page or a part of one.
    Html,
    /// Plain text, with paragraphs separated by blank lines.
    Text,
    /// An email, whose HTML and plain-text parts are both read.
    Mail,
}

impl Format {
    /// Returns the format that a file name's extension indicates, or `None` if the extension is unknown.
    pub fn from_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "md" | "markdown" | "mdx" | "qmd" => Some(Self::Markdown),
            "html" | "htm" | "xhtml" => Some(Self::Html),
            "txt" | "text" => Some(Self::Text),
            "eml" => Some(Self::Mail),
            _ => None,
        }
    }

    /// Detects the format of a draft from its text.
    pub fn detect(draft: &str) -> Self {
        let head: String = draft.trim_start().chars().take(2_000).collect();
        let start = head.to_lowercase();
        if is_mail(&start) {
            return Self::Mail;
        }
        let tags = ["<p>", "<p ", "<div", "<blockquote", "<article", "<body", "<h1", "<h2"];
        if ["<!doctype html", "<html"].iter().any(|t| start.starts_with(t))
            || (start.starts_with('<') && tags.iter().any(|t| start.contains(t)))
        {
            return Self::Html;
        }
        let marked = |line: &str| {
            let line = line.trim_start();
            line.starts_with("# ")
                || line.starts_with("## ")
                || line.starts_with("> ")
                || line.starts_with("- ")
                || line.starts_with("* ")
                || line.contains("](")
                || line.contains("**")
                || line.contains("[^")
                || line.contains("\\\"")
                || has_character_reference(line)
        };
        if draft.lines().any(marked) { Self::Markdown } else { Self::Text }
    }
}

/// Returns whether a text starts like an email: with header fields that include a sender or recipient, and a MIME
/// version or message ID.
fn is_mail(lower: &str) -> bool {
    let head = lower.split("\n\n").next().unwrap_or("").replace('\r', "");
    let has = |field: &str| head.lines().any(|line| line.starts_with(field));
    (has("from:") || has("to:")) && (has("mime-version:") || has("message-id:"))
}

/// Returns whether a line contains a character reference such as `&quot;` or `&#8220;`.
fn has_character_reference(line: &str) -> bool {
    line.match_indices('&').any(|(at, _)| {
        let rest = line.get(at + 1..).unwrap_or("");
        let end = rest.find(';').unwrap_or(0);
        (2..=10).contains(&end)
            && rest.bytes().take(end).all(|b| b.is_ascii_alphanumeric() || b == b'#')
    })
}

/// A draft as read.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The text and blocks of the draft.
    pub(super) article: Article,
    /// For each block, the targets of its links and marks, and the labels of its footnotes.
    pub(super) links: Vec<Vec<Link>>,
    /// The label of each footnote or numbered source, and its text with its links.
    pub(super) notes: Vec<(String, String)>,
    /// The range in the draft file of each part of the text.
    positions: Positions,
    /// The number of code listings that were skipped.
    pub(super) listings: usize,
    /// Why the draft was not read, if this build cannot read its format.
    pub(super) unread: Option<String>,
}

/// A link in a draft, or a mark that refers to a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Link {
    /// The position after the link's text.
    pub(super) at: usize,
    /// The target, or the label of the note.
    pub(super) target: String,
    /// Whether it is a mark such as `[3]` or a footnote, rather than linked words.
    pub(super) is_mark: bool,
}

impl Draft {
    /// Reads a draft.
    pub(super) fn parse(draft: &str, format: Format) -> Self {
        let mut builder = Builder::default();
        match format {
            Format::Markdown => markdown::parse(draft, &mut builder),
            Format::Html => html::parse(draft, &mut builder),
            Format::Text => plain::parse(draft, &mut builder),
            Format::Mail => mail::parse(draft, &mut builder),
        }
        let unmapped = format == Format::Mail;
        let mut read = builder.finish();
        if unmapped {
            read.positions = Positions::default();
        }
        read
    }

    /// Returns the range in the draft file of a range of the text, if it is known.
    pub(super) fn in_file(&self, span: Span) -> Option<Span> {
        self.positions.in_file(span)
    }
}

/// Collects the blocks of a draft.
#[derive(Debug, Default)]
struct Builder {
    draft: Draft,
    /// The kind and start of the open block.
    open: Option<(BlockKind, usize)>,
    links: Vec<Link>,
    /// The label of the note that is being read.
    note: Option<String>,
    /// The next number of each open list; `None` for a bulleted list.
    lists: Vec<Option<usize>>,
    /// The number of the list item that is being read.
    item: Option<usize>,
    /// The numbers of list items, each with its block.
    numbered: Vec<(usize, usize)>,
    /// The alternative texts of images.
    asides: Vec<(String, Span)>,
}

impl Builder {
    /// Starts a block and ends the previous one.
    fn begin(&mut self, kind: BlockKind) {
        self.end();
        self.open = Some((kind, self.draft.article.text.len()));
    }

    /// Begins a list that is numbered from `start`, or not numbered.
    fn begin_list(&mut self, start: Option<usize>) {
        self.lists.push(start);
    }

    fn end_list(&mut self) {
        self.lists.pop();
    }

    /// Begins the next item of the innermost open list.
    fn begin_next_item(&mut self, kind: BlockKind) {
        let next = self.lists.last_mut().and_then(Option::as_mut);
        let number = next.map(|next| std::mem::replace(next, next.saturating_add(1)));
        self.begin_item(kind, number);
    }

    /// Begins a list item, numbered or not.
    fn begin_item(&mut self, kind: BlockKind, number: Option<usize>) {
        self.begin(kind);
        self.item = number;
    }

    fn end_item(&mut self) {
        self.end();
        self.item = None;
    }

    /// Adds text that was read from a range of the draft file.
    fn text(&mut self, text: &str, from: Span) {
        if let Some((_, note)) = self.note.as_ref().and_then(|_| self.draft.notes.last_mut()) {
            note.push_str(text);
            return;
        }
        if self.open.is_none() {
            if text.trim().is_empty() {
                return;
            }
            self.begin(BlockKind::Paragraph);
        }
        let at = self.draft.article.text.len();
        self.draft.positions.push(Segment { at, len: text.len(), from });
        self.draft.article.text.push_str(text);
    }

    /// Ends a link whose text started at `from`. If the link text is a number, the link is a mark, and the number is
    /// removed from the text.
    fn end_link(&mut self, target: &str, from: usize) {
        let text = &mut self.draft.article.text;
        let shown = text.get(from..).unwrap_or("");
        let is_mark = is_number(shown);
        // If the target is in the draft itself, the number identifies a source in the draft's list.
        let number = shown.trim().trim_matches(['[', ']', '(', ')']).to_owned();
        let target = if is_mark && target.starts_with('#') { number } else { target.to_owned() };
        if is_mark && self.note.is_none() {
            text.truncate(from);
        }
        self.link(&target, is_mark);
    }

    /// Adds a link that ends at the current position.
    fn link(&mut self, target: &str, is_mark: bool) {
        if let Some((_, note)) = self.note.as_ref().and_then(|_| self.draft.notes.last_mut()) {
            note.push(' ');
            note.push_str(target);
            note.push(' ');
            return;
        }
        let at = self.draft.article.text.len();
        self.links.push(Link { at, target: target.to_owned(), is_mark });
    }

    /// Sets a text, such as the alternative text of an image, apart from its paragraph; it becomes a paragraph after
    /// all others.
    fn aside(&mut self, text: &str, from: Span) {
        if !text.trim().is_empty() {
            self.asides.push((text.to_owned(), from));
        }
    }

    /// Begins a note to which marks refer; the text up to its end is stored separately.
    fn begin_note(&mut self, label: &str) {
        self.end();
        self.draft.notes.push((label.to_owned(), String::new()));
        self.note = Some(label.to_owned());
    }

    fn end_note(&mut self) {
        self.note = None;
    }

    /// Ends the open block.
    fn end(&mut self) {
        let links = std::mem::take(&mut self.links);
        let Some((kind, start)) = self.open.take() else { return };
        let text = &mut self.draft.article.text;
        quotemarks::normalize(text, start);
        let span = Span::new(start, text.len()).trimmed(text);
        if !span.is_empty() {
            self.numbered.extend(self.item.take().map(|n| (n, self.draft.article.blocks.len())));
            self.draft.article.blocks.push(Block { kind, span });
            self.draft.links.push(links);
            text.push_str("\n\n");
        }
    }

    fn finish(mut self) -> Draft {
        self.end();
        for (text, from) in std::mem::take(&mut self.asides) {
            self.begin(BlockKind::Paragraph);
            self.text(&text, from);
            self.end();
        }
        citation_marks::resolve(self.draft, &self.numbered)
    }
}

/// Returns whether the text of a link is a number, with or without brackets.
fn is_number(text: &str) -> bool {
    let text = text.trim().trim_matches(['[', ']', '(', ')']);
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::{Draft, Format};
    use crate::article::BlockKind;

    fn blocks(draft: &str, format: Format) -> Vec<(BlockKind, String, usize)> {
        let read = Draft::parse(draft, format);
        let line = |span| {
            let from = read.in_file(span).map_or(0, |s: crate::span::Span| s.start());
            1 + draft.bytes().take(from).filter(|b| *b == b'\n').count()
        };
        let block = |b: &crate::article::Block| {
            (b.kind, b.span.slice(&read.article.text).to_owned(), line(b.span))
        };
        read.article.blocks.iter().map(block).collect()
    }

    #[test]
    fn each_form_gives_the_same_paragraphs() {
        let expected = [
            (BlockKind::Heading, "News".to_owned(), 1),
            (BlockKind::Paragraph, "He said “no” & left.".to_owned(), 3),
            (BlockKind::Blockquote, "The dam held.".to_owned(), 5),
        ];
        let markdown = "# News\n\nHe **said** “no” &amp; left.\n\n> The dam\n> held.\n";
        assert_eq!(blocks(markdown, Format::Markdown), expected);
        let page = "<h1>News</h1><script>var a = \"x\";</script>\n\n<p>He <b>said</b> “no” &amp; left.</p>\n\
                    <p>\n<blockquote>The dam\nheld.</blockquote>";
        assert_eq!(blocks(page, Format::Html)[0].1, "News");
        assert_eq!(blocks(page, Format::Html)[1].1, "He said “no” & left.");
        assert_eq!(blocks(page, Format::Html)[2].0, BlockKind::Blockquote);
        let plain = "He said “no” & left.\n\n> The dam\n> held.\n";
        assert_eq!(
            blocks(plain, Format::Text)[1],
            (BlockKind::Blockquote, "The dam held.".to_owned(), 3)
        );
    }

    #[test]
    fn a_wrapped_line_with_a_dash_belongs_to_its_paragraph() {
        for (text, n) in [
            ("[1] Ferry returns, Selm Times\n    - News, 3 May", 1),
            (
                "    “We have a year\n    – not more – to do it.”\n    -- Ana Quill (Selm Times\n      - News)",
                2,
            ),
            ("Points\n- the quay\n- the ferry", 3),
            ("1. The quay:\n   - its piers\n   - its cranes", 3),
            ("- the quay\n  - its piers", 2),
            ("“We wait.”\n— Ana Quill", 2),
            ("We wait\n— Ana Quill", 2),
        ] {
            assert_eq!(blocks(text, Format::Text).len(), n, "{text}");
        }
    }

    #[test]
    fn notes_are_kept_apart() {
        let read = Draft::parse(
            "It held.[^1] So [Post](https://a.example/x).\n\n[^1]: Post, <https://b.example/>\n",
            Format::Markdown,
        );
        assert_eq!(read.links[0].len(), 2);
        assert!(read.notes[0].1.contains("https://b.example/"));
        assert_eq!(read.article.blocks.len(), 1);
    }
}
