//! The blocks of a page: one walk over the tree, in the order of reading.
//!
//! A block is a run of inline content between two borders of block-level elements, with its white space folded. Two line
//! breaks part blocks too, and so does one after the end of a sentence. Cells of one table row make one block unless they hold
//! blocks themselves. The walk also gathers what the tree says about each block: the chain of its containers with
//! their hints, and how much text and how many links these hold.

use std::sync::LazyLock;

use dom_query::{Document, Element, NodeData};
use rustc_hash::FxHashMap;

use super::class_hints::{Hints, hint};
use super::walk::{Place, Visitor};
use crate::article::BlockKind;

/// A block as it stands on the page.
#[derive(Clone, Debug)]
pub(super) struct PageBlock {
    /// The text with folded white space.
    pub(super) text: String,
    /// What the element around it says it is.
    pub(super) kind: BlockKind,
    /// The innermost block-level element around it, by its place in [`Page::containers`].
    pub(super) container: u32,
    /// Level of a heading, else 0.
    pub(super) level: u8,
    /// Bytes of the text that lie in links.
    pub(super) linked: u32,
    /// Bytes of the text that are bold.
    pub(super) bold: u32,
    /// Number of links.
    pub(super) links: u32,
    /// Where the first of them leads.
    pub(super) link: Option<String>,
    /// Whether it lies in a table.
    pub(super) in_table: bool,
    /// Whether it is set as typed text, as code is.
    pub(super) is_code: bool,
}

/// A block-level element.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Container {
    /// The container around it; the first container is its own.
    pub(super) parent: u32,
    /// Containers around it.
    pub(super) depth: u32,
    /// What it says itself.
    pub(super) hints: Hints,
    /// What it and all around it say.
    pub(super) all_hints: Hints,
    /// Words in it, at any depth.
    pub(super) words: u32,
    /// Words of links in it.
    pub(super) linked_words: u32,
    /// Words of long blocks that lie directly in it.
    pub(super) prose_words: u32,
    /// Whether it is marked as the body of the article.
    pub(super) is_body: bool,
}

/// The blocks of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) blocks: Vec<PageBlock>,
    pub(super) containers: Vec<Container>,
}

/// Returns the blocks of a tree.
pub(super) fn of(document: &Document) -> Page {
    let mut walk = Walk::default();
    super::walk::walk(document, &mut walk, &mut ());
    walk.finish()
}

/// Elements whose content no reader sees as text.
const SKIPPED: &[&str] = &[
    "audio", "button", "canvas", "embed", "head", "iframe", "input", "math", "noscript", "object",
    "option", "script", "select", "style", "svg", "template", "textarea", "title", "video",
];

/// Elements that begin and end a block.
const BLOCK_LEVEL: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "label",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "picture",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// What the name of an element says about its content; only looked up in, never iterated.
static TAGS: LazyLock<FxHashMap<&'static str, Tag>> = LazyLock::new(|| {
    let skipped = SKIPPED.iter().map(|tag| (*tag, Tag::Skipped));
    skipped.chain(BLOCK_LEVEL.iter().map(|tag| (*tag, Tag::Block))).collect()
});

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Skipped,
    Block,
}

/// Gathers blocks on a walk.
pub(super) struct Walk {
    page: Page,
    /// Open elements that matter: their role, to be undone when they are left.
    open: Vec<Open>,
    /// The container of the walk's place.
    container: u32,
    text: String,
    linked: u32,
    bold: u32,
    links: u32,
    link: Option<String>,
    breaks: u8,
    link_depth: u32,
    bold_depth: u32,
    table_depth: u32,
    pre_depth: u32,
    kinds: Vec<BlockKind>,
    level: u8,
}

/// What leaving an element undoes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Inline,
    Link,
    Bold,
    Cell,
    Block { container: u32, kind: bool, heading: bool, table: bool, pre: bool },
}

impl Default for Walk {
    fn default() -> Self {
        Self {
            page: Page { containers: vec![Container::default()], ..Page::default() },
            open: Vec::new(),
            container: 0,
            text: String::new(),
            linked: 0,
            bold: 0,
            links: 0,
            link: None,
            breaks: 0,
            link_depth: 0,
            bold_depth: 0,
            table_depth: 0,
            pre_depth: 0,
            kinds: Vec::new(),
            level: 0,
        }
    }
}

impl Visitor for Walk {
    fn enter(&mut self, place: &Place<'_, '_>) -> bool {
        let Some(element) = place.element else {
            place.node.query(|node| {
                if let NodeData::Text { contents } = &node.data {
                    self.text(contents);
                }
            });
            return false;
        };
        let tag = &*element.name.local;
        let known = TAGS.get(tag).copied();
        if known == Some(Tag::Skipped) {
            return false;
        }
        if tag == "br" {
            self.line_break();
            return false;
        }
        let open = match tag {
            "a" => {
                self.link_depth += 1;
                self.links += 1;
                if self.link.is_none() {
                    let href = element.attrs.iter().find(|a| &*a.name.local == "href");
                    self.link =
                        href.map(|a| a.value.trim().to_owned()).filter(|h| h.starts_with("http"));
                }
                Open::Link
            }
            "b" | "strong" => {
                self.bold_depth += 1;
                Open::Bold
            }
            "td" | "th" => {
                self.space();
                Open::Cell
            }
            _ if known == Some(Tag::Block) => {
                self.flush();
                self.open_block(element, tag, place.hints)
            }
            _ => Open::Inline,
        };
        self.open.push(open);
        true
    }

    /// Undoes what entering an element did.
    fn leave(&mut self) {
        match self.open.pop() {
            Some(Open::Link) => self.link_depth -= 1,
            Some(Open::Bold) => self.bold_depth -= 1,
            Some(Open::Cell) => self.space(),
            Some(Open::Block { container, kind, heading, table, pre }) => {
                self.flush();
                self.container = container;
                if kind {
                    self.kinds.pop();
                }
                if heading {
                    self.level = 0;
                }
                self.table_depth -= u32::from(table);
                self.pre_depth -= u32::from(pre);
            }
            Some(Open::Inline) | None => {}
        }
    }
}

impl Walk {
    /// Returns what was gathered, once the walk is over.
    pub(super) fn finish(mut self) -> Page {
        self.flush();
        self.page.count();
        self.page
    }

    fn open_block(&mut self, element: &Element, tag: &str, mut hints: Hints) -> Open {
        let attribute =
            |name: &str| element.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value);
        let hidden = attribute("hidden").is_some()
            || attribute("aria-hidden") == Some("true")
            || attribute("style").is_some_and(|s| {
                let squeezed: String = s.chars().filter(|c| !c.is_whitespace()).take(256).collect();
                squeezed.contains("display:none") || squeezed.contains("visibility:hidden")
            });
        if hidden {
            hints = hints.and(Hints::of(hint::HIDDEN));
        }
        let around = self.page.containers[self.container as usize];
        let open = Open::Block {
            container: self.container,
            kind: true,
            heading: matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"),
            table: tag == "table",
            pre: tag == "pre",
        };
        self.page.containers.push(Container {
            parent: self.container,
            depth: around.depth + 1,
            hints,
            all_hints: around.all_hints.and(hints),
            is_body: around.is_body
                || attribute("itemprop").is_some_and(|p| {
                    p.split_ascii_whitespace().any(|p| p.eq_ignore_ascii_case("articleBody"))
                }),
            ..Container::default()
        });
        self.container = self.page.containers.len() as u32 - 1;
        let around = self.kinds.last().copied().unwrap_or(BlockKind::Paragraph);
        self.kinds.push(match tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
            "figcaption" | "caption" => BlockKind::Caption,
            _ if around == BlockKind::Caption => around,
            "blockquote" => BlockKind::Blockquote,
            _ if around == BlockKind::Blockquote => around,
            "li" => BlockKind::ListItem,
            "ul" | "ol" | "table" => BlockKind::Paragraph,
            _ => around,
        });
        if let Open::Block { heading: true, .. } = open {
            self.level = tag.as_bytes()[1] - b'0';
        }
        self.table_depth += u32::from(tag == "table");
        self.pre_depth += u32::from(tag == "pre");
        open
    }

    fn text(&mut self, text: &str) {
        let before = self.text.len();
        let mut rest = text;
        while let Some(first) = rest.bytes().next() {
            let plain = rest.bytes().take_while(u8::is_ascii_graphic).count();
            if plain > 0 {
                let (run, after) = rest.split_at(plain);
                self.breaks = 0;
                self.text.push_str(run);
                rest = after;
            } else if first == b' ' {
                self.space();
                rest = rest.trim_start_matches(' ');
            } else {
                let mut chars = rest.chars();
                chars.next().into_iter().for_each(|c| self.character(c));
                rest = chars.as_str();
            }
        }
        let added = self.text.len().saturating_sub(before) as u32;
        if self.link_depth > 0 {
            self.linked += added;
        }
        if self.bold_depth > 0 {
            self.bold += added;
        }
    }

    fn character(&mut self, c: char) {
        match c {
            // No width, no meaning: left in, they break words apart.
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {}
            '\n' if self.pre_depth > 0 => self.line_break(),
            _ if c.is_whitespace() => self.space(),
            c if c.is_control() => {}
            c => {
                self.breaks = 0;
                self.text.push(c);
            }
        }
    }

    fn space(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    fn line_break(&mut self) {
        self.breaks += 1;
        let ended = self.text.trim_end().ends_with(['.', '!', '?', '”', '"', '…', '。', ':']);
        if self.breaks >= 2 || ended {
            self.flush();
        } else {
            self.space();
        }
    }

    fn flush(&mut self) {
        self.breaks = 0;
        let text = self.text.trim();
        if !text.is_empty() {
            let block = PageBlock {
                text: text.to_owned(),
                kind: self.kinds.last().copied().unwrap_or(BlockKind::Paragraph),
                container: self.container,
                level: self.level,
                linked: self.linked.min(text.len() as u32),
                bold: self.bold.min(text.len() as u32),
                links: self.links,
                link: self.link.clone(),
                in_table: self.table_depth > 0,
                is_code: self.pre_depth > 0,
            };
            self.page.blocks.push(block);
        }
        self.text.clear();
        (self.linked, self.bold, self.links) = (0, 0, u32::from(self.link_depth > 0));
        if self.link_depth == 0 {
            self.link = None;
        }
    }
}

impl Page {
    /// Counts the words of each container.
    fn count(&mut self) {
        for block in &self.blocks {
            let words = words(&block.text) as u32;
            let linked = (u64::from(words) * u64::from(block.linked)
                / block.text.len().max(1) as u64) as u32;
            let container = &mut self.containers[block.container as usize];
            container.words += words;
            container.linked_words += linked;
            if is_prose(words, block) {
                // A paragraph element is its own container: what counts is the element around it.
                let around = container.parent as usize;
                container.prose_words += words;
                self.containers[around].prose_words += words;
            }
        }
        for i in (1..self.containers.len()).rev() {
            let Container { parent, words, linked_words, .. } = self.containers[i];
            let parent = &mut self.containers[parent as usize];
            parent.words += words;
            parent.linked_words += linked_words;
        }
    }
}

/// Returns whether a block looks like a paragraph of prose.
pub(super) fn is_prose(words: u32, block: &PageBlock) -> bool {
    words >= 12 && block.level == 0 && u64::from(block.linked) * 3 < block.text.len() as u64
}

/// Counts words; a CJK character counts as half of one.
pub(super) fn words(text: &str) -> usize {
    let spaced = text.split_ascii_whitespace().count();
    if text.len() < spaced * 12 {
        return spaced;
    }
    let wide =
        text.chars().filter(|c| matches!(*c as u32, 0x3040..=0x30FF | 0x3400..=0x9FFF)).count();
    spaced + wide / 2
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::of;
    use crate::article::BlockKind::{Blockquote, Caption, Heading, ListItem, Paragraph};

    fn texts(html: &str) -> Vec<String> {
        of(&Document::from(html)).blocks.into_iter().map(|b| b.text).collect()
    }

    #[test]
    fn blocks_end_where_a_reader_sees_an_end() {
        assert_eq!(
            texts("<div>One <b>two</b>\n three<p>Four</div>five"),
            ["One two three", "Four", "five"]
        );
        assert_eq!(texts("<p>One.<br>Two,<br>three<br><br>four"), ["One.", "Two, three", "four"]);
        assert_eq!(texts("<table><tr><td>a<td>b<tr><td><p>c</p><p>d"), ["a b", "c", "d"]);
        assert_eq!(
            texts("<p>a<script>x</script><style>y</style>b&shy;c<svg><text>z</text></svg>"),
            ["abc"]
        );
    }

    #[test]
    fn kinds_come_from_the_elements_around() {
        let html = "<h2>A</h2><ul><li>b<li><p>c</ul><blockquote><p>d</blockquote><figure><figcaption><p>e</figure><p>f";
        let kinds: Vec<_> = of(&Document::from(html)).blocks.iter().map(|b| b.kind).collect();
        assert_eq!(kinds, [Heading, ListItem, ListItem, Blockquote, Caption, Paragraph]);
    }

    #[test]
    fn links_are_weighed() {
        let page = of(&Document::from("<p>ab <a href=x>cdef</a></p>"));
        assert_eq!((page.blocks[0].linked, page.blocks[0].links), (4, 1));
    }
}
