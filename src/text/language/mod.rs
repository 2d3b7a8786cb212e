//! The data of each language, one folder a language, embedded at build time.
//!
//! Every folder holds the same files; an entry a line, `#` starts a comment, `[name]` starts a section. To add a
//! language, copy a folder, fill its files, and add a line to [`FOLDERS`].

mod coherence;

use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::language::Language;

pub use coherence::{Coherence, coherence};

/// The files of one language.
#[derive(Debug)]
pub struct Folder {
    /// The code that the folder is named by.
    pub code: &'static str,
    /// Words without content of their own.
    pub stop_words: &'static str,
    /// What a sentence leans by on the one before it; words that address the reader or promote.
    pub coherence: &'static str,
}

macro_rules! folder {
    ($code:literal) => {
        Folder {
            code: $code,
            stop_words: include_str!(concat!($code, "/stop_words.txt")),
            coherence: include_str!(concat!($code, "/coherence.txt")),
        }
    };
}

/// Every language with data.
pub static FOLDERS: &[Folder] = &[folder!("en")];

/// Returns the files of a language, if there are any.
pub fn folder(language: Language) -> Option<&'static Folder> {
    FOLDERS.iter().find(|f| f.code == language.code())
}

/// Returns the entries of a data file: its lines without comments, sections and outer white space.
pub fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines()
        .map(|line| line.split('#').next().unwrap_or("").trim())
        .filter(|line| !line.is_empty() && !line.starts_with('['))
}

/// Returns the entries of one section of a data file: the lines after `[name]` and before the next section.
pub fn section(file: &'static str, name: &str) -> impl Iterator<Item = &'static str> {
    let heading = format!("[{name}]");
    let lines = file.lines().map(|line| line.split('#').next().unwrap_or("").trim());
    let from = lines.skip_while(move |line| *line != heading).skip(1);
    from.take_while(|line| !line.starts_with('[')).filter(|line| !line.is_empty())
}

/// A set of words, asked but never iterated.
#[derive(Debug, Default)]
pub struct WordSet(FxHashSet<&'static str>);

impl WordSet {
    /// Returns whether a word is in the set.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// Returns the stop words of a language, none where they are not known.
pub fn stop_words(language: Language) -> &'static WordSet {
    static SETS: OnceLock<Vec<WordSet>> = OnceLock::new();
    static NONE: OnceLock<WordSet> = OnceLock::new();
    let sets = SETS
        .get_or_init(|| FOLDERS.iter().map(|f| WordSet(entries(f.stop_words).collect())).collect());
    let at = FOLDERS.iter().position(|f| f.code == language.code());
    at.map_or_else(|| NONE.get_or_init(WordSet::default), |at| &sets[at])
}
