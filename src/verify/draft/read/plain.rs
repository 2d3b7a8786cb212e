//! Plain text: blank lines separate paragraphs, lines that begin with `>` are quoted, numbered and bulleted lines are
//! list items, and horizontal rules are left out.
//!
//! An indented paragraph is treated like any other. A line that begins with a long dash (or `--` and a space) is an
//! attribution and becomes a separate block, even if no blank line precedes it, unless it continues an unfinished
//! sentence in lower case.

use crate::article::BlockKind;
use crate::span::Span;
use crate::verify::draft::read::Builder;

/// Reads plain text.
pub(super) fn parse(draft: &str, builder: &mut Builder) {
    let mut before = None;
    let mut in_bullets = false;
    let mut start = 0;
    for line in draft.split_inclusive('\n') {
        let at = start + (line.len() - line.trim_start().len());
        start += line.len();
        let trimmed = line.trim();
        if trimmed.is_empty() || is_ruler(trimmed) {
            builder.end();
            before = None;
            continue;
        }
        let place = |text: &str| {
            let from = at + trimmed.len() - text.len();
            Span::new(from, from + text.len())
        };
        if let Some((number, item)) = numbered(trimmed) {
            builder.begin_item(BlockKind::ListItem, Some(number));
            before = Some(BlockKind::ListItem);
            in_bullets = false;
            builder.text(item, place(item));
            continue;
        }
        let (mut kind, mut text) = kind_of(trimmed);
        let is_indented = line.starts_with([' ', '\t']);
        let is_unfinished =
            || builder.draft.article.text.ends_with(|c: char| c.is_alphanumeric() || c == ',');
        // A wrapped name that looks like a list item: "(Selm Times\n      - News)".
        if kind == BlockKind::ListItem
            && before.is_some()
            && !in_bullets
            && is_indented
            && is_unfinished()
        {
            (kind, text) = (BlockKind::Paragraph, trimmed);
        }
        let is_attribution = starts_attribution(text, &builder.draft.article.text);
        let continues = before == Some(kind) || (before.is_some() && kind == BlockKind::Paragraph);
        if continues && kind != BlockKind::ListItem && !is_attribution {
            builder.text(" ", Span::new(at, at));
        } else {
            builder.begin(kind);
            before = Some(kind);
            in_bullets = kind == BlockKind::ListItem;
        }
        builder.text(text, place(text));
    }
}

/// Returns whether a line begins with a long dash and names the speaker of the lines before it. It does not if it
/// continues an unfinished sentence in lower case: "We have a year\n– not more – to do it".
fn starts_attribution(line: &str, before: &str) -> bool {
    let dashed = line.strip_prefix("-- ").or_else(|| line.strip_prefix(['—', '–', '―']));
    let is_name = |rest: &str| !rest.trim_start().starts_with(char::is_lowercase);
    let is_end =
        || before.trim_end().ends_with(|c: char| !c.is_alphanumeric() && c != ',' && c != '-');
    dashed.is_some_and(|rest| is_name(rest) || is_end())
}

/// Returns whether a line consists of one repeated character, as if to underline a heading or separate sections.
fn is_ruler(line: &str) -> bool {
    let mut signs = line.chars();
    let first = signs.next();
    line.len() >= 3
        && first.is_some_and(|c| matches!(c, '-' | '=' | '*' | '_' | '~' | '#'))
        && signs.all(|c| Some(c) == first)
}

/// Returns the number of a line that starts with `[3]`, `3.` or `3)`, and the rest of the line.
fn numbered(line: &str) -> Option<(usize, &str)> {
    let bracketed = line.strip_prefix('[').and_then(|rest| rest.split_once("] "));
    let (number, item) =
        bracketed.or_else(|| line.split_once(". ")).or_else(|| line.split_once(") "))?;
    let number = number.parse().ok().filter(|_| number.len() <= 3)?;
    Some((number, item.trim_start()))
}

fn kind_of(line: &str) -> (BlockKind, &str) {
    if let Some(quoted) = line.strip_prefix('>') {
        return (BlockKind::Blockquote, quoted.trim_start_matches(['>', ' ']));
    }
    for bullet in ["- ", "* ", "• "] {
        if let Some(item) = line.strip_prefix(bullet) {
            return (BlockKind::ListItem, item.trim_start());
        }
    }
    (BlockKind::Paragraph, line)
}
