//! Prints invented articles as JSON lines, to try the program at any size:
//! `cargo run --release --example invented_news -- 10000 > news.jsonl`.
//!
//! The first number is the number of articles, the second the number of bytes in each; `ru` writes Russian.
//! `--folder=DIR` writes a text and a page of each article into a folder instead.

#[path = "../../tests/generator/mod.rs"]
mod generator;
#[path = "../../tests/generator/news.rs"]
mod news;

use std::io::Write as _;
use std::path::Path;

use news::{News, Tongue};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut numbers = arguments.iter().filter_map(|a| a.parse::<usize>().ok());
    let (n, bytes) = (numbers.next().unwrap_or(1_000), numbers.next().unwrap_or(3_000));
    let tongue =
        if arguments.iter().any(|a| a == "ru") { Tongue::Russian } else { Tongue::English };
    let articles = news::articles(n, bytes, tongue);
    if let Some(folder) = arguments.iter().find_map(|a| a.strip_prefix("--folder=")) {
        return files(Path::new(folder), &articles, tongue);
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for article in articles {
        writeln!(out, "{}", article.json_line(tongue))?;
    }
    out.flush()
}

/// Writes each article as a text and as a page.
fn files(folder: &Path, articles: &[News], tongue: Tongue) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for article in articles {
        let text = format!("{}\n\n{}\n", article.title, article.paragraphs.join("\n\n"));
        std::fs::write(folder.join(format!("{}.txt", article.id)), text)?;
        std::fs::write(folder.join(format!("{}.html", article.id)), article.page(tongue))?;
    }
    Ok(())
}
