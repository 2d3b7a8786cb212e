//! Clauses of the draft that deny what the source says, or the reverse, in languages whose verbs are not recognized.
//!
//! Source clauses that share most content words with a clause of the draft are compared with it. The clause is
//! contradicted if all of them have the opposite polarity: one side has a negation and the other has none. "Der Rat hat
//! den Vertrag nicht unterschrieben" is contradicted by "Der Rat hat den Vertrag am Freitag unterschrieben".
//!
//! Known limits: a paraphrase is not compared, nor are clauses with a condition, a possibility or a denial in other
//! words.

use std::collections::BTreeSet;

use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::lists::Lists;
use crate::verify::draft::claims::relations::Rules;
use crate::verify::report::Finding;

/// The minimum number of content words in a clause that is compared.
const LEAST: usize = 4;
/// The minimum share of the content words of each clause that the other clause contains.
const SHARED: f64 = 0.7;

/// Returns the first clause that a source contradicts.
pub(super) fn find(rules: &Rules<'_>) -> Option<(Span, Finding)> {
    let lists = rules.judge.lists;
    if lists.denials.is_empty() {
        return None;
    }
    clauses(lists, rules.own).find_map(|own| {
        let (n, source) = contrary(rules, &own)?;
        let message =
            if own.denied { "the source does not deny it" } else { "the source denies it" };
        Some(rules.finding(Code::NegationContradicted, own.span, n, source, message))
    })
}

/// A clause with its content words.
struct Clause {
    span: Span,
    terms: BTreeSet<Option<u32>>,
    denied: bool,
}

/// Returns the clauses of a sentence that state something in enough words.
fn clauses<'t>(lists: &'t Lists, terms: &'t [Term]) -> impl Iterator<Item = Clause> + 't {
    let begins = |term: &Term| term.after_break || lists.clauses.contains(term.word.as_str());
    let all = terms.chunk_by(move |_, next| !begins(next));
    all.filter_map(|clause| Clause::new(lists, clause))
}

impl Clause {
    fn new(lists: &Lists, words: &[Term]) -> Option<Self> {
        let is_doubtful = words.iter().any(|t| {
            let word = t.word.as_str();
            [&lists.other_denials, &lists.modals, &lists.conditions]
                .iter()
                .any(|list| list.contains(word))
        });
        let is_denial = |t: &Term| lists.denials.contains(t.word.as_str());
        let affirms =
            |t: Option<&Term>| t.is_some_and(|t| lists.affirming.contains(t.word.as_str()));
        let content = words.iter().filter(|t| t.counts() && !is_denial(t));
        let terms: BTreeSet<_> = content.map(|t| t.number).collect();
        let mut at = 0..words.len();
        let denied = at.any(|i| is_denial(&words[i]) && !affirms(words.get(i + 1)));
        let span = Span::new(words.first()?.span.start(), words.last()?.span.end());
        (!is_doubtful && terms.len() >= LEAST).then_some(Self { span, terms, denied })
    }

    /// Returns the number of content words that both clauses contain, if these are most of the words of each.
    fn shared(&self, other: &Self) -> Option<usize> {
        let both = self.terms.intersection(&other.terms).filter(|term| term.is_some()).count();
        let most = self.terms.len().max(other.terms.len());
        (both as f64 >= SHARED * most as f64).then_some(both)
    }
}

/// Returns the source clause most similar to a clause of the draft, if all similar source clauses ([`Clause::shared`])
/// have the opposite polarity.
fn contrary(rules: &Rules<'_>, own: &Clause) -> Option<(usize, Span)> {
    let judge = rules.judge;
    let mut best: Option<(usize, usize, Span)> = None;
    for &n in &judge.near.close {
        for other in clauses(judge.lists, &judge.evidence.sentences[n].tokens) {
            let Some(shared) = own.shared(&other) else { continue };
            if other.denied == own.denied {
                return None;
            }
            if best.is_none_or(|(most, ..)| most < shared) {
                best = Some((shared, n, other.span));
            }
        }
    }
    best.map(|(_, n, span)| (n, span))
}
