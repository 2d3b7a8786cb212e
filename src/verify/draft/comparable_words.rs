//! Texts as comparable words: in lower case and composed form, with one kind of apostrophe and without punctuation.
//!
//! In a script without spaces between words, such as those of Chinese, Japanese and Thai, each character is a word, so
//! a changed character is a changed word.
//!
//! A quotation is split into runs of words at its ellipses and square brackets. Brackets inside a word (`[T]he`,
//! `want[ed]`) do not split it.

use crate::span::{Span, slice};
use crate::text::is_unspaced;
use crate::verify::draft::composed::composed;

/// The number of characters in a script without spaces that correspond to a word in another script.
const CHARACTERS_A_WORD: usize = 2;

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The word in lower case.
    pub(super) folded: String,
    /// Its range.
    pub(super) span: Span,
}

/// Returns the words in a range of text: runs of letters and digits, including apostrophes and square brackets between
/// letters and separators between digits.
pub(super) fn words(text: &str, stretch: Span) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    let inside = stretch.slice(text);
    let mut characters = inside.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = characters.next() {
        let after = characters.peek().map_or(' ', |(_, c)| *c);
        let joins = match c {
            '\'' | '’' | '[' | ']' => before.is_alphabetic() && after.is_alphabetic(),
            '.' | ',' | ':' => before.is_ascii_digit() && after.is_ascii_digit(),
            c if is_invisible(c) => start.is_some(),
            c => c.is_alphanumeric(),
        };
        let is_own = !is_invisible(c) && (is_unspaced(c) || is_unspaced(before));
        match (joins, start) {
            (true, None) => start = Some(at),
            (true, Some(from)) if is_own => {
                found.push(word(inside, from, at, stretch.start()));
                start = Some(at);
            }
            (false, Some(from)) => {
                found.push(word(inside, from, at, stretch.start()));
                start = None;
            }
            _ => {}
        }
        if !is_invisible(c) {
            before = c;
        }
    }
    if let Some(from) = start {
        found.push(word(inside, from, inside.len(), stretch.start()));
    }
    found
}

/// Returns whether a character is a soft hyphen, joiner or combining mark, which never splits a word.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') || is_combining(c)
}

/// Returns whether a character is a combining mark of decomposed text, such as macOS uses in file names.
const fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{3099}' | '\u{309a}')
}

fn word(inside: &str, from: usize, to: usize, offset: usize) -> Word {
    let raw = slice(inside, from, to);
    let folded = if raw.is_ascii() && !raw.contains(['[', ']']) {
        raw.to_ascii_lowercase()
    } else {
        let raw = composed(raw);
        let kept = raw.chars().filter(|c| !is_invisible(*c) && !matches!(c, '[' | ']'));
        kept.map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase).collect()
    };
    Word { folded, span: Span::new(offset + from, offset + to) }
}

/// Returns the words of a source without reference marks such as `[6]`, which nobody quotes.
pub(super) fn source_words(text: &str, stretch: Span) -> Vec<Word> {
    let mut all = words(text, stretch);
    if !text.contains('[') {
        return all;
    }
    all.retain(|word| {
        let before = slice(text, 0, word.span.start()).ends_with('[');
        let after = slice(text, word.span.end(), text.len()).starts_with(']');
        !(before && after && word.folded.bytes().all(|b| b.is_ascii_digit()))
    });
    all
}

/// The break between two runs of words of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// An ellipsis, which may leave out words of the source.
    Ellipsis,
    /// Square brackets with these words, which can replace a few words of the source.
    Brackets(Vec<Word>),
}

/// A quotation as the writer marked it: runs of words, with the breaks between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    /// The runs of words, none of them empty.
    pub(super) parts: Vec<Vec<Word>>,
    /// The break before each run but the first.
    pub(super) gaps: Vec<Gap>,
    /// Brackets before the first run.
    pub(super) leading: Option<Vec<Word>>,
    /// Brackets after the last run.
    pub(super) trailing: Option<Vec<Word>>,
}

impl Runs {
    /// Splits a quotation at its ellipses and square brackets.
    pub(super) fn new(text: &str, stretch: Span) -> Self {
        let mut runs = Self::default();
        let mut gap: Option<Gap> = None;
        for (piece, next) in pieces(text, stretch) {
            let words = words(text, piece);
            if !words.is_empty() {
                match gap.take() {
                    Some(Gap::Brackets(inside)) if runs.parts.is_empty() => {
                        runs.leading = Some(inside);
                    }
                    gap if !runs.parts.is_empty() => runs.gaps.push(gap.unwrap_or(Gap::Ellipsis)),
                    _ => {}
                }
                runs.parts.push(words);
            }
            // If brackets are next to an ellipsis, the break counts as an ellipsis.
            gap = match (gap, next) {
                (Some(Gap::Ellipsis), Some(_)) | (Some(_), Some(Gap::Ellipsis)) => {
                    Some(Gap::Ellipsis)
                }
                (before, next) => next.or(before),
            };
        }
        if let Some(Gap::Brackets(inside)) = gap {
            runs.trailing = Some(inside);
        }
        runs
    }

    /// Returns the length in words; in a script without spaces, [`CHARACTERS_A_WORD`] characters count as one word.
    pub(super) fn len_in_words(&self) -> usize {
        let is_character = |word: &&Word| word.folded.starts_with(is_unspaced);
        let (n, characters) = self.parts.iter().flatten().fold((0, 0), |(n, characters), word| {
            if is_character(&word) { (n, characters + 1) } else { (n + 1, characters) }
        });
        n + usize::div_ceil(characters, CHARACTERS_A_WORD)
    }

    /// Returns all words of the quotation.
    pub(super) fn all(&self) -> Vec<&Word> {
        self.parts.iter().flatten().collect()
    }
}

/// Splits a range of text at its ellipses and square brackets; returns each piece with the break after it.
fn pieces(text: &str, stretch: Span) -> Vec<(Span, Option<Gap>)> {
    let mut found = Vec::new();
    let mut start = stretch.start();
    let mut at = start;
    while at < stretch.end() {
        let rest = slice(text, at, stretch.end());
        let before = slice(text, start, at).chars().next_back();
        let (length, gap) = if rest.starts_with(['[', '(']) {
            let Some(found) = bracketed(text, rest, at, before) else {
                at += 1;
                continue;
            };
            found
        } else if let Some(length) = ellipsis(rest) {
            (length, Gap::Ellipsis)
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        found.push((Span::new(start, at), Some(gap)));
        at += length;
        start = at;
    }
    found.push((Span::new(start, stretch.end()), None));
    found
}

/// The maximum number of bytes in a remark in brackets; a bracket that is not closed by then is treated like any other
/// character.
const LONGEST_BRACKET: usize = 200;

/// Reads brackets that split a quotation; returns their length and the kind of break. Round brackets split it only if
/// they contain an ellipsis; square ones do unless they contain letters of an adjacent word (`[T]he`).
fn bracketed(text: &str, rest: &str, at: usize, before: Option<char>) -> Option<(usize, Gap)> {
    let (open, close) = if rest.starts_with('[') { ('[', ']') } else { ('(', ')') };
    let end = rest.find(close).filter(|end| *end <= LONGEST_BRACKET)?;
    let inside = slice(rest, 1, end);
    let is_ellipsis =
        !inside.is_empty() && inside.chars().all(|c| matches!(c, '.' | '…') || c.is_whitespace());
    if is_ellipsis {
        return Some((end + 1, Gap::Ellipsis));
    }
    if open == '(' {
        return None;
    }
    let letters = !inside.is_empty() && inside.chars().all(char::is_alphabetic);
    let after = slice(rest, end + 1, rest.len()).chars().next();
    let is_tied = |c: Option<char>| c.is_some_and(char::is_alphabetic);
    if letters && (is_tied(before) || is_tied(after)) {
        return None;
    }
    Some((end + 1, Gap::Brackets(words(text, Span::new(at + 1, at + end)))))
}

/// Returns the length of an ellipsis at the start of a text: `…`, `...`, `. . .`.
fn ellipsis(text: &str) -> Option<usize> {
    if text.starts_with('…') {
        return Some('…'.len_utf8());
    }
    if text.starts_with("...") {
        return Some(text.bytes().take_while(|b| *b == b'.').count());
    }
    [". . .", ".\u{a0}.\u{a0}."].iter().find(|dots| text.starts_with(**dots)).map(|d| d.len())
}

#[cfg(test)]
mod tests {
    use super::{Gap, Runs, words};
    use crate::span::Span;

    fn runs(text: &str) -> Runs {
        Runs::new(text, Span::new(0, text.len()))
    }

    #[test]
    fn words_are_folded_and_numbers_kept_whole() {
        let text = "Don’t pay 1,200.50 — ever. [T]hey want[ed] it";
        let found = words(text, Span::new(0, text.len()));
        let folded: Vec<&str> = found.iter().map(|w| w.folded.as_str()).collect();
        assert_eq!(folded, ["don't", "pay", "1,200.50", "ever", "they", "wanted", "it"]);
    }

    #[test]
    fn characters_of_scripts_without_spaces_are_words() {
        for (text, n, length) in [
            ("我们不会付钱", 6, 3),
            ("橋は五月に開く", 7, 4),
            ("BBC报道了12人", 6, 4),
            ("橋か\u{3099}開く", 4, 2),
            ("สะพาน", 5, 3),
            ("다리는 안전하다", 2, 2),
        ] {
            assert_eq!(words(text, Span::new(0, text.len())).len(), n, "{text}");
            assert_eq!(runs(text).len_in_words(), length, "{text}");
        }
    }

    #[test]
    #[cfg(feature = "formats")]
    fn decomposed_letters_are_the_composed_ones() {
        for (a, b) in [
            ("caf\u{e9}", "cafe\u{301}"),
            ("Br\u{fc}cke", "Bru\u{308}cke"),
            ("\u{10d}as", "c\u{30c}as"),
            ("\u{439}од", "и\u{306}од"),
            ("\u{304c}", "\u{304b}\u{3099}"),
            ("\u{3ce}ρα", "\u{3c9}\u{301}ρα"),
        ] {
            let folded = |text: &str| words(text, Span::new(0, text.len())).remove(0).folded;
            assert_eq!(folded(a), folded(b), "{a}");
        }
        let without = words("cafe", Span::new(0, 4)).remove(0).folded;
        assert_ne!(words("cafe\u{301}", Span::new(0, 6)).remove(0).folded, without);
    }

    #[test]
    fn ellipses_and_brackets_cut_a_quotation() {
        let runs = runs("We will [all] go ... and stay […] here (...) and [t]here");
        assert_eq!(runs.parts.len(), 5);
        assert!(matches!(&runs.gaps[0], Gap::Brackets(words) if words[0].folded == "all"));
        assert_eq!(runs.gaps[1..], [Gap::Ellipsis, Gap::Ellipsis, Gap::Ellipsis]);
    }

    #[test]
    fn brackets_at_the_ends_are_kept() {
        let runs = runs("[He] went home [sic]");
        assert!(runs.leading.is_some() && runs.trailing.is_some());
    }
}
