//! The people of a story: their names, roles and genders, joined over its articles.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::identity::person::{NameKey, is_suffix};
use crate::quotes::Speaker;
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::rules::Attribution;
use crate::quotes::speakers::mention::{self, Gender, Mention};
use crate::quotes::speakers::{folded_spaces, without_possessive};

/// The longest word in capitals that may be part of a role: `CNN`, `NASA`.
const LONGEST_ACRONYM: usize = 4;

/// A person by number.
pub(in crate::quotes) type PersonIx = usize;

/// The roles of a person, as written; offices sort after parties.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::quotes) struct Role {
    /// Whether it is more than membership of a party.
    office: bool,
    text: String,
}

/// Somebody who is named in full, or with a title.
#[derive(Clone, Debug, Default)]
pub(in crate::quotes) struct Person {
    /// The names as written, with how often each is.
    names: BTreeMap<String, usize>,
    keys: Vec<NameKey>,
    /// The roles as written, with how often each is.
    roles: BTreeMap<Role, usize>,
    /// The words of the roles in lower case.
    role_words: FxHashSet<String>,
    pub(in crate::quotes) gender: Gender,
    /// Whether a title, a role or a given name shows that this is a person.
    pub(in crate::quotes) evident: bool,
    /// The articles that name the person in full.
    articles: FxHashSet<usize>,
    /// The display name, computed on first use.
    shown: OnceCell<Speaker>,
}

/// The people of a story.
#[derive(Debug, Default)]
pub(in crate::quotes) struct People {
    persons: Vec<Person>,
    by_surname: FxHashMap<String, Vec<PersonIx>>,
    by_given: FxHashMap<String, Vec<PersonIx>>,
    /// The people that each article names in full.
    by_article: Vec<Vec<PersonIx>>,
}

/// An occurrence of a name in an article.
struct Sighting {
    article: usize,
    key: NameKey,
    name: String,
    role: Option<Role>,
    gender: Gender,
    evident: bool,
}

impl People {
    /// Collects the people of the articles of a story.
    pub(in crate::quotes) fn of<'a>(
        articles: impl Iterator<Item = (&'a Skeleton<'a>, &'a [Option<Attribution>])>,
    ) -> Self {
        let mut sightings = Vec::new();
        for (article, (s, found)) in articles.enumerate() {
            for sentence in &s.sentences {
                sight_sentence(s, article, sentence.tokens, &mut sightings);
            }
            for attribution in found.iter().flatten() {
                sight_source(s, article, attribution.source, &mut sightings);
            }
        }
        // The order of names only affects numbering, so the order of the articles has no effect.
        sightings.sort_by(|a, b| {
            (b.key.len(), &a.key, &a.name, a.article, &a.role).cmp(&(
                a.key.len(),
                &b.key,
                &b.name,
                b.article,
                &b.role,
            ))
        });
        let mut people = Self::default();
        for sighting in &sightings {
            people.add(sighting);
        }
        people
    }

    fn add(&mut self, sighting: &Sighting) {
        let same = self.by_surname.get(sighting.key.last()).into_iter().flatten().copied();
        let fits: Vec<PersonIx> = same.filter(|&p| self.persons[p].agrees(sighting)).collect();
        let at_home: Vec<PersonIx> =
            fits.iter().copied().filter(|&p| self.persons[p].is_in(sighting.article)).collect();
        let person = match (at_home.as_slice(), fits.as_slice()) {
            ([one], _) | ([], [one]) => *one,
            ([], []) => {
                let slip = if sighting.key.len() == 1 {
                    self.slip(&sighting.key, sighting.article, sighting.gender)
                } else {
                    None
                };
                slip.unwrap_or_else(|| self.new_person(&sighting.key))
            }
            _ => return,
        };
        if self.persons[person].add(sighting) {
            let named = sighting.article + 1;
            self.by_article.resize_with(self.by_article.len().max(named), Vec::new);
            self.by_article[sighting.article].push(person);
        }
    }

    fn new_person(&mut self, key: &NameKey) -> PersonIx {
        let number = self.persons.len();
        self.persons.push(Person::default());
        self.by_surname.entry(key.last().to_owned()).or_default().push(number);
        if key.len() > 1 {
            self.by_given.entry(key.first().to_owned()).or_default().push(number);
        }
        number
    }

    /// Returns the only person of an article whose surname differs by a slip of the pen.
    fn slip(&self, key: &NameKey, article: usize, gender: Gender) -> Option<PersonIx> {
        let named = self.by_article.get(article).into_iter().flatten().copied();
        let mut found = named.filter(|&p| {
            let person = &self.persons[p];
            person.gender.agrees(gender)
                && person.keys.iter().any(|k| k.len() > 1 && key.is_slip_of(k))
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Returns the person a name in an article denotes.
    pub(in crate::quotes) fn find(
        &self,
        article: usize,
        name: &str,
        gender: Gender,
    ) -> Option<PersonIx> {
        let key = NameKey::new(without_possessive(name));
        let same = self.by_surname.get(key.last()).into_iter().flatten().copied();
        let given =
            self.by_given.get(key.last()).into_iter().flatten().copied().filter(|_| key.len() == 1);
        let fits: Vec<PersonIx> = same
            .filter(|&p| self.persons[p].keys.iter().any(|k| key.agrees(k)))
            .chain(given)
            .filter(|&p| self.persons[p].gender.agrees(gender))
            .collect();
        let at_home: Vec<PersonIx> =
            fits.iter().copied().filter(|&p| self.persons[p].is_in(article)).collect();
        match (at_home.as_slice(), fits.as_slice()) {
            ([one], _) | ([], [one]) => Some(*one),
            ([], []) if key.len() == 1 => self.slip(&key, article, gender),
            _ => None,
        }
    }

    /// Returns whether a word is the surname or given name of somebody.
    pub(in crate::quotes) fn is_name(&self, folded: &str) -> bool {
        self.by_surname.contains_key(folded) || self.by_given.contains_key(folded)
    }

    /// Returns a person.
    pub(in crate::quotes) fn person(&self, person: PersonIx) -> &Person {
        &self.persons[person]
    }

    /// Returns how a person is shown.
    pub(in crate::quotes) fn speaker(&self, person: PersonIx) -> Speaker {
        let person = &self.persons[person];
        person.shown.get_or_init(|| person.speaker()).clone()
    }
}

impl Person {
    /// Adds the evidence of a name; returns whether it is the person's first mention in its article.
    fn add(&mut self, sighting: &Sighting) -> bool {
        *self.names.entry(sighting.name.clone()).or_default() += 1;
        if !self.keys.contains(&sighting.key) {
            self.keys.push(sighting.key.clone());
        }
        if let Some(role) = &sighting.role {
            if !self.roles.contains_key(role) {
                self.role_words.extend(role.text.split(' ').map(str::to_lowercase));
            }
            *self.roles.entry(role.clone()).or_default() += 1;
        }
        self.gender = self.gender.or(sighting.gender);
        self.evident |= sighting.evident;
        self.articles.insert(sighting.article)
    }

    fn agrees(&self, sighting: &Sighting) -> bool {
        self.gender.agrees(sighting.gender) && self.keys.iter().all(|k| sighting.key.agrees(k))
    }

    fn is_in(&self, article: usize) -> bool {
        self.articles.contains(&article)
    }

    /// Returns whether a role of the person holds a word.
    pub(in crate::quotes) fn has_role(&self, folded: &str) -> bool {
        self.role_words.contains(folded)
    }

    /// Returns whether a role of the person is a compound that ends in a word: `Verteidigungsminister`, `minister`.
    pub(in crate::quotes) fn has_compound_role(&self, folded: &str) -> bool {
        self.roles
            .keys()
            .any(|role| role.text.split(' ').any(|word| word.to_lowercase().ends_with(folded)))
    }

    /// Returns the surnames, folded.
    pub(in crate::quotes) fn surname(&self) -> &str {
        self.keys.first().map_or("", NameKey::last)
    }

    /// The fullest name and the most specific role.
    fn speaker(&self) -> Speaker {
        let words = |s: &str| s.split([' ', '-']).count();
        // A suffix is no part of the name: it may be the son's, where both are named.
        let full = |s: &str| s.split([' ', '-']).filter(|w| !is_suffix(w)).count();
        let spelt = |s: &str| {
            let spelt = |w: &&str| w.trim_end_matches('.').chars().count() > 1 && !is_suffix(w);
            s.split([' ', '-']).filter(spelt).count()
        };
        let marks = |s: &str| s.chars().filter(|c| !c.is_ascii()).count();
        // The fullest name, spelled out rather than with initials; among equals the one with diacritics, then the most
        // frequent, then one with a hyphen, then the first in alphabetical order.
        let name = self.names.iter().max_by(|(a, n), (b, m)| {
            (spelt(a), full(a), marks(a), n, a.contains('-'))
                .cmp(&(spelt(b), full(b), marks(b), m, b.contains('-')))
                .then_with(|| b.cmp(a))
        });
        // The most specific role; a party does not count if an office is known.
        let role = self.roles.iter().max_by(|(a, n), (b, m)| {
            (a.office, words(&a.text).min(8), n)
                .cmp(&(b.office, words(&b.text).min(8), m))
                .then_with(|| b.cmp(a))
        });
        Speaker {
            name: name.map(|(n, _)| n.clone()).unwrap_or_default(),
            role: role.map(|(r, _)| r.text.clone()),
        }
    }
}

/// Notes the name of a source phrase.
fn sight_source(s: &Skeleton<'_>, article: usize, source: Range, sightings: &mut Vec<Sighting>) {
    let Mention::Named(named) = mention::read(s, source) else { return };
    let words = named.name.end - named.name.start;
    if !named.person && words < 2 {
        return;
    }
    let seen = sighting(s, article, named.name, named.role, named.gender);
    sightings.push(Sighting { evident: named.person, ..seen });
}

fn sighting(
    s: &Skeleton<'_>,
    article: usize,
    name: Range,
    role: Option<Range>,
    gender: Gender,
) -> Sighting {
    let name = folded_spaces(without_possessive(s.span(name).of(s.text)));
    Sighting {
        article,
        key: NameKey::new(&name),
        name,
        role: role.map(|r| Role {
            office: !s.class(r.start).any(Class::PARTY),
            text: folded_spaces(s.span(r).of(s.text)),
        }),
        gender,
        evident: true,
    }
}

/// Notes the people named in a sentence: after a title or role, or by a known given name.
fn sight_sentence(s: &Skeleton<'_>, article: usize, tokens: Range, sightings: &mut Vec<Sighting>) {
    let mut at = tokens.start;
    while let Some(run) = mention::next_run(s, at, tokens.end) {
        at = run.end.max(at + 1);
        let name = without_verb(s, mention::name_in_run(s, run));
        let words = name.end.saturating_sub(name.start);
        if words == 0 || words > 5 || s.class(name.start).any(Class::SUFFIX) {
            continue;
        }
        let before = if name.start > tokens.start { s.class(name.start - 1) } else { Class::NONE };
        let titled = before.any(Class::HONORIFIC.with(Class::RANK).with(Class::ROLE))
            && (before.any(Class::HONORIFIC)
                || words >= 2
                || s.kind(name.start - 1) == Kind::Capital);
        let given = words > 1 && s.class(name.start).any(Class::GIVEN);
        let described = role_after(s, name, tokens.end);
        let across = role_across_comma(s, tokens.start, run);
        // `Her son, Ben, …`
        let alone = across.is_some()
            && s.class(name.start).any(Class::GIVEN)
            && s.kind(name.end) == Kind::Comma;
        if !(titled || given || alone || words > 1 && described.is_some()) {
            continue;
        }
        let own = if titled {
            role_before(s, tokens.start, run, name)
        } else if given && s.lexicon.capitalizes_nouns() && name.start == run.start + 1 {
            // `Schaffnerin Dörte Kahl`: a noun before a full name gives the function.
            Some(Range::new(run.start, name.start))
        } else if given {
            unlisted_role(s, tokens.start, name)
        } else {
            None
        };
        let role = own.or(across).or(described);
        let mut gender = Gender::of(before);
        gender = gender.or(Gender::of(s.class(name.start)));
        if let Some(role) = role {
            gender = gender.or(role
                .indices()
                .map(|i| Gender::of(s.class(i)))
                .fold(Gender::Unknown, Gender::or));
        }
        sightings.push(sighting(s, article, name, role, gender));
    }
}

/// `Said Obama:` — a verb of saying that begins a sentence has a capital as well.
fn without_verb(s: &Skeleton<'_>, name: Range) -> Range {
    let begins = name.start.checked_sub(1).is_none_or(|i| !s.tokens[i].is_word());
    let finite = || s.lexicon.class(&s.word(name.start).to_lowercase()).any(Class::FINITE);
    let verb = name.end > name.start + 1 && begins && finite();
    Range::new(name.start + usize::from(verb), name.end)
}

/// The role before a name: the words of its run before it, with roles in lower case before those.
fn role_before(s: &Skeleton<'_>, lo: usize, run: Range, name: Range) -> Option<Range> {
    let mut start = run.start;
    if name.start == run.start || s.class(start.saturating_sub(1)).any(Class::ROLE) {
        while start > lo && s.kind(start - 1) == Kind::Lower && s.class(start - 1).any(Class::ROLE)
        {
            start -= 1;
        }
    }
    // The words between the start of the clause and the role modify it: `Harbour master Edda Lund`.
    let begins = (start.saturating_sub(3).max(lo)..start)
        .rev()
        .find(|&i| i == lo || !s.tokens[i - 1].is_word())
        .filter(|&i| !follows_quotation(s, lo, i));
    let plain = |i: usize| s.tokens[i].is_name_like() && !s.class(i).any(Class::PLURAL);
    if let Some(begins) = begins.filter(|&b| (b..start).all(plain)) {
        start = begins;
    }
    // `CLOSE Syrian President`, `Added Senate Whip`: a label or a verb at the start is no part of the role.
    let strange = |i: usize| {
        let shouted =
            s.word(i).len() > LONGEST_ACRONYM && !s.word(i).chars().any(char::is_lowercase);
        shouted || s.class(i).any(Class::FINITE)
    };
    while start + 1 < name.start && s.kind(start) == Kind::Capital && strange(start) {
        start += 1;
    }
    mention::trimmed_role(s, Range::new(start, name.start))
}

/// Whether a quotation ends directly before a token, so that an unlisted verb is possible.
fn follows_quotation(s: &Skeleton<'_>, lo: usize, at: usize) -> bool {
    let mark = at.checked_sub(1).filter(|&i| i >= lo);
    mark.is_some_and(|i| {
        s.tokens[i].is_quote() || s.kind(i) == Kind::Comma && i > lo && s.tokens[i - 1].is_quote()
    })
}

/// A role that the lexicon does not know, between an article and a full name: `the falconer Ana Lim`.
fn unlisted_role(s: &Skeleton<'_>, lo: usize, name: Range) -> Option<Range> {
    let word = name.start.checked_sub(1).filter(|&i| i > lo)?;
    let article = s.class(word - 1).any(Class::DETERMINER.with(Class::ELISION).with(Class::FINITE));
    (article && s.kind(word) == Kind::Lower && s.class(word).is_unknown())
        .then_some(Range::new(word, name.start))
}

/// The role before a name and a comma: `The surgeon, Mr Brand`.
fn role_across_comma(s: &Skeleton<'_>, lo: usize, run: Range) -> Option<Range> {
    let comma = run.start.checked_sub(1).filter(|&i| i > lo && s.kind(i) == Kind::Comma)?;
    let from = (lo..comma).rev().find(|&i| !s.tokens[i].is_word()).map_or(lo, |i| i + 1);
    let begins = comma - from <= 7 && s.class(from).any(Class::DETERMINER);
    let noun = Class::NOUN.with(Class::SOURCE_NOUN);
    let verb = (from..comma)
        .any(|i| s.class(i).any(Class::AUXILIARY.with(Class::FINITE)) && !s.class(i).any(noun));
    (begins && !verb).then(|| mention::trimmed_role(s, Range::new(from, comma)))?
}

/// The role after a name: `Ana Lim, the foreign minister,`.
fn role_after(s: &Skeleton<'_>, name: Range, hi: usize) -> Option<Range> {
    if s.kind(name.end) != Kind::Comma || name.end + 1 >= hi {
        return None;
    }
    let start = name.end + 1;
    let end = (start..hi.min(start + 14)).find(|&i| !s.tokens[i].is_word())?;
    let closes = matches!(s.kind(end), Kind::Comma | Kind::Stop);
    let class = s.class(start);
    let begins = class.any(Class::DETERMINER.with(Class::ROLE).with(Class::RANK))
        || s.kind(start) == Kind::Lower
            && class.is_unknown()
            && !s.lexicon.ends_like_gerund(s.word(start));
    let clause = (start..end).any(|i| {
        s.class(i).any(Class::AUXILIARY.with(Class::FINITE).with(Class::COORDINATOR))
            && !s.class(i).any(Class::NOUN.with(Class::SOURCE_NOUN))
    });
    if !closes || !begins || clause {
        return None;
    }
    mention::trimmed_role(s, Range::new(start, end))
}
