//! Speakers: resolves source phrases to the people of a story, each under their fullest name and most specific role.
//!
//! Names of people are collected from the reporters' own words in every article. Compatible full names belong to one
//! person; a bare surname is resolved first within its article, then within the story. If two people in the story have
//! the surname, the confidence is medium, and the speaker is shown under the surname alone unless the article names
//! only one of them. The result does not depend on the order of the articles.

mod coreference;
mod generations;
pub(super) mod mention;
mod people;

use crate::language::Language;
use crate::quotes::Confidence;
use crate::quotes::Speaker;
use crate::quotes::lexicon::{Class, Lexicon};
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::rules::{self, Attribution};
use crate::quotes::speakable;
use crate::quotes::speakers::mention::{Gender, Mention};
pub(super) use crate::quotes::speakers::people::People;
use crate::quotes::speakers::people::PersonIx;
use crate::span::slice;

/// The maximum number of words before a noun that are searched for its article.
const MOST_MODIFIERS: usize = 4;
/// The maximum number of sentences to look back for the sender of a message.
const MESSAGE_REACH: usize = 3;

/// The speaker to whom a source phrase refers, and the confidence of that resolution.
#[derive(Clone, Debug, Default)]
pub(super) struct Identity {
    pub(super) speaker: Option<Speaker>,
    pub(super) confidence: Option<Confidence>,
}

/// The referent of a source phrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::quotes) enum Referent {
    Person(PersonIx),
    /// Several people, whom this phrase names.
    Joint(Range),
    /// Whoever this phrase denotes: a group, a document, an unnamed person, or a person who is not in [`People`].
    Phrase(Range),
    Nobody,
}

/// Returns the speaker of each attribution in one article, in the order of `found`.
pub(super) fn identify(
    people: &People,
    article: usize,
    s: &Skeleton<'_>,
    found: &[Option<Attribution>],
) -> Vec<Identity> {
    let mut known: Vec<(Range, Referent, Confidence)> = Vec::new();
    let scene = coreference::Scene::new(people, article, s);
    let mut identities = vec![Identity::default(); found.len()];
    let mut order: Vec<(Range, usize)> =
        found.iter().enumerate().filter_map(|(i, a)| Some((a.as_ref()?.source, i))).collect();
    order.sort_unstable();
    for (source, i) in order {
        let same = known.last().filter(|(range, ..)| *range == source).copied();
        let (_, referent, confidence) = same.unwrap_or_else(|| {
            let inner = s.regions.get(i).map_or("", |r| r.inner.slice(s.text));
            if let Some(person) = declined(people, article, s, found[i].as_ref()) {
                return (source, Referent::Person(person), Confidence::Medium);
            }
            let (referent, confidence) = resolve(people, article, s, &scene, &known, source, inner);
            (source, referent, confidence)
        });
        let inner = s.regions.get(i).map_or("", |r| r.inner.slice(s.text));
        let confidence = match referent {
            Referent::Person(p) if coreference::is_subject_in(people, p, s, inner) => {
                Confidence::Low
            }
            _ => confidence,
        };
        known.push((source, referent, confidence));
        let speaker = speaker(people, article, s, referent);
        identities[i] = Identity { speaker, confidence: Some(confidence) };
    }
    identities
}

#[expect(clippy::too_many_arguments, reason = "one call, all of them plain")]
fn resolve(
    people: &People,
    article: usize,
    s: &Skeleton<'_>,
    scene: &coreference::Scene,
    known: &[(Range, Referent, Confidence)],
    source: Range,
    inner: &str,
) -> (Referent, Confidence) {
    if let Some(issuer) = sender(s, source) {
        let sent = resolve(people, article, s, scene, known, issuer, inner);
        // `“Holt then left the scene,” the statement said`: the statement is not by Holt.
        let is_about = match sent.0 {
            Referent::Person(person) => coreference::is_named_in(people, person, inner),
            Referent::Phrase(range) => has_name_of(s, range, inner),
            Referent::Joint(_) | Referent::Nobody => false,
        };
        return if is_about { (Referent::Phrase(source), Confidence::Medium) } else { sent };
    }
    match mention::parse(s, source) {
        Mention::Named(named) => resolve_name(people, article, s, source, &named),
        Mention::Pronoun { plural: false, neuter: false, first: false, gender } => {
            let pronoun = coreference::Pronoun { at: source.start, gender, inner };
            let who = scene.who(people, s, known, pronoun);
            who.unwrap_or((Referent::Nobody, Confidence::Low))
        }
        Mention::Pronoun { first: true, .. } => (Referent::Nobody, Confidence::Low),
        Mention::Pronoun { neuter: true, .. } if s.class(source.end).any(Class::TEXTUAL) => {
            match author_before(s, source.start) {
                Some(author) => resolve(people, article, s, scene, known, author, inner),
                None => document_of(s, known, source),
            }
        }
        Mention::Pronoun { .. } => group_of(s, known, source),
        Mention::Noun { head, gender } => {
            let found = scene.by_role(people, s, head, source.end, gender);
            // `der 91-Jährige` refers to somebody in the same way as a pronoun.
            let pronoun = coreference::Pronoun { at: source.start, gender, inner };
            let aged = || scene.who(people, s, known, pronoun);
            let found = found.map(|(person, sure)| (Referent::Person(person), sure));
            let found = if s.kind(head) == Kind::Number { found.or_else(aged) } else { found };
            let phrase = || introduced(s, source, head).unwrap_or(source);
            found.unwrap_or_else(|| (Referent::Phrase(phrase()), Confidence::Medium))
        }
        Mention::Joint(joint) => (Referent::Joint(joint), joint_grade(people, article, s, joint)),
        // `one email read`: the author of the words is not named.
        Mention::Phrase if speakable::is_document(s, source) => {
            (Referent::Phrase(source), Confidence::Medium)
        }
        Mention::Phrase => {
            let body = body_named(s, source).unwrap_or(source);
            (Referent::Phrase(body), Confidence::High)
        }
    }
}

/// Returns the name of the body to which a definite noun refers, if the preceding text names only one such body: `the
/// union` after `The Harbor Pilots' Union`, `der Verband` after `Der Imkerverband Nordmark`.
fn body_named(s: &Skeleton<'_>, source: Range) -> Option<Range> {
    let noun = source.end.checked_sub(1).filter(|&i| i == source.start + 1)?;
    let first = s.class(source.start);
    let definite = first.any(Class::DETERMINER) && !first.any(Class::INDEFINITE.with(Class::OWNED));
    let common = s.kind(noun) == Kind::Lower || s.lexicon.capitalizes_nouns();
    if !definite || !common || !s.class(noun).any(Class::ORGANISATION) {
        return None;
    }
    let word = s.word(noun).to_lowercase();
    let named = |i: usize| s.tokens[i].is_name_like();
    let mut found: Option<Range> = None;
    for at in (0..source.start).filter(|&i| named(i)) {
        let other = s.word(at).to_lowercase();
        let compound = s.lexicon.capitalizes_nouns() && other.ends_with(&word);
        if other != word && !compound {
            continue;
        }
        let start = (0..at).rev().take_while(|&i| named(i)).last().unwrap_or(at);
        let start = with_joined_name(s, start, at);
        let end = (at..source.start).take_while(|&i| named(i)).last().map_or(at + 1, |i| i + 1);
        // `The Federation of Small Bakers`
        let of = Some(end).filter(|&i| s.class(i).any(Class::GENITIVE) && named(i + 1));
        let complement = of.map(|of| (of + 1..source.start).take_while(|&i| named(i)));
        let end = complement.and_then(Iterator::last).map_or(end, |last| last + 1);
        // `Der Imkerverband Nordmark`: in a language that capitalizes every noun, the name follows the noun.
        let after = end > at + 1 || other != word;
        let proper = if s.lexicon.capitalizes_nouns() { after } else { end > start + 1 };
        let name = Range::new(start, end);
        if !proper || found.is_some_and(|f| s.span(f).slice(s.text) == s.span(name).slice(s.text)) {
            continue;
        }
        if found.is_some() {
            return None;
        }
        found = Some(name);
    }
    found
}

/// Returns the phrase that introduced an unnamed person, if the noun occurs only once in the preceding sentences: `a
/// Treasury official` for `the official`.
fn introduced(s: &Skeleton<'_>, source: Range, head: usize) -> Option<Range> {
    let here = s.sentence_of(source.start);
    let from = s.sentences[here.saturating_sub(INTRODUCED_WITHIN)].tokens.start;
    if head != source.start + 1 || !s.class(source.start).any(Class::DETERMINER) {
        return None;
    }
    let mut found = (from..source.start)
        .filter(|&i| s.word(i).eq_ignore_ascii_case(s.word(head)) && s.kind(i) == s.kind(head));
    let noun = found.next()?;
    let phrase = noun_phrase::left(s, from, noun + 1)?;
    let told = phrase.start + 1 < noun
        && s.class(phrase.start).all(Class::INDEFINITE.with(Class::DETERMINER))
        && (phrase.start + 1..noun).all(|i| s.tokens[i].is_name_like());
    (told && found.next().is_none()).then_some(phrase)
}

/// The number of sentences before a mention of an unnamed person that are searched for an earlier mention.
const INTRODUCED_WITHIN: usize = 3;

/// Returns the start of the name of a body, including the words before a conjunction in it: `Roads and Harbors
/// Administration`.
fn with_joined_name(s: &Skeleton<'_>, start: usize, noun: usize) -> usize {
    let named = |i: usize| s.tokens[i].is_name_like();
    let joint = start.checked_sub(1).filter(|&i| i > 0 && s.class(i).any(Class::COORDINATOR));
    let first = joint.filter(|&i| start < noun && named(i - 1));
    first.map_or(start, |i| (0..i).rev().take_while(|&k| named(k)).last().unwrap_or(i - 1))
}

/// Returns the referent of `it` before a verb such as `read` if it is a document without an indefinite article.
/// Otherwise the quotation has no speaker, because nobody knows who wrote the text: `A note was pushed under the door.
/// “…,” it read.`
fn document_of(
    s: &Skeleton<'_>,
    known: &[(Range, Referent, Confidence)],
    source: Range,
) -> (Referent, Confidence) {
    let definite = |range: Range| {
        speakable::is_document(s, range) && !s.class(range.start).any(Class::INDEFINITE)
    };
    match group_of(s, known, source) {
        (Referent::Phrase(range), grade) if definite(range) => (Referent::Phrase(range), grade),
        _ => (Referent::Nobody, Confidence::Low),
    }
}

/// Returns the author of the last text mentioned before a pronoun, in its sentence or the preceding one.
fn author_before(s: &Skeleton<'_>, pronoun: usize) -> Option<Range> {
    let text = text_before(s, pronoun)?;
    sender(s, text).or_else(|| writer(s, text))
}

/// Returns the last text mentioned before a pronoun, in its sentence or the preceding one, with its description: the
/// referent of `It` in `It read: “…”`.
fn text_before(s: &Skeleton<'_>, pronoun: usize) -> Option<Range> {
    let here = s.sentence_of(pronoun);
    let first = s.sentences[here.saturating_sub(1)].tokens.start;
    let is_text = |i: &usize| s.kind(*i) == Kind::Lower && s.class(*i).any(Class::MESSAGE);
    let noun = (first..pronoun).rev().find(is_text)?;
    let article = |i: &usize| s.class(*i).any(Class::DETERMINER.with(Class::POSSESSIVE));
    let start = (first..noun).rev().take(MOST_MODIFIERS).find(article)?;
    let stop = |i: &usize| matches!(s.kind(*i), Kind::Stop | Kind::Comma);
    let end = (noun..pronoun).find(stop).unwrap_or(pronoun);
    Some(Range::new(start, end))
}

/// Returns the subject of the relative clause that describes a text: `a message that [Lim] sent to his brother`.
fn writer(s: &Skeleton<'_>, text: Range) -> Option<Range> {
    let relative = Class::THAT.with(Class::RELATIVE);
    let joint = text.indices().skip(1).find(|&i| s.class(i).any(relative))?;
    let subject = noun_phrase::first(s, joint + 1, text.end)?;
    speakable::lawful(s, subject).map(|(range, _)| range)
}

/// Returns the referent of `they` or `it`: a group that speaks in this sentence or the preceding one, otherwise the
/// nearest subject that is a group or a thing, otherwise the last group among the three preceding sources.
fn group_of(
    s: &Skeleton<'_>,
    known: &[(Range, Referent, Confidence)],
    source: Range,
) -> (Referent, Confidence) {
    let several = s.class(source.start).any(Class::PLURAL);
    let last = known.iter().rev().take(3).find(|(range, referent, _)| {
        let agrees = match *referent {
            Referent::Phrase(range) if several => is_several(s, range),
            Referent::Phrase(range) => !is_of_people(s, range),
            Referent::Joint(_) => several,
            Referent::Person(_) | Referent::Nobody => false,
        };
        agrees && range.start < source.start
    });
    let here = s.sentence_of(source.start);
    let near = last.filter(|(range, ..)| s.sentence_of(range.start) + 1 >= here);
    let group = || group_before(s, source.start).map(Referent::Phrase);
    let listed = here > 0 && several && begins_with_list(s, s.sentences[here - 1].tokens);
    let far = || last.filter(|_| !listed).map(|(_, r, _)| *r);
    let referent = near.map(|(_, r, _)| *r).or_else(group).or_else(far);
    referent.map_or((Referent::Nobody, Confidence::Low), |r| (r, Confidence::Medium))
}

/// Returns how certain it is to whom the names in a list refer: high if each surname can refer to only one person,
/// otherwise medium.
fn joint_grade(people: &People, article: usize, s: &Skeleton<'_>, joint: Range) -> Confidence {
    let mut found = mention::surnames(s, joint).into_iter().map(|name| {
        let text = s.span(name).slice(s.text);
        people
            .find(article, text, Gender::Unknown, &[])
            .map_or_else(|| !people.is_shared(text), |(_, sure)| sure)
    });
    if found.all(|sure| sure) { Confidence::High } else { Confidence::Medium }
}

/// Returns the person whose declined name is the object of a phrase such as `по словам`.
fn declined(
    people: &People,
    article: usize,
    s: &Skeleton<'_>,
    found: Option<&Attribution>,
) -> Option<PersonIx> {
    let found = found.filter(|found| found.rule.name == rules::ACCORDING.name)?;
    let Mention::Named(named) = mention::parse(s, found.source) else { return None };
    let text = s.span(named.name).slice(s.text);
    people.find_declined(article, text).filter(|_| s.lexicon.lacks_articles())
}

/// Returns whether the last capitalized word of a phrase occurs in a quotation.
fn has_name_of(s: &Skeleton<'_>, phrase: Range, inner: &str) -> bool {
    let name = phrase.indices().rev().find(|&i| s.tokens[i].is_name_like()).map(|i| s.word(i));
    name.is_some_and(|name| inner.split(|c: char| !c.is_alphanumeric()).any(|word| word == name))
}

/// Resolves a source phrase with a name.
fn resolve_name(
    people: &People,
    article: usize,
    s: &Skeleton<'_>,
    source: Range,
    named: &mention::Named,
) -> (Referent, Confidence) {
    let text = s.span(named.name).slice(s.text);
    let role = named.role.filter(|role| role.end <= named.name.start);
    let functions = role.map(|role| people::functions(s, role)).unwrap_or_default();
    if distinguishes(s, source, named.name) {
        return (Referent::Phrase(source), Confidence::Medium);
    }
    if let Some((person, sure)) = people.find(article, text, named.gender, &functions) {
        let confidence = if sure { Confidence::High } else { Confidence::Medium };
        return (Referent::Person(person), confidence);
    }
    // `по мнению [морского биолога] Ирины Саловой`: the noun and the given name are declined, so the list of given
    // names does not contain it.
    let declined = s.lexicon.lacks_articles()
        && named.name.end == source.end
        && named.name.end >= named.name.start + 2
        && (source.start..named.name.start).all(|i| s.kind(i) == Kind::Lower);
    let phrase = if named.person || declined { named.name } else { source };
    let confidence = if people.is_shared(text) { Confidence::Medium } else { Confidence::High };
    (Referent::Phrase(phrase), confidence)
}

/// Returns whether a description distinguishes a person from others with the same surname: `the elder Holt`, `the other
/// Holt`.
fn distinguishes(s: &Skeleton<'_>, source: Range, name: Range) -> bool {
    let alone = name.end == name.start + 1;
    let ends = name.end >= source.end || !s.tokens[name.end].is_word();
    let described = alone && ends && name.start >= source.start + 2;
    let before = name.start.wrapping_sub(1);
    described
        && s.class(source.start).any(Class::DETERMINER)
        && !s.class(source.start).any(Class::INDEFINITE)
        && (source.start + 1..name.start).all(|i| s.kind(i) == Kind::Lower)
        && !s.class(before).any(Class::SOURCE_NOUN.with(Class::HONORIFIC).with(Class::LINK))
        && !s.lexicon.capitalizes_nouns()
}

/// Returns the sender of a message that is the source: `Lim` for `Lim's statement`, `the ministry` for `the letter from
/// the ministry`; for `the statement`, the subject of a recent sentence that mentions a statement.
pub(in crate::quotes) fn sender(s: &Skeleton<'_>, source: Range) -> Option<Range> {
    let links = Class::PREPOSITION.with(Class::BY).with(Class::RELATIVE).with(Class::PARTICIPLE);
    let ends = |&i: &usize| s.class(i).any(links) || !s.tokens[i].is_word();
    let end = source.indices().skip(1).find(ends).unwrap_or(source.end);
    let head = end.checked_sub(1).filter(|&i| i >= source.start)?;
    // `Lim's actual comments on the bridge`
    let class = s.class(head);
    let words = class.all(Class::NOUN.with(Class::CLAUSE)) && !class.any(Class::DOCUMENT);
    let message = class.any(Class::MESSAGE) || words;
    if !message || s.kind(head) != Kind::Lower {
        return None;
    }
    let possessor = (source.start..head).rev().find(|&i| s.class(i).any(Class::POSSESSIVE));
    if let Some(possessor) = possessor {
        return Some(Range::new(source.start, possessor + 1));
    }
    let by = (end..source.end).find(|&i| s.class(i).any(Class::BY) || s.word(i) == "from");
    if let Some(by) = by {
        let sender = noun_phrase::right(s, by + 1, source.end)?;
        return speakable::lawful(s, sender).map(|(range, _)| range);
    }
    let definite = s.class(source.start).any(Class::DETERMINER)
        && !s.class(source.start).any(Class::INDEFINITE);
    if !definite || source.end != head + 1 {
        return None;
    }
    let here = s.sentence_of(source.start);
    (here.saturating_sub(MESSAGE_REACH)..here).rev().find_map(|sentence| {
        let tokens = s.sentences[sentence].tokens;
        let sent = tokens.indices().find(|&i| s.word(i).eq_ignore_ascii_case(s.word(head)))?;
        let subject = noun_phrase::first(s, tokens.start, sent).filter(|sub| sub.end < sent);
        // `In a statement on Monday, the ministry said …`
        let says = || reporting_clause::all(s, Range::new(sent + 1, tokens.end)).next()?.phrase();
        let subject = subject.or_else(says).filter(|sub| sub.end <= sent || sub.start > sent)?;
        speakable::lawful(s, subject).map(|(range, _)| range)
    })
}

/// Returns whether `they` can refer to a phrase: to people or a body, but not to a country or a single document. Always
/// `true` in languages without the habit `finite verbs`.
fn is_several(s: &Skeleton<'_>, range: Range) -> bool {
    let several = Class::PEOPLE.with(Class::PLURAL).with(Class::ORGANISATION);
    let plural = |i: usize| {
        s.kind(i) == Kind::Lower
            && s.word(i).ends_with('s')
            && !s.class(i).any(Class::DETERMINER.with(Class::POSSESSIVE))
    };
    // `a report in the Lorvik Times` is one document.
    let head = speakable::head(s, range);
    !s.lexicon.lists_verbs() || head.indices().any(|i| s.class(i).any(several) || plural(i))
}

/// Returns whether a phrase denotes several people, to whom `it` cannot refer: `Mr. Lim and other pilots`, `two
/// teachers`, unlike `the police`.
fn is_of_people(s: &Skeleton<'_>, range: Range) -> bool {
    let head = speakable::head(s, range);
    let last = s.class(head.end - 1);
    let joint = head.indices().any(|i| s.class(i).any(Class::COORDINATOR));
    let people = last.all(Class::PEOPLE.with(Class::PLURAL)) && !last.any(Class::ORGANISATION);
    people && (joint || s.word(head.end - 1).ends_with('s')) && s.lexicon.lists_verbs()
}

/// Returns the nearest subject before a pronoun, within its sentence and the two preceding ones, that is a group of
/// people (for `they`) or an organization or a document (for `it`).
fn group_before(s: &Skeleton<'_>, pronoun: usize) -> Option<Range> {
    let fits = if s.class(pronoun).any(Class::PLURAL) {
        Class::PEOPLE.with(Class::PLURAL)
    } else {
        Class::ORGANISATION.with(Class::DOCUMENT)
    };
    let here = s.sentence_of(pronoun);
    for back in 0..=2.min(here) {
        let tokens = s.sentences[here - back].tokens;
        let end = tokens.end.min(pronoun);
        let subject = noun_phrase::first(s, tokens.start, end);
        let Some(subject) = subject.filter(|sub| !noun_phrase::is_pronoun(s, sub.start)) else {
            continue;
        };
        if s.class(pronoun).any(Class::PLURAL) && mention::is_joint(s, subject) {
            return Some(subject);
        }
        if s.class(pronoun).any(Class::PLURAL) && back > 0 && begins_with_list(s, tokens) {
            return None;
        }
        let preposition = subject.indices().find(|&i| s.class(i).any(Class::PREPOSITION));
        let head = subject.start..preposition.unwrap_or(subject.end);
        if head.clone().any(|i| s.class(i).any(fits) && s.kind(i) == Kind::Lower) {
            return speakable::lawful(s, subject).map(|(subject, _)| subject);
        }
    }
    None
}

/// Returns whether several names, joined by a conjunction, precede the verb of a sentence, so that they are its subject
/// even if their descriptions conceal that: `Berg, the chair, and Treasurer Karl Holt issued …`.
fn begins_with_list(s: &Skeleton<'_>, tokens: Range) -> bool {
    let verbal = |&i: &usize| {
        let verb = Class::FINITE.with(Class::AUXILIARY).with(Class::COMMON_VERB);
        s.kind(i) == Kind::Lower && (s.class(i).any(verb) || s.lexicon.ends_like_past(s.word(i)))
    };
    let Some(verb) = tokens.indices().find(verbal) else { return false };
    let named = |i: usize| s.tokens[i].is_name_like();
    let joint = (tokens.start + 1..verb).rev().find(|&i| s.class(i).any(Class::COORDINATOR));
    joint.is_some_and(|i| (tokens.start + 1..i).any(named) && named(i + 1))
}

fn speaker(
    people: &People,
    article: usize,
    s: &Skeleton<'_>,
    referent: Referent,
) -> Option<Speaker> {
    match referent {
        Referent::Person(person) => Some(people.speaker(person)),
        Referent::Joint(joint) => {
            let name = folded_spaces(&full_names(people, article, s, joint));
            Some(Speaker { name, role: None })
        }
        Referent::Phrase(range) => {
            let range = without_article(s, without_description(s, range));
            // A single name, such as the label `PRINGOVA:`, is shown as the full name to which it certainly belongs, if
            // there is one.
            let label = s.span(range).slice(s.text);
            if range.end == range.start + 1
                && s.tokens[range.start].is_name_like()
                && (s.lexicon.lists_verbs() || !label.chars().any(char::is_lowercase))
                && let Some(name) = people.full_name(article, label)
            {
                return Some(Speaker { name, role: None });
            }
            let name = without_possessive(s.span(range).slice(s.text));
            let name = folded_spaces(without_genitive(s, range, name));
            (!name.is_empty()).then_some(Speaker { name, role: None })
        }
        Referent::Nobody => None,
    }
}

/// Returns a proper name without its article, in languages whose names have one: `[a] TransLusa`, `[die] Allgrund Milch
/// AG`. In a language that capitalizes every noun, a phrase counts as a proper name only if a word in it has at least two
/// capital letters.
fn without_article(s: &Skeleton<'_>, range: Range) -> Range {
    let article = s.kind(range.start) == Kind::Lower
        && s.class(range.start).any(Class::DETERMINER.with(Class::ELISION))
        && !s.class(range.start).any(Class::INDEFINITE);
    let name = Range::new(range.start + 1, range.end);
    let capitals = |i: usize| s.word(i).chars().filter(|c| c.is_uppercase()).count() > 1;
    let proper = !name.is_empty()
        && name.indices().all(|i| s.tokens[i].is_name_like())
        && (!s.lexicon.capitalizes_nouns() || name.indices().any(capitals));
    if article && proper && s.lexicon.inverts_auxiliaries() { name } else { range }
}

/// Returns the phrase that names several people, with full names in place of surnames if all of them are known.
fn full_names(people: &People, article: usize, s: &Skeleton<'_>, joint: Range) -> String {
    let span = s.span(joint);
    let mut text = String::new();
    let mut at = span.start();
    for surname in mention::surnames(s, joint) {
        let written = s.span(surname);
        let Some(name) = people.full_name(article, written.slice(s.text)) else {
            return span.slice(s.text).to_owned();
        };
        text.push_str(slice(s.text, at, written.start()));
        text.push_str(&name);
        at = written.end();
    }
    text.push_str(slice(s.text, at, span.end()));
    text
}

/// Returns a noun without the genitive ending that its article requires: `Minister` for `nach Angaben des Ministers`.
fn without_genitive<'n>(s: &Skeleton<'_>, range: Range, name: &'n str) -> &'n str {
    let article = range.start.checked_sub(1).is_some_and(|i| {
        s.class(i).all(Class::OBLIQUE.with(Class::CASE)) && s.lexicon.capitalizes_nouns()
    });
    let known = |stem: &&str| {
        let folded = stem.to_lowercase();
        let class = s.lexicon.class(&folded).with(s.lexicon.class_by_ending(&folded));
        class.any(Class::SOURCE_NOUN)
    };
    let stems = ["s", "es"].into_iter().filter_map(|ending| name.strip_suffix(ending));
    stems.filter(|_| article && range.end == range.start + 1).find(known).unwrap_or(name)
}

/// Returns a name without the possessive ending.
pub(in crate::quotes) fn without_possessive(name: &str) -> &str {
    name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name)
}

/// Removes a description that does not identify the speaker: `The report, which was leaked,` is shown as `The report`,
/// and `the pilot, shaken by the landing,` as `the pilot`. A relative clause without a comma is kept, because it
/// identifies the speaker.
fn without_description(s: &Skeleton<'_>, range: Range) -> Range {
    let comma = range.indices().skip(1).find(|&i| s.kind(i) == Kind::Comma);
    let Some(comma) = comma.filter(|&i| s.kind(i + 1) == Kind::Lower) else { return range };
    let head = Range::new(range.start, comma);
    let is = |class: Class| head.indices().any(|i| s.class(i).any(class));
    let person = is(Class::ROLE.with(Class::PEOPLE));
    let apposed =
        s.class(comma + 1).any(Class::INDEFINITE) && s.class(comma + 1).any(Class::DETERMINER);
    let common = s.kind(comma - 1) == Kind::Lower || s.lexicon.capitalizes_nouns();
    let cut = if apposed && common || s.class(comma + 1).any(Class::RELATIVE) {
        true
    } else {
        person || is(Class::SOURCE_NOUN)
    };
    if cut { head } else { range }
}

/// Returns a speaker as shown in a briefing. A role without the complement that it needs is omitted, and so is mere
/// membership of a party: `Ana Lim, rival`, `Karl Holt, Republican`.
pub(in crate::quotes) fn shown(speaker: Speaker, language: Language) -> Speaker {
    let lexicon = Lexicon::for_language(language);
    let bare = |role: &String| {
        let mut words = role.split(' ').map(|word| lexicon.class(&word.to_lowercase()));
        let mut nouns = words.by_ref().filter(|class| !class.any(Class::MODIFIER));
        let first = nouns.next().unwrap_or_default();
        first.any(Class::RELATIONAL.with(Class::PARTY)) && nouns.next().is_none()
    };
    let role = speaker.role.filter(|role| !bare(role));
    Speaker { role, ..speaker }
}

/// Returns the text with every run of white space replaced by one space.
pub(in crate::quotes) fn folded_spaces(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
