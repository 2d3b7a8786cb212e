//! Books for e-readers, judged by epubcheck (`apt-get install epubcheck`).
#![cfg(feature = "packed")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

use nutgraf::briefing::Briefing;
use nutgraf::render::{self, Options};

fn sample() -> Briefing {
    serde_json::from_str(include_str!("../templates/sample.json")).unwrap()
}

/// The sample with texts that mean something in XML.
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
        article.url = Some("https://x.example/a b\"<>&(é)[]{}|^`\\?q=<script>#f#g".to_owned());
    }
    briefing
}

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

#[test]
fn epubcheck_finds_no_error() {
    if Command::new("epubcheck").arg("--version").output().is_err() {
        eprintln!("skipped: there is no epubcheck here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, briefing) in [("sample", sample()), ("hostile", hostile()), ("empty", empty())] {
        let path = folder.path().join(format!("{name}.epub"));
        std::fs::write(&path, render::epub(&briefing, &Options::default()).unwrap()).unwrap();
        let done = Command::new("epubcheck").arg("--failonwarnings").arg(&path).output().unwrap();
        let said = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        assert!(done.status.success(), "{name}: {said}");
    }
}
