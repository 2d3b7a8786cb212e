//! The blocks of a text without markup, from a mail or a feed: its paragraphs, with the lines of each joined.

use crate::article::BlockKind;
use crate::read::hyphens::Hyphens;
use crate::read::page::MailBlock;
use crate::read::{layout, lines, text_links};

/// Returns the paragraphs, which are separated by blank lines or rules.
pub(in crate::read) fn paragraphs(lines: &[&str]) -> Vec<MailBlock> {
    let mut blocks = Vec::new();
    let is_rule = |line: &str| {
        3 <= line.trim().len()
            && line.chars().all(|c| matches!(c, '-' | '=' | '_' | '*' | '~' | ' '))
    };
    for paragraph in lines.split(|line| line.trim().is_empty() || is_rule(line)) {
        if !paragraph.is_empty() {
            let lines: Vec<&str> =
                paragraph.iter().map(|line| without_heading_mark(line)).collect();
            blocks.push(block(lines.join("\n"), BlockKind::Paragraph));
        }
    }
    blocks
}

/// Returns a line without the mark that makes it a heading: `** Mayor quits`, `## Mayor quits`.
fn without_heading_mark(line: &str) -> &str {
    let rest = line.trim_start_matches(['*', '#']);
    let is_marked = rest.starts_with(' ') && !matches!(line.len() - rest.len(), 0 | 7..);
    let is_item = line.starts_with("* ");
    if is_marked && !is_item { rest.trim().trim_end_matches(['*', '#']).trim_end() } else { line }
}

const fn block(text: String, kind: BlockKind) -> MailBlock {
    MailBlock { text, kind, link: None, linked: 0.0 }
}

/// Joins each line of a paragraph to the previous one if it starts in lower case and the previous one does not end a
/// sentence. The length of the lines does not matter, because messages are hard-wrapped. An address between a title and
/// its text becomes a paragraph of its own.
fn joined(paragraph: &str, hyphens: &Hyphens) -> String {
    let lines: Vec<&str> = paragraph.lines().collect();
    let mut out = String::new();
    for (i, line) in lines.iter().enumerate() {
        let is_below_title = i == 1 && is_address_of_title(&lines);
        if is_below_title {
            out.push_str("\n\n");
            out.push_str(line);
            out.push('\n');
        } else if line.starts_with(char::is_lowercase) && !lines::ends_sentence(&out) {
            hyphens.append(&mut out, line);
        } else {
            out.push_str(if out.is_empty() { "" } else { "\n" });
            out.push_str(line);
        }
    }
    text_links::parted(out)
}

/// Returns whether the second line of a paragraph is an address, and the first line is not a part of its sentence.
fn is_address_of_title(lines: &[&str]) -> bool {
    let [title, address, rest @ ..] = lines else { return false };
    text_links::is_address(address)
        && !title.ends_with([':', ','])
        && !lines::ends_sentence(title)
        && !rest.first().is_some_and(|line| line.starts_with(char::is_lowercase))
}

/// Returns the paragraphs of a text that has no markup.
pub(in crate::read) fn parse(text: &str) -> Vec<MailBlock> {
    unwrapped(&paragraphs(&text.lines().collect::<Vec<_>>()))
}

/// Joins the lines of paragraphs that were wrapped, and splits all other blocks into their lines.
pub(in crate::read) fn unwrapped(blocks: &[MailBlock]) -> Vec<MailBlock> {
    let text = blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n\n");
    let hyphens = Hyphens::collect(&text);
    let text = blocks.iter().map(|b| joined(&b.text, &hyphens)).collect::<Vec<_>>().join("\n\n");
    let piece = |found: &crate::article::Block| {
        let mut joined = String::new();
        found.span.slice(&text).lines().for_each(|line| hyphens.append(&mut joined, line));
        let kind = match found.kind {
            kind @ (BlockKind::Heading | BlockKind::ListItem) => kind,
            _ => BlockKind::Paragraph,
        };
        block(joined, kind)
    };
    let mut blocks: Vec<MailBlock> =
        layout::blocks(&text).iter().map(piece).map(text_links::linked).collect();
    text_links::link_titles(&mut blocks);
    blocks
}
