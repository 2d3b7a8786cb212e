//! Words for a share ("all", "most", "half", "only some" or "none") in the draft if a source has another share of the
//! same things.
//!
//! The noun after such a word, or the noun to which "all of them" refers, is looked up in similar source sentences. The
//! claim is contradicted if a word for an incompatible share precedes the noun there ("some of the piers", "one of the
//! four piers", "including five Republicans") and no source sentence has the noun with the draft's share.
//!
//! Known limits: English only; a bare plural that means only some of the things is not found.

use crate::span::Span;
use crate::verify::code::Code;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::lists::Lists;
use crate::verify::draft::claims::relations::Rules;
use crate::verify::report::Finding;

/// The minimum similarity of a source sentence about the same thing.
const SAME: f64 = 0.35;
/// The number of words after a word for a share that are searched for its noun, and of words before a noun that are
/// searched for a word for a share.
const REACH: usize = 6;
/// The maximum number of content words after a quantifier that are tried as its noun: "the other competitive states".
const NOUNS: usize = 3;
/// The number of words before a word for the whole that are searched for a negation.
const DENIED: usize = 3;
/// The minimum share of the predicate's content words that a source sentence contains, if the predicate follows the
/// noun.
const SHARED: f64 = 0.75;
/// The same minimum for the content words before the noun, which may be an object.
const SHARED_BEFORE: f64 = 0.4;

/// The share of some things that a word denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Share {
    All,
    Most,
    Half,
    /// A part of any size: "some", "several", "two of".
    Some,
    /// A small part and no more: "few", "only some".
    Few,
    None,
}

impl Share {
    /// Returns whether a draft with this share cannot be right if a source has the other one.
    const fn excludes(self, other: Self) -> bool {
        match self {
            Self::All => !matches!(other, Self::All),
            Self::None => !matches!(other, Self::None | Self::Few),
            Self::Most => matches!(other, Self::All | Self::Half | Self::Few | Self::None),
            Self::Half => matches!(other, Self::All | Self::None),
            Self::Few => matches!(other, Self::All | Self::Most | Self::Half),
            Self::Some => false,
        }
    }
}

/// Returns the share that the word at a position denotes.
fn share(lists: &Lists, terms: &[Term], at: usize) -> Option<Share> {
    let word = terms[at].word.as_str();
    let before = |n: usize| at.checked_sub(n).map_or("", |i| terms[i].word.as_str());
    let next = terms.get(at + 1).map_or("", |t| t.word.as_str());
    let is_restricted = || lists.affirming.contains(before(1));
    let is_denied =
        || (1..=DENIED).any(|n| lists.denials.contains(before(n)) || before(n).ends_with("n't"));
    if lists.nones.contains(word) {
        return Some(Share::None);
    }
    if lists.wholes.contains(word) {
        // "Does not ban all drilling": only some of it is banned.
        return match lists.hedges.contains(before(1)) {
            _ if is_denied() => Some(Share::Some),
            true => lists.nearly.contains(before(1)).then_some(Share::Most),
            false => Some(Share::All),
        };
    }
    let is_counted = is_number(lists, &terms[at]) && (next == "of" || before(1) == "including");
    if lists.most.contains(word) {
        Some(Share::Most)
    } else if lists.halves.contains(word) {
        Some(Share::Half)
    } else if lists.few.contains(word) && before(1) != "a" {
        Some(Share::Few)
    } else if lists.parts.contains(word) || is_counted {
        Some(if is_restricted() { Share::Few } else { Share::Some })
    } else {
        // "Only two Republicans".
        (is_number(lists, &terms[at]) && is_restricted()).then_some(Share::Some)
    }
}

/// Returns the first word for a share that the sources exclude.
pub(super) fn find(rules: &Rules<'_>) -> Option<(Span, Finding)> {
    let lists = rules.judge.lists;
    (0..rules.own.len()).find_map(|at| {
        let own = share(lists, rules.own, at).filter(|own| *own != Share::Some)?;
        nouns(lists, rules.own, at).into_iter().find_map(|noun| of_other(rules, own, at, noun))
    })
}

/// Returns the positions of the words that can be the noun of a word for a share.
fn nouns(lists: &Lists, own: &[Term], at: usize) -> Vec<usize> {
    let after = own.iter().enumerate().skip(at + 1).take(REACH);
    let clause = after.take_while(|(_, t)| !t.after_break);
    let content = clause.filter(|(_, t)| t.is_content && !is_number(lists, t)).take(NOUNS);
    let mut nouns: Vec<usize> = content.map(|(i, _)| i).collect();
    let refers = matches!(own.get(at + 1).map(|t| t.word.as_str()), Some("of"))
        && own.get(at + 2).is_some_and(|t| matches!(t.word.as_str(), "them" | "whom" | "which"));
    if refers {
        // In "five devices turned up, and all of them", "them" refers to the nearest noun after a number.
        let counted = (0..at.saturating_sub(1)).rev().find(|&i| is_number(lists, &own[i]));
        nouns.extend(counted.map(|i| i + 1).filter(|&i| own[i].is_content));
    }
    nouns.retain(|&noun| !lists.times.contains(own[noun].word.as_str()));
    nouns
}

fn of_other(rules: &Rules<'_>, own: Share, at: usize, noun: usize) -> Option<(Span, Finding)> {
    let lists = rules.judge.lists;
    let evidence = rules.judge.evidence;
    let number = rules.own[noun].number?;
    let mut found = None;
    for &n in evidence.with_term(number) {
        let n = n as usize;
        let tokens = &evidence.sentences[n].tokens;
        for i in (0..tokens.len()).filter(|&i| tokens[i].number == Some(number)) {
            let mut before = i.saturating_sub(REACH)..i;
            if before.any(|b| share(lists, tokens, b) == Some(own)) {
                return None;
            }
            let is_similar =
                rules.judge.near.whole[n] >= SAME && shares(rules.own, (at, noun), tokens);
            if found.is_none() && is_similar {
                let other = share_before(lists, rules.own, tokens, i);
                found = other.filter(|(_, other)| own.excludes(*other)).map(|(b, _)| (n, b, i));
            }
        }
    }
    let (n, first, i) = found?;
    let tokens = &evidence.sentences[n].tokens;
    let ends = [rules.own[at].span, rules.own[noun].span];
    let end = if noun > at { ends[1].end() } else { ends[0].end() };
    let source = Span::new(tokens[first].span.start(), tokens[i].span.end());
    let message = match own {
        Share::All => "the source says it of a part",
        _ => "the source says it of another share",
    };
    let span = Span::new(ends[0].start(), end);
    Some(rules.finding(Code::QuantityContradicted, span, n, source, message))
}

/// Returns whether a source sentence says the same about a noun: it contains most content words after the noun or, if
/// there are too few, enough of those before it, because the noun may be an object.
fn shares(own: &[Term], (at, noun): (usize, usize), source: &[Term]) -> bool {
    let after = &own[noun.max(at) + 1..];
    let is_relative = |t: &Term| matches!(t.word.as_str(), "that" | "which" | "who" | "whose");
    let clause = after.iter().take_while(|t| !t.after_break && !is_relative(t));
    let predicate: Vec<&Term> = clause.filter(|t| t.counts()).collect();
    let is_shared = |t: &&Term| source.iter().any(|o| o.is_form_of(t));
    let share =
        |terms: &[&Term]| terms.iter().filter(|t| is_shared(t)).count() as f64 / terms.len() as f64;
    if predicate.len() > 1 {
        return share(&predicate) >= SHARED;
    }
    let before: Vec<&Term> = own[..at.min(noun)].iter().filter(|t| t.counts()).collect();
    before.len() > 1 && share(&before) >= SHARED_BEFORE
}

/// Returns the position of the word for a share to which the noun at a position belongs, and that share.
fn share_before(
    lists: &Lists,
    own: &[Term],
    source: &[Term],
    noun: usize,
) -> Option<(usize, Share)> {
    let from = noun.saturating_sub(REACH);
    for i in (from..noun).rev() {
        let term = &source[i];
        if let Some(share) = share(lists, source, i) {
            return Some((i, share));
        }
        // Only words of the same noun phrase may be between the two.
        let is_shared = term.is_content && own.iter().any(|t| t.is_form_of(term));
        let is_small =
            matches!(term.word.as_str(), "of" | "the" | "its" | "his" | "her" | "their" | "those");
        if source[i + 1].after_break || !(is_small || is_shared || is_number(lists, term)) {
            return None;
        }
    }
    None
}

fn is_number(lists: &Lists, term: &Term) -> bool {
    term.is_number || lists.counts.contains(term.word.as_str())
}
