//! Analyzes a source phrase: its name, role and gender, or only its noun or pronoun.
//!
//! The name is the run of capitalized words with the highest score. A run scores higher if it follows a title or role,
//! starts with a known given name, has two to four words, begins the phrase, or is a segment by itself. A run inside a
//! complement (`a spokesman for Ana Lim`) is not the name. The role is the text before the name, or an apposition with
//! a noun for a function.
//!
//! Known limit: an organization directly before a name with an unknown given name is separated only at its last known
//! noun.

use crate::quotes::colon_labels;
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};
use crate::quotes::noun_phrase;
use crate::quotes::roles;
use crate::span::slice;

/// Evidence of gender in a word or phrase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::quotes) enum Gender {
    #[default]
    Unknown,
    Male,
    Female,
}

impl Gender {
    /// Returns the gender evidence of a word's classes.
    pub(in crate::quotes) const fn from_class(class: Class) -> Self {
        match (class.any(Class::MALE), class.any(Class::FEMALE)) {
            (true, false) => Self::Male,
            (false, true) => Self::Female,
            _ => Self::Unknown,
        }
    }

    /// Returns this gender or, if it is unknown, the other one.
    #[must_use]
    pub(in crate::quotes) const fn or(self, other: Self) -> Self {
        match self {
            Self::Unknown => other,
            known => known,
        }
    }

    /// Returns whether both genders can be evidence about the same person.
    pub(in crate::quotes) fn agrees(self, other: Self) -> bool {
        self == Self::Unknown || other == Self::Unknown || self == other
    }
}

/// The kind of a source phrase.
#[derive(Clone, Debug)]
pub(in crate::quotes) enum Mention {
    /// A name, of a person or of anything else.
    Named(Named),
    /// A pronoun.
    Pronoun { gender: Gender, plural: bool, neuter: bool, first: bool },
    /// A definite noun phrase for one person, such as `the minister`; `head` is its noun.
    Noun { head: usize, gender: Gender },
    /// The names of several people.
    Joint(Range),
    /// Any other phrase: for a group, an unnamed source, a document or an organization.
    Phrase,
}

/// A name in its context.
#[derive(Clone, Debug)]
pub(in crate::quotes) struct Named {
    pub(in crate::quotes) name: Range,
    pub(in crate::quotes) role: Option<Range>,
    pub(in crate::quotes) gender: Gender,
    /// Whether the phrase shows that a person is named: a title, a role or a known given name.
    pub(in crate::quotes) person: bool,
}

/// Reads a source phrase.
pub(in crate::quotes) fn parse(s: &Skeleton<'_>, range: Range) -> Mention {
    if range.end == range.start + 1 && noun_phrase::is_pronoun(s, range.start) {
        let class = s.class(range.start);
        return Mention::Pronoun {
            gender: Gender::from_class(class),
            plural: class.any(Class::PLURAL),
            neuter: class.any(Class::NEUTER),
            first: class.any(Class::FIRST_PERSON),
        };
    }
    if is_joint(s, range) {
        return Mention::Joint(without_complement(s, range));
    }
    if is_pair(s, range) || has_list_of_members(s, range) {
        return Mention::Phrase;
    }
    // A name in the relative clause of an unnamed source is another person's: `an official who met Lim`.
    let clause = Class::RELATIVE.with(Class::SUBORDINATOR);
    let begins = |&i: &usize| s.class(i).any(clause) && s.kind(i) == Kind::Lower;
    let relative = range.indices().skip(1).find(begins);
    let head = Range::new(range.start, relative.unwrap_or(range.end));
    if let Some(named) = named(s, head) {
        return Mention::Named(named);
    }
    noun(s, range).unwrap_or(Mention::Phrase)
}

/// Returns whether a phrase names two or more people who speak together: `Ana and Luis Prado`, `Mr Berg and Ms Lim`,
/// `Prado and Lim`.
pub(in crate::quotes) fn is_joint(s: &Skeleton<'_>, range: Range) -> bool {
    if is_list_of_names(s, range) || has_plural_title(s, range) {
        return true;
    }
    let name_like = |i: &usize| s.tokens[*i].is_name_like();
    let told =
        |run: Range| run.indices().any(|i| s.class(i).any(Class::GIVEN.with(Class::HONORIFIC)));
    let full = |run: Range| {
        let name = name_in_run(s, run);
        name.end >= name.start + 2 && !name.indices().any(|i| s.class(i).any(Class::SOURCE_NOUN))
    };
    range.indices().skip(1).any(|i| {
        if !s.class(i).any(Class::COORDINATOR) {
            return false;
        }
        let start = (range.start..i).rev().take_while(name_like).last().unwrap_or(i);
        let end = (i + 1..range.end).take_while(name_like).last().map_or(i + 1, |last| last + 1);
        let (left, right) = (Range::new(start, i), Range::new(i + 1, end));
        (told(left) || told(right)) && (told(left) || full(left)) && (told(right) || full(right))
    })
}

/// Returns whether an English phrase consists of two phrases, of which the second has a determiner: `Norvale and the
/// union`.
fn is_pair(s: &Skeleton<'_>, range: Range) -> bool {
    let joint = range.indices().skip(1).find(|&i| {
        s.kind(i) == Kind::Lower && s.class(i).any(Class::COORDINATOR) || !s.tokens[i].is_word()
    });
    joint.is_some_and(|i| {
        s.class(i).any(Class::COORDINATOR)
            && i + 1 < range.end
            && s.class(i + 1).any(Class::DETERMINER)
            && s.lexicon.lists_verbs()
    })
}

/// Returns whether, in English, a plural noun precedes the names of its members: `two rivals, Mayor Ana Lim and Judge
/// Karl Holt`.
fn has_list_of_members(s: &Skeleton<'_>, range: Range) -> bool {
    let Some(comma) = range.indices().find(|&i| s.kind(i) == Kind::Comma) else { return false };
    let named =
        |range: std::ops::Range<usize>| range.into_iter().any(|i| s.tokens[i].is_name_like());
    let noun = comma.saturating_sub(1);
    let plural = s.kind(noun) == Kind::Lower
        && (s.class(noun).any(Class::PLURAL) || s.word(noun).ends_with('s'));
    let joint = (comma + 1..range.end).find(|&i| s.class(i).any(Class::COORDINATOR));
    let several = joint.is_some_and(|i| named(comma + 1..i) && named(i + 1..range.end));
    plural && several && noun > range.start && !named(range.start..comma) && s.lexicon.lists_verbs()
}

/// Returns whether a plural title precedes two names: `Sens. Prado and Lim`.
fn has_plural_title(s: &Skeleton<'_>, range: Range) -> bool {
    let plural = s.class(range.start).any(Class::RANK) && is_plural_title(s, range.start);
    let joins = |i: usize| {
        s.class(i).any(Class::COORDINATOR)
            && s.tokens[i - 1].is_name_like()
            && i + 1 < range.end
            && s.tokens[i + 1].is_name_like()
    };
    plural && range.indices().skip(2).any(joins)
}

/// Returns whether a capitalized word looks like a plural: `Sens.`, unlike `Princess`.
fn is_plural_title(s: &Skeleton<'_>, at: usize) -> bool {
    let word = s.word(at).trim_end_matches('.');
    s.kind(at) == Kind::Capital && word.ends_with('s') && !word.ends_with("ss")
}

/// Returns whether a phrase, up to its first complement, consists only of names with a conjunction before the last. A
/// phrase such as `Ways and Means Chairman Ana Lim` is not a list, because it contains a role.
fn is_list_of_names(s: &Skeleton<'_>, range: Range) -> bool {
    let mut at = range.start;
    let mut joined = false;
    while let Some(run) = next_run(s, at, range.end).filter(|run| run.start == at) {
        let described = Class::SOURCE_NOUN.with(Class::POSSESSIVE).with(Class::SUFFIX);
        let named = |i: usize| s.class(i).any(Class::GIVEN) || !s.class(i).any(described);
        if run.end - run.start > LONGEST_NAME || !run.indices().all(named) {
            return false;
        }
        at = run.end;
        if joined || at >= range.end {
            break;
        }
        let comma = s.kind(at) == Kind::Comma && s.tokens.get(at + 1).is_some_and(Token::is_word);
        joined = s.class(at + usize::from(comma)).any(Class::COORDINATOR);
        if !joined && !comma {
            return false;
        }
        at += usize::from(comma) + usize::from(joined);
    }
    let complement = |i: usize| s.class(i).any(Class::PREPOSITION) && s.kind(i) == Kind::Lower;
    joined
        && at > range.start
        && s.tokens[at - 1].is_name_like()
        && (at >= range.end || complement(at))
}

/// The maximum number of words in a listed name.
const LONGEST_NAME: usize = 4;

/// Removes a prepositional phrase after a list of names: `Prado and Lim [in an open letter]`.
fn without_complement(s: &Skeleton<'_>, range: Range) -> Range {
    let joint = range.indices().rev().find(|&i| s.class(i).any(Class::COORDINATOR));
    let last = joint.and_then(|i| next_run(s, i + 1, range.end));
    let end = last.map(|last| last.end).filter(|&end| {
        end < range.end && s.class(end).any(Class::PREPOSITION) && s.kind(end) == Kind::Lower
    });
    Range::new(range.start, end.unwrap_or(range.end))
}

/// Returns the names in a list that consist of a surname alone: `Prado and Lim`.
pub(in crate::quotes) fn surnames(s: &Skeleton<'_>, joint: Range) -> Vec<Range> {
    let mut found = Vec::new();
    let mut at = joint.start;
    while let Some(run) = next_run(s, at, joint.end) {
        at = run.end.max(at + 1);
        let name = name_in_run(s, run);
        if name.end == name.start + 1 && !s.class(name.start).any(Class::GIVEN) {
            found.push(name);
        }
    }
    found
}

/// Finds `the minister`: a definite article or possessive, and a noun for one person at the head; a language without
/// articles needs none.
fn noun(s: &Skeleton<'_>, range: Range) -> Option<Mention> {
    let first = s.class(range.start);
    // `ответил мэр`
    let bare = s.lexicon.lacks_articles()
        && range.end == range.start + 1
        && s.kind(range.start) == Kind::Lower
        && first.any(Class::ROLE.with(Class::RANK))
        && !first.any(Class::PLURAL);
    if bare {
        return Some(Mention::Noun { head: range.start, gender: Gender::Unknown });
    }
    if !first.any(Class::DETERMINER) || first.any(Class::INDEFINITE) {
        return None;
    }
    let role = |i: usize| s.tokens[i].is_word() || s.class(i).any(Class::ROLE);
    let stop = range
        .indices()
        .skip(1)
        .find(|&i| s.class(i).any(Class::PREPOSITION.with(Class::RELATIVE)) || !role(i));
    let head = stop.unwrap_or(range.end).checked_sub(1)?;
    let class = s.class(head);
    // `der Minister`: many German nouns have the same form in singular and plural.
    let several = class.any(Class::PEOPLE) && !s.lexicon.capitalizes_nouns();
    (head > range.start && class.any(Class::ROLE.with(Class::RANK)) && !several)
        .then(|| Mention::Noun { head, gender: Gender::from_class(class) })
}

/// A run of capitalized words that may be the name.
struct Candidate {
    name: Range,
    score: i32,
    person: bool,
}

fn named(s: &Skeleton<'_>, range: Range) -> Option<Named> {
    let mut best: Option<Candidate> = None;
    let named = name_before_comma(s, range).unwrap_or(range);
    let mut at = named.start;
    while at < named.end {
        let Some(run) = next_run(s, at, named.end) else { break };
        at = run.end.max(at + 1);
        if is_firm(s, run) {
            continue;
        }
        if let Some(candidate) = candidate(s, named, run)
            && candidate.score > 0
            && best.as_ref().is_none_or(|b| candidate.score > b.score)
        {
            best = Some(candidate);
        }
    }
    let best = best?;
    let role = role(s, range, best.name);
    // `Dr. Owen`: a single word after a title is a surname, even if it is also a given name.
    let title = Class::HONORIFIC.with(Class::RANK);
    let surname = best.name.end == best.name.start + 1
        && best.name.start > range.start
        && s.class(best.name.start - 1).any(title);
    let single = best.name.end == best.name.start + 1;
    let gender = if surname || single {
        Gender::Unknown
    } else {
        Gender::from_class(s.class(best.name.start))
    };
    let before =
        if best.name.start > range.start { s.class(best.name.start - 1) } else { Class::NONE };
    let gender = evident_gender(s, before, gender, role);
    Some(Named { name: best.name, person: best.person || role.is_some(), role, gender })
}

/// Returns whether a run of capitalized words is the name of a firm: `Holt & Lim`.
pub(in crate::quotes) fn is_firm(s: &Skeleton<'_>, run: Range) -> bool {
    run.indices().any(|i| s.word(i) == "&")
}

/// Returns the gender of a person from the word before the name, the given name and the role. If a masculine noun for a
/// function precedes a woman's given name, the gender is unknown: `spokesman Ana Lim`.
pub(in crate::quotes) fn evident_gender(
    s: &Skeleton<'_>,
    before: Class,
    given: Gender,
    role: Option<Range>,
) -> Gender {
    let noun = Gender::from_class(before);
    let titled = before.any(Class::HONORIFIC.with(Class::RANK));
    if noun == Gender::Male && given == Gender::Female && !titled {
        return Gender::Unknown;
    }
    let words = role.map_or(0..0, Range::indices);
    let of_role = words.map(|i| Gender::from_class(s.class(i))).fold(Gender::Unknown, Gender::or);
    noun.or(given).or(of_role)
}

/// Returns the full name that begins a phrase before a comma and a description: `Ana Lim, wife of the producer Karl
/// Holt Jr.`
fn name_before_comma(s: &Skeleton<'_>, range: Range) -> Option<Range> {
    let run = next_run(s, range.start, range.end).filter(|run| run.start == range.start)?;
    let thing = Class::SOURCE_NOUN.with(Class::PLACE).with(Class::POSSESSIVE).with(Class::SUFFIX);
    let plain = run.indices().all(|i| !s.class(i).any(thing) || s.class(i).any(Class::GIVEN));
    // `Ana Lim, China strategist for Odlin Freight, a carrier`
    let given = s.class(run.start).any(Class::GIVEN) && s.kind(run.end + 2) == Kind::Lower;
    let described = run.end + 1 < range.end
        && s.kind(run.end) == Kind::Comma
        && (s.kind(run.end + 1) == Kind::Lower || given);
    (plain && described && (2..=4).contains(&(run.end - run.start))).then_some(run)
}

/// Returns the next run of capitalized words, including lower-case particles within names.
pub(in crate::quotes) fn next_run(s: &Skeleton<'_>, from: usize, end: usize) -> Option<Range> {
    let start = (from..end).find(|&i| s.tokens[i].is_name_like())?;
    let mut stop = start;
    let mut at = start;
    while at < end {
        if s.tokens[at].is_name_like() {
            stop = at + 1;
            if s.class(at).any(Class::POSSESSIVE) {
                break;
            }
            at += 1;
        } else if s.class(at).any(Class::HONORIFIC) && s.class(at - 1).any(Class::HONORIFIC) {
            // `Prof. Dr. med. Ute Brandis`
            at += 1;
        } else if s.kind(at) == Kind::Comma
            && s.class(at + 1).any(Class::SUFFIX)
            && s.tokens.get(at + 1).is_some_and(|t| at + 1 < end && t.is_name_like())
        {
            // `Abel Stroud, Jr.`
            at += 1;
        } else if s.class(at).any(Class::PARTICLE) && s.kind(at) == Kind::Lower && at > start {
            // `José Ortega y Gasset` is one person, `Hugo Branera y Tilda Osorno` are two.
            let joins = s.class(at).any(Class::COORDINATOR);
            let full = s.tokens.get(at + 2).is_some_and(Token::is_name_like);
            let given = |i: usize| s.class(i).any(Class::GIVEN);
            if joins && (!given(start) || given(at + 1) || full) {
                break;
            }
            // `Ahlers von der Universität`: an organization after the preposition is not part of the name.
            if s.class(at + 1).any(Class::ORGANISATION) || s.class(at - 1).any(Class::SOURCE_NOUN) {
                break;
            }
            // `twitterte Ronja Eick [von Bord]`: in a language that capitalizes nouns, no particle follows a surname.
            if s.lexicon.capitalizes_nouns() && at > start + 1 && !given(at - 1) {
                break;
            }
            at += 1;
        } else {
            break;
        }
    }
    Some(Range::new(start, stop))
}

/// Returns the part of a run that is the name: the words after its last title, role or organization.
pub(in crate::quotes) fn name_in_run(s: &Skeleton<'_>, run: Range) -> Range {
    let before_name = Class::HONORIFIC
        .with(Class::RANK)
        .with(Class::ROLE)
        .with(Class::ORGANISATION)
        .with(Class::PEOPLE)
        .with(Class::DOCUMENT);
    let after_given = |i: usize| {
        i > run.start
            && i + 1 == run.end
            && (s.class(i - 1).any(Class::GIVEN.with(Class::PARTICLE)) || s.word(i - 1).len() <= 2)
            && !s.class(i).any(Class::HONORIFIC)
    };
    let last = run
        .indices()
        .rev()
        .find(|&i| s.class(i).any(before_name) && !s.class(i).any(Class::GIVEN) && !after_given(i));
    let mut start = last.map_or(run.start, |i| i + 1);
    // A known given name inside the run begins the name: `Texas Arlington [Amy Jafar]`.
    if run.end.saturating_sub(start) > 2 {
        let given = (start + 1..run.end - 1)
            .find(|&i| s.class(i).any(Class::GIVEN) && !s.class(i - 1).any(Class::PLACE));
        if let Some(given) = given
            && !s.class(start).any(Class::GIVEN)
            && s.word(start).len() > 2
        {
            start = given;
        }
    }
    Range::new(start + usize::from(begins_with_role(s, Range::new(start, run.end))), run.end)
}

/// Returns whether the first word of a run is a noun rather than a given name, in a language that capitalizes both: it
/// is derived like a noun for a person, or has an article and precedes an initial: `Wirtin Rosi Angerer`, `der Statiker
/// H. P. Wessling`.
fn begins_with_role(s: &Skeleton<'_>, run: Range) -> bool {
    if !s.lexicon.capitalizes_nouns() || run.end < run.start + 3 {
        return false;
    }
    let first = s.class(run.start);
    let article = run.start > 0 && s.class(run.start - 1).any(Class::DETERMINER);
    let initial =
        s.word(run.start + 1).ends_with('.') && s.word(run.start + 1).chars().count() == 2;
    !first.any(Class::GIVEN)
        && !s.word(run.start).ends_with('.')
        && (roles::is_person_noun(s, run.start) || article && initial)
}

/// Returns whether a run is the second part of a name in a complement: `for the Department of Roads and [Bridges]`.
fn is_second_in_complement(s: &Skeleton<'_>, phrase: Range, run: Range) -> bool {
    let Some(joint) = run.start.checked_sub(1).filter(|&i| i > phrase.start) else { return false };
    let name_like = |i: &usize| s.tokens[*i].is_name_like();
    let start = (phrase.start..joint).rev().take_while(name_like).last();
    s.class(joint).any(Class::COORDINATOR)
        && s.kind(joint) == Kind::Lower
        && start.is_some_and(|i| i > phrase.start && s.class(i - 1).any(Class::GENITIVE))
}

/// Returns whether capitalized words only modify the noun after them, or are one of two names that a slash joins:
/// `Senior EU diplomats`, `Norvalian conservatives`, `an Odlin/Lorvik poll`.
fn is_modifier(s: &Skeleton<'_>, phrase: Range, name: Range) -> bool {
    let noun = Class::PEOPLE.with(Class::ORGANISATION).with(Class::DOCUMENT).with(Class::ROLE);
    let lower = name.end < phrase.end && s.kind(name.end) == Kind::Lower;
    let joined = |i: usize| i < s.tokens.len() && noun_phrase::joins_words(s, i);
    // An unlisted plural that ends the phrase is its head, so the capitalized words modify it.
    let plural = name.end + 1 == phrase.end
        && s.word(name.end).ends_with('s')
        && s.class(name.end).is_unknown()
        && s.lexicon.lists_verbs();
    lower && (plural || s.class(name.end).any(noun))
        || joined(name.end)
        || name.start > 0 && joined(name.start - 1)
}

fn candidate(s: &Skeleton<'_>, phrase: Range, run: Range) -> Option<Candidate> {
    let name = name_in_run(s, run);
    // `the minister of Chile's plan` does not name Chile; only a possessive at the end of a source is a name.
    if name.is_empty()
        || s.class(name.end - 1).any(Class::POSSESSIVE) && name.end < phrase.end
        || s.class(name.start).any(Class::SUFFIX)
        || run.start > phrase.start && s.kind(run.start - 1) == Kind::Open
    {
        return None;
    }
    if is_modifier(s, phrase, name) {
        return None;
    }
    let words = name.end - name.start;
    let before = if name.start > phrase.start { s.class(name.start - 1) } else { Class::NONE };
    let mut score = 1;
    let titled = before.any(Class::HONORIFIC.with(Class::RANK).with(Class::ROLE));
    let given = s.class(name.start).any(Class::GIVEN) && words > 1;
    if titled {
        score += 3;
    }
    if given {
        score += 3;
    }
    if (2..=4).contains(&words) {
        score += 2;
    }
    let alone = |i: usize| !matches!(s.kind(i), Kind::Lower | Kind::Capital);
    if (name.start == phrase.start || alone(name.start - 1))
        && (name.end == phrase.end || alone(name.end))
    {
        score += 2;
    }
    if name.start == phrase.start {
        score += 1;
    }
    let bound = run.start > phrase.start
        && s.class(run.start - 1).any(Class::PREPOSITION.with(Class::DETERMINER).with(Class::TO));
    let bound = bound || is_second_in_complement(s, phrase, run);
    if bound && name.start == run.start {
        // `a spokesman for Gary Lim, the nominee`: the person spoken for is not the speaker.
        if inside_complement(s, phrase, run) {
            return None;
        }
        score -= 4;
    } else if before.any(Class::HONORIFIC) && name.start > run.start + 1 {
        // `Undersecretary for Education Mr Brand`: the title separates the name from the complement.
        score += 1;
    } else if bound
        && inside_complement(s, phrase, run)
        && (titled || s.class(phrase.start).any(Class::INDEFINITE))
    {
        return None;
    }
    Some(Candidate { name, score, person: titled && words <= 4 || given })
}

/// Returns whether a run is in the complement of a noun: `spokesman for …`.
fn inside_complement(s: &Skeleton<'_>, phrase: Range, run: Range) -> bool {
    let start = (phrase.start..run.start)
        .rev()
        .find(|&i| s.kind(i) == Kind::Comma)
        .map_or(phrase.start, |i| i + 1);
    (start..run.start).any(|i| s.class(i).any(Class::SOURCE_NOUN))
}

/// Returns the role given by a phrase: before the name, or in an adjacent segment.
fn role(s: &Skeleton<'_>, phrase: Range, name: Range) -> Option<Range> {
    let comma_before = (phrase.start..name.start).rev().find(|&i| s.kind(i) == Kind::Comma);
    let start = comma_before.map_or(phrase.start, |i| i + 1);
    if let Some(role) = role_before_name(s, Range::new(start, name.start)) {
        return Some(role);
    }
    if let Some(role) = roles::before_name(s, start, name) {
        return Some(role);
    }
    let mut segments = Vec::new();
    if let Some(comma) = comma_before {
        segments.push(Range::new(phrase.start, comma));
    }
    let mut at = name.end;
    while at < phrase.end {
        if s.kind(at) == Kind::Comma {
            let end =
                (at + 1..phrase.end).find(|&i| s.kind(i) == Kind::Comma).unwrap_or(phrase.end);
            segments.push(Range::new(at + 1, end));
            at = end;
        } else {
            at += 1;
        }
    }
    // The segments after a relative clause belong to it: `Lim, who runs a site, a forum for sailors`.
    let relative = segments.iter().position(|segment| s.class(segment.start).any(Class::RELATIVE));
    segments.truncate(relative.unwrap_or(segments.len()));
    for segment in &mut segments {
        *segment = without_cut_complement(s, *segment);
    }
    let known = segments.iter().find_map(|segment| trimmed_role(s, *segment));
    let known = known.filter(|role| !names_somebody(s, *role));
    let apposed = || {
        let before = comma_before.map(|comma| Range::new(phrase.start, comma))?;
        roles::before_comma(s, before, name)
    };
    let open =
        |segment: &Range| described(s, *segment).or_else(|| roles::bare_apposition(s, *segment));
    known.or_else(apposed).or_else(|| segments.iter().find_map(open))
}

/// Returns a segment without the complement that its comma truncates: `a strategist [at the Odlin], N.V.-based firm`.
pub(in crate::quotes) fn without_cut_complement(s: &Skeleton<'_>, segment: Range) -> Range {
    let from = s.tokens.get(segment.end + 1).map_or(s.text.len(), |token| token.span.start());
    let next = slice(s.text, from, s.text.len()).split_whitespace().next().unwrap_or("");
    let based = s.kind(segment.end) == Kind::Comma
        && next.rsplit_once('-').is_some_and(|(_, last)| s.lexicon.ends_like_past(last));
    let complement = Class::PREPOSITION.with(Class::GENITIVE);
    let cut = segment.indices().skip(1).find(|&i| s.class(i).any(complement));
    Range::new(segment.start, cut.filter(|_| based).unwrap_or(segment.end))
}

/// Returns the function that an apposition with an article states, whatever its noun: `a hydrologist at the
/// university`.
pub(in crate::quotes) fn described(s: &Skeleton<'_>, segment: Range) -> Option<Range> {
    let first = segment.start + 2;
    // `the keeper of the light [until 1934]`
    let dated = |i: usize| {
        let time = s.kind(i + 1) == Kind::Number || s.class(i + 1).any(Class::CALENDAR);
        s.class(i).any(Class::PREPOSITION.with(Class::SUBORDINATOR)) && time && i + 1 < segment.end
    };
    let ends = |&i: &usize| says_more(s, i) || dated(i);
    let end = (first..segment.end).find(ends).unwrap_or(segment.end);
    let segment = Range::new(segment.start, end);
    let plain = segment.indices().all(|i| {
        s.tokens[i].is_word()
            && !s.class(i).any(
                Class::RELATIVE
                    .with(Class::AUXILIARY)
                    .with(Class::FINITE)
                    .with(Class::PRONOUN)
                    .with(Class::CONTRACTED),
            )
    });
    let article = s.class(segment.start).any(Class::DETERMINER);
    let words = segment.end - segment.start;
    (article
        && plain
        && (2..=12).contains(&words)
        && (s.kind(segment.start + 1) == Kind::Lower || s.lexicon.capitalizes_nouns()))
    .then(|| Range::new(segment.start + 1, segment.end))
}

/// Returns the role before a name, without the words that merely precede it: a label or a capitalized verb (`CLOSE
/// Syrian President`, `Should President`), the preceding clause (`the Senate offers President`), a common noun before a
/// title (`campaign President`). `None` if the remaining words belong to somebody else: they contain a comma or another
/// person's name, or end in an infinitive or a conjunction.
pub(in crate::quotes) fn role_before_name(s: &Skeleton<'_>, segment: Range) -> Option<Range> {
    let role = trimmed_role(s, segment)?;
    let mut start = without_opener(s, role);
    let steps = [without_clause, without_other_case, without_hearer, without_other_name];
    for step in steps {
        start = step(s, Range::new(start, role.end));
    }
    while start < role.end && s.class(start).any(Class::COORDINATOR.with(Class::DETERMINER)) {
        start += 1;
    }
    let role = trimmed_role(s, Range::new(start, role.end))?;
    (!is_foreign(s, role)).then_some(role)
}

/// Returns the start of a role after a label in capitals or a capitalized verb: `CLOSE [Syrian President]`.
fn without_opener(s: &Skeleton<'_>, role: Range) -> usize {
    let mut start = role.start;
    let begins = start == 0 || !s.tokens[start - 1].is_word();
    let shouts = |i: usize| {
        s.word(i).chars().filter(|c| c.is_alphabetic()).count() > 1
            && !s.word(i).chars().any(char::is_lowercase)
    };
    let shouted = (start..role.end).take_while(|&i| shouts(i)).count();
    // `GERMAN CHANCELLOR ANGELA MERKEL`: the name is in capitals as well.
    let headline = role.end < s.tokens.len() && shouts(role.end);
    let long = |i: usize| s.word(i).len() > LONGEST_ACRONYM;
    if shouted > 0 && !headline && (start..start + shouted).any(long) {
        start += shouted;
    }
    let verb = |i: usize| {
        let class = s.lexicon.class(&s.word(i).to_lowercase());
        let noun = Class::SOURCE_NOUN.with(Class::NOUN).with(Class::GIVEN);
        s.kind(i) == Kind::Capital
            && class.any(Class::FINITE.with(Class::AUXILIARY))
            && !class.any(noun)
    };
    while begins && start + 1 < role.end && verb(start) {
        start += 1;
    }
    start
}

/// Returns the start of a role after the preceding clause: `the Senate offers [President]`, `strange man [President]`,
/// `joining [former director]`.
fn without_clause(s: &Skeleton<'_>, role: Range) -> usize {
    let is_title =
        |i: usize| s.kind(i) == Kind::Capital && s.class(i).any(Class::ROLE.with(Class::RANK));
    let foreign = |&i: &usize| {
        let next = (i + 1..role.end).find(|&k| s.kind(k) == Kind::Capital);
        let noun = |k: usize| s.class(k).any(Class::ROLE.with(Class::COORDINATOR));
        let titled =
            next.is_some_and(|next| (next..role.end).any(is_title) && !(i + 1..next).any(noun));
        let class = s.class(i);
        // `strange man President`: a common noun for a person directly before a title.
        let person = class.any(Class::ROLE)
            && !class.any(Class::RANK.with(Class::MODIFIER).with(Class::HONORIFIC))
            && i + 1 < role.end
            && s.class(i + 1).any(Class::RANK)
            && s.lexicon.lists_verbs()
            && is_title(i + 1)
            && i > role.start
            && (role.start..i).all(|k| s.kind(k) == Kind::Lower && s.class(k).is_unknown());
        let unknown = class.is_unknown() && !class.any(Class::POSSESSIVE) && titled;
        s.kind(i) == Kind::Lower && (unknown || person)
    };
    let start = role.indices().rev().find(foreign).map_or(role.start, |last| last + 1);
    let gerund = s.kind(start) == Kind::Lower
        && s.lexicon.ends_like_gerund(s.word(start))
        && s.class(start).without(Class::VERB).is_unknown()
        && start + 1 < role.end
        && s.class(start + 1).any(Class::MODIFIER);
    start + usize::from(gerund)
}

/// Returns the start of a role after an article that cannot agree with the oblique determiner before the phrase: in
/// `sagte dem Sender der [Trainer Uwe Kossel]`, `dem` is dative and `der` is nominative.
fn without_other_case(s: &Skeleton<'_>, role: Range) -> usize {
    let dative = role.start > 0 && s.class(role.start - 1).any(Class::OBLIQUE);
    let article = |&i: &usize| {
        let next = s.class(i + 1);
        s.class(i).any(Class::CASE) && next.any(Class::ROLE.with(Class::RANK))
    };
    let article = role.indices().rev().find(article).filter(|_| dative);
    article.map_or(role.start, |article| article + 1)
}

/// Returns the start of a role after the noun of a hearer: `sagte der Zeitung Tagblatt [Ministerin Anna Holt]`.
fn without_hearer(s: &Skeleton<'_>, role: Range) -> usize {
    let is_press = |&i: &usize| s.class(i).any(Class::PRESS) && s.lexicon.inverts_auxiliaries();
    let title = |&i: &usize| s.class(i).any(Class::ROLE.with(Class::RANK));
    let press = role.indices().rev().find(is_press);
    let after = press.and_then(|press| (press + 1..role.end).find(title));
    after.unwrap_or(role.start)
}

/// Returns the start of a role after a conjunction that joins it to another name: `Holt and [Odlin Sen.]`, but not
/// `Ways and Means Chairman`.
fn without_other_name(s: &Skeleton<'_>, role: Range) -> usize {
    let joins = |&i: &usize| {
        let before = s.class(i - 1);
        let next = s.class(i + 1);
        let named = s.tokens[i - 1].is_name_like()
            && !before.any(Class::SOURCE_NOUN.with(Class::POSSESSIVE).with(Class::MODIFIER));
        // `said Ways and Means Chairman`: a verb of saying before the first word does not show that the word is a name.
        let said = i - 1 == role.start
            && i >= 2
            && s.class(i - 2).any(Class::FINITE)
            && s.kind(i - 2) == Kind::Lower;
        let alone = i - 1 == role.start && !said && colon_labels::is_person_within(s, i - 1);
        let given = before.any(Class::GIVEN) || s.class(role.start).any(Class::GIVEN);
        let person = alone || given;
        let title = i + 1 == role.end - 1 && next.any(Class::RANK);
        s.class(i).any(Class::COORDINATOR) && named && (person || title)
    };
    let last = role.indices().skip(1).rev().find(joins).filter(|&last| last + 1 < role.end);
    last.map_or(role.start, |last| last + 1)
}

/// The maximum length in bytes of a word in capitals that may be part of a role: `CNN`, `NASA`.
const LONGEST_ACRONYM: usize = 4;

/// Returns whether the words before a name do not describe its bearer: they describe somebody else (`foreign minister,
/// Ana Lim, declined to comment`, `Sen. Ana Lim of Odlin and`) or end with an infinitive (`Justice Department to
/// investigate`).
fn is_foreign(s: &Skeleton<'_>, role: Range) -> bool {
    let last = role.end - 1;
    let infinitive = s.kind(last) == Kind::Lower
        && s.class(last).without(Class::VERB).is_unknown()
        && role.indices().any(|i| s.class(i).any(Class::TO) && i + 1 == last);
    let comma = role.indices().any(|i| s.kind(i) == Kind::Comma);
    let joined = s.class(last).any(Class::COORDINATOR);
    infinitive || comma || joined || names_somebody(s, role)
}

/// Returns whether a role contains a title and the full name of its bearer: `Sen. Ana Lim of Odlin`.
pub(in crate::quotes) fn names_somebody(s: &Skeleton<'_>, role: Range) -> bool {
    let links = Class::PREPOSITION.with(Class::GENITIVE).with(Class::TO);
    role.indices().skip(1).any(|i| {
        s.class(i).any(Class::GIVEN)
            && s.tokens[i].is_name_like()
            && s.class(i - 1).any(Class::RANK.with(Class::HONORIFIC).with(Class::ROLE))
            && i + 1 < role.end
            && s.tokens[i + 1].is_name_like()
            && !(i..role.end).any(|k| s.class(k).any(Class::POSSESSIVE))
            && !(role.start..i).any(|k| s.class(k).any(links))
    })
}

/// Returns whether a word after a noun merely adds to the description of the person: `an islander considered a key
/// member of the council`, `a former minister himself`; in `a retired general` the participle belongs to the role.
fn says_more(s: &Skeleton<'_>, at: usize) -> bool {
    let participle = s.class(at).any(Class::PARTICIPLE) || s.lexicon.ends_like_past(s.word(at));
    let governs = s.class(at + 1).any(Class::DETERMINER.with(Class::PREPOSITION));
    s.kind(at) == Kind::Lower
        && (participle && governs
            || s.class(at).any(Class::PRONOUN) && !s.class(at).any(Class::DETERMINER))
}

/// Returns a role without its article, the honorific before a name, and any relative clause; `None` if no noun for a
/// function remains, or more than 14 words do.
pub(in crate::quotes) fn trimmed_role(s: &Skeleton<'_>, segment: Range) -> Option<Range> {
    let mut start = segment.start;
    let mut end = segment.end;
    if start < end && s.class(start).any(Class::RELATIVE) {
        return None;
    }
    while start < end
        && (s.class(start).any(Class::DETERMINER.with(Class::COORDINATOR).with(Class::ADVERB))
            && !s.tokens[start].is_name_like()
            || !s.tokens[start].is_word())
    {
        start += 1;
    }
    if let Some(cut) = (start..end).find(|&i| {
        s.class(i).any(Class::RELATIVE) || s.kind(i) == Kind::Open || i > start && says_more(s, i)
    }) {
        end = cut;
    }
    let before = end;
    // `Professor [Ana Lim]`, but `Ana Lim, an Odlin University professor`
    let precedes_name = s.tokens.get(end).is_some_and(Token::is_name_like);
    while precedes_name && end > start && s.class(end - 1).any(Class::HONORIFIC) {
        end -= 1;
    }
    // `the academic and professor Ana Lim`
    while end < before && end > start && s.class(end - 1).any(Class::COORDINATOR) {
        end -= 1;
    }
    let is_role = |i: usize| s.class(i).any(Class::ROLE.with(Class::RANK));
    // `a letter of the judge`, `aides to Secretary`: the role is the complement; not in `a [University of Odlin]
    // professor`.
    let names_body = |i: usize| s.kind(i) == Kind::Capital && s.class(i).any(Class::ORGANISATION);
    let governs = |&i: &usize| {
        s.class(i).any(Class::PREPOSITION)
            && (start..i).all(|k| !is_role(k))
            && !(i > start && names_body(i - 1))
    };
    if let Some(preposition) = (start..end).rev().find(governs) {
        start = preposition + 1;
        while start < end && s.class(start).any(Class::DETERMINER) {
            start += 1;
        }
    }
    let role = Range::new(start, end);
    // `Sens. Ana Lim of Lorvik and Karl Holt`: a title shared by several people belongs to neither alone.
    let several = |i: usize| {
        let plural = s.class(i).any(Class::RANK) && !s.class(i).any(Class::HONORIFIC);
        plural && is_plural_title(s, i)
    };
    let tells = role.indices().any(|i| {
        s.class(i).any(Class::ROLE.with(Class::RANK))
            && !s.class(i).any(Class::POSSESSIVE)
            && !several(i)
    });
    (tells && end - start <= 14).then_some(role)
}
