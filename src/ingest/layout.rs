//! The blocks of a text that is kept to the letter.

use crate::article::{Block, BlockKind};
use crate::span::Span;

/// Returns the blocks of a text: between two of them lies only white space.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trimmed(text);
        at += line.len();
        if !span.is_empty() {
            found.push(Block { kind: BlockKind::Paragraph, span });
        }
    }
    found
}
