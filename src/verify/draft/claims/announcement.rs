//! Events that the sources only announce but the draft reports as completed: "has held a session" for "will hold a
//! session".
//!
//! A verb in a completed form is contradicted if every similar source sentence with the same verb puts it into the
//! future and the most similar one has a word of its subject. Because sources may use another verb, a verb after "has"
//! or "have" is also contradicted if similar sentences have most words of its object and each of them has "will" or the
//! like before these words.
//!
//! Known limits: English only. Verbs after "to" ("has agreed to testify") are not checked.

use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::lists::Lists;
use crate::verify::draft::claims::relations::{Occurrence, Rules};
use crate::verify::report::Finding;

/// The minimum similarity of a source sentence about the same event.
const SAME: f64 = 0.35;
/// The number of words before a verb, or before the words of its object, that are searched for a future marker.
const BEFORE_VERB: usize = 4;
/// The number of words before "to" and a verb that are searched for a future marker: "will meet on Friday to discuss".
const BEFORE_PURPOSE: usize = 10;
/// The number of words before a verb that are searched for its subject.
const SUBJECT_REACH: usize = 16;
/// The maximum number of content words of an object that are compared.
const OBJECT: usize = 8;
/// The minimum number of content words in an object that is compared.
const LEAST_OBJECT: usize = 3;
/// The minimum share of the object's words that a sentence about the same event contains.
const SHARED: f64 = 0.7;

/// Returns the first completed verb that the sources only announce.
pub(super) fn find(rules: &Rules<'_>) -> Option<(Span, Finding)> {
    (0..rules.own.len()).find_map(|at| {
        let lists = rules.judge.lists;
        let verb = verb_after(lists, rules.own, at)?;
        let is_plan = lists.plans.contains(rules.own[verb].word.as_str());
        if is_plan || is_planned(lists, rules.own, verb) {
            return None;
        }
        let has = matches!(rules.own[at].word.as_str(), "has" | "have");
        let (n, i) = match announced_verb(rules, verb) {
            Verdict::Announced(place) => place,
            Verdict::Unknown if has => announced_object(rules, at, verb)?,
            Verdict::Unknown | Verdict::Completed => return None,
        };
        let span = Span::new(rules.own[at].span.start(), rules.own[verb].span.end());
        let tokens = &rules.judge.evidence.sentences[n].tokens;
        let source = Span::new(tokens[i.saturating_sub(2)].span.start(), tokens[i].span.end());
        let message = "the source only announces it";
        Some(rules.finding(Code::TenseContradicted, span, n, source, message))
    })
}

/// Returns the position of the verb after an auxiliary, skipping adverbs and "been": a past form or, after "did", any
/// form.
fn verb_after(lists: &Lists, own: &[Term], auxiliary: usize) -> Option<usize> {
    if !lists.done.contains(own[auxiliary].word.as_str()) {
        return None;
    }
    let is_between = |t: &Term| {
        t.word.ends_with("ly")
            || matches!(t.word.as_str(), "been" | "now" | "also" | "already" | "since" | "just")
    };
    let verb = (auxiliary + 1..own.len()).find(|&i| !is_between(&own[i]))?;
    let term = &own[verb];
    // "Did hold".
    let is_base = own[auxiliary].word == "did";
    (term.may_be_verb() && (term.is_past() || is_base)).then_some(verb)
}

/// How the sources report a verb of the draft.
enum Verdict {
    /// All similar sentences put it into the future; the occurrence is in the most similar one.
    Announced(Occurrence),
    /// Not all similar sentences put it into the future.
    Completed,
    /// No similar sentence has the verb, or the most similar one seems to have another subject.
    Unknown,
}

/// Returns how similar source sentences report a verb.
fn announced_verb(rules: &Rules<'_>, verb: usize) -> Verdict {
    let lists = rules.judge.lists;
    let sentences = &rules.judge.evidence.sentences;
    let mut all = rules.similar(verb, SAME);
    all.retain(|&(n, i)| {
        let before = i.checked_sub(1).map_or("", |b| sentences[n].tokens[b].word.as_str());
        !lists.determiners.contains(before)
    });
    let Some(&first) = all.first() else { return Verdict::Unknown };
    if !all.iter().all(|&(n, i)| is_planned(lists, &sentences[n].tokens, i)) {
        return Verdict::Completed;
    }
    let (n, i) = first;
    let subject = rules.own[verb.saturating_sub(SUBJECT_REACH)..verb].iter();
    let of_source = &sentences[n].tokens[i.saturating_sub(SUBJECT_REACH)..i];
    let mut subject = subject.filter(|t| t.counts());
    if subject.any(|t| of_source.iter().any(|o| o.is_form_of(t))) {
        Verdict::Announced(first)
    } else {
        Verdict::Unknown
    }
}

/// Returns the first source sentence that announces the object of a verb, if all similar sentences with most of its
/// words do.
fn announced_object(rules: &Rules<'_>, auxiliary: usize, verb: usize) -> Option<Occurrence> {
    let lists = rules.judge.lists;
    let sentences = &rules.judge.evidence.sentences;
    let after = rules.own[verb + 1..].iter();
    let clause = after
        .take_while(|t| !t.after_break && !matches!(t.word.as_str(), "to" | "that" | "whether"));
    let object: Vec<&Term> = clause.filter(|t| t.counts()).take(OBJECT).collect();
    if object.len() < LEAST_OBJECT {
        return None;
    }
    let near = (0..sentences.len()).filter(|&n| rules.judge.near.whole[n] >= SAME);
    let mut found: Vec<(Occurrence, bool)> = Vec::new();
    for n in near {
        let tokens = &sentences[n].tokens;
        let places: Vec<usize> = object
            .iter()
            .filter_map(|term| tokens.iter().position(|t| t.is_form_of(term)))
            .collect();
        if (places.len() as f64) < SHARED * object.len() as f64 {
            continue;
        }
        if let Some(first) = places.into_iter().min() {
            let from = first.saturating_sub(BEFORE_VERB);
            let mut before = tokens[from..first].iter();
            found.push(((n, first), before.any(|t| lists.announced.contains(t.word.as_str()))));
        }
    }
    // Sentences that name the subject take precedence over all others.
    let subject = rules.own[..auxiliary].iter().filter(|t| t.is_raised && t.is_content);
    let subject: Vec<&Term> = subject.collect();
    let names_subject = |(n, _): Occurrence| {
        subject.iter().any(|t| sentences[n].tokens.iter().any(|o| o.is_form_of(t)))
    };
    if found.iter().any(|(place, _)| names_subject(*place)) {
        found.retain(|(place, _)| names_subject(*place));
    }
    let all_announced = found.iter().all(|(_, is_announced)| *is_announced);
    found.first().filter(|_| all_announced).map(|(place, _)| *place)
}

/// Returns whether a future marker other than "may" is among the [`BEFORE_PURPOSE`] words before a position.
fn has_future(lists: &Lists, terms: &[Term], at: usize) -> bool {
    let from = at.saturating_sub(BEFORE_PURPOSE);
    terms[from..at].iter().any(|t| lists.planned.contains(t.word.as_str()) && t.word != "may")
}

/// Returns whether a word shortly before a verb marks it as future or planned.
fn is_planned(lists: &Lists, terms: &[Term], at: usize) -> bool {
    let from = at.saturating_sub(BEFORE_VERB);
    // After a future marker, a verb has its base form unless "be" or "have" precedes it, so "about" is not a marker in
    // "a slogan about land and harvests chanted by farmers".
    let has_auxiliary = terms[from..at].iter().any(|t| matches!(t.word.as_str(), "be" | "have"));
    if terms[at].word.ends_with("ed") && !has_auxiliary {
        return false;
    }
    (from..at).any(|i| match terms[i].word.as_str() {
        // "To be announced" is planned, and so is "will meet on Friday to discuss"; "proposed to cap" and "rose to 52
        // percent" are not.
        "to" => terms[i + 1].word == "be" || (i + 1 == at && has_future(lists, terms, i)),
        // The month of May is capitalized.
        "may" => !terms[i].is_raised,
        word if lists.awaiting.contains(word) => i + 2 >= at,
        word => lists.planned.contains(word),
    })
}
