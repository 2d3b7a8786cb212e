//! The invented articles for which instructions are counted.

#[path = "../../tests/generator/mod.rs"]
#[allow(dead_code, reason = "made for more than one bench")]
mod generator;
#[path = "../../tests/generator/news.rs"]
#[allow(dead_code, reason = "made for more than one bench")]
mod news;

use news::Tongue;
use nutgraf::article::Article;
use nutgraf::read::{self, Format, Options};
use nutgraf::text::Collection;

/// The number of bytes per article.
const BYTES: usize = 3_000;

/// Articles as JSON lines, in English.
pub fn lines(n: usize) -> String {
    let line = |article: &news::News| article.json_line(Tongue::English) + "\n";
    news::articles(n, BYTES, Tongue::English).iter().map(line).collect()
}

/// Returns one text of all articles.
pub fn text(n: usize) -> String {
    articles(n).into_iter().map(|article| article.text).collect()
}

/// Returns the articles, read.
pub fn articles(n: usize) -> Vec<Article> {
    let options = Options { from: Some(Format::Jsonl), ..Options::default() };
    read::read("made.jsonl", lines(n).as_bytes(), &options).articles
}

/// Returns the articles, annotated.
pub fn collection(n: usize) -> Collection {
    Collection::build(articles(n))
}

/// Pages of a site.
pub fn pages(n: usize) -> Vec<String> {
    news::articles(n, BYTES, Tongue::English).iter().map(|a| a.page(Tongue::English)).collect()
}
