//! Texts as words that can be compared: letters in lower case, apostrophes alike, punctuation gone.

use crate::span::{Span, slice};

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In lower case.
    pub(super) folded: String,
    /// Where it lies.
    pub(super) span: Span,
}

/// Returns the words of a stretch of text: letters and digits, with apostrophes inside and separators between digits.
pub(super) fn words(text: &str, stretch: Span) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    let inside = stretch.of(text);
    let mut characters = inside.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = characters.next() {
        let after = characters.peek().map_or(' ', |(_, c)| *c);
        let joins = match c {
            '\'' | '’' => before.is_alphabetic() && after.is_alphabetic(),
            '.' | ',' | ':' => before.is_ascii_digit() && after.is_ascii_digit(),
            '\u{ad}' => start.is_some(),
            _ => c.is_alphanumeric(),
        };
        match (joins, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(word(inside, from, at, stretch.start()));
                start = None;
            }
            _ => {}
        }
        before = c;
    }
    if let Some(from) = start {
        found.push(word(inside, from, inside.len(), stretch.start()));
    }
    found
}

fn word(inside: &str, from: usize, to: usize, offset: usize) -> Word {
    let folded = slice(inside, from, to).to_lowercase().replace('’', "'").replace('\u{ad}', "");
    Word { folded, span: Span::new(offset + from, offset + to) }
}

/// What lies between two runs of words of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// An ellipsis: any number of words of the source may be left out.
    Ellipsis,
    /// Square brackets: words put in, which may stand for a few of the source.
    Brackets,
}

/// A quotation as its writer marked it: runs of words, and what lies between them.
#[derive(Clone, Debug, Default)]
pub(super) struct Runs {
    /// The runs, none of them empty.
    pub(super) runs: Vec<Vec<Word>>,
    /// What lies before each run but the first.
    pub(super) gaps: Vec<Gap>,
}

impl Runs {
    /// Cuts a quotation at its ellipses and square brackets.
    pub(super) fn of(text: &str, stretch: Span) -> Self {
        let mut runs = Self::default();
        let mut gap = None;
        for (piece, next) in pieces(text, stretch) {
            let words = words(text, piece);
            if !words.is_empty() {
                if !runs.runs.is_empty() {
                    runs.gaps.push(gap.unwrap_or(Gap::Ellipsis));
                }
                runs.runs.push(words);
                gap = next;
            } else if next == Some(Gap::Ellipsis) || gap.is_none() {
                gap = next;
            }
        }
        runs
    }

    /// Returns all its words.
    pub(super) fn all(&self) -> Vec<&Word> {
        self.runs.iter().flatten().collect()
    }
}

/// Cuts a stretch at `…`, `...` and `[…]`; each piece with what follows it.
fn pieces(text: &str, stretch: Span) -> Vec<(Span, Option<Gap>)> {
    let mut found = Vec::new();
    let mut start = stretch.start();
    let mut at = start;
    while at < stretch.end() {
        let rest = slice(text, at, stretch.end());
        let (length, gap) = if rest.starts_with('[') {
            let inside = rest.find(']').map_or(1, |end| end + 1);
            let dots = slice(rest, 1, inside.saturating_sub(1));
            let elided = dots.trim().chars().all(|c| matches!(c, '.' | '…'));
            (inside, if elided { Gap::Ellipsis } else { Gap::Brackets })
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

/// Returns the length of an ellipsis at the start of a text: `…`, `...`, `. . .`.
fn ellipsis(text: &str) -> Option<usize> {
    if text.starts_with('…') {
        return Some('…'.len_utf8());
    }
    ["...", ". . .", ".\u{a0}.\u{a0}."]
        .iter()
        .find(|dots| text.starts_with(**dots))
        .map(|d| d.len())
}

#[cfg(test)]
mod tests {
    use super::{Gap, Runs, words};
    use crate::span::Span;

    #[test]
    fn words_are_folded_and_numbers_kept_whole() {
        let text = "Don’t pay 1,200.50 — ever.";
        let found = words(text, Span::new(0, text.len()));
        let folded: Vec<&str> = found.iter().map(|w| w.folded.as_str()).collect();
        assert_eq!(folded, ["don't", "pay", "1,200.50", "ever"]);
    }

    #[test]
    fn ellipses_and_brackets_cut_a_quotation() {
        let text = "We will [all] go ... and stay […] here";
        let runs = Runs::of(text, Span::new(0, text.len()));
        assert_eq!(runs.runs.len(), 4);
        assert_eq!(runs.gaps, [Gap::Brackets, Gap::Ellipsis, Gap::Ellipsis]);
    }
}
