//! Grouping against the number of articles: `cargo bench --bench stories [-- N…]`.
//!
//! Invented articles of 200 words and more, one in ten a near-copy, go from JSONL to stories. Printed are the seconds of
//! each stage and their sum over those of the text stage; the grouping itself is checked against the events that the
//! articles were made of.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::fmt::Write as _;
use std::time::Instant;

use generator::{Chance, text};
use nutgraf::ingest::{self, Format, Options};
use nutgraf::stories::{self, Params, Story};
use nutgraf::text::Collection;

fn main() {
    let given: Vec<usize> = std::env::args().filter_map(|a| a.parse().ok()).collect();
    let sizes = if given.is_empty() { vec![25_000, 50_000, 100_000] } else { given };
    println!("articles  read s  text s  stories s  all/text  stories  B-cubed F1  peak MB");
    for n in sizes {
        run(n);
    }
}

fn run(n: usize) {
    let (lines, events) = articles(n);
    let start = Instant::now();
    let options = Options { from: Some(Format::Jsonl), ..Options::default() };
    let read = ingest::read("generated", lines.as_bytes(), &options);
    let read_seconds = start.elapsed().as_secs_f64();
    let collection = Collection::build(read.articles);
    let text_seconds = start.elapsed().as_secs_f64() - read_seconds;
    let stories = stories::group(&collection, &Params::default());
    let all_seconds = start.elapsed().as_secs_f64();
    let f1 = b_cubed(&stories, &events, n);
    println!(
        "{n:8} {read_seconds:7.2} {text_seconds:7.2} {:10.2} {:9.2} {:8} {f1:11.3} {:8}",
        all_seconds - read_seconds - text_seconds,
        all_seconds / text_seconds,
        stories.len(),
        peak_megabytes(),
    );
    assert!(0.9 < f1, "the stories are not the events");
}

/// Articles as JSON lines, and the event of each.
fn articles(n: usize) -> (String, Vec<usize>) {
    let mut chance = Chance::new(7);
    let mut lines = String::new();
    let mut events = Vec::new();
    let mut before: Vec<Vec<String>> = Vec::new();
    for id in 0..n {
        // About five articles an event, of which some have many more.
        let event = if chance.below(4) == 0 { chance.rank(n / 5) } else { chance.below(n / 5) };
        let copied = (0 < id && chance.below(10) == 0).then(|| chance.below(before.len()));
        let (event, mut body) = match copied {
            Some(other) => (events[other], before[other].clone()),
            None => (event, {
                let n_sentences = 12 + chance.below(12);
                text(&mut chance, event, n_sentences)
            }),
        };
        if copied.is_some() {
            let kept = body.len() - chance.below(body.len() / 3);
            body.truncate(kept);
        }
        let title = generator::sentence(&mut chance, event, 9);
        let (day, hour) = (event % 20 + 1 + chance.below(2), chance.below(24));
        let text = body.join("\\n\\n");
        writeln!(
            lines,
            "{{\"id\":\"a{id}\",\"lang\":\"en\",\"date\":\"2024-05-{day:02}T{hour:02}:00:00Z\",\
             \"source\":\"s{}\",\"title\":\"{title}\",\"text\":\"{text}\"}}",
            id % 300
        )
        .unwrap();
        events.push(event);
        before.push(body);
    }
    (lines, events)
}

fn b_cubed(stories: &[Story], events: &[usize], n: usize) -> f64 {
    let mut of_event = vec![0_usize; n];
    for &event in events {
        of_event[event] += 1;
    }
    let (mut precision, mut recall) = (0.0, 0.0);
    for story in stories {
        let mut told: Vec<usize> = story.articles.iter().map(|&a| events[a]).collect();
        told.sort_unstable();
        for run in told.chunk_by(|a, b| a == b) {
            let same = run.len() as f64;
            precision += same * same / told.len() as f64;
            recall += same * same / of_event[run[0]] as f64;
        }
    }
    let (precision, recall) = (precision / n as f64, recall / n as f64);
    2.0 * precision * recall / (precision + recall)
}

/// The most memory that the process had, where the system tells.
fn peak_megabytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<usize>().ok()).unwrap_or(0) / 1024
}
