//! Nouns that describe a person beside the person's name, recognized by their position rather than by a list.
//!
//! * Before a full name: `ship's cook Ruth Amari`, `la directora de coro Luisa Amiel`, `Bootsverleiher Enno Harms`. The
//!   noun has an article, or the language allows it without one (the habit `bare roles`). Without an article, the
//!   phrase may follow a verb, so only listed modifiers and roles and words formed like adjectives (in English, words
//!   that do not look like verbs) can precede the noun, unless a cue marks the start of the phrase.
//! * Before a comma and a full name: `Halvorsen's lawyer, Dana Pike,`.
//! * After a name and a comma, without an article but with a complement: `cheffe de service à l'hôpital`.
//!
//! Known limit: outside English, a thing with a name of two words after its noun (`die Fähre Karl Holt`) is mistaken
//! for a person unless the noun is listed in another class.

use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};

/// The maximum number of words in a role that is recognized by its position alone.
const MOST_WORDS: usize = 6;
/// The maximum number of words in the complement between a noun for a person and the name.
const MOST_COMPLEMENT: usize = 2;
/// The minimum number of letters in a noun for a person that begins a sentence.
const SHORTEST_NOUN: usize = 4;
/// The maximum number of words between a verb and its subject.
const MOST_BETWEEN: usize = 16;

/// Returns the noun phrase directly before a full name, without its article, if it can describe the person; its noun
/// need not be listed.
pub(super) fn before_name(s: &Skeleton<'_>, lo: usize, name: Range) -> Option<Range> {
    let head = name.start.checked_sub(1).filter(|&i| i >= lo)?;
    if name.end < name.start + 2 || !heads_role(s, head) {
        return None;
    }
    let start = phrase_start(s, lo, name.start, Modifiers::Any);
    let article = start > lo && is_article(s, start - 1);
    if !is_of_person(s, Range::new(start, name.start), name, article) {
        return None;
    }
    if article {
        return Some(Range::new(start, name.start));
    }
    if !s.lexicon.has_bare_roles() {
        return None;
    }
    let end =
        if s.lexicon.lacks_articles() { person_before(s, lo, name.start)? + 1 } else { name.start };
    // `Volgens [marien bioloog] Irene Sal`: if only the noun phrase is between the cue and the name, any word can
    // modify the noun.
    let cue = Class::FINITE.with(Class::ACCORDING);
    let whole = lo > 0 && start == lo && s.class(lo - 1).any(cue) && !s.lexicon.lacks_articles();
    let modifiers = if whole { Modifiers::Any } else { Modifiers::Adjectives };
    let start = phrase_start(s, lo, end, modifiers);
    (start < end).then_some(Range::new(start, name.start))
}

/// Returns whether a noun phrase describes the person named after it. This is checked only in English, in which other
/// words may precede a name too: `a [confident] Karl Holt`, `Vox's [own] Karl Holt`, `the latest [Odlin Reports] poll`.
fn is_of_person(s: &Skeleton<'_>, role: Range, name: Range, article: bool) -> bool {
    if !s.lexicon.lists_verbs() {
        return true;
    }
    let head = name.start - 1;
    let owned =
        role.indices().any(|i| s.class(i).any(Class::POSSESSIVE) && s.tokens[i].is_name_like());
    let several = Class::PLURAL.with(Class::PEOPLE).with(Class::ORGANISATION).with(Class::DOCUMENT);
    let thing = s.class(name.end - 1).any(several);
    let noun = is_person_noun(s, head);
    // `said jockey Fern Tully`: a verb of saying precedes a person.
    let after_verb = role.start > 0 && s.class(role.start - 1).any(Class::FINITE);
    let person = after_verb || s.class(name.start).any(Class::GIVEN);
    let shown = noun || !article && !owned && person;
    shown && !thing && !is_plural(s, head)
}

/// Returns whether an English noun has a plural ending: `-s`, but not `-ss`.
fn is_plural(s: &Skeleton<'_>, at: usize) -> bool {
    let word = s.word(at);
    s.lexicon.lists_verbs() && word.ends_with('s') && !word.ends_with("ss")
}

/// Returns the noun for a person before a name, with at most a short complement in the genitive between them:
/// `смотритель [плотины] Наум Бархатов`.
fn person_before(s: &Skeleton<'_>, lo: usize, name: usize) -> Option<usize> {
    let former = |i: usize| i > lo && s.class(i - 1).any(Class::MODIFIER);
    (lo..name)
        .rev()
        .take(MOST_COMPLEMENT + 1)
        .take_while(|&i| is_nominal(s, i))
        .find(|&i| is_person_noun(s, i) || former(i))
}

/// Returns the noun phrase that ends a segment, if it has an article or an owner and describes the person whose full
/// name follows after a comma: `By the evening the [fire minister], Greg Sallow,`, `[Halvorsen's lawyer], Dana Pike,`.
pub(super) fn before_comma(s: &Skeleton<'_>, segment: Range, name: Range) -> Option<Range> {
    let head = segment.end.checked_sub(1).filter(|&i| i >= segment.start)?;
    let full = name.end >= name.start + 2;
    let noun = is_person_noun(s, head);
    let person = noun || s.class(name.start).any(Class::GIVEN) && !s.lexicon.lists_verbs();
    let person = person && !is_plural(s, head);
    let closed = !s.tokens.get(name.end).is_some_and(Token::is_word);
    if !full || !person || !closed || !heads_role(s, head) {
        return None;
    }
    let start = phrase_start(s, segment.start, segment.end, Modifiers::Any);
    let article = start > segment.start && is_article(s, start - 1);
    let owned = (start..head).any(|i| s.class(i).any(Class::POSSESSIVE));
    let governed = start > segment.start && s.class(start - 1).any(Class::PREPOSITION);
    (start < segment.end && (article || owned && !governed))
        .then_some(Range::new(start, segment.end))
}

/// Returns `segment` if it is an apposition without an article: a noun with a complement (`cheffe de service à
/// l'hôpital`) or, outside English, a noun for a person alone (`fleuriste`).
pub(super) fn bare_apposition(s: &Skeleton<'_>, segment: Range) -> Option<Range> {
    if s.lexicon.lacks_articles() {
        let nominal = segment.indices().all(|i| s.kind(i) == Kind::Lower && is_nominal(s, i));
        let person = person_before(s, segment.start, segment.end).is_some();
        return (nominal && person && segment.end - segment.start <= MOST_WORDS).then_some(segment);
    }
    // `soupire Odile Garrec, fleuriste.`
    let alone = segment.end == segment.start + 1 && s.kind(segment.start) == Kind::Lower;
    let ends = s.tokens.get(segment.end).is_none_or(|t| !t.is_word());
    if alone && ends && !s.lexicon.lists_verbs() && is_nominal(s, segment.start) {
        return is_person_noun(s, segment.start).then_some(segment);
    }
    let links = Class::GENITIVE.with(Class::CASE);
    let complement = segment.indices().skip(1).take(3).find(|&i| s.class(i).any(links))?;
    let noun = complement - 1;
    let clause = Class::RELATIVE
        .with(Class::AUXILIARY)
        .with(Class::FINITE)
        .with(Class::PRONOUN)
        .with(Class::THAT)
        .with(Class::CONTRACTED);
    // After a genitive, `het` is an article rather than a pronoun.
    let article = |i: usize| s.class(i).any(Class::DETERMINER) && s.class(i - 1).any(links);
    let in_clause = |i: usize| s.class(i).any(clause) && !article(i);
    let plain = segment
        .indices()
        .all(|i| (s.tokens[i].is_word() || s.word(i).ends_with('.')) && !in_clause(i));
    let text = s.span(segment).slice(s.text);
    // `author of “On the Bridge, …”`: a comma in the title ends the segment.
    let balanced = !text.contains(['"', '“', '„', '«']) || text.ends_with(['"', '”', '“', '»']);
    let plain = plain && balanced;
    let nominal = (segment.start..complement).all(|i| is_nominal(s, i));
    let words = segment.end - segment.start;
    let english = s.lexicon.lists_verbs();
    let heads = heads_role(s, noun)
        && !ends_like_participle(s, noun)
        && (!english || is_person_noun(s, noun) && !is_plural(s, noun));
    (plain && nominal && heads && (3..=12).contains(&words) && complement + 1 < segment.end)
        .then_some(segment)
}

/// Returns whether a word that is not a listed role ends like a past participle in one of the Romance languages.
fn ends_like_participle(s: &Skeleton<'_>, at: usize) -> bool {
    const ENDS: &[&str] = &["é", "ée", "i", "ado", "ada", "ido", "ida", "ato", "ata", "uto"];
    let word = s.word(at);
    let mut last = word.chars().rev();
    // `venu` is a participle; `bedeau`, with a vowel before the `u`, is not.
    let in_u = last.next() == Some('u') && !last.next().is_some_and(|c| "aeiou".contains(c));
    !s.class(at).any(Class::ROLE)
        && s.kind(at) == Kind::Lower
        && (in_u || ENDS.iter().any(|end| word.ends_with(end)))
}

/// Returns the start of a subject that follows its verb after other phrases, identified by a noun and a full name that
/// no preposition governs: `ha comunicato alla giunta e ai giornalisti in aula [la geologa Rita Maffei]`.
pub(super) fn delayed_subject(s: &Skeleton<'_>, start: usize, hi: usize) -> Option<usize> {
    let most = hi.min(start + MOST_BETWEEN);
    let stop = (start..most).find(|&i| !s.tokens[i].is_word()).unwrap_or(most);
    let full = |i: &usize| {
        let name_like = |i: usize| i < hi && s.tokens[i].is_name_like();
        name_like(*i)
            && name_like(*i + 1)
            && !s.class(*i).any(Class::HONORIFIC.with(Class::POSSESSIVE))
    };
    let name = (start + 1..stop).filter(full).find(|&i| !is_nominal(s, i))?;
    let role =
        before_name(s, start, Range::new(name, name + 2)).filter(|role| role.start > start)?;
    let article = is_article(s, role.start - 1) && role.start > start + 1;
    let first = role.start - usize::from(article);
    let joins = Class::PREPOSITION.with(Class::COORDINATOR).with(Class::DETERMINER).with(Class::TO);
    let open = s.class(first - 1).any(joins)
        || s.class(first).any(Class::OBLIQUE.with(Class::PREPOSITION));
    let evident = s.class(name).any(Class::GIVEN) || is_person_noun(s, name - 1);
    (!open && evident).then_some(first)
}

/// Returns a subject that follows its verb after adverbials, possibly between commas: a noun with an article that no
/// preposition governs, and the full name after its comma: `denunció ayer ante la fiscalía [el portavoz, Ginés Prado]`.
pub(super) fn late_subject(s: &Skeleton<'_>, start: usize, hi: usize) -> Option<Range> {
    let most = hi.min(start + MOST_BETWEEN);
    let name = |i: usize| i < hi && s.tokens[i].is_name_like();
    let commas = (start..most).filter(|&i| s.kind(i) == Kind::Comma && name(i + 1) && name(i + 2));
    let inverts = s.lexicon.inverts_auxiliaries();
    commas.filter(|_| inverts).find_map(|comma| {
        let parted = (start..comma).rev().find(|&i| !s.tokens[i].is_word());
        let from = parted.map_or(start, |i| i + 1);
        let governs =
            Class::PREPOSITION.with(Class::TO).with(Class::COORDINATOR).with(Class::DETERMINER);
        // `de la jefa [de la oficina]`, `die Leiterin [der Feuerwehr]`: a complement.
        let governed =
            |i: usize| i > from && (s.class(i - 1).any(governs) || is_person_noun(s, i - 1));
        let article = (from..comma).rev().find(|&i| is_article(s, i) && !governed(i))?;
        let end = (comma + 1..hi).take_while(|&i| s.tokens[i].is_name_like()).last()? + 1;
        let noun = s.tokens[article + 1].is_word() && !s.class(article + 1).any(Class::CALENDAR);
        let closed = end >= hi || !s.tokens[end].is_word();
        let person = s.class(comma + 1).any(Class::GIVEN)
            || (article + 1..comma).any(|i| is_person_noun(s, i));
        (article + 1 < comma && noun && closed && person).then_some(Range::new(article, end))
    })
}

/// Returns whether a noun is listed as a noun for a person or derived like one: `Bootsverleiher`, `пасечник`.
pub(super) fn is_person_noun(s: &Skeleton<'_>, at: usize) -> bool {
    s.class(at).any(Class::ROLE.with(Class::RANK)) || s.lexicon.ends_like_person(s.word(at))
}

/// Returns whether a word is a determiner that can be in the nominative.
fn is_article(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    class.any(Class::DETERMINER.with(Class::ELISION)) && !class.any(Class::OBLIQUE)
}

/// Returns whether a word can be the noun of a role: a listed role, or a noun that is not known to denote a thing or
/// several people and does not look like a verb.
fn heads_role(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    if class.any(Class::ROLE.with(Class::RANK)) {
        return true;
    }
    let other = Class::DOCUMENT
        .with(Class::ORGANISATION)
        .with(Class::PEOPLE)
        .with(Class::PRESS)
        .with(Class::WORK)
        .with(Class::POSSESSIVE)
        .with(Class::PLACE)
        .with(Class::MODIFIER)
        .with(Class::COMMON_VERB);
    let lower = s.kind(at) == Kind::Lower;
    let word = s.word(at);
    let verbal = lower && (s.lexicon.ends_like_past(word) || s.lexicon.ends_like_gerund(word));
    let cased = !lower || !s.lexicon.capitalizes_nouns();
    is_nominal(s, at) && cased && !class.any(other) && !verbal
}

/// Returns whether a word can belong to a role as a noun or an adjective: it has none of the classes that exclude this.
fn is_nominal(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    let nominal = Class::NOUN
        .with(Class::SOURCE_NOUN)
        .with(Class::MODIFIER)
        .with(Class::PARTY)
        .with(Class::MALE)
        .with(Class::FEMALE)
        .with(Class::PLURAL)
        .with(Class::REDUCED);
    let cased = match s.kind(at) {
        Kind::Lower => true,
        Kind::Capital => {
            let name = class.any(Class::GIVEN.with(Class::HONORIFIC)) || s.word(at).ends_with('.');
            s.lexicon.capitalizes_nouns() && !name || begins_sentence(s, at)
        }
        _ => false,
    };
    cased && class.without(nominal).is_unknown()
}

/// Returns whether a word is capitalized only because it begins a sentence. The text must not capitalize it within a
/// sentence. In a language in which a verb would have to follow if the word did not belong to the name, any noun
/// counts; in other languages, the word must be derived like a noun for a person: `Schapenhouder Teun Brakel schudt
/// zijn hoofd`, `Пасечник Вера Линдова`.
fn begins_sentence(s: &Skeleton<'_>, at: usize) -> bool {
    let opens = at == 0 || !s.tokens[at - 1].is_word();
    let second = s.lexicon.has_bare_roles()
        && s.lexicon.inverts_auxiliaries()
        && !s.lexicon.lacks_articles();
    opens
        && s.class(at).is_unknown()
        && !s.class(at).any(Class::GIVEN)
        && (second || is_person_noun(s, at))
        && s.word(at).chars().count() >= SHORTEST_NOUN
        && s.word(at).chars().any(char::is_lowercase)
        && !s.is_name_within(at)
}

/// The words that may precede the noun of a role. In English, both variants admit the nouns and adjectives that are
/// probably not verbs ([`is_verbal`]); the variants differ only in other languages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Modifiers {
    /// Any noun or adjective, because an article or a cue marks the start of the phrase.
    Any,
    /// Words that are unlikely to be verbs: listed modifiers and roles, and words with an adjective ending.
    Adjectives,
}

/// Returns the start of the noun phrase that ends before `end`, with its modifiers and any complement between nouns:
/// `directora de coro`, `Norvale harbor pilot`, `Holt's lawyer`.
fn phrase_start(s: &Skeleton<'_>, lo: usize, end: usize, modifiers: Modifiers) -> usize {
    let press = Class::PRESS.with(Class::DOCUMENT);
    let mut start = end;
    while let Some(i) = start.checked_sub(1).filter(|&i| i >= lo && end - start < MOST_WORDS) {
        let class = s.class(i);
        let inner = start < end;
        let links = class.any(Class::GENITIVE)
            && inner
            && i > lo
            && modifiers == Modifiers::Any
            && !s.lexicon.lists_verbs();
        if inner && modifies_by_name(s, i)
            || is_nominal(s, i) && !class.any(press) && (!inner || may_modify(s, i, modifiers))
        {
            start = i;
        } else if links && is_nominal(s, i - 1) && s.kind(i - 1) == Kind::Lower {
            start = i - 1;
        } else {
            break;
        }
    }
    start
}

/// Returns whether a name modifies the noun after it: `Norvale harbor pilot`, `Mrs Ellery's gardener`.
fn modifies_by_name(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    let owner = class.any(Class::HONORIFIC) || s.tokens[at].is_name_like();
    let owns = owner && (at + 1..at + 3).any(|i| s.class(i).any(Class::POSSESSIVE));
    let person = class.any(Class::GIVEN.with(Class::CALENDAR).with(Class::HONORIFIC));
    owns || class.any(Class::POSSESSIVE) && owner
        || s.tokens[at].is_name_like()
            && !person
            && s.lexicon.lists_verbs()
            && (s.kind(at + 1) == Kind::Lower || s.tokens[at + 1].is_name_like())
}

/// Returns whether an English word before the noun of a role is probably a verb: it is listed as one, or it looks like
/// one and a noun, a comma, an auxiliary or `to` precedes it: `aides [disparaged] actress Ana Lim`, `could [topple]
/// challenger Karl Holt`.
fn is_verbal(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    let Some(before) = at.checked_sub(1) else { return false };
    let opens = Class::DETERMINER.with(Class::FINITE).with(Class::POSSESSIVE);
    let after_noun = s.tokens[before].is_word() && !s.class(before).any(opens);
    let word = s.word(at);
    let past = s.lexicon.ends_like_past(word) || s.lexicon.ends_like_gerund(word);
    let present = word.ends_with('s') && s.kind(at) == Kind::Lower;
    let belongs = class.any(Class::MODIFIER.with(Class::POSSESSIVE));
    let form = past && (after_noun || s.kind(before) == Kind::Comma) || present && after_noun;
    let base = s.class(before).any(Class::AUXILIARY.with(Class::TO)) && s.kind(at) == Kind::Lower;
    class.any(Class::COMMON_VERB)
        || class.all(Class::NOUN.with(Class::CLAUSE))
        || !belongs && (form || base)
}

/// Returns whether a noun or adjective may precede the noun of a role.
fn may_modify(s: &Skeleton<'_>, at: usize, modifiers: Modifiers) -> bool {
    let class = s.class(at);
    if s.lexicon.lists_verbs() {
        return !is_verbal(s, at);
    }
    match modifiers {
        Modifiers::Any => true,
        Modifiers::Adjectives => {
            class.any(Class::MODIFIER.with(Class::ROLE))
                || s.lexicon.ends_like_adjective(s.word(at))
        }
    }
}

/// Returns the start of a listed role with the nouns before it, if they begin a clause, begin with a listed modifier,
/// or follow a determiner or a verb of saying: `[committee] chair Anna Holt`, `[Police] inspector Lorna Teague`.
pub(super) fn with_modifiers(s: &Skeleton<'_>, lo: usize, start: usize) -> usize {
    if s.kind(start) != Kind::Lower || start <= lo || s.lexicon.lacks_articles() {
        return start;
    }
    let is_body = |i: usize| s.class(i).any(Class::ORGANISATION) && !s.class(i).any(Class::VERB);
    let noun = |i: usize| {
        let plain = is_nominal(s, i) && may_modify(s, i, Modifiers::Adjectives);
        is_body(i) || plain || s.kind(i) == Kind::Capital && modifies_by_name(s, i)
    };
    let from = (lo..start).rev().take(MOST_WORDS).take_while(|&i| noun(i)).last().unwrap_or(start);
    let opens = Class::DETERMINER.with(Class::ELISION).with(Class::FINITE);
    let begins = from == lo
        || !s.tokens[from - 1].is_word()
        || s.class(from - 1).any(opens)
        || s.class(from).any(Class::MODIFIER);
    let verbal =
        s.kind(from) == Kind::Lower && s.word(from).ends_with('s') && s.lexicon.lists_verbs();
    if begins && !(verbal && from == lo) { from } else { start }
}

/// Returns whether the head of a description denotes one person; outside English, this is assumed.
pub(super) fn is_of_one_person(s: &Skeleton<'_>, description: Range) -> bool {
    let links = Class::PREPOSITION.with(Class::TO).with(Class::RELATIVE);
    let ends = |&i: &usize| s.class(i).any(links) || !s.tokens[i].is_word();
    let end = description.indices().skip(1).find(ends).unwrap_or(description.end);
    let noun = (description.start..end).rev().find(|&i| is_person_noun(s, i));
    !s.lexicon.lists_verbs() || noun.is_some_and(|i| !is_plural(s, i))
}
