//! Whom `he`, `she` and `the minister` stand for.
//!
//! A pronoun stands for the first person of its paragraph whose gender agrees and who is named outside quotations before
//! it; one whose gender is known comes before one whose gender is not. Without one, the paragraphs before are asked, the
//! nearest first. A noun stands for the person whose role it is; where several have it, for the one named last.
//!
//! Known limit: two people of one gender in a paragraph are told apart by order alone; the answer is then less sure.

use crate::quotes::Confidence;
use crate::quotes::lexicon::Class;
use crate::quotes::skeleton::Skeleton;
use crate::quotes::speakers::mention::Gender;
use crate::quotes::speakers::name::fold;
use crate::quotes::speakers::people::{People, PersonIx};

/// How many paragraphs back a pronoun reaches.
const REACH: u32 = 3;

/// Where the people of a story are named in one article.
pub(in crate::quotes) struct Scene {
    /// Token, paragraph, person; in the order of the text.
    named: Vec<(usize, u32, PersonIx)>,
}

impl Scene {
    /// Finds the names of people outside the quotations of an article.
    pub(in crate::quotes) fn new(people: &People, article: usize, s: &Skeleton<'_>) -> Self {
        let mut named = Vec::new();
        for sentence in &s.sentences {
            for at in sentence.tokens.indices() {
                if !s.tokens[at].is_name_like() {
                    continue;
                }
                let word = s.word(at).trim_end_matches("'s").trim_end_matches("’s");
                let last = word.rsplit('-').next().unwrap_or(word);
                let folded = fold(last);
                if people.named(&folded).is_empty() {
                    continue;
                }
                if let Some(person) =
                    people.find(article, full_name(s, sentence.tokens.start, at), Gender::Unknown)
                {
                    named.push((at, sentence.paragraph, person));
                }
            }
        }
        Self { named }
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
        let paragraph = paragraph_of(s, at);
        for back in 0..=REACH.min(paragraph) {
            let mut fitting: Vec<(bool, PersonIx)> = Vec::new();
            for &(token, p, person) in &self.named {
                if p + back != paragraph || token >= at {
                    continue;
                }
                let known = people.person(person).gender;
                let seen = fitting.iter().any(|(_, f)| *f == person);
                if known.agrees(gender) && !seen && !is_named_in(people, person, inner) {
                    fitting.push((known == gender, person));
                }
            }
            let chosen = fitting.iter().find(|(sure, _)| *sure).or_else(|| fitting.first());
            if let Some(&(sure, person)) = chosen {
                let rivals = fitting.iter().filter(|(other, _)| *other || !sure).count() > 1;
                let confidence = if sure && !rivals && back <= 1 {
                    Confidence::High
                } else {
                    Confidence::Medium
                };
                return Some((person, confidence));
            }
        }
        None
    }

    /// Returns the person whose role a noun names.
    pub(in crate::quotes) fn by_role(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        head: usize,
        gender: Gender,
    ) -> Option<(PersonIx, Confidence)> {
        let folded = s.word(head).to_lowercase();
        let fits = |person: PersonIx| {
            people.person(person).has_role(&folded) && people.person(person).gender.agrees(gender)
        };
        let before = self.named.iter().rev().filter(|(token, ..)| *token < head);
        let mut fitting = before.map(|(.., person)| *person).filter(|&p| fits(p));
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
    s.span(crate::quotes::skeleton::Range::new(start, at + 1)).of(s.text)
}

fn paragraph_of(s: &Skeleton<'_>, token: usize) -> u32 {
    let after = s.sentences.partition_point(|sentence| sentence.tokens.start <= token);
    after.checked_sub(1).map_or(0, |i| s.sentences[i].paragraph)
}
