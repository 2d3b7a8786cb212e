//! The clause that ends in the colon before a quotation, if another clause of the sentence precedes it: `Lim was speaking
//! when [a shout came from the gallery]: "…"`.
//!
//! Only the clause beside the colon announces the quotation. If it has a subject of its own, the subject of the earlier
//! clause is not the speaker, and if it is impersonal or its subject is a thing, the quotation has no speaker.
//!
//! Known limit: the subject of a clause with an unlisted verb is recognized only by the first words of the clause.

use super::{Attribution, COLON, Context};
use crate::quotes::clause::{Evidence, is_clause};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::rules::action_beat;

/// The number of words at the start of a clause that are searched for its subject: `da lächelte [sie]`.
const NEAR: usize = 3;

/// Returns the last clause before the colon if another clause precedes it.
pub(in crate::quotes) fn clause(cx: &Context<'_>) -> Option<Range> {
    let s = cx.s;
    let colon = cx.at.checked_sub(1).filter(|&i| i > cx.before.start)?;
    if s.kind(colon) != Kind::Colon {
        return None;
    }
    let stretch = Range::new(cx.before.start, colon);
    let joint = (stretch.start + 1..colon).rev().find(|&i| opens(s, stretch, i))?;
    Some(Range::new(joint + 1, colon))
}

/// Returns whether the source of an attribution is in an earlier clause than the one that announces the quotation, and
/// the two clauses do not share their subject.
pub(in crate::quotes) fn is_apart(cx: &Context<'_>, found: &Attribution) -> bool {
    let colon = found.rule.name == COLON.name;
    let own = clause(cx).filter(|own| {
        // `Lim, who left the party, and [since then is alone], said: “…”`
        let says = !colon && found.cue.is_some_and(|cue| cue.start >= own.start);
        found.source.end <= own.start && !says && !is_shared(cx.s, *own)
    });
    // `The mayor had thanked the nurses when somebody called: “…”`
    let speaks =
        |own: Range| reporting_clause::all(cx.s, own).any(|frame| frame.phrase().is_some());
    own.is_some_and(|own| colon || speaks(own) || is_of_something(cx.s, own))
}

/// Returns whether the word at `at` joins a clause to the clause before it: a subordinating conjunction such as `when`,
/// or, after a comma, a coordinating conjunction or an adverb: `, [und] aus der Menge kam …`, `, [da] erklang …`.
fn opens(s: &Skeleton<'_>, stretch: Range, at: usize) -> bool {
    let class = s.class(at);
    let rest = Range::new(at + 1, stretch.end);
    if s.kind(at) != Kind::Lower || rest.end < rest.start + 2 {
        return false;
    }
    let after_comma = s.kind(at - 1) == Kind::Comma;
    let other = Class::THAT.with(Class::RELATIVE).with(Class::QUESTION).with(Class::CONDITION);
    if class.any(Class::SUBORDINATOR) && !class.any(other) {
        let compares = class.any(Class::AS) && !s.lexicon.lists_verbs();
        let preposition = class.any(Class::PREPOSITION);
        let verb = is_clause(s, &[rest], Evidence::Possible);
        let clause = if s.lexicon.lists_verbs() { verb } else { holds_verb(s, rest) };
        let follows = Class::PRONOUN.with(Class::PREPOSITION);
        return !compares && clause && (!preposition || s.class(at + 1).any(follows));
    }
    let phrase = Class::PREPOSITION.with(Class::DETERMINER).with(Class::PRONOUN);
    let begins = (at + 1..rest.end.min(at + NEAR)).any(|i| {
        let adverb = i == at + 1 || s.class(at + 1).without(Class::ADVERB).is_unknown();
        adverb && (s.class(i).any(phrase) || s.tokens[i].is_name_like())
    });
    after_comma
        && (class.any(Class::COORDINATOR) && begins && holds_verb(s, rest)
            || class.any(Class::ADVERB) && !class.any(Class::CALENDAR) && holds_verb(s, rest))
}

/// Returns whether a stretch contains a word that can be its finite verb.
fn holds_verb(s: &Skeleton<'_>, stretch: Range) -> bool {
    let verb = Class::FINITE.with(Class::AUXILIARY).with(Class::COMMON_VERB);
    stretch.indices().any(|i| {
        let open = s.class(i).is_unknown() && !s.lexicon.ends_like_gerund(s.word(i));
        s.kind(i) == Kind::Lower && (s.class(i).any(verb) || open)
    })
}

/// Returns whether a clause has the subject of the clause before it: it begins with a verb (`und hob die Hand`), or its
/// subject is a pronoun for a person.
fn is_shared(s: &Skeleton<'_>, clause: Range) -> bool {
    let impersonal = Class::NEUTER.with(Class::GENERIC);
    let personal = |i: usize| noun_phrase::is_pronoun(s, i) && !s.class(i).any(impersonal);
    let near = clause.end.min(clause.start + NEAR);
    let governed = s.class(clause.start).any(Class::PREPOSITION.with(Class::DETERMINER));
    if !governed && (clause.start..near).any(personal) {
        return true;
    }
    let first = s.class(clause.start);
    let verb = Class::VERB.with(Class::AUXILIARY).with(Class::COMMON_VERB);
    let word = s.word(clause.start);
    let formed = s.lexicon.ends_like_past(word) || s.lexicon.ends_like_finite(word);
    let begins = first.any(verb) || s.kind(clause.start) == Kind::Lower && formed;
    begins && !is_of_something(s, Range::new(clause.start + 1, clause.end))
}

/// Returns whether a clause is impersonal (`se oyó`, `on entendit`), begins with a preposition (`из зала раздалось`),
/// or begins with an indefinite article whose noun is not a person (`a shout came`).
fn is_of_something(s: &Skeleton<'_>, clause: Range) -> bool {
    let first = s.class(clause.start);
    let impersonal = Class::REFLEXIVE.with(Class::NEUTER).with(Class::GENERIC);
    let place = first.any(Class::PREPOSITION) && !first.any(Class::SUBORDINATOR);
    let article = first.all(Class::INDEFINITE.with(Class::DETERMINER));
    let somebody = || {
        let subject = noun_phrase::first(s, clause.start, clause.end);
        subject.is_some_and(|subject| action_beat::is_somebody(s, subject))
    };
    first.any(impersonal) || place || article && !somebody()
}
