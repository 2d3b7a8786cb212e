//! Prints the features of each article in files of any format, as a JSON object with `id` and `x` per article.
//! `training/commentary.py` learns from them to distinguish commentary from reports.

use std::io::{self, Write as _};

use nutgraf::read::{self, Options};
use nutgraf::stories::commentary;
use nutgraf::text::annotate;

fn main() -> io::Result<()> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let load = |file: &str| std::fs::read(file).map_err(|error| error.to_string());
    let mut out = io::BufWriter::new(io::stdout().lock());
    for article in read::read_all(&files, load, &Options::default()).articles {
        if let Some(x) = commentary::features(&article, &annotate(&article)) {
            writeln!(
                out,
                "{}",
                serde_json::json!({ "id": article.id, "lang": article.lang, "x": x })
            )?;
        }
    }
    out.flush()
}
