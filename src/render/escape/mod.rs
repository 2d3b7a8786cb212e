//! Escapes texts for each output format.
//!
//! Escaping has two steps. [`readable`] is the same for all human-readable formats: it folds white space into single
//! spaces and neutralizes characters that affect the surrounding text. Then the result is escaped by the rules of the
//! format. The escapers accept any text and do not depend on where the text will be placed.

mod chat_markup;
mod markdown;
mod markup;
mod quoted;

use std::borrow::Cow;

use crate::printable;

pub(super) use markdown::Extensions;
pub(super) use quoted::quoted;

/// The format whose escaping rules apply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// `CommonMark` and its usual extensions.
    Markdown,
    /// HTML, in text and in quoted attributes.
    Html,
    /// XML, in text and in quoted attributes.
    Xml,
    /// Plain text, in which no character has a special meaning.
    Text,
    /// Slack messages, with markup switched off.
    Slack,
    /// Discord's Markdown.
    Discord,
    /// Telegram's HTML.
    Telegram,
}

impl Dialect {
    /// Returns the dialect's name inside the template engine.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::Xml => "xml",
            Self::Text => "text",
            Self::Slack => "slack",
            Self::Discord => "discord",
            Self::Telegram => "telegram",
        }
    }

    /// Returns the dialect with the given [name](Self::name) if templates can use it; chats have no templates.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Markdown, Self::Html, Self::Xml, Self::Text].into_iter().find(|d| d.name() == name)
    }

    /// Returns the dialect for the extension of a file name.
    pub(super) fn from_file_name(name: &str) -> Option<Self> {
        let name = name.strip_suffix(".j2").or_else(|| name.strip_suffix(".jinja")).unwrap_or(name);
        match name.rsplit_once('.')?.1 {
            "md" | "markdown" => Some(Self::Markdown),
            "html" | "htm" => Some(Self::Html),
            "xml" | "xhtml" | "atom" => Some(Self::Xml),
            "txt" | "text" => Some(Self::Text),
            _ => None,
        }
    }

    /// Escapes a text.
    pub(super) fn text(self, text: &str, extensions: Extensions) -> String {
        let text = readable(text);
        match self {
            Self::Markdown => markdown::text(&text, extensions),
            Self::Html | Self::Xml => markup::text(&text),
            Self::Text => text.into_owned(),
            Self::Slack => chat_markup::slack(&text),
            Self::Discord => chat_markup::discord(&text),
            Self::Telegram => chat_markup::telegram(&text),
        }
    }

    /// Escapes an address for use as the target of a link.
    pub(super) fn address(self, address: &str) -> String {
        match self {
            Self::Markdown => markdown::destination(address),
            Self::Html | Self::Xml | Self::Telegram => markup::text(address),
            Self::Slack => chat_markup::slack_address(address),
            Self::Discord => chat_markup::discord_address(address),
            Self::Text => address.to_owned(),
        }
    }
}

/// Folds white space into single spaces and neutralizes characters that affect the surrounding text.
///
/// Control characters and non-characters become U+FFFD. Bidirectional controls are kept, because texts in Arabic or
/// Hebrew need them, but any that are left open are closed at the end of the text, so that the direction of the
/// surrounding text does not change.
pub(super) fn readable(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| (b' '..0x7f).contains(&b))
        && !text.contains("  ")
        && text.trim() == text
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if folds(c) {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if c.is_control() || is_non_character(c) {
            out.push(char::REPLACEMENT_CHARACTER);
        } else {
            out.push(c);
        }
    }
    let mut out = out.trim().to_owned();
    let closing = printable::closing(&out);
    out.extend(closing);
    Cow::Owned(out)
}

/// Returns whether a character is white space at which a line may break, unlike no-break spaces.
fn folds(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

fn is_non_character(c: char) -> bool {
    let c = c as u32;
    (0xfdd0..=0xfdef).contains(&c) || c & 0xfffe == 0xfffe
}

#[cfg(test)]
mod tests {
    use super::{Dialect, readable};

    #[test]
    fn line_breaks_fold_and_no_break_spaces_stay() {
        assert_eq!(readable(" a\n\n b\t c\u{a0}d \u{2028}"), "a b c\u{a0}d");
    }

    #[test]
    fn control_characters_are_shown_as_lost() {
        assert_eq!(
            readable("a\0b\u{1b}[1m\u{85}c\u{9b}\u{ffff}"),
            "a\u{fffd}b\u{fffd}[1m c\u{fffd}\u{fffd}"
        );
    }

    #[test]
    fn a_text_that_turns_the_direction_turns_it_back() {
        assert_eq!(readable("a\u{202e}b"), "a\u{202e}b\u{202c}");
        assert_eq!(readable("\u{2067}a\u{202b}b\u{2069}"), "\u{2067}a\u{202b}b\u{2069}");
        assert_eq!(readable("\u{2067}a\u{2069}"), "\u{2067}a\u{2069}");
    }

    #[test]
    fn the_extension_of_a_template_names_its_dialect() {
        assert_eq!(Dialect::from_file_name("mine.html.j2"), Some(Dialect::Html));
        assert_eq!(Dialect::from_file_name("a.b/mine.md"), Some(Dialect::Markdown));
        assert_eq!(Dialect::from_file_name("mine"), None);
    }
}
