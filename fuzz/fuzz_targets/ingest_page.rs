//! Reads any bytes as a web page: no panic, and the text of record consists of its blocks and the white space between
//! them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::article::Article;
use nutgraf::read::{self, Format, Limits, Options};
use nutgraf::span::slice;

fuzz_target!(|bytes: &[u8]| {
    let options =
        |limits| Options { from: Some(Format::Html), cuts: true, limits, ..Options::default() };
    let small = Limits { elements: 20, depth: 5, ..Limits::default() };
    for limits in [Limits::default(), small] {
        let ingested = read::read("fuzz.html", bytes, &options(limits));
        assert!(!ingested.articles.is_empty() || !ingested.warnings.is_empty());
        ingested.articles.iter().for_each(check);
    }
    // Three pages of one site: repeated parts are removed, and the rest is kept.
    let names: Vec<String> = (0..3).map(|n| format!("{n}.html")).collect();
    let load = |name: &str| {
        let own = format!(
            "<meta property=og:site_name content=Site><p>Only page {name} has this line, and no other."
        );
        Ok([own.as_bytes(), bytes].concat())
    };
    read::read_all(&names, load, &options(Limits::default())).articles.iter().for_each(check);
});

fn check(article: &Article) {
    let mut at = 0;
    for block in &article.blocks {
        assert!(slice(&article.text, at, block.span.start()).trim().is_empty());
        assert!(block.span.get(&article.text).is_some_and(|text| !text.trim().is_empty()));
        at = block.span.end();
    }
    assert_eq!(at, article.text.len());
}
