//! Drafts with planted errors: every error is found, and no honest quotation is accused.
//!
//! Each file of `tests/drafts/` is a draft; `expected.tsv` names its faults, none for an honest one.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use nutgraf::read;
use nutgraf::text::Collection;
use nutgraf::verify::draft::{self, Options};
use nutgraf::verify::{Code, Report};

const FOLDER: &str = "tests/drafts";

fn sources() -> Collection {
    let bytes = fs::read(Path::new(FOLDER).join("sources.jsonl")).unwrap();
    Collection::build(read::read("sources.jsonl", &bytes, &read::Options::default()).articles)
}

fn verify(draft: &str, sources: &Collection) -> Report {
    draft::verify(draft, &Options::default(), sources)
}

/// Returns the faults of a report as `kind: first words`.
fn faults(report: &Report) -> Vec<(&'static str, &str)> {
    let faults = report.findings.iter().filter(|f| f.fault);
    faults.map(|f| (f.kind.name(), f.text.as_str())).collect()
}

#[test]
fn every_planted_error_is_found_and_no_honest_quotation_accused() {
    let sources = sources();
    let expected = fs::read_to_string(Path::new(FOLDER).join("expected.tsv")).unwrap();
    let expected: Vec<Vec<&str>> = expected.lines().map(|l| l.split('\t').collect()).collect();
    let mut names: Vec<_> = fs::read_dir(FOLDER).unwrap().map(|e| e.unwrap().file_name()).collect();
    names.sort();
    let mut wrong = Vec::new();
    for name in names.iter().map(|n| n.to_str().unwrap()) {
        if !name.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let text = fs::read_to_string(Path::new(FOLDER).join(name)).unwrap();
        let report = verify(&text, &sources);
        let planted: Vec<_> = expected.iter().filter(|e| e[0] == name).collect();
        let found = faults(&report);
        let matches = planted.len() == found.len()
            && planted
                .iter()
                .zip(&found)
                .all(|(e, (kind, words))| *kind == e[1] && words.starts_with(e[2]));
        assert_eq!(report.holds, found.is_empty());
        if !matches {
            wrong.push(format!("{name}: expected {planted:?}, found\n{report}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn differing_words_are_shown_with_their_line() {
    let text = "Notes.\n\n\"We owe the families a reply, not a rumour,\" said Jonas Field.\n";
    let report = verify(text, &sources());
    let finding = &report.findings[0];
    assert_eq!(finding.line, Some(3));
    assert_eq!(finding.changes.len(), 1);
    assert_eq!((&*finding.changes[0].draft, &*finding.changes[0].source), ("a reply", "an answer"));
    assert_eq!(finding.places[0].article, "mill-radio");
}

#[test]
fn an_empty_draft_and_no_sources_are_no_trouble() {
    assert!(verify("", &sources()).holds);
    let report = verify("\"We owe the families an answer,\" he said.", &Collection::default());
    assert_eq!(faults(&report).len(), 1);
}

/// A draft in which no quotation was found is reported: its marks may be of an unknown kind.
#[test]
fn a_draft_without_quotations_is_named() {
    for draft in
        ["The bridge was closed. The mayor spoke of it at length.", "# Notes\n\n- a\n- b\n"]
    {
        let report = verify(draft, &sources());
        let codes: Vec<_> = report.findings.iter().map(|f| f.code).collect();
        assert_eq!(codes, [Code::NoQuotation], "{report}");
        assert!(report.to_string().contains("no quotation"), "{report}");
    }
}
