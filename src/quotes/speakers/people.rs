//! The people of a story: their names, roles and genders, combined from the articles of the story.
//!
//! Full names that agree belong to one person. A surname alone may be a relative's: `President Holt` is not Dora Holt
//! merely because the article names no other Holt in full. It is joined to a full name only on evidence. A surname
//! after the title of a function needs a full name with the same function somewhere in the story (`President Karl
//! Holt`), or a full name without a known function that the same article introduces before any such title, if the
//! article names nobody else with the surname. For any other surname, such as one with a form of address (`Ms Holt`) or
//! a description (`Holt, the president,`), it is enough that the gender is known to agree, that the article has
//! introduced the full name before, or that only one full name agrees and only other articles of the story contain it.
//! Otherwise the surname belongs to a separate person. A surname shared by two people in the story is not resolved with
//! certainty, unless a role distinguishes them; neither is a surname shared with somebody about whom nothing else is
//! known (`Zora Holt`, `Karl and Dora Holt`).
//!
//! Known limit: in `Edda Lund won the election. Mayor Lund thanked her voters.`, two people are found unless `Edda` is
//! a known given name or an article of the story calls Edda Lund a mayor.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::identity::person::{NameKey, is_suffix};
use crate::quotes::Speaker;
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};
use crate::quotes::roles;
use crate::quotes::rules::{self, Attribution};
use crate::quotes::speakers::mention::{self, Gender, Mention};
use crate::quotes::speakers::{folded_spaces, generations, without_possessive};

/// The minimum length in bytes of an abbreviated role noun: `Sen` for `Senator`.
const SHORTEST_ABBREVIATION: usize = 3;
/// The minimum length in bytes of the last part of a compound that names the same role: `minister` in `Finanzminister`.
const SHORTEST_PART: usize = 5;

/// The minimum number of letters at the beginning that two forms of a name have in common.
const SHORTEST_NAME_STEM: usize = 3;
/// The maximum number of letters in a case ending: `-ого`.
const LONGEST_ENDING: usize = 3;

/// The maximum number of tokens in a description after a name, including a relative clause.
const LONGEST_DESCRIPTION: usize = 30;
/// The maximum number of tokens in the noun phrase of a description after a name, before any relative clause.
const LONGEST_ROLE: usize = 13;

/// The index of a person.
pub(in crate::quotes) type PersonIx = usize;

/// A role of a person, as written; offices sort after memberships of parties.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::quotes) struct Role {
    /// Whether it is more than membership of a party.
    office: bool,
    text: String,
}

/// A person, named in full or by a surname that other evidence shows to be a person's.
#[derive(Clone, Debug, Default)]
pub(in crate::quotes) struct Person {
    /// The names as written, with the frequency of each.
    names: BTreeMap<String, usize>,
    keys: Vec<NameKey>,
    /// The roles as written, with the frequency of each.
    roles: BTreeMap<Role, usize>,
    /// The words of the roles in lower case, as in [`Sighting::role_words`].
    role_words: FxHashSet<String>,
    pub(in crate::quotes) gender: Gender,
    /// Whether a title, a role or a given name shows that this is a person.
    pub(in crate::quotes) evident: bool,
    /// The articles that name the person, with the first token of the first such name in each.
    articles: FxHashMap<usize, usize>,
    /// The nouns for functions in the roles, by which a surname alone is joined to a full name.
    functions: FxHashSet<String>,
    /// The display name, computed on first use.
    shown: OnceCell<Speaker>,
}

/// The people of a story.
#[derive(Debug, Default)]
pub(in crate::quotes) struct People {
    persons: Vec<Person>,
    by_surname: FxHashMap<String, Vec<PersonIx>>,
    by_given: FxHashMap<String, Vec<PersonIx>>,
    unlisted: Unlisted,
    /// The people that each article names.
    by_article: Vec<Vec<PersonIx>>,
    /// The token of each surname's first mention after a title and without a given name (`Senator Holt`), by article
    /// and surname.
    first_titles: FxHashMap<(usize, String), usize>,
}

/// The full names in the texts, by surname, including those of people about whom nothing else is known: `Zora Holt`,
/// `Karl [and Dora Holt]`.
type Unlisted = FxHashMap<String, BTreeSet<InPassing>>;

/// A full name in a text, with its position, whether or not anything else is known about its bearer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct InPassing {
    key: NameKey,
    article: usize,
    at: usize,
    /// The name as written; empty if its words are not adjacent.
    name: String,
    /// The gender of the given name, if it is known.
    gender: Gender,
}

/// An occurrence of a name in an article.
pub(super) struct Sighting {
    pub(super) article: usize,
    /// The first token of the name.
    at: usize,
    pub(super) key: NameKey,
    name: String,
    role: Option<Role>,
    /// The words of the role in lower case, except those that another word turns into a different role:
    /// `vice president`.
    role_words: Vec<String>,
    pub(super) functions: Vec<String>,
    /// Whether the role precedes the name, as a title does.
    titled: bool,
    gender: Gender,
    evident: bool,
}

impl People {
    /// Collects the people named in a story's articles.
    pub(in crate::quotes) fn collect<'a>(
        articles: impl Iterator<Item = (&'a Skeleton<'a>, &'a [Option<Attribution>])>,
    ) -> Self {
        let mut sightings = Vec::new();
        let mut unlisted = Unlisted::default();
        for (article, (s, found)) in articles.enumerate() {
            for sentence in &s.sentences {
                sight_sentence(s, article, sentence.tokens, &mut sightings);
                sight_unlisted(s, article, sentence.tokens, &mut unlisted);
                sight_joined(s, article, sentence.tokens, &mut sightings);
            }
            for (region, place) in s.regions.iter().zip(&s.place) {
                sight_quoted(s, article, region.inner.slice(s.text), place.1, &mut unlisted);
            }
            // `По словам Анны Орловой`: the name is declined.
            let declined = |a: &&Attribution| {
                s.lexicon.lacks_articles() && a.rule.name == rules::ACCORDING.name
            };
            for attribution in found.iter().flatten().filter(|a| !declined(a)) {
                sight_source(s, article, attribution.source, &mut sightings);
            }
        }
        introduce(&unlisted, &mut sightings);
        // The sightings are sorted by their evidence and names, so that the order of the articles has no effect.
        let order = |s: &Sighting| {
            (std::cmp::Reverse(s.key.len()), s.functions.is_empty(), s.gender == Gender::Unknown)
        };
        sightings.sort_by(|a, b| {
            let of = |s: &Sighting| (s.article, s.at);
            let names = (&a.key, &a.name, &a.role).cmp(&(&b.key, &b.name, &b.role));
            order(a).cmp(&order(b)).then(names).then(of(a).cmp(&of(b)))
        });
        generations::settle(&mut sightings);
        let first_titles = first_titles(&sightings);
        let mut people = Self { unlisted, first_titles, ..Self::default() };
        for sighting in &sightings {
            people.add(sighting);
        }
        people
    }

    fn add(&mut self, sighting: &Sighting) {
        let alone = sighting.key.len() == 1;
        let same = self.by_surname.get(sighting.key.last()).into_iter().flatten().copied();
        let fits: Vec<PersonIx> = same.filter(|&p| self.persons[p].agrees(sighting)).collect();
        let fits = if alone { self.confirmed(&fits, sighting) } else { fits };
        let at_home: Vec<PersonIx> =
            fits.iter().copied().filter(|&p| self.persons[p].is_in(sighting.article)).collect();
        let person = match (at_home.as_slice(), fits.as_slice()) {
            ([one], _) | ([], [one]) => *one,
            ([], []) => {
                let slip = if alone {
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

    /// Returns the people among `fits` to whom a surname alone refers according to the evidence; none if it may be
    /// somebody else's.
    fn confirmed(&self, fits: &[PersonIx], sighting: &Sighting) -> Vec<PersonIx> {
        let share = |p: &PersonIx| self.persons[*p].shares_function(&sighting.functions);
        let is_introduced = |p: &PersonIx| self.introduces(&self.persons[*p], sighting);
        if sighting.titled && !sighting.functions.is_empty() {
            return fits.iter().copied().filter(|p| share(p) || is_introduced(p)).collect();
        }
        let surely = |&p: &PersonIx| {
            let person = &self.persons[p];
            let gender = sighting.gender != Gender::Unknown && person.gender == sighting.gender;
            let introduced =
                person.articles.get(&sighting.article).is_some_and(|&at| at < sighting.at);
            // Another article of the story introduces the only bearer.
            let only = fits.len() == 1 && !person.is_in(sighting.article);
            gender || introduced || only || !person.is_named_in_full()
        };
        fits.iter().copied().filter(surely).collect()
    }

    /// Returns whether an article introduces a person of unknown function before the first title with the surname
    /// alone, and names nobody else with the surname in full. At first mention, reports give the full name: the senator
    /// in `Ana Holt … Senator Holt` is Ana Holt, but the president in `President Holt … Ana Holt` is somebody else.
    fn introduces(&self, person: &Person, sighting: &Sighting) -> bool {
        let of = (sighting.article, sighting.key.last().to_owned());
        let introduced = person.articles.get(&sighting.article);
        person.functions.is_empty()
            && introduced.zip(self.first_titles.get(&of)).is_some_and(|(at, title)| at < title)
            && !self.others(person, &sighting.key).any(|other| other.article == sighting.article)
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

    /// Returns the only person in an article whose surname differs from that in `key` by a probable misspelling.
    fn slip(&self, key: &NameKey, article: usize, gender: Gender) -> Option<PersonIx> {
        let named = self.by_article.get(article).into_iter().flatten().copied();
        let mut found = named.filter(|&p| {
            let person = &self.persons[p];
            let full = || person.keys.iter().filter(|k| k.len() > 1);
            person.gender.agrees(gender)
                && full().all(|k| k.last() != key.last())
                && full().any(|k| key.is_slip_of(k))
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Returns the person to whom a name in an article refers, and whether it can refer to nobody else in the story.
    ///
    /// `functions` are those of the role with which the name is mentioned.
    pub(in crate::quotes) fn find(
        &self,
        article: usize,
        name: &str,
        gender: Gender,
        functions: &[String],
    ) -> Option<(PersonIx, bool)> {
        let key = NameKey::new(without_possessive(name));
        let alone = key.len() == 1;
        let same = self.by_surname.get(key.last()).into_iter().flatten().copied();
        let given = self.by_given.get(key.last()).into_iter().flatten().copied().filter(|_| alone);
        let bearers: Vec<PersonIx> = same
            .filter(|&p| self.persons[p].keys.iter().any(|k| key.agrees(k)))
            .chain(given)
            .filter(|&p| self.persons[p].gender.agrees(gender))
            .collect();
        let narrowed = |keep: &dyn Fn(&Person) -> bool| {
            bearers.iter().copied().filter(|&p| keep(&self.persons[p])).collect::<Vec<_>>()
        };
        // The exact name, or the role, distinguishes between people with the same surname.
        let exact = narrowed(&|p| {
            !alone && p.keys.contains(&key)
                || key.generation().is_some()
                    && p.keys.iter().any(|k| k.generation() == key.generation())
        });
        let in_role = narrowed(&|p| alone && p.shares_function(functions));
        let one = |found: &[PersonIx]| <[PersonIx; 1]>::try_from(found).ok();
        if let Some([person]) = one(&exact).or_else(|| one(&in_role)) {
            return Some((person, true));
        }
        let at_home = narrowed(&|p| p.is_in(article));
        match (at_home.as_slice(), bearers.as_slice()) {
            ([one], _) | ([], [one]) => {
                // `Ms Holt` is not Karl Holt.
                let mut others = self
                    .others(&self.persons[*one], &key)
                    .filter(|other| other.gender.agrees(gender))
                    .peekable();
                let shared = alone && others.peek().is_some();
                if alone && others.any(|other| other.article == article) {
                    return None;
                }
                let others = bearers.len() > 1 || shared;
                Some((*one, !others))
            }
            ([], []) if alone => self.slip(&key, article, gender).map(|person| (person, true)),
            _ => None,
        }
    }

    /// Returns the only person in an article of whose name `name` is a declined form, for languages that decline names:
    /// `По словам Есиной`.
    pub(in crate::quotes) fn find_declined(&self, article: usize, name: &str) -> Option<PersonIx> {
        let key = NameKey::new(name);
        let named = self.by_article.get(article).into_iter().flatten().copied();
        let mut found = named.filter(|&p| {
            let keys = &self.persons[p].keys;
            keys.iter().any(|k| {
                k.len() > 1
                    && is_declined(k.last(), key.last())
                    && (key.len() == 1 || is_declined(k.first(), key.first()))
            })
        });
        let first = found.next()?;
        found.next().is_none().then_some(first)
    }

    /// Returns whether an unresolved name can belong to more than one person in the story.
    pub(in crate::quotes) fn is_shared(&self, name: &str) -> bool {
        let key = NameKey::new(without_possessive(name));
        let same = self.by_surname.get(key.last()).into_iter().flatten();
        let known = same.filter(|&&p| self.persons[p].keys.iter().any(|k| key.agrees(k))).count();
        let unlisted = self.unlisted.get(key.last()).filter(|_| key.len() == 1);
        let names: BTreeSet<&NameKey> = unlisted.into_iter().flatten().map(|n| &n.key).collect();
        known + names.len() > 1
    }

    /// Returns the full name to which a surname certainly belongs, even if nothing else is known about its bearer.
    pub(in crate::quotes) fn full_name(&self, article: usize, surname: &str) -> Option<String> {
        if let Some((person, sure)) = self.find(article, surname, Gender::Unknown, &[]) {
            return sure.then(|| self.speaker(person).name);
        }
        let key = NameKey::new(without_possessive(surname));
        let names = self.unlisted.get(key.last()).filter(|_| !self.is_shared(surname))?;
        let name = names.iter().find(|name| name.article == article)?;
        (!name.name.is_empty()).then(|| name.name.clone())
    }

    /// Returns whether an article contains a full name with this surname, even if nothing else is known about its
    /// bearer.
    pub(in crate::quotes) fn is_in_passing(&self, article: usize, surname: &str) -> bool {
        let key = NameKey::new(without_possessive(surname));
        let names = self.unlisted.get(key.last()).into_iter().flatten();
        key.len() == 1 && names.into_iter().any(|name| name.article == article)
    }

    /// Returns the full names in the texts that belong to other people with the surname of a person. If the person is
    /// known only by surname, all full names with the surname count, because they may be somebody else's.
    fn others<'p>(
        &'p self,
        person: &'p Person,
        surname: &NameKey,
    ) -> impl Iterator<Item = &'p InPassing> {
        let own = &person.keys;
        let names = self.unlisted.get(surname.last()).into_iter().flatten();
        let surname = own.iter().any(|k| k.last() == surname.last());
        // `Charlie Holt` may be Charles Holt.
        let same = |name: &InPassing, k: &NameKey| {
            name.key.agrees(k) || name.key.first().chars().next() == k.first().chars().next()
        };
        names.filter(move |name| surname && !own.iter().any(|k| k.len() > 1 && same(name, k)))
    }

    /// Returns whether a folded word is the surname or given name of one of the people.
    pub(in crate::quotes) fn is_name(&self, folded: &str) -> bool {
        self.by_surname.contains_key(folded) || self.by_given.contains_key(folded)
    }

    /// Returns a person.
    pub(in crate::quotes) fn person(&self, person: PersonIx) -> &Person {
        &self.persons[person]
    }

    /// Returns the display name of a person.
    pub(in crate::quotes) fn speaker(&self, person: PersonIx) -> Speaker {
        let person = &self.persons[person];
        person.shown.get_or_init(|| person.speaker()).clone()
    }
}

/// Returns the token of each surname's first mention after a title and without a given name (`Senator Holt`), by
/// article and surname.
fn first_titles(sightings: &[Sighting]) -> FxHashMap<(usize, String), usize> {
    let mut first = FxHashMap::default();
    for sighting in sightings.iter().filter(|s| s.titled && s.key.len() == 1) {
        let of = (sighting.article, sighting.key.last().to_owned());
        let at = first.entry(of).or_insert(sighting.at);
        *at = sighting.at.min(*at);
    }
    first
}

impl Person {
    /// Adds the evidence of a sighting; returns whether it is the person's first sighting in the article.
    fn add(&mut self, sighting: &Sighting) -> bool {
        *self.names.entry(sighting.name.clone()).or_default() += 1;
        if !self.keys.contains(&sighting.key) {
            self.keys.push(sighting.key.clone());
        }
        if let Some(role) = &sighting.role {
            if !self.roles.contains_key(role) {
                self.role_words.extend(sighting.role_words.iter().cloned());
            }
            *self.roles.entry(role.clone()).or_default() += 1;
        }
        self.gender = self.gender.or(sighting.gender);
        self.evident |= sighting.evident;
        self.functions.extend(sighting.functions.iter().cloned());
        let first = self.articles.get(&sighting.article).copied();
        let at = first.map_or(sighting.at, |first| first.min(sighting.at));
        self.articles.insert(sighting.article, at).is_none()
    }

    /// Returns whether more than the surname is known.
    fn is_named_in_full(&self) -> bool {
        self.keys.iter().any(|key| key.len() > 1)
    }

    /// Returns whether the person has one of the functions, possibly abbreviated (`Gov`) or within a compound
    /// (`Bundeskanzlerin`).
    fn shares_function(&self, functions: &[String]) -> bool {
        let is_same = |a: &str, b: &str| {
            let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
            short == long
                || short.len() >= SHORTEST_ABBREVIATION && long.starts_with(short)
                || short.len() >= SHORTEST_PART && long.ends_with(short)
        };
        functions.iter().any(|f| self.functions.iter().any(|own| is_same(f, own)))
    }

    fn agrees(&self, sighting: &Sighting) -> bool {
        // `Tom Reed` and `Tom Reed Jr.` have been found to be two people, or already have the same key.
        let generation = |k: &NameKey| {
            sighting.key.len() == 1 && sighting.key.generation().is_none()
                || k.generation() == sighting.key.generation()
        };
        self.gender.agrees(sighting.gender)
            && self.keys.iter().all(|k| sighting.key.agrees(k))
            && self.keys.iter().any(generation)
    }

    fn is_in(&self, article: usize) -> bool {
        self.articles.contains_key(&article)
    }

    /// Returns whether a role of the person contains a word.
    pub(in crate::quotes) fn has_role(&self, folded: &str) -> bool {
        self.role_words.contains(folded)
    }

    /// Returns whether a role of the person contains two consecutive words, in lower case: `former president`.
    pub(in crate::quotes) fn has_role_words(&self, words: &str) -> bool {
        self.roles.keys().any(|role| role.text.to_lowercase().contains(words))
    }

    /// Returns whether every role of the person begins with a capitalized word before its noun: `Norvalian President`.
    pub(in crate::quotes) fn is_qualified(&self) -> bool {
        let named = |text: &str| {
            let mut words = text.split(' ');
            let capital =
                |word: Option<&str>| word.is_some_and(|w| w.starts_with(char::is_uppercase));
            capital(words.next()) && words.next().is_some()
        };
        !self.roles.is_empty() && self.roles.keys().all(|role| named(&role.text))
    }

    /// Returns whether a role of the person contains a word that ends in the given one: `Verteidigungsminister` for
    /// `minister`.
    pub(in crate::quotes) fn has_compound_role(&self, folded: &str) -> bool {
        self.roles
            .keys()
            .any(|role| role.text.split(' ').any(|word| word.to_lowercase().ends_with(folded)))
    }

    /// Returns the surname, folded.
    pub(in crate::quotes) fn surname(&self) -> &str {
        self.keys.first().map_or("", NameKey::last)
    }

    /// Returns the fullest name and the most specific role.
    fn speaker(&self) -> Speaker {
        let words = |s: &str| s.split([' ', '-']).count();
        // A suffix does not make a name fuller: it may be the son's, if both are named.
        let full = |s: &str| s.split([' ', '-']).filter(|w| !is_suffix(w)).count();
        let spelt = |s: &str| {
            let spelt = |w: &&str| w.trim_end_matches('.').chars().count() > 1 && !is_suffix(w);
            s.split([' ', '-']).filter(spelt).count()
        };
        let marks = |s: &str| s.chars().filter(|c| !c.is_ascii()).count();
        // The name with the most words that are spelled out, then the one with the most words, then the one with the
        // most characters outside ASCII, such as diacritics, then the most frequent one, then one with a hyphen, then
        // the first in alphabetical order.
        let name = self.names.iter().max_by(|(a, n), (b, m)| {
            (spelt(a), full(a), marks(a), n, a.contains('-'))
                .cmp(&(spelt(b), full(b), marks(b), m, b.contains('-')))
                .then_with(|| b.cmp(a))
        });
        // The role with the most words, of which eight at most count, and then the most frequent one; a party does not
        // count if an office is known.
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

/// Returns whether `form` differs from `name` at most in its ending.
fn is_declined(name: &str, form: &str) -> bool {
    let common = name.chars().zip(form.chars()).take_while(|(a, b)| a == b).count();
    let rest = |word: &str| word.chars().count() - common;
    common >= SHORTEST_NAME_STEM && rest(name) <= 2 && rest(form) <= LONGEST_ENDING
}

/// Records the name in a source phrase, if the phrase shows that it is a person's or it has several words.
fn sight_source(s: &Skeleton<'_>, article: usize, source: Range, sightings: &mut Vec<Sighting>) {
    let Mention::Named(named) = mention::parse(s, source) else { return };
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
    range: Range,
    role: Option<Range>,
    gender: Gender,
) -> Sighting {
    let name = folded_spaces(without_possessive(s.span(range).slice(s.text)));
    let role = role.filter(|role| !cuts_marks(s.span(*role).slice(s.text)));
    Sighting {
        article,
        at: range.start,
        key: NameKey::new(&name),
        name,
        functions: role.map(|r| functions(s, r)).unwrap_or_default(),
        titled: role.is_some_and(|r| r.end <= range.start),
        role_words: role.map(|r| role_words(s, r)).unwrap_or_default(),
        role: role.map(|r| Role {
            office: !s.class(r.start).any(Class::PARTY)
                || r.indices()
                    .any(|i| s.class(i).any(Class::ROLE) && !s.class(i).any(Class::PARTY)),
            text: folded_spaces(s.span(r).slice(s.text)),
        }),
        gender,
        evident: true,
    }
}

/// Returns whether a comma inside quotation marks truncates a role: `author of “On the Bridge`.
fn cuts_marks(role: &str) -> bool {
    role.matches(['"', '“', '”', '„', '«', '»']).count() % 2 == 1
}

/// Returns the words of a role in lower case, except a noun whose modifier turns it into another role:
/// `the president` is neither the vice president nor the former president.
fn role_words(s: &Skeleton<'_>, role: Range) -> Vec<String> {
    let other = |i: usize| {
        let modified = i > role.start && s.class(i - 1).any(Class::MODIFIER);
        modified
            && s.class(i).any(Class::ROLE.with(Class::RANK))
            && !s.class(i).any(Class::MODIFIER)
    };
    let words = role.indices().filter(|&i| s.tokens[i].is_word() && !other(i));
    words.map(|i| s.word(i).to_lowercase()).collect()
}

/// Returns the folded nouns for a function in a role: those after a possessor and before the complement, except
/// parties.
pub(in crate::quotes) fn functions(s: &Skeleton<'_>, role: Range) -> Vec<String> {
    let complement = Class::PREPOSITION.with(Class::TO).with(Class::GENITIVE).with(Class::CASE);
    // `President Holt's wife` is not the president.
    let owned = role.indices().rev().find(|&i| s.class(i).any(Class::POSSESSIVE));
    let start = owned.map_or(role.start, |owner| owner + 1);
    let end = (start..role.end).find(|&i| s.class(i).any(complement) || !s.tokens[i].is_word());
    (start..end.unwrap_or(role.end))
        .filter(|&i| s.class(i).any(Class::ROLE.with(Class::RANK)) && !s.class(i).any(Class::PARTY))
        .map(|i| s.word(i).trim_end_matches('.').to_lowercase())
        .collect()
}

/// Adds sightings of full names whose bearers are shown to be people only by a later form of address: `Thandeka Mabuza
/// spoke. Ms Mabuza said`. Nobody else in the story may have the surname.
fn introduce(unlisted: &Unlisted, sightings: &mut Vec<Sighting>) {
    let full: FxHashSet<&str> =
        sightings.iter().filter(|s| s.key.len() > 1).map(|s| s.key.last()).collect();
    let mut introduced = Vec::new();
    let mut genders: BTreeMap<&str, Gender> = BTreeMap::new();
    let mut of_two: BTreeSet<&str> = BTreeSet::new();
    let alone = || sightings.iter().filter(|s| s.key.len() == 1);
    for sighting in alone() {
        let gender = genders.entry(sighting.key.last()).or_default();
        if !gender.agrees(sighting.gender) {
            of_two.insert(sighting.key.last());
        }
        *gender = gender.or(sighting.gender);
    }
    let plain = alone().filter(|s| s.functions.is_empty() && !of_two.contains(s.key.last()));
    for sighting in plain {
        let names =
            unlisted.get(sighting.key.last()).filter(|_| !full.contains(sighting.key.last()));
        let Some(first) = names.and_then(BTreeSet::first) else { continue };
        let one = names.into_iter().flatten().all(|name| name.key == first.key);
        let before = first.article == sighting.article && first.at < sighting.at;
        if one && before && !first.name.is_empty() {
            introduced.push(Sighting {
                article: first.article,
                at: first.at,
                key: first.key.clone(),
                name: first.name.clone(),
                role: None,
                role_words: Vec::new(),
                functions: Vec::new(),
                titled: false,
                gender: Gender::Unknown,
                evident: true,
            });
        }
    }
    sightings.extend(introduced);
}

/// Records full names of two words, whether or not anything else is known about their bearers, and the first of two
/// people with the same surname: `Karl and Dora Holt`.
fn sight_unlisted(s: &Skeleton<'_>, article: usize, tokens: Range, unlisted: &mut Unlisted) {
    // A capitalized common word, or one in all capitals, is not part of a name: `Both Holt`, `WATCHED Holt`.
    let plain = |i: usize| {
        let word = s.word(i);
        let common = !s.class(i).any(Class::GIVEN)
            && !s.lexicon.class(&without_possessive(word).to_lowercase()).is_unknown();
        // `in Odlin, Fla. Holt said`
        let abbreviated = word.len() > 3 && word.ends_with('.');
        let cased = word.chars().any(char::is_lowercase);
        s.tokens[i].is_name_like() && !common && !abbreviated && cased
    };
    let mut note = |given: usize, surname: usize| {
        let name = [s.word(given), without_possessive(s.word(surname))].join(" ");
        let key = NameKey::new(&name);
        if key.len() > 1 {
            let name = if surname == given + 1 { name } else { String::new() };
            let names = unlisted.entry(key.last().to_owned()).or_default();
            let gender = Gender::from_class(s.class(given));
            names.insert(InPassing { key, article, at: given, name, gender });
        }
    };
    let mut at = tokens.start;
    while let Some(run) = mention::next_run(s, at, tokens.end) {
        at = run.end.max(at + 1);
        if run.end != run.start + 2 || !run.indices().all(plain) {
            continue;
        }
        // The first word of a sentence is always capitalized.
        let listed = s.class(run.start).any(Class::GIVEN);
        let word = s.word(run.start);
        let verbal = s.lexicon.ends_like_gerund(word) || s.lexicon.ends_like_past(word);
        if run.start > tokens.start || listed || !verbal {
            note(run.start, run.end - 1);
        }
        let joined = run
            .start
            .checked_sub(2)
            .filter(|&i| i >= tokens.start && s.class(i + 1).any(Class::COORDINATOR) && plain(i));
        let single =
            |i: usize| i == tokens.start || !s.tokens[i - 1].is_name_like() || !plain(i - 1);
        if let Some(first) = joined.filter(|&i| single(i) && s.class(i).any(Class::GIVEN)) {
            note(first, run.end - 1);
        }
    }
}

/// Records the first of two people with the same surname if their given names are of different genders: `[Anna] and
/// Peter Lorenz`. `Ms Lorenz` is then Anna Lorenz.
fn sight_joined(s: &Skeleton<'_>, article: usize, tokens: Range, sightings: &mut Vec<Sighting>) {
    let gender = |i: usize| {
        let given = s.class(i).any(Class::GIVEN) && s.tokens[i].is_name_like();
        if given { Gender::from_class(s.class(i)) } else { Gender::Unknown }
    };
    for joint in tokens.indices().skip(1).filter(|&i| s.class(i).any(Class::COORDINATOR)) {
        let (first, second, surname) = (joint - 1, joint + 1, joint + 2);
        let named = surname < tokens.end && s.tokens[surname].is_name_like();
        let alone = first == tokens.start || !s.tokens[first - 1].is_name_like();
        if !named || !alone || gender(first).agrees(gender(second)) {
            continue;
        }
        let name = [s.word(first), without_possessive(s.word(surname))].join(" ");
        sightings.push(Sighting {
            article,
            at: first,
            key: NameKey::new(&name),
            name,
            role: None,
            role_words: Vec::new(),
            functions: Vec::new(),
            titled: false,
            gender: gender(first),
            evident: true,
        });
    }
}

/// Records full names inside a quotation, so that the surname is known to belong to somebody else: `“Karl Holt was born
/// here,” the clerk said.`
fn sight_quoted(s: &Skeleton<'_>, article: usize, inner: &str, at: usize, unlisted: &mut Unlisted) {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_some_and(char::is_lowercase)
    };
    // The words of the name so far.
    let mut before: Vec<&str> = Vec::new();
    for raw in inner.split_whitespace() {
        let word = raw.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        let bare = without_possessive(bare);
        let given =
            before.first().is_some_and(|w| s.lexicon.class(&w.to_lowercase()).any(Class::GIVEN));
        if given && capital(bare) {
            let name = [before.join(" ").as_str(), bare].join(" ");
            let key = NameKey::new(&name);
            if key.len() > 1 {
                let names = unlisted.entry(key.last().to_owned()).or_default();
                let gender = Gender::Unknown;
                names.insert(InPassing { key, article, at, name, gender });
            }
        }
        // A name ends at a punctuation mark.
        if !given || word != bare || !capital(bare) {
            before.clear();
        }
        if word == bare && capital(bare) {
            before.push(bare);
        }
    }
}

/// Records the people named in a sentence: names after a title or role, names before a description with a role, and
/// names with a known given name or a suffix such as `Jr.`
fn sight_sentence(s: &Skeleton<'_>, article: usize, tokens: Range, sightings: &mut Vec<Sighting>) {
    let mut at = tokens.start;
    while let Some(run) = mention::next_run(s, at, tokens.end) {
        at = run.end.max(at + 1);
        if mention::is_firm(s, run) {
            continue;
        }
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
        let suffixed = words > 2 && s.class(name.end - 1).any(Class::SUFFIX);
        // `in Odlin, Fla. Holt said`
        let closed = !s.tokens.get(name.end).is_some_and(Token::is_word);
        let plain = closed && !s.word(name.start).ends_with('.');
        let introduced = words > 1 && (described.is_some() || plain && across.is_some());
        // `Schleusenwärterin Hedda Brunkhorst`, `il barcaiolo Elmo Urbani`
        let open = words > 1 && !titled && open_role(s, tokens.start, name).is_some();
        if !(titled || given || alone || suffixed || introduced || open) {
            continue;
        }
        let titled_role = titled.then(|| role_before(s, tokens.start, run, name)).flatten();
        let own = titled_role.or_else(|| open_role(s, tokens.start, name));
        let across = across.filter(|_| own.is_none());
        // `Photos: Karl Holt's career`
        let given_name = s.word(name.start);
        let own_name = |role: &Range| words > 1 && role.indices().any(|i| s.word(i) == given_name);
        let role = own.or(across).or(described).filter(|role| !own_name(role));
        // `Dr. Owen`: a single word after a title is a surname, even if it is also a given name.
        let given_gender = if words > 1 || alone {
            Gender::from_class(s.class(name.start))
        } else {
            Gender::Unknown
        };
        let gender = mention::evident_gender(s, before, given_gender, role);
        sightings.push(sighting(s, article, name, role, gender));
    }
}

/// Returns a name without the verb of saying before it, which looks like a part of the name if it is capitalized at the
/// beginning of a sentence: `Said Obama:`.
fn without_verb(s: &Skeleton<'_>, name: Range) -> Range {
    let begins = name.start.checked_sub(1).is_none_or(|i| !s.tokens[i].is_word());
    let finite = || s.lexicon.class(&s.word(name.start).to_lowercase()).any(Class::FINITE);
    let verb = name.end > name.start + 1 && begins && finite();
    Range::new(name.start + usize::from(verb), name.end)
}

/// Returns the role before a name: the words before it in its run, and the words before the run that belong to the
/// role, such as nouns for roles in lower case.
fn role_before(s: &Skeleton<'_>, lo: usize, run: Range, name: Range) -> Option<Range> {
    let mut start = run.start;
    let belongs = Class::ROLE.with(Class::MODIFIER);
    if name.start == run.start || s.class(start.saturating_sub(1)).any(belongs) {
        while start > lo && s.kind(start - 1) == Kind::Lower && s.class(start - 1).any(belongs) {
            start -= 1;
        }
    }
    // `the chairman of the Joint Staff Gen. Holt`: the words between belong to another noun.
    let last = name.start - 1;
    let cut = start == run.start
        && last > run.start
        && s.class(last).any(Class::RANK)
        && run.start.checked_sub(1).is_some_and(|i| {
            i > lo && s.class(i).any(Class::GENITIVE) && s.tokens[i - 1].is_name_like()
        });
    if cut {
        start = last;
    }
    // `Republican state Sen. Holt`: an unlisted word before the title.
    let word = start
        .checked_sub(1)
        .filter(|&i| i > lo && s.class(start).any(Class::RANK) && s.word(start).ends_with('.'));
    let adjective = word.is_some_and(|i| {
        s.kind(i) == Kind::Lower
            && (s.class(i).without(Class::ORGANISATION).is_unknown() || s.class(i).any(Class::BASE))
            && !s.class(i).any(Class::POSSESSIVE.with(Class::COMMON_VERB))
            && !s.lexicon.ends_like_past(s.word(i))
            && s.lexicon.lists_verbs()
            && (s.class(i - 1).any(Class::DETERMINER)
                || s.tokens[i - 1].is_name_like()
                || !s.tokens[i - 1].is_word())
    });
    start -= usize::from(adjective && !cut);
    start = roles::with_modifiers(s, lo, with_body(s, lo, start));
    // The words between the start of the clause and the role modify it: `Harbor master Edda Lund`.
    let begins = (start.saturating_sub(3).max(lo)..start)
        .rev()
        .find(|&i| i == lo || !s.tokens[i - 1].is_word())
        .filter(|&i| !follows_quotation(s, lo, i));
    let plain = |i: usize| s.tokens[i].is_name_like() && !s.class(i).any(Class::PLURAL);
    if let Some(begins) = begins.filter(|&b| (b..start).all(plain)) {
        start = begins;
    }
    mention::role_before_name(s, Range::new(start, name.start))
}

/// Returns the start of a role including its institution: `White House press [secretary]`, `Lorvik City and County
/// [Sheriff]`.
fn with_body(s: &Skeleton<'_>, lo: usize, start: usize) -> usize {
    let capitals = |from: usize| {
        let name = |&i: &usize| s.tokens[i].is_name_like() && !s.class(i).any(Class::POSSESSIVE);
        (lo..from).rev().take_while(name).last()
    };
    let body = |from: usize, end: usize| {
        (from..end).any(|i| s.class(i).any(Class::ORGANISATION))
            && !(from..end).any(|i| s.class(i).any(Class::GIVEN.with(Class::PEOPLE)))
    };
    let Some(before) = start.checked_sub(1).filter(|&i| i > lo) else { return start };
    let class = s.class(before);
    let verb = s.lexicon.ends_like_past(s.word(before)) || class.any(Class::COMMON_VERB);
    let noun = s.kind(before) == Kind::Lower
        && (class.is_unknown() || class.any(Class::NOUN.with(Class::SOURCE_NOUN)))
        && !verb
        && s.kind(start) == Kind::Lower;
    let joined = class.any(Class::COORDINATOR) && s.kind(start) == Kind::Capital;
    if !noun && !joined {
        return start;
    }
    // `Secretary of State John Kerl and Russian Foreign Minister`, `Ana Lim and County Sheriff`: two people.
    let somebody = |from: usize| {
        let title = Class::RANK.with(Class::HONORIFIC).with(Class::ROLE);
        let open =
            from == lo || !s.tokens[from - 1].is_word() || s.class(from - 1).any(Class::DETERMINER);
        !open || s.class(from).any(Class::GIVEN) || (from..before).any(|i| s.class(i).any(title))
    };
    // A body has nouns for bodies on both sides; in `Holt and Ohio Gov.` the first word is another person.
    let title = |i: usize| s.class(i).any(Class::RANK.with(Class::ROLE));
    let office = (start..s.tokens.len()).find(|&i| !s.tokens[i].is_word() || title(i));
    let of_two = |from: usize| {
        let is_body = |i: usize| s.class(i).any(Class::ORGANISATION);
        (from..before).any(is_body) && (start..office.unwrap_or(start)).any(is_body)
    };
    let fits =
        |&from: &usize| joined && of_two(from) && !somebody(from) || noun && body(from, before);
    capitals(before).filter(fits).unwrap_or(start)
}

/// Returns whether a quotation ends directly before a token, so that the token may be an unlisted verb of saying.
fn follows_quotation(s: &Skeleton<'_>, lo: usize, at: usize) -> bool {
    let mark = at.checked_sub(1).filter(|&i| i >= lo);
    mark.is_some_and(|i| {
        s.tokens[i].is_quote() || s.kind(i) == Kind::Comma && i > lo && s.tokens[i - 1].is_quote()
    })
}

/// Returns an unlisted role before a full name, if the given name or the noun shows that it is a person's: `the
/// falconer Ana Lim`, `Schaffnerin Dörte Kahl`, `el veterinario Gael Bastida`.
fn open_role(s: &Skeleton<'_>, lo: usize, name: Range) -> Option<Range> {
    let head = name.start.checked_sub(1).filter(|&i| i >= lo)?;
    let given = s.class(name.start).any(Class::GIVEN);
    let derived = roles::is_person_noun(s, head) && !s.lexicon.lists_verbs();
    let shown = given || derived;
    let role = roles::before_name(s, lo, name).filter(|_| shown)?;
    let article = role.start.checked_sub(1).filter(|&i| i >= lo);
    // Without an article, a verb may be mistaken for the noun: the phrase must begin the clause or follow a verb of
    // saying.
    let begins = article.is_none_or(|i| {
        let class = s.class(i);
        let opens =
            Class::DETERMINER.with(Class::ELISION).with(Class::FINITE).with(Class::COORDINATOR);
        !s.tokens[i].is_word() || class.any(opens)
    });
    let noun = roles::is_person_noun(s, head) || s.lexicon.capitalizes_nouns();
    (begins || noun).then_some(role)
}

/// Returns the role before a name and a comma: `The surgeon, Mr Brand`.
fn role_across_comma(s: &Skeleton<'_>, lo: usize, run: Range) -> Option<Range> {
    let comma = run.start.checked_sub(1).filter(|&i| i > lo && s.kind(i) == Kind::Comma)?;
    let from = (lo..comma).rev().find(|&i| !s.tokens[i].is_word()).map_or(lo, |i| i + 1);
    let begins = comma - from <= 7 && s.class(from).any(Class::DETERMINER);
    let noun = Class::NOUN.with(Class::SOURCE_NOUN);
    let verb = (from..comma)
        .any(|i| s.class(i).any(Class::AUXILIARY.with(Class::FINITE)) && !s.class(i).any(noun));
    let role = (begins && !verb).then(|| mention::trimmed_role(s, Range::new(from, comma)));
    let role = role.flatten().or_else(|| roles::before_comma(s, Range::new(from, comma), run))?;
    (!mention::names_somebody(s, role)).then_some(role)
}

/// Returns the role after a name: `Ana Lim, the foreign minister,`.
fn role_after(s: &Skeleton<'_>, name: Range, hi: usize) -> Option<Range> {
    if s.kind(name.end) != Kind::Comma || name.end + 1 >= hi {
        return None;
    }
    // `Magnus Skye, 81, a retired lighthouse keeper`
    let aged = s.kind(name.end + 1) == Kind::Number && s.kind(name.end + 2) == Kind::Comma;
    let start = name.end + if aged { 3 } else { 1 };
    let end = (start..hi.min(start + LONGEST_DESCRIPTION)).find(|&i| !s.tokens[i].is_word())?;
    // `Ana Lim, a former senator [who now advises the mayor], disagrees`
    let relative = (start + 1..end).find(|&i| s.class(i).any(Class::RELATIVE));
    let noun_phrase = Range::new(start, relative.unwrap_or(end));
    if LONGEST_ROLE < noun_phrase.end - noun_phrase.start {
        return None;
    }
    let segment =
        relative.map_or_else(|| mention::without_cut_complement(s, noun_phrase), |_| noun_phrase);
    let closes = matches!(s.kind(end), Kind::Comma | Kind::Stop);
    let class = s.class(start);
    let begins = class.any(Class::DETERMINER.with(Class::ROLE).with(Class::RANK))
        || s.kind(start) == Kind::Lower
            && class.is_unknown()
            && !s.lexicon.ends_like_gerund(s.word(start));
    let clause = noun_phrase.indices().any(|i| {
        s.class(i).any(Class::AUXILIARY.with(Class::FINITE).with(Class::COORDINATOR))
            && !s.class(i).any(Class::NOUN.with(Class::SOURCE_NOUN))
    });
    if !closes || !begins || clause {
        return None;
    }
    let full = name.end >= name.start + 2 && s.class(name.start).any(Class::GIVEN);
    let open = || {
        let described = mention::described(s, segment).filter(|&d| roles::is_of_one_person(s, d));
        described.or_else(|| roles::bare_apposition(s, segment)).filter(|_| full)
    };
    mention::trimmed_role(s, segment).or_else(open)
}
