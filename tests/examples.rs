//! Tests that the programs in `examples/` do what their first lines say.
#![cfg(feature = "cli")]

use nutgraf::{Article, Published};

#[allow(
    dead_code,
    clippy::allow_attributes,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its main function is not run"
)]
#[path = "../examples/brief_folder.rs"]
mod brief_folder;
#[allow(
    dead_code,
    clippy::allow_attributes,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its main function is not run"
)]
#[path = "../examples/custom_template.rs"]
mod custom_template;
#[allow(
    dead_code,
    clippy::allow_attributes,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its main function is not run"
)]
#[path = "../examples/quotes_of_page.rs"]
mod quotes_of_page;
#[allow(
    dead_code,
    clippy::allow_attributes,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its main function is not run"
)]
#[path = "../examples/summarize_article.rs"]
mod summarize_article;
#[allow(
    dead_code,
    clippy::allow_attributes,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "its main function is not run"
)]
#[path = "../examples/verify_draft.rs"]
mod verify_draft;

#[test]
fn one_article_is_summarized() {
    let summary = summarize_article::summary("seeds/water-capital-ledger.md", 1).unwrap();
    assert_eq!(
        summary,
        "Assembly passes water law after all-night debate\n\nNorvia's assembly voted by 64 to 51 on Tuesday to take the \
         country's water supply back into public hands, ending a dispute that had split the governing coalition for two \
         years."
    );
}

#[test]
fn a_page_gives_its_quotations() {
    let page = std::fs::read("seeds/ferry-harbour-gazette.html").unwrap();
    let lines = quotes_of_page::quotations("page.html", &page);
    assert!(!lines.is_empty() && lines.iter().all(|line| line.contains('“')), "{lines:?}");
    let empty = quotes_of_page::quotations("page.html", b"<p></p>");
    assert!(empty.is_empty());
}

#[test]
fn a_folder_becomes_a_briefing_within_its_words() {
    let now = Published::parse("2026-03-11T06:00:00Z").unwrap();
    let page = brief_folder::briefing("seeds", 150, now).unwrap();
    assert!(page.starts_with("# ") && page.contains("Sources"), "{page}");
    assert!(brief_folder::briefing("no such folder", 150, now).is_err());
}

#[test]
fn a_draft_is_checked() {
    let sources = ["seeds/water-capital-ledger.md".to_owned()];
    let report = verify_draft::check("The assembly voted by 64 to 51 on Tuesday.", &sources);
    assert!(report.holds, "{report}");
    let report = verify_draft::check("The assembly voted by 46 to 51 on Tuesday.", &sources);
    assert!(!report.holds, "{report}");
}

#[test]
fn a_template_of_ones_own_is_escaped() {
    let article = Article::builder("The bridge is closed, the mayor said.").title("Closed *now*");
    let page = custom_template::page(vec![article.build()]).unwrap();
    assert_eq!(page, "# Mill Street\n* **Closed \\*now\\*** (1)\n");
}
