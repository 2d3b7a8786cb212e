//! What nutgraf knows of each language: every file of a language's folder is used, and `docs/languages.md` says which
//! functions each language has and lacks.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use nutgraf::text::packs;

/// The columns of the table: the function, and the files without which a language lacks it.
const FUNCTIONS: &[(&str, &[&str])] = &[
    ("sentences", &["sentences.txt", "stop_words.txt"]),
    ("context", &["discourse.txt"]),
    (
        "speakers",
        &[
            "reporting_verbs.txt",
            "titles.txt",
            "roles.txt",
            "given_names.txt",
            "speech_grammar.txt",
        ],
    ),
    ("headlines", &["headlines.txt"]),
    ("figures", &["figures.txt"]),
    ("claims", &["claims.txt"]),
    ("furniture", &["boilerplate.txt"]),
    ("word frequencies", &["background.txt"]),
    ("labels", &["labels.toml"]),
];

/// Folders that are not languages: the fallback, and the model for a new language.
const NOT_LANGUAGES: &[&str] = &["und", "template"];

fn folder() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/text/packs"))
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// The codes of all languages that have a folder, and the names of their files.
fn languages() -> Vec<(String, BTreeSet<String>)> {
    let codes = names(folder()).into_iter().filter(|name| folder().join(name).is_dir());
    let codes = codes.filter(|code| !NOT_LANGUAGES.contains(&code.as_str()));
    codes.map(|code| (code.clone(), names(&folder().join(code)))).collect()
}

fn table() -> String {
    let mut table = String::from("| language |");
    for (function, _) in FUNCTIONS {
        write!(table, " {function} |").unwrap();
    }
    table.push('\n');
    table.push_str(&"|---".repeat(FUNCTIONS.len() + 1));
    table.push_str("|\n");
    for (code, files) in languages() {
        write!(table, "| {code} |").unwrap();
        for (_, needed) in FUNCTIONS {
            let has = needed.iter().all(|file| files.contains(*file));
            table.push_str(if has { " yes |" } else { " – |" });
        }
        table.push('\n');
    }
    table
}

#[test]
fn the_table_says_what_each_language_has() {
    let document = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/languages.md"));
    let (table, document) = (table(), document.unwrap());
    assert!(document.contains(&table), "replace the table of docs/languages.md with\n{table}");
}

/// A folder with some of the files of a function but not all of them would lack the function without a message.
#[test]
fn a_language_has_all_files_of_a_function_or_none() {
    for (code, files) in languages() {
        for (function, needed) in FUNCTIONS {
            let missing: Vec<_> = needed.iter().filter(|file| !files.contains(**file)).collect();
            assert!(
                missing.is_empty() || missing.len() == needed.len(),
                "{code}: lacks {missing:?}, without which it has no {function}"
            );
        }
    }
}

/// A file that no list of languages names would be ignored without a message.
#[test]
fn every_file_of_a_language_is_used() {
    let source = |path: &str| fs::read_to_string(folder().join(path)).unwrap();
    let (boilerplate, tables) =
        (source("../../read/boilerplate.rs"), source("../../stories/general_text.rs"));
    for (code, files) in languages() {
        for file in files {
            let is_listed = |contents: fn(&packs::Folder) -> &'static str| {
                let mut folders = packs::FOLDERS.iter().filter(|folder| folder.code == code);
                folders.any(|folder| !contents(folder).is_empty())
            };
            let is_used = match file.as_str() {
                "sentences.txt" => is_listed(|folder| folder.sentences),
                "stop_words.txt" => is_listed(|folder| folder.stop_words),
                "discourse.txt" => is_listed(|folder| folder.discourse),
                "headlines.txt" => is_listed(|folder| folder.headlines),
                "figures.txt" => is_listed(|folder| folder.figures),
                "reporting_verbs.txt" => is_listed(|folder| folder.reporting_verbs),
                "titles.txt" => is_listed(|folder| folder.titles),
                "roles.txt" => is_listed(|folder| folder.roles),
                "given_names.txt" => is_listed(|folder| folder.given_names),
                "speech_grammar.txt" => is_listed(|folder| folder.speech_grammar),
                "claims.txt" => is_listed(|folder| folder.claims),
                "labels.toml" => packs::LABELS.iter().any(|(label, _)| *label == code),
                "boilerplate.txt" => boilerplate.contains(&format!("{code}/boilerplate.txt")),
                "background.txt" => tables.contains(&format!("\"{code}\"")),
                _ => false,
            };
            assert!(is_used, "src/text/packs/{code}/{file} is in no list of languages");
        }
    }
}
