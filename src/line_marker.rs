//! Markers at the start of a line: `• The road is shut`, `2. The road is shut`, `> The road is shut`.

use crate::span::slice;

/// A marker at the start of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Marker {
    /// `•` and similar characters, which are used only for list items.
    Bullet,
    /// `-`, `*`, `+` or `–`, which mark list items if several consecutive lines start with them.
    Dash(char),
    /// `1.` or `1)`.
    Number(u32),
    /// `>`.
    Quoted,
}

/// Returns the marker that a line starts with.
pub(crate) fn marker(line: &str) -> Option<Marker> {
    let first = line.chars().next()?;
    let rest = slice(line, first.len_utf8(), line.len());
    let spaced = rest.starts_with(char::is_whitespace);
    match first {
        '•' | '‣' | '◦' | '▪' | '▫' | '■' | '□' | '●' | '○' | '·' | '∙' | '➢' | '►' | '▸' | '✓'
        | '✔'
            if !rest.trim_start().is_empty() =>
        {
            Some(Marker::Bullet)
        }
        '-' | '*' | '+' | '–' if spaced => Some(Marker::Dash(first)),
        '>' => Some(Marker::Quoted),
        '0'..='9' => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let rest = slice(line, digits, line.len());
            let closed = rest.strip_prefix(['.', ')'])?.starts_with(char::is_whitespace);
            let number = slice(line, 0, digits).parse().ok()?;
            (closed && digits <= 3).then_some(Marker::Number(number))
        }
        _ => None,
    }
}

/// Returns the text of a line without its list marker. `>` is kept, and so is a marker that no text follows.
pub(crate) fn without(line: &str) -> &str {
    let behind = match marker(line) {
        Some(Marker::Bullet | Marker::Dash(_)) => line.chars().next().map_or(0, char::len_utf8),
        Some(Marker::Number(_)) => line.bytes().take_while(u8::is_ascii_digit).count() + 1,
        Some(Marker::Quoted) | None => 0,
    };
    let text = slice(line, behind, line.len()).trim_start();
    if text.is_empty() { line } else { text }
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn only_the_marker_is_taken_off() {
        for (line, text) in [
            ("• The road is shut.", "The road is shut."),
            ("·The road is shut.", "The road is shut."),
            ("- The road is shut.", "The road is shut."),
            ("*The road is shut.", "*The road is shut."),
            ("2. The road is shut.", "The road is shut."),
            ("12) The road is shut.", "The road is shut."),
            ("2.5 km of the road are shut.", "2.5 km of the road are shut."),
            ("2008. The road is shut.", "2008. The road is shut."),
            ("> The road is shut.", "> The road is shut."),
            ("•", "•"),
            ("- ", "- "),
        ] {
            assert_eq!(without(line), text, "{line}");
        }
    }
}
