//! The tokenizer: finds the words and numbers in a range of text.
//!
//! # Method
//!
//! Words are defined by Unicode Standard Annex #29. A byte scanner in this module finds words in Latin, Greek, Cyrillic
//! and Armenian letters. `unicode-segmentation` finds words in other scripts, whose marks and joiners require the
//! Unicode tables. In addition:
//!
//! * an elided article or pronoun that is listed in the language's `stop_words.txt` is a separate word: `l'Europe`
//!   yields `l` and `Europe`;
//! * the English possessive ending `'s` is not part of any token: `Obama's` is the token `Obama`; after a stop word, as
//!   in `it's`, the ending is kept;
//! * Chinese, Japanese, Thai, Lao, Khmer and Burmese, which do not separate words by spaces, yield overlapping pairs of
//!   characters, where the span of a token is the first character of its pair (Nie and Ren, *Chinese Information
//!   Retrieval: Using Characters or Words?*, 1999).
//!
//! A token does not record whether it is capitalized; the text at its span shows this. Hyphens separate words, as in
//! the Annex.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::span::{Span, slice};
use crate::text::document::Token;
use crate::text::key::Key;
use crate::text::term::Interner;

/// Appends the tokens in the range `within` of a text to `tokens`.
pub(crate) fn scan(text: &str, within: Span, terms: &mut Interner, tokens: &mut Vec<Token>) {
    let all = text.as_bytes();
    let text = slice(text, 0, within.end());
    let bytes = text.as_bytes();
    let mut at = within.start();
    while let Some(start) = next_start(bytes, at) {
        if let Some((end, key)) = plain_word(all, bytes, start) {
            let span = Span::new(start, end);
            let (term, kind) = terms.intern_key(key, text, span);
            tokens.push(Token { span, term, kind });
            at = end;
            continue;
        }
        match word_end(text, start) {
            Some((end, joined)) if end > start => {
                let word = Span::new(start, end);
                if joined {
                    push_word(text, word, terms, tokens);
                } else {
                    push(text, word, terms, tokens);
                }
                at = end;
            }
            Some(_) => at = start + width(text, start),
            None => {
                let end = stretch_end(text, start);
                scan_wide(text, Span::new(start, end), terms, tokens);
                at = end;
            }
        }
    }
}

/// The classes of bytes that the scanner distinguishes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Byte {
    Other,
    /// A mark that may join two parts of a word; no word begins with it.
    Mark,
    Letter,
    Digit,
    /// The first byte of a two-byte character up to U+057F, such as a Latin, Greek, Cyrillic or Armenian letter.
    Near,
    /// The first byte of any other non-ASCII character.
    Far,
}

/// The class of each of the 256 bytes; a byte that continues a character is `Other`.
static BYTES: [Byte; 256] = {
    let mut table = [Byte::Other; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'0'..=b'9' => Byte::Digit,
            b'\'' | b'.' | b',' => Byte::Mark,
            b'A'..=b'Z' | b'a'..=b'z' | b'_' => Byte::Letter,
            0xC2..=0xD5 => Byte::Near,
            0xD6..=0xF4 => Byte::Far,
            _ => Byte::Other,
        };
        b += 1;
    }
    table
};

/// Returns the position of the next character that can start a word.
#[inline]
fn next_start(bytes: &[u8], mut at: usize) -> Option<usize> {
    // Words are usually separated by a single space, for which a plain loop is faster than a search.
    while BYTES[*bytes.get(at)? as usize] <= Byte::Mark {
        at += 1;
    }
    Some(at)
}

/// Returns the end and key of the word that begins at `start` if it is a run of ASCII letters and digits, or of
/// Cyrillic letters, and is certain to end with that run, as most words do.
///
/// The word must be within `bytes`, which is a prefix of `all`. `all` is needed because keys are loaded in chunks,
/// which may extend past the end of a short word.
#[inline]
fn plain_word(all: &[u8], bytes: &[u8], start: usize) -> Option<(usize, Key)> {
    let (key, len) =
        if bytes[start] < 0x80 { Key::scan(all, start) } else { Key::scan_cyrillic(all, start) }?;
    let end = start + len;
    (end <= bytes.len() && nothing_joins(&bytes[end..])).then_some((end, key))
}

/// Returns whether a word is certain to end before `rest`, the text after a run of letters and digits.
#[inline]
fn nothing_joins(rest: &[u8]) -> bool {
    if rest.first() == Some(&b' ') {
        return true;
    }
    let class = |at| rest.get(at).map_or(Byte::Other, |b: &u8| BYTES[*b as usize]);
    match class(0) {
        Byte::Other => true,
        Byte::Mark => matches!(class(1), Byte::Other | Byte::Mark | Byte::Far),
        // A non-breaking space or a guillemet.
        Byte::Near => matches!(rest, [0xC2, 0xA0 | 0xAB | 0xBB, ..]),
        _ => false,
    }
}

/// Returns the end of the word that begins at `start`, or `start` itself if there is no word, and whether a mark joins
/// parts of it. Returns `None` if the word contains a letter of another script, which requires the Unicode tables.
fn word_end(text: &str, start: usize) -> Option<(usize, bool)> {
    let bytes = text.as_bytes();
    let mut at = start;
    let mut words = false;
    let mut marked = false;
    while let Some(byte) = bytes.get(at) {
        match BYTES[*byte as usize] {
            Byte::Letter => {
                words |= *byte != b'_';
                at += 1;
            }
            Byte::Digit => {
                words = true;
                at += 1;
            }
            Byte::Near if is_near_letter(bytes, at) => {
                words = true;
                at += 2;
            }
            Byte::Far if is_far_letter(text, at) => return None,
            _ => match joined(text, start, at) {
                Some(next) => {
                    marked = true;
                    at = next;
                }
                None => break,
            },
        }
    }
    Some((if words { at } else { start }, marked))
}

/// Returns the position at which a word continues after a joining mark: an apostrophe, full stop or middle dot between
/// letters, or an apostrophe, full stop or comma between digits.
fn joined(text: &str, start: usize, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let len = match bytes[at] {
        b'\'' | b'.' | b',' => 1,
        0xE2 if bytes.get(at + 1..at + 3) == Some(&[0x80, 0x99]) => 3,
        0xC2 if bytes.get(at + 1) == Some(&0xB7) => 2,
        _ => return None,
    };
    if at == start {
        return None;
    }
    let before = bytes[at - 1];
    let after = *bytes.get(at + len)?;
    let joins = match (BYTES[before as usize], BYTES[after as usize]) {
        (Byte::Digit, Byte::Digit) => bytes[at] != 0xC2,
        (Byte::Letter, Byte::Letter) => bytes[at] != b',' && before != b'_' && after != b'_',
        (Byte::Letter | Byte::Other, Byte::Near) => {
            bytes[at] != b',' && is_near_letter(bytes, at + len)
        }
        (Byte::Other, Byte::Letter) => bytes[at] != b',' && before >= 0x80,
        _ => false,
    };
    joins.then_some(at + len)
}

/// Returns whether the two-byte character at `at` is a letter or a combining mark.
fn is_near_letter(bytes: &[u8], at: usize) -> bool {
    let (lead, tail) = (bytes[at], bytes.get(at + 1).copied().unwrap_or(0));
    match lead {
        0xC2 => matches!(tail, 0xAA | 0xB5 | 0xBA),
        0xC3 => !matches!(tail, 0x97 | 0xB7),
        0xC4..=0xCA | 0xCC..=0xCD | 0xCF..=0xD1 | 0xD3..=0xD5 => {
            !(lead == 0xCD && matches!(tail, 0xBE))
        }
        0xCB => tail <= 0x81 || matches!(tail, 0x86..=0x91 | 0xA0..=0xA4),
        0xCE => !matches!(tail, 0x87),
        0xD2 => tail != 0x82,
        _ => false,
    }
}

/// Returns whether the character at `at` is a letter or digit whose word must be segmented with the Unicode tables
/// ([`scan_wide`]).
fn is_far_letter(text: &str, at: usize) -> bool {
    let c = slice(text, at, text.len()).chars().next();
    c.is_some_and(|c| {
        c.is_alphanumeric() && !matches!(c, '\u{2100}'..='\u{214F}' | '\u{2460}'..='\u{24FF}')
    })
}

fn width(text: &str, at: usize) -> usize {
    slice(text, at, text.len()).chars().next().map_or(1, char::len_utf8)
}

/// Returns the end of the run of text without ASCII white space that begins at `start`.
fn stretch_end(text: &str, start: usize) -> usize {
    let rest = &text.as_bytes()[start..];
    start + rest.iter().position(u8::is_ascii_whitespace).unwrap_or(rest.len())
}

/// Appends the words of a run of text that contains letters of other scripts.
fn scan_wide(text: &str, stretch: Span, terms: &mut Interner, tokens: &mut Vec<Token>) {
    let mut run: Option<Span> = None;
    for (at, word) in stretch.slice(text).unicode_word_indices() {
        let span = Span::new(stretch.start() + at, stretch.start() + at + word.len());
        if word.chars().next().is_some_and(is_unspaced) {
            run = match run {
                Some(before) if before.end() == span.start() => {
                    Some(Span::new(before.start(), span.end()))
                }
                before => {
                    push_pairs(text, before, terms, tokens);
                    Some(span)
                }
            };
        } else {
            push_pairs(text, run.take(), terms, tokens);
            push_word(text, span, terms, tokens);
        }
    }
    push_pairs(text, run, terms, tokens);
}

/// Returns whether a character belongs to a script without spaces between words.
pub(crate) const fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Appends a token for each pair of neighboring characters in a run, or for the only character of a run.
fn push_pairs(text: &str, run: Option<Span>, terms: &mut Interner, tokens: &mut Vec<Token>) {
    let Some(run) = run else { return };
    let inside = run.slice(text);
    let mut chars = inside.char_indices().peekable();
    let mut first = true;
    while let Some((at, c)) = chars.next() {
        let end = match chars.peek() {
            Some((next, second)) => next + second.len_utf8(),
            None if first => at + c.len_utf8(),
            None => return,
        };
        first = false;
        let (term, kind) = terms.intern(slice(inside, at, end));
        let start = run.start() + at;
        tokens.push(Token { span: Span::new(start, start + c.len_utf8()), term, kind });
    }
}

/// Appends a word. An elided article or pronoun at its start becomes a separate token, and a possessive ending is
/// dropped.
fn push_word(text: &str, word: Span, terms: &mut Interner, tokens: &mut Vec<Token>) {
    let surface = word.slice(text);
    if surface.len() > 2 && terms.parts_at_apostrophes() {
        if let Some(len) = terms.elision(surface) {
            let middle = word.start() + len;
            push(text, Span::new(word.start(), middle), terms, tokens);
            let mark = width(text, middle);
            push_word(text, Span::new(middle + mark, word.end()), terms, tokens);
            return;
        }
        if let Some(stem) = terms.without_possessive(surface) {
            push(text, Span::new(word.start(), word.start() + stem.len()), terms, tokens);
            return;
        }
    }
    push(text, word, terms, tokens);
}

fn push(text: &str, word: Span, terms: &mut Interner, tokens: &mut Vec<Token>) {
    let (term, kind) = terms.intern(word.slice(text));
    tokens.push(Token { span: word, term, kind });
}

#[cfg(test)]
mod tests {
    use super::scan;
    use crate::language::Language;
    use crate::span::Span;
    use crate::text::term::Interner;

    fn words(lang: &str, text: &str) -> Vec<String> {
        let mut terms = Interner::new(Language::parse(lang).unwrap_or_default());
        let mut tokens = Vec::new();
        scan(text, Span::new(0, text.len()), &mut terms, &mut tokens);
        tokens.iter().map(|t| t.span.slice(text).to_owned()).collect()
    }

    #[test]
    fn words_are_those_of_the_annex() {
        let text = "The U.S. firm's 3,400 well-known sites (example.com) can't pay $1.5 bn: naïve, «Ελλάδα», Москва!";
        let found = words("en", text);
        assert_eq!(
            found,
            [
                "The",
                "U.S",
                "firm",
                "3,400",
                "well",
                "known",
                "sites",
                "example.com",
                "can't",
                "pay",
                "1.5",
                "bn",
                "naïve",
                "Ελλάδα",
                "Москва"
            ]
        );
    }

    #[test]
    fn clitics_are_words_of_their_own() {
        assert_eq!(
            words("fr", "L’Europe et l'eau d'aujourd'hui"),
            ["L", "Europe", "et", "l", "eau", "d", "aujourd'hui"]
        );
        assert_eq!(words("it", "dell'arte"), ["dell", "arte"]);
        assert_eq!(words("en", "O'Brien’s dogs'"), ["O'Brien", "dogs"]);
    }

    #[test]
    fn unspaced_scripts_give_pairs() {
        let text = "東京都で6月";
        let mut terms = Interner::new(Language::parse("ja").unwrap_or_default());
        let mut tokens = Vec::new();
        scan(text, Span::new(0, text.len()), &mut terms, &mut tokens);
        let found: Vec<String> = tokens.iter().map(|t| t.span.slice(text).to_owned()).collect();
        assert_eq!(found, ["東", "京", "都", "6", "月"]);
        let terms = terms.into_terms();
        assert_eq!(&*terms[0], "東京");
    }
}
