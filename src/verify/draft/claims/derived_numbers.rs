//! Numbers that no source has but that follow from two numbers: as their sum, their difference, a percentage, a
//! percentage change, or the years between two.
//!
//! Any two numbers have a sum, so both must be in a similar source sentence and the one after it. For a difference, it
//! is enough that one of two numbers in a source sentence counts the same thing, or that one or both are in the draft's
//! own sentence: "by 22 points, 60 to 38".

use crate::verify::draft::claims::evidence::Sentence;
use crate::verify::draft::claims::items::{Item, Unit, Value};
use crate::verify::draft::claims::{Judge, agree};

/// The minimum sum or difference of two numbers, at least one of which is a source's; smaller ones match by chance. A
/// difference with a unit, one of whose numbers is the draft's, may be smaller.
const LEAST: f64 = 13.0;
/// The maximum relative deviation of the draft's number from a result, because it may have been rounded.
const ROUNDED: f64 = 0.005;
/// The maximum deviation, in percentage points, of a percentage of the draft from a result.
const ROUNDED_PERCENT: f64 = 1.0;

/// Returns the source sentences with the numbers from which a number of the draft follows: one sentence or two adjacent
/// ones, or none if both numbers are in the draft's sentence.
pub(super) fn find(judge: &Judge<'_>, i: usize, value: f64, unit: Unit) -> Option<Vec<usize>> {
    let derived = Derived { judge, i, value, unit };
    let near = || judge.near.close.iter().find_map(|&n| derived.in_sentences(n));
    derived.in_draft().or_else(near).or_else(|| derived.counted_alike())
}

/// A number of the draft that may follow from two other numbers.
struct Derived<'a> {
    judge: &'a Judge<'a>,
    i: usize,
    value: f64,
    unit: Unit,
}

impl Derived<'_> {
    fn is_value(&self, result: f64) -> bool {
        (result - self.value).abs() <= ROUNDED * self.value.abs().max(1.0)
    }

    /// Returns the other numbers of the draft's sentence.
    fn own(&self) -> impl Iterator<Item = &Item> {
        let others = self.judge.found.iter().enumerate().filter(|(n, _)| *n != self.i);
        others.map(|(_, item)| item).filter(|item| matches!(item.value, Value::Number(..)))
    }

    /// Tests whether the number is the difference between two other numbers of its sentence, or between one of them and
    /// a number of a source that has the other in the same or an adjacent sentence: "brought down by 15 points, to 20
    /// percent" if a source has 35 and 20 percent.
    fn in_draft(&self) -> Option<Vec<usize>> {
        let evidence = self.judge.evidence;
        let own: Vec<&Item> = self.own().collect();
        for (at, a) in own.iter().enumerate() {
            if own[at + 1..].iter().any(|b| self.is_difference(a, b)) {
                return Some(Vec::new());
            }
            let Value::Number(value, ..) = a.value else { continue };
            if self.unit == Unit::None && self.value < LEAST {
                continue;
            }
            for n in evidence.with_number(value, value) {
                let others = evidence.around(n).iter().flat_map(|s| &s.items);
                if others.into_iter().any(|b| self.is_difference(a, b)) {
                    return Some(vec![n]);
                }
            }
        }
        None
    }

    fn is_difference(&self, a: &Item, b: &Item) -> bool {
        let (Value::Number(x, _, unit), Value::Number(y, _, other)) = (&a.value, &b.value) else {
            return false;
        };
        let are_alike = unit == other || (a.in_pair.is_some() && b.in_pair.is_some());
        // A difference may be written without a unit: "15 less", or "points" for the difference between two
        // percentages.
        let is_alike = self.unit == *unit || self.unit == Unit::None;
        are_alike && is_alike && !agree(a, b) && self.is_value((x - y).abs())
    }

    /// Looks for two numbers from which the number follows in a source sentence and the one after it.
    fn in_sentences(&self, n: usize) -> Option<Vec<usize>> {
        let sentences = &self.judge.evidence.sentences;
        let sentence = &sentences[n];
        let next = sentences.get(n + 1).filter(|s| s.article == sentence.article);
        let all = sentence.items.iter().chain(next.into_iter().flat_map(|s| &s.items));
        let all: Vec<&Item> = all.collect();
        for (a, first) in all.iter().enumerate() {
            let follows = |second: &&Item| self.follows(first, second);
            if let Some(b) = all[a + 1..].iter().position(follows) {
                let in_next = a >= sentence.items.len();
                let ends_in_next = a + 1 + b >= sentence.items.len();
                let from = [(!in_next).then_some(n), ends_in_next.then_some(n + 1)];
                return Some(from.into_iter().flatten().collect());
            }
        }
        None
    }

    fn follows(&self, first: &Item, second: &Item) -> bool {
        match (&first.value, &second.value) {
            (Value::Number(x, _, of_x), Value::Number(y, _, of_y)) => {
                let is_sum = [x + y, (x - y).abs()].into_iter().any(|sum| self.is_value(sum));
                (self.value >= LEAST && self.unit == *of_x && of_x == of_y && is_sum)
                    || (self.unit == Unit::Percent && self.is_share(*x, *y))
            }
            (Value::Year(x), Value::Year(y)) => {
                let mut own = self.judge.found.iter();
                let has_years = own.any(|item| matches!(item.value, Value::Year(_)));
                !has_years && self.is_value(f64::from(x.abs_diff(*y)))
            }
            _ => false,
        }
    }

    /// Returns whether the number is one of two numbers as a percentage of the other, or the percentage change from the
    /// first to the second.
    fn is_share(&self, x: f64, y: f64) -> bool {
        let shares = [100.0 * x / y, 100.0 * y / x, 100.0 * (y - x).abs() / x];
        x > 0.0 && y > 0.0 && shares.iter().any(|s| (s - self.value).abs() < ROUNDED_PERCENT)
    }

    /// Looks for a source sentence with two numbers whose difference is the number and one of which counts the same
    /// thing: "52 votes" follows from "204 votes to 152".
    fn counted_alike(&self) -> Option<Vec<usize>> {
        let judge = self.judge;
        let item = &judge.found[self.i];
        let noun = judge.near.nouns[self.i].first().filter(|_| self.unit == Unit::None)?;
        let has_difference = |sentence: &Sentence, n: usize| {
            let mut items = sentence.items.iter().enumerate();
            items.any(|(at, a)| {
                let mut others = sentence.items[at + 1..].iter();
                others.any(|b| {
                    self.is_difference(a, b)
                        && [a, b].iter().any(|other| judge.counts_the_same(self.i, item, n, other))
                })
            })
        };
        let with_noun = judge.evidence.with_term(*noun).iter().map(|n| *n as usize);
        let mut with_noun = with_noun.filter(|n| !judge.evidence.sentences[*n].span.is_empty());
        let n = with_noun.find(|&n| has_difference(&judge.evidence.sentences[n], n));
        n.filter(|_| self.value >= LEAST).map(|n| vec![n])
    }
}
