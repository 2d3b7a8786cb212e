//! Measures each stage and the whole program, next to lower bounds: reading the file, a memchr scan, and the words of
//! `unicode-segmentation`.
//!
//! `cargo bench --bench stages` takes 1, 10 and 1,000 invented articles of 3 kB in English and Russian;
//! `benches/table.py` runs it and makes the table in `benches/README.md`. Every result is asserted, so that no bench
//! measures the wrong work.
#![expect(clippy::unwrap_used, reason = "a bench fails by panicking")]

#[path = "../tests/generator/mod.rs"]
mod generator;
#[path = "../tests/generator/news.rs"]
mod news;

use std::fs;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{
    BatchSize, BenchmarkGroup, Criterion, Throughput, criterion_group, criterion_main,
};
use news::{News, Tongue};
use nutgraf::article::{Article, Published};
use nutgraf::briefing::Briefing;
use nutgraf::budget::Budget;
use nutgraf::pipeline::{self, Params};
use nutgraf::quotes;
use nutgraf::read::{self, Format, Options};
use nutgraf::render;
use nutgraf::stories::{self, Story};
use nutgraf::summary;
use nutgraf::text::Collection;
use nutgraf::verify::verify;
use tempfile::TempDir;
use unicode_segmentation::UnicodeSegmentation as _;

/// The number of bytes in an article.
const BYTES: usize = 3_000;

/// The maximum number of pages that are read: a thousand would take minutes.
const MOST_PAGES: usize = 100;

/// The same articles in each form that a stage accepts.
struct Case {
    folder: TempDir,
    lines: String,
    texts: Vec<String>,
    pages: Vec<String>,
    articles: Vec<Article>,
    collection: Collection,
    stories: Vec<Story>,
    briefing: Briefing,
}

fn now() -> Published {
    Published::parse("2026-03-10T06:00:00Z").unwrap()
}

fn read_lines(lines: &str) -> Vec<Article> {
    let options = Options { from: Some(Format::Jsonl), ..Options::default() };
    read::read("made.jsonl", lines.as_bytes(), &options).articles
}

fn read_each(name: &str, inputs: &[String], from: Format) -> usize {
    let options = Options { from: Some(from), ..Options::default() };
    let read = |text: &String| read::read(name, text.as_bytes(), &options).articles.len();
    inputs.iter().map(read).sum()
}

fn markdown(briefing: &Briefing) -> String {
    render(briefing, render::Format::Markdown, &render::Options::default()).unwrap()
}

fn page(briefing: &Briefing) -> String {
    render(briefing, render::Format::Html, &render::Options::default()).unwrap()
}

fn whole(lines: &str) -> String {
    markdown(&pipeline::brief(read_lines(lines), &Params::default(), now()).briefing)
}

fn quotations(case: &Case) -> usize {
    let of_story = |story: &Story| {
        let found = quotes::of_story(&case.collection, &story.articles);
        quotes::merge(&case.collection, &story.articles, &found, &story.duplicates).len()
    };
    case.stories.iter().map(of_story).sum()
}

fn summaries(case: &Case) -> usize {
    let params = summary::Params::default();
    let of_story = |story: &Story| {
        summary::summarize(&case.collection, story, Budget::Words(100), &params).sentences.len()
    };
    case.stories.iter().map(of_story).sum()
}

impl Case {
    fn new(n: usize, tongue: Tongue) -> Self {
        let made = news::articles(n, BYTES, tongue);
        let line = |article: &News| article.json_line(tongue) + "\n";
        let lines: String = made.iter().map(line).collect();
        let text = |a: &News| format!("{}\n\n{}\n", a.title, a.paragraphs.join("\n\n"));
        let articles = read_lines(&lines);
        let collection = Collection::build(articles.clone());
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("made.jsonl"), &lines).unwrap();
        let case = Self {
            folder,
            texts: made.iter().map(text).collect(),
            pages: made.iter().take(MOST_PAGES).map(|a| a.page(tongue)).collect(),
            stories: stories::group(&collection, &stories::Params::default()),
            briefing: pipeline::brief(articles.clone(), &Params::default(), now()).briefing,
            lines,
            articles,
            collection,
        };
        case.check(n);
        case
    }

    /// Checks that the measured functions do their work.
    fn check(&self, n: usize) {
        assert_eq!(self.articles.len(), n, "articles");
        assert_eq!(read_each("made.txt", &self.texts, Format::Text), n, "texts");
        assert_eq!(read_each("made.html", &self.pages, Format::Html), self.pages.len(), "pages");
        let told: usize = self.stories.iter().map(|s| s.articles.len()).sum();
        assert_eq!(told, n, "each article is in one story");
        assert!(self.stories.len() <= n / 2 + 1, "{} stories", self.stories.len());
        assert!(self.stories.len() <= summaries(self), "a sentence a story");
        assert!(n <= quotations(self), "{} quotes of {n} articles", quotations(self));
        let report = verify(&self.briefing, &self.collection);
        assert!(!self.briefing.stories.is_empty() && report.holds, "{report}");
    }
}

fn stages(criterion: &mut Criterion) {
    for (name, tongue) in [("english", Tongue::English), ("russian", Tongue::Russian)] {
        for n in [1, 10, 1_000] {
            let case = Case::new(n, tongue);
            let mut group = criterion.benchmark_group(format!("{name} {n}"));
            let bytes =
                |texts: &[String]| Throughput::Bytes(texts.iter().map(|t| t.len() as u64).sum());
            group.throughput(bytes(&case.texts));
            floors(&mut group, &case);
            group.bench_function("read JSONL", |b| b.iter(|| read_lines(&case.lines).len()));
            group.bench_function("read text", |b| {
                b.iter(|| read_each("made.txt", &case.texts, Format::Text));
            });
            group.bench_function("text", |b| {
                b.iter_batched(|| case.articles.clone(), Collection::build, BatchSize::LargeInput);
            });
            group.bench_function("stories", |b| {
                b.iter(|| stories::group(&case.collection, &stories::Params::default()).len());
            });
            group.bench_function("summary", |b| b.iter(|| summaries(&case)));
            group.bench_function("quotes", |b| b.iter(|| quotations(&case)));
            group.bench_function("render Markdown", |b| b.iter(|| markdown(&case.briefing)));
            group.bench_function("render HTML", |b| b.iter(|| page(&case.briefing)));
            group.bench_function("whole", |b| b.iter(|| whole(&case.lines)));
            group.throughput(bytes(&case.pages));
            group.bench_function("read pages", |b| {
                b.iter(|| read_each("made.html", &case.pages, Format::Html));
            });
            group.finish();
        }
    }
}

/// The lower bounds: looking at each byte once, and splitting the text into words once.
fn floors(group: &mut BenchmarkGroup<'_, WallTime>, case: &Case) {
    let file = case.folder.path().join("made.jsonl");
    group.bench_function("floor: read the file", |b| b.iter(|| fs::read(&file).unwrap().len()));
    group.bench_function("floor: memchr", |b| {
        b.iter(|| memchr::memchr3_iter(b'.', b'!', b'?', case.lines.as_bytes()).count());
    });
    group.bench_function("floor: unicode words", |b| {
        b.iter(|| case.texts.iter().map(|text| text.unicode_words().count()).sum::<usize>());
    });
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(200)).measurement_time(Duration::from_millis(800)).without_plots();
    targets = stages
}
criterion_main!(benches);
