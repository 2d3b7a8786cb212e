//! Checks the quotations and claims of a draft against its sources: `cargo run --example verify_draft -- DRAFT
//! SOURCE…`.

#![expect(clippy::print_stdout, reason = "an example shows its result in the terminal")]

use std::error::Error;
use std::process::ExitCode;

use nutgraf::Collection;
use nutgraf::read::{self, Options};
use nutgraf::verify::{Report, draft};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let file = arguments.next().ok_or("name a draft and its sources")?;
    let sources: Vec<String> = arguments.collect();
    let report = check(&std::fs::read_to_string(&file)?, &sources);
    println!("{report}");
    Ok(if report.holds { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Compares the quotations in a draft, and the numbers and names outside quotations, with the sources.
pub(crate) fn check(text: &str, sources: &[String]) -> Report {
    let load = |file: &str| std::fs::read(file).map_err(|error| error.to_string());
    let read = read::read_all(sources, load, &Options::default());
    let options = draft::Options { claims: true, ..draft::Options::default() };
    draft::verify(text, &options, &Collection::build(read.articles))
}
