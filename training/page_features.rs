//! Prints the features of every block of the pages named on the command line, as JSON lines, from which
//! `training/train_pages.py` learns the weights of the block classifier.

use std::io::Write as _;

use nutgraf::read::{Options, charset, page};

fn main() -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    writeln!(out, "{}", serde_json::json!({ "names": page::feature_names() }))?;
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let page = charset::decode(&bytes, None);
        let blocks: Vec<_> = page::features_of_page(&page.text, &Options::default())
            .into_iter()
            .map(|(row, kind, text)| serde_json::json!({ "x": row, "kind": kind, "text": text }))
            .collect();
        writeln!(out, "{}", serde_json::json!({ "path": path, "blocks": blocks }))?;
    }
    out.flush()
}
