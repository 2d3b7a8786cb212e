//! Verbs that are negated in the draft but not in the sources, or vice versa.
//!
//! A negation applies to the words after it up to the end of its clause: a mark, a conjunction or a relative pronoun
//! (Chapman et al., *A simple algorithm for identifying negated findings*, 2001). The two sentences must share three
//! content words around the verb.
//!
//! Known limits: a negation by another word ("refused to") is not compared.

use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::relations::{Occurrence, Rules};
use crate::verify::report::Finding;

/// The minimum similarity at which a sentence of a source is compared as a whole.
const NEAR: f64 = 0.4;
/// Words that negate a following verb.
const DENIALS: &[&str] = &[
    "not", "never", "cannot", "neither", "nor", "nicht", "nie", "pas", "jamais", "no", "nunca",
    "non", "mai", "не",
];
/// Words that deny without a negation, which make the comparison meaningless.
const OTHER_DENIALS: &[&str] = &[
    "first",
    "only",
    "last",
    "until",
    "since",
    "unless",
    "barred",
    "bar",
    "ban",
    "banned",
    "refuse",
    "refused",
    "refuses",
    "declined",
    "declines",
    "fail",
    "failed",
    "fails",
    "deny",
    "denied",
    "denies",
    "avoid",
    "avoided",
    "prevent",
    "prevented",
    "stop",
    "stopped",
    "lack",
    "lacks",
    "unlikely",
    "reject",
    "rejected",
    "oppose",
    "opposed",
    "instead",
    "rather",
    "away",
    "without",
];
/// Words that begin a clause.
const CLAUSES: &[&str] = &[
    "and", "but", "because", "although", "though", "while", "which", "who", "that", "when", "if",
    "so", "or", "as", "than", "since",
];
/// The number of words over which a negation can reach.
const REACH: usize = 6;
/// Words after a verb that introduce its complement.
const COMPLEMENTS: &[&str] = &["to", "up", "on"];
/// The number of content words compared on either side of the verb.
const AROUND: usize = 6;
/// The minimum number of content words besides the verb that both sentences share.
const SHARED: usize = 3;

/// Returns the first verb whose negation differs.
pub(super) fn find(rules: &Rules<'_>) -> Option<(Span, Finding)> {
    let is_verb = |t: &Term| t.is_content && !t.is_raised && !t.word.ends_with("ly");
    let verbs = rules.own.iter().enumerate().filter(|(_, t)| is_verb(t));
    verbs.into_iter().find_map(|(at, term)| {
        let denied = is_denied(rules, rules.own, at);
        let all = rules.similar(at, NEAR);
        let sentences = &rules.judge.evidence.sentences;
        let &(n, i) = all.first()?;
        let contrary = |&(n, i): &Occurrence| {
            let source = &sentences[n].tokens;
            let denied_there = is_denied(rules, source, i);
            if denied {
                !denied_there && !denies(rules, source)
            } else {
                denied_there && !denies(rules, clause(rules.own, at))
            }
        };
        if !all.iter().all(contrary) || !share_neighbours(rules.own, at, &sentences[n].tokens, i) {
            return None;
        }
        let from = rules.own[at.saturating_sub(1)].span.start();
        let span = Span::new(from, term.span.end());
        let tokens = &sentences[n].tokens;
        let source = Span::new(tokens[i.saturating_sub(2)].span.start(), tokens[i].span.end());
        let message = if denied { "the source does not deny it" } else { "the source denies it" };
        Some(rules.finding(Code::NegationContradicted, span, n, source, message))
    })
}

/// Whether a negation before a verb reaches it: directly, across adverbs and function words, or across a verb that
/// takes it as its complement ("did not end up ratifying", "neither appeared to have played").
fn is_denied(rules: &Rules<'_>, terms: &[Term], at: usize) -> bool {
    let from = at.saturating_sub(REACH);
    for i in (from..at).rev() {
        let term = &terms[i];
        // In English, "no" negates a noun.
        let is_noun_denial = term.word == "no" && rules.judge.is_english;
        // "Not only" affirms.
        let affirms = matches!(terms[i + 1].word.as_str(), "only" | "just");
        let is_listed = DENIALS.contains(&term.word.as_str()) && !is_noun_denial && !affirms;
        let after = &terms[i + 1];
        if after.after_break || (CLAUSES.contains(&term.word.as_str()) && !is_listed) {
            return false;
        }
        if is_listed || term.word.ends_with("n't") {
            return true;
        }
        let takes_complement = COMPLEMENTS.contains(&after.word.as_str());
        // "Neither drugs nor alcohol appeared": the nouns in between are negated together with their verb.
        let is_subject = i > 0 && matches!(terms[i - 1].word.as_str(), "nor" | "neither");
        if term.is_content && !term.word.ends_with("ly") && !takes_complement && !is_subject {
            return false;
        }
    }
    false
}

/// The words of the clause around a verb.
fn clause(terms: &[Term], at: usize) -> &[Term] {
    let from = at.saturating_sub(REACH);
    let to = (at + REACH).min(terms.len() - 1);
    let start = (from..=at).rev().find(|&i| terms[i].after_break).unwrap_or(from);
    let end = (at + 1..=to).find(|&i| terms[i].after_break).map_or(to, |i| i - 1);
    &terms[start..=end]
}

/// Whether any of the given words negates, in whatever way.
fn denies(rules: &Rules<'_>, terms: &[Term]) -> bool {
    terms.iter().any(|t| {
        rules.judge.facts.denies(&t.word)
            || OTHER_DENIALS.contains(&t.word.as_str())
            || DENIALS.contains(&t.word.as_str())
    })
}

/// Whether the content words beside a word of the draft are also beside it in a source sentence.
fn share_neighbours(own: &[Term], at: usize, source: &[Term], i: usize) -> bool {
    let around = |terms: &[Term], at: usize| -> Vec<u32> {
        let counts = |t: &&Term| t.is_content || t.is_number;
        let before = terms[..at].iter().rev().filter(counts).take(AROUND);
        let after = terms[at + 1..].iter().filter(counts).take(AROUND);
        before.chain(after).filter_map(|t| t.number).collect()
    };
    let of_source = around(source, i);
    around(own, at).iter().filter(|n| of_source.contains(n)).count() >= SHARED
}
