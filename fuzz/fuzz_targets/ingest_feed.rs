//! Reads any bytes as a feed: no panic, the same result twice, and nothing dropped without a warning.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::read::{self, Format, Options};

fuzz_target!(|bytes: &[u8]| {
    let options = Options { from: Some(Format::Feed), cuts: true, ..Options::default() };
    let (first, again) =
        (read::read("fuzz.xml", bytes, &options), read::read("fuzz.xml", bytes, &options));
    assert_eq!(first.articles, again.articles);
    assert!(!first.articles.is_empty() || !first.warnings.is_empty());
    for article in &first.articles {
        for block in &article.blocks {
            assert!(block.span.get(&article.text).is_some_and(|text| !text.is_empty()));
        }
    }
});
