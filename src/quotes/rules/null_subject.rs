//! A verb of saying without a subject, in languages that need none: `La alcaldesa compareció ayer. "No es así", aseguró.`
//!
//! The speaker or subject of the preceding sentence is used, or that of an earlier sentence if the preceding one has
//! none.
//!
//! Known limit: a verb that agrees with somebody named further back is attributed to the nearest subject.

use super::{Attribution, Context, NULL_SUBJECT, previous_sentence};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;

/// The maximum number of sentences to look back for a subject.
const REACH: usize = 3;

/// Finds a verb without a subject after the quotation or before it; the rules for verbs with a subject are tried first.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    if !s.lexicon.drops_subjects() {
        return None;
    }
    let before = cx.sentence.checked_sub(1)?;
    let near = cx.same_paragraph(before);
    if !near && !cx.follows_paragraph_of(before) {
        return None;
    }
    // In a new paragraph, a clause that introduces a quotation is too far from the preceding subject.
    let introducing = || introducing(cx).filter(|_| near);
    let cue = after(cx).or_else(introducing)?;
    let source = subject_before(cx, before)?;
    Some(Attribution { source, cue: Some(cue), rule: &NULL_SUBJECT, weak: false })
}

/// Returns the speaker or subject of the preceding sentence or, if that sentence has no subject either, of an earlier
/// sentence of its paragraph: `El exministro reapareció. Firmó ejemplares. “…”, bromeó.`
fn subject_before(cx: &Context<'_>, before: usize) -> Option<Range> {
    let s = cx.s;
    let paragraph = s.sentences[before].paragraph;
    for sentence in (0..=before).rev().take(REACH) {
        if s.sentences[sentence].paragraph != paragraph {
            return None;
        }
        if let Some(found) = previous_sentence::of_sentence(cx, sentence) {
            return Some(found.source);
        }
        let tokens = s.sentences[sentence].tokens;
        match opening(s, tokens) {
            Opening::Verb => {}
            Opening::Unsure => return None,
            Opening::Phrase => return noun_phrase::first(s, tokens.start, tokens.end),
        }
    }
    None
}

/// How a sentence begins, in a language whose verbs need no subject.
enum Opening {
    Verb,
    Phrase,
    /// With an unknown word, which may be a verb or a name.
    Unsure,
}

/// Distinguishes a verb that begins a sentence from the name of its subject: `Firmó ejemplares`, `Ocampo firmó`.
fn opening(s: &Skeleton<'_>, tokens: Range) -> Opening {
    let before_verb =
        Class::NEGATION.with(Class::REFLEXIVE).with(Class::OBJECT_PRONOUN).with(Class::ADVERB);
    let precedes = |i: usize| s.class(i).any(before_verb) && !noun_phrase::is_pronoun(s, i);
    let Some(at) = tokens.indices().find(|&i| !precedes(i)) else { return Opening::Unsure };
    let class = s.class(at);
    let nominal =
        Class::SOURCE_NOUN.with(Class::DETERMINER).with(Class::GIVEN).with(Class::ELISION);
    let verb = Class::FINITE.with(Class::AUXILIARY).with(Class::COMMON_VERB);
    if class.any(nominal) || noun_phrase::is_pronoun(s, at) {
        return Opening::Phrase;
    }
    if class.any(verb) || at > tokens.start && s.kind(at) == Kind::Lower {
        return Opening::Verb;
    }
    let next = at + 1;
    let named = s.is_name_within(at) || s.tokens.get(next).is_some_and(Token::is_name_like);
    let parted = !s.tokens.get(next).is_some_and(Token::is_word);
    if !class.is_unknown() || named || parted || s.class(next).any(verb) {
        return Opening::Phrase;
    }
    let adverb = |&i: &usize| s.class(i).any(Class::ADVERB) && !s.class(i).any(Class::NEGATION);
    let object = (next..tokens.end).find(|i| !adverb(i)).unwrap_or(next);
    let governed = Class::DETERMINER.with(Class::PREPOSITION).with(Class::ELISION);
    let takes = s.class(object).any(governed) && !s.class(object).any(Class::PARTICLE)
        || s.kind(object) == Kind::Number;
    let ends = s.lexicon.ends_like_finite(s.word(at)) && !s.lexicon.ends_like_finite(s.word(next));
    if takes || ends { Opening::Verb } else { Opening::Unsure }
}

/// Returns the verb directly after the quotation, unless a subject follows the verb.
fn after(cx: &Context<'_>) -> Option<Range> {
    let s = cx.s;
    let start = cx.after_start();
    let verb = reporting_clause::leading_verb(s, start, cx.after.end)?;
    // `"…", escribió la cuenta oficial`: the verb has a subject, although it cannot speak.
    let article = Class::DETERMINER.with(Class::ELISION);
    let subject = s.class(verb + 1).any(article) && !s.class(verb + 2).any(Class::CALENDAR);
    if subject {
        return None;
    }
    (cx.leads() && !is_noun(cx, verb)).then_some(Range::new(start, verb + 1))
}

/// Returns the last verb of saying before the quotation: `…, reconoció que hubo "fallos graves"`.
fn introducing(cx: &Context<'_>) -> Option<Range> {
    let s = cx.s;
    let is_verb =
        |i: &usize| s.kind(*i) == Kind::Lower && s.class(*i).any(Class::FINITE) && !is_noun(cx, *i);
    let verb = cx.before.indices().rev().find(is_verb)?;
    if reporting_clause::is_impersonal(s, cx.before.start, verb) {
        return None;
    }
    Some(Range::new(verb, verb + 1))
}

fn is_noun(cx: &Context<'_>, at: usize) -> bool {
    cx.s.class(at).any(Class::NOUN.with(Class::SOURCE_NOUN))
}
