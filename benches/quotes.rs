//! Time to find and attribute the quotations in articles, compared with the time to annotate the same articles.
//!
//! The articles are generated here: half of the closing sentences of paragraphs quote somebody, as in news. The
//! results are asserted. The speed is printed next to that of sentences, words and terms in the same run, of which it
//! should be at least three tenths. It is not asserted, as even the shortest of many runs is noisy on a busy machine.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads the clock and prints"
)]

#[path = "../tests/generator/mod.rs"]
#[expect(dead_code, reason = "only its draws are used: the texts are made here")]
mod generator;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group};
use generator::Chance;
use nutgraf::article::{Article, Block, BlockKind};
use nutgraf::language::Language;
use nutgraf::quotes::{self, QuoteKind};
use nutgraf::span::Span;
use nutgraf::text::{Document, annotate};

/// The number of articles: few, so that a run is short and the shortest of many runs is not interrupted.
const ARTICLES: usize = 16;
const PARAGRAPHS: usize = 14;

const NAMES: [(&str, &str); 4] =
    [("Hanna", "Berg"), ("Tom", "Abara"), ("Mirela", "Novak"), ("Peter", "Lund")];
const NOUNS: [&str; 16] = [
    "harbour", "ferry", "budget", "school", "storm", "vote", "river", "bridge", "winter", "price",
    "letter", "forest", "market", "signal", "railway", "garden",
];

fn noun(chance: &mut Chance) -> &'static str {
    NOUNS[chance.below(NOUNS.len())]
}

fn plain(chance: &mut Chance) -> String {
    let [a, b, c, d] = [(); 4].map(|()| noun(chance));
    format!(
        "The {a} of the {b} was closed near Salthaven in March, and the {c} fell again for want of a {d}. "
    )
}

/// Returns the closing sentence of a paragraph and the number of quotations in it.
fn closing(chance: &mut Chance) -> (String, usize) {
    let (given, surname) = NAMES[chance.below(NAMES.len())];
    let [a, b] = [(); 2].map(|()| noun(chance));
    match chance.below(6) {
        0 => (
            format!(
                "\"We will keep the {a} and the {b} for another year,\" said {given} {surname}, the mayor."
            ),
            1,
        ),
        1 => (
            format!(
                "{surname} told reporters: \"Nobody has seen the {a} since the {b} was sold.\""
            ),
            1,
        ),
        2 => (
            format!(
                "{given} {surname} called the {a} \"the best answer to the {b} that we have\"."
            ),
            1,
        ),
        3 => (format!("{surname} said that the {a} would open before the {b}."), 0),
        _ => (plain(chance).trim_end().to_owned(), 0),
    }
}

/// Generates the articles, and returns the number of quotations in them.
fn articles() -> (Vec<Article>, usize) {
    let mut chance = Chance::new(7);
    let mut quoted = 0;
    let made = (0..ARTICLES).map(|_| {
        let (mut text, mut blocks) = (String::new(), Vec::new());
        for _ in 0..PARAGRAPHS {
            let start = text.len();
            text += &plain(&mut chance);
            text += &plain(&mut chance);
            let (sentence, more) = closing(&mut chance);
            text += &sentence;
            quoted += more;
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, text.len()) });
            text += "\n\n";
        }
        Article { lang: Language::ENGLISH, text, blocks, ..Article::default() }
    });
    (made.collect(), quoted)
}

fn text_stage(articles: &[Article]) -> usize {
    articles.iter().map(|a| annotate(a).tokens.len()).sum()
}

fn marked(articles: &[Article], documents: &[Document]) -> usize {
    let all = articles.iter().zip(documents).flat_map(|(a, d)| quotes::extract(a, d));
    all.filter(|q| q.kind != QuoteKind::Indirect && q.speaker.is_some()).count()
}

/// Returns the time of the shortest of several runs.
fn time(work: impl Fn() -> usize) -> Duration {
    let run = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..60).map(|_| run()).min().unwrap_or_default()
}

fn bench(c: &mut Criterion) {
    let (articles, expected) = articles();
    let documents: Vec<Document> = articles.iter().map(annotate).collect();
    assert_eq!(marked(&articles, &documents), expected, "quotations with a speaker");

    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let mut group = c.benchmark_group("quotes");
    group.throughput(Throughput::Bytes(bytes as u64));
    group.bench_function("sentences, words, terms", |b| b.iter(|| text_stage(&articles)));
    group.bench_function("quotes", |b| b.iter(|| marked(&articles, &documents)));
    group.finish();

    let text = time(|| text_stage(&articles)).as_secs_f64();
    let quotes = time(|| marked(&articles, &documents)).as_secs_f64();
    let speed = |seconds: f64| bytes as f64 / 1e6 / seconds;
    let ratio = text / quotes;
    println!(
        "text stage {:.0} MB/s, quotes {:.0} MB/s: {ratio:.2} of it",
        speed(text),
        speed(quotes)
    );
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    targets = bench
}

fn main() {
    benches();
}
