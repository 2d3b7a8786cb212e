//! Passive cues.
//!
//! * `Lim was quoted as saying "…"` — the subject speaks.
//! * `The Herald quoted Lim as saying "…"` — the object of the verb speaks.
//! * `The plan was described by Lim as "…"`, `called "…" by Lim` — the agent speaks.

use super::{Attribution, Context, PASSIVE};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::Range;
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;

/// The maximum number of words between the object and `as saying`: `on Monday`, `at the time`.
const MOST_BEFORE_AS: usize = 8;

/// Finds a passive cue before the quotation, or its agent after it.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    for verb in cx.before.indices().rev() {
        let class = s.class(verb);
        if class.any(Class::PASSIVE_AS)
            && let Some(found) = quoted_as(cx, verb)
        {
            return Some(found);
        }
        if class.any(Class::PARTICIPLE)
            && class.any(Class::OBJECT.with(Class::CLAUSE))
            && let Some(source) = agent(cx, verb)
        {
            return Some(Attribution {
                source,
                cue: Some(Range::new(verb, verb + 1)),
                rule: &PASSIVE,
                weak: false,
            });
        }
    }
    None
}

/// Finds `quoted Lim as saying`, in which the nearest verb is not the speaker's.
pub(in crate::quotes) fn quoted_object(cx: &Context<'_>) -> Option<Attribution> {
    let quoting = |&verb: &usize| cx.s.class(verb).any(Class::QUOTING);
    cx.before.indices().rev().filter(quoting).find_map(|verb| object_as(cx, verb))
}

fn quoted_as(cx: &Context<'_>, verb: usize) -> Option<Attribution> {
    let s = cx.s;
    let phrase =
        s.lexicon.passive_as().iter().find(|words| s.is_phrase(verb, cx.before.end, words))?;
    let group = reporting_clause::group(s, cx.before.start, verb);
    let source = noun_phrase::subject(s, cx.before.start, group.start)?;
    let mut end = verb + phrase.len();
    if s.class(end).any(Class::GERUND) {
        end += 1;
    }
    group.be.then_some(Attribution {
        source,
        cue: Some(Range::new(verb, end)),
        rule: &PASSIVE,
        weak: false,
    })
}

/// `quoted Lim as saying`
fn object_as(cx: &Context<'_>, verb: usize) -> Option<Attribution> {
    let s = cx.s;
    let source = noun_phrase::right(s, verb + 1, cx.before.end)?;
    let most = cx.before.end.min(source.end + MOST_BEFORE_AS);
    let end = (source.end..most).find_map(|i| {
        let mut phrases = s.lexicon.quoting_as().iter();
        let found = phrases.find(|phrase| s.is_phrase(i, cx.before.end, phrase));
        found.map(|phrase| i + phrase.len())
    })?;
    let cue = Some(Range::new(verb, end));
    Some(Attribution { source, cue, rule: &PASSIVE, weak: false })
}

fn agent(cx: &Context<'_>, verb: usize) -> Option<Range> {
    let s = cx.s;
    let after_verb = (verb + 1..cx.before.end.min(verb + 4)).find(|&i| s.class(i).any(Class::BY));
    let touching = verb + 1 == cx.at || verb + 2 == cx.at;
    let by = after_verb.or_else(|| {
        let start = cx.after_start();
        (touching && s.class(start).any(Class::BY)).then_some(start)
    })?;
    noun_phrase::right(s, by + 1, if by < cx.at { cx.before.end } else { cx.after.end })
}
