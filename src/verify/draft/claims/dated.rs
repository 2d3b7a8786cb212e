//! Dates of events that a source places at another time: the same verb with the same subject and another date.
//!
//! Known limits: English only; an event described in other words is not compared.

use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::claims::agree;
use crate::verify::draft::claims::dates;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::items::{Item, Value};
use crate::verify::draft::claims::relations::Rules;
use crate::verify::report::Finding;

/// The number of words before a date that are searched for its verb, and the maximum number of words between a verb of
/// a source and its date.
const REACH: usize = 6;
/// The number of words before a verb that are searched for its subject.
const BEFORE: usize = 8;
/// The minimum number of content words, besides the verb and the date, that both sentences share.
const SHARED: usize = 2;

/// Returns the first date that a source contradicts.
pub(super) fn find(rules: &Rules<'_>) -> Option<(Span, Finding)> {
    if !rules.judge.is_english {
        return None;
    }
    let is_date = |item: &&Item| !matches!(item.value, Value::Number(..) | Value::Name(_));
    rules.judge.found.iter().filter(is_date).find_map(|item| {
        let verb = verb_before(rules.own, item.span)?;
        let (n, other) = dated_otherwise(rules, item, verb)?;
        let message = "the source gives another date for it";
        Some(rules.finding(Code::DateContradicted, item.span, n, other, message))
    })
}

/// Returns the position of the nearest past form of a verb before a date in the same clause.
pub(super) fn verb_before(own: &[Term], date: Span) -> Option<usize> {
    let end = own.iter().position(|t| t.span.end() > date.start())?;
    let from = end.saturating_sub(REACH);
    let clause = (from..end).rev().take_while(|&i| i + 1 == end || !own[i + 1].after_break);
    clause.into_iter().find(|&i| own[i].is_past())
}

/// Returns a source sentence with the verb, its subject and another date, with the range of that date. Returns `None`
/// if a sentence with the verb contains the date from the draft or is in an article of that date.
fn dated_otherwise(rules: &Rules<'_>, item: &Item, verb: usize) -> Option<(usize, Span)> {
    let judge = rules.judge;
    let own = &rules.own[verb];
    let mut found = None;
    for n in judge.evidence.with_form_of(own) {
        let sentence = &judge.evidence.sentences[n];
        if sentence.items.iter().any(|other| agree(item, other))
            || dates::is_of(judge.evidence, sentence.article, &item.value)
        {
            return None;
        }
        let tokens = &sentence.tokens;
        for at in (0..tokens.len()).filter(|&i| tokens[i].is_form_of(own)) {
            let is_other = |other: &&Item| {
                item.value.is_like(&other.value)
                    && !judge.found.iter().any(|o| agree(o, other))
                    && is_date_of(rules, tokens, at, other.span)
            };
            let other = sentence.items.iter().find(is_other);
            let other = other.filter(|o| shared(rules, verb, tokens, (at, o.span)) >= SHARED);
            found = found.or(other.map(|other| (n, other.span)));
        }
    }
    found
}

/// Returns whether a date follows a verb of a source closely, without punctuation between them and without content
/// words that the draft's sentence lacks.
fn is_date_of(rules: &Rules<'_>, tokens: &[Term], verb: usize, date: Span) -> bool {
    let after = tokens.iter().skip(verb + 1);
    let between: Vec<&Term> = after.take_while(|t| t.span.end() <= date.start()).collect();
    let has = |t: &Term| rules.own.iter().any(|own| own.is_form_of(t));
    date.start() >= tokens[verb].span.end()
        && between.len() <= REACH
        && between.iter().all(|t| !t.after_break && (!t.counts() || has(t)))
}

/// Returns the number of content words around a verb of a source, without the verb and its date, that the draft's
/// sentence also contains; 0 if the subject of the draft's verb is not among these words.
fn shared(rules: &Rules<'_>, verb: usize, tokens: &[Term], (at, date): (usize, Span)) -> usize {
    let around = &tokens[at.saturating_sub(BEFORE)..(at + REACH).min(tokens.len())];
    let of_source = around.iter().filter(|t| t.counts() && !date.contains(t.span));
    let is_own = |t: &Term| rules.own.iter().any(|own| own.is_form_of(t));
    let subject = rules.own[verb.saturating_sub(BEFORE)..verb].iter().rev().find(|t| t.counts());
    let others: Vec<&Term> = of_source.filter(|t| !t.is_form_of(&tokens[at])).collect();
    let has_subject = subject.is_some_and(|s| others.iter().any(|t| t.is_form_of(s)));
    if has_subject { others.into_iter().filter(|t| is_own(t)).count() } else { 0 }
}
