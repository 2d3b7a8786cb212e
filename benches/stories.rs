//! Grouping time by number of articles: `cargo bench --bench stories [-- N…]`.
//!
//! Invented articles of 200 words and more, one in ten a near-copy, are processed from JSONL to stories, each number
//! of articles in a process of its own. The bench prints the seconds of each stage, and the total relative to the text
//! stage, both in wall-clock time and in CPU time, which other programs disturb less. The grouping is checked against
//! the events from which the articles were generated. `-- write N FILE` writes such articles to a file.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use generator::{Chance, text};
use nutgraf::article::Article;
use nutgraf::read::{self, Format, Options};
use nutgraf::stories::{self, Params, Story};
use nutgraf::text::Collection;

fn main() {
    let given: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    let given: Vec<&str> = given.iter().map(String::as_str).collect();
    match given[..] {
        ["write", n, file] => std::fs::write(file, articles(n.parse().unwrap())).unwrap(),
        ["measure", file] => measure(Path::new(file)),
        [] => table(&["25000", "50000", "100000"]),
        _ => table(&given),
    }
}

fn table(sizes: &[&str]) {
    println!(
        "articles  read s  text s  stories s  all/text by clock  by processor  us/article  stories  B-cubed F1  peak MB"
    );
    let folder = tempfile::tempdir().unwrap();
    for size in sizes {
        let file = folder.path().join(size);
        for part in [["write", size], ["measure", ""]] {
            let part = part.iter().filter(|p| !p.is_empty());
            let program = std::env::current_exe().unwrap();
            assert!(Command::new(program).args(part).arg(&file).status().unwrap().success());
        }
    }
}

fn measure(file: &Path) {
    let bytes = std::fs::read(file).unwrap();
    let start = Spent::now();
    let options = Options { from: Some(Format::Jsonl), ..Options::default() };
    let articles = read::read("generated", &bytes, &options).articles;
    drop(bytes);
    let read = Spent::now();
    let collection = Collection::build(articles);
    let text = Spent::now();
    let stories = stories::group(&collection, &Params::default());
    let end = Spent::now();
    let n = collection.articles.len();
    println!(
        "{n:8} {:7.2} {:7.2} {:10.2} {:18.2} {:13.2} {:11.1} {:8} {:11.3} {:8}",
        read.clock - start.clock,
        text.clock - read.clock,
        end.clock - text.clock,
        (end.clock - start.clock) / (text.clock - read.clock),
        (end.processors - start.processors) / (text.processors - read.processors),
        (end.processors - start.processors) / n as f64 * 1e6,
        stories.len(),
        b_cubed(&collection.articles, &stories),
        peak_megabytes()
    );
}

/// The time that a process has taken, in seconds.
struct Spent {
    clock: f64,
    /// The CPU time of all its threads, if the system provides it.
    processors: f64,
}

impl Spent {
    fn now() -> Self {
        static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
        let clock = START.get_or_init(Instant::now).elapsed().as_secs_f64();
        let status = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
        let fields = status.rsplit(')').next().unwrap_or("").split_whitespace();
        // Times in user and system mode, in hundredths of a second.
        let ticks = fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
        Self { clock, processors: ticks.sum::<f64>() / 100.0 }
    }
}

/// Articles as JSON lines; the id of each ends with its event.
fn articles(n: usize) -> String {
    let mut chance = Chance::new(7);
    let mut lines = String::new();
    let mut events = Vec::new();
    let mut before: Vec<Vec<String>> = Vec::new();
    for id in 0..n {
        // About five articles per event; some events have many more.
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
            "{{\"id\":\"a{id}-{event}\",\"lang\":\"en\",\"date\":\"2024-05-{day:02}T{hour:02}:00:00Z\",\
             \"source\":\"s{}\",\"title\":\"{title}\",\"text\":\"{text}\"}}",
            id % 300
        )
        .unwrap();
        events.push(event);
        before.push(body);
    }
    lines
}

fn b_cubed(articles: &[Article], stories: &[Story]) -> f64 {
    let event = |article: &Article| -> usize {
        article.id.as_str().rsplit('-').next().unwrap().parse().unwrap()
    };
    let events: Vec<usize> = articles.iter().map(event).collect();
    let n = events.len();
    let mut of_event = vec![0_usize; n];
    for &event in &events {
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

/// Returns the peak memory of the process, if the system provides it.
fn peak_megabytes() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap_or("");
    line.split_whitespace().nth(1).and_then(|kb| kb.parse::<usize>().ok()).unwrap_or(0) / 1024
}
