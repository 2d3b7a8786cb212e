//! Reads any bytes as a page dump: no panic, and the blocks are ranges of the text, in order, with only white space
//! between them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::read::{self, Format, Options, layout};

fuzz_target!(|bytes: &[u8]| {
    let options = Options { from: Some(Format::Text), cuts: true, ..Options::default() };
    for article in read::read("fuzz.txt", bytes, &options).articles {
        check(&article.text, &article.blocks);
    }
    let text = String::from_utf8_lossy(bytes);
    check(&text, &layout::blocks(&text));
});

fn check(text: &str, blocks: &[nutgraf::article::Block]) {
    let mut at = 0;
    for block in blocks {
        assert!(nutgraf::span::slice(text, at, block.span.start()).trim().is_empty());
        assert!(at <= block.span.start() && block.span.get(text).is_some_and(|t| !t.is_empty()));
        at = block.span.end();
    }
    assert!(nutgraf::span::slice(text, at, text.len()).trim().is_empty());
}
