//! The characters around a sentence end: terminators, closing and opening marks, dashes.

use crate::text::quotemarks;
pub(super) use crate::text::quotemarks::may_close as closes_quotation;

/// The kinds of terminator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Terminator {
    /// A full stop, which may also mark an abbreviation.
    Stop,
    /// A question or exclamation mark.
    Strong,
    /// `…`, several full stops in one character.
    Ellipsis,
    /// A mark that needs no white space after it: `。`, `！`, `।`, `።`.
    Full,
}

/// Returns the terminator that begins `rest`, with its length in bytes.
pub(super) fn terminator(rest: &[u8]) -> Option<(Terminator, usize)> {
    match rest.first()? {
        b'.' => Some((Terminator::Stop, 1)),
        b'!' | b'?' => Some((Terminator::Strong, 1)),
        0x80.. => {
            let c = wide(rest)?;
            Some((wide_terminator(c)?, c.len_utf8()))
        }
        _ => None,
    }
}

/// Returns the character of two or three bytes that begins `rest`.
fn wide(rest: &[u8]) -> Option<char> {
    let code = match *rest {
        [lead @ 0xC2..=0xDF, tail, ..] => u32::from(lead & 0x1F) << 6 | u32::from(tail & 0x3F),
        [lead @ 0xE0..=0xEF, middle, tail, ..] => {
            u32::from(lead & 0x0F) << 12 | u32::from(middle & 0x3F) << 6 | u32::from(tail & 0x3F)
        }
        _ => return None,
    };
    char::from_u32(code)
}

/// Returns the kind of a non-ASCII terminator. The list follows the Unicode property `Sentence_Terminal`, for the
/// scripts in which news is written.
const fn wide_terminator(c: char) -> Option<Terminator> {
    Some(match c {
        '…' | '‥' => Terminator::Ellipsis,
        '‼' | '⁇' | '⁈' | '⁉' | '؟' => Terminator::Strong,
        // Armenian, Urdu, Devanagari and the scripts that share its danda
        '։' | '۔' | '।' | '॥'
        // Myanmar, Ethiopic, Khmer, Tibetan
        | '။' | '።' | '፧' | '፨' | '។' | '៕' | '།'
        // Chinese, Japanese
        | '。' | '｡' | '！' | '？' => Terminator::Full,
        _ => return None,
    })
}

/// Returns whether a character closes a bracket.
pub(super) const fn closes_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '】' | '》' | '〉' | '］')
}

/// Returns whether a character may open a quotation, a bracket, or a Spanish question or exclamation.
pub(super) const fn opens(c: char) -> bool {
    quotemarks::may_open(c) || matches!(c, '(' | '[' | '{' | '¿' | '¡' | '（' | '【' | '《' | '〈')
}

/// Returns whether a character is a dash.
pub(super) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '−')
}

/// Returns whether a character is a bullet or ornament that can precede a sentence.
pub(super) const fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '>'
            | '<'
            | '~'
            | '='
            | '|'
            | '/'
            | '_'
            | '⁃'
            | '●'
            | '▪'
            | '◦'
            | '‣'
            | '·'
            | '*'
            | '■'
            | '►'
            | '▶'
    )
}

/// Returns whether a character is invisible: a zero-width space, a joiner, a direction mark, or the byte order mark.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// Returns whether a character is a letter; Latin and Cyrillic letters are recognized without a Unicode table.
pub(super) fn is_letter(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24F}' | '\u{400}'..='\u{481}' => {
            true
        }
        _ => !c.is_ascii() && c.is_alphabetic(),
    }
}
