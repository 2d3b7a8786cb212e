//! Checks a draft of any bytes against a fixed article, claims included: no panic, and every range is inside the
//! article.
#![no_main]

use libfuzzer_sys::fuzz_target;
use nutgraf::read::{self, Options};
use nutgraf::span::CodePoints;
use nutgraf::text::Collection;
use nutgraf::verify::draft::{self, Format};

const SOURCE: &[u8] = br#"{"id":"a","title":"Mill burns","source":"Post","text":"The mill burned down. \"We never had a chance,\" said fire chief Marit Solberg. \"The tower fell first.\""}"#;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let articles = read::read("a.jsonl", SOURCE, &Options::default()).articles;
    let collection = Collection::build(articles);
    for format in [Format::Markdown, Format::Html, Format::Text] {
        let options = draft::Options { format: Some(format), claims: true };
        let report = draft::verify(text, &options, &collection);
        for place in report.findings.iter().flat_map(|f| &f.places) {
            let article = collection.articles.iter().find(|a| a.id.as_str() == place.article);
            let source = article.map_or("", |a| &a.text);
            let span = CodePoints::new(source).to_span(place.start, place.end);
            assert_eq!(span.map(|s| s.slice(source)), Some(place.text.as_str()));
        }
    }
});
