//! E-reader books, checked by epubcheck (`apt-get install epubcheck`).
//!
//! Without epubcheck the test says that it was skipped, unless the variable `NUTGRAF_TEST_ALL` is set; `.ci/run` sets it once
//! epubcheck is installed.
#![cfg(feature = "packed")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

use nutgraf::briefing::Briefing;
use nutgraf::render::{self, Options};

fn sample() -> Briefing {
    serde_json::from_str(include_str!("../templates/sample.json")).unwrap()
}

/// Returns the sample, with texts that have a meaning in XML.
fn hostile() -> Briefing {
    let mut briefing = sample();
    let text = "]]> <b>&copy;</b> \"'><script>alert(1)</script>\u{0}\u{1b}\u{ffff} \u{202e}x &#0;";
    text.clone_into(&mut briefing.title);
    for story in &mut briefing.stories {
        text.clone_into(&mut story.headline.text);
        for sentence in &mut story.summary {
            text.clone_into(&mut sentence.excerpt.text);
        }
    }
    for article in &mut briefing.articles {
        text.clone_into(&mut article.title);
        article.source = Some(text.to_owned());
    }
    let (known, n) = (briefing.articles.clone(), briefing.articles.len());
    for (i, url) in ADDRESSES.iter().enumerate().rev() {
        if i < n {
            briefing.articles[i].url = Some((*url).to_owned());
        } else {
            let mut article = known[i % n].clone();
            article.id = format!("more-{i}");
            article.number = i + 1;
            article.url = Some((*url).to_owned());
            briefing.articles.push(article);
        }
    }
    briefing
}

/// Addresses that violate RFC 3986.
const ADDRESSES: [&str; 9] = [
    "https://x.example/a b\"<>&(é)[]{}|^`\\?q=<script>#f#g",
    "https://x.example/100%",
    "https://x.example/%zz?q=%",
    "https://x.example/##:~:text=old",
    "https://x.example:port/",
    "https://[2001:db8::1]:8080/a",
    "https://x.example/straße?ä=ö#ü",
    "https://a_b.example/\\x",
    "https://x.example?a=[b]",
];

fn empty() -> Briefing {
    let mut briefing = sample();
    briefing.stories.clear();
    briefing.articles.clear();
    briefing
}

#[test]
fn the_same_briefing_gives_the_same_book() {
    let book = || render::epub(&sample(), &Options::default()).unwrap();
    assert_eq!(book(), book());
    assert_eq!(&book()[30..58], b"mimetypeapplication/epub+zip");
}

/// Returns the command that runs epubcheck: some distributions install the program, others a jar under its name.
fn epubcheck() -> Option<Vec<&'static str>> {
    let ways = [vec!["epubcheck"], vec!["java", "-jar", "/usr/share/java/epubcheck.jar"]];
    ways.into_iter().find(|way| {
        let shown = Command::new(way[0]).args(&way[1..]).arg("--version").output();
        // The status is 1, because there is no book to check.
        shown.is_ok_and(|shown| String::from_utf8_lossy(&shown.stdout).contains("EPUBCheck"))
    })
}

#[test]
fn epubcheck_finds_no_error() {
    let Some(epubcheck) = epubcheck() else {
        assert!(std::env::var_os("NUTGRAF_TEST_ALL").is_none(), "there is no epubcheck here");
        eprintln!("skipped: there is no epubcheck here");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let cases = [("sample", sample()), ("hostile", hostile()), ("empty", empty())];
    for (name, briefing) in cases {
        let path = folder.path().join(format!("{name}.epub"));
        std::fs::write(&path, render::epub(&briefing, &Options::default()).unwrap()).unwrap();
        let mut command = Command::new(epubcheck[0]);
        let done = command.args(&epubcheck[1..]).arg("--failonwarnings").arg(&path).output();
        let done = done.unwrap();
        let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        assert!(done.status.success(), "{name}: {said}");
    }
}
