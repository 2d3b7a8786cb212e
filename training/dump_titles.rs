//! Prints the lines of page dumps that may be the title, with the evidence for each; see `training/README.md`.
//!
//! `cargo run --release --example dump_titles FILE…` prints one JSON object per file: `{"file", "candidates": [[line,
//! […]], …]}`.

use std::io::{self, Write as _};

use nutgraf::read::dump;

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for file in std::env::args().skip(1) {
        let text = String::from_utf8_lossy(&std::fs::read(&file)?).into_owned();
        let page = serde_json::json!({ "file": file, "candidates": dump::title_candidates(&text) });
        writeln!(out, "{page}")?;
    }
    Ok(())
}
