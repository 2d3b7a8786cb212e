//! Discourse words by language: sentence openers that depend on context, words that address the reader or are
//! promotional, and related word lists.

use rustc_hash::FxHashMap;

use crate::language::Language;
use crate::text::packs::{Folder, OfFolder, WordSet, folder_index, section};

/// The sections of `discourse.txt`, and the sections `pronoun neuter` and `relative` of `speech_grammar.txt`. Entries
/// are in lower case and have one or more words.
#[derive(Debug, Default)]
pub struct Discourse {
    /// Anaphoric sentence openers: "she", "such a".
    pub pronouns: WordSet,
    /// Connective sentence openers: "but", "in addition".
    pub connectives: WordSet,
    /// All sentence openers with their classes, including openers that only look dependent (`free`).
    pub starts: Starts,
    /// First-person openers: "I", "our".
    pub first_person: WordSet,
    /// Additive adverbs that may occur near the start of a sentence: "also".
    pub additive: WordSet,
    /// Pronouns that can be the subject of a reporting clause: "she".
    pub speakers: WordSet,
    /// Pronouns for things, which may also be expletive: "it".
    pub neuter: WordSet,
    /// Definite determiners: "the".
    pub definite: WordSet,
    /// Whether definite determiners are used only with known referents, not with generic nouns.
    pub known_by_article: bool,
    /// Nouns for roles and institutions: "minister".
    pub roles: WordSet,
    /// Prepositions that follow a role and introduce words that identify its holder: "of".
    pub named_by: WordSet,
    /// Courtesy titles, which do not count as given names: "mr".
    pub courtesy: WordSet,
    /// Deictic day words, relative to the date of the article: "yesterday".
    pub relative_days: WordSet,
    /// The days of the week.
    pub weekdays: WordSet,
    /// Relative pronouns.
    pub relative: WordSet,
    /// Words that announce an event: "will", "scheduled".
    pub announcements: WordSet,
    /// The months.
    pub months: WordSet,
    /// Common verbs: "was", "said". They end the noun phrase at the start of a sentence.
    pub verbs: WordSet,
    /// Endings of verbs: "ed".
    pub verb_endings: Vec<&'static str>,
    /// Words that address the reader when they occur outside quotations: "your".
    pub address: WordSet,
    /// The first word of each entry of `address`.
    pub address_starts: WordSet,
    /// Pointing words ("this", "such"), and nouns that sum up previous content when they follow one: "idea", "decision"
    /// (Schmid 2000, "English abstract nouns as conceptual shells"). English has separate lists for the plural, because
    /// "that" also begins a clause: "said that ideas …".
    pub pointing: [(WordSet, WordSet); 2],
    /// Determiners that point back in the text: "this", "these".
    pub demonstratives: WordSet,
    /// Nouns for spans of time, with which a demonstrative points to the calendar: "this week".
    pub spans_of_time: WordSet,
    /// Pairs of words that, before the last word of a sentence, form a comparison without its other side: "is less".
    pub bare_comparatives: WordSet,
    /// The second word of each entry of `bare_comparatives`.
    pub comparing: WordSet,
    /// Phrases that express a comparison with an earlier sentence unless a word of `than` follows: "even more".
    pub heightened: Vec<&'static str>,
    /// The words that introduce the other side of a comparison: "than".
    pub than: Vec<&'static str>,
    /// Negations: "not", "without"; empty if the language expresses negation within other words.
    pub denials: WordSet,
    /// Openers of a sentence that qualifies or retracts what its speaker has said: "but", "however".
    pub contrasts: WordSet,
    /// Phrases of captions, credits and notes, which may occur anywhere outside a quotation: "is seen in",
    /// "contributed to this report".
    pub captions: WordSet,
    /// The first word of each entry of `captions`.
    pub caption_starts: WordSet,
    /// Labels that a page prints in capitals before a text: "watch", "related".
    pub labels: WordSet,
    /// Starts of lines that are promotional or name a source: "read more". A single word counts only if a colon
    /// follows.
    pub promo: WordSet,
}

impl Discourse {
    fn new(folder: &Folder) -> Self {
        let file = folder.discourse;
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
            neuter: WordSet(section(folder.speech_grammar, "pronoun neuter").collect()),
            definite: set("definite"),
            known_by_article: section(file, "habits").any(|habit| habit == "known_by_article"),
            roles: set("roles"),
            named_by: set("named by"),
            courtesy: set("courtesy"),
            relative_days: set("relative days"),
            weekdays: set("weekdays"),
            relative: WordSet(section(folder.speech_grammar, "relative").collect()),
            announcements: set("announcements"),
            months: set("months"),
            verbs: set("verbs"),
            verb_endings: section(file, "verb endings").collect(),
            address: set("address"),
            address_starts: WordSet(section(file, "address").map(first).collect()),
            pointing: [
                (set("pointers"), set("summing nouns")),
                (set("plural pointers"), set("plural summing nouns")),
            ],
            demonstratives: set("demonstratives"),
            spans_of_time: set("spans of time"),
            bare_comparatives: set("bare comparatives"),
            comparing: WordSet(section(file, "bare comparatives").map(last).collect()),
            heightened: section(file, "heightened comparatives").collect(),
            than: section(file, "than").collect(),
            denials: set("denials"),
            contrasts: set("contrasts"),
            captions: set("captions"),
            caption_starts: WordSet(section(file, "captions").map(first).collect()),
            labels: set("labels"),
            promo: set("promo"),
        }
    }
}

/// The class of a sentence opener.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The opener refers back to something.
    Pronoun,
    /// The opener continues a thought.
    Connective,
    /// The opener only looks dependent.
    Free,
}

/// The sentence openers of a language, indexed by their words.
#[derive(Debug, Default)]
pub struct Starts {
    kinds: FxHashMap<&'static str, Start>,
    /// For each first word, the number of words in the longest opener that begins with it.
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

    /// Returns the class of an opener, whose words must be in lower case and separated by single spaces.
    pub fn kind(&self, start: &str) -> Option<Start> {
        self.kinds.get(start).copied()
    }

    /// Returns the number of words in the longest opener that begins with a word; 0 if there is none.
    pub fn longest(&self, first: &str) -> usize {
        self.longest.get(first).copied().unwrap_or(0)
    }
}

/// Returns the discourse words of a language, if there are any.
pub fn discourse(language: Language) -> Option<&'static Discourse> {
    static ALL: OfFolder<Option<Discourse>> = OfFolder::new();
    let known = |folder: &Folder| (!folder.discourse.is_empty()).then(|| Discourse::new(folder));
    ALL.get(folder_index(language), known).as_ref()
}
