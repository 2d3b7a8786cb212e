//! Words and numbers of a stretch of text.

use unicode_segmentation::UnicodeSegmentation as _;

use crate::span::Span;
use crate::text::document::Token;
use crate::text::term::Interner;

/// Appends the tokens of `text` to `tokens`; `offset` is where `text` begins in the text of record.
pub fn scan(text: &str, offset: usize, terms: &mut Interner, tokens: &mut Vec<Token>) {
    for (at, word) in text.unicode_word_indices() {
        let (term, kind) = terms.intern(word);
        let start = offset + at;
        tokens.push(Token { span: Span::new(start, start + word.len()), term, kind });
    }
}
