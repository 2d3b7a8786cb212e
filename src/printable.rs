//! Neutralizes characters that affect a terminal or the surrounding text: escapes or removes control characters, and
//! closes or escapes bidirectional controls.
//!
//! Control characters (C0 except tab and line feed, DEL, C1) start escape sequences: `ESC ] 0 ;` renames a window, and
//! U+009B moves the cursor. Bidirectional embeddings, overrides and isolates (UAX #9, X1–X7) change the direction of
//! the text that follows until they are closed. Both can occur in untrusted text: titles, file names, archive members,
//! settings, error messages.
//!
//! Also measures the width of text in terminal columns; an East Asian character takes two.
//!
//! Known limit: invisible characters without such effects (zero-width spaces, tags) are left alone.

use std::borrow::Cow;

use crate::span::slice;
use std::fmt::Write as _;

/// Returns the text in a form that is safe to print on a terminal: control characters are escaped (`\u{1b}`), and
/// bidirectional controls are closed in each line.
///
/// Tabs and line breaks (LF and CRLF) are kept.
#[cfg(any(feature = "cli", test))]
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| matches!(b, b'\n' | b'\t' | b' '..=b'~')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends_line = c == '\r' && chars.peek() == Some(&'\n');
        if c.is_control() && !matches!(c, '\n' | '\t') && !ends_line {
            // Writing to a String can't fail.
            let _ = write!(out, "{}", c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(close_lines(&out).into_owned())
}

/// Escapes the characters in the strings of a JSON text that affect a terminal, change the direction of text, or end a
/// line.
pub(crate) fn in_json(json: String) -> String {
    if json.is_ascii() && !json.contains('\u{7f}') {
        return json;
    }
    let acts =
        |c: char| (c.is_control() && c != '\n') || turns(c) || matches!(c, '\u{2028}' | '\u{2029}');
    if !json.contains(acts) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if acts(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Removes control characters from a single-line text, such as a title; those that are white space become spaces.
pub(crate) fn remove_controls(text: &mut String) {
    if text.chars().any(char::is_control) {
        let kept = text.chars().filter_map(|c| match c {
            c if c.is_control() && c.is_whitespace() => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        });
        *text = kept.collect();
    }
}

/// Closes, at the end of each line, the bidirectional controls that the line leaves open.
pub(crate) fn close_lines(text: &str) -> Cow<'_, str> {
    if !text.contains(turns) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for line in text.split_inclusive(['\n', '\u{2029}']) {
        let body = line.trim_end_matches(['\r', '\n', '\u{2029}']);
        out.push_str(body);
        out.extend(closing(body));
        out.push_str(slice(line, body.len(), line.len()));
    }
    Cow::Owned(out)
}

/// Returns the characters that close the bidirectional controls that a text leaves open, in the order in which they
/// must be appended.
pub(crate) fn closing(text: &str) -> Vec<char> {
    let mut open = Vec::new();
    for c in text.chars().filter(|c| turns(*c)) {
        match c {
            '\u{202c}' if open.last() == Some(&c) => _ = open.pop(),
            // The end of an isolate also closes the embeddings and overrides inside it.
            '\u{2069}' => {
                if let Some(at) = open.iter().rposition(|o| *o == c) {
                    open.truncate(at);
                }
            }
            '\u{202a}' | '\u{202b}' | '\u{202d}' | '\u{202e}' => open.push('\u{202c}'),
            '\u{2066}'..='\u{2068}' => open.push('\u{2069}'),
            _ => {}
        }
    }
    open.reverse();
    open
}

/// Returns whether a character opens or closes an embedding, an override or an isolate.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns the length in bytes of the first piece of a word that a line break must not divide: an East Asian character
/// with the punctuation and combining marks after it, or everything before the first East Asian character. Returns
/// `None` for an empty word.
pub(crate) fn unbreakable(word: &str) -> Option<usize> {
    let first = word.chars().next()?;
    let end = if width_of(first) == 2 {
        word.char_indices().skip(1).find(|(_, c)| !clings(*c)).map(|(at, _)| at)
    } else {
        word.find(|c| width_of(c) == 2)
    };
    Some(end.unwrap_or(word.len()))
}

/// Returns whether a character must not start a line after an East Asian character.
fn clings(c: char) -> bool {
    width_of(c) == 0 || "、。，．：；？！）」』】〕〉》’”…".contains(c) || c.is_ascii_punctuation()
}

/// Returns the width of a text in terminal columns.
pub(crate) fn columns(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// Returns the width of a character in terminal columns, judging by its Unicode block.
pub(crate) const fn width_of(c: char) -> usize {
    match c as u32 {
        0x300..=0x36f
        | 0x200b..=0x200f
        | 0x202a..=0x202e
        | 0x2060..=0x2069
        | 0xfe00..=0xfe0f
        | 0xfeff => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff
        | 0x20000..=0x3fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{close_lines, closing, in_json, remove_controls, visible};

    #[test]
    fn controls_are_shown_and_line_breaks_stay() {
        assert_eq!(visible("a\tb\r\nc\n"), "a\tb\r\nc\n");
        assert_eq!(visible("\u{1b}]0;x\u{7}\u{9b}31m\rz"), "\\u{1b}]0;x\\u{7}\\u{9b}31m\\u{d}z");
        assert_eq!(visible("ça va – 北京"), "ça va – 北京");
    }

    #[test]
    fn a_line_that_turns_the_direction_turns_it_back_before_its_end() {
        assert_eq!(visible("a\u{202e}b\nc"), "a\u{202e}b\u{202c}\nc");
        assert_eq!(close_lines("\u{2067}a\u{202b}b\r\n"), "\u{2067}a\u{202b}b\u{202c}\u{2069}\r\n");
        assert_eq!(close_lines("\u{2067}a\u{202b}b\u{2069}"), "\u{2067}a\u{202b}b\u{2069}");
        assert!(closing("\u{202e}a\u{202c}").is_empty());
    }

    #[test]
    fn json_keeps_its_value() {
        let text = "a\u{7f}b\u{9b}c\u{202e}d\u{85}\u{2028}é\u{1b}\"\\";
        let json = in_json(serde_json::to_string_pretty(&[text]).unwrap());
        assert!(!json.contains(|c: char| c.is_control() && c != '\n'), "{json:?}");
        assert!(json.contains("\\u202e") && json.contains('é'), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [text]);
    }

    #[test]
    fn a_title_is_one_line_without_controls() {
        let mut title = "Bridge\u{1b}[31m\nshut\u{9b} – \u{202e}北\u{0}".to_owned();
        remove_controls(&mut title);
        assert_eq!(title, "Bridge[31m shut – \u{202e}北");
    }

    proptest! {
        #[test]
        fn nothing_acts_on_a_terminal(text in "(?s)[a-z \u{0}-\u{1f}\u{7f}-\u{9f}\u{202a}-\u{202e}\u{2066}-\u{2069}\n]{0,60}") {
            let shown = visible(&text);
            for line in shown.split('\n') {
                let line = line.strip_suffix('\r').unwrap_or(line);
                prop_assert!(!line.contains(|c: char| c.is_control() && c != '\t'), "{line:?}");
                prop_assert!(closing(line).is_empty(), "{line:?}");
            }
            prop_assert_eq!(visible(&shown), shown.clone());
        }
    }
}
