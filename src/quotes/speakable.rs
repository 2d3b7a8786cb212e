//! Decides which phrases can name a speaker.
//!
//! A phrase that names a speaker has a head that denotes a person, a group, an organization or a document. The head is
//! the last noun before the first complement, comma or relative clause. A phrase is rejected if it contains an unpaired
//! bracket, begins with a preposition or a generic pronoun (`anyone`), is a bare determiner, lacks the article that its
//! noun requires, contains a verb in its head, or has no such head. It is also rejected if the head denotes a thing
//! with writing on it (`a hand-painted sign`), because nobody knows who wrote it.
//!
//! Every source passes through [`lawful`]; if it is rejected, the rule counts as not matching and the next rule is
//! tried.
//!
//! Known limit: a noun that the lexicon does not know is accepted after an article, as [`Strength::Weak`].

use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};
use crate::quotes::noun_phrase;

/// How clearly a phrase names a speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// Its head is a pronoun, a name, or a known noun for a person, group, organization or document.
    Strong,
    /// Its head is a noun of unknown meaning, or a word that is not certainly a speaker: `several`, `US`.
    Weak,
}

/// Returns the part of a phrase that names a speaker, with its strength, or `None` if there is no such part.
pub(super) fn lawful(s: &Skeleton<'_>, phrase: Range) -> Option<(Range, Strength)> {
    let range = trimmed(s, phrase);
    if range.is_empty() || !is_balanced(s, range) {
        return None;
    }
    let head = head(s, range);
    let generic = s.class(head.start).any(Class::GENERIC);
    // `the 7 [most pungent] quotes`: the words are part of a phrase that begins before them.
    let part = range.start > 0
        && s.kind(range.start - 1) == Kind::Number
        && head.indices().all(|i| s.kind(i) == Kind::Lower && !s.class(i).any(Class::SOURCE_NOUN));
    if generic
        || part
        || lacks_article(s, head)
        || !can_begin(s, head)
        || holds_verb(s, head)
        || is_inscription(s, head)
    {
        return None;
    }
    Some((range, strength(s, head)?))
}

/// Removes words that connect a phrase to its surroundings: `that [Trump]`, `, [the mayor] and`.
fn trimmed(s: &Skeleton<'_>, phrase: Range) -> Range {
    let joins = Class::COORDINATOR.with(Class::SUBORDINATOR);
    let leads = |i: usize| {
        let class = s.class(i);
        let that = class.any(Class::THAT) && s.tokens.get(i + 1).is_some_and(Token::is_name_like);
        !s.tokens[i].is_word() && !matches!(s.kind(i), Kind::Open | Kind::Number)
            || class.any(joins) && !class.any(Class::DETERMINER) && !s.tokens[i].is_name_like()
            || that
    };
    let trails = |i: usize| {
        let class = s.class(i);
        let open = joins.with(Class::PREPOSITION).with(Class::TO).with(Class::RELATIVE);
        let bare = class.any(Class::DETERMINER) && !class.any(Class::INDEFINITE);
        let word = s.tokens[i].is_word() && s.kind(i) == Kind::Lower;
        matches!(s.kind(i), Kind::Comma | Kind::Colon | Kind::Dash | Kind::Open)
            || word
                && (class.any(open) || bare)
                && !class.any(Class::SOURCE_NOUN.with(Class::PRONOUN))
    };
    let mut range = phrase;
    // `Indeed, the review [said]`: the adverb is not part of the subject.
    let opener = range.end > range.start + 2
        && s.class(range.start).any(Class::ADVERB)
        && !s.tokens[range.start].is_name_like()
        && s.kind(range.start + 1) == Kind::Comma;
    if opener {
        range.start += 2;
    }
    while !range.is_empty() && leads(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && trails(range.end - 1) {
        range.end -= 1;
    }
    without_foreign_words(s, range)
}

/// Removes words that do not belong to the noun phrase: those before the subject of another clause, the phrase's own
/// verb, an abbreviated place name at the end of the preceding sentence, and an adjective that lacks its noun.
fn without_foreign_words(s: &Skeleton<'_>, phrase: Range) -> Range {
    let mut range = phrase;
    // `people talking [they]`, `a comment [critics]`: only the subject of the clause that begins inside the phrase is
    // kept.
    if range.end > range.start + 1 && begins_own_clause(s, range) {
        range.start = range.end - 1;
    }
    // `the president [seemed]`, `surrogates at his rallies [led]`: the verb is not part of its subject.
    if range.end > range.start + 1
        && s.lexicon.lists_verbs()
        && is_unlisted_verb(s, range.end - 1)
        && is_noun_end(s, range.end - 2)
    {
        range.end -= 1;
    }
    // `Bloggers in the capital [lashed out]`: a phrasal verb is not part of its subject.
    let particle = Class::PARTICLE_OF_VERB.with(Class::ADVERB).with(Class::PREPOSITION);
    let parted = range.end < s.tokens.len() && s.class(range.end).any(particle);
    let last = s.class(range.end.saturating_sub(1));
    let verbal = is_unlisted_verb(s, range.end.saturating_sub(1));
    let inside = usize::from(last.any(particle) || parted && last.is_unknown() && !verbal);
    let phrasal = (parted || inside > 0)
        && range.end > range.start + 2 + inside
        && s.kind(range.end - 1) == Kind::Lower
        && is_unlisted_verb(s, range.end - 1 - inside)
        && s.lexicon.lists_verbs();
    if phrasal {
        range.end -= 1 + inside;
    }
    // `in Odlin, [Fla.] Holt said`: the sentence before ends with the abbreviation of a place.
    let place = range.end > range.start + 1
        && range.start > 1
        && s.kind(range.start - 1) == Kind::Comma
        && is_abbreviated_place(s, range.start)
        && s.tokens[range.start - 2].is_name_like();
    if place {
        range.start += 1;
    }
    // `Holt's [actual] comments were limited`: if the noun was taken for the verb, an adjective ends the phrase, and
    // only the owner is kept.
    let last = range.end.saturating_sub(1);
    let adjective = range.end > range.start + 1
        && s.kind(last) == Kind::Lower
        && s.class(last).is_unknown()
        && s.class(last - 1).any(Class::POSSESSIVE)
        && s.tokens[last - 1].is_name_like()
        && s.class(range.end).any(Class::VERB.with(Class::NOUN));
    if adjective {
        range.end -= 1;
    }
    range
}

/// Returns whether a word is an abbreviation that is neither part of a person's name nor an organization, and is
/// therefore taken for a place: `Fla.`, `Ariz.`
fn is_abbreviated_place(s: &Skeleton<'_>, at: usize) -> bool {
    let person = Class::HONORIFIC.with(Class::RANK).with(Class::ROLE).with(Class::SUFFIX);
    let word = s.word(at);
    word.len() > 3
        && word.ends_with('.')
        && s.tokens[at].is_name_like()
        && !s.class(at).any(person.with(Class::GIVEN).with(Class::ORGANISATION))
}

/// Returns whether the last word of a phrase is the subject of a separate clause without a relative pronoun: a pronoun,
/// or a noun for people after a singular noun (`in a comment critics called …`).
fn begins_own_clause(s: &Skeleton<'_>, range: Range) -> bool {
    let last = range.end - 1;
    if noun_phrase::is_pronoun(s, last) && s.class(last).any(Class::PRONOUN) {
        let governed = Class::COORDINATOR.with(Class::PREPOSITION);
        return s.tokens[last - 1].is_word() && !s.class(last - 1).any(governed);
    }
    let article = s.class(range.start).all(Class::DETERMINER.with(Class::INDEFINITE));
    let noun = s.class(last - 1).any(Class::DOCUMENT.with(Class::NOUN)) && last > range.start + 1;
    article && noun && s.kind(last - 1) == Kind::Lower && s.class(last).all(Class::PEOPLE)
}

/// Returns whether a lower-case word is a common verb, or is unlisted and ends like a past form.
pub(super) fn is_unlisted_verb(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    let open = class.without(Class::CATENATIVE).is_unknown();
    let verb = class.any(Class::COMMON_VERB.with(Class::CATENATIVE));
    s.kind(at) == Kind::Lower && open && (verb || s.lexicon.ends_like_past(s.word(at)))
}

/// Returns whether a word can end a noun phrase before its verb: a name, a noun for a source, or a plural.
fn is_noun_end(s: &Skeleton<'_>, at: usize) -> bool {
    let class = s.class(at);
    let plural = s.kind(at) == Kind::Lower && class.is_unknown() && s.word(at).ends_with('s');
    s.tokens[at].is_name_like() && !class.any(Class::POSSESSIVE)
        || class.any(Class::SOURCE_NOUN)
        || plural
}

/// Returns whether a phrase in lower case lacks the article that a singular noun requires: `election-year policy`,
/// whose article is before the adjective and the comma.
fn lacks_article(s: &Skeleton<'_>, head: Range) -> bool {
    let last = head.end.saturating_sub(1);
    let class = s.class(last);
    let begins = Class::DETERMINER.with(Class::INDEFINITE).with(Class::POSSESSIVE);
    let somebody = Class::ROLE.with(Class::RANK).with(Class::PEOPLE).with(Class::PRONOUN);
    s.lexicon.lists_verbs()
        && head.indices().all(|i| s.kind(i) == Kind::Lower)
        && !head.indices().any(|i| s.class(i).any(somebody.with(Class::PLURAL)))
        && !s.class(head.start).any(begins)
        && !class.any(Class::PLURAL)
        && !s.word(last).ends_with(['s', 'a'])
}

fn is_balanced(s: &Skeleton<'_>, range: Range) -> bool {
    let mut depth = 0_i32;
    for i in range.indices() {
        match s.kind(i) {
            Kind::Open => depth += 1,
            Kind::Close => depth -= 1,
            _ => {}
        }
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Returns the words of a phrase up to its first complement, comma, bracket or relative clause.
pub(super) fn head(s: &Skeleton<'_>, range: Range) -> Range {
    let ends = |&i: &usize| {
        let class = s.class(i);
        let complement = Class::PREPOSITION.with(Class::TO).with(Class::RELATIVE);
        let links =
            class.any(complement) && !class.any(Class::DETERMINER) && s.kind(i) == Kind::Lower;
        let particle = class.any(Class::PARTICLE)
            && s.tokens[i - 1].is_name_like()
            && s.tokens.get(i + 1).is_some_and(Token::is_name_like);
        !particle && links || !s.tokens[i].is_word() && s.kind(i) != Kind::Number
    };
    let end = range.indices().skip(1).find(ends).unwrap_or(range.end);
    Range::new(range.start, end)
}

fn can_begin(s: &Skeleton<'_>, head: Range) -> bool {
    let class = s.class(head.start);
    let preposition = class.any(Class::PREPOSITION.with(Class::TO))
        && !class.any(Class::DETERMINER)
        && !class.any(Class::SOURCE_NOUN);
    !preposition || s.tokens[head.start].is_name_like()
}

/// Returns whether a word of the head can only be a verb.
fn holds_verb(s: &Skeleton<'_>, head: Range) -> bool {
    head.indices().any(|i| {
        let class = s.class(i);
        let verb = Class::AUXILIARY.with(Class::FINITE);
        let noun = Class::NOUN
            .with(Class::SOURCE_NOUN)
            .with(Class::DETERMINER)
            .with(Class::PRONOUN)
            .with(Class::PARTICLE)
            .with(Class::POSSESSIVE)
            .with(Class::PARTICIPLE);
        s.kind(i) == Kind::Lower && class.any(verb) && !class.any(noun)
    })
}

/// Returns the last word of the head of a phrase, if it is a common noun.
fn common_noun(s: &Skeleton<'_>, phrase: Range) -> Option<usize> {
    let last = head(s, phrase).indices().rev().find(|&i| s.tokens[i].is_word())?;
    (s.kind(last) == Kind::Lower || s.lexicon.capitalizes_nouns()).then_some(last)
}

/// Returns whether a phrase denotes a thing with writing on it: `A hand-painted sign on the pump`.
fn is_inscription(s: &Skeleton<'_>, phrase: Range) -> bool {
    common_noun(s, phrase).is_some_and(|i| s.class(i).any(Class::INSCRIPTION))
}

/// Returns whether a phrase denotes a document rather than its author.
pub(super) fn is_document(s: &Skeleton<'_>, phrase: Range) -> bool {
    let speaks = Class::ROLE.with(Class::RANK).with(Class::PEOPLE).with(Class::ORGANISATION);
    common_noun(s, phrase)
        .is_some_and(|i| s.class(i).any(Class::DOCUMENT) && !s.class(i).any(speaks))
}

fn strength(s: &Skeleton<'_>, head: Range) -> Option<Strength> {
    if head.end == head.start + 1 {
        return alone(s, head.start);
    }
    let last = (head.start..head.end).rev().find(|&i| s.tokens[i].is_word())?;
    let class = s.class(last);
    // If every noun is capitalized, an article or number at the start of the phrase indicates that the noun is not a
    // name: `die Pumpen`, `9 Jahre`.
    let common = s.lexicon.capitalizes_nouns()
        && (s.class(head.start).any(Class::DETERMINER) || s.kind(head.start) == Kind::Number)
        && !head.indices().any(|i| s.class(i).any(Class::GIVEN.with(Class::HONORIFIC)));
    let named = s.tokens[last].is_name_like() && !common;
    // `the 52-year-old`, `the city`: an article and an unlisted noun.
    let article = s.class(head.start).any(Class::DETERMINER)
        || s.tokens[head.start].is_name_like()
        || s.lexicon.lacks_articles();
    let lower = s.kind(last) == Kind::Lower || common;
    let nominal = article && lower && last > head.start;
    let noun = Class::SOURCE_NOUN.with(Class::SUFFIX);
    let known = class.any(noun) && !class.any(Class::POSSESSIVE)
        || class.all(Class::INDEFINITE.with(Class::PLURAL))
        || is_person_elsewhere(s, head);
    // `administration estimates`: the last word may be the verb of another clause.
    let verbal = class.all(Class::FINITE.with(Class::NOUN))
        && !class.any(noun)
        && is_noun_end(s, last - 1)
        && s.kind(last) == Kind::Lower;
    if (named || known) && !verbal {
        Some(Strength::Strong)
    } else if nominal || verbal || class.any(Class::INDEFINITE.with(Class::POSSESSIVE)) {
        Some(Strength::Weak)
    } else {
        None
    }
}

/// Returns whether the head contains a given name or a noun for people or an organization, even if an unknown word
/// follows it: `officials familiar`, `Mitglieder der Partei`.
fn is_person_elsewhere(s: &Skeleton<'_>, head: Range) -> bool {
    head.indices().any(|i| {
        let person = Class::SOURCE_NOUN.without(Class::DOCUMENT).with(Class::GIVEN);
        s.class(i).any(person) && !s.class(i).any(Class::POSSESSIVE)
    })
}

/// Returns how clearly a single word names a speaker, depending on whether it is a pronoun, a name, a noun for a
/// source, a quantifier or an unlisted plural; `None` if it cannot name one.
fn alone(s: &Skeleton<'_>, at: usize) -> Option<Strength> {
    let class = s.class(at);
    if noun_phrase::is_pronoun(s, at) {
        return Some(Strength::Strong);
    }
    if class.any(Class::SOURCE_NOUN) && !class.any(Class::POSSESSIVE) {
        return Some(Strength::Strong);
    }
    if s.tokens[at].is_name_like() {
        // `Think about it`: an imperative begins a sentence, and the article does not use the word as a name within
        // one.
        let begins = at == 0 || !s.tokens[at - 1].is_word();
        let imperative = class.any(Class::BASE)
            && begins
            && !class.any(Class::NOUN)
            && !s.class(at + 1).any(Class::VERB)
            && !s.is_name_within(at);
        let finite = class.any(Class::FINITE.with(Class::AUXILIARY));
        let verb = (finite || imperative) && !class.any(Class::GIVEN);
        let noun = s.lexicon.capitalizes_nouns() && !class.any(Class::GIVEN);
        // `US`, `UK`: initials without an article are uncertain.
        let word = s.word(at);
        let initials = word.chars().count() == 2 && !word.chars().any(char::is_lowercase);
        return (!verb).then_some(if noun || initials { Strength::Weak } else { Strength::Strong });
    }
    let several = class.any(Class::INDEFINITE) && class.any(Class::PLURAL);
    let noun = s.kind(at) == Kind::Lower && class.is_unknown();
    let bare = noun && (s.word(at).ends_with('s') || s.lexicon.lacks_articles());
    (several || bare).then_some(Strength::Weak)
}
