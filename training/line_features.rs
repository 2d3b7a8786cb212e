//! Prints the lines of page dumps with their features, to train the line classifier; see `training/README.md`.
//!
//! `cargo run --release --example line_features FILE…` prints one JSON object per file: `{"file", "lines": […],
//! "features": [[…], …]}`.

use std::io::{self, Write as _};

use nutgraf::read::dump::{self, features};

fn main() -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for file in std::env::args().skip(1) {
        let text = String::from_utf8_lossy(&std::fs::read(&file)?).into_owned();
        let lines = dump::pieces(&text);
        let features: Vec<_> = features::features(&lines).iter().map(|f| f.to_vec()).collect();
        let page = serde_json::json!({ "file": file, "lines": lines, "features": features });
        writeln!(out, "{page}")?;
    }
    Ok(())
}
