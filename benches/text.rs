//! Sentences, words and terms in MB/s on one core, beside `unicode-segmentation` and a memchr scan in the same run.
//!
//! The texts are made here: sentences of a few patterns filled with words of our own making, common ones often and rare
//! ones rarely. What is found in them is asserted, so that no bench can measure the wrong work.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads the clock and prints"
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group};
use nutgraf::article::{Article, Block, BlockKind};
use nutgraf::language::Language;
use nutgraf::span::Span;
use nutgraf::text::annotate;
use nutgraf::text::segment::Segmenter;
use unicode_segmentation::UnicodeSegmentation as _;

/// Bytes of one text: about a long article.
const ARTICLE: usize = 8_000;
/// Articles of a language.
const ARTICLES: usize = 100;

const ENGLISH: (&str, &[&str], &[&str], &[&str]) = (
    "en",
    &[
        "The {} of the {} said on Tuesday that it would {} the {} before the end of the year. ",
        "\"We have never {} such a {},\" said Dr. {} of the U.S. {} office. ",
        "Shares of {} Inc. fell 3.4 percent to $14.50, while the {} rose. ",
        "But {} and {} did not agree: the {} was {} in 1998, after {} years. ",
        "\"Is the {} over?\" he asked. ",
    ],
    &[
        "con", "re", "un", "pro", "mar", "ste", "bel", "tra", "dis", "gov", "cla", "mo", "pla",
        "fin", "har", "wes",
    ],
    &[
        "ter", "ning", "ments", "ted", "lor", "sion", "ble", "mer", "ding", "ly", "ger", "ve",
        "rest", "kin", "ton", "ous",
    ],
);

const RUSSIAN: (&str, &[&str], &[&str], &[&str]) = (
    "ru",
    &[
        "По словам {} из {}, во вторник {} решил {} весь {} до конца года. ",
        "«Мы никогда не {} такой {}», — сказал А. П. {} в {} комитете. ",
        "Акции {} упали на 3,4 процента, а {} вырос до 14 млн руб. в 2008 г. и позже. ",
        "Но {} и {} не согласились: {} был {} ещё тогда, после {} лет. ",
    ],
    &[
        "кон", "ре", "не", "про", "мар", "сте", "бел", "тра", "дис", "гов", "кла", "мо", "пла",
        "фин", "хар", "вес",
    ],
    &[
        "тер",
        "нный",
        "мента",
        "тели",
        "лор",
        "сия",
        "ность",
        "мер",
        "динг",
        "ли",
        "гер",
        "ве",
        "рест",
        "кин",
        "тон",
        "ого",
    ],
);

/// Makes the articles of a language, and tells how many sentences they have.
fn articles(
    (lang, patterns, heads, tails): (&str, &[&str], &[&str], &[&str]),
) -> (Vec<Article>, usize) {
    let mut state = 7_u64;
    let mut next = move |n: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let mut sentences = 0;
    let made = (0..ARTICLES).map(|_| {
        let mut text = String::new();
        while text.len() < ARTICLE {
            for (n, part) in patterns[next(patterns.len())].split("{}").enumerate() {
                if n > 0 {
                    // The product of two draws makes small numbers, the common words, more likely.
                    let word = next(64) * next(64) % (heads.len() * tails.len());
                    text.push_str(heads[word % heads.len()]);
                    text.push_str(tails[word / heads.len()]);
                }
                text.push_str(part);
            }
            sentences += 1;
        }
        text.truncate(text.trim_end().len());
        let span = Span::new(0, text.len());
        let blocks = vec![Block { kind: BlockKind::Paragraph, span }];
        Article {
            lang: Language::parse(lang).unwrap_or_default(),
            text,
            blocks,
            ..Article::default()
        }
    });
    (made.collect(), sentences)
}

fn sentences(articles: &[Article]) -> usize {
    let mut spans = Vec::new();
    let mut found = 0;
    for article in articles {
        spans.clear();
        let segmenter = Segmenter::new(article.lang);
        article.blocks.iter().for_each(|b| segmenter.append(&article.text, *b, &mut spans));
        found += spans.len();
    }
    found
}

fn everything(articles: &[Article]) -> usize {
    articles.iter().map(|a| annotate(a).tokens.len()).sum()
}

fn unicode_sentences(articles: &[Article]) -> usize {
    articles.iter().map(|a| a.text.unicode_sentences().count()).sum()
}

fn unicode_words(articles: &[Article]) -> usize {
    articles.iter().map(|a| a.text.unicode_words().count()).sum()
}

fn scan(articles: &[Article]) -> usize {
    articles.iter().map(|a| memchr::memchr3_iter(b'.', b'!', b'?', a.text.as_bytes()).count()).sum()
}

/// The shortest of several runs.
fn time(work: impl Fn() -> usize) -> Duration {
    let run = || {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..9).map(|_| run()).min().unwrap_or_default()
}

fn bench(c: &mut Criterion) {
    for (name, language) in [("english", ENGLISH), ("russian", RUSSIAN)] {
        let (articles, expected) = articles(language);
        let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
        assert_eq!(sentences(&articles), expected, "{name}: sentences");
        let (tokens, words) = (everything(&articles), unicode_words(&articles));
        assert!(tokens.abs_diff(words) * 100 <= words, "{name}: {tokens} tokens, {words} words");

        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function("sentences", |b| b.iter(|| sentences(&articles)));
        group.bench_function("sentences, words, terms", |b| b.iter(|| everything(&articles)));
        group.finish();

        let speed = |work: &dyn Fn() -> usize| bytes as f64 / 1e6 / time(work).as_secs_f64();
        let own = (speed(&|| sentences(&articles)), speed(&|| everything(&articles)));
        let unicode =
            (speed(&|| unicode_sentences(&articles)), speed(&|| unicode_words(&articles)));
        let memchr = speed(&|| scan(&articles));
        println!(
            "{name}: sentences {:.0} MB/s, {:.1} x unicode_sentences ({:.0}), 1/{:.1} of memchr3 ({memchr:.0}); \
             all {:.0} MB/s, {:.2} x unicode_words ({:.0})\n",
            own.0,
            own.0 / unicode.0,
            unicode.0,
            memchr / own.0,
            own.1,
            own.1 / unicode.1,
            unicode.1
        );
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10).warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(1));
    targets = bench
}

fn main() {
    benches();
}
