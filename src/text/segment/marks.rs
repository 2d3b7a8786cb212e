//! The characters that stand around a sentence end: terminators, closing and opening marks, dashes.

/// How a terminator ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Terminator {
    /// A full stop, which may also abbreviate.
    Stop,
    /// A question or exclamation mark.
    Strong,
    /// `…`, several stops in one character.
    Ellipsis,
    /// A mark that needs no white space after it: `。`, `！`, `।`, `።`.
    Full,
}

/// The terminators that are not ASCII, by script.
///
/// Unicode property `Sentence_Terminal`, for the scripts that news is written in.
pub(super) const TERMINATORS: &[(char, Terminator)] = &[
    ('…', Terminator::Ellipsis),
    ('‥', Terminator::Ellipsis),
    ('‼', Terminator::Strong),
    ('⁇', Terminator::Strong),
    ('⁈', Terminator::Strong),
    ('⁉', Terminator::Strong),
    // Armenian
    ('։', Terminator::Full),
    // Arabic, Urdu
    ('؟', Terminator::Strong),
    ('۔', Terminator::Full),
    // Devanagari and the scripts that share its danda
    ('।', Terminator::Full),
    ('॥', Terminator::Full),
    // Myanmar
    ('။', Terminator::Full),
    // Ethiopic
    ('።', Terminator::Full),
    ('፧', Terminator::Full),
    ('፨', Terminator::Full),
    // Khmer
    ('។', Terminator::Full),
    ('៕', Terminator::Full),
    // Tibetan
    ('།', Terminator::Full),
    // Chinese, Japanese
    ('。', Terminator::Full),
    ('｡', Terminator::Full),
    ('！', Terminator::Full),
    ('？', Terminator::Full),
];

/// Returns the terminator that begins `rest`, with its length in bytes.
pub(super) fn terminator(rest: &[u8]) -> Option<(Terminator, usize)> {
    match rest.first()? {
        b'.' => Some((Terminator::Stop, 1)),
        b'!' | b'?' => Some((Terminator::Strong, 1)),
        0x80.. => wide_terminator(rest),
        _ => None,
    }
}

fn wide_terminator(rest: &[u8]) -> Option<(Terminator, usize)> {
    let head = std::str::from_utf8(rest.get(..3).unwrap_or(rest))
        .or_else(|_| std::str::from_utf8(rest.get(..2).unwrap_or(&[])))
        .ok()?;
    let first = head.chars().next()?;
    let (_, kind) = TERMINATORS.iter().find(|(mark, _)| *mark == first)?;
    Some((*kind, first.len_utf8()))
}

/// Returns whether a character closes a quotation.
pub(super) const fn closes_quotation(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '”'
            | '’'
            | '»'
            | '›'
            | '“'
            | '‘'
            | '«'
            | '‹'
            | '」'
            | '』'
            | '＂'
            | '″'
            | '`'
    )
}

/// Returns whether a character closes a bracket.
pub(super) const fn closes_bracket(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | '）' | '】' | '》' | '〉' | '］')
}

/// Returns whether a character opens a quotation or bracket.
pub(super) const fn opens(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '‘'
            | '«'
            | '‹'
            | '„'
            | '‚'
            | '»'
            | '›'
            | '”'
            | '’'
            | '`'
            | '('
            | '['
            | '{'
            | '¿'
            | '¡'
            | '「'
            | '『'
            | '（'
            | '【'
            | '《'
            | '〈'
    )
}

/// Returns whether a character is a dash or bullet that may stand before a sentence.
pub(super) const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '―' | '−')
}

/// Returns whether a character is a bullet or ornament that may stand before a sentence.
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

/// Returns whether a character stands between words and shows nothing: direction marks, joiners, the byte order mark.
pub(super) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
