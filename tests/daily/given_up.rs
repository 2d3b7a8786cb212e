//! Deliveries that are abandoned: news that no output received is new again, and dropped deliveries are reported.
#![cfg(unix)]

use crate::delivery::{add, daily, script};
use crate::site::{Reply, Site};
use crate::{Reader, Said};

const NEWS: (&str, &str) = (
    "Ferry aground off Kelm",
    "The ferry Halcyon ran aground off Kelm on Monday with forty passengers aboard. A tug came from the mainland.",
);

const LEDE: &str = "The ferry Halcyon ran aground off Kelm";

/// The news of the following day.
const MORE: (&str, &str) = (
    "Olive harvest fails on Sarre",
    "Olive growers expect the smallest harvest in thirty years. The cooperative asked for emergency loans.",
);

/// Sets up a test reader with one article and the given outputs.
fn reader(outputs: &str) -> Reader {
    let reader = Reader::new(&format!("[delivery]\npause_seconds = 0\n{outputs}"));
    add(&reader, &[NEWS], 2);
    reader
}

fn configure(reader: &Reader, outputs: &str) {
    std::fs::write(
        reader.path("nutgraf.toml"),
        format!("[archive]\npath = \"archive.db\"\n{outputs}"),
    )
    .unwrap();
}

fn run(name: &str, program: &str) -> String {
    format!("[[output]]\nname = \"{name}\"\nrun = [\"./{program}\"]\n")
}

/// Returns how often the news reached `taken`.
fn n_taken(reader: &Reader) -> usize {
    std::fs::read_to_string(reader.path("taken")).unwrap_or_default().matches(LEDE).count()
}

fn is_dropped(said: &Said) {
    said.expect(
        said.code,
        &["the briefing of 2026-03-02", "no output received the briefing of 2026-03-02"],
    );
}

#[test]
fn news_for_an_output_that_was_renamed_or_removed_goes_to_the_others() {
    for outputs in [
        run("renamed", "take"),
        "[[output]]\nfile = \"taken\"\n".to_owned(),
        format!("{}[[output]]\nname = \"other\"\nfile = \"also\"\n", run("new", "take")),
    ] {
        let reader = reader(&run("first", "missing"));
        daily(&reader, 2).expect(1, &["the next run will retry"]);
        configure(&reader, &outputs);
        script(&reader, "take", "cat >> taken");
        let said = daily(&reader, 3);
        said.expect(0, &["never delivered to first", "its news is reported again"]);
        is_dropped(&said);
        assert_eq!(n_taken(&reader), 1, "{outputs}");
        daily(&reader, 4).expect(0, &["nothing new"]);
        assert_eq!(n_taken(&reader), 1, "{outputs}");
    }
}

#[test]
fn news_that_is_given_up_after_the_days_of_the_configuration_is_reported_again() {
    let reader = reader(&format!("keep_days = 3\n{}", run("only", "take")));
    daily(&reader, 2).expect(1, &["the next run will retry"]);
    let said = daily(&reader, 6);
    said.expect(1, &["given up after 3 days", "the next run reports its news again"]);
    is_dropped(&said);
    script(&reader, "take", "cat >> taken");
    daily(&reader, 7).expect(0, &["delivered"]);
    assert_eq!(n_taken(&reader), 1);
    daily(&reader, 8).expect(0, &["nothing new"]);
    assert_eq!(n_taken(&reader), 1);
}

#[test]
fn later_news_that_waits_is_not_reported_twice() {
    let reader = reader(&format!("keep_days = 3\n{}", run("only", "take")));
    daily(&reader, 2).expect(1, &[]);
    add(&reader, &[MORE], 5);
    // The first briefing is abandoned; the second waits.
    is_dropped(&daily(&reader, 6));
    script(&reader, "take", "cat >> taken");
    daily(&reader, 7).expect(0, &["delivered"]);
    let taken = reader.read("taken");
    assert_eq!((n_taken(&reader), taken.matches("## Olive harvest").count()), (1, 1), "{taken}");
    daily(&reader, 8).expect(0, &["nothing new"]);
}

#[test]
fn news_that_one_output_received_is_not_reported_again() {
    let reader = reader(&format!("{}[[output]]\nfile = \"taken\"\n", run("gone", "missing")));
    daily(&reader, 2).expect(1, &[]);
    assert_eq!(n_taken(&reader), 1);
    configure(&reader, "[[output]]\nfile = \"taken\"\n");
    let said = daily(&reader, 3);
    said.expect(0, &["never delivered to gone", "nothing new"]);
    assert!(!said.err.contains("no output received"), "{}", said.err);
    assert_eq!(n_taken(&reader), 1);
}

#[test]
fn news_of_which_a_part_arrived_is_not_reported_again() {
    let site = Site::new();
    site.set_next("/hook", [Reply::ok(""), Reply::new(404, "")]);
    let intro = format!("[brief]\nintro = \"{}\"\n", "Words of the editor. ".repeat(90));
    let post = format!(
        "[fetch]\nallow_private = true\n{intro}[[output]]\npost = \"{}\"\nformat = \"discord\"\n",
        site.url("/hook")
    );
    let reader = reader(&post);
    daily(&reader, 2).expect(1, &["message 2"]);
    configure(&reader, &run("other", "take"));
    script(&reader, "take", "cat >> taken");
    daily(&reader, 3).expect(0, &["no longer configured", "nothing new"]);
    assert_eq!(n_taken(&reader), 0);
}

#[test]
fn a_dry_run_gives_nothing_up() {
    let reader = reader(&run("first", "missing"));
    daily(&reader, 2).expect(1, &[]);
    configure(&reader, &run("renamed", "take"));
    let said = crate::delivery::daily_with(&reader, 3, &["--dry-run"]);
    said.expect(0, &["its news is reported again"]);
    assert!(said.out.contains(LEDE), "{}", said.out);
    assert_eq!(reader.archive().waiting().unwrap().len(), 1);
}

#[test]
fn a_correction_that_nobody_received_is_reported_again() {
    let reader = reader("[[output]]\nfile = \"taken\"\n");
    daily(&reader, 2).expect(0, &[]);
    let (title, text) = NEWS;
    let changed = text.replace("forty passengers", "fifty passengers");
    configure(&reader, &run("first", "missing"));
    crate::delivery::change(&reader, &[(title, &changed)], 3);
    daily(&reader, 3).expect(1, &[]);
    configure(&reader, &run("second", "take"));
    script(&reader, "take", "cat >> corrected");
    is_dropped_on(&daily(&reader, 4), "2026-03-03");
    assert!(reader.read("corrected").contains("fifty passengers"), "{}", reader.read("corrected"));
    daily(&reader, 5).expect(0, &["nothing new"]);
}

fn is_dropped_on(said: &Said, day: &str) {
    said.expect(0, &[&format!("no output received the briefing of {day}")]);
}
