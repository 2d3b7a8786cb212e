//! Who is named in a sentence, by the full name or by the surname alone.
//!
//! A full name is two or more words with capitals side by side, of which the last also stands alone in the story; a
//! courtesy title ("Mr") makes no name full. What stands after an article ("the Union") is no surname.
//!
//! Known limits: seen only in scripts with capitals; places of two words ("New York") count as names where the last
//! word also stands alone; names are compared by their last word, as written.

use std::ops::RangeInclusive;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::parallel;
use crate::summary::pool::{Entry, Pool, Source};
use crate::text::Token;
use crate::text::language::{self, Coherence};

/// A mention of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    /// Who, by number.
    pub(crate) person: u32,
    /// Whether by a full name.
    pub(crate) full: bool,
}

/// The mentions of each entry.
#[derive(Debug, Default)]
pub(crate) struct Names {
    mentions: Vec<Vec<Mention>>,
}

impl Names {
    /// Finds the people of a story that are named in full somewhere and by surname elsewhere.
    pub(crate) fn new(pool: &Pool<'_>) -> Self {
        let of_article = |source: &Source| -> Vec<Vec<Found<'_>>> {
            pool.entries[source.first..source.end].iter().map(|e| found(pool, e)).collect()
        };
        let found = parallel::map_in_order(&pool.articles, of_article);
        let mut people: FxHashMap<&str, (u32, bool, bool)> = FxHashMap::default();
        for found in found.iter().flatten().flatten() {
            let next = people.len() as u32;
            let person = people.entry(found.surname).or_insert((next, false, false));
            person.1 |= found.full;
            person.2 |= !found.full;
        }
        let mention = |f: &Found<'_>| {
            let &(person, full, bare) = people.get(f.surname)?;
            (full && bare).then_some(Mention { person, full: f.full })
        };
        let mentions =
            found.iter().flatten().map(|list| list.iter().filter_map(mention).collect()).collect();
        Self { mentions }
    }

    /// Returns the mentions in an entry, in order.
    pub(crate) fn of(&self, entry: usize) -> &[Mention] {
        self.mentions.get(entry).map_or(&[], |m| m)
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
}

/// Returns the entries of a selection that name somebody by surname alone whom no other introduces.
pub(crate) fn strangers(names: &Names, selection: &[usize]) -> Vec<usize> {
    let introduced: FxHashSet<u32> =
        selection.iter().flat_map(|&e| names.of(e)).filter(|m| m.full).map(|m| m.person).collect();
    let strange = |e: &usize| names.of(*e).iter().any(|m| !introduced.contains(&m.person));
    selection.iter().copied().filter(strange).collect()
}

/// A run of capitalised words.
struct Found<'t> {
    surname: &'t str,
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
    let mut run: Vec<&str> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if is_capitalised(word(token)) {
            run.push(word(token));
        }
        let ends = tokens.get(at + 1).is_none_or(|next| !is_capitalised(word(next)));
        if run.is_empty() || !ends {
            continue;
        }
        let first = at + 1 - run.len();
        let before = first.checked_sub(1).map(|before| word(&tokens[before]));
        let definite = before.is_some_and(|w| data.is_some_and(|d| d.definite.contains(w)));
        found.extend(name(&run, first == 0, data).filter(|_| !definite));
        run.clear();
    }
    found
}

/// The name that a run of capitalised words is; the first word of a sentence has a capital for nothing.
fn name<'t>(run: &[&'t str], starts: bool, data: Option<&Coherence>) -> Option<Found<'t>> {
    let surname = run.last().copied()?;
    let is_courtesy = |w: &&&str| data.is_some_and(|d| d.courtesy.contains(&w.to_lowercase()));
    let given = run[..run.len() - 1].iter().filter(|w| !is_courtesy(w)).count();
    let long = surname.chars().count() >= SHORTEST_SURNAME;
    let mixed = surname.chars().skip(1).any(char::is_lowercase);
    (long && mixed && !(starts && run.len() == 1 && is_common(surname, data)))
        .then_some(Found { surname, full: given > 0 })
}

/// Returns whether a word is one that sentences start with, not a name.
fn is_common(word: &str, data: Option<&Coherence>) -> bool {
    let word = word.to_lowercase();
    data.is_some_and(|d| {
        [&d.definite, &d.pronouns, &d.connectives, &d.roles].iter().any(|set| set.contains(&word))
    })
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}
