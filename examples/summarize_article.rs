//! Summarizes one article: `cargo run --example summarize_article -- FILE [SENTENCES]`.
//!
//! The file may be in any format that nutgraf reads, such as HTML, plain text, Markdown, JSON or email.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows its result in the terminal"
)]

use std::error::Error;

use nutgraf::read::{self, Options};
use nutgraf::{Budget, summarize};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("name a file")?;
    let sentences = arguments.next().map_or(Ok(2), |number| number.parse())?;
    println!("{}", summary(&file, sentences)?);
    Ok(())
}

/// Returns the headline and the summary of the first article in a file.
pub(crate) fn summary(file: &str, sentences: usize) -> Result<String, Box<dyn Error>> {
    let read = read::read(file, &std::fs::read(file)?, &Options::default());
    for warning in &read.warnings {
        eprintln!("{warning}");
    }
    let article = read.articles.into_iter().next().ok_or("the file contains no article")?;
    let title = article.title.clone();
    let summary = summarize(&[article], Budget::Sentences(sentences));
    Ok(format!("{title}\n\n{summary}"))
}
