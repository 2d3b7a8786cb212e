//! Reads any bytes as an email: no panic, and every block is a range of the text of its article.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::read::{self, Format, Options};

fuzz_target!(|bytes: &[u8]| {
    let options = Options { from: Some(Format::Mail), cuts: true, ..Options::default() };
    let ingested = read::read("fuzz.eml", bytes, &options);
    assert!(!ingested.articles.is_empty() || !ingested.warnings.is_empty());
    for article in &ingested.articles {
        for block in &article.blocks {
            assert!(block.span.get(&article.text).is_some_and(|text| !text.is_empty()));
        }
    }
});
