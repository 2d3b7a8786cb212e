//! Prints who said what on a web page: `cargo run --example quotes_of_page -- PAGE.html`.

#![expect(clippy::print_stdout, reason = "an example shows its result in the terminal")]

use std::error::Error;

use nutgraf::quotes;
use nutgraf::read::{self, Format, Options};

fn main() -> Result<(), Box<dyn Error>> {
    let file = std::env::args().nth(1).ok_or("name a file")?;
    let page = std::fs::read(&file)?;
    for line in quotations(&file, &page) {
        println!("{line}");
    }
    Ok(())
}

/// Returns one line per quotation: the speaker, the words, and the position at which they start in the text.
pub(crate) fn quotations(name: &str, page: &[u8]) -> Vec<String> {
    let options = Options { from: Some(Format::Html), ..Options::default() };
    let mut lines = Vec::new();
    for article in read::read(name, page, &options).articles {
        for quotation in quotes(&article) {
            let speaker = quotation.speaker.map_or("unattributed".to_owned(), |s| s.name);
            let [start, _] = quotation.spans[0];
            lines.push(format!("{speaker}: “{}” (at {start})", quotation.text));
        }
    }
    lines
}
