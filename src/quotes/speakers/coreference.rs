//! Determines to whom `he`, `she` and `the minister` refer.
//!
//! The words before a pronoun are searched sentence by sentence, nearest first, as in Hobbs's algorithm (1978,
//! Resolving pronoun references) but without its parse. The nearest subject whose gender agrees is used; in each
//! sentence, a speaker is preferred to any other subject. If the subject of this sentence or the preceding one is
//! excluded by its gender or number, the only person named in that sentence whose gender agrees is used (`Holt's sister
//! warned him, but he replied`). If no subject of the pronoun's own paragraph agrees, the first person named in it
//! whose gender agrees is used; a person named in passing in an earlier paragraph ends the search without a result. If a
//! subject is itself the same pronoun, the search continues in the preceding sentence. A subject farther away than the
//! preceding paragraph, and a person who is not a subject, are accepted only if the gender of nobody else named in the
//! searched paragraphs agrees. If the last source in a searched sentence is the same pronoun and was not resolved, this
//! pronoun is not resolved either. Subjects are names and nouns for one person (`a postman`, `her father`), not `Karl
//! Holt and Tom Abara`. A surname that several people share, or whose bearer the article never introduces, and an
//! unnamed person in the pronoun's own sentence (`fined a sailor for a letter in which he …`) also end the search: the
//! speaker is that surname or noun.
//!
//! A noun refers to the person with that role; if there are several, to the one named last.
//!
//! Known limit: two people of the same gender are distinguished only by the order in which they are mentioned; the
//! confidence is lower in that case.

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::identity::person::{fold, fold_into};
use crate::quotes::Confidence;
use crate::quotes::colon_labels;
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Sentence, Skeleton, Token};
use crate::quotes::noun_phrase;
use crate::quotes::speakers::Referent;
use crate::quotes::speakers::mention::{self, Gender, Mention};
use crate::quotes::speakers::people::{People, PersonIx};
use crate::quotes::speakers::without_possessive;

/// The maximum number of paragraphs to look back for the referent of a pronoun.
const REACH: u32 = 3;
/// The typical number of distinct names per sentence, by which the table of names is allocated.
const NAMES_A_SENTENCE: usize = 2;

/// The mentions of a story's people in one article.
pub(in crate::quotes) struct Scene {
    article: usize,
    /// The mentions, in text order.
    named: Vec<Sighted>,
}

/// The maximum number of sentences that are searched, so that a paragraph of ten thousand sentences takes linear time.
const MOST_SENTENCES: usize = 48;
/// The maximum number of earlier sources that are searched for a pronoun of the other gender.
const REMEMBERED: usize = 64;
/// The number of tokens from the start of a noun phrase within which a name belongs to the same person: `His wife,
/// Ana`.
const NAMED_WITHIN: usize = 6;

/// The maximum number of words between an indefinite article and the noun for an unnamed person: `a retired Odlin
/// teacher`.
const MOST_DESCRIBING: usize = 4;

/// A singular pronoun that is the source of a quotation, with the quoted words.
#[derive(Clone, Copy)]
pub(in crate::quotes) struct Pronoun<'a> {
    /// Its token.
    pub(in crate::quotes) at: usize,
    pub(in crate::quotes) gender: Gender,
    /// The words of the quotation, in which speakers rarely name themselves.
    pub(in crate::quotes) inner: &'a str,
}

impl Pronoun<'_> {
    /// Returns whether the pronoun can refer to a person: the gender agrees, and the quotation does not contain the
    /// surname.
    fn fits(self, people: &People, person: PersonIx) -> bool {
        people.person(person).gender.agrees(self.gender) && !is_named_in(people, person, self.inner)
    }

    /// Returns whether the quotation contains a pronoun of the same gender. It refers to somebody other than the
    /// speaker, perhaps to the person named last.
    fn is_used_within(self, s: &Skeleton<'_>) -> bool {
        let mut words = self.inner.split(|c: char| !c.is_alphanumeric());
        words.any(|word| {
            let class = s.lexicon.class(&word.to_lowercase());
            class.any(Class::PRONOUN) && Gender::from_class(class) == self.gender
        })
    }

    /// Returns whether the noun of a phrase shows that the pronoun does not refer to it: it is of the other gender, or
    /// denotes a body or several people: `Holt's sister`, `the firm`, `the actors`.
    fn is_excluded_by(self, s: &Skeleton<'_>, range: Range) -> bool {
        let head = head_of(s, range);
        let class = s.class(head);
        let joint = range.indices().any(|i| s.class(i).any(Class::COORDINATOR));
        let thing = Class::ORGANISATION.with(Class::PLURAL);
        let gender = gender_of_name(s, range).or(Gender::from_class(class));
        let other = self.gender != Gender::Unknown && !gender.agrees(self.gender);
        let one = class.any(Class::ROLE.with(Class::RANK).with(Class::GIVEN));
        self.gender != Gender::Unknown
            && !joint
            && !noun_phrase::is_pronoun(s, range.start)
            && (other || class.any(thing) && !one)
    }

    /// Returns whether the pronoun can refer to a phrase: a name, or a noun for one person whose gender agrees.
    fn fits_phrase(self, s: &Skeleton<'_>, range: Range) -> bool {
        if !gender_of_name(s, range).agrees(self.gender) {
            return false;
        }
        if is_unlisted_name(s, range) {
            return true;
        }
        let head = head_of(s, range);
        let class = s.class(head);
        // `the mayor and his clerk`
        let joined = s.class(range.end).any(Class::COORDINATOR)
            && (s.class(range.end + 1).any(Class::DETERMINER)
                || s.class(range.end + 2).any(Class::ROLE));
        if joined {
            return false;
        }
        // `Holt's lawyer`
        let owned = (range.start..head).any(|i| s.class(i).any(Class::POSSESSIVE));
        head > range.start
            && (owned || s.class(range.start).any(Class::DETERMINER))
            && class.any(Class::ROLE.with(Class::RANK))
            && (!class.any(Class::PEOPLE.with(Class::PLURAL)) || s.lexicon.capitalizes_nouns())
            && !class.any(Class::POSSESSIVE)
            && (s.kind(head) == Kind::Lower || s.lexicon.capitalizes_nouns())
            && Gender::from_class(class).agrees(self.gender)
    }
}

/// Returns whether a word is a verb that directly follows its subject: `The firm [sued] Karl Holt`, unlike `the retired
/// Karl Holt`.
fn is_verb_of(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    let past = s.lexicon.ends_like_past(s.word(at)) && s.word(at).len() > 4;
    let before = s.class(at - 1);
    let describes = Class::DETERMINER.with(Class::ADVERB).with(Class::PREPOSITION);
    s.kind(at) == Kind::Lower
        && s.lexicon.lists_verbs()
        && (past || class.any(Class::COMMON_VERB) && !class.any(Class::NOUN))
        && (s.tokens[at - 1].is_name_like() || before.any(Class::SOURCE_NOUN))
        && !before.any(describes.with(Class::POSSESSIVE))
}

/// Returns the last word of a phrase before its complement: `lawyer` in `Holt's lawyer in the case`.
fn head_of(s: &Skeleton<'_>, range: Range) -> usize {
    let stop = range.indices().skip(1).find(|&i| {
        s.class(i).any(Class::PREPOSITION.with(Class::RELATIVE).with(Class::CASE))
            || !s.tokens[i].is_word()
    });
    stop.unwrap_or(range.end).saturating_sub(1)
}

/// A person named at a position.
struct Sighted {
    token: usize,
    person: PersonIx,
    /// Whether the name can refer to nobody else in the story.
    sure: bool,
    /// Whether the name is probably a subject: it does not modify a noun, and either no verb, quotation, lower-case
    /// preposition or adverb precedes it in its sentence, or it is between a comma and a verb.
    is_subject: bool,
}

impl Scene {
    /// Finds the names of people outside the quotations of an article.
    pub(in crate::quotes) fn new(people: &People, article: usize, s: &Skeleton<'_>) -> Self {
        let mut named = Vec::new();
        // Each name is resolved only once, however often it occurs.
        let mut known: FxHashMap<&str, Option<(PersonIx, bool)>> =
            FxHashMap::with_capacity_and_hasher(
                s.sentences.len() * NAMES_A_SENTENCE,
                FxBuildHasher,
            );
        let mut folded = String::new();
        for sentence in &s.sentences {
            for at in sentence.tokens.indices() {
                if !s.tokens[at].is_name_like() {
                    continue;
                }
                // Only the last word of a name is looked up, together with those before it.
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
                        .then(|| people.find(article, name, Gender::Unknown, &[]))
                        .flatten()
                });
                if let Some((person, sure)) = person {
                    let start = after_dash(s, sentence.tokens, at);
                    let before = Range::new(start.unwrap_or(sentence.tokens.start), at);
                    // `the Holt administration`, `Holt's plan`: a name that only modifies a noun is not a subject.
                    let next = s.class(at + 1);
                    let describes = s.class(at).any(Class::POSSESSIVE)
                        || at + 1 < sentence.tokens.end
                            && s.kind(at + 1) == Kind::Lower
                            && next.any(Class::SOURCE_NOUN);
                    let follows_comma = begins_after_comma(s, sentence.tokens.start, at);
                    let is_subject = !describes
                        && (follows_comma
                            || !before.indices().any(|i| {
                                s.class(i).any(Class::FINITE.with(Class::AUXILIARY))
                                    || s.tokens[i].is_quote()
                                    || i > before.start && is_verb_of(s, i)
                                    || s.kind(i) == Kind::Lower
                                        && s.class(i).any(Class::PREPOSITION.with(Class::ADVERB))
                            }));
                    named.push(Sighted { token: at, person, sure, is_subject });
                }
            }
        }
        Self { article, named }
    }

    /// Returns the referent of a pronoun. `known` contains the sources of earlier quotations and their referents.
    pub(in crate::quotes) fn who(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        known: &[(Range, Referent, Confidence)],
        pronoun: Pronoun<'_>,
    ) -> Option<(Referent, Confidence)> {
        let here = s.sentence_of(pronoun.at);
        let paragraph = s.sentences.get(here)?.paragraph;
        if self.is_of_either(people, s, pronoun) {
            return None;
        }
        let mut only = None;
        let mut in_passing = false;
        let mut fallback = None;
        let mut in_paragraph = paragraph;
        // `Karl Holt, he said, was late.`: the preceding names belong to the reported words.
        let skipped = usize::from(is_inserted(s, pronoun.at));
        for sentence in (0..=here).rev().skip(skipped).take(MOST_SENTENCES) {
            let Sentence { tokens, paragraph: its, .. } = s.sentences[sentence];
            if its != in_paragraph {
                if in_passing || its + REACH < paragraph {
                    break;
                }
                in_paragraph = its;
            }
            let start = after_dash(s, tokens, pronoun.at).filter(|_| sentence == here);
            let tokens = Range::new(start.unwrap_or(tokens.start), tokens.end.min(pronoun.at));
            if is_unresolved(s, known, tokens, pronoun) || lacks_subject(s, sentence) {
                return None;
            }
            if let Some((subject, certain)) = self.nearest(people, s, known, tokens, pronoun) {
                if let Some(only) = only.filter(|&only| subject != Referent::Person(only)) {
                    return Some((Referent::Person(only), Confidence::Medium));
                }
                let near = its + 1 >= paragraph;
                if !near && !self.is_alone(people, s, known, subject, pronoun) {
                    return None;
                }
                let high = near && certain && self.is_sure(people, s, subject, its, pronoun);
                let grade = if high { Confidence::High } else { Confidence::Medium };
                return Some((subject, grade));
            }
            if let Some(unsure) = self.unlisted(people, s, tokens, pronoun) {
                let near = its + 1 >= paragraph;
                return near.then_some((unsure, Confidence::Medium));
            }
            if sentence + 1 >= here && !in_passing {
                only = self.only_possible(people, s, known, tokens, pronoun);
            }
            let passing = self.named_in_passing(people, s, known, tokens, pronoun);
            fallback = passing.filter(|_| its == paragraph).or(fallback);
            in_passing |= passing.is_some();
        }
        if let Some(only) = only {
            return Some((Referent::Person(only), Confidence::Medium));
        }
        let alone = |&person: &Referent| self.is_alone(people, s, known, person, pronoun);
        let found = if in_passing {
            fallback.map(Referent::Person).filter(alone)
        } else {
            lone_name(people, s, pronoun).map(Referent::Phrase)
        };
        found.map(|referent| (referent, Confidence::Medium))
    }

    /// Returns the subject of a sentence, or a person whom it describes before a relative clause with the pronoun: `A judge
    /// fined [a sailor] for a letter in which he …`.
    fn nearest(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        known: &[(Range, Referent, Confidence)],
        tokens: Range,
        pronoun: Pronoun<'_>,
    ) -> Option<(Referent, bool)> {
        let subject = self.subject(people, s, known, tokens, pronoun);
        let unnamed = matches!(subject, Some((Referent::Phrase(_), _)));
        let described = (unnamed && tokens.end == pronoun.at && follows_relative(s, pronoun))
            .then(|| unnamed_before(s, tokens, pronoun))
            .flatten();
        described.map(|person| (Referent::Phrase(person), false)).or(subject)
    }

    /// Returns the first person whom a sentence names, although not as its subject, and to whom the pronoun can refer.
    fn named_in_passing(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        known: &[(Range, Referent, Confidence)],
        tokens: Range,
        pronoun: Pronoun<'_>,
    ) -> Option<PersonIx> {
        let own = same_subject(s, tokens, pronoun).is_some() || pronoun.is_used_within(s);
        let mut named = self.named_in(tokens).map(|n| n.person).filter(|&person| {
            pronoun.fits(people, person) && !is_of_other_gender(s, known, person, pronoun.gender)
        });
        named.next().filter(|_| !own)
    }

    /// Returns whether a pronoun is the subject of a relative clause without a relative pronoun that describes the quoted
    /// words, and the sentence names two people of whom either may be meant: `Holt said Abara broke the “vow” [he] made`.
    fn is_of_either(&self, people: &People, s: &Skeleton<'_>, pronoun: Pronoun<'_>) -> bool {
        let quote = pronoun.at.checked_sub(1).filter(|&i| s.tokens[i].is_quote());
        let article = quote.and_then(|i| i.checked_sub(1));
        let described = article.is_some_and(|i| s.class(i).any(Class::DETERMINER))
            && !pronoun.inner.ends_with([',', '.', '!', '?']);
        let start = s.sentences[s.sentence_of(pronoun.at)].tokens.start;
        let mut named = self
            .named_in(Range::new(start, pronoun.at))
            .map(|n| n.person)
            .filter(|&person| pronoun.fits(people, person));
        let same = |i: usize| {
            noun_phrase::is_pronoun(s, i) && Gender::from_class(s.class(i)) == pronoun.gender
        };
        let other = (start..pronoun.at).any(same);
        described && named.next().is_some_and(|first| other || named.any(|n| n != first))
    }

    /// Returns the only person named in a sentence to whom the pronoun can refer, if the pronoun cannot refer to the
    /// subject of the sentence: `Holt's sister warned him, but [he]`, `The firm sued Karl Holt. [He]`.
    fn only_possible(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        known: &[(Range, Referent, Confidence)],
        tokens: Range,
        pronoun: Pronoun<'_>,
    ) -> Option<PersonIx> {
        let subject = noun_phrase::first(s, tokens.start, tokens.end)?;
        let mut named = self.named_in(tokens).map(|n| n.person).filter(|&person| {
            pronoun.fits(people, person) && !is_of_other_gender(s, known, person, pronoun.gender)
        });
        let only = named.next()?;
        // `The law bars whoever he declares a danger.`: a pronoun in the same sentence must begin a main clause.
        let main = pronoun.at == s.sentences[s.sentence_of(pronoun.at)].tokens.start
            || !s.tokens[pronoun.at - 1].is_word()
            || s.class(pronoun.at - 1).any(Class::COORDINATOR)
            || tokens.end < pronoun.at;
        let sure = main && people.person(only).evident && !pronoun.is_used_within(s);
        (sure && pronoun.is_excluded_by(s, subject) && named.all(|person| person == only))
            .then_some(only)
    }

    /// Returns whether the pronoun can refer to no other person named in the paragraphs that are searched. Names in a
    /// sentence whose subject is the same pronoun do not count, because they are somebody else's: `He thanked Karl
    /// Holt.`
    fn is_alone(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        known: &[(Range, Referent, Confidence)],
        who: Referent,
        pronoun: Pronoun<'_>,
    ) -> bool {
        let Referent::Person(person) = who else { return false };
        // If the person's gender is known, people of unknown gender do not count.
        let known_gender = people.person(person).gender == pronoun.gender;
        let here = s.sentence_of(pronoun.at);
        let paragraph = s.sentences[here].paragraph;
        let first = s.sentences.partition_point(|other| other.paragraph + REACH < paragraph);
        let mut searched = s.sentences[first..=here].iter().rev().take(MOST_SENTENCES);
        searched.all(|sentence| {
            let end = sentence.tokens.end.min(pronoun.at);
            let tokens = Range::new(sentence.tokens.start, end);
            let own = same_subject(s, tokens, pronoun).unwrap_or(tokens.end);
            let mut others = self.named_in(tokens).filter(|n| {
                n.person != person
                    && n.token < own
                    && (!known_gender || people.person(n.person).gender == pronoun.gender)
                    && pronoun.fits(people, n.person)
                    && !is_of_other_gender(s, known, n.person, pronoun.gender)
            });
            others.next().is_none()
        })
    }

    fn named_in(&self, tokens: Range) -> impl Iterator<Item = &Sighted> {
        let from = self.named.partition_point(|n| n.token < tokens.start);
        self.named[from..].iter().take_while(move |n| n.token < tokens.end)
    }

    /// Returns the subject of a sentence to which a pronoun can refer although it is unclear who that is: a surname that
    /// several people share, or of which the article never gives the full name (`Abara, in a speech at the fair, called it
    /// …`), or an unnamed person in the sentence of the pronoun (`fined [a teacher] for a letter in which [he]`).
    fn unlisted(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        tokens: Range,
        pronoun: Pronoun<'_>,
    ) -> Option<Referent> {
        let first = noun_phrase::first(s, tokens.start, tokens.end)?;
        // `Before Abara became mayor, [he] was a pilot.`
        let own = same_subject(s, tokens, pronoun);
        let before = || (tokens.start..own?).rev().find(|&i| s.tokens[i].is_name_like());
        let name = if own.is_some() { before()? } else { first.start };
        if let Some(surname) = self.unresolved(people, s, name, pronoun) {
            return Some(surname);
        }
        // Another pronoun of the same gender, or a conjunction directly before the pronoun, can point to somebody else:
        // `pleaded with him to send her to a doctor, but [he] …`.
        let other = |i: usize| {
            let class = s.class(i);
            class.any(Class::PRONOUN.with(Class::OBJECT_PRONOUN).with(Class::OWNED))
                && Gender::from_class(class) == pronoun.gender
                || i + 1 == pronoun.at && class.any(Class::COORDINATOR)
        };
        let within = tokens.end == pronoun.at && !tokens.indices().any(other);
        within.then(|| unnamed_before(s, tokens, pronoun)).flatten().map(Referent::Phrase)
    }

    /// Returns the referent of a single surname that belongs to nobody in particular.
    fn unresolved(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        at: usize,
        pronoun: Pronoun<'_>,
    ) -> Option<Referent> {
        let surname = Range::new(at, at + 1);
        let name = s.span(surname).slice(s.text);
        let alone = s.tokens.get(at + 1).is_none_or(|next| !next.is_name_like())
            && !s.class(at).any(Class::POSSESSIVE.with(Class::GIVEN))
            && !s.class(at + 1).any(Class::SOURCE_NOUN);
        let thing = Class::ORGANISATION.with(Class::PEOPLE).with(Class::PLACE).with(Class::PRESS);
        let person = s.tokens[at].is_name_like()
            && colon_labels::is_person_within(s, at)
            && !s.class(at).any(thing.with(Class::DOCUMENT));
        let known = is_shared_surname(people, s, surname) || person;
        let quoted = has_word(pronoun.inner, name);
        let anybody = people.find(self.article, name, Gender::Unknown, &[]).is_some();
        if !alone || !known || quoted || anybody {
            return None;
        }
        // The person named last may have this surname: `His brother, Piers Hale, came. [Hale] …`
        let last = self.named.iter().rfind(|n| n.token < at).map(|n| n.person);
        let bears = |&person: &PersonIx| people.person(person).surname() == fold(name);
        let found = people.find(self.article, name, pronoun.gender, &[]).map(|(person, _)| person);
        let person = found.or(last.filter(bears).filter(|&person| pronoun.fits(people, person)));
        Some(person.map_or(Referent::Phrase(surname), Referent::Person))
    }

    /// Returns the last speaker of a sentence, if a pronoun can refer to them, and whether that is certain.
    fn last_speaker(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        known: &[(Range, Referent, Confidence)],
        tokens: Range,
        pronoun: Pronoun<'_>,
    ) -> Option<(Referent, bool)> {
        let fits = |person: PersonIx| {
            pronoun.fits(people, person) && !is_of_other_gender(s, known, person, pronoun.gender)
        };
        let from = known.partition_point(|(source, ..)| source.start < tokens.start);
        let spoken = known[from..].iter().rev().find(|(source, ..)| source.end <= tokens.end);
        let (source, referent, confidence) = spoken?;
        if let Some(main) = self.main_subject(s, tokens, *source, fits) {
            return Some((Referent::Person(main), false));
        }
        let agrees = match *referent {
            Referent::Person(person) => fits(person),
            Referent::Phrase(range) if is_shared_surname(people, s, range) => {
                // `Holt`, used for two people: the pronoun's gender may decide.
                let name = s.span(range).slice(s.text);
                let found = people.find(self.article, name, pronoun.gender, &[]);
                if let Some((person, _)) = found.filter(|&(person, _)| fits(person)) {
                    return Some((Referent::Person(person), false));
                }
                true
            }
            Referent::Phrase(range) => pronoun.fits_phrase(s, range) || is_lone_surname(s, range),
            Referent::Joint(_) | Referent::Nobody => false,
        };
        agrees.then_some((*referent, *confidence == Confidence::High))
    }

    /// Returns the subject of the main clause after a subordinate clause in which somebody speaks: `When a reporter called
    /// it “a farce,” [Lim] laughed.`
    fn main_subject(
        &self,
        s: &Skeleton<'_>,
        tokens: Range,
        source: Range,
        fits: impl Fn(PersonIx) -> bool,
    ) -> Option<PersonIx> {
        let opens = Class::SUBORDINATOR.without(Class::THAT);
        let dependent = source.start == tokens.start + 1 && s.class(tokens.start).any(opens);
        let after = Range::new(source.end, tokens.end);
        let subject = self.named_in(after).find(|n| {
            let mut start = n.token;
            while start > after.start && s.tokens[start - 1].is_name_like() {
                start -= 1;
            }
            let parted = s.kind(start - 1) == Kind::Comma || s.tokens[start - 1].is_quote();
            parted && s.kind(n.token + 1) == Kind::Lower
        });
        let person = subject.filter(|_| dependent)?.person;
        fits(person).then_some(person)
    }

    /// Returns the subject of a sentence, if a pronoun can refer to it, and whether its referent is certain. The
    /// subject is the last speaker of the sentence or, if there is none, a name or phrase at its beginning.
    fn subject(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        known: &[(Range, Referent, Confidence)],
        tokens: Range,
        pronoun: Pronoun<'_>,
    ) -> Option<(Referent, bool)> {
        let spoken = self.last_speaker(people, s, known, tokens, pronoun);
        if spoken.is_some() {
            return spoken;
        }
        // `Karl Holt and Tom Abara are cousins.`: a singular pronoun refers to neither.
        let first = noun_phrase::first(s, tokens.start, tokens.end);
        if first.is_some_and(|range| mention::is_joint(s, range)) {
            return None;
        }
        let fits = |person: PersonIx| {
            pronoun.fits(people, person) && !is_of_other_gender(s, known, person, pronoun.gender)
        };
        let subject = self
            .named_in(tokens)
            .find(|n| n.is_subject && fits(n.person))
            .map(|n| (n.token, (Referent::Person(n.person), n.sure)));
        let in_passing = first.filter(|range| self.is_in_passing(people, s, *range));
        if let Some(range) = in_passing.filter(|_| subject.is_none()) {
            return Some((Referent::Phrase(range), false));
        }
        let unnamed = first.filter(|range| pronoun.fits_phrase(s, *range));
        match (subject, unnamed) {
            // `His wife, Ana, laughs.`: a name shortly after the noun is the name of that person.
            (Some((token, person)), Some(range))
                if token < range.end.max(range.start + NAMED_WITHIN) =>
            {
                Some(person)
            }
            (_, Some(range)) if is_unlisted_name(s, range) => {
                let name = match mention::parse(s, range) {
                    Mention::Named(named) => named.name,
                    _ => range,
                };
                match people.find(self.article, s.span(name).slice(s.text), Gender::Unknown, &[]) {
                    Some((person, sure)) => {
                        fits(person).then_some((Referent::Person(person), sure))
                    }
                    None => Some((Referent::Phrase(name), false)),
                }
            }
            (_, Some(range)) => Some(self.described(people, s, known, range, pronoun)),
            (subject, _) => subject.map(|(_, person)| person),
        }
    }

    /// Returns the person to whom a noun or a name in a phrase refers, or the phrase itself, and whether that is
    /// certain.
    fn described(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        known: &[(Range, Referent, Confidence)],
        range: Range,
        pronoun: Pronoun<'_>,
    ) -> (Referent, bool) {
        let fits = |person: PersonIx| {
            pronoun.fits(people, person) && !is_of_other_gender(s, known, person, pronoun.gender)
        };
        let person = match mention::parse(s, range) {
            Mention::Noun { head, gender } => {
                let found = self.by_role(people, s, head, range.end, gender);
                found.map(|(person, grade)| (person, grade == Confidence::High))
            }
            Mention::Named(named) => people
                .find(self.article, s.span(named.name).slice(s.text), pronoun.gender, &[])
                .filter(|&(person, _)| fits(person)),
            _ => None,
        };
        person.map_or((Referent::Phrase(range), false), |(person, sure)| {
            (Referent::Person(person), sure)
        })
    }

    /// Returns whether a phrase is a single word that is the surname of a full name in the article: `Spitzer resigned`.
    fn is_in_passing(&self, people: &People, s: &Skeleton<'_>, range: Range) -> bool {
        let lone = range.end == range.start + 1 && s.tokens[range.start].is_name_like();
        lone && people.is_in_passing(self.article, s.span(range).slice(s.text))
    }

    /// Returns whether the person's gender is known, and the pronoun can refer to nobody else named between the start
    /// of a paragraph and the pronoun.
    fn is_sure(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        who: Referent,
        paragraph: u32,
        pronoun: Pronoun<'_>,
    ) -> bool {
        let begins = s.sentences.partition_point(|other| other.paragraph < paragraph);
        let from = s.sentences[begins].tokens.start;
        let Referent::Person(person) = who else { return false };
        let own = people.person(person);
        own.evident
            && own.gender == pronoun.gender
            && self.named_in(Range::new(from, pronoun.at)).all(|n| {
                n.person == person || !people.person(n.person).gender.agrees(pronoun.gender)
            })
    }

    /// Returns whether a bare title refers to the subject of the preceding sentence rather than to the person last
    /// named with that title, whose title names another country or body: `Holt spoke about the Norvalian president, Ivo
    /// Banerel. The president said …`
    fn is_of_another(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        head: usize,
        person: PersonIx,
    ) -> bool {
        let here = s.sentence_of(head);
        let Some(before) = here.checked_sub(1).map(|i| s.sentences[i].tokens) else { return false };
        let title = s.lexicon.class(&s.word(head).to_lowercase());
        let gender = Gender::from_class(title);
        let mut subjects = self.named_in(before).filter(|n| n.is_subject);
        let other = subjects
            .next()
            .is_some_and(|n| n.person != person && people.person(n.person).gender.agrees(gender));
        let last = self.named_in(before).find(|n| n.person == person);
        let in_passing = last.is_some_and(|n| !n.is_subject);
        other && in_passing && title.any(Class::RANK) && people.person(person).is_qualified()
    }

    /// Returns the person whose role the noun at `head` names, in a phrase that ends at `end`, and the confidence.
    pub(in crate::quotes) fn by_role(
        &self,
        people: &People,
        s: &Skeleton<'_>,
        head: usize,
        end: usize,
        gender: Gender,
    ) -> Option<(PersonIx, Confidence)> {
        let folded = s.word(head).to_lowercase();
        // `the minister for Lorvik` refers to the person whose role also mentions Lorvik.
        let complement =
            s.tokens.get(head + 1).filter(|t| t.class.any(Class::LINK)).map(|_| head + 2);
        let complement: Vec<String> = complement
            .into_iter()
            .flat_map(|from| (from..end).filter(|&i| s.tokens[i].is_name_like()))
            .map(|i| s.word(i).to_lowercase())
            .collect();
        let modified = head
            .checked_sub(1)
            .filter(|&i| s.class(i).any(Class::MODIFIER) && s.kind(i) == Kind::Lower)
            .map(|i| [&s.word(i).to_lowercase(), " ", &folded].concat());
        let fits = |person: PersonIx| {
            let known = people.person(person);
            let plain = || modified.is_none() && known.has_role(&folded);
            let has_role = modified.as_ref().is_some_and(|words| known.has_role_words(words))
                || plain()
                || s.lexicon.capitalizes_nouns() && known.has_compound_role(&folded);
            has_role
                && complement.iter().all(|word| known.has_role(word))
                && known.gender.agrees(gender)
        };
        let before = || self.named.iter().rev().filter(|n| n.token < head).map(|n| n.person);
        // `the Norvalian president` is the president who was introduced as Norvalian.
        let qualifier = head
            .checked_sub(1)
            .filter(|&i| s.tokens[i].is_name_like() && !s.class(i).any(Class::DETERMINER))
            .filter(|_| !s.lexicon.capitalizes_nouns())
            .map(|i| s.word(i).to_lowercase());
        if let Some(word) = &qualifier
            && let Some(found) = before().find(|&p| fits(p) && people.person(p).has_role(word))
        {
            return Some((found, Confidence::High));
        }
        let mut fitting = before().filter(|&p| fits(p));
        let first = fitting.next()?;
        let alone = fitting.all(|p| p == first);
        if qualifier.is_some() && !alone {
            return None;
        }
        if complement.is_empty() && self.is_of_another(people, s, head, first) {
            return None;
        }
        let sure = alone && qualifier.is_none();
        Some((first, if sure { Confidence::High } else { Confidence::Medium }))
    }
}

/// Returns whether a paragraph begins with a verb in lower case, because the page lost the name before it: `[…] spoke to
/// the class.`
fn lacks_subject(s: &Skeleton<'_>, sentence: usize) -> bool {
    let Sentence { tokens, paragraph, .. } = s.sentences[sentence];
    let first = tokens.start;
    let begins = sentence == 0 || s.sentences[sentence - 1].paragraph != paragraph;
    let class = s.class(first);
    let verb = class.any(Class::FINITE.with(Class::COMMON_VERB)) && !class.any(Class::NOUN);
    begins && s.kind(first) == Kind::Lower && verb && s.lexicon.lists_verbs()
}

/// Returns whether the last source in a stretch is the same pronoun and was not resolved; then this pronoun is not
/// resolved either.
fn is_unresolved(
    s: &Skeleton<'_>,
    known: &[(Range, Referent, Confidence)],
    tokens: Range,
    pronoun: Pronoun<'_>,
) -> bool {
    let last = known.iter().rev().find(|(source, ..)| source.end <= tokens.end);
    last.is_some_and(|(source, referent, _)| {
        source.start >= tokens.start
            && *referent == Referent::Nobody
            && noun_phrase::is_pronoun(s, source.start)
            && Gender::from_class(s.class(source.start)) == pronoun.gender
    })
}

/// Returns the subject of a clause if it is the same pronoun, so that no name after it is its referent: `He thanked Karl
/// Holt.`
fn same_subject(s: &Skeleton<'_>, tokens: Range, pronoun: Pronoun<'_>) -> Option<usize> {
    let subject = noun_phrase::first(s, tokens.start, tokens.end)?;
    let same = noun_phrase::is_pronoun(s, subject.start)
        && Gender::from_class(s.class(subject.start)) == pronoun.gender
        && pronoun.gender != Gender::Unknown;
    same.then_some(subject.start)
}

/// Returns whether a pronoun and its verb are inserted between commas in a main clause. In `Ana Lim was a clerk when,
/// she said, the bank failed.` only the subordinate clause is reported.
fn is_inserted(s: &Skeleton<'_>, at: usize) -> bool {
    let opens = Class::SUBORDINATOR.with(Class::RELATIVE);
    let before = at.checked_sub(1).is_some_and(|i| s.kind(i) == Kind::Comma)
        && !at.checked_sub(2).is_some_and(|i| s.class(i).any(opens));
    before && s.class(at + 1).any(Class::FINITE) && s.kind(at + 2) == Kind::Comma
}

/// Returns the start of the clause after the only dash of a sentence, if the dash is before `at`: `Abara often used the
/// word—though [Holt] hinted …`.
fn after_dash(s: &Skeleton<'_>, sentence: Range, at: usize) -> Option<usize> {
    let mut dashes = sentence.indices().filter(|&i| s.kind(i) == Kind::Dash);
    let dash = dashes.next().filter(|&dash| dash < at)?;
    dashes.next().is_none().then_some(dash + 1)
}

/// Returns whether a name after a comma is the subject of the verb after it: `A month later, after Berg had left, [Lim]
/// became the chair`.
fn begins_after_comma(s: &Skeleton<'_>, lo: usize, at: usize) -> bool {
    let mut start = at;
    while start > lo && s.tokens[start - 1].is_name_like() {
        start -= 1;
    }
    let comma = start > lo && s.kind(start - 1) == Kind::Comma;
    let next = s.class(at + 1);
    let verb = next.any(Class::COMMON_VERB.with(Class::AUXILIARY).with(Class::FINITE))
        || s.lexicon.ends_like_past(s.word(at + 1));
    comma && s.kind(at + 1) == Kind::Lower && verb && s.lexicon.lists_verbs()
}

/// Returns whether a phrase is one capitalized word that the text uses as a person's name and that the lexicon does not
/// list as a body, people, a place or a document.
fn is_lone_surname(s: &Skeleton<'_>, range: Range) -> bool {
    let thing = Class::ORGANISATION.with(Class::PEOPLE).with(Class::PLACE).with(Class::PRESS);
    let word = s.word(range.start);
    range.end == range.start + 1
        && s.tokens[range.start].is_name_like()
        && !s.class(range.start).any(thing.with(Class::DOCUMENT))
        && word.chars().skip(1).any(char::is_lowercase)
        && s.is_name_within(range.start)
        && colon_labels::evidence(s, range).is_some()
}

/// Returns whether a text contains a word.
fn has_word(text: &str, word: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '-').any(|other| other == word)
}

/// Returns whether a preposition and a relative pronoun directly precede a pronoun: `a letter in which [he]`.
fn follows_relative(s: &Skeleton<'_>, pronoun: Pronoun<'_>) -> bool {
    let relative = pronoun.at.checked_sub(1).filter(|&i| i > 0);
    relative
        .is_some_and(|i| s.class(i).any(Class::RELATIVE) && s.class(i - 1).any(Class::PREPOSITION))
}

/// Returns the last unnamed person before a pronoun in its sentence: an indefinite article and a noun for one person
/// whose gender agrees.
fn unnamed_before(s: &Skeleton<'_>, tokens: Range, pronoun: Pronoun<'_>) -> Option<Range> {
    let article = Class::INDEFINITE.with(Class::DETERMINER);
    let person = |i: usize| {
        let class = s.class(i);
        let one = class.any(Class::ROLE.with(Class::RANK))
            && (!class.any(Class::PLURAL) || s.lexicon.capitalizes_nouns());
        (s.kind(i) == Kind::Lower || s.lexicon.capitalizes_nouns())
            && one
            && !class.any(Class::POSSESSIVE)
            && Gender::from_class(class).agrees(pronoun.gender)
            && !s.tokens.get(i + 1).is_some_and(Token::is_name_like)
            && !(s.kind(i + 1) == Kind::Lower && s.class(i + 1).is_unknown())
    };
    let noun = tokens.indices().rev().find(|&i| person(i))?;
    let near = noun.saturating_sub(MOST_DESCRIBING).max(tokens.start);
    let start = (near..noun).rev().find(|&i| s.class(i).all(article))?;
    // `an Odlin, Norvale, teacher`
    let place = |i: usize| {
        s.kind(i) == Kind::Comma && s.tokens[i - 1].is_name_like() && s.tokens[i + 1].is_name_like()
    };
    let joined = (start..noun).all(|i| s.tokens[i].is_word() || place(i));
    // `Lim, a pilot, says that she …`
    let apposed = start > tokens.start && s.kind(start - 1) == Kind::Comma;
    (joined && !apposed).then_some(Range::new(start, noun + 1))
}

/// Returns whether a phrase is a single name of somebody in the story. A source that consists of such a name usually
/// remains unresolved only because several people share the name.
fn is_shared_surname(people: &People, s: &Skeleton<'_>, range: Range) -> bool {
    range.end == range.start + 1
        && s.tokens[range.start].is_name_like()
        && people.is_name(&fold(s.word(range.start)))
}

/// Returns whether an earlier source that refers to a person is a pronoun of the other gender.
fn is_of_other_gender(
    s: &Skeleton<'_>,
    known: &[(Range, Referent, Confidence)],
    person: PersonIx,
    gender: Gender,
) -> bool {
    known.iter().rev().take(REMEMBERED).any(|(source, referent, _)| {
        *referent == Referent::Person(person)
            && noun_phrase::is_pronoun(s, source.start)
            && !Gender::from_class(s.class(source.start)).agrees(gender)
    })
}

/// Returns whether a phrase begins with two or three capitalized words that may be a person's name: none of them is in
/// all capitals or a noun for a body, a document, people or a place, and no word follows them.
fn is_unlisted_name(s: &Skeleton<'_>, range: Range) -> bool {
    let name = range.indices().take_while(|&i| s.tokens[i].is_name_like());
    let mut words = 0;
    let mut plain = true;
    for i in name {
        words += 1;
        let shouted = s.word(i).len() > 1 && !s.word(i).chars().any(char::is_lowercase);
        let thing =
            Class::ORGANISATION.with(Class::DOCUMENT).with(Class::PEOPLE).with(Class::PLACE);
        plain &= !shouted && !s.class(i).any(thing.with(Class::POSSESSIVE));
    }
    let next = range.start + words;
    let ends = next >= range.end || !s.tokens[next].is_word();
    (2..=3).contains(&words) && plain && ends
}

/// Returns the gender of the known given name in a phrase, as in an apposition: `The owner, [Ana] Lim`. The possessor
/// in `Ana Lim's brother` is somebody else.
fn gender_of_name(s: &Skeleton<'_>, range: Range) -> Gender {
    let given = |i: &usize| s.tokens[*i].is_name_like() && s.class(*i).any(Class::GIVEN);
    let full = |i: &usize| {
        i + 1 < range.end
            && s.tokens[i + 1].is_name_like()
            && !s.class(i + 1).any(Class::POSSESSIVE)
    };
    let name = range.indices().find(|i| given(i) && full(i));
    name.map_or(Gender::Unknown, |i| Gender::from_class(s.class(i)))
}

/// Returns the only full name in the paragraphs searched before a pronoun, even if nothing else is known about its
/// bearer: `Rescuers pulled Dzagbe Ekon from the rubble.`
fn lone_name(people: &People, s: &Skeleton<'_>, pronoun: Pronoun<'_>) -> Option<Range> {
    if pronoun.is_used_within(s) {
        return None;
    }
    let Pronoun { at: pronoun, gender, .. } = pronoun;
    let here = s.sentence_of(pronoun);
    let paragraph = s.sentences[here].paragraph;
    let mut found: Option<Range> = None;
    let mut named: Option<usize> = None;
    for sentence in s.sentences[..=here].iter().rev().take(MOST_SENTENCES) {
        if sentence.paragraph + REACH < paragraph {
            break;
        }
        let mut at = sentence.tokens.start;
        while let Some(run) = mention::next_run(s, at, sentence.tokens.end.min(pronoun)) {
            at = run.end.max(at + 1);
            let plain = is_plain_name(s, sentence.tokens.start, run)
                && Gender::from_class(s.class(run.start)).agrees(gender);
            // `Ana Lim asked Holt.`: the surname of a second person.
            let surname = run.end == run.start + 1 && people.is_name(&fold(s.word(run.start)));
            if !plain && !surname {
                continue;
            }
            if named.is_some_and(|named| s.word(named) != s.word(run.end - 1)) {
                return None;
            }
            named = Some(run.end - 1);
            found = if plain { Some(run) } else { found };
        }
    }
    found
}

/// Returns whether a run of capitalized words is written like the name of a person: two or three words in mixed case,
/// no known noun among them or after them, and no article, preposition or conjunction before them.
fn is_plain_name(s: &Skeleton<'_>, lo: usize, run: Range) -> bool {
    let thing = Class::SOURCE_NOUN
        .with(Class::PLACE)
        .with(Class::PRESS)
        .with(Class::WORK)
        .with(Class::PARTY)
        .with(Class::POSSESSIVE);
    let plain = |i: usize| {
        let word = s.word(i);
        let mixed = word.chars().skip(1).any(char::is_lowercase) && !word.ends_with('.');
        mixed && !s.class(i).any(thing) && (i > lo || !s.class(i).any(Class::VERB))
    };
    let governs = Class::DETERMINER
        .with(Class::PREPOSITION)
        .with(Class::GENITIVE)
        .with(Class::ELISION)
        .with(Class::COORDINATOR);
    let free = run.start == lo || !s.class(run.start - 1).any(governs);
    let next = s.tokens.get(run.end).is_none_or(|t| !t.class.any(Class::SOURCE_NOUN));
    !s.lexicon.capitalizes_nouns()
        && (2..=3).contains(&(run.end - run.start))
        && run.indices().all(plain)
        && free
        && next
}

/// Returns whether the surname of a person occurs in a quotation: people rarely name themselves.
pub(super) fn is_named_in(people: &People, person: PersonIx, inner: &str) -> bool {
    let surname = people.person(person).surname();
    inner
        .split(|c: char| !c.is_alphanumeric() && c != '-')
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .any(|w| fold(w) == surname)
}

/// Returns whether a person is a subject in a quotation, in the third person, and the quotation contains no pronoun
/// such as `I` or `we`: `Lim also wants the bridge closed` is not by Lim, unlike `I told them that Lim would win`.
pub(super) fn is_subject_in(
    people: &People,
    person: PersonIx,
    s: &Skeleton<'_>,
    inner: &str,
) -> bool {
    if !s.lexicon.lists_verbs() || !is_named_in(people, person, inner) {
        return false;
    }
    let class = |word: &str| s.lexicon.class(&word.to_lowercase());
    let letters = |c: char| !c.is_alphanumeric() && c != '-';
    if inner.split(letters).any(|word| class(word).any(Class::FIRST_PERSON)) {
        return false;
    }
    let words: Vec<&str> = inner.split_whitespace().collect();
    let surname = people.person(person).surname();
    (0..words.len()).any(|i| {
        let alone = i == 0
            || !words[i - 1].starts_with(char::is_uppercase)
                && !class(words[i - 1]).any(Class::DETERMINER);
        let verb = words.get(i + 1).map(|next| class(next)).unwrap_or_default();
        let acts = Class::AUXILIARY.with(Class::FINITE).with(Class::ADVERB);
        words[i].starts_with(char::is_uppercase)
            && fold(words[i]) == surname
            && alone
            && verb.any(acts)
    })
}

/// Returns the name that ends at `at`: the capitalized words up to there, without titles, roles and organizations.
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
    s.span(Range::new(start, at + 1)).slice(s.text)
}
