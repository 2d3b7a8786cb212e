//! Time to summarize one story of 10, 100, 1,000 and 10,000 articles, compared with the time to annotate them.
//!
//! `cargo bench --bench summary` prints a line for each size. Every result is asserted, so that the bench cannot
//! measure the wrong work: the budget holds, several articles are used, the time grows almost linearly, and choosing
//! costs no more than annotating.
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use nutgraf::article::{Article, ArticleId, Block, BlockKind};
use nutgraf::budget::Budget;
use nutgraf::language::Language;
use nutgraf::span::Span;
use nutgraf::stories::Story;
use nutgraf::summary::{Method, Params, summarize};
use nutgraf::text::Collection;

/// The budget in words.
const WORDS: usize = 250;

/// The number of sentences per article, and of words per sentence.
const SENTENCES: u64 = 25;
const LENGTH: u64 = 20;

/// The number of invented words, and how many of them the story is about.
const VOCABULARY: u64 = 20_000;
const CENTRAL: u64 = 300;

fn main() {
    println!(
        "{:>8} {:>10} {:>12} {:>12} {:>8}",
        "articles", "method", "annotate", "choose", "ratio"
    );
    for method in [Method::Auto, Method::TfIdf, Method::LexRank, Method::Lead] {
        let mut before: Option<Duration> = None;
        for n in [10, 100, 1_000, 10_000] {
            let articles: Vec<Article> = (0..n).map(article).collect();
            let start = Instant::now();
            let collection = Collection::build(articles);
            let annotate = start.elapsed();
            let story =
                Story { articles: (0..collection.articles.len()).collect(), ..Story::default() };
            let start = Instant::now();
            check(&collection, &story, method);
            let choose = start.elapsed();
            let growth = before.map_or(0.0, |b| choose.as_secs_f64() / b.as_secs_f64());
            println!(
                "{n:>8} {:>10} {annotate:>12.3?} {choose:>12.3?} {:>8.2} growth {growth:.1}",
                format!("{method:?}"),
                choose.as_secs_f64() / annotate.as_secs_f64(),
            );
            before = Some(choose);
        }
    }
}

fn check(collection: &Collection, story: &Story, method: Method) {
    let params = Params { method, ..Params::default() };
    let extract = summarize(collection, story, Budget::Words(WORDS), &params);
    let sources: BTreeSet<_> = extract.sentences.iter().map(|c| c.at.article).collect();
    assert!(extract.used <= WORDS && WORDS - 2 * LENGTH as usize <= extract.used);
    assert!(sources.len() >= 2 && extract.sentences.len() >= 8);
}

/// Generates an article of the story: half of the words of each sentence are central ones, the others any.
fn article(number: u64) -> Article {
    let mut random = Random(number.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let (mut text, mut blocks) = (String::new(), Vec::new());
    for _ in 0..SENTENCES {
        let start = text.len();
        for word in 0..LENGTH {
            let choice = if random.next(2) == 0 {
                {
                    let most = random.next(CENTRAL) + 1;
                    random.next(most)
                }
            } else {
                CENTRAL + random.next(VOCABULARY)
            };
            let written = spelled(choice);
            if word == 0 {
                text.push_str("The");
            } else {
                text.push(' ');
                text.push_str(if random.next(4) == 0 { "was" } else { &written });
            }
        }
        text.push('.');
        blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, text.len()) });
        text.push_str("\n\n");
    }
    let lang = Language::parse("en").unwrap_or_default();
    Article {
        id: ArticleId::given(format!("a{number:05}")),
        lang,
        text,
        blocks,
        ..Article::default()
    }
}

/// Returns the invented word for a number.
fn spelled(mut number: u64) -> String {
    let mut word = String::new();
    number += 17;
    while number > 0 {
        word.push(b"bdfgklmnprstvz"[(number % 14) as usize] as char);
        word.push(b"aeiou"[(number % 5) as usize] as char);
        number /= 14;
    }
    word
}

/// Random numbers that are the same on every machine (xorshift, Marsaglia 2003).
struct Random(u64);

impl Random {
    fn next(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below
    }
}
