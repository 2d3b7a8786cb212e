//! Sentences, words and terms in MB/s on one core, next to `unicode-segmentation` and a memchr scan in the same run.
//!
//! The texts are generated here: sentences of a few patterns filled with invented words, common ones often and rare
//! ones rarely. The sentences and words found are asserted one by one, so that no bench can measure the wrong work.
//! Speeds are printed, never asserted. The compared functions take turns in short runs, so that other work on the
//! machine affects them all alike.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a bench reads the clock and prints"
)]

use std::hint::black_box;
use std::slice;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group};
use nutgraf::article::{Article, Block, BlockKind};
use nutgraf::language::Language;
use nutgraf::span::Span;
use nutgraf::text::annotate;
use nutgraf::text::sentence::Segmenter;
use unicode_segmentation::UnicodeSegmentation as _;

/// The number of bytes in one text: about a long article.
const ARTICLE: usize = 8_000;
/// The number of articles per language.
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

/// Generates the articles of a language, each with the sentences from which it was composed.
fn articles(
    (lang, patterns, heads, tails): (&str, &[&str], &[&str], &[&str]),
) -> Vec<(Article, Vec<Span>)> {
    let mut state = 7_u64;
    let mut next = move |n: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let made = (0..ARTICLES).map(|_| {
        let mut text = String::new();
        let mut sentences = Vec::new();
        while text.len() < ARTICLE {
            let start = text.len();
            for (n, part) in patterns[next(patterns.len())].split("{}").enumerate() {
                if n > 0 {
                    // The product of two draws favours small numbers, which stand for common words.
                    let word = next(64) * next(64) % (heads.len() * tails.len());
                    text.push_str(heads[word % heads.len()]);
                    text.push_str(tails[word / heads.len()]);
                }
                text.push_str(part);
            }
            sentences.push(Span::new(start, text.len()).trimmed(&text));
        }
        text.truncate(text.trim_end().len());
        let span = Span::new(0, text.len());
        let blocks = vec![Block { kind: BlockKind::Paragraph, span }];
        let lang = Language::parse(lang).unwrap_or_default();
        (Article { lang, text, blocks, ..Article::default() }, sentences)
    });
    made.collect()
}

/// Asserts that the sentences of an article are those from which it was composed, and its words those of the Annex.
fn check(article: &Article, expected: &[Span]) {
    let document = annotate(article);
    assert!(document.sentences.iter().map(|s| s.span).eq(expected.iter().copied()), "sentences");
    let tokens = document.tokens.iter().map(|t| (t.span.start(), t.span.slice(&article.text)));
    assert!(tokens.eq(article.text.unicode_word_indices()), "words");
    assert!(
        document.terms().len() > 100 && document.terms().len() < document.tokens.len(),
        "terms"
    );
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

/// The compared functions: the segmenter, the segmenter with words and terms, their peers, and a mere scan.
const WORKS: [fn(&[Article]) -> usize; 5] =
    [sentences, everything, unicode_sentences, unicode_words, scan];

/// Returns the speed of each of [`WORKS`] in MB/s. They take turns, and the shortest of several runs of each article
/// counts, since a short run is rarely interrupted even on a busy machine.
fn speeds(articles: &[Article]) -> [f64; WORKS.len()] {
    let mut shortest = vec![[Duration::MAX; WORKS.len()]; articles.len()];
    for _ in 0..15 {
        for (n, work) in WORKS.iter().enumerate() {
            for (article, shortest) in articles.iter().zip(&mut shortest) {
                let start = Instant::now();
                black_box(work(slice::from_ref(article)));
                shortest[n] = start.elapsed().min(shortest[n]);
            }
        }
    }
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    std::array::from_fn(|n| {
        let time: Duration = shortest.iter().map(|times| times[n]).sum();
        bytes as f64 / 1e6 / time.as_secs_f64()
    })
}

fn bench(c: &mut Criterion) {
    for (name, language) in [("english", ENGLISH), ("russian", RUSSIAN)] {
        let made = articles(language);
        for (article, expected) in &made {
            check(article, expected);
        }
        let articles: Vec<Article> = made.into_iter().map(|(article, _)| article).collect();
        let bytes: usize = articles.iter().map(|a| a.text.len()).sum();

        let mut group = c.benchmark_group(name);
        group.throughput(Throughput::Bytes(bytes as u64));
        group.bench_function("sentences", |b| b.iter(|| sentences(&articles)));
        group.bench_function("sentences, words, terms", |b| b.iter(|| everything(&articles)));
        group.finish();

        let [own, all, unicode_sentences, unicode_words, memchr] = speeds(&articles);
        println!(
            "{name}: sentences {own:.0} MB/s, {:.1} x unicode_sentences ({unicode_sentences:.0}), \
             1/{:.1} of memchr3 ({memchr:.0}); all {all:.0} MB/s, {:.2} x unicode_words ({unicode_words:.0})\n",
            own / unicode_sentences,
            memchr / own,
            all / unicode_words,
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
