//! What a sentence leans by on the one before it, in each language; words that address the reader or promote.

use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::text::packs::{OfFolder, WordSet, folder_index, section};

/// The sections of `discourse.txt`; entries in lower case, of one or more words.
#[derive(Debug, Default)]
pub struct Discourse {
    /// Starts that stand for something said before: "she", "such a".
    pub pronouns: WordSet,
    /// Starts that carry on from something said before: "but", "in addition".
    pub connectives: WordSet,
    /// All these and `free`, by what they are.
    pub starts: Starts,
    /// Starts of somebody who speaks: "I", "our".
    pub first_person: WordSet,
    /// Words near the start that add to something said before: "also".
    pub additive: WordSet,
    /// Pronouns that may be the speaker of a quotation: "she".
    pub speakers: WordSet,
    /// Words that make what follows something known: "the".
    pub definite: WordSet,
    /// Whether these stand only with what is known, and not with what is general.
    pub known_by_article: bool,
    /// People and bodies by what they are: "minister".
    pub roles: WordSet,
    /// Words after a role that say which one is meant: "of".
    pub named_by: WordSet,
    /// Titles of courtesy, which make no name full: "mr".
    pub courtesy: WordSet,
    /// Words for a day that only the day of the article explains: "yesterday".
    pub relative_days: WordSet,
    /// The days of the week, and words for them.
    pub weekdays: WordSet,
    /// The months, which make a date plain.
    pub months: WordSet,
    /// Verbs that carry a sentence: "was", "said". A short line without a verb is a caption.
    pub verbs: WordSet,
    /// Endings that a verb may have: "ed".
    pub verb_endings: Vec<&'static str>,
    /// Words that speak to the reader, anywhere outside a quotation: "your".
    pub address: WordSet,
    /// The first words of these.
    pub address_starts: WordSet,
    /// Words that point, and nouns that sum up what was said before when they are pointed at: "this", "such" and
    /// "idea", "decision" (Schmid 2000, "English abstract nouns as conceptual shells"). The plural has lists of its own
    /// where a pointer also begins a clause: "said that ideas …".
    pub pointing: [(WordSet, WordSet); 2],
    /// Pairs of words before the last word of a sentence that compare without saying with what: "is less".
    pub bare_comparatives: WordSet,
    /// The second words of these.
    pub comparing: WordSet,
    /// Words that turn what is said into its opposite: "not", "without"; none where the word for it is part of others.
    pub denials: WordSet,
    /// Phrases of captions, credits and notes, anywhere outside a quotation: "is seen in", "contributed to this report".
    pub captions: WordSet,
    /// The first words of these.
    pub caption_starts: WordSet,
    /// Labels that a page writes in capitals before a text: "watch", "related".
    pub labels: WordSet,
    /// Starts of lines that promote or name a source: "read more"; a single word only before a colon.
    pub promo: WordSet,
}

impl Discourse {
    fn new(file: &'static str) -> Self {
        let set = |name| WordSet(section(file, name).collect());
        let first = |entry: &'static str| entry.split(' ').next().unwrap_or(entry);
        let last = |entry: &'static str| entry.rsplit(' ').next().unwrap_or(entry);
        Self {
            pronouns: set("pronouns"),
            connectives: set("connectives"),
            starts: Starts::new(file),
            first_person: set("first person"),
            additive: set("additive"),
            speakers: set("speakers"),
            definite: set("definite"),
            known_by_article: section(file, "habits").any(|habit| habit == "known_by_article"),
            roles: set("roles"),
            named_by: set("named by"),
            courtesy: set("courtesy"),
            relative_days: set("relative days"),
            weekdays: set("weekdays"),
            months: set("months"),
            verbs: set("verbs"),
            verb_endings: section(file, "verb endings").collect(),
            address: set("address"),
            address_starts: WordSet(section(file, "address").map(first).collect()),
            pointing: [
                (set("pointers"), set("summing nouns")),
                (set("plural pointers"), set("plural summing nouns")),
            ],
            bare_comparatives: set("bare comparatives"),
            comparing: WordSet(section(file, "bare comparatives").map(last).collect()),
            denials: set("denials"),
            captions: set("captions"),
            caption_starts: WordSet(section(file, "captions").map(first).collect()),
            labels: set("labels"),
            promo: set("promo"),
        }
    }
}

/// What a start says of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// It stands for something said before.
    Pronoun,
    /// It carries on from something said before.
    Connective,
    /// It only looks like one of these.
    Free,
}

/// The starts of a language by what they are, so that one look finds it.
#[derive(Debug, Default)]
pub struct Starts {
    kinds: FxHashMap<&'static str, Start>,
    /// The words of the longest start with a first word.
    longest: FxHashMap<&'static str, usize>,
}

impl Starts {
    fn new(file: &'static str) -> Self {
        let mut starts = Self::default();
        let kinds = [
            ("connectives", Start::Connective),
            ("pronouns", Start::Pronoun),
            ("free", Start::Free),
        ];
        for (name, kind) in kinds {
            for entry in section(file, name) {
                starts.kinds.insert(entry, kind);
                let first = entry.split(' ').next().unwrap_or(entry);
                let longest = starts.longest.entry(first).or_default();
                *longest = (*longest).max(entry.split(' ').count());
            }
        }
        starts
    }

    /// Returns what a start is, its words in lower case and with one space between two.
    pub fn kind(&self, start: &str) -> Option<Start> {
        self.kinds.get(start).copied()
    }

    /// Returns how many words the longest start has that begins with a word, 0 where none does.
    pub fn longest(&self, first: &str) -> usize {
        self.longest.get(first).copied().unwrap_or(0)
    }
}

/// Returns the words of a language that coherence hangs on, if they are known.
pub fn discourse(language: Language) -> Option<&'static Discourse> {
    static ALL: OfFolder<Option<Discourse>> = OfFolder::new();
    let known = |file: &'static str| (!file.is_empty()).then(|| Discourse::new(file));
    ALL.get(folder_index(language), |folder| known(folder.discourse)).as_ref()
}
