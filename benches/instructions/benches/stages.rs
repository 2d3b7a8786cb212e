//! Counts the instructions of each stage for ten articles with valgrind, so that a busy machine gives the same result
//! as an idle one.
//!
//! Run `cargo bench` in this folder, with valgrind and `gungraun-runner` of the same version installed.

use std::hint::black_box;

use gungraun::{library_benchmark, library_benchmark_group, main};
use nutgraf::article::{Article, Published};
use nutgraf::briefing::Briefing;
use nutgraf::budget::Budget;
use nutgraf::read::{self, Format, Options};
use nutgraf::pipeline::{self, Params};
use nutgraf::text::Collection;
use nutgraf::{quotes, render, stories, summary};
use nutgraf_instructions::{articles, collection, lines, pages, text};
use unicode_segmentation::UnicodeSegmentation as _;

/// The number of articles in a run.
const N: usize = 10;

#[library_benchmark(setup = text)]
#[bench::ten(N)]
fn unicode_words(text: String) -> usize {
    black_box(text.unicode_words().count())
}

#[library_benchmark(setup = lines)]
#[bench::ten(N)]
fn read_jsonl(lines: String) -> usize {
    let options = Options { from: Some(Format::Jsonl), ..Options::default() };
    let n = read::read("made.jsonl", lines.as_bytes(), &options).articles.len();
    assert_eq!(n, N);
    black_box(n)
}

#[library_benchmark(setup = pages)]
#[bench::ten(N)]
fn read_pages(pages: Vec<String>) -> usize {
    let options = Options { from: Some(Format::Html), ..Options::default() };
    let read = |page: &String| read::read("made.html", page.as_bytes(), &options).articles.len();
    let n = pages.iter().map(read).sum();
    assert_eq!(n, N);
    black_box(n)
}

#[library_benchmark(setup = articles)]
#[bench::ten(N)]
fn text_stage(articles: Vec<Article>) -> Collection {
    black_box(Collection::build(articles))
}

#[library_benchmark(setup = collection)]
#[bench::ten(N)]
fn group_stories(collection: Collection) -> usize {
    let stories = stories::group(&collection, &stories::Params::default());
    assert!(!stories.is_empty());
    black_box(stories.len())
}

#[library_benchmark(setup = collection)]
#[bench::ten(N)]
fn summarize(collection: Collection) -> usize {
    let story = stories::single(&collection, &stories::Params::default());
    let chosen =
        summary::summarize(&collection, &story, Budget::Words(100), &summary::Params::default());
    assert!(!chosen.sentences.is_empty());
    black_box(chosen.sentences.len())
}

#[library_benchmark(setup = collection)]
#[bench::ten(N)]
fn find_quotes(collection: Collection) -> usize {
    let all: Vec<usize> = (0..N).collect();
    let found = quotes::of_story(&collection, &all);
    let merged = quotes::merge(&collection, &all, &found, &[]).len();
    assert!(N <= merged);
    black_box(merged)
}

fn briefing(n: usize) -> Briefing {
    pipeline::brief(articles(n), &Params::default(), now()).briefing
}

fn now() -> Published {
    Published::parse("2026-03-10T06:00:00Z").unwrap_or_else(|| unreachable!("a date"))
}

#[library_benchmark(setup = briefing)]
#[bench::ten(N)]
fn render_markdown(briefing: Briefing) -> usize {
    let options = render::Options::default();
    black_box(render::render(&briefing, render::Format::Markdown, &options).map_or(0, |p| p.len()))
}

#[library_benchmark(setup = articles)]
#[bench::ten(N)]
fn whole(articles: Vec<Article>) -> Briefing {
    black_box(pipeline::brief(articles, &Params::default(), now()).briefing)
}

library_benchmark_group!(
    name = stages,
    benchmarks = [
        unicode_words,
        read_jsonl,
        read_pages,
        text_stage,
        group_stories,
        summarize,
        find_quotes,
        render_markdown,
        whole
    ]
);
main!(library_benchmark_groups = stages);
