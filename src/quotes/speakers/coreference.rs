//! Whom `he`, `she` and `the minister` stand for.
//!
//! A pronoun stands for the subject of the nearest sentence before it in its paragraph whose gender is known and agrees,
//! else for the first person named there outside quotations; one whose gender is known comes before one whose gender is
//! not. Without one, the paragraphs before are asked, the nearest first. A noun stands for the person whose role it is; where several have it, for the one named last.
//!
//! Known limit: two people of one gender in a paragraph are told apart by order alone; the answer is then less sure.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::quotes::Confidence;
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};
use crate::quotes::speakers::mention::Gender;
use crate::quotes::speakers::name::{fold, fold_into};
use crate::quotes::speakers::people::{People, PersonIx};
use crate::quotes::speakers::without_possessive;

/// How many paragraphs back a pronoun reaches.
const REACH: u32 = 3;
/// Different words with capitals in a sentence, as many as most have.
const NAMES_A_SENTENCE: usize = 2;

/// Where the people of a story are named in one article.
pub(in crate::quotes) struct Scene {
    /// In the order of the text.
    named: Vec<Sighted>,
}

/// A person named at a place.
struct Sighted {
    token: usize,
    paragraph: u32,
    person: PersonIx,
    /// Whether the name begins its sentence, as subjects do.
    is_subject: bool,
}

impl Scene {
    /// Finds the names of people outside the quotations of an article.
    pub(in crate::quotes) fn new(people: &People, article: usize, s: &Skeleton<'_>) -> Self {
        let mut named = Vec::new();
        // A name is asked for as often as it is written, and answered once.
        let mut known: FxHashMap<&str, Option<PersonIx>> = FxHashMap::with_capacity_and_hasher(
            s.sentences.len() * NAMES_A_SENTENCE,
            FxBuildHasher,
        );
        let mut folded = String::new();
        for sentence in &s.sentences {
            for at in sentence.tokens.indices() {
                if !s.tokens[at].is_name_like() {
                    continue;
                }
                // Only the last word of a name is looked up, with those before it.
                let next = s.tokens.get(at + 1).filter(|_| at + 1 < sentence.tokens.end);
                let goes_on =
                    next.is_some_and(Token::is_name_like) && !s.class(at).any(Class::POSSESSIVE);
                if goes_on {
                    continue;
                }
                let name = full_name(s, sentence.tokens.start, at);
                let person = *known.entry(name).or_insert_with(|| {
                    let word = without_possessive(s.word(at));
                    let hyphen = word.bytes().rposition(|byte| byte == b'-');
                    fold_into(hyphen.and_then(|h| word.get(h + 1..)).unwrap_or(word), &mut folded);
                    people
                        .is_name(&folded)
                        .then(|| people.find(article, name, Gender::Unknown))
                        .flatten()
                });
                if let Some(person) = person {
                    let before = Range::new(sentence.tokens.start, at);
                    // `the Holt administration`, `Holt's plan`: what a name only describes is no subject.
                    let next = s.class(at + 1);
                    let describes = s.class(at).any(Class::POSSESSIVE)
                        || at + 1 < sentence.tokens.end
                            && s.kind(at + 1) == Kind::Lower
                            && next.any(Class::SOURCE_NOUN);
                    let is_subject = !describes
                        && !before.indices().any(|i| {
                            s.class(i).any(Class::FINITE.with(Class::AUXILIARY))
                                || s.tokens[i].is_quote()
                                || s.kind(i) == Kind::Lower
                                    && s.class(i).any(Class::PREPOSITION.with(Class::ADVERB))
                        });
                    let paragraph = sentence.paragraph;
                    named.push(Sighted { token: at, paragraph, person, is_subject });
                }
            }
        }
        Self { named }
    }

    /// Returns whether somebody is named from one token to another.
    pub(in crate::quotes) fn names_between(&self, from: usize, to: usize) -> bool {
        self.named.iter().any(|n| from <= n.token && n.token < to)
    }

    /// Returns whom a pronoun stands for.
    pub(in crate::quotes) fn who(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        at: usize,
        gender: Gender,
        inner: &str,
    ) -> Option<(PersonIx, Confidence)> {
        let here = s.sentence_of(at);
        let paragraph = s.sentences.get(here)?.paragraph;
        let fits = |person: PersonIx| {
            let known = people.person(person);
            known.evident && known.gender.agrees(gender) && !is_named_in(people, person, inner)
        };
        for back in 0..=REACH.min(paragraph) {
            let inside =
                self.named.iter().filter(|n| n.paragraph + back == paragraph && n.token < at);
            let fitting: Vec<&Sighted> = inside.filter(|n| fits(n.person)).collect();
            let known = |n: &&Sighted| people.person(n.person).gender == gender;
            // The subject of the nearest sentence, whether its gender is known or not.
            let subject = fitting.iter().rev().copied().find(|n| n.is_subject);
            let chosen = subject
                .or_else(|| fitting.iter().copied().find(known))
                .or_else(|| fitting.first().copied());
            if let Some(chosen) = chosen {
                let sure = known(&chosen);
                let alone = fitting.iter().all(|n| n.person == chosen.person || sure && !known(n));
                let high = sure && alone && back <= 1;
                return Some((
                    chosen.person,
                    if high { Confidence::High } else { Confidence::Medium },
                ));
            }
        }
        None
    }

    /// Returns the person whose role a noun names, in a phrase that ends at `end`.
    pub(in crate::quotes) fn by_role(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        head: usize,
        end: usize,
        gender: Gender,
    ) -> Option<(PersonIx, Confidence)> {
        let folded = s.word(head).to_lowercase();
        // `the minister for Lorvik` is the one whose role names Lorvik too.
        let complement =
            s.tokens.get(head + 1).filter(|t| t.class.any(Class::LINK)).map(|_| head + 2);
        let complement: Vec<String> = complement
            .into_iter()
            .flat_map(|from| (from..end).filter(|&i| s.tokens[i].is_name_like()))
            .map(|i| s.word(i).to_lowercase())
            .collect();
        let fits = |person: PersonIx| {
            let known = people.person(person);
            known.has_role(&folded)
                && complement.iter().all(|word| known.has_role(word))
                && known.gender.agrees(gender)
        };
        let before = self.named.iter().rev().filter(|n| n.token < head);
        let mut fitting = before.map(|n| n.person).filter(|&p| fits(p));
        let first = fitting.next()?;
        let alone = fitting.all(|p| p == first);
        Some((first, if alone { Confidence::High } else { Confidence::Medium }))
    }
}

/// Whether the surname of a person stands in a quotation: people rarely name themselves.
fn is_named_in(people: &People, person: PersonIx, inner: &str) -> bool {
    let surname = people.person(person).surname();
    inner
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .any(|w| fold(w) == surname)
}

/// The words with capitals that end at `at`.
fn full_name<'t>(s: &Skeleton<'t>, lo: usize, at: usize) -> &'t str {
    let mut start = at;
    while start > lo
        && s.tokens[start - 1].is_name_like()
        && !s.class(start - 1).any(
            Class::HONORIFIC
                .with(Class::RANK)
                .with(Class::ROLE)
                .with(Class::ORGANISATION)
                .with(Class::POSSESSIVE),
        )
    {
        start -= 1;
    }
    s.span(Range::new(start, at + 1)).of(s.text)
}
