//! Who is named in a sentence, by the full name or by the surname alone.
//!
//! A full name is two or more words with capitals side by side, of which the last also stands alone in the story; a
//! courtesy title ("Mr") makes no name full. What stands after an article ("the Union"), or elsewhere in the story in
//! lower case ("police"), is no surname.
//!
//! Only the names of chosen sentences are looked up in the story, through the words that its sentences tell.
//!
//! Known limits: seen only in scripts with capitals; places of two words ("New York") count as names where the last
//! word also stands alone; names are compared by their last word, as written.

use std::ops::RangeInclusive;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::summary::concepts::Concept;
use crate::summary::pool::{Entry, Pool};
use crate::text::language::{self, Coherence};
use crate::text::{TermId, Token, TokenKind};

/// A mention of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Who, by number.
    pub(crate) person: u32,
    /// Whether by a full name.
    pub(crate) full: bool,
}

/// The people whom chosen entries name by surname alone, and whom the story names in full somewhere.
#[derive(Debug)]
pub(crate) struct Names<'p, 'c> {
    pool: &'p Pool<'c>,
    /// The names of each entry that was looked at.
    found: FxHashMap<usize, Vec<Found<'c>>>,
    /// The numbers of the people by surname; nothing for what is no surname, or has no full name in the story.
    people: FxHashMap<&'c str, Option<u32>>,
}

/// Sentences with a word that are looked at for the full name it may belong to.
const MOST_SENTENCES: usize = 1_000;

impl<'p, 'c> Names<'p, 'c> {
    /// Starts without a name.
    pub(crate) fn new(pool: &'p Pool<'c>) -> Self {
        Self { pool, found: FxHashMap::default(), people: FxHashMap::default() }
    }

    /// Takes up the names of a selection.
    pub(crate) fn read(&mut self, selection: &[usize]) {
        let pool = self.pool;
        let mut unknown: Vec<(&'c str, TermId)> = Vec::new();
        for &entry in selection {
            let found =
                self.found.entry(entry).or_insert_with(|| found(pool, &pool.entries[entry]));
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

    /// Says of words that stand in a selection like surnames whether they are: somewhere in the story they end a full
    /// name, and nowhere are they written in lower case.
    fn look_up(&self, selection: &[usize], unknown: &[(&'c str, TermId)]) -> Vec<(&'c str, bool)> {
        let pool = self.pool;
        let terms: FxHashSet<TermId> = unknown.iter().map(|(_, term)| *term).collect();
        let told = selection.iter().flat_map(|&entry| pool.concepts.words_of(entry));
        let mut wanted: Vec<u32> = told
            .map(|(word, _)| word)
            .filter(
                |&word| matches!(pool.concepts.get(word), Concept::Word(t) if terms.contains(&t)),
            )
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        let mut sentences: Vec<Vec<usize>> = vec![Vec::new(); wanted.len()];
        pool.concepts.each_teller(&wanted, |word, sentence| {
            if sentences[word].len() < MOST_SENTENCES {
                sentences[word].push(sentence);
            }
        });
        let judge = |&(surname, term): &(&'c str, TermId)| {
            let of_term = |word: &u32| pool.concepts.get(*word) == Concept::Word(term);
            let at = wanted.iter().position(of_term);
            let told = at.map_or(&[][..], |at| &sentences[at]);
            let mut is_full = false;
            for &sentence in told {
                let entry = &pool.entries[sentence];
                if has_lower_case(pool, entry, term) {
                    return (surname, false);
                }
                is_full |= found(pool, entry).iter().any(|f| f.full && f.surname == surname);
            }
            (surname, is_full)
        };
        unknown.iter().map(judge).collect()
    }

    /// Returns the mentions in an entry that was taken up, in order.
    pub(crate) fn of(&self, entry: usize) -> impl Iterator<Item = Mention> {
        let mention = |f: &Found<'c>| {
            let person = (*self.people.get(f.surname)?)?;
            Some(Mention { person, full: f.full })
        };
        self.found.get(&entry).into_iter().flatten().filter_map(mention)
    }

    /// Returns the people who are first named by surname alone in these entries.
    pub(crate) fn bare_in(&self, entries: RangeInclusive<usize>) -> Vec<u32> {
        let (mut named, mut bare) = (Vec::new(), Vec::new());
        for mention in entries.flat_map(|e| self.of(e)) {
            if !named.contains(&mention.person) {
                named.push(mention.person);
                if !mention.full {
                    bare.push(mention.person);
                }
            }
        }
        bare
    }

    /// Returns the entries of a selection that name somebody by surname alone whom no other introduces.
    pub(crate) fn strangers(&self, selection: &[usize]) -> Vec<usize> {
        let mentions = selection.iter().flat_map(|&e| self.of(e));
        let introduced: FxHashSet<u32> = mentions.filter(|m| m.full).map(|m| m.person).collect();
        let strange = |e: &usize| self.of(*e).any(|m| !introduced.contains(&m.person));
        selection.iter().copied().filter(strange).collect()
    }
}

/// Returns whether an entry has a term in lower case.
fn has_lower_case(pool: &Pool<'_>, entry: &Entry, term: TermId) -> bool {
    let article = &pool.collection.articles[entry.at.article];
    let corpus = &pool.collection.corpus;
    let document = &corpus.documents[entry.at.article];
    document.tokens_of(&document.sentences[entry.at.sentence]).iter().any(|token| {
        corpus.id(entry.at.article, token.term) == term
            && token.span.of(&article.text).starts_with(char::is_lowercase)
    })
}

/// A run of capitalised words.
#[derive(Clone, Copy, Debug)]
struct Found<'t> {
    surname: &'t str,
    term: TermId,
    full: bool,
}

/// Fewest letters of a surname: shorter capitals are mostly abbreviations.
const SHORTEST_SURNAME: usize = 3;

fn found<'t>(pool: &Pool<'t>, entry: &Entry) -> Vec<Found<'t>> {
    let article = &pool.collection.articles[entry.at.article];
    let document = &pool.collection.corpus.documents[entry.at.article];
    let Some(sentence) = document.sentences.get(entry.at.sentence) else { return Vec::new() };
    let data = language::coherence(document.language);
    let tokens = document.tokens_of(sentence);
    let word = |token: &Token| token.span.of(&article.text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let run = tokens[at..].iter().take_while(|token| is_capitalised(word(token))).count();
        let (before, run) = (tokens[..at].last(), &tokens[at..at + run]);
        at += run.len().max(1);
        let Some((surname, given)) = run.split_last() else { continue };
        let starts = before.is_none() && given.is_empty();
        if surname.kind != TokenKind::Word || !is_surname(word(surname), starts, data) {
            continue;
        }
        if before.is_some_and(|b| data.is_some_and(|d| d.definite.contains(word(b)))) {
            continue;
        }
        let is_courtesy =
            |t: &&Token| data.is_some_and(|d| d.courtesy.contains(&word(t).to_lowercase()));
        let full = given.iter().any(|token| !is_courtesy(&token));
        let term = pool.collection.corpus.id(entry.at.article, surname.term);
        found.push(Found { surname: word(surname), term, full });
    }
    found
}

/// Returns whether a word with a capital may be a surname. The first word of a sentence has a capital for nothing.
fn is_surname(word: &str, starts: bool, data: Option<&Coherence>) -> bool {
    let long = word.chars().take(SHORTEST_SURNAME).count() == SHORTEST_SURNAME;
    let mixed = word.chars().skip(1).any(char::is_lowercase);
    long && mixed && !(starts && is_common(word, data))
}

/// Returns whether a word is one that sentences start with, not a name.
fn is_common(word: &str, data: Option<&Coherence>) -> bool {
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
