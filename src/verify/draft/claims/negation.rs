//! Verbs that are negated in the draft but not in the sources, or vice versa.
//!
//! A negation applies to the verb after it, across auxiliaries and adverbs (after Chapman et al., *A simple algorithm
//! for identifying negated findings*, 2001). A sentence of a source is only compared if it has the same verb with the
//! same subject and object: the nearest content word before each verb also precedes the other one, and most of the
//! words after one also follow the other. The draft is contradicted if none of these sentences agrees with it.
//!
//! The clauses of other languages are compared as a whole ([`denial`]).
//!
//! Known limits: a negation by another word ("refused to") or of another verb ("has not claimed" for "has
//! not asserted") is not compared, nor are conditions and possibilities.

use std::collections::BTreeSet;

use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::claims::denial;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::lists::Lists;
use crate::verify::draft::claims::relations::Rules;
use crate::verify::report::Finding;

/// The number of words before a verb in which its subject and negation are.
const BEFORE: usize = 9;
/// The maximum number of words between a negation and its verb.
const REACH: usize = 6;
/// The number of content words of an object that are compared.
const OBJECT: usize = 6;
/// The minimum number of content words, besides the verb, that both sentences share.
const SHARED: usize = 3;

/// Returns the first verb that is negated on one side only.
pub(super) fn find(rules: &Rules<'_>) -> Option<(Span, Finding)> {
    // The verbs of other languages are not recognised.
    if rules.judge.lists.auxiliaries.is_empty() {
        return denial::find(rules);
    }
    (0..rules.own.len()).find_map(|at| {
        let own = Clause::new(rules.judge.lists, rules.own, at)?;
        let contrary = contrary(rules, &own)?;
        let span = Span::new(own.start(), rules.own[at].span.end());
        let tokens = &rules.judge.evidence.sentences[contrary.sentence].tokens;
        let clause =
            Clause { lists: own.lists, terms: tokens, at: contrary.at, denied: !own.denied };
        let source = Span::new(clause.start(), tokens[contrary.at].span.end());
        let message =
            if own.denied { "the source does not deny it" } else { "the source denies it" };
        let n = contrary.sentence;
        Some(rules.finding(Code::NegationContradicted, span, n, source, message))
    })
}

/// A verb of a source.
struct Place {
    sentence: usize,
    at: usize,
}

/// Returns the sentence of the opposite polarity that is most like a clause of the draft, if no sentence with its
/// subject, verb and object agrees with it.
fn contrary(rules: &Rules<'_>, own: &Clause<'_>) -> Option<Place> {
    let verb = &own.terms[own.at];
    let mut best: Option<(usize, Place)> = None;
    for n in rules.judge.evidence.with_form_of(verb) {
        let terms = &rules.judge.evidence.sentences[n].tokens;
        for at in (0..terms.len()).filter(|&i| terms[i].is_form_of(verb)) {
            let denied = is_denied(own.lists, terms, at);
            let other = Clause { lists: own.lists, terms, at, denied };
            let Some(shared) = own.shared(&other) else { continue };
            if denied == own.denied || Clause::new(own.lists, terms, at).is_none() {
                return None;
            }
            let is_future = |clause: &Clause<'_>| clause.before().any(|t| t.word == "will");
            if is_future(own) == is_future(&other) && best.as_ref().is_none_or(|b| b.0 < shared) {
                best = Some((shared, Place { sentence: n, at }));
            }
        }
    }
    best.map(|(_, place)| place)
}

/// A verb with the words around it.
struct Clause<'t> {
    lists: &'static Lists,
    terms: &'t [Term],
    at: usize,
    denied: bool,
}

impl<'t> Clause<'t> {
    /// Reads the clause of a word, if it is a verb that is asserted or denied.
    fn new(lists: &'static Lists, terms: &'t [Term], at: usize) -> Option<Self> {
        let term = &terms[at];
        if !term.may_be_verb() {
            return None;
        }
        let clause = Self { lists, terms, at, denied: is_denied(lists, terms, at) };
        let is_possible = clause.before().take(REACH).any(|t| {
            lists.modals.contains(t.word.as_str()) || lists.conditions.contains(t.word.as_str())
        });
        let is_doubtful = || {
            let after = terms[at + 1..].iter().take(3);
            let mut near = clause.before().chain(after);
            near.any(|t| lists.other_denials.contains(t.word.as_str()))
        };
        let is_stated = clause.denied || (is_asserted(lists, terms, at) && !is_doubtful());
        (is_stated && !is_possible).then_some(clause)
    }

    /// Returns the words before the verb in its clause, the nearest first.
    fn before(&self) -> impl Iterator<Item = &'t Term> {
        let lists = self.lists;
        let words = self.terms[..self.at].iter().rev().take(BEFORE);
        let mut is_over = false;
        words.take_while(move |t| {
            // The conjunction itself belongs to the clause.
            let was_over = is_over;
            is_over |= lists.clauses.contains(t.word.as_str());
            !was_over
        })
    }

    /// Returns the content words before the verb, the nearest first.
    fn subject(&self) -> impl Iterator<Item = &'t Term> {
        self.before().filter(|t| t.counts() && !t.word.ends_with("ly"))
    }

    /// Returns the content words after the verb, up to the end of the clause.
    fn object(&self) -> Vec<&'t Term> {
        let lists = self.lists;
        let after = self.terms[self.at + 1..].iter();
        let is_end = |t: &&Term| {
            t.after_break
                || lists.ends.contains(t.word.as_str())
                || lists.clauses.contains(t.word.as_str())
        };
        let clause = after.take_while(|t| !is_end(t));
        clause.filter(|t| t.counts()).take(OBJECT).collect()
    }

    /// Returns the number of words that both clauses share, if they have the same subject and object.
    fn shared(&self, other: &Self) -> Option<usize> {
        let has = |terms: &[&Term], term: &Term| terms.iter().any(|t| t.is_form_of(term));
        let subjects: [Vec<&Term>; 2] = [self.subject().collect(), other.subject().collect()];
        if !has(&subjects[1], subjects[0].first()?) || !has(&subjects[0], subjects[1].first()?) {
            return None;
        }
        let objects = [self.object(), other.object()];
        let both = objects[0].iter().filter(|t| has(&objects[1], t)).count();
        let least = objects[0].len().min(objects[1].len());
        if both == 0 || both * 2 < least {
            return None;
        }
        let subject: BTreeSet<Option<u32>> =
            subjects[0].iter().filter(|t| has(&subjects[1], t)).map(|t| t.number).collect();
        let shared = both + subject.len();
        let is_whole = both == objects[0].len() && both == objects[1].len();
        (shared >= SHARED || is_whole).then_some(shared)
    }

    /// Returns the start of the negation or auxiliary of the verb.
    fn start(&self) -> usize {
        let lists = self.lists;
        let is_small = |t: &&Term| {
            let word = t.word.as_str();
            !t.is_content
                && (lists.denials.contains(word)
                    || lists.auxiliaries.contains(word)
                    || word.ends_with("n't"))
        };
        let first = self.terms[..self.at].iter().rev().take_while(is_small).last();
        first.unwrap_or(&self.terms[self.at]).span.start()
    }
}

/// Whether a negation before a verb reaches it: directly, across adverbs and auxiliaries, or across a verb that takes it as
/// its complement ("did not end up ratifying", "neither appeared to have played").
fn is_denied(lists: &Lists, terms: &[Term], at: usize) -> bool {
    let from = at.saturating_sub(REACH);
    for i in (from..at).rev() {
        let (term, after) = (&terms[i], &terms[i + 1]);
        let word = term.word.as_str();
        // "Not only" affirms.
        let affirms = lists.affirming.contains(after.word.as_str());
        let is_listed = lists.denials.contains(word) && !affirms;
        if after.after_break || (!is_listed && is_clause(lists, word)) {
            return false;
        }
        if is_listed || word.ends_with("n't") {
            return true;
        }
        // "Neither drugs nor alcohol appeared": the nouns in between are negated together with the verb.
        let is_subject = i > 0 && matches!(terms[i - 1].word.as_str(), "nor" | "neither");
        let takes_complement = matches!(after.word.as_str(), "to" | "up" | "on");
        let is_small = !term.is_content && (word == "to" || !lists.before_nouns.contains(word));
        if !(is_small || word.ends_with("ly") || is_subject || takes_complement) {
            return false;
        }
    }
    false
}

/// Whether a word begins or joins a clause.
fn is_clause(lists: &Lists, word: &str) -> bool {
    lists.clauses.contains(word) || lists.ends.contains(word)
}

/// Whether a word is a verb of a statement: after an auxiliary, or in the past or third person after its subject.
fn is_asserted(lists: &Lists, terms: &[Term], at: usize) -> bool {
    let mut before = terms[..at].iter().rev().filter(|t| !t.word.ends_with("ly"));
    let Some(previous) = before.next() else { return false };
    let (word, term) = (previous.word.as_str(), &terms[at]);
    let is_passive = terms.get(at + 1).is_some_and(|next| next.word == "by");
    if lists.auxiliaries.contains(word) {
        return true;
    }
    !lists.before_nouns.contains(word) && term.is_past() && !is_passive
}
