//! Mentions of people in a sentence, by full name or by surname alone.
//!
//! A full name consists of two or more adjacent capitalized words, the last of which also occurs alone in an examined
//! sentence; a courtesy title ("Mr") does not count as one of them. A word that follows an article ("the Union") or
//! occurs in lower case elsewhere in the story ("police") is not a surname.
//!
//! Only surnames that occur alone in an examined sentence are looked up in the story, by means of the concepts of its
//! sentences.
//!
//! Known limits: in a script without capitals, no names are found. A place name of two words ("New York") counts as a
//! person if its last word also occurs alone. People are identified by their surname as written, so two people with the
//! same surname count as one, and an inflected form of a surname counts as another surname.

use std::ops::RangeInclusive;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::summary::SentenceRef;
use crate::summary::candidate_set::{Candidate, CandidateSet};
use crate::summary::concepts::Concept;
use crate::text::packs::{self, Discourse, WordSet};
use crate::text::{TermId, Token, TokenKind};

/// A mention of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The number that identifies the person.
    pub(crate) person: u32,
    /// Whether the full name is used.
    pub(crate) full: bool,
}

/// The people whom some examined entry mentions by surname alone and whose full names occur somewhere in the story.
#[derive(Debug)]
pub(crate) struct Names<'p, 'c> {
    set: &'p CandidateSet<'c>,
    /// The names in each entry that was examined.
    found: FxHashMap<usize, Vec<Found<'c>>>,
    /// The number of each person by surname; `None` for a word that is not a surname or is never part of a full name.
    people: FxHashMap<&'c str, Option<u32>>,
}

/// The maximum number of sentences with a surname that are searched for the full name.
const MOST_SENTENCES: usize = 1_000;

impl<'p, 'c> Names<'p, 'c> {
    /// Creates an empty set of names.
    pub(crate) fn new(set: &'p CandidateSet<'c>) -> Self {
        Self { set, found: FxHashMap::default(), people: FxHashMap::default() }
    }

    /// Reads the names in a selection.
    pub(crate) fn find_in(&mut self, selection: &[usize]) {
        let set = self.set;
        let mut unknown: Vec<(&'c str, TermId)> = Vec::new();
        for &entry in selection {
            let names = || Words::new(set, &set.candidates[entry]).names();
            let found = self.found.entry(entry).or_insert_with(names);
            for bare in found.iter().filter(|f| !f.full) {
                let is_new = unknown.iter().all(|(surname, _)| *surname != bare.surname);
                if is_new && !self.people.contains_key(bare.surname) {
                    unknown.push((bare.surname, bare.term));
                }
            }
        }
        for (surname, is_person) in self.look_up(selection, &unknown) {
            let number = self.people.len() as u32;
            self.people.insert(surname, is_person.then_some(number));
        }
    }

    /// Decides which of the possible surnames are surnames: those that end a full name somewhere in the story and never
    /// occur in lower case.
    fn look_up(&self, selection: &[usize], unknown: &[(&'c str, TermId)]) -> Vec<(&'c str, bool)> {
        let set = self.set;
        let terms: FxHashSet<TermId> = unknown.iter().map(|(_, term)| *term).collect();
        let told = selection.iter().flat_map(|&entry| set.concepts.words_of(entry));
        let mut wanted: Vec<u32> = told
            .map(|(word, _)| word)
            .filter(
                |&word| matches!(set.concepts.get(word), Concept::Word(t) if terms.contains(&t)),
            )
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut sentences: Vec<Vec<usize>> = vec![Vec::new(); wanted.len()];
        set.concepts.each_teller(&wanted, |word, sentence| {
            if sentences[word].len() < MOST_SENTENCES {
                sentences[word].push(sentence);
            }
        });
        let judge = |&(surname, term): &(&'c str, TermId)| {
            let of_term = |word: &u32| set.concepts.get(*word) == Concept::Word(term);
            let at = wanted.iter().position(of_term);
            let told = at.map_or(&[][..], |at| &sentences[at]);
            let mut is_full = false;
            for &sentence in told {
                match Words::new(set, &set.candidates[sentence]).written(surname, term) {
                    Some(Written::LowerCase) => return (surname, false),
                    Some(Written::FullName) => is_full = true,
                    None => {}
                }
            }
            (surname, is_full)
        };
        unknown.iter().map(judge).collect()
    }

    /// Returns the mentions in an entry that was read, in order.
    pub(crate) fn mentions(&self, entry: usize) -> impl Iterator<Item = Mention> {
        let mention = |f: &Found<'c>| {
            let person = (*self.people.get(f.surname)?)?;
            Some(Mention { person, full: f.full })
        };
        self.found.get(&entry).into_iter().flatten().filter_map(mention)
    }

    /// Returns the people whose first mention in these entries is by surname only.
    pub(crate) fn bare_in(&self, entries: RangeInclusive<usize>) -> Vec<u32> {
        let (mut named, mut bare) = (Vec::new(), Vec::new());
        for mention in entries.flat_map(|e| self.mentions(e)) {
            if !named.contains(&mention.person) {
                named.push(mention.person);
                if !mention.full {
                    bare.push(mention.person);
                }
            }
        }
        bare
    }

    /// Returns the entries of a selection that mention somebody whose full name is in none of the selected entries.
    pub(crate) fn strangers(&self, selection: &[usize]) -> Vec<usize> {
        let mentions = selection.iter().flat_map(|&e| self.mentions(e));
        let introduced: FxHashSet<u32> = mentions.filter(|m| m.full).map(|m| m.person).collect();
        let strange = |e: &usize| self.mentions(*e).any(|m| !introduced.contains(&m.person));
        selection.iter().copied().filter(strange).collect()
    }
}

/// How a possible surname is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// In lower case: not a surname.
    LowerCase,
    /// As the end of a full name.
    FullName,
}

/// A name: a run of capitalized words.
#[derive(Clone, Copy, Debug)]
struct Found<'t> {
    surname: &'t str,
    term: TermId,
    full: bool,
}

/// The words of a sentence.
struct Words<'t> {
    text: &'t str,
    tokens: &'t [Token],
    /// The corpus-wide id of each local term of the article.
    ids: &'t [TermId],
    data: Option<&'static Discourse>,
}

/// The minimum number of letters in a surname: shorter capitalized words are usually abbreviations.
const SHORTEST_SURNAME: usize = 3;

impl<'t> Words<'t> {
    fn new(set: &CandidateSet<'t>, entry: &Candidate) -> Self {
        let SentenceRef { article, sentence } = entry.at;
        let corpus = &set.collection.corpus;
        let document = &corpus.documents[article];
        let sentence = document.sentences.get(sentence);
        Self {
            text: &set.collection.articles[article].text,
            tokens: sentence.map_or(&[], |sentence| document.tokens_of(sentence)),
            ids: corpus.ids(article),
            data: packs::discourse(document.language),
        }
    }

    fn word(&self, token: &Token) -> &'t str {
        token.span.slice(self.text)
    }

    fn term(&self, token: &Token) -> TermId {
        self.ids[token.term.0 as usize]
    }

    /// Returns the names in the sentence.
    fn names(&self) -> Vec<Found<'t>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.tokens.len() {
            let run = self.tokens[at..].iter();
            let end = at + run.take_while(|t| is_capitalised(self.word(t))).count();
            if let Some(full) = self.is_full_name(at, end) {
                let last = &self.tokens[end - 1];
                found.push(Found { surname: self.word(last), term: self.term(last), full });
            }
            at = end.max(at + 1);
        }
        found
    }

    /// Returns how a possible surname is written in the sentence, or `None` if it is absent or occurs without a given
    /// name; lower case takes precedence.
    fn written(&self, surname: &str, term: TermId) -> Option<Written> {
        let mut written = None;
        for (at, token) in self.tokens.iter().enumerate().filter(|(_, t)| self.term(t) == term) {
            let word = self.word(token);
            if word.starts_with(char::is_lowercase) {
                return Some(Written::LowerCase);
            }
            let after = self.tokens.get(at + 1);
            if word == surname && !after.is_some_and(|next| is_capitalised(self.word(next))) {
                let run = self.tokens[..=at].iter().rev();
                let n = run.take_while(|t| is_capitalised(self.word(t))).count();
                if self.is_full_name(at + 1 - n, at + 1) == Some(true) {
                    written = Some(Written::FullName);
                }
            }
        }
        written
    }

    /// Returns whether a run of capitalized words is a full name, or `None` if it is not a name.
    fn is_full_name(&self, first: usize, end: usize) -> Option<bool> {
        let (surname, given) = self.tokens[first..end].split_last()?;
        let starts = end == 1;
        if surname.kind != TokenKind::Word || !is_surname(self.word(surname), starts, self.data) {
            return None;
        }
        let has = |set: fn(&Discourse) -> &WordSet, word: &str| {
            self.data.is_some_and(|data| set(data).contains(word))
        };
        if self.tokens[..first].last().is_some_and(|t| has(|d| &d.definite, self.word(t))) {
            return None;
        }
        let is_given = |t: &Token| !has(|d| &d.courtesy, &self.word(t).to_lowercase());
        Some(given.iter().any(is_given))
    }
}

/// Returns whether a capitalized word can be a surname: it has at least [`SHORTEST_SURNAME`] letters, not all of them
/// capitals. At the start of a sentence, where the capital carries no information, a common word cannot.
fn is_surname(word: &str, starts: bool, data: Option<&Discourse>) -> bool {
    let long = word.chars().take(SHORTEST_SURNAME).count() == SHORTEST_SURNAME;
    let mixed = word.chars().skip(1).any(char::is_lowercase);
    long && mixed && !(starts && is_common(word, data))
}

/// Returns whether a word commonly starts sentences and is not a name.
fn is_common(word: &str, data: Option<&Discourse>) -> bool {
    let word = word.to_lowercase();
    data.is_some_and(|d| {
        [&d.definite, &d.pronouns, &d.connectives, &d.roles].iter().any(|set| set.contains(&word))
    })
}

fn is_capitalised(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        _ => word.starts_with(char::is_uppercase),
    }
}
