//! The invariants, tested over the whole path from bytes to page.
#![cfg(feature = "cli")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::process::Command;

use nutgraf::article::{Article, Published};
use nutgraf::briefing::{Briefing, Excerpt};
use nutgraf::pipeline::{self, Params};
use nutgraf::read::{self, Options};
use nutgraf::render::{self, Format};
use nutgraf::span::CodePoints;
use nutgraf::text::Collection;
use nutgraf::verify::verify;
use proptest::prelude::*;

fn now() -> Published {
    Published::parse("2026-03-11T06:00:00Z").unwrap()
}

/// Returns the sample articles, in the order of their files.
fn samples() -> Vec<Article> {
    let mut files: Vec<_> = fs::read_dir("seeds").unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let options = Options { now: Some(now().timestamp()), ..Options::default() };
        read::read(&path.to_string_lossy(), &fs::read(path).unwrap(), &options).articles
    };
    files.iter().flat_map(read).collect()
}

fn brief(articles: Vec<Article>, words: usize) -> Briefing {
    pipeline::brief(articles, &Params { words, ..Params::default() }, now()).briefing
}

fn excerpts(briefing: &Briefing) -> Vec<&Excerpt> {
    let mut all = Vec::new();
    for story in &briefing.stories {
        all.extend(story.summary.iter().map(|s| &s.excerpt));
        for quote in &story.quotes {
            all.extend(quote.excerpts.iter().chain(&quote.variants));
        }
    }
    all
}

#[test]
fn every_excerpt_is_verbatim() {
    let articles = samples();
    let briefing = brief(articles.clone(), 600);
    let shown = excerpts(&briefing);
    assert!(shown.len() > 12, "only {} excerpts", shown.len());
    for excerpt in shown {
        let article = articles.iter().find(|a| a.id.as_str() == excerpt.article).unwrap();
        let span = CodePoints::new(&article.text).to_span(excerpt.start, excerpt.end).unwrap();
        assert_eq!(span.slice(&article.text), excerpt.text);
    }
    let report = verify(&briefing, &Collection::build(articles));
    assert!(report.holds, "{report}");
}

#[test]
fn a_speaker_stands_in_the_source_that_is_cited() {
    let articles = samples();
    let briefing = brief(articles, 900);
    let quotes: Vec<_> = briefing.stories.iter().flat_map(|s| &s.quotes).collect();
    assert!(quotes.iter().any(|q| q.speaker.is_some()));
    for quote in quotes {
        assert_eq!(quote.speaker.is_some(), quote.source.is_some(), "{quote:?}");
    }
}

#[test]
fn the_order_of_the_articles_changes_nothing() {
    let articles = samples();
    let first =
        render::render(&brief(articles.clone(), 500), Format::Json, &render::Options::default())
            .unwrap();
    let mut turned = articles;
    for _ in 0..3 {
        turned.reverse();
        let by = turned.len() / 3;
        turned.rotate_left(by);
        let again =
            render::render(&brief(turned.clone(), 500), Format::Json, &render::Options::default())
                .unwrap();
        assert_eq!(again, first);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let run = |threads: &str, format: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
            .args(["-j", threads, "brief", "--now", "2026-03-11T06:00:00Z", "-t", format, "seeds"])
            .env("XDG_CONFIG_HOME", "/nonexistent")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    for format in ["json", "md", "html", "text", "atom"] {
        let one = run("1", format);
        assert_eq!(run("2", format), one, "{format}");
        assert_eq!(run("8", format), one, "{format}");
    }
}

#[test]
fn nothing_is_dropped_in_silence() {
    let articles = samples();
    let n = articles.len();
    let briefing = brief(articles, 120);
    let listed = briefing.articles.len() + briefing.left_out.articles + briefing.dropped.len();
    assert_eq!(listed, n, "{:?}", briefing.left_out);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_budget_is_never_exceeded(words in 1_usize..900) {
        let briefing = brief(samples(), words);
        prop_assert!(briefing.words <= words, "{} of {words}", briefing.words);
        for story in &briefing.stories {
            let headline = nutgraf::budget::words(&story.headline.text);
            prop_assert!(headline > 0 && !(story.summary.is_empty() && story.quotes.is_empty()));
        }
    }

    #[test]
    fn any_text_goes_through_without_a_panic(text in "(?s)\\PC{0,600}", name in "[a-z]{1,8}\\.(txt|html|md|json|jsonl|csv|eml|xml)") {
        let articles = read::read(&name, text.as_bytes(), &Options::default()).articles;
        let briefing = brief(articles.clone(), 200);
        let report = verify(&briefing, &Collection::build(articles));
        prop_assert!(report.holds, "{report}");
        for (_, format) in Format::NAMES.iter().filter(|(name, _)| *name != "eml") {
            prop_assert!(render::render(&briefing, *format, &render::Options::default()).is_ok());
        }
    }
}
