//! Names in the draft that the sources have elsewhere: the words around a name in the draft surround another name in
//! the sources.
//!
//! A source sentence counts as evidence if it has many of the words around the name in the draft, another name in it
//! has some of the nearest of these words on the same side, and neither the sentence nor one beside it contains the
//! name from the draft. If no passage with the name from the draft has nearly as many of these words, that name is
//! contradicted or, on weaker evidence, reported as unclear. If both names denote people, or both denote places, less
//! evidence is required than for other pairs of names.
//!
//! Known limits: a name counts as a person's only with a title or a given name or if it is a surname in the sources,
//! and as a place's only after a preposition.

use std::ops::RangeInclusive;

use crate::quotes::Speaker;
use crate::span::Span;
use crate::verify::draft::claims::evidence::{Term, are_derived, has_equal};
use crate::verify::draft::claims::items::{Item, Value};
use crate::verify::draft::claims::{Judge, agree, items, scores, slot};
use crate::verify::draft::speaker::Standing;

/// The number of content words on either side of a name that are compared.
const AROUND: usize = 5;
/// The minimum number of content words around a name that is compared.
const LEAST_AROUND: usize = 5;
/// The number of content words on either side of the name in the draft that are looked for beside another name of a
/// source.
const BESIDE: usize = 3;
/// The number of content words on either side of the other name among which these words are looked for.
const BESIDE_OTHER: usize = 5;
/// The number of sentences around one with a name in which a pronoun may refer to that name.
pub(super) const REACH: usize = 3;

/// The thresholds for the evidence that a source has another name in place of the one in the draft.
struct Least {
    /// The minimum share of the words around the name that the sentence contains.
    around: f64,
    /// The minimum share of the words beside the name in the draft that are on the same side of the other name.
    beside: f64,
    /// The maximum share of the words around the name that a sentence with the name, or one near it, contains, relative
    /// to the share in the sentence with the other name.
    own: f64,
}

/// The thresholds for two people or two places.
const ALIKE: Least = Least { around: 0.4, beside: 0.2, own: 0.8 };
/// The thresholds for other pairs of names, at least one of which is of unknown kind.
const OTHERWISE: Least = Least { around: 0.5, beside: 0.3, own: 0.6 };

/// The kind of thing that a name denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Person,
    Place,
    Unknown,
}

/// Returns the sentence and the range of another name that the sources have in place of a name in the draft; `holds`
/// are the source sentences with the name from the draft, in order.
pub(super) fn find(
    judge: &Judge<'_>,
    (i, item): (usize, &Item),
    holds: &[(usize, Span)],
) -> Option<(usize, Span)> {
    let Value::Name(words) = &item.value else { return None };
    if judge.is_loose(i, words) || slot::is_kind(judge.lists, judge.terms, item.span) {
        return None;
    }
    let place = Place::new(judge, item);
    if place.around.len() < LEAST_AROUND || place.is_modifier(judge) {
        return None;
    }
    let shares = scores(judge.evidence, &place.around);
    let is_near = |n: usize, reach: usize| has_near(judge, holds, n, reach);
    let nearby = (0..shares.len()).filter(|&n| shares[n] > 0.0 && is_near(n, REACH));
    let own = nearby.map(|n| shares[n]).fold(0.0, f64::max);
    let mut best: Option<(f64, usize, Span)> = None;
    for n in (0..shares.len()).filter(|&n| shares[n] >= ALIKE.around) {
        let sentence = &judge.evidence.sentences[n];
        if sentence.span.is_empty() || is_near(n, 1) {
            continue;
        }
        for other in &sentence.items {
            let Some(kind) = place.kind_of_other(judge, n, other) else { continue };
            let least = match (place.kind, kind) {
                (Kind::Person, Kind::Place) | (Kind::Place, Kind::Person) => continue,
                (a, b) if a == b && a != Kind::Unknown => ALIKE,
                _ => OTHERWISE,
            };
            let beside = place.beside_other(judge, &sentence.tokens, other.span);
            let is_enough =
                shares[n] >= least.around && beside >= least.beside && own <= least.own * shares[n];
            let score = shares[n] + beside;
            if is_enough && best.is_none_or(|(most, ..)| most < score) {
                best = Some((score, n, other.span));
            }
        }
    }
    best.map(|(_, n, other)| (n, other))
}

/// Returns whether a sentence of `holds` is in the same article as sentence `n` and at most `reach` sentences away.
pub(super) fn has_near(judge: &Judge<'_>, holds: &[(usize, Span)], n: usize, reach: usize) -> bool {
    let article = |n: usize| judge.evidence.sentences[n].article;
    let near: RangeInclusive<usize> = n.saturating_sub(reach)..=n + reach;
    let from = holds.partition_point(|(held, _)| held < near.start());
    let within = holds[from..].iter().take_while(|(held, _)| near.contains(held));
    within.into_iter().any(|(held, _)| article(*held) == article(n))
}

/// A name in the draft, with the words around it.
struct Place<'j> {
    item: &'j Item,
    kind: Kind,
    around: Vec<(Option<u32>, f64)>,
    /// The term numbers of the nearest content words before and after the name, without words that no source has.
    beside: [Vec<u32>; 2],
    /// The total weight of the nearest content words, including those that no source has.
    weight: f64,
    /// Whether the sentence has a pronoun.
    has_pronoun: bool,
}

impl<'j> Place<'j> {
    fn new(judge: &Judge<'_>, item: &'j Item) -> Self {
        let weighed = |t: &&Term| (t.number, judge.evidence.weight(t.number));
        let [before, after] = sides(judge.terms, item.span, AROUND);
        let around: Vec<(Option<u32>, f64)> = before.iter().chain(&after).map(weighed).collect();
        let nearest = [before, after].map(|side| side.into_iter().take(BESIDE).collect::<Vec<_>>());
        let weight = nearest.iter().flatten().map(|t| weighed(t).1).sum::<f64>().max(1.0);
        let beside = nearest.map(|side| side.iter().filter_map(|t| t.number).collect());
        let kind = kind(judge, judge.terms, item.span, judge.text(item.span));
        let has_pronoun = judge.terms.iter().any(|t| {
            let word = t.word.as_str();
            judge.lists.subjects.contains(word) || judge.lists.pronouns.contains(word)
        });
        Self { item, kind, around, beside, weight, has_pronoun }
    }

    /// Returns whether a name that is neither a person's nor a place's modifies the noun after it: "a European
    /// partner".
    fn is_modifier(&self, judge: &Judge<'_>) -> bool {
        let next = judge.terms.iter().find(|t| t.span.start() >= self.item.span.end());
        let is_noun = |t: &Term| t.is_content && !t.is_raised && !t.after_break && !t.is_past();
        self.kind == Kind::Unknown && next.is_some_and(is_noun)
    }

    /// Returns the kind of a name in a source, or `None` if the name in the draft cannot have replaced it: for example,
    /// because the two are forms of one name, or because the sentence in the draft also contains the name from the
    /// source.
    fn kind_of_other(&self, judge: &Judge<'_>, n: usize, other: &Item) -> Option<Kind> {
        let (Value::Name(own), Value::Name(words)) = (&self.item.value, &other.value) else {
            return None;
        };
        let sentence = &judge.evidence.sentences[n];
        let text = &judge.sources.collection.articles[sentence.article].text;
        let is_form = own.concat() == words.concat()
            || own.iter().any(|a| words.iter().any(|b| are_derived(a, b)));
        // "He" may be the other person, whom the draft names elsewhere.
        let is_own = judge.found.iter().any(|own| agree(own, other))
            || (self.has_pronoun && judge.is_named_elsewhere(other));
        let is_wider = is_wide(judge, own) != is_wide(judge, words);
        (!is_form && !is_own && !is_wider && !super::is_party_label(other.span.slice(text)))
            .then(|| kind(judge, &sentence.tokens, other.span, other.span.slice(text)))
    }

    /// Returns the share, by weight, of the words beside the name in the draft that are on the same side of another
    /// name.
    fn beside_other(&self, judge: &Judge<'_>, tokens: &[Term], other: Span) -> f64 {
        let theirs = sides(tokens, other, BESIDE_OTHER);
        let has = |side: usize, number: u32| theirs[side].iter().any(|t| t.number == Some(number));
        let shared = (0..2).flat_map(|side| self.beside[side].iter().map(move |n| (side, *n)));
        let shared = shared.filter(|(side, number)| has(*side, *number));
        shared.map(|(_, number)| judge.evidence.weight(Some(number))).sum::<f64>() / self.weight
    }
}

/// Returns up to `most` of the nearest content words before and after a name.
fn sides(terms: &[Term], name: Span, most: usize) -> [Vec<&Term>; 2] {
    let before = terms.iter().rev().filter(|t| t.span.end() <= name.start() && t.counts());
    let after = terms.iter().filter(|t| t.span.start() >= name.end() && t.counts());
    [before.take(most).collect(), after.take(most).collect()]
}

/// Returns whether a name is that of a country or of a part of one, which contains other places.
fn is_wide(judge: &Judge<'_>, words: &[String]) -> bool {
    judge.lists.regions.contains(words.join(" ").as_str())
        || words.iter().any(|word| has_equal(word))
}

fn kind(judge: &Judge<'_>, terms: &[Term], at: Span, name: &str) -> Kind {
    let speaker = Speaker { name: name.to_owned(), role: None };
    let last = items::bare(&name.to_lowercase()).to_owned();
    if judge.surnames.contains(last.as_str()) || judge.people.standing(&speaker) == Standing::Person
    {
        return Kind::Person;
    }
    let before = terms.iter().rev().find(|t| t.span.end() <= at.start());
    let is_place = before.is_some_and(|t| judge.lists.before_places.contains(t.word.as_str()));
    if is_place { Kind::Place } else { Kind::Unknown }
}
