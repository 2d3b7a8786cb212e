//! Where sentences begin and end.

use crate::article::{Block, BlockKind};
use crate::language::Language;
use crate::span::Span;

/// Returns the sentences of a block, in order, without outer white space.
///
/// A heading is one sentence.
pub fn sentences(text: &str, block: Block, _language: Language) -> Vec<Span> {
    if block.kind == BlockKind::Heading {
        return vec![block.span];
    }
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = block.span.start();
    let mut i = start;
    while i < block.span.end() {
        if matches!(bytes[i], b'.' | b'!' | b'?') {
            let mut end = i + 1;
            while end < block.span.end()
                && matches!(bytes[end], b'.' | b'"' | b')' | b'\'' | 0xE2 | 0x80 | 0x9D)
            {
                end += 1;
            }
            let short =
                bytes[..i].iter().rev().take_while(|b| b.is_ascii_alphabetic()).count() <= 2;
            let next = bytes.get(end + 1).copied().unwrap_or(b' ');
            if bytes.get(end) == Some(&b' ') && !short && !next.is_ascii_lowercase() {
                found.push(Span::new(start, end));
                start = end;
            }
            i = end;
        } else {
            i += 1;
        }
    }
    found.push(Span::new(start, block.span.end()));
    found.iter().map(|s| s.trimmed(text)).filter(|s| !s.is_empty()).collect()
}
