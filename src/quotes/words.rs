//! The words of a quotation, hashed for comparison.

use rustc_hash::FxHasher;
use std::hash::Hasher as _;

use crate::span::Span;

/// A low estimate of the bytes per word, including the space after it.
const BYTES_A_WORD: usize = 5;

/// A word of a quotation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) span: Span,
    /// A hash of the word in lower case, with straight apostrophes.
    pub(super) hash: u64,
    /// Whether the word is in square brackets and therefore the reporter's.
    pub(super) edited: bool,
}

/// Returns the words of a range of a text; apostrophes inside a word belong to it, and hyphens separate words.
pub(super) fn split(text: &str, span: Span) -> Vec<Word> {
    let inside = span.slice(text);
    // ASCII characters need no decoding.
    if inside.is_ascii() {
        let characters = inside.bytes().map(char::from).enumerate();
        of_characters(inside, span.start(), characters)
    } else {
        of_characters(inside, span.start(), inside.char_indices())
    }
}

fn of_characters(
    inside: &str,
    offset: usize,
    characters: impl Iterator<Item = (usize, char)>,
) -> Vec<Word> {
    let mut found = Vec::with_capacity(inside.len() / BYTES_A_WORD + 1);
    let mut brackets = 0_usize;
    let mut start = None;
    for (at, c) in characters {
        // For speed, Russian letters are recognized without the Unicode tables.
        let letter = matches!(c, 'а'..='я' | 'А'..='Я') || c.is_alphanumeric();
        if letter || matches!(c, '\'' | '’') {
            if letter && start.is_none() {
                start = Some(at);
            }
            continue;
        }
        if let Some(from) = start.take() {
            found.push(word(inside, offset, from, at, brackets > 0));
        }
        match c {
            '[' => brackets += 1,
            ']' => brackets = brackets.saturating_sub(1),
            _ => {}
        }
    }
    if let Some(from) = start {
        found.push(word(inside, offset, from, inside.len(), brackets > 0));
    }
    found
}

fn word(inside: &str, offset: usize, from: usize, to: usize, edited: bool) -> Word {
    let text = inside.get(from..to).unwrap_or("").trim_end_matches(['\'', '’']);
    let mut hasher = FxHasher::default();
    let mut write = |c: char| hasher.write_u32(c as u32);
    for c in text.chars() {
        match c {
            '’' => write('\''),
            '\0'..='\x7F' => write(c.to_ascii_lowercase()),
            'а'..='я' => write(c),
            _ => c.to_lowercase().for_each(&mut write),
        }
    }
    Word {
        span: Span::new(offset + from, offset + from + text.len()),
        hash: hasher.finish(),
        edited,
    }
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::span::Span;

    #[test]
    fn words_are_compared_without_case_and_kind_of_apostrophe() {
        let hashes = |text: &str| -> Vec<u64> {
            split(text, Span::new(0, text.len())).iter().map(|w| w.hash).collect()
        };
        assert_eq!(hashes("It's \"over-due\""), hashes("IT’S OVER DUE’"));
        assert_eq!(hashes("ДОМ Ёлка, Élan"), hashes("дом — ёлка élan"));
        assert_ne!(hashes("don't"), hashes("dont"));
    }

    #[test]
    fn words_in_brackets_are_the_reporters() {
        let text = "we [the council] agreed";
        let edited: Vec<bool> =
            split(text, Span::new(0, text.len())).iter().map(|w| w.edited).collect();
        assert_eq!(edited, [false, true, true, false]);
    }
}
