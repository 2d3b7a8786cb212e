//! Plain text: paragraphs parted by blank lines, lines of `>` quoted, numbered lines at the end as sources.

use crate::article::BlockKind;
use crate::verify::draft::read::Builder;

/// Reads plain text.
pub(super) fn read(draft: &str, builder: &mut Builder) {
    let mut before = None;
    for (n, line) in draft.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            builder.end();
            before = None;
            continue;
        }
        if let Some((number, item)) = numbered(trimmed) {
            builder.begin_item(BlockKind::ListItem, Some(number));
            before = Some(BlockKind::ListItem);
            builder.text(item, n + 1);
            continue;
        }
        let (kind, text) = kind_of(trimmed);
        let continues = before == Some(kind) || (before.is_some() && kind == BlockKind::Paragraph);
        if continues && kind != BlockKind::ListItem {
            builder.text(" ", n + 1);
        } else {
            builder.begin(kind);
            before = Some(kind);
        }
        builder.text(text, n + 1);
    }
}

/// A line that starts with `[3]`, `3.` or `3)`, and what follows.
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
