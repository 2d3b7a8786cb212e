//! A verb of saying without a subject, in languages that need none: `La alcaldesa compareció ayer. "No es así", aseguró.`
//!
//! The subject is that of the preceding sentence, or its speaker.
//!
//! Known limit: a verb that agrees with somebody named further back is attributed to the nearest subject.

use super::{Attribution, Context, NULL_SUBJECT, previous_sentence};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;

/// Finds a verb beside the quotation without a subject of its own; rules for verbs with a subject come first.
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
    // A clause that introduces a quotation in a new paragraph is too far from its subject.
    let introducing = || introducing(cx).filter(|_| near);
    let cue = after(cx).or_else(introducing)?;
    let tokens = s.sentences[before].tokens;
    let spoken = previous_sentence::of_sentence(cx, before).map(|found| found.source);
    let source = spoken.or_else(|| noun_phrase::first(s, tokens.start, tokens.end))?;
    Some(Attribution { source, cue: Some(cue), rule: &NULL_SUBJECT, weak: false })
}

/// The verb directly after the quotation.
fn after(cx: &Context<'_>) -> Option<Range> {
    let s = cx.s;
    let start = cx.after_start();
    let verb = reporting_clause::leading_verb(s, start, cx.after.end)?;
    (cx.leads() && !is_noun(cx, verb)).then_some(Range::new(start, verb + 1))
}

/// The last verb before the quotation: `…, reconoció que hubo "fallos graves"`.
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
