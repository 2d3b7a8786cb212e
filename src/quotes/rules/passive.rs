//! Passive cues.
//!
//! * `Lim was quoted as saying "…"` — the subject speaks.
//! * `The Herald quoted Lim as saying "…"` — the object of the verb speaks.
//! * `The plan was described by Lim as "…"`, `called "…" by Lim` — the agent speaks.
//! * `Der Plan wurde von Lim als „…“ bezeichnet` — the same in languages whose participle ends the clause.

use super::{Attribution, Context, PASSIVE};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::speakable::{self, Strength};

/// The maximum number of words between the object and `as saying`: `on Monday`, `at the time`.
const MOST_BEFORE_AS: usize = 8;

/// The maximum number of words between a participle and the quotation: `as a` in `described as a “…”`.
const MOST_LINKS: usize = 2;

/// Finds a passive verb before the quotation: `was quoted as saying`, or a participle with its agent before or after
/// the quotation.
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

/// Finds the agent before a quotation that is followed by a participle.
pub(in crate::quotes) fn before_participle(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let verb = cx.after.start;
    let participle = verb < cx.after.end && s.class(verb).any(Class::PARTICIPLE);
    if !s.lexicon.ends_clauses_in_verbs() || !participle || s.kind(verb) != Kind::Lower {
        return None;
    }
    let be = |i: usize| s.class(i).all(Class::BE.with(Class::AUXILIARY));
    let begins = cx.before.indices().rev().find(|&i| be(i));
    // `weil er von Lim „…“ genannt wurde`
    let (first, ends) = match begins {
        Some(auxiliary) => (auxiliary + 1, true),
        None => (cx.before.start, be(verb + 1)),
    };
    let by = (first..cx.at).rev().find(|&i| s.class(i).any(Class::BY)).filter(|_| ends)?;
    // `der Umbau der Oper von Lim`, `nach Angaben von Lim`: not an agent but the complement of a noun.
    let noun = by > first && s.kind(by - 1) == Kind::Capital && s.lexicon.capitalizes_nouns();
    let source = noun_phrase::right(s, by + 1, cx.at).filter(|_| !noun)?;
    let cue = Some(Range::new(verb, verb + 1));
    Some(Attribution { source, cue, rule: &PASSIVE, weak: false })
}

/// Finds `quoted Lim as saying`, in which the speaker is the object of the verb, at any verb before the quotation.
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
    // `One sentence was heard again and again: “…”`
    if matches!(speakable::lawful(s, source), Some((_, Strength::Weak))) {
        return None;
    }
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

/// Finds `quoted Lim as saying` at the verb `verb`.
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

/// Returns whether a participle gives a name in the passive voice without an agent: `has been described as “…”`.
pub(in crate::quotes) fn is_agentless(cx: &Context<'_>) -> bool {
    let s = cx.s;
    naming_participle(cx).is_some_and(|verb| reporting_clause::group(s, cx.before.start, verb).be)
}

/// Returns whether such a participle follows the verb of saying: `asking what can only be described as a “…”`.
pub(in crate::quotes) fn is_agentless_after(cx: &Context<'_>, said: Option<usize>) -> bool {
    let later = |verb: usize| said.is_some_and(|said| said < verb);
    is_agentless(cx) && naming_participle(cx).is_some_and(later)
}

/// Returns the participle of naming that leads to the quotation.
fn naming_participle(cx: &Context<'_>) -> Option<usize> {
    let names = |i: usize| cx.s.class(i).all(Class::LABEL.with(Class::PARTICIPLE));
    let near = cx.at.saturating_sub(MOST_LINKS + 1).max(cx.before.start)..cx.at;
    near.rev().find(|&i| names(i)).filter(|&verb| leads_to_quotation(cx, verb))
}

/// Returns whether at most `as` and an article separate a participle from the quotation.
fn leads_to_quotation(cx: &Context<'_>, verb: usize) -> bool {
    let links =
        Class::AS.with(Class::PREPOSITION).with(Class::DETERMINER).with(Class::SUBORDINATOR);
    let between = verb + 1..cx.at;
    between.len() <= MOST_LINKS && between.into_iter().all(|i| cx.s.class(i).any(links))
}

fn agent(cx: &Context<'_>, verb: usize) -> Option<Range> {
    let s = cx.s;
    let after_verb = (verb + 1..cx.before.end.min(verb + 4)).find(|&i| s.class(i).any(Class::BY));
    let touching = leads_to_quotation(cx, verb) || verb + 2 == cx.at;
    let by = after_verb.or_else(|| {
        let start = cx.after_start();
        (touching && s.class(start).any(Class::BY)).then_some(start)
    })?;
    noun_phrase::right(s, by + 1, if by < cx.at { cx.before.end } else { cx.after.end })
}
