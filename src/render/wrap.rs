//! Wraps plain text to a given width.
//!
//! Wrapping is greedy: a word goes on the current line if it fits. East Asian characters are two columns wide, and a
//! line can break between any two of them, but not before closing punctuation; combining marks have no width. A word
//! longer than a line gets its own line and is not split. A dash or a similar character between spaces stays on the
//! line of the preceding word, because `- News` at the start of a line would look like a list item.

use crate::printable::{columns, unbreakable};

/// Breaks a text into lines of at most `width` columns, if no word is longer; the first line starts with `first`, and
/// the others with `rest`.
pub(super) fn wrap(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut out = String::from(first);
    let mut column = columns(first);
    let mut at_start = true;
    let mut pieces = pieces(text).peekable();
    while let Some((space, piece)) = pieces.next() {
        let space = usize::from(space && !at_start);
        let sign = pieces.next_if(|(space, next)| *space && is_sign(next));
        let sign_width = sign.map_or(0, |(_, sign)| 1 + columns(sign));
        if !at_start && column + space + columns(piece) + sign_width > width {
            out.push('\n');
            out.push_str(rest);
            column = columns(rest);
        } else if space == 1 {
            out.push(' ');
            column += 1;
        }
        out.push_str(piece);
        if let Some((_, sign)) = sign {
            out.push(' ');
            out.push_str(sign);
        }
        column += columns(piece) + sign_width;
        at_start = false;
    }
    out
}

/// Returns whether a piece consists of dashes or of characters that begin a list item, a heading or a quotation in
/// Markdown.
fn is_sign(piece: &str) -> bool {
    piece.chars().all(|c| "-–—*+>#".contains(c))
}

/// Returns a line of one repeated character, as wide as a text, but at least one and at most `width` columns.
pub(super) fn rule(sign: &str, text: &str, width: usize) -> String {
    sign.repeat(columns(text).clamp(1, width))
}

/// Splits a text into unbreakable pieces, each with a flag for whether a space precedes it.
fn pieces(text: &str) -> impl Iterator<Item = (bool, &str)> {
    text.split([' ', '\n']).filter(|w| !w.is_empty()).flat_map(|word| {
        let mut rest = word;
        let mut space = true;
        std::iter::from_fn(move || {
            let end = unbreakable(rest)?;
            let (piece, tail) = rest.split_at_checked(end)?;
            rest = tail;
            Some((std::mem::take(&mut space), piece))
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{rule, wrap};
    use crate::printable::columns;

    #[test]
    fn lines_are_filled_and_indented() {
        assert_eq!(wrap("one two three four", 10, "- ", "  "), "- one two\n  three\n  four");
        assert_eq!(wrap("a verylongwordindeed b", 6, "", ""), "a\nverylongwordindeed\nb");
    }

    #[test]
    fn a_sign_does_not_begin_a_line() {
        assert_eq!(wrap("the Selm Times - News", 15, "", ""), "the Selm\nTimes - News");
        assert_eq!(wrap("closed – for good", 7, "", ""), "closed –\nfor\ngood");
    }

    #[test]
    fn east_asian_text_breaks_between_characters_but_not_before_a_stop() {
        assert_eq!(wrap("橋は閉鎖。再開", 8, "", ""), "橋は閉\n鎖。再開");
    }

    #[test]
    fn a_rule_is_as_wide_as_its_text() {
        assert_eq!(rule("=", "Title", 72), "=====");
        assert_eq!(rule("=", "", 72), "=");
    }

    proptest! {
        #[test]
        fn wrapping_changes_only_white_space(text in "[a-z橋。 ]{0,80}", width in 4_usize..40) {
            let bare = |t: &str| t.split_whitespace().collect::<String>();
            let wrapped = wrap(&text, width, "", "");
            prop_assert_eq!(bare(&wrapped), bare(&text));
            for line in wrapped.lines().filter(|l| l.contains(' ')) {
                prop_assert!(columns(line) <= width, "{:?}", line);
            }
        }
    }
}
