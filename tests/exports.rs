//! Exports of other programs in their real formats: the article in each is read with its metadata.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use nutgraf::article::Article;
use nutgraf::read::{self, Ingested, Options};
use proptest::prelude::*;
use serde_json::{Value, json};

const URL: &str = "https://varnpost.example/2015/05/04/bridge";
const FIRST: &str = "voted on Monday to close the old bridge";
const SECOND: &str = "A ferry will take passengers from June";

fn export(name: &str) -> Ingested {
    let bytes = fs::read(format!("tests/exports/{name}")).unwrap();
    read::read(name, &bytes, &Options::default())
}

/// Returns the only article of an export, with its title and day, which are the same in all.
fn article(name: &str) -> Article {
    let read = export(name);
    assert_eq!(read.articles.len(), 1, "{name}: {:?}", read.warnings);
    let article = read.articles.into_iter().next().unwrap();
    assert_eq!(article.title, "Old bridge to close", "{name}");
    let day = article.published.map(|p| p.to_string()).unwrap_or_default();
    assert!(day.starts_with("2015-05-04"), "{name}: {day}");
    article
}

#[test]
fn each_export_gives_its_article() {
    // Name, outlet, author, whether the whole text is present (otherwise its first paragraph or nothing), and whether
    // the address is.
    for (name, outlet, author, text) in [
        ("miniflux.json", "Varn Post", "Ada Lorne", 2),
        ("freshrss.json", "Varn Post", "Ada Lorne", 2),
        ("greader.json", "Varn Post", "Ada Lorne", 2),
        ("wallabag.json", "varnpost.example", "Ada Lorne", 2),
        ("pocket.csv", "varnpost.example", "", 0),
        ("pocket.json", "Varn Post", "Ada Lorne", 1),
        ("instapaper.csv", "varnpost.example", "", 1),
        ("readwise.json", "Varn Post", "Ada Lorne", 2),
        ("readwise-highlights.csv", "", "Ada Lorne", 1),
        ("feedly.json", "Varn Post", "Ada Lorne", 2),
        ("newsblur.json", "varnpost.example", "Ada Lorne", 2),
        ("trafilatura.json", "Varn Post", "Ada Lorne; Karl Braun", 2),
        ("newspaper4k.json", "Varn Post", "Ada Lorne, Karl Braun", 2),
        ("news-please.json", "varnpost.example", "Ada Lorne", 2),
        ("goose3.json", "varnpost.example", "Ada Lorne", 2),
        ("fundus.json", "Varn Post", "Ada Lorne", 2),
        ("news-sitemap.xml", "Varn Post", "", 0),
    ] {
        let article = article(name);
        assert_eq!(article.outlet().unwrap_or_default(), outlet, "{name}");
        assert_eq!(article.byline.as_deref().unwrap_or_default(), author, "{name}");
        assert_eq!(article.text.contains(FIRST), 1 <= text, "{name}: {}", article.text);
        assert_eq!(article.text.contains(SECOND), text == 2, "{name}: {}", article.text);
        assert!(!article.text.contains('<'), "{name}: {}", article.text);
        let has_url = !matches!(name, "goose3.json" | "fundus.json" | "readwise-highlights.csv");
        assert_eq!(article.url.as_deref(), has_url.then_some(URL), "{name}");
        if name != "news-sitemap.xml" {
            assert_eq!(article.text.is_empty(), !article.warnings.is_empty(), "{name}");
        }
    }
}

#[test]
fn dates_since_1970_in_every_unit() {
    for date in
        ["1430734800", "1430734800000", "1430734800000000", "1430734800000000000", "1430734800.25"]
    {
        let record = json!({"title": "A", "text": "It is closed.", "date": date});
        let read = read::read_value(record, "r", &Options::default());
        let day = read.articles[0].published.map(|p| p.to_string());
        assert_eq!(day.as_deref(), Some("2015-05-04T10:20:00Z"), "{date}");
    }
}

/// Values with long and short strings under known and unknown names, nested or not.
fn values() -> impl Strategy<Value = Value> {
    let string =
        prop_oneof!["[a-z]{1,8}", "([a-z]{1,9} ){30,60}", "[a-z]{200,260}"].prop_map(Value::String);
    let key = prop_oneof![
        Just("title".to_owned()),
        Just("text".to_owned()),
        Just("content".to_owned()),
        Just("summary".to_owned()),
        Just("body".to_owned()),
        Just("items".to_owned()),
        Just("data".to_owned()),
        Just("author".to_owned()),
        "[a-z]{3,6}",
    ];
    string.prop_recursive(3, 12, 4, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::Array),
            prop::collection::vec((key.clone(), inner), 1..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Collects the strings in a value that have at least 200 characters without the white space around them, each with the
/// keys that lead to it.
fn long_strings<'v>(value: &'v Value, names: &[&'v str], found: &mut Vec<(Vec<&'v str>, &'v str)>) {
    match value {
        Value::String(text) if 200 <= text.trim().chars().count() => {
            found.push((names.to_vec(), text));
        }
        Value::Array(values) => values.iter().for_each(|v| long_strings(v, names, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                long_strings(value, &[names, &[key.as_str()]].concat(), found);
            }
        }
        _ => {}
    }
}

proptest! {
    #[test]
    fn every_long_string_is_in_an_article_or_named(
        fields in prop::collection::vec(("[a-z]{4,7}|title|text|content|summary|items", values()), 1..5)
    ) {
        let value = Value::Object(fields.into_iter().collect());
        let read = read::read("r.json", value.to_string().as_bytes(), &Options::default());
        let said: String = read.warnings.iter().map(|w| w.message.as_str()).collect::<Vec<_>>().join("\n");
        let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let texts: String = read
            .articles
            .iter()
            .map(|a| plain(&format!("{} {} {}", a.title, a.text, a.byline.as_deref().unwrap_or_default())))
            .collect::<Vec<_>>()
            .join("\n");
        let mut found = Vec::new();
        long_strings(&value, &[], &mut found);
        for (names, text) in found {
            let named = names.iter().any(|name| said.contains(name));
            prop_assert!(texts.contains(&plain(text)) || named, "{names:?} in {value}: {said}");
        }
    }
}
