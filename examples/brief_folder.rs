//! Makes a Markdown briefing from all files in a folder: `cargo run --example brief_folder -- FOLDER [WORDS]`.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "an example shows its result in the terminal"
)]

use std::error::Error;

use nutgraf::read::{self, Options};
use nutgraf::{BriefParams, OutputFormat, Published, RenderOptions, brief, render};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("name a folder")?;
    let words = arguments.next().map_or(Ok(300), |number| number.parse())?;
    // The library never reads the clock: the time of a briefing is an input.
    let now = Published::parse("2026-03-11T06:00:00Z").ok_or("not a date")?;
    print!("{}", briefing(&folder, words, now)?);
    Ok(())
}

/// Returns a briefing, in at most `words` words, of the articles in a folder.
pub(crate) fn briefing(
    folder: &str,
    words: usize,
    now: Published,
) -> Result<String, Box<dyn Error>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        files.push(entry?.path().to_string_lossy().into_owned());
    }
    files.sort();
    let load = |file: &str| std::fs::read(file).map_err(|error| error.to_string());
    let read = read::read_all(&files, load, &Options::default());
    let params = BriefParams { words, ..BriefParams::default() };
    let made = brief(read.articles, &params, now);
    for warning in read.warnings.iter().chain(&made.warnings) {
        eprintln!("{warning}");
    }
    Ok(render(&made.briefing, OutputFormat::Markdown, &RenderOptions::default())?)
}
