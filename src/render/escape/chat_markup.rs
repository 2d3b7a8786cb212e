//! Escapes texts for chats, so that they contain no markup and mention nobody.
//!
//! * Slack (*Formatting text for app surfaces*): `&`, `<` and `>` are written as entities, so that a text cannot
//!   contain a mention (`<!channel>`, `<@U1>`) or a link; other markup is switched off for the whole message. Mattermost
//!   and Rocket.Chat take the same messages but read `@channel` as a mention, so a word joiner is put after `@`.
//! * Discord (*Markdown Text 101*): a backslash is put before every character that can open markup, a mention, an emoji
//!   or a link; the message also disallows mentions.
//! * Telegram (*Bot API, HTML style*): markup characters are written as entities, and a word joiner is put after `@`,
//!   because Telegram would otherwise detect a mention.
//!
//! Known limits: Slack shows `:name:` as an emoji; Slack and Telegram link bare addresses; Telegram also links
//! hashtags.

use crate::render::escape::markup;

/// The character WORD JOINER, which has no width.
const WORD_JOINER: char = '\u{2060}';

/// Escapes a text for Slack.
pub(super) fn slack(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '@' => out.extend(['@', WORD_JOINER]),
            _ => out.push(c),
        }
    }
    out
}

/// Escapes a text for Discord.
pub(super) fn discord(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let marker = list_marker(text);
    for (at, c) in text.char_indices() {
        let means = matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '~'
                | '|'
                | '<'
                | '>'
                | '['
                | ']'
                | '('
                | ')'
                | '@'
                | '#'
                | ':'
                | '&'
        );
        if means || marker == Some(at) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns the position of the character that would make the text a list item or a rule at the start of a line: `-`,
/// `+`, `=`, or the last character of `12.` or `12)`.
fn list_marker(text: &str) -> Option<usize> {
    if text.starts_with(['-', '+', '=']) {
        return Some(0);
    }
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (0 < digits && matches!(text.as_bytes().get(digits), Some(b'.' | b')'))).then_some(digits)
}

/// Escapes a text for Telegram.
pub(super) fn telegram(text: &str) -> String {
    let joiner = format!("@{WORD_JOINER}");
    markup::text(text).replace('@', &joiner)
}

/// Escapes an address for the target of a link in Slack, which would end at `|` or `>`.
pub(super) fn slack_address(address: &str) -> String {
    let address = address.replace('|', "%7C").replace('<', "%3C").replace('>', "%3E");
    slack(&address.replace('@', "%40"))
}

/// Escapes an address for the target of a link in Discord, which would end at a parenthesis or an angle bracket.
pub(super) fn discord_address(address: &str) -> String {
    address.replace('(', "%28").replace(')', "%29").replace('<', "%3C").replace('>', "%3E")
}

#[cfg(test)]
mod tests {
    use super::{discord, slack, slack_address, telegram};

    #[test]
    fn nobody_is_mentioned() {
        for mention in
            ["<!channel>", "<!here|here>", "<@U123>", "<#C1>", "<https://x.example|here>"]
        {
            assert!(!slack(mention).contains(['<', '>']), "{mention}");
        }
        assert_eq!(slack("@channel, @here"), "@\u{2060}channel, @\u{2060}here");
        assert_eq!(
            slack_address("https://x.example/@ana?a=1&b=2"),
            "https://x.example/%40ana?a=1&amp;b=2"
        );
        assert_eq!(
            discord("@everyone <@&12> <:a:1> a_b"),
            r"\@everyone \<\@\&12\> \<\:a\:1\> a\_b"
        );
        assert_eq!(telegram("@room <b>"), "@\u{2060}room &lt;b&gt;");
    }

    #[test]
    fn a_text_does_not_become_a_list_or_a_heading() {
        assert_eq!(discord("- a"), r"\- a");
        assert_eq!(discord("1986. A year"), r"1986\. A year");
        assert_eq!(discord("# a"), r"\# a");
        assert_eq!(discord("a well-known 3.5 % rise"), "a well-known 3.5 % rise");
    }
}
