//! Escapes Markdown: puts a backslash before a character only if it would otherwise be markup.
//!
//! Follows the rules of `CommonMark` 0.31 and the additions of GitHub, Obsidian, kramdown and site generators. A text
//! may be placed at the start of a line, in a heading, in emphasis or in a link, so its first and last characters are
//! escaped for all of these places.
//!
//! Known limits: GitHub links an address such as `name@host` regardless of the preceding character, and the typographic
//! extensions of site generators may curl straight quotation marks.

/// Syntax that a Markdown flavor adds and that a text could trigger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::render) struct Extensions {
    /// `$…$` is mathematics (GitHub, Obsidian).
    pub(in crate::render) math: bool,
    /// `|` separates the cells of the tables in the template (GitHub).
    pub(in crate::render) cells: bool,
    /// `#word`, `==word==`, `%%word%%` and `^` are markup (Obsidian).
    pub(in crate::render) notes: bool,
}

/// Escapes a text that contains no line breaks.
pub(super) fn text(text: &str, extensions: Extensions) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    let opening = opening_marker(&chars);
    let closing = closing_hashes(&chars);
    for (i, &c) in chars.iter().enumerate() {
        let at = At { chars: &chars, i };
        if let Some(entity) = entity_for(c, at) {
            out.push_str(entity);
            continue;
        }
        if opening == Some(i) || closing == Some(i) || has_meaning(c, at, extensions) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Escapes an address for the destination of a link, which is in parentheses.
pub(super) fn destination(address: &str) -> String {
    let chars: Vec<char> = address.chars().collect();
    let brackets_pair = brackets_pair(&chars);
    let mut out = String::with_capacity(address.len());
    for (i, &c) in chars.iter().enumerate() {
        let entity = c == '&' && (At { chars: &chars, i }).starts_entity();
        if entity || c == '\\' || matches!(c, '(' | ')') && !brackets_pair {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns whether all parentheses are balanced and nested at most three deep.
fn brackets_pair(chars: &[char]) -> bool {
    let mut depth = 0;
    for c in chars {
        match c {
            '(' if depth < 3 => depth += 1,
            ')' if depth > 0 => depth -= 1,
            '(' | ')' => return false,
            _ => {}
        }
    }
    depth == 0
}

/// A character in its context.
#[derive(Clone, Copy)]
struct At<'a> {
    chars: &'a [char],
    i: usize,
}

impl At<'_> {
    fn before(self) -> Option<char> {
        self.i.checked_sub(1).map(|i| self.chars[i])
    }

    fn after(self) -> Option<char> {
        self.chars.get(self.i + 1).copied()
    }

    fn inside_word(self) -> bool {
        let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        letter(self.before()) && letter(self.after())
    }

    /// Returns whether an entity such as `&name;` or `&#12;` starts here, or a prefix of one that the following text
    /// could complete.
    fn starts_entity(self) -> bool {
        let rest = &self.chars[self.i + 1..];
        let length = rest.iter().take_while(|c| c.is_ascii_alphanumeric() || **c == '#').count();
        length > 0 && matches!(rest.get(length), None | Some(';'))
    }

    fn follows(self, word: &str) -> bool {
        let start = self.i.saturating_sub(word.chars().count());
        self.chars[start..self.i].iter().copied().map(|c| c.to_ascii_lowercase()).eq(word.chars())
    }
}

/// Returns the entity for syntax that a backslash does not escape: the opening of Liquid, Tera and Hugo tags and of
/// kramdown attributes, and the end of heading attributes.
fn entity_for(c: char, at: At<'_>) -> Option<&'static str> {
    match (c, at.after()) {
        ('{', None | Some('{' | '%' | '#' | '<' | ':' | '.')) => Some("&#123;"),
        ('}', None) => Some("&#125;"),
        _ => None,
    }
}

fn has_meaning(c: char, at: At<'_>, extensions: Extensions) -> bool {
    match c {
        '\\' | '`' | '*' | '[' | ']' | '~' => true,
        '_' => !at.inside_word(),
        '<' => {
            at.after().is_none_or(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?' | '<'))
        }
        '&' => at.starts_entity(),
        // GitHub links addresses that start with `http:`, `https:`, `ftp:` or `www.`, even without markup.
        ':' => at.follows("http") || at.follows("https") || at.follows("ftp") || emoji(at),
        '.' => at.follows("www"),
        '=' => extensions.notes && (at.after() == Some('=') || at.before() == Some('=')),
        '%' => extensions.notes && (at.after() == Some('%') || at.before() == Some('%')),
        '#' => extensions.notes && at.after().is_some_and(char::is_alphabetic),
        '$' => extensions.math,
        '|' => extensions.cells,
        '^' => extensions.notes,
        _ => false,
    }
}

/// Returns whether a colon starts `:name:`, which GitHub and Hugo show as an emoji.
fn emoji(at: At<'_>) -> bool {
    let rest = &at.chars[at.i + 1..];
    let name = |c: &&char| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-');
    let length = rest.iter().take_while(name).count();
    length > 0 && rest.get(length) == Some(&':')
}

/// Returns the position of the character that would turn the text into a heading, a list item or another kind of block
/// at the start of a line.
fn opening_marker(chars: &[char]) -> Option<usize> {
    match chars.first()? {
        '#' | '>' | '-' | '+' | '=' | '|' | ':' => Some(0),
        '0'..='9' => {
            let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
            let ends = chars.get(digits + 1).is_none_or(|c| *c == ' ');
            (ends && matches!(chars.get(digits), Some('.' | ')'))).then_some(digits)
        }
        _ => None,
    }
}

/// Returns the position of the first of the trailing `#` characters, which a heading would lose.
fn closing_hashes(chars: &[char]) -> Option<usize> {
    let hashes = chars.iter().rev().take_while(|c| **c == '#').count();
    let start = chars.len() - hashes;
    let apart = start == 0 || chars[start - 1] == ' ';
    (hashes > 0 && apart).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::{Extensions, destination, text};

    fn plain(t: &str) -> String {
        text(t, Extensions::default())
    }

    #[test]
    fn ordinary_prose_is_left_alone() {
        for prose in [
            "The U.S. said 5% of AT&T's staff (about 12) left - for good; a < b, R&D, snake_case!",
            "“Prices rose by $5.20 to 1,986.” 3 + 4 = 7; it's 10:30 a.m. | see #12 and C#",
            "2008 was a year. 1.5 million came.",
        ] {
            assert_eq!(plain(prose), prose);
        }
    }

    #[test]
    fn what_would_mean_something_is_escaped() {
        for (given, written) in [
            ("*a* _b_ `c` [d](e)", r"\*a\* \_b\_ \`c\` \[d\](e)"),
            ("<b> </b> <!-- --> &copy; &#35; 1 < 2", r"\<b> \</b> \<!-- --> \&copy; \&#35; 1 < 2"),
            ("# a", r"\# a"),
            ("- a", r"\- a"),
            ("1986. A year", r"1986\. A year"),
            ("> a", r"\> a"),
            ("C #", r"C \#"),
            ("{{ x }} {% y %} {: .z}", r"&#123;{ x }} &#123;% y %} &#123;: .z&#125;"),
            (
                "see https://a.example or www.b.example :smile:",
                r"see https\://a.example or www\.b.example \:smile:",
            ),
            ("back\\slash ~~x~~", r"back\\slash \~\~x\~\~"),
        ] {
            assert_eq!(plain(given), written, "{given}");
        }
    }

    #[test]
    fn flavours_escape_what_they_add() {
        let all = Extensions { math: true, cells: true, notes: true };
        assert_eq!(text("$5 a|b #tag ==c== %%d%%", all), r"\$5 a\|b \#tag \=\=c\=\= \%\%d\%\%");
    }

    #[test]
    fn brackets_and_entities_of_an_address_are_escaped() {
        assert_eq!(destination("https://a.example/b_(c)?d&lt;"), r"https://a.example/b_(c)?d\&lt;");
        assert_eq!(destination("https://a.example/b)(?c&d=1"), r"https://a.example/b\)\(?c&d=1");
    }
}
