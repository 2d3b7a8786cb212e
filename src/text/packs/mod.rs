//! The data of each language, one folder a language, embedded at build time.
//!
//! Every folder holds `sentences.txt` and `stop_words.txt`, and further files where the language has them. In a file `#`
//! starts a comment, `[name]` starts a section, and an entry stands on a line; in the two files that every folder has,
//! several words may stand on a line. To add a language, copy the folder `template`, fill its files, and add a line to
//! [`FOLDERS`]; write the hard sentences of the language in `tests/sentences/<code>.txt`.

mod discourse;

use std::iter;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::language::Language;
use crate::text::fold::fold;

pub use discourse::{Discourse, Start, Starts, discourse};

/// What is made of the files of each language, when it is first asked for: most runs meet one language.
#[derive(Debug)]
pub(crate) struct OfFolder<T>(OnceLock<Vec<OnceLock<T>>>);

impl<T> OfFolder<T> {
    /// Returns a store that holds nothing yet.
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Returns what `make` makes of the folder at a place of [`FOLDERS`].
    pub(crate) fn get(&self, at: usize, make: impl FnOnce(&'static Folder) -> T) -> &T {
        let all = self.0.get_or_init(|| FOLDERS.iter().map(|_| OnceLock::new()).collect());
        all[at].get_or_init(|| make(&FOLDERS[at]))
    }
}

/// The files of one language.
#[derive(Debug)]
pub struct Folder {
    /// The code that the folder is named by.
    pub code: &'static str,
    /// What sentences are found by: abbreviations by class, sentence starters, habits.
    pub sentences: &'static str,
    /// Words without content of their own.
    pub stop_words: &'static str,
    /// What a sentence leans by on the one before it; words that address the reader or promote.
    pub discourse: &'static str,
    /// Words of poor headlines.
    pub headlines: &'static str,
    /// Number words, units, weekdays, months, and what qualifies a figure.
    pub figures: &'static str,
    /// Verbs of saying, by how they conjugate.
    pub reporting_verbs: &'static str,
    /// Honorifics and ranks.
    pub titles: &'static str,
    /// Nouns for people, organisations, documents and works.
    pub roles: &'static str,
    /// Given names with their gender.
    pub given_names: &'static str,
    /// The closed classes that a sentence is cut by around a quotation.
    pub speech_grammar: &'static str,
}

/// A folder without files.
const EMPTY: Folder = Folder {
    code: "",
    sentences: "",
    stop_words: "",
    discourse: "",
    headlines: "",
    figures: "",
    reporting_verbs: "",
    titles: "",
    roles: "",
    given_names: "",
    speech_grammar: "",
};

/// The files of a folder: those that every folder has, and those that are named after the code.
macro_rules! folder {
    ($code:literal $(, $file:ident)*) => {{
        let mut folder = EMPTY;
        folder.code = $code;
        folder.sentences = include_str!(concat!($code, "/sentences.txt"));
        folder.stop_words = include_str!(concat!($code, "/stop_words.txt"));
        $(folder.$file = include_str!(concat!($code, "/", stringify!($file), ".txt"));)*
        folder
    }};
}

/// Every language with data; the first is what all others fall back on.
pub static FOLDERS: &[Folder] = &[
    folder!("und"),
    folder!(
        "en",
        figures,
        discourse,
        headlines,
        reporting_verbs,
        titles,
        roles,
        given_names,
        speech_grammar
    ),
    folder!(
        "de",
        figures,
        discourse,
        headlines,
        reporting_verbs,
        titles,
        roles,
        given_names,
        speech_grammar
    ),
    folder!(
        "fr",
        figures,
        discourse,
        headlines,
        reporting_verbs,
        titles,
        roles,
        given_names,
        speech_grammar
    ),
    folder!(
        "es",
        figures,
        discourse,
        headlines,
        reporting_verbs,
        titles,
        roles,
        given_names,
        speech_grammar
    ),
    folder!("it", discourse, reporting_verbs, titles, roles, given_names, speech_grammar),
    folder!("pt", discourse, reporting_verbs, titles, roles, given_names, speech_grammar),
    folder!("nl", discourse, reporting_verbs, titles, roles, given_names, speech_grammar),
    folder!("ru", discourse, reporting_verbs, titles, roles, given_names, speech_grammar),
    folder!("uk", discourse),
    folder!("pl", discourse),
    folder!("cs", discourse),
    folder!("sl", discourse),
    folder!("hr", discourse),
    folder!("sk", discourse),
    folder!("sr", discourse),
    folder!("bg", discourse),
    folder!("da", discourse),
    folder!("sv", discourse),
    folder!("no", discourse),
    folder!("fi", discourse),
    folder!("hu", discourse),
    folder!("ro", discourse),
    folder!("tr", discourse),
    folder!("ta"),
    folder!("ar", discourse),
    folder!("el", discourse),
    folder!("he", discourse),
    folder!("hi"),
    folder!("zh"),
];

/// Returns the files of a language, if there are any.
pub fn folder(language: Language) -> Option<&'static Folder> {
    Some(folder_index(language)).filter(|at| *at > 0).map(|at| &FOLDERS[at])
}

/// Returns the place in [`FOLDERS`] of a language's files, of the common ones where it has none.
pub fn folder_index(language: Language) -> usize {
    let code = match language.code() {
        "nb" | "nn" => "no",
        "bs" | "sh" => "hr",
        code => code,
    };
    FOLDERS.iter().position(|f| f.code == code).unwrap_or(0)
}

/// Returns the entries of a data file: its lines without comments, sections and outer white space.
pub fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    sections(file).map(|(_, entry)| entry)
}

/// Returns the entries of a data file, each with the name of the section that it stands in.
pub fn sections(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    lines(file).filter_map(move |line| {
        let name = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        section = name.unwrap_or(section);
        name.is_none().then_some((section, line))
    })
}

/// The lines of a data file without comments and outer white space, empty ones left out.
fn lines(file: &'static str) -> impl Iterator<Item = &'static str> {
    let mut rest = file;
    let lines = iter::from_fn(move || {
        let end = memchr::memchr(b'\n', rest.as_bytes());
        let (line, after) = match end {
            Some(end) => (rest.get(..end)?, rest.get(end + 1..)?),
            None if rest.is_empty() => return None,
            None => (rest, ""),
        };
        rest = after;
        // Lines are short: looking at each byte is quicker than setting a search up.
        let comment = line.bytes().position(|byte| byte == b'#');
        Some(comment.map_or(line, |at| line.get(..at).unwrap_or("")).trim_ascii())
    });
    lines.filter(|line| !line.is_empty())
}

/// Returns the words of a data file that has several on a line, each with its section.
pub fn words(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    sections(file)
        .flat_map(|(section, line)| line.split_whitespace().map(move |word| (section, word)))
}

/// Returns the entries of one section of a data file: the lines after `[name]` and before the next section.
pub fn section(file: &'static str, name: &str) -> impl Iterator<Item = &'static str> {
    let heading = format!("[{name}]");
    let starts_line = |at: &usize| *at == 0 || file.as_bytes()[*at - 1] == b'\n';
    let at = file.match_indices(&heading).map(|(at, _)| at).find(starts_line);
    let from = at.and_then(|at| file.get(at..)).unwrap_or_default();
    lines(from).skip(1).take_while(|line| !line.starts_with('['))
}

/// A set of words, asked but never iterated.
#[derive(Debug, Default)]
pub struct WordSet(FxHashSet<&'static str>);

impl WordSet {
    /// Returns whether no word is in the set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether a word is in the set.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// The words of a language without content of their own.
#[derive(Debug, Default)]
pub(in crate::text) struct StopWords {
    /// The words as they stand in the file.
    pub(in crate::text) words: WordSet,
    /// The words as they are compared.
    pub(in crate::text) folded: FxHashSet<Box<str>>,
    /// Those that lose their vowel before an apostrophe: `l'` of `l'Europe`.
    pub(in crate::text) elided: FxHashSet<&'static str>,
}

/// Returns the stop words of a language, none where they are not known; read when they are first asked for.
pub(in crate::text) fn stop_list(language: Language) -> &'static StopWords {
    static LISTS: OfFolder<StopWords> = OfFolder::new();
    LISTS.get(folder_index(language), read_stop_list)
}

fn read_stop_list(folder: &'static Folder) -> StopWords {
    let elided = words(folder.stop_words).filter(|(section, _)| *section == "elided");
    let language = Language::parse(folder.code).unwrap_or_default();
    let compared = words(folder.stop_words).map(|(_, word)| fold(word, language).into());
    StopWords {
        folded: compared.collect(),
        words: WordSet(words(folder.stop_words).map(|(_, word)| word).collect()),
        elided: elided.map(|(_, word)| word).collect(),
    }
}

/// Returns the stop words of a language, none where they are not known.
pub fn stop_words(language: Language) -> &'static WordSet {
    &stop_list(language).words
}
