//! A quotation inside a subordinate clause that has a subject and a verb of its own.
//!
//! `Während Lim den Plan „ein Geschenk“ nannte, sprach Berg von einem „Wechsel“`: the first quotation is Lim's. The
//! main clause after the comma does not affect it, even if the verb of the subordinate clause is not listed.
//!
//! Known limit: a quotation in a clause that begins with its object has no speaker.

use super::{Attribution, Context, Rule, SAME_SENTENCE, VERB_FINAL};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::rules::action_beat;

/// The maximum number of words in the group of verbs at the end of a clause: `genannt haben soll`.
const MOST_VERBS: usize = 3;

/// A subordinate clause around a quotation.
#[derive(Clone, Copy)]
struct Clause {
    /// The subject, if it is a person or a group rather than a thing.
    subject: Option<Range>,
    /// The verb of saying of that subject.
    verb: Option<usize>,
    /// Whether the clause ends with its verbs, after the quotation.
    closed: bool,
    end: usize,
}

/// Finds the subject of a clause that ends in a verb of saying.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let clause = around(cx).filter(|clause| clause.closed)?;
    let (source, verb) = clause.subject.zip(clause.verb)?;
    let cue = Some(Range::new(verb, verb + 1));
    Some(Attribution { source, cue, rule: &VERB_FINAL, weak: false })
}

/// Returns whether a source is in another clause of the sentence than the quotation.
pub(in crate::quotes) fn is_apart(cx: &Context<'_>, found: &Attribution) -> bool {
    let is = |rule: &Rule| rule.name == found.rule.name;
    let own = around(cx).filter(|clause| clause.subject.is_some());
    let main = own.is_some_and(|clause| {
        let says = clause.verb.is_some() || clause.closed;
        says && found.source.start >= clause.end && found.source.start < cx.tokens.end
    });
    // This quotation is in the main clause, but its source was carried over from the quotation in the subordinate
    // clause.
    let before = cx.region.checked_sub(1).filter(|&r| cx.s.place[r].0 == cx.sentence);
    let other = || {
        let clause = around(&Context::new(cx.s, before?, cx.found))?;
        let inside = clause.subject.is_some_and(|subject| subject == found.source);
        let closed = clause.closed || cx.s.kind(clause.end) == Kind::Comma;
        Some(inside && closed && clause.end <= cx.at)
    };
    main || is(&SAME_SENTENCE) && other().unwrap_or(false)
}

/// Returns the subordinate clause around a quotation, if no comma, semicolon or colon separates its subject from the
/// quotation, except a comma directly after the subject.
fn around(cx: &Context<'_>) -> Option<Clause> {
    let s = cx.s;
    let conjunction = (cx.tokens.start..cx.at).rev().find(|&i| opens(cx, i))?;
    let start = noun_phrase::subject_start(s, conjunction + 1, cx.at);
    let subject = noun_phrase::right(s, start, cx.at)?;
    let rest = subject.end + usize::from(s.kind(subject.end) == Kind::Comma);
    if (rest..cx.at).any(|i| matches!(s.kind(i), Kind::Comma | Kind::Semicolon | Kind::Colon)) {
        return None;
    }
    let somebody = action_beat::is_somebody(s, subject) && !s.class(start).any(Class::OBLIQUE);
    let subject = Some(subject).filter(|_| somebody);
    if s.lexicon.ends_clauses_in_verbs() {
        let (verb, end) = final_verbs(cx)?;
        return Some(Clause { subject, verb, closed: true, end });
    }
    let own = Range::new(conjunction + 1, cx.at);
    let frame = reporting_clause::all(s, own).rfind(|frame| frame.phrase() == subject);
    let end = cx.after.indices().find(|&i| s.kind(i) == Kind::Comma).unwrap_or(cx.after.end);
    Some(Clause { subject, verb: frame.map(|frame| frame.verb), closed: false, end })
}

/// Returns whether the word at `i` is a conjunction that begins a clause: at least two words are between it and the
/// quotation, unlike in `als „…“`.
fn opens(cx: &Context<'_>, i: usize) -> bool {
    let s = cx.s;
    let class = s.class(i);
    let joins = Class::COORDINATOR.with(Class::ADVERB);
    let begins = i == cx.tokens.start || !s.tokens[i - 1].is_word() || s.class(i - 1).any(joins);
    class.any(Class::SUBORDINATOR.with(Class::THAT)) && begins && i + 2 < cx.at
}

/// If the verbs directly after the quotation end their clause, returns the verb of saying, if it is the first of them
/// and in the active voice, and the end of the clause.
fn final_verbs(cx: &Context<'_>) -> Option<(Option<usize>, usize)> {
    let s = cx.s;
    let verbal = |i: usize| {
        let class = s.class(i);
        let form = Class::VERB.with(Class::AUXILIARY).with(Class::COMMON_VERB);
        s.kind(i) == Kind::Lower && (class.any(form) || class.is_unknown())
    };
    let start = cx.after.start;
    let end = (start..cx.after.end).take(MOST_VERBS).take_while(|&i| verbal(i)).last()? + 1;
    let closes = end >= cx.after.end || !s.tokens[end].is_word();
    let group = Range::new(start, end);
    // `weil das Dach „morsch“ sei, sagte Lim`: the main clause reports the subordinate clause.
    let reported = s.class(start).any(Class::AUXILIARY);
    let passive = group.indices().skip(1).any(|i| s.class(i).any(Class::BE));
    let verb = Some(start).filter(|&i| s.class(i).any(Class::VERB) && !passive);
    (closes && !reported).then_some((verb, end))
}
