//! Every briefing is accepted as a draft in every format for readers: what one stage writes, another may not accuse.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;

use nutgraf::article::{Article, Published};
use nutgraf::pipeline::{self, Params};
use nutgraf::read::{self, Options};
use nutgraf::render::{self, Format};
use nutgraf::text::Collection;
use nutgraf::verify::draft::{self, Check};
use proptest::prelude::*;

fn now() -> Published {
    Published::parse("2026-03-11T06:00:00Z").unwrap()
}

fn samples() -> Vec<Article> {
    let mut files: Vec<_> = fs::read_dir("seeds").unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let read = |path: &std::path::PathBuf| {
        let options = Options { now: Some(now().timestamp()), ..Options::default() };
        read::read(&path.to_string_lossy(), &fs::read(path).unwrap(), &options).articles
    };
    files.iter().flat_map(read).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(6) })]

    #[test]
    fn a_briefing_is_an_honest_draft(words in 60_usize..900, from in 0_usize..6) {
        let articles: Vec<Article> = samples().into_iter().skip(from).collect();
        let briefing = pipeline::brief(articles.clone(), &Params { words, ..Params::default() }, now()).briefing;
        let collection = Collection::build(articles);
        let check = Check::new(&collection);
        let mail = render::Mail { from: Some("desk@post.example".to_owned()), to: vec!["reader@post.example".to_owned()], ..render::Mail::default() };
        let options = render::Options { mail, ..render::Options::default() };
        for (format, form) in [
            (Format::Markdown, draft::Format::Markdown),
            (Format::Html, draft::Format::Html),
            (Format::Text, draft::Format::Text),
            (Format::Eml, draft::Format::Mail),
        ] {
            let page = render::render(&briefing, format, &options).unwrap();
            for format in [Some(form), None] {
                let report = check.draft(&page, &draft::Options { format, claims: true });
                prop_assert!(report.holds, "{format:?} {report:#?}");
                let quotes = briefing.stories.iter().map(|s| s.quotes.len()).sum::<usize>();
                prop_assert!(report.checked.quotations >= quotes, "{format:?} {report}");
            }
        }
    }
}
