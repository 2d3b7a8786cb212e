//! The words of a sentence in lower case, in the form in which the word lists of a language contain them.
//!
//! The buffer is reused for each sentence. Words are separated by single spaces, so a phrase is a slice of the buffer
//! and no word needs an allocation.

use crate::language::Language;
use crate::span::{Span, slice};
use crate::text::packs::{self, Discourse, WordSet};
use crate::text::quotemarks::is_double_mark;

/// The words of a sentence; empty if the language has no word lists.
#[derive(Debug)]
pub(crate) struct Wording {
    data: Option<&'static Discourse>,
    /// The words in lower case, separated by single spaces.
    folded: String,
    words: Vec<Word>,
    /// Whether a double quotation mark was read.
    pub(crate) has_marks: bool,
}

/// A word of a sentence.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    /// Its range in the sentence.
    pub(crate) at: Span,
    /// Whether it starts with a capital.
    pub(crate) capital: bool,
    /// Whether it consists of capitals only and is at least three bytes long.
    pub(crate) shouted: bool,
    /// Whether it is inside double quotation marks.
    pub(crate) quoted: bool,
    /// Its range in the buffer.
    folded: Span,
}

/// Characters that a word can contain but not start or end with.
const EDGES: [char; 4] = ['\'', '’', '-', '.'];

/// The role of a character in tokenization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Word,
    Mark,
    Other,
}

/// The class of each ASCII character.
const CLASSES: [Class; 128] = {
    let mut classes = [Class::Other; 128];
    let mut byte = 0;
    while byte < 128 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'\'' | b'-' | b'.' => Class::Word,
            b'"' => Class::Mark,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

impl Class {
    /// Returns the class of the character at a byte offset, and its length in bytes.
    fn at(sentence: &str, at: usize) -> (Self, usize) {
        let c = sentence.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
        let class = match c {
            c if c.is_alphanumeric() || EDGES.contains(&c) => Self::Word,
            c if is_double_mark(c) => Self::Mark,
            _ => Self::Other,
        };
        (class, c.len_utf8())
    }
}

impl Wording {
    /// Creates an empty buffer.
    pub(crate) fn new(language: Language) -> Self {
        let data = packs::discourse(language);
        Self { data, folded: String::new(), words: Vec::new(), has_marks: false }
    }

    /// Reads the words of a sentence, replacing the previous ones.
    pub(crate) fn fill(&mut self, sentence: &str) {
        self.fill_start(sentence, usize::MAX);
    }

    /// Reads the first `n` words of a sentence, replacing the previous ones.
    pub(crate) fn fill_start(&mut self, sentence: &str, n: usize) {
        self.folded.clear();
        self.words.clear();
        self.has_marks = false;
        if self.data.is_none() {
            return;
        }
        let (mut start, mut quoted) = (None, false);
        let mut at = 0;
        while let Some(&byte) = sentence.as_bytes().get(at) {
            let (class, len) = match CLASSES.get(usize::from(byte)) {
                Some(class) => (*class, 1),
                None => Class::at(sentence, at),
            };
            if class == Class::Word {
                start.get_or_insert(at);
            } else if let Some(start) = start.take() {
                self.push(sentence, Span::new(start, at), quoted);
                if self.words.len() >= n {
                    return;
                }
            }
            // Sentences with unbalanced quotation marks are never shown, so every second mark is a closing one,
            // whatever its form.
            if class == Class::Mark {
                quoted = !quoted;
                self.has_marks = true;
            }
            at += len;
        }
        if let Some(start) = start {
            self.push(sentence, Span::new(start, sentence.len()), quoted);
        }
    }

    fn push(&mut self, sentence: &str, span: Span, quoted: bool) {
        let (mut word, mut start) = (span.slice(sentence), span.start());
        if word.starts_with(EDGES) || word.ends_with(EDGES) {
            word = word.trim_start_matches(EDGES);
            start = span.end() - word.len();
            word = word.trim_end_matches(EDGES);
        }
        if word.is_empty() {
            return;
        }
        if !self.folded.is_empty() {
            self.folded.push(' ');
        }
        let from = self.folded.len();
        if word.is_ascii() {
            self.folded.push_str(word);
            self.folded.get_mut(from..).unwrap_or_default().make_ascii_lowercase();
        } else {
            for c in word.chars() {
                match c {
                    '’' => self.folded.push('\''),
                    c => self.folded.extend(c.to_lowercase()),
                }
            }
        }
        self.words.push(Word {
            at: Span::new(start, start + word.len()),
            capital: word.starts_with(char::is_uppercase),
            shouted: word.len() > 2 && word.chars().all(char::is_uppercase),
            quoted,
            folded: Span::new(from, self.folded.len()),
        });
    }

    /// Returns the word lists of the language, if it has any.
    pub(crate) const fn data(&self) -> Option<&'static Discourse> {
        self.data
    }

    /// Returns the words.
    pub(crate) fn words(&self) -> &[Word] {
        &self.words
    }

    /// Returns a word in lower case.
    pub(crate) fn folded(&self, word: &Word) -> &str {
        word.folded.slice(&self.folded)
    }

    /// Returns `n` words from `first` on, in lower case, separated by single spaces.
    pub(crate) fn phrase(&self, first: usize, n: usize) -> &str {
        let last = self.words.get((first + n).wrapping_sub(1));
        let range = self.words.get(first).zip(last);
        range.map_or("", |(a, b)| slice(&self.folded, a.folded.start(), b.folded.end()))
    }

    /// Returns the number of words in the longest entry of `set` that matches at `first` and has at most `most` words.
    pub(crate) fn longest_in(&self, set: &WordSet, first: usize, most: usize) -> Option<usize> {
        let most = most.min(self.words.len().saturating_sub(first));
        (1..=most).rev().find(|&n| set.contains(self.phrase(first, n)))
    }
}
