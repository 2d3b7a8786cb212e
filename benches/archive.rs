//! A large archive: `cargo bench --bench archive [-- N]`; 100,000 articles if no number is given.
//!
//! The articles are spread over 100 days, and each of the last ten days has had a briefing. The bench prints the times
//! of searches and of `brief --since yesterday` as the program runs it: the new articles, the record of earlier
//! briefings, the briefing itself, and its own record. The results are asserted.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use generator::{Chance, text, word};
use nutgraf::archive::{Archive, Authority, Stored};
use nutgraf::read::{self, Format, Options};

const DAYS: i64 = 100;
const DAY: i64 = 24 * 60 * 60;
/// 2026-03-10, 06:00 UTC.
const NOW: i64 = 1_773_122_400;

/// The time that a query to the archive may take.
const MOST_MILLISECONDS: f64 = 100.0;
/// Surnames of the people who are quoted; each has six given names.
const SURNAMES: usize = 2000;

fn main() {
    let n = std::env::args().find_map(|a| a.parse().ok()).unwrap_or(100_000_usize);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("archive.db");
    let start = Instant::now();
    let mut archive = Archive::create(&path).unwrap();
    for day in 0..DAYS {
        fill(&mut archive, day, n / DAYS as usize);
    }
    println!("{n} articles put in {:.1} s", start.elapsed().as_secs_f64());
    let (common, usual, rare) = (word(3), word(60), word(3000));
    for query in
        [&common, &usual, &rare, &format!("{common} {usual}"), &format!("\"{common} {usual}\"")]
    {
        let start = Instant::now();
        let hits = archive.search(query, 20).unwrap().len();
        let seconds = start.elapsed().as_secs_f64();
        println!("search {query:?}: {hits} hits in {:.1} ms", seconds * 1000.0);
        assert!(query.starts_with('"') || *query == rare || hits == 20, "{hits} hits");
    }
    drop(archive);
    let config = "[archive]\npath = \"archive.db\"\n";
    std::fs::write(folder.path().join("nutgraf.toml"), config).unwrap();
    for day in 1..=10 {
        let now = format!("2026-03-{day:02}T06:00:00Z");
        let start = Instant::now();
        let output = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
            .args(["brief", "--since", "yesterday", "--now", &now])
            .current_dir(folder.path())
            .output()
            .unwrap();
        let seconds = start.elapsed().as_secs_f64();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        println!("brief --since yesterday: {seconds:.2} s, {} bytes", output.stdout.len());
        assert!(output.stdout.starts_with(b"# "), "a briefing");
    }
    remember(&path);
}

/// Extracts the quotations, then queries statements, a story, people and outlets.
fn remember(path: &Path) {
    let mut archive = Archive::existing(path).unwrap();
    let start = Instant::now();
    let n = archive.remember_quotes().unwrap();
    println!("quotations of {n} articles read in {:.1} s", start.elapsed().as_secs_f64());
    let (_, json) = archive.briefings(1).unwrap().pop().unwrap();
    let briefing: nutgraf::briefing::Briefing = serde_json::from_str(&json).unwrap();
    let story = briefing.stories[0].id.clone();
    drop(archive);
    let surname = surname(7);
    for args in [
        vec!["quotes", "--speaker", &surname, "-n", "0"],
        vec!["quotes", "--speaker", "Ada"],
        vec!["quotes", "--speaker", "Ada", "--since", "2026-03-01"],
        vec!["story", &story],
        vec!["people"],
        vec!["people", "--since", "2026-03-01"],
        vec!["outlets"],
    ] {
        // Take the best of three runs, because the machine may be busy.
        let times = (0..3).map(|_| {
            let start = Instant::now();
            let output = Command::new(env!("CARGO_BIN_EXE_nutgraf"))
                .arg("archive")
                .args(&args)
                .args(["-t", "json", "--archive"])
                .arg(path)
                .output()
                .unwrap();
            let milliseconds = start.elapsed().as_secs_f64() * 1000.0;
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            (milliseconds, output.stdout.len())
        });
        let (milliseconds, bytes) = times.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap();
        println!("archive {}: {milliseconds:.1} ms, {bytes} bytes", args.join(" "));
        assert!(2 < bytes && milliseconds < MOST_MILLISECONDS, "{args:?}");
    }
}

fn surname(n: usize) -> String {
    let mut name = word(n + 500);
    name.get_mut(..1).unwrap().make_ascii_uppercase();
    name
}

/// Stores the articles of a day.
fn fill(archive: &mut Archive, day: i64, n: usize) {
    let mut chance = Chance::new(day as u64 + 1);
    let mut lines = String::new();
    for id in 0..n {
        let event = day as usize * n + chance.below(n / 5 + 1);
        let n_sentences = 12 + chance.below(12);
        let mut text = text(&mut chance, event, n_sentences).join("\n\n");
        let given = ["Ada", "Boris", "Clara", "Dmitri", "Elena", "Farid"][chance.below(6)];
        let surname = surname(chance.below(SURNAMES));
        text.push_str(&format!(
            "\n\n\"We expect the work of this event to go on for weeks,\" said minister {given} {surname}."
        ));
        let line = serde_json::json!({
            "id": format!("{day}-{id}"), "title": format!("Event {event}"), "text": text,
            "source": format!("Outlet {}", surname), "url": format!("https://outlet.example/{day}/{id}"),
        });
        lines.push_str(&format!("{line}\n"));
    }
    let options = Options { from: Some(Format::Jsonl), ..Options::default() };
    let read = read::read("generated", lines.as_bytes(), &options).articles;
    let stored: Vec<Stored<'_>> = read
        .iter()
        .map(|article| Stored { article, raw: None, feed: None, authority: Authority::Page })
        .collect();
    archive.put(&stored, NOW - (DAYS - 1 - day) * DAY).unwrap();
}
