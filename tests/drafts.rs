//! Drafts with planted errors: every error is found, and no honest quotation is accused.
//!
//! Each file of `tests/drafts/` is a draft; `expected.tsv` names its faults, none for an honest one.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use nutgraf::Article;
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

/// A draft may call a person by title and surname, even if the surname is an ordinary word or has several parts.
#[test]
fn mister_anybody_is_the_person_of_the_source() {
    let said = "We have inspected every pillar of the mill";
    for name in [
        "Bishops",
        "Long",
        "May",
        "Church",
        "de Wael",
        "van der Lund",
        "McArden",
        "O'Dell",
        "Li",
        "Marsh-Hill",
    ] {
        let text = format!(
            "The mill was sold on Tuesday.\n\n\"{said},\" said Jon {name}, an engineer of the county.\n\nIt will open in May."
        );
        let sources = Collection::build(vec![Article::builder(text).id("m").title("Mill").build()]);
        for title in ["Mr.", "Mr"] {
            let report = verify(&format!("\"{said},\" said {title} {name}.\n"), &sources);
            assert!(report.holds && report.checked.quotations > 0, "{title} {name}: {report}");
        }
    }
}

/// Quotation marks written as character references are quotation marks, in honest and in forged drafts.
#[test]
fn marks_written_as_character_references_are_read() {
    let said = "We have inspected every pillar of the mill";
    let text =
        format!("The mill was sold on Tuesday.\n\n\"{said},\" said Jon Quist, an engineer.\n");
    let sources = Collection::build(vec![Article::builder(text).id("m").title("Mill").build()]);
    let pairs = [
        ("&#8220;", "&#8221;"),
        ("&#x201C;", "&#x201D;"),
        ("&#34;", "&#34;"),
        ("&laquo;", "&raquo;"),
        ("&bdquo;", "&ldquo;"),
        ("&quot;", "&quot;"),
    ];
    for (open, close) in pairs {
        let honest = verify(&format!("{open}{said},{close} said Jon Quist.\n"), &sources);
        assert!(honest.holds && honest.checked.quotations > 0, "{open}: {honest}");
        let words = said.replace("every", "no");
        let forged = verify(&format!("{open}{words},{close} said Jon Quist.\n"), &sources);
        assert!(!forged.holds, "{open}: {forged}");
    }
}
