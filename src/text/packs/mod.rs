//! The data of each language, one folder per language, embedded at build time.
//!
//! Every folder listed in [`FOLDERS`] contains `sentences.txt` and `stop_words.txt`; some contain further files. In a
//! `.txt` file, `#` starts a comment, `[name]` starts a section, and each line is one entry. There are two exceptions:
//! in the two required files, each word is an entry, and a line may have several; `background.txt` has a format of its
//! own, which its header describes. To add a language, copy the folder `template`, fill in its files, and add a line to
//! [`FOLDERS`]; add sentences that are difficult to segment to `tests/sentences/<code>.txt`.

mod discourse;

use std::iter;
use std::sync::OnceLock;

use rustc_hash::FxHashSet;

use crate::language::Language;
use crate::text::fold::fold;

pub use discourse::{Discourse, Start, Starts, discourse};

/// The languages in which briefings can be printed, with the words printed around the excerpts; the first is the
/// fallback.
pub const LABELS: &[(&str, &str)] = &[
    ("en", include_str!("en/labels.toml")),
    ("de", include_str!("de/labels.toml")),
    ("es", include_str!("es/labels.toml")),
    ("fr", include_str!("fr/labels.toml")),
];

/// One value per language, built on first use, because most runs encounter only one language.
#[derive(Debug)]
pub(crate) struct OfFolder<T>(OnceLock<Vec<OnceLock<T>>>);

impl<T> OfFolder<T> {
    /// Returns an empty store.
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Returns the value for the folder at an index of [`FOLDERS`], calling `make` on first use.
    pub(crate) fn get(&self, at: usize, make: impl FnOnce(&'static Folder) -> T) -> &T {
        let all = self.0.get_or_init(|| FOLDERS.iter().map(|_| OnceLock::new()).collect());
        all[at].get_or_init(|| make(&FOLDERS[at]))
    }
}

/// The contents of one language's files; empty for a file that the language does not have.
#[derive(Debug)]
pub struct Folder {
    /// The language code, which is the folder's name.
    pub code: &'static str,
    /// Abbreviations by class, sentence starters and typographic habits.
    pub sentences: &'static str,
    /// Stop words.
    pub stop_words: &'static str,
    /// Discourse words: dependent openers, words that address the reader or are promotional, and related lists.
    pub discourse: &'static str,
    /// Words that mark poor headlines.
    pub headlines: &'static str,
    /// Number words, units, weekdays, months, and qualifiers of figures.
    pub figures: &'static str,
    /// Reporting verbs by conjugation class.
    pub reporting_verbs: &'static str,
    /// Honorifics and ranks.
    pub titles: &'static str,
    /// Nouns for people, organizations, documents and works.
    pub roles: &'static str,
    /// Given names with their grammatical gender.
    pub given_names: &'static str,
    /// Function words that delimit the clause around a quotation.
    pub speech_grammar: &'static str,
    /// Words used to compare the claims of a draft with its sources.
    pub claims: &'static str,
}

/// A language without files.
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
    claims: "",
};

/// Embeds the files of a folder: the two required files, and the optional files listed after the code.
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

/// The fallback (`und`), which serves every language without segmentation rules of its own, followed by all languages
/// that have them.
pub static FOLDERS: &[Folder] = &[
    folder!("und"),
    folder!(
        "en",
        claims,
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
        claims,
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
        claims,
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
        claims,
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
        "it",
        discourse,
        headlines,
        reporting_verbs,
        titles,
        roles,
        given_names,
        speech_grammar
    ),
    folder!(
        "pt",
        discourse,
        headlines,
        reporting_verbs,
        titles,
        roles,
        given_names,
        speech_grammar
    ),
    folder!(
        "nl",
        discourse,
        headlines,
        reporting_verbs,
        titles,
        roles,
        given_names,
        speech_grammar
    ),
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
    folder!("hy"),
    folder!("zh"),
];

/// Returns the files of a language, if it has any.
pub fn folder(language: Language) -> Option<&'static Folder> {
    Some(folder_index(language)).filter(|at| *at > 0).map(|at| &FOLDERS[at])
}

/// Returns the index in [`FOLDERS`] of a language's files, or of the fallback.
pub fn folder_index(language: Language) -> usize {
    let code = match language.code() {
        "nb" | "nn" => "no",
        "bs" | "sh" => "hr",
        code => code,
    };
    FOLDERS.iter().position(|f| f.code == code).unwrap_or(0)
}

/// Returns the entries of a data file: its non-empty lines except section headers, without comments and surrounding
/// white space.
pub fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    sections(file).map(|(_, entry)| entry)
}

/// Returns the entries of a data file, each with the name of its section.
pub fn sections(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    let mut section = "";
    lines(file).filter_map(move |line| {
        let name = line.strip_prefix('[').and_then(|line| line.strip_suffix(']'));
        section = name.unwrap_or(section);
        name.is_none().then_some((section, line))
    })
}

/// Returns the lines of a data file that are not empty once comments and surrounding white space are removed.
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
        // A plain byte loop is used because the lines are too short for a vectorized search to pay off.
        let comment = line.bytes().position(|byte| byte == b'#');
        Some(comment.map_or(line, |at| line.get(..at).unwrap_or("")).trim_ascii())
    });
    lines.filter(|line| !line.is_empty())
}

/// Returns the words of a data file that has several words per line, each with the name of its section.
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

/// A set of words for membership tests.
#[derive(Debug, Default)]
pub struct WordSet(FxHashSet<&'static str>);

impl WordSet {
    /// Returns whether the set is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the words, in no particular order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.0.iter().copied()
    }

    /// Returns whether the set contains a word.
    pub fn contains(&self, word: &str) -> bool {
        self.0.contains(word)
    }
}

/// The stop words of a language.
#[derive(Debug, Default)]
pub(in crate::text) struct StopWords {
    /// The words as written in the file.
    pub(in crate::text) words: WordSet,
    /// The words in folded form.
    pub(in crate::text) folded: FxHashSet<Box<str>>,
    /// The elided words: `l` in `l'Europe`.
    pub(in crate::text) elided: FxHashSet<&'static str>,
}

/// Returns the stop words of a language, parsed on first use; empty if there are none.
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

/// Returns the stop words of a language; empty if there are none.
pub fn stop_words(language: Language) -> &'static WordSet {
    &stop_list(language).words
}
