//! Collects the blocks of a page in a single walk over the tree, in reading order.
//!
//! A block is a run of inline content between two block-level boundaries, with white space folded. Two line breaks also
//! separate blocks. So does one line break after the end of a sentence or after a colon. A line that contains only the
//! author or the date and ends with a line break is a block of its own. The cells of a table row form one block unless
//! they contain block-level elements themselves. The walk also records the context of each block in the tree: the chain
//! of its containers with their hints, and the number of words and linked words in each container.
//!
//! Blocks that a browser does not display ([`super::visibility`]) are kept apart from the others. If a hidden element
//! that may contain the article has more prose than the visible part of the page, scripts are assumed to reveal the
//! element, and its blocks count as visible. Marks that are not part of the article's text are removed: the readings of
//! ruby annotations, the numbers of footnotes and the `[edit]` links of headings.

use std::hash::{Hash as _, Hasher as _};
use std::sync::LazyLock;

use dom_query::{Document, Element, NodeData};
use rustc_hash::FxHashMap;

use super::class_hints::{Hints, hint};
use super::visibility::{Sheet, Visibility, Way};
use super::walk::{Place, Visitor};
use crate::article::BlockKind;
use crate::read::{line_patterns, lines};

/// A block of a page: a run of inline content between two block-level boundaries.
#[derive(Clone, Debug)]
pub(super) struct PageBlock {
    /// The text, with white space folded.
    pub(super) text: String,
    /// The kind of block, which follows from the enclosing elements.
    pub(super) kind: BlockKind,
    /// The innermost enclosing block-level element, as an index into [`Page::containers`].
    pub(super) container: u32,
    /// The level of a heading; 0 for other blocks.
    pub(super) level: u8,
    /// The number of bytes of the text that are in links.
    pub(super) linked: u32,
    /// The number of bytes of the text that are in bold.
    pub(super) bold: u32,
    /// The length of the first line, if all of it is a link or in bold and a line break follows; otherwise 0.
    pub(super) title_line: u32,
    /// The number of links.
    pub(super) links: u32,
    /// The target of the first link that has an absolute web address.
    pub(super) link: Option<String>,
    /// Whether the block is inside a table.
    pub(super) in_table: bool,
    /// Whether the block is preformatted, as code is.
    pub(super) is_code: bool,
    /// Whether the block is in a hidden element that scripts are assumed to reveal.
    pub(super) is_revealed: bool,
}

/// A block-level element, which may contain blocks and other containers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Container {
    /// The enclosing container; the first container encloses itself.
    pub(super) parent: u32,
    /// The number of enclosing containers.
    pub(super) depth: u32,
    /// The hints of the element itself.
    pub(super) hints: Hints,
    /// The hints of the element and all its ancestors.
    pub(super) all_hints: Hints,
    /// The number of words in the element, at any depth.
    pub(super) words: u32,
    /// The number of words in links in the element, at any depth.
    pub(super) linked_words: u32,
    /// The number of words in prose blocks that are directly in the element or in one of its child containers.
    pub(super) prose_words: u32,
    /// Whether the element, or one that encloses it, is marked as the body of the article.
    pub(super) is_body: bool,
    /// Whether the element is a list or a table.
    pub(super) is_list: bool,
    /// A hash of the tags and classes of the element and its parent container. Paragraphs that are styled alike have
    /// the same signature.
    pub(super) signature: u64,
}

/// The blocks and containers of a page.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub(super) blocks: Vec<PageBlock>,
    pub(super) containers: Vec<Container>,
    /// The blocks that a browser does not display.
    pub(super) hidden: Vec<PageBlock>,
}

/// Returns the blocks of a document.
pub(super) fn collect(document: &Document, sheet: &Sheet) -> Page {
    let mut walk = Walk::new(sheet);
    super::walk::walk(document, &mut walk, &mut ());
    walk.finish()
}

/// The maximum number of bytes in a line that can be only the author or the date.
const LINE_OF_HEAD: usize = 100;

/// Elements whose content is never part of the article's text.
const SKIPPED: &[&str] = &[
    "audio", "button", "canvas", "embed", "head", "iframe", "input", "math", "noscript", "object",
    "option", "rp", "rt", "script", "select", "style", "svg", "template", "textarea", "title",
    "video",
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

/// Maps each tag that the walk treats specially to its treatment. The map is looked up, never iterated.
static TAGS: LazyLock<FxHashMap<&'static str, Tag>> = LazyLock::new(|| {
    let skipped = SKIPPED.iter().map(|tag| (*tag, Tag::Skipped));
    skipped.chain(BLOCK_LEVEL.iter().map(|tag| (*tag, Tag::Block))).collect()
});

#[derive(Clone, Copy, PartialEq, Eq)]
enum Tag {
    Skipped,
    Block,
}

/// Collects blocks during a walk.
pub(super) struct Walk<'s> {
    sheet: &'s Sheet,
    page: Page,
    /// For each block, the index of the innermost veil that covers it.
    of_veil: Vec<u32>,
    /// For each open element, the state to restore when the walk leaves it.
    open: Vec<Open>,
    /// The index of the container at the current position of the walk.
    container: u32,
    run: Run,
    /// The runs that hidden inline elements have interrupted, innermost last.
    interrupted: Vec<Run>,
    veils: Vec<Veil>,
    /// The index of the innermost veil at the current position. The first veil hides nothing.
    veil: u32,
    link_depth: u32,
    bold_depth: u32,
    table_depth: u32,
    pre_depth: u32,
    kinds: Vec<BlockKind>,
    level: u8,
}

/// The block that is being collected.
#[derive(Default)]
struct Run {
    text: String,
    /// The offset at which the current line starts: after the last single line break, or 0 if there was none.
    line_start: usize,
    linked: u32,
    bold: u32,
    title_line: u32,
    links: u32,
    link: Option<String>,
    breaks: u8,
}

/// A hidden element with its content, except for the content of nested veils.
#[derive(Clone, Copy)]
struct Veil {
    /// The index of the enclosing veil.
    parent: u32,
    /// How the element is hidden; `None` for the first veil.
    way: Option<Way>,
    /// Whether the element can contain the article. Hidden dialogs, consent notices, navigation, footers and comments
    /// cannot, nor can veils inside them.
    may_be_article: bool,
    /// The number of words in prose blocks under the veil, including those under nested veils.
    prose: u32,
}

/// The state to restore when the walk leaves an element.
struct Open {
    kind: OpenKind,
    veil: u32,
    /// Whether the element interrupts the block that contains it.
    interrupts: bool,
}

enum OpenKind {
    /// An inline element: the offset at which its text starts, and whether it is superscript.
    Inline {
        start: usize,
        is_raised: bool,
    },
    Link {
        start: usize,
    },
    Bold,
    Cell,
    Block {
        container: u32,
        heading: bool,
        table: bool,
        pre: bool,
    },
}

impl Visitor for Walk<'_> {
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
        let before = self.veil;
        self.cover(self.sheet.visibility(&place.node, element), place.hints);
        let is_block = known == Some(Tag::Block);
        let interrupts = self.veil != before && !is_block;
        if interrupts {
            self.interrupted.push(std::mem::take(&mut self.run));
        }
        let kind = if is_block {
            self.open_block(element, tag, place.hints, before)
        } else {
            self.open_inline(element, tag)
        };
        self.open.push(Open { kind, veil: before, interrupts });
        true
    }

    /// Restores the state from before the walk entered the element.
    fn leave(&mut self) {
        let Some(Open { kind, veil, interrupts }) = self.open.pop() else { return };
        match kind {
            OpenKind::Link { start } => {
                self.link_depth -= 1;
                self.drop_mark(start, true);
            }
            OpenKind::Bold => self.bold_depth -= 1,
            OpenKind::Cell => self.space(),
            OpenKind::Block { container, heading, table, pre } => {
                self.flush();
                self.container = container;
                self.kinds.pop();
                if heading {
                    self.level = 0;
                }
                self.table_depth -= u32::from(table);
                self.pre_depth -= u32::from(pre);
            }
            OpenKind::Inline { start, is_raised } => {
                if is_raised || self.level > 0 {
                    self.drop_mark(start, !is_raised);
                }
            }
        }
        if interrupts {
            self.flush();
            self.run = self.interrupted.pop().unwrap_or_default();
        }
        self.veil = veil;
    }
}

impl<'s> Walk<'s> {
    pub(super) fn new(sheet: &'s Sheet) -> Self {
        let bare = Veil { parent: 0, way: None, may_be_article: true, prose: 0 };
        Self {
            sheet,
            page: Page { containers: vec![Container::default()], ..Page::default() },
            of_veil: Vec::new(),
            open: Vec::new(),
            container: 0,
            run: Run::default(),
            interrupted: Vec::new(),
            veils: vec![bare],
            veil: 0,
            link_depth: 0,
            bold_depth: 0,
            table_depth: 0,
            pre_depth: 0,
            kinds: Vec::new(),
            level: 0,
        }
    }

    /// Ends the walk and returns the page, with the hidden blocks separated from the others.
    pub(super) fn finish(mut self) -> Page {
        self.flush();
        let is_shown = self.shown_veils();
        let all = std::mem::take(&mut self.page.blocks).into_iter().zip(&self.of_veil);
        for (mut block, veil) in all {
            let shown = is_shown[*veil as usize];
            block.is_revealed = shown && *veil > 0;
            let list = if shown { &mut self.page.blocks } else { &mut self.page.hidden };
            list.push(block);
        }
        self.page.count();
        self.page
    }

    /// Enters a new veil if an element is hidden; leaves the current one if the element makes itself visible again.
    fn cover(&mut self, seen: Visibility, hints: Hints) {
        let way = |walk: &Self| walk.veils[walk.veil as usize].way;
        if seen.is_visible && way(self) == Some(Way::Visibility)
            || seen.has_font_size && way(self) == Some(Way::FontSize)
        {
            self.veil = self.veils[self.veil as usize].parent;
        }
        if let Some(hidden) = seen.hidden {
            let around = self.veils[self.veil as usize].may_be_article;
            let never = [hint::CONSENT, hint::NAVIGATION, hint::FOOTER, hint::COMMENTS];
            let may_be_article =
                around && hidden != Way::Dialog && !never.iter().any(|h| hints.has(*h));
            self.veils.push(Veil {
                parent: self.veil,
                way: Some(hidden),
                may_be_article,
                prose: 0,
            });
            self.veil = self.veils.len() as u32 - 1;
        }
    }

    /// Returns, for each veil, whether its blocks count as visible. Those of a hidden element do if the element may
    /// contain the article and has more prose than the visible part of the page.
    ///
    /// Some pages fade in their paragraphs one by one, so all elements that are hidden by `opacity` or `visibility` are
    /// counted together.
    fn shown_veils(&mut self) -> Vec<bool> {
        let mut shown = vec![true; self.veils.len()];
        if self.veils.len() == 1 {
            return shown;
        }
        let mut visible = 0;
        let mut transparent = 0;
        for (block, veil) in self.page.blocks.iter().zip(&self.of_veil) {
            let n = words(&block.text) as u32;
            if !is_prose(n, block) {
                continue;
            }
            self.veils[*veil as usize].prose += n;
            match self.veils[*veil as usize] {
                Veil { way: None, .. } => visible += n,
                Veil {
                    way: Some(Way::Opacity | Way::Visibility), may_be_article: true, ..
                } => {
                    transparent += n;
                }
                Veil { .. } => {}
            }
        }
        for i in (1..self.veils.len()).rev() {
            let Veil { parent, prose, .. } = self.veils[i];
            if parent > 0 {
                self.veils[parent as usize].prose += prose;
            }
        }
        for (i, veil) in self.veils.iter().enumerate().skip(1) {
            let is_revealed =
                matches!(veil.way, Some(Way::Opacity | Way::Visibility)) && visible < transparent;
            let lifted = veil.may_be_article && (is_revealed || visible < veil.prose);
            shown[i] = lifted && shown[veil.parent as usize];
        }
        shown
    }

    fn open_inline(&mut self, element: &Element, tag: &str) -> OpenKind {
        match tag {
            "a" => {
                self.link_depth += 1;
                self.run.links += 1;
                if self.run.link.is_none() {
                    let href = element.attrs.iter().find(|a| &*a.name.local == "href");
                    self.run.link =
                        href.map(|a| a.value.trim().to_owned()).filter(|h| h.starts_with("http"));
                }
                OpenKind::Link { start: self.run.text.len() }
            }
            "b" | "strong" => {
                self.bold_depth += 1;
                OpenKind::Bold
            }
            "td" | "th" => {
                self.space();
                OpenKind::Cell
            }
            _ => OpenKind::Inline { start: self.run.text.len(), is_raised: tag == "sup" },
        }
    }

    /// Removes the text from `start` on if it is a mark, such as `[1]`, `[edit]` or the symbol of a link to a heading.
    ///
    /// Superscript text is a mark if it is in brackets or is a link that consists of a number or a symbol such as `†`.
    /// Other text is a mark only in a heading, and only if it is in brackets or is a symbol such as `¶`.
    fn drop_mark(&mut self, start: usize, on_line: bool) {
        let Some(mark) = self.run.text.get(start..) else { return };
        let mark = mark.trim();
        let letters = mark.chars().take(41).count();
        let bracketed = mark.starts_with('[') && mark.ends_with(']') && letters <= 40;
        let is_sign = matches!(mark, "#" | "¶" | "§" | "🔗" | "∞");
        let is_linked = self.run.linked as usize >= mark.len();
        let is_number =
            letters <= 3 && mark.chars().all(|c| c.is_ascii_digit() || "*†‡".contains(c));
        let is_mark = if on_line {
            self.level > 0 && (bracketed || is_sign) && start > 0
        } else {
            bracketed || is_number && is_linked && self.run.links > 0
        };
        if mark.is_empty() || !is_mark {
            return;
        }
        let len = (self.run.text.len() - start) as u32;
        self.run.text.truncate(start);
        self.run.linked = self.run.linked.saturating_sub(len);
    }

    fn open_block(&mut self, element: &Element, tag: &str, hints: Hints, veil: u32) -> OpenKind {
        // A hidden element does not hide the text before it, so that text is flushed under the enclosing veil.
        let own = std::mem::replace(&mut self.veil, veil);
        self.flush();
        self.veil = own;
        let attribute = |name: &str| super::raw_metadata::attribute(element, name);
        let around = self.page.containers[self.container as usize];
        let is_heading = matches!(tag, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
        let open = OpenKind::Block {
            container: self.container,
            heading: is_heading,
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
            is_list: matches!(tag, "ul" | "ol" | "dl" | "table"),
            signature: signature(around.signature, tag, attribute("class").unwrap_or("")),
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
        if is_heading {
            self.level = tag.as_bytes()[1] - b'0';
        }
        self.table_depth += u32::from(tag == "table");
        self.pre_depth += u32::from(tag == "pre");
        open
    }

    fn text(&mut self, text: &str) {
        let before = self.run.text.len();
        let mut rest = text;
        while let Some(first) = rest.bytes().next() {
            let plain = rest.bytes().take_while(u8::is_ascii_graphic).count();
            if plain > 0 {
                let (run, after) = rest.split_at(plain);
                self.run.breaks = 0;
                self.run.text.push_str(run);
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
        let added = self.run.text.len().saturating_sub(before) as u32;
        if self.link_depth > 0 {
            self.run.linked += added;
        }
        if self.bold_depth > 0 {
            self.run.bold += added;
        }
    }

    fn character(&mut self, c: char) {
        match c {
            // These characters have neither width nor meaning, but they would split words.
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {}
            '\n' if self.pre_depth > 0 => self.line_break(),
            _ if c.is_whitespace() => self.space(),
            c if c.is_control() => {}
            c => {
                self.run.breaks = 0;
                self.run.text.push(c);
            }
        }
    }

    fn space(&mut self) {
        if !self.run.text.is_empty() && !self.run.text.ends_with(' ') {
            self.run.text.push(' ');
        }
    }

    fn line_break(&mut self) {
        self.run.breaks += 1;
        let line = self.run.text.trim_end();
        if self.run.breaks >= 2 || line.ends_with(':') || lines::ends_sentence(line) {
            self.flush();
        } else if self.is_line_of_head() {
            let line = self.run.text.split_off(self.run.line_start);
            self.flush();
            self.run.text = line;
            self.flush();
        } else {
            let length = line.len() as u32;
            if self.run.line_start == 0 && length <= self.run.linked.max(self.run.bold) {
                self.run.title_line = length;
            }
            self.space();
            self.run.line_start = self.run.text.len();
        }
    }

    /// Returns whether the current line contains only the author or the date. Old markup uses single line breaks to
    /// separate such a line from the title and the text. A line with a label (`Date: Mon, 9 Mar 2026`) does not count,
    /// because it belongs to the header of an email message, whose lines are kept together.
    fn is_line_of_head(&self) -> bool {
        let line = self.run.text.get(self.run.line_start..).unwrap_or("").trim();
        let label = line.split_once(':').map(|(label, _)| label);
        let is_labelled = label.is_some_and(|label| label.chars().all(char::is_alphabetic));
        line.len() <= LINE_OF_HEAD
            && !is_labelled
            && (line_patterns::byline(line).is_some() || line_patterns::is_date_line(line))
    }

    fn flush(&mut self) {
        self.run.breaks = 0;
        let Run { text, linked, bold, title_line, links, link, .. } = &self.run;
        let trimmed = text.trim();
        if !trimmed.is_empty() {
            let len = trimmed.len() as u32;
            let block = PageBlock {
                text: trimmed.to_owned(),
                kind: self.kinds.last().copied().unwrap_or(BlockKind::Paragraph),
                container: self.container,
                level: self.level,
                linked: len.min(*linked),
                bold: len.min(*bold),
                title_line: *title_line,
                links: *links,
                link: link.clone(),
                in_table: self.table_depth > 0,
                is_code: self.pre_depth > 0,
                is_revealed: false,
            };
            self.page.blocks.push(block);
            self.of_veil.push(self.veil);
        }
        let link = self.run.link.take().filter(|_| self.link_depth > 0);
        let links = u32::from(self.link_depth > 0);
        let mut text = std::mem::take(&mut self.run.text);
        text.clear();
        self.run = Run { text, links, link, ..Run::default() };
    }
}

/// Returns a hash of an element's tag and classes and of its container's signature.
fn signature(around: u64, tag: &str, classes: &str) -> u64 {
    let mut state = rustc_hash::FxHasher::default();
    // Only the half of the container's signature that does not depend on its own container is used, so that paragraphs
    // in different sections can have the same signature.
    (around >> 32, tag).hash(&mut state);
    // Digits are ignored, because numbers in classes often count elements (`block-3`).
    classes.split(|c: char| c.is_ascii_digit()).for_each(|part| part.hash(&mut state));
    let mut own = rustc_hash::FxHasher::default();
    tag.hash(&mut own);
    classes.split(|c: char| c.is_ascii_digit()).for_each(|part| part.hash(&mut own));
    own.finish() << 32 | state.finish() >> 32
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
                // A paragraph element is a container itself, so its words also count for the enclosing container.
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

/// Counts words. In scripts without spaces, every two ideographs or kana, or every six letters, count as one word.
pub(super) fn words(text: &str) -> usize {
    let spaced = text.split_ascii_whitespace().count();
    if text.len() < spaced * 12 {
        return spaced;
    }
    let (mut wide, mut run_on) = (0, 0);
    for c in text.chars() {
        match c as u32 {
            0x3040..=0x30FF | 0x3400..=0x9FFF => wide += 1,
            // Thai, Lao, Tibetan, Burmese, Khmer.
            0x0E00..=0x0FFF | 0x1000..=0x109F | 0x1780..=0x17FF => run_on += 1,
            _ => {}
        }
    }
    spaced + wide / 2 + run_on / 6
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use crate::article::BlockKind::{Blockquote, Caption, Heading, ListItem, Paragraph};
    use crate::read::page::visibility::Sheet;

    fn blocks(document: &Document) -> super::Page {
        super::collect(document, &Sheet::default())
    }

    fn texts(html: &str) -> Vec<String> {
        blocks(&Document::from(html)).blocks.into_iter().map(|b| b.text).collect()
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
        let kinds: Vec<_> = blocks(&Document::from(html)).blocks.iter().map(|b| b.kind).collect();
        assert_eq!(kinds, [Heading, ListItem, ListItem, Blockquote, Caption, Paragraph]);
    }

    #[test]
    fn links_are_weighed() {
        let page = blocks(&Document::from("<p>ab <a href=x>cdef</a></p>"));
        assert_eq!((page.blocks[0].linked, page.blocks[0].links), (4, 1));
    }

    #[test]
    fn marks_beside_the_text_are_no_text() {
        for (html, text) in [
            (
                "<p>Built in 1911.<sup><a href=#n>[1]</a></sup> Mended.<sup>[citation needed]</sup>",
                "Built in 1911. Mended.",
            ),
            ("<p>A claim.<sup><a href=#fn3>3</a></sup>", "A claim."),
            ("<p>10<sup>3</sup> men and CO<sub>2</sub> [1]", "103 men and CO2 [1]"),
            ("<h2><span>History</span><span>[<a href=#>edit</a>]</span></h2>", "History"),
            ("<h2>History <a href=#h>¶</a></h2>", "History"),
            ("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>字", "漢字"),
        ] {
            assert_eq!(texts(html), [text], "{html}");
        }
    }

    #[test]
    fn hidden_text_is_parted_from_the_rest() {
        let prose = |n: usize| format!("<p>{}.", "one word after another ".repeat(n));
        let shown = |html: String| {
            blocks(&Document::from(html)).blocks.iter().map(|b| b.text.len()).sum::<usize>()
        };
        for hides in ["hidden", "style=display:none", "style=opacity:0", "style=visibility:hidden"]
        {
            let html =
                |inside| format!("{}<div {hides}><div>{}</div></div>", prose(10), prose(inside));
            assert_eq!(shown(html(4)), shown(prose(10)), "{hides}");
            assert!(shown(html(40)) > shown(prose(40)), "{hides}");
        }
        assert_eq!(texts("<p>One <span hidden>two <b>three</b></span>four"), ["One four"]);
        assert_eq!(
            texts("<p style=visibility:hidden>One <span style=visibility:visible>two"),
            ["two"]
        );
        assert_eq!(shown(format!("{}<dialog>{}</dialog>", prose(5), prose(50))), shown(prose(5)));
        let faded: String =
            (0..6).map(|_| prose(5).replace("<p>", "<p style=opacity:0>")).collect();
        assert_eq!(shown(faded), 6 * shown(prose(5)));
    }
}
