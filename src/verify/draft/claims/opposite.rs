//! Words of the draft whose opposite is in the source: "rejected" for "approved".
//!
//! The words around a word of the draft select the source sentences about the same event: those with most of these
//! words and with all names among them. If each of these sentences has the opposite, and none has the word itself or a
//! negation, the word is reported. This is only a note, because one part of an event may be approved and another
//! rejected.
//!
//! Known limits: a sentence with a negation ("did not reject") is not compared.

use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::lists::Lists;
use crate::verify::draft::claims::relations::Rules;
use crate::verify::report::Finding;

/// The minimum share of the words around a word, by weight, that the most similar source sentence contains.
const LEAST: f64 = 0.55;

/// Returns the first word whose opposite the sources have.
pub(super) fn find(rules: &Rules<'_>) -> Option<(Span, Finding)> {
    let lists = rules.judge.lists;
    if lists.denials.is_empty() || lists.auxiliaries.is_empty() {
        return None;
    }
    (0..rules.own.len()).find_map(|at| {
        let is_word = rules.own[at].is_content && !rules.own[at].is_raised;
        if !is_word || is_possible(lists, rules.own, at) {
            return None;
        }
        let (n, i) = antonym(rules, at)?;
        let tokens = &rules.judge.evidence.sentences[n].tokens;
        let message = "the source says the opposite";
        let (span, source) = (rules.own[at].span, tokens[i].span);
        Some(rules.finding(Code::ClaimUnclear, span, n, source, message))
    })
}

/// Returns the position of the opposite of a word in the first sentence about the same event, if all sentences about
/// the event have the opposite.
fn antonym(rules: &Rules<'_>, at: usize) -> Option<(usize, usize)> {
    let lists = rules.judge.lists;
    let sides = lists.opposites.get(rules.own[at].word.as_str())?;
    let before = at.checked_sub(1).map_or("", |i| rules.own[i].word.as_str());
    // In "near the end of the meeting", "end" is a noun and not the opposite of "began".
    if lists.before_nouns.contains(before) || rules.own.iter().any(|t| is_negation(lists, t)) {
        return None;
    }
    let near = rules.nearest(at, LEAST);
    let is_on = |t: &Term, pair: usize, side: usize| {
        lists.opposites.get(t.word.as_str()).is_some_and(|all| all.contains(&(pair, side)))
    };
    sides.iter().find_map(|&(pair, side)| {
        // "Attacks rise in the west and fall in the east" has both a word and its opposite.
        if rules.own.iter().any(|t| is_on(t, pair, 1 - side)) {
            return None;
        }
        let place = |&n: &usize| {
            let tokens = &rules.judge.evidence.sentences[n].tokens;
            let is_open = tokens.iter().any(|t| is_on(t, pair, side) || is_negation(lists, t));
            let opposite = tokens.iter().position(|t| is_on(t, pair, 1 - side));
            opposite.filter(|_| !is_open).map(|i| (n, i))
        };
        let places: Option<Vec<(usize, usize)>> = near.iter().map(place).collect();
        places?.into_iter().next()
    })
}

/// Returns whether a word is a negation.
fn is_negation(lists: &Lists, term: &Term) -> bool {
    lists.denials.contains(term.word.as_str()) || term.word.ends_with("n't")
}

/// Returns whether a word of possibility or condition is among the few words before a position.
fn is_possible(lists: &Lists, terms: &[Term], at: usize) -> bool {
    const REACH: usize = 5;
    let before = &terms[at.saturating_sub(REACH)..at];
    before.iter().any(|t| {
        let word = t.word.as_str();
        lists.modals.contains(word) || lists.conditions.contains(word)
    })
}
