//! A verb at the end of its clause, after the quotation, in languages with this word order.
//!
//! * A participle: `Lim hat den Plan eine „…“ genannt.` — the auxiliary and the subject are before the quotation.
//! * An infinitive: `Lim nutzte ein Interview, um den Plan als „…“ zu bezeichnen.` — the subject of the sentence is
//!   before the quotation.
//!
//! Known limit: an infinitive whose subject is the object of the sentence (`bat ihn, es „…“ zu nennen`) is attributed
//! to the subject of the sentence.

use super::{Attribution, Context, VERB_FINAL};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range};
use crate::quotes::noun_phrase;
use crate::quotes::rules::action_beat;

/// Finds the subject of a verb that directly follows the quotation.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let start = cx.after.start;
    if !s.lexicon.inverts_auxiliaries() || cx.before.is_empty() || start >= cx.after.end {
        return None;
    }
    let lower = s.kind(start) == Kind::Lower;
    let to = lower && s.class(start).any(Class::PREPOSITION.with(Class::TO));
    let (source, verb) = if to && s.class(start + 1).any(Class::BASE) {
        (of_infinitive(cx)?, start + 1)
    } else if lower && s.class(start).any(Class::PARTICIPLE) {
        (of_participle(cx, start)?, start)
    } else {
        return None;
    };
    let cue = Some(Range::new(verb, verb + 1));
    Some(Attribution { source, cue, rule: &VERB_FINAL, weak: false })
}

/// Returns the subject of the sentence.
fn of_infinitive(cx: &Context<'_>) -> Option<Range> {
    let subject = action_beat::subject(cx.s, Range::new(cx.tokens.start, cx.at))?;
    (subject.end < cx.at).then_some(subject)
}

/// Returns the subject next to the auxiliary: before it if the sentence begins with the subject, otherwise after it.
fn of_participle(cx: &Context<'_>, verb: usize) -> Option<Range> {
    let s = cx.s;
    let auxiliary = cx.before.indices().rev().find(|&i| s.class(i).any(Class::AUXILIARY))?;
    let passive = s.class(auxiliary).any(Class::BE) || s.class(verb + 1).any(Class::BE);
    if passive || s.class(auxiliary).any(Class::DETERMINER) {
        return None;
    }
    let clause = noun_phrase::clause_start(s, cx.before.start, auxiliary);
    let first = noun_phrase::first(s, clause, auxiliary);
    if let Some(first) = first.filter(|f| f.end == auxiliary && action_beat::is_somebody(s, *f)) {
        return Some(first);
    }
    let start = noun_phrase::subject_start(s, auxiliary + 1, cx.at);
    let source = noun_phrase::right(s, start, cx.at)?;
    let somebody = action_beat::is_somebody(s, source);
    (somebody && !s.class(source.start).any(Class::OBLIQUE)).then_some(source)
}
