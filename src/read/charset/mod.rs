//! Decoding: determines the charset of an input and reports characters that cannot be decoded.
//!
//! UTF-8 and UTF-16 are always read; the feature `formats` adds the other charsets.

#[cfg(feature = "formats")]
mod labelled;
#[cfg(not(feature = "formats"))]
mod unicode;

use std::borrow::Cow;

#[cfg(feature = "formats")]
pub use labelled::decode;
#[cfg(not(feature = "formats"))]
pub use unicode::decode;

/// A decoded text.
#[derive(Clone, Debug)]
pub struct Decoded<'b> {
    /// The text without its byte order mark.
    pub text: Cow<'b, str>,
    /// The charset that was used to decode the bytes.
    pub charset: &'static str,
    /// A reason to doubt the result: a wrong label, or invalid characters.
    pub doubt: Option<String>,
}

/// The number of bytes at the beginning of an input that are examined for a label and for UTF-16.
const HEAD: usize = 4096;

/// Decodes text that was encoded twice (`â\u{80}\u{99}` for `’`).
///
/// The characters U+0080 to U+009F are control characters that do not occur in text. A run of non-ASCII Latin-1
/// characters that contains one of them and whose bytes are valid UTF-8 is therefore decoded once more.
fn mended(text: Cow<'_, str>) -> Cow<'_, str> {
    // These control characters are the only characters whose UTF-8 is `C2` and a byte from `80` to `9F`.
    let bytes = text.as_bytes();
    let is_control = |at: usize| bytes.get(at + 1).is_some_and(|b| (0x80..=0x9F).contains(b));
    if !memchr::memchr_iter(0xC2, bytes).any(is_control) {
        return text;
    }
    let is_control = |c: char| matches!(c, '\u{80}'..='\u{9F}');
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(start) = rest.find(|c| matches!(c, '\u{80}'..='\u{FF}')) {
        let (before, run) = rest.split_at(start);
        let end = run.find(|c| !matches!(c, '\u{80}'..='\u{FF}')).unwrap_or(run.len());
        let (run, after) = run.split_at(end);
        out.push_str(before);
        let bytes: Option<Vec<u8>> = run.chars().map(|c| u8::try_from(c).ok()).collect();
        let decoded =
            bytes.filter(|_| run.contains(is_control)).and_then(|b| String::from_utf8(b).ok());
        out.push_str(decoded.as_deref().unwrap_or(run));
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Decodes the entities in a text and removes its control characters.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    match html_escape::decode_html_entities(text) {
        Cow::Borrowed(text) => printable(text),
        Cow::Owned(text) => Cow::Owned(printable(&text).into_owned()),
    }
}

/// The characters that Windows-1252 assigns to the bytes 80 to 9F; five of these bytes are unassigned.
const WINDOWS_1252: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

/// Returns a text without control characters except tabs and line breaks; reads U+0080 to U+009F as the bytes 80 to 9F
/// of Windows-1252, as browsers do (`don&#146;t`).
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    let is_control = |c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}');
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let printed = |c: char| match c {
        '\u{80}'..='\u{9F}' => {
            WINDOWS_1252.chars().nth(c as usize - 0x80).filter(|c| !c.is_control())
        }
        c if is_control(c) => None,
        c => Some(c),
    };
    Cow::Owned(text.chars().filter_map(printed).collect())
}

/// Detects UTF-16 without a byte order mark: if most letters are Latin, nearly every other byte is zero. Returns
/// whether it is big-endian.
fn utf16_by_zeros(bytes: &[u8]) -> Option<bool> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        (even, odd) if odd * 10 >= half * 7 && even * 20 <= half => Some(false),
        (even, odd) if even * 10 >= half * 7 && odd * 20 <= half => Some(true),
        _ => None,
    }
}

/// Counts the valid non-ASCII characters in UTF-8, and the invalid sequences.
fn utf8_characters(bytes: &[u8]) -> (usize, usize) {
    let (mut valid, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (valid, broken)
}

/// Returns whether the error is only that the text ends in the middle of a character.
fn is_cut(error: std::str::Utf8Error) -> bool {
    error.error_len().is_none()
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn what_was_encoded_twice_is_decoded_twice() {
        let twice: String = "“Größe” – c’est".bytes().map(char::from).collect();
        assert_eq!(decode(twice.as_bytes(), None).text, "“Größe” – c’est");
    }

    #[test]
    fn control_characters_are_read_as_browsers_do() {
        assert_eq!(super::unescaped("don&#146;t &amp; won\u{92}t"), "don’t & won’t");
        assert_eq!(super::printable("a\u{8}b\u{13}\tc\u{81}"), "ab\tc");
        assert_eq!(super::unescaped("plain"), "plain");
    }
}
