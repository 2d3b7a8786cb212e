//! Marks the term of each word in the tables of background frequencies: see `training/README.md`.
//!
//! `cargo run --example background_terms` rewrites the files in `src/stories/background/`; run it after the words, the
//! stemming or the stop words of a language have changed. `polic|ing` is a form of `polic`, and `happy=happi` is a form
//! of `happi`.

use std::path::Path;
use std::{fs, io};

use nutgraf::language::Language;
use nutgraf::text::term::Interner;

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stories/background");
    for file in fs::read_dir(folder)? {
        let path = file?.path();
        let code = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        let table = path.extension().is_some_and(|ending| ending == "txt");
        if let Some(language) = Language::parse(code).filter(|_| table) {
            let marked: Vec<String> =
                fs::read_to_string(&path)?.lines().map(|line| marked(line, language)).collect();
            fs::write(&path, marked.join("\n") + "\n")?;
        }
    }
    Ok(())
}

/// Returns a line with each of its words marked.
fn marked(line: &str, language: Language) -> String {
    if line.starts_with('#') {
        return line.to_owned();
    }
    let mut fields = line.split_whitespace();
    let class = fields.next().unwrap_or_default().to_owned();
    let words = fields.map(|entry| {
        let word = entry.split('=').next().unwrap_or_default().replace('|', "");
        let mut terms = Interner::new(language);
        terms.intern(&word);
        let term = terms.into_terms().concat();
        match word.strip_prefix(&term) {
            Some("") => word,
            Some(ending) => format!("{term}|{ending}"),
            None => format!("{word}={term}"),
        }
    });
    std::iter::once(class).chain(words).collect::<Vec<_>>().join(" ")
}
