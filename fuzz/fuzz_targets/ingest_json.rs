//! Reads any bytes as JSON, JSONL, CSV and by detection: no panic, and a string that is passed as text is returned
//! unchanged.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::read::{self, Format, Options};

fuzz_target!(|bytes: &[u8]| {
    for from in [Some(Format::Json), Some(Format::Jsonl), Some(Format::Csv), Some(Format::Markdown), None] {
        drop(read::read("fuzz", bytes, &Options { from, ..Options::default() }));
    }
    let text = format!("a{}", String::from_utf8_lossy(bytes));
    let line = serde_json::json!({ "text": text }).to_string();
    let read = read::read("fuzz.jsonl", line.as_bytes(), &Options::default());
    assert_eq!(read.articles.first().map(|a| &a.text), Some(&text));
});
