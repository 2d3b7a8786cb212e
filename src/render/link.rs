//! Links to sources: accepts only addresses that are safe to link to, and adds a fragment that leads to the quoted
//! words.
//!
//! The fragment is the text directive of the WICG draft "URL Fragment Text Directives": `#:~:text=start` or
//! `#:~:text=start,end`. Each part is percent-encoded, including `-`, `,` and `&`, which have a special meaning in the
//! directive. A browser that does not support the directive opens the page without it.
//!
//! Known limits: if the words on the page differ (a footnote mark between them, a different kind of apostrophe), the
//! browser opens the page at the top. A host name that is not ASCII is left for the browser to convert. A text without
//! spaces is split between characters, and a browser that segments the page into words might not find the parts.

use core::net::Ipv6Addr;
use std::fmt::Write as _;

/// The maximum number of words in a text that the directive contains in full. Of a longer text, of one with very long
/// words, or of one with line breaks, it contains only the start and the end.
const WHOLE: usize = 8;

/// The maximum number of words in the start and in the end of a text that the directive does not contain in full.
const EDGE: usize = 4;

/// The maximum number of characters of each word in the start and the end. Longer words, which occur mainly in texts
/// without spaces, are cut.
const LONGEST: usize = 40;

/// Returns an address that is safe to link to: it has the scheme `http` or `https` and a host, and every character that
/// RFC 3986 does not allow after the host, such as a space, a line break or `"`, is percent-encoded. Returns `None` if
/// the address has no such scheme, no valid host or an invalid port, or if it has a user name.
///
/// ```
/// use nutgraf::render::web_link;
///
/// assert_eq!(web_link("https://post.example/a b\"c").as_deref(), Some("https://post.example/a%20b%22c"));
/// assert_eq!(web_link("javascript:alert(1)"), None);
/// ```
pub fn web_link(url: &str) -> Option<String> {
    let url = url.trim();
    let (scheme, rest) = url.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    if scheme != "http" && scheme != "https" {
        return None;
    }
    let host_end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(host_end);
    if !is_authority(host) {
        return None;
    }
    let mut link = format!("{scheme}://{host}");
    // The first `#` starts the fragment; RFC 3986 allows no further `#` in it.
    let (path, fragment) = path.split_once('#').map_or((path, None), |(p, f)| (p, Some(f)));
    escape(path, &mut link);
    if let Some(fragment) = fragment {
        link.push('#');
        escape(fragment, &mut link);
    }
    Some(link)
}

/// Appends a part of an address, percent-encoding every character that RFC 3986 does not allow in it, including a
/// percent sign that does not start an escape: `100%` becomes `100%25`.
fn escape(part: &str, link: &mut String) {
    for (at, c) in part.char_indices() {
        let starts_escape = || {
            let code = part.as_bytes().get(at + 1..at + 3);
            code.is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit))
        };
        let is_kept = if c == '%' { starts_escape() } else { in_path(c) };
        if is_kept {
            link.push(c);
        } else {
            encode(c, link);
        }
    }
}

/// Returns a link that leads to a text on a page: the [`web_link`] with a text directive.
pub fn link_to_text(url: &str, text: &str) -> Option<String> {
    let link = web_link(url)?;
    let directive = text_fragment(text);
    if directive.is_empty() {
        return Some(link);
    }
    let plain = link.split(":~:").next().unwrap_or(&link);
    let hash = if plain.contains('#') { "" } else { "#" };
    Some(format!("{plain}{hash}:~:{directive}"))
}

/// Returns `text=…`, the directive that leads to a text, or an empty string if the text is empty.
///
/// ```
/// use nutgraf::render::text_fragment;
///
/// assert_eq!(text_fragment("The bridge is closed."), "text=The%20bridge%20is%20closed.");
/// ```
pub fn text_fragment(text: &str) -> String {
    let one_block = !text.contains('\n');
    let words: Vec<&str> = text.split_whitespace().collect();
    let (Some(first), Some(last)) =
        (text.lines().find(|l| has_word(l)), text.lines().rfind(|l| has_word(l)))
    else {
        return String::new();
    };
    let length: usize = words.iter().map(|w| w.chars().count()).sum();
    if one_block && words.len() <= WHOLE && length <= WHOLE * LONGEST / 2 {
        return format!("text={}", encoded(&words));
    }
    let first: Vec<&str> = first.split_whitespace().take(EDGE).map(head).collect();
    let ends: Vec<&str> = last.split_whitespace().collect();
    let last: Vec<&str> = ends[ends.len().saturating_sub(EDGE)..].iter().map(|w| tail(w)).collect();
    format!("text={},{}", encoded(&first), encoded(&last))
}

fn has_word(line: &str) -> bool {
    line.chars().any(|c| !c.is_whitespace())
}

fn head(word: &str) -> &str {
    word.char_indices().nth(LONGEST).and_then(|(at, _)| word.get(..at)).unwrap_or(word)
}

fn tail(word: &str) -> &str {
    let from_end = word.char_indices().rev().nth(LONGEST - 1);
    from_end.and_then(|(at, _)| word.get(at..)).unwrap_or(word)
}

fn encoded(words: &[&str]) -> String {
    let mut out = String::new();
    for (i, word) in words.iter().enumerate() {
        if i > 0 {
            out.push_str("%20");
        }
        for c in word.chars() {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '~') {
                out.push(c);
            } else {
                encode(c, &mut out);
            }
        }
    }
    out
}

fn encode(c: char, out: &mut String) {
    for byte in c.encode_utf8(&mut [0; 4]).bytes() {
        _ = write!(out, "%{byte:02X}");
    }
}

/// Returns whether a text is a host, or an IPv6 address in brackets, with an optional port.
///
/// User names are rejected, because they can make one host look like another.
fn is_authority(text: &str) -> bool {
    let (host, port) = match text.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((address, rest)) => {
            if address.parse::<Ipv6Addr>().is_err() {
                return false;
            }
            return rest.is_empty() || rest.strip_prefix(':').is_some_and(is_port);
        }
        None => text.split_once(':').map_or((text, None), |(host, port)| (host, Some(port))),
    };
    !host.is_empty() && host.chars().all(in_host) && port.is_none_or(is_port)
}

fn is_port(text: &str) -> bool {
    text.is_empty() || text.parse::<u16>().is_ok()
}

fn in_host(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '-' | '_')
}

/// Returns whether RFC 3986 allows a character after the host, apart from percent signs and the `#` that starts the
/// fragment.
fn in_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-._~:/?@!$&'()*+,;=".contains(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{link_to_text, text_fragment, web_link};

    #[test]
    fn only_web_addresses_are_linked_to() {
        for bad in [
            "javascript:alert(1)",
            "data:text/html,x",
            "//host/x",
            "https://",
            "ftp://a/b",
            "x",
            "JaVaScRiPt://%0aalert(1)",
            "https://user@host/",
            "https://a b/",
            "https://a\"onload=x/",
            "https://a[b/",
            "https://[::1/",
            "https://[a.example]/",
            "https://[::1]x/",
            "https://a.example:port/",
            "https://a.example:1:2/",
            "https://:80/",
        ] {
            assert_eq!(web_link(bad), None, "{bad}");
        }
        assert_eq!(
            web_link(" HTTPS://a.example/b?c=d&e#f ").as_deref(),
            Some("https://a.example/b?c=d&e#f")
        );
        assert_eq!(
            web_link("https://a.example/\"><b>\n`é").as_deref(),
            Some("https://a.example/%22%3E%3Cb%3E%0A%60%C3%A9"),
        );
    }

    #[test]
    fn whatever_rfc_3986_does_not_allow_is_encoded() {
        for (written, linked) in [
            ("https://a.example/#f#g", "https://a.example/#f%23g"),
            ("https://a.example/##", "https://a.example/#%23"),
            ("https://a.example/?q=1#2#3#4", "https://a.example/?q=1#2%233%234"),
            ("https://a.example#x#y", "https://a.example#x%23y"),
            ("https://a.example/%zz", "https://a.example/%25zz"),
            ("https://a.example/100%", "https://a.example/100%25"),
            ("https://a.example/%4", "https://a.example/%254"),
            ("https://a.example/%%41", "https://a.example/%25%41"),
            ("https://a.example/?q=50%&r=%e4", "https://a.example/?q=50%25&r=%e4"),
            ("https://a.example/#5%é", "https://a.example/#5%25%C3%A9"),
            ("https://[2001:db8::1]:8080/a%20b", "https://[2001:db8::1]:8080/a%20b"),
            ("https://a.example:/[x]", "https://a.example:/%5Bx%5D"),
        ] {
            assert_eq!(web_link(written).as_deref(), Some(linked), "{written}");
            assert_eq!(web_link(linked).as_deref(), Some(linked), "{linked}");
        }
    }

    #[test]
    fn a_short_text_is_given_whole_with_its_signs_encoded() {
        assert_eq!(text_fragment("Well-known, R&D"), "text=Well%2Dknown%2C%20R%26D");
    }

    #[test]
    fn a_long_text_is_given_by_start_and_end() {
        let text = "The bridge over the river was closed at noon on Friday.";
        assert_eq!(text_fragment(text), "text=The%20bridge%20over%20the,at%20noon%20on%20Friday.");
    }

    #[test]
    fn a_text_over_two_paragraphs_is_given_by_an_edge_in_each() {
        assert_eq!(text_fragment("One two.\n\nThree four."), "text=One%20two.,Three%20four.");
    }

    #[test]
    fn texts_without_spaces_are_cut_between_characters() {
        let directive = text_fragment(&"橋".repeat(200));
        assert_eq!(directive.matches("%E6%A9%8B").count(), 80);
    }

    #[test]
    fn a_fragment_of_the_address_is_kept_and_a_directive_replaced() {
        let link = |url| link_to_text(url, "Hi").unwrap();
        assert_eq!(link("https://a.example/"), "https://a.example/#:~:text=Hi");
        assert_eq!(link("https://a.example/#top"), "https://a.example/#top:~:text=Hi");
        assert_eq!(link("https://a.example/#:~:text=old"), "https://a.example/#:~:text=Hi");
        assert_eq!(link_to_text("https://a.example/", " ").as_deref(), Some("https://a.example/"));
    }

    /// Undoes the percent-encoding of a directive, as a browser does.
    fn decoded(text: &str) -> String {
        let mut bytes = Vec::new();
        let mut rest = text.as_bytes();
        while let Some((&first, tail)) = rest.split_first() {
            let escape = (first == b'%').then(|| std::str::from_utf8(&tail[..2]).unwrap());
            bytes.push(escape.map_or(first, |hex| u8::from_str_radix(hex, 16).unwrap()));
            rest = if escape.is_some() { &tail[2..] } else { tail };
        }
        String::from_utf8(bytes).unwrap()
    }

    proptest! {
        #[test]
        fn a_directive_is_the_start_and_the_end_of_its_text(text in "[a-z,&\\-é橋 \n]{0,120}") {
            let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let directive = text_fragment(&text);
            prop_assert_eq!(directive.is_empty(), folded.is_empty());
            let parts: Vec<_> = directive.strip_prefix("text=").unwrap_or("").split(',').collect();
            prop_assert!(parts.len() <= 2);
            prop_assert!(folded.starts_with(&decoded(parts[0])));
            prop_assert!(folded.ends_with(&decoded(parts[parts.len() - 1])));
            let plain = |c: char| c.is_ascii_alphanumeric() || "._~%=,".contains(c);
            prop_assert!(directive.chars().all(plain), "{}", directive);
        }
    }
}
