//! Verbs that are negated in the draft but not in the sources, or vice versa.
//!
//! A negation applies to the verb after it, across auxiliaries and adverbs (after Chapman et al., *A simple algorithm
//! for identifying negated findings*, 2001). A source clause is compared only if it has the same verb with the same
//! subject and object: the nearest content word before each verb also precedes the other one, and at least half of the
//! words of the shorter object are in the other object. A pronoun can refer to any subject, so more words of the
//! objects must agree. The draft is contradicted if all of these source clauses contradict it.
//!
//! A verb of refusal or failure ("failed to sign") denies the verb after "to". It also contradicts "agreed to sign",
//! although neither says that anybody signed.
//!
//! In other languages, clauses are compared as a whole ([`denial`]).
//!
//! Known limits: clauses with different verbs ("has not claimed", "has asserted") are not compared, nor are conditions
//! and possibilities.

use std::collections::BTreeSet;

use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::claims::denial;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::lists::Lists;
use crate::verify::draft::claims::relations::Rules;
use crate::verify::report::Finding;

/// The number of words before a verb that are searched for its subject and for words that make its clause doubtful.
const BEFORE: usize = 9;
/// The number of words before a verb that are searched for its negation.
const REACH: usize = 6;
/// The maximum number of content words of an object that are compared.
const OBJECT: usize = 6;
/// The minimum number of content words, besides the verb, that both clauses share, unless their objects have the same
/// words.
const SHARED: usize = 3;
/// The minimum number of content words that both objects share if the subject of one of the clauses is a pronoun.
const BY_OBJECT: usize = 2;

/// Returns the first verb whose clause the sources contradict.
pub(super) fn find(rules: &Rules<'_>) -> Option<(Span, Finding)> {
    // In a language without a list of auxiliaries, verbs are not recognized.
    if rules.judge.lists.auxiliaries.is_empty() {
        return denial::find(rules);
    }
    (0..rules.own.len()).find_map(|at| {
        let own = Clause::new(rules.judge.lists, rules.own, at)?;
        let contrary = contrary(rules, &own)?;
        let span = Span::new(own.start(), rules.own[at].span.end());
        let tokens = &rules.judge.evidence.sentences[contrary.sentence].tokens;
        let polarity = polarity(own.lists, tokens, contrary.at);
        let clause = Clause { lists: own.lists, terms: tokens, at: contrary.at, polarity };
        let source = Span::new(clause.start(), tokens[contrary.at].span.end());
        let message =
            if own.is_denied() { "the source does not deny it" } else { "the source denies it" };
        let n = contrary.sentence;
        Some(rules.finding(Code::NegationContradicted, span, n, source, message))
    })
}

/// The position of a verb in a source sentence.
struct Place {
    sentence: usize,
    at: usize,
}

/// Returns the source clause that contradicts a clause of the draft and shares the most words with it. Returns `None`
/// if any source clause with the same subject, verb and object does not contradict it.
fn contrary(rules: &Rules<'_>, own: &Clause<'_>) -> Option<Place> {
    let verb = &own.terms[own.at];
    let mut best: Option<(usize, Place)> = None;
    for n in rules.judge.evidence.with_form_of(verb) {
        let terms = &rules.judge.evidence.sentences[n].tokens;
        for at in (0..terms.len()).filter(|&i| terms[i].is_form_of(verb)) {
            let other =
                Clause { lists: own.lists, terms, at, polarity: polarity(own.lists, terms, at) };
            let Some(shared) = own.shared(&other) else { continue };
            if !own.polarity.excludes(other.polarity) || Clause::new(own.lists, terms, at).is_none()
            {
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
    polarity: Polarity,
}

/// How a clause presents its verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Polarity {
    /// "Signed".
    Asserted,
    /// "Agreed to sign", "voted to sign".
    Intended,
    /// "Did not sign".
    Denied,
    /// "Refused to sign".
    Refused,
}

impl Polarity {
    /// Returns whether two clauses with these polarities contradict each other.
    const fn excludes(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::Asserted, Self::Denied | Self::Refused)
                | (Self::Denied | Self::Refused, Self::Asserted)
                | (Self::Intended, Self::Refused)
                | (Self::Refused, Self::Intended)
        )
    }
}

impl<'t> Clause<'t> {
    /// Returns the clause of the word at a position, if the word is a verb that the clause asserts, intends or denies
    /// without a condition, possibility or doubt.
    fn new(lists: &'static Lists, terms: &'t [Term], at: usize) -> Option<Self> {
        let term = &terms[at];
        if !term.may_be_verb() {
            return None;
        }
        let clause = Self { lists, terms, at, polarity: polarity(lists, terms, at) };
        let is_possible = clause.before().take(REACH).any(|t| {
            lists.modals.contains(t.word.as_str()) || lists.conditions.contains(t.word.as_str())
        });
        let is_doubtful = || {
            let after = terms[at + 1..].iter().take(3);
            let mut near = clause.before().chain(after);
            near.any(|t| lists.other_denials.contains(t.word.as_str()))
        };
        // "China feared that Kim had not gone".
        let is_attitude = || {
            let mut near = terms[..at].iter().rev().take(BEFORE);
            near.any(|t| lists.attitudes.contains(t.word.as_str()))
        };
        let is_stated = match clause.polarity {
            Polarity::Denied | Polarity::Refused => !is_attitude(),
            Polarity::Intended => !is_doubtful(),
            Polarity::Asserted => is_asserted(lists, terms, at) && !is_doubtful(),
        };
        (is_stated && !is_possible).then_some(clause)
    }

    const fn is_denied(&self) -> bool {
        matches!(self.polarity, Polarity::Denied | Polarity::Refused)
    }

    /// Returns the words before the verb in its clause, the nearest first, up to and including a conjunction.
    fn before(&self) -> impl Iterator<Item = &'t Term> {
        let lists = self.lists;
        // "Agreed to sign": the subject precedes the governing verb.
        let is_governed = matches!(self.polarity, Polarity::Intended | Polarity::Refused);
        let end = if is_governed { self.at - 2 } else { self.at };
        let words = self.terms[..end].iter().rev().take(BEFORE);
        let mut is_over = false;
        words.take_while(move |t| {
            // The conjunction itself is included.
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

    /// Returns the number of content words that both clauses share, if they have the same subject and object.
    fn shared(&self, other: &Self) -> Option<usize> {
        let has = |terms: &[&Term], term: &Term| terms.iter().any(|t| t.is_form_of(term));
        let subjects: [Vec<&Term>; 2] = [self.subject().collect(), other.subject().collect()];
        let objects = [self.object(), other.object()];
        let both = objects[0].iter().filter(|t| has(&objects[1], t)).count();
        let least = objects[0].len().min(objects[1].len());
        if self.has_pronoun() || other.has_pronoun() {
            let is_same = both >= BY_OBJECT && both * 3 >= objects[0].len() * 2;
            return is_same.then_some(both);
        }
        if !has(&subjects[1], subjects[0].first()?) || !has(&subjects[0], subjects[1].first()?) {
            return None;
        }
        if both == 0 || both * 2 < least {
            return None;
        }
        let subject: BTreeSet<Option<u32>> =
            subjects[0].iter().filter(|t| has(&subjects[1], t)).map(|t| t.number).collect();
        let shared = both + subject.len();
        let is_whole = both == objects[0].len() && both == objects[1].len();
        (shared >= SHARED || is_whole).then_some(shared)
    }

    /// Returns whether the subject of the clause is a pronoun.
    fn has_pronoun(&self) -> bool {
        let lists = self.lists;
        let is_subject = |t: &&Term| t.counts() || lists.subjects.contains(t.word.as_str());
        self.before().find(is_subject).is_some_and(|t| lists.subjects.contains(t.word.as_str()))
    }

    /// Returns the start of the negations and auxiliaries directly before the verb, or of the verb if there are none.
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

/// Returns how a clause presents the verb at a position.
fn polarity(lists: &Lists, terms: &[Term], at: usize) -> Polarity {
    if is_denied(lists, terms, at) {
        return Polarity::Denied;
    }
    let before = |n: usize| at.checked_sub(n).map(|i| &terms[i]);
    let (Some(to), Some(verb)) = (before(1), before(2)) else { return Polarity::Asserted };
    if to.word != "to" || to.after_break {
        Polarity::Asserted
    } else if lists.refusals.contains(verb.word.as_str()) {
        // "Did not fail to sign" asserts.
        let is_doubled = is_denied(lists, terms, at - 2);
        if is_doubled { Polarity::Asserted } else { Polarity::Refused }
    } else if verb.is_past() && !before(3).is_some_and(|t| lists.passive.contains(t.word.as_str()))
    {
        Polarity::Intended
    } else {
        Polarity::Asserted
    }
}

/// Returns whether a negation denies a statement rather than an infinitive or a wish: "asked Kim not to go", "insisted
/// that Kim not go" and "for not going" leave open whether Kim went. "Not" denies a finite verb only after an
/// auxiliary.
fn is_finite(lists: &Lists, terms: &[Term], negation: usize) -> bool {
    let is_before_infinitive = terms.get(negation + 1).is_some_and(|t| t.word == "to");
    let mut before = terms[..negation]
        .iter()
        .rev()
        .filter(|t| !t.word.ends_with("ly") && !lists.subjects.contains(t.word.as_str()));
    let mut follows_auxiliary =
        || before.next().is_some_and(|t| lists.auxiliaries.contains(t.word.as_str()));
    !is_before_infinitive && (terms[negation].word != "not" || follows_auxiliary())
}

/// Returns whether a verb is negated: by a negation directly before it, across adverbs and auxiliaries, or across a
/// verb that takes it as its complement ("did not end up ratifying", "neither appeared to have played").
fn is_denied(lists: &Lists, terms: &[Term], at: usize) -> bool {
    let from = at.saturating_sub(REACH);
    for i in (from..at).rev() {
        let (term, after) = (&terms[i], &terms[i + 1]);
        let word = term.word.as_str();
        // "Not only" affirms.
        let affirms = lists.affirming.contains(after.word.as_str());
        let is_listed = denies(lists, terms, i) && !affirms;
        if after.after_break || (!is_listed && is_clause(lists, word)) {
            return false;
        }
        if is_listed || word.ends_with("n't") {
            return is_finite(lists, terms, i);
        }
        // "Neither drugs nor alcohol appeared": the nouns in between are negated together with the verb.
        let is_subject = i > 0 && matches!(terms[i - 1].word.as_str(), "nor" | "neither");
        let takes_complement = match after.word.as_str() {
            "to" => lists.transparent.contains(word),
            other => matches!(other, "up" | "on"),
        };
        let is_small = !term.is_content && (word == "to" || !lists.before_nouns.contains(word));
        if !(is_small || word.ends_with("ly") || is_subject || takes_complement) {
            return false;
        }
    }
    false
}

/// Returns whether a word is a negation, or the second word of one such as "no longer".
fn denies(lists: &Lists, terms: &[Term], at: usize) -> bool {
    let word = terms[at].word.as_str();
    let is_second = |first: &Term| {
        let mut pairs = lists.denials.iter().filter_map(|pair| pair.split_once(' '));
        pairs.any(|pair| pair == (first.word.as_str(), word))
    };
    lists.denials.contains(word)
        || at.checked_sub(1).is_some_and(|before| is_second(&terms[before]))
}

/// Returns whether a word begins a clause or joins two clauses.
fn is_clause(lists: &Lists, word: &str) -> bool {
    lists.clauses.contains(word) || lists.ends.contains(word)
}

/// Returns whether a verb makes a statement: it follows an auxiliary, or it is a past form without "by" after it and
/// without a word such as "the", "of" or "to" before it. Adverbs before the verb are skipped.
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
