//! Writes strings in front matter in a form that YAML 1.2 (double-quoted scalars), TOML (basic strings) and JSON all
//! parse in the same way.

use std::fmt::Write as _;

use crate::render::escape::readable;

/// Writes a text as a quoted string for YAML, TOML and JSON.
pub(in crate::render) fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in readable(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            // Characters that YAML forbids or treats as line breaks. All are below U+10000, so each needs only one
            // escape.
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\0'..='\u{1f}' => {
                _ = write!(out, "\\u{:04x}", c as u32);
            }
            // Site generators do not expand templates in front matter, but some themes do.
            '{' => out.push_str("\\u007b"),
            _ => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_backslashes_and_braces_are_escaped() {
        assert_eq!(quoted("a \"b\" \\ {{c}}\nd"), r#""a \"b\" \\ \u007b\u007bc}} d""#);
    }
}
