//! Names that are swapped, and offices that are attributed to another person.
//!
//! * *Title*: the draft puts a title before one of two names; the sources put it only before the other one.
//! * *Office*: the draft puts an office of at least two words before a name; the sources give it to a single other
//!   person.
//! * *Order*: a source sentence has the two names in reverse order with some of the same words before, between and
//!   after them, and the first name in each sentence is the subject of the same verb. "Ada Quist sued Mark Orr over the
//!   quay" is contradicted by "Mark Orr sued Ada Quist over the quay". If the first names are not known to be subjects
//!   of the same verb, the finding is only a note.
//!
//! Known limits: a swap in other words ("lost to" for "defeated") is not found.

use std::collections::BTreeSet;

use crate::span::{Span, slice};
use crate::verify::code::Code;
use crate::verify::draft::claims::evidence::Term;
use crate::verify::draft::claims::items::Value;
use crate::verify::draft::claims::lists::Lists;
use crate::verify::draft::claims::relations::{Rules, is_office};
use crate::verify::report::Finding;

/// The number of content words compared before and after two names.
const REACH: usize = 8;
/// The minimum number of content words around the names that both sentences share.
const SHARED: usize = 3;
/// The order of two names is compared only if fewer names than this are between them. In "Ada Quist, a Selm Liberal,
/// and Mark Orr", there is one between the two people.
const MOST_BETWEEN: usize = 3;

/// A name in the draft: its words and its range.
type Name<'a> = (&'a [String], Span);

/// Returns the first swap in a sentence that is certain or, if none is, the first possible one.
pub(super) fn find(rules: &Rules<'_>) -> Option<(Span, Finding)> {
    let names: Vec<Name<'_>> = rules
        .judge
        .found
        .iter()
        .filter_map(|i| match &i.value {
            Value::Name(words) => Some((words.as_slice(), i.span)),
            _ => None,
        })
        .collect();
    let mut doubted = None;
    for (i, a) in names.iter().enumerate() {
        if let Some((n, source)) = office_of_another(rules, a.0) {
            let message = "the sources give this office to another person";
            return Some(rules.finding(Code::RoleContradicted, a.1, n, source, message));
        }
        for (between, b) in names.iter().skip(i + 1).enumerate() {
            let is_near = between < MOST_BETWEEN;
            let found = titles_exchanged(rules, a.0, b.0)
                .map(|(n, source)| (n, source, true))
                .or_else(|| is_near.then(|| order_exchanged(rules, a, b)).flatten());
            let Some((n, source, is_sure)) = found else { continue };
            let span = Span::new(a.1.start(), b.1.end());
            let message = "the source has the two names the other way round";
            let finding = |code| rules.finding(code, span, n, source, message);
            if is_sure {
                return Some(finding(Code::Exchanged));
            }
            doubted = doubted.or_else(|| Some(finding(Code::ClaimUnclear)));
        }
    }
    doubted
}

/// Returns the names in the texts of the sources, each with its sentence and range.
fn source_names<'a>(rules: &'a Rules<'_>) -> impl Iterator<Item = (usize, &'a [String], Span)> {
    let sentences = rules.judge.evidence.sentences.iter().enumerate();
    sentences.filter(|(_, s)| !s.span.is_empty()).flat_map(|(n, s)| {
        s.items.iter().filter_map(move |item| match &item.value {
            Value::Name(words) => Some((n, words.as_slice(), item.span)),
            _ => None,
        })
    })
}

/// Returns a name in a source in which the title of one person precedes the name of the other, if the sources never put
/// that title before the first person's name.
fn titles_exchanged(rules: &Rules<'_>, a: &[String], b: &[String]) -> Option<(usize, Span)> {
    let (last_a, last_b) = (a.last()?, b.last()?);
    if last_a == last_b {
        return None;
    }
    let titled = |title: &[String], last: &String| {
        source_names(rules).find_map(|(n, words, span)| {
            let is_it = words.last() == Some(last)
                && words.len() > title.len()
                && words.windows(title.len()).any(|w| w == title);
            is_it.then_some((n, span))
        })
    };
    for (own, own_last, other_last) in [(a, last_a, last_b), (b, last_b, last_a)] {
        for k in 1..own.len() {
            let title = &own[..k];
            // A plural title applies to all people of a list, so "Sens." before one name is not evidence.
            if title.last().is_some_and(|word| is_office(word) && !word.ends_with('s'))
                && let Some(found) = titled(title, other_last)
                && titled(title, own_last).is_none()
                && own.len() - k <= 2
            {
                return Some(found);
            }
        }
    }
    None
}

/// Returns a name in a source with the office, of at least two words, that a person has in the draft, if the sources
/// give this office to exactly one person and never mention the person from the draft in the same sentence as the
/// office. They must mention the person from the draft elsewhere.
fn office_of_another(rules: &Rules<'_>, own: &[String]) -> Option<(usize, Span)> {
    let k = (2..own.len()).rev().find(|&k| is_office(&own[k - 1]))?;
    let (title, name) = own.split_at(k);
    let last = name.last().filter(|last| rules.judge.evidence.has_word(last))?;
    let mut holders: BTreeSet<&String> = BTreeSet::new();
    let mut place = None;
    for (n, words, span) in source_names(rules) {
        let Some(at) = words.windows(k).position(|w| w == title) else { continue };
        // The sentence contains both the office and the person from the draft, so the office may be that person's too.
        if rules.judge.evidence.sentences[n].words.contains(last) {
            return None;
        }
        if let Some(holder) = words.get(at + k..).and_then(<[String]>::last) {
            holders.insert(holder);
            place = place.or(Some((n, span)));
        }
    }
    place.filter(|_| holders.len() == 1)
}

/// The terms before, between and after two names of a sentence.
struct Segments {
    parts: [BTreeSet<u32>; 3],
    /// The words between the names.
    between: Vec<String>,
    /// The terms between the names that are neither capitalized nor offices.
    lower: BTreeSet<u32>,
}

impl Segments {
    fn new(lists: &Lists, terms: &[Term], first: Span, second: Span) -> Self {
        let counts =
            |t: &Term| (t.is_content || t.is_number) && !lists.symmetric.contains(t.word.as_str());
        let of = |t: &Term| t.number;
        let before = terms.iter().rev().filter(|t| t.span.end() <= first.start() && counts(t));
        let inside = terms
            .iter()
            .filter(|t| t.span.start() >= first.end() && t.span.end() <= second.start());
        let after = terms.iter().filter(|t| t.span.start() >= second.end() && counts(t));
        let between = inside.clone().map(|t| t.word.clone()).collect();
        let parts = [
            before.take(REACH).filter_map(of).collect(),
            inside.clone().filter(|t| counts(t) && !is_office(&t.word)).filter_map(of).collect(),
            after.take(REACH).filter_map(of).collect(),
        ];
        // In a list of people, only titles, parties and places are between the names.
        let is_lower = |t: &&Term| counts(t) && !t.is_raised && !is_office(&t.word);
        let lower = inside.filter(is_lower).filter_map(of).collect();
        Self { parts, between, lower }
    }

    fn is_passive(&self) -> bool {
        self.between.iter().any(|word| word == "by")
    }
}

/// Returns a source sentence with the two names in reverse order and some of the same words around them, the range of
/// the names, and whether the swap is certain, that is, whether the first name in each sentence is the subject of the
/// same verb. Returns `None` if any source sentence has the names in the draft's order with such words.
fn order_exchanged(rules: &Rules<'_>, a: &Name<'_>, b: &Name<'_>) -> Option<(usize, Span, bool)> {
    let (last_a, last_b) = (a.0.last()?, b.0.last()?);
    if last_a == last_b {
        return None;
    }
    let lists = rules.judge.lists;
    let own = Segments::new(lists, rules.own, a.1, b.1);
    let shared = |x: &BTreeSet<u32>, y: &BTreeSet<u32>| x.intersection(y).count();
    let mut found = None;
    for (n, at_a, at_b) in with_both(rules, last_a, last_b) {
        let sentence = &rules.judge.evidence.sentences[n];
        if at_a < at_b {
            let same = Segments::new(lists, &sentence.tokens, at_a, at_b);
            let all: usize = (0..3).map(|i| shared(&own.parts[i], &same.parts[i])).sum();
            if shared(&own.parts[1], &same.parts[1]) > 0 || all >= SHARED {
                return None;
            }
            continue;
        }
        let other = Segments::new(lists, &sentence.tokens, at_b, at_a);
        let aligned: Vec<usize> = (0..3).map(|i| shared(&own.parts[i], &other.parts[i])).collect();
        let crossed =
            shared(&own.parts[1], &other.parts[2]) + shared(&own.parts[2], &other.parts[1]);
        let is_owner = |text: &str, name: Span| {
            let after = slice(text, name.end(), text.len());
            after.starts_with("'s")
                || after.starts_with("’s")
                || name.slice(text).ends_with('s') && after.starts_with(['\'', '’'])
        };
        let text = &rules.judge.sources.collection.articles[sentence.article].text;
        let own_text = &rules.judge.read.article.text;
        // "Orr's lawyer, Ada Quist" means the same as "Ada Quist, the lawyer for Orr".
        let owns = [
            is_owner(own_text, a.1),
            is_owner(own_text, b.1),
            is_owner(text, at_a),
            is_owner(text, at_b),
        ];
        let is_contrary = !owns.contains(&true)
            && aligned[1] > 0
            && aligned.iter().sum::<usize>() >= SHARED
            && (shared(&own.lower, &other.lower) >= SHARED
                || aligned.iter().filter(|n| **n > 0).count() >= 2)
            && 2 * crossed < aligned.iter().sum::<usize>()
            && own.is_passive() == other.is_passive();
        if is_contrary && found.is_none() {
            let verbs = [(rules.own, a.1, b.1), (&sentence.tokens, at_b, at_a)]
                .map(|(terms, a, b)| verb_of(lists, terms, a, b));
            let is_sure = matches!(verbs, [Some(own), Some(other)] if own.is_form_of(other));
            found = Some((n, Span::new(at_b.start(), at_a.end()), is_sure));
        }
    }
    found
}

/// Returns the verb between two names if the first name is its subject. An apposition may follow the subject: "Ada
/// Quist, the mayor, sued Mark Orr".
fn verb_of<'t>(lists: &Lists, terms: &'t [Term], first: Span, second: Span) -> Option<&'t Term> {
    if !is_subject(lists, terms, first) {
        return None;
    }
    let from = terms.iter().position(|t| t.span.start() >= first.end())?;
    let to = terms.iter().position(|t| t.span.start() >= second.start())?;
    let between = terms.get(from..to)?;
    let ends = |t: &Term| {
        lists.clauses.contains(t.word.as_str())
            || t.after_break && matches!(t.word.as_str(), "and" | "or")
    };
    if between.iter().any(ends) {
        return None;
    }
    let apposition = match between.first() {
        Some(term) if term.after_break => {
            between.iter().skip(1).position(|t| t.after_break).map_or(0, |at| at + 1)
        }
        _ => 0,
    };
    let mut words = between[apposition..].iter().filter(|t| t.is_content || t.irregular.is_some());
    words.find(|t| !t.word.ends_with("ly")).filter(|t| t.may_be_verb())
}

/// Returns whether a name, with the words of its noun phrase ("the Selm journalist Ada Quist"), begins a clause. After
/// a preposition, it is not a subject: "in a Selm Echo interview".
fn is_subject(lists: &Lists, terms: &[Term], name: Span) -> bool {
    let Some(at) = terms.iter().position(|t| t.span.end() > name.start()) else { return false };
    for i in (0..=at).rev() {
        let is_start =
            i == 0 || terms[i].after_break || lists.clauses.contains(terms[i - 1].word.as_str());
        if is_start {
            return true;
        }
        let before = &terms[i - 1];
        let is_of_phrase = before.is_content && !before.is_past()
            || matches!(before.word.as_str(), "the" | "a" | "an");
        if !is_of_phrase {
            return before.word == "and" || before.word == "that";
        }
    }
    false
}

/// Returns the source sentences that contain both of the given capitalized words, in source order, with the range of
/// the first occurrence of each word.
fn with_both(rules: &Rules<'_>, a: &str, b: &str) -> Vec<(usize, Span, Span)> {
    let evidence = rules.judge.evidence;
    let (of_a, of_b) = (evidence.with_raised(a), evidence.with_raised(b));
    let place_of_b = |n: u32| {
        let at = of_b.binary_search_by_key(&n, |(n, _)| *n).ok()?;
        Some(of_b[at].1)
    };
    of_a.iter().filter_map(|&(n, at_a)| Some((n as usize, at_a, place_of_b(n)?))).collect()
}
