//! Merges the same words quoted by several articles into one quotation.
//!
//! Quotations are compared by runs of three words, ignoring punctuation and words in brackets. Two quotations are
//! versions of one quotation if the longer one contains at least half of the shorter one's runs. If the two have
//! speakers who can be the same person, it is enough to share one run and most words in the same order; if the speakers
//! cannot be the same person, the longer one must contain nearly all of the shorter one's runs. The version with the
//! most words outside brackets, among those with a speaker if there are any, leads and is shown in full. In the other
//! versions, the parts that share a run with the leading version are its variants, and the remaining parts are merged
//! with each other in the same way, as separate quotations.
//!
//! Pairs to compare are found through an index of runs, so that the cost is linear in the text, not quadratic.

use std::collections::hash_map::Entry;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::article::ArticleIx;
use crate::quotes::difference::in_common;
use crate::quotes::words::{self, Word};
use crate::quotes::{Confidence, KeyQuote, Place, Quote, QuoteKind, salience, speakers};
use crate::span::Span;
use crate::text::Collection;
use crate::text::align::UnionFind;

/// The number of words in a run.
const RUN: usize = 3;
/// The minimum share of the shorter quotation's runs that must occur in the longer one for the two to be versions,
/// unless they have speakers who cannot be the same person.
const SAME: f64 = 0.5;
/// The minimum share of the shorter quotation's words that must occur in the longer one in the same order, for two
/// quotations with a common run to be versions if their speakers can be the same person.
const SAME_ORDER: f64 = 0.6;
/// The minimum share of the shorter quotation's runs that must occur in the longer one, and the minimum number of its
/// words, for two quotations to be versions although their speakers cannot be the same person.
const SAME_WHOEVER: (f64, usize) = (0.9, 8);
/// The maximum number of quotations that are recorded for a run. Later quotations with the same run are not compared
/// through it, because a run that frequent is not distinctive.
const COMMON: usize = 64;

/// A quotation to be grouped with its other versions, or those parts of it that its leading version lacks.
#[derive(Debug)]
pub(super) struct Candidate<'a> {
    pub(super) article: ArticleIx,
    /// The index of the article in the story.
    pub(super) position: usize,
    pub(super) quote: &'a Quote,
    /// The parts of the quotation that this candidate covers: all of them, or those that the leading version lacks.
    pub(super) parts: Vec<Span>,
    /// The words of the parts, with hashes by which they are compared.
    pub(super) words: Vec<Word>,
    runs: Vec<u64>,
}

impl<'a> Candidate<'a> {
    fn new(
        text: &str,
        article: ArticleIx,
        position: usize,
        quote: &'a Quote,
        parts: Vec<Span>,
    ) -> Self {
        let words = match parts.as_slice() {
            [whole] => words::split(text, *whole),
            parts => parts.iter().flat_map(|part| words::split(text, *part)).collect(),
        };
        let runs = runs(&words);
        Self { article, position, quote, parts, words, runs }
    }

    /// Returns whether the candidate covers the whole quotation.
    pub(super) fn is_whole(&self) -> bool {
        self.parts.len() == self.quote.content.len()
    }
}

/// The candidates that are versions of one quotation, the leading version first.
pub(super) type Group = Vec<usize>;

/// Merges the quotations of a story; see [`crate::quotes::merge()`].
pub(super) fn merge(
    collection: &Collection,
    articles: &[ArticleIx],
    quotes: &[Vec<Quote>],
    copies: &[Vec<ArticleIx>],
) -> Vec<KeyQuote> {
    let mut candidates = candidates(collection, articles, quotes);
    let mut all_groups: Vec<Group> = Vec::new();
    let mut from = 0;
    while from < candidates.len() {
        let groups = groups(collection, &candidates, from);
        from = candidates.len();
        for group in &groups {
            let (lead, others) = (group[0], &group[1..]);
            for &other in others {
                if let Some(rest) = rest(collection, &candidates[lead], &candidates[other]) {
                    candidates.push(rest);
                }
            }
        }
        all_groups.extend(groups);
    }
    let keyed = all_groups.iter().map(|g| key_quote(collection, &candidates, g)).collect();
    let reports = salience::Reports::new(articles, copies);
    salience::ranked(collection, &reports, &candidates, &all_groups, keyed)
}

fn candidates<'a>(
    collection: &Collection,
    articles: &[ArticleIx],
    quotes: &'a [Vec<Quote>],
) -> Vec<Candidate<'a>> {
    let mut found = Vec::new();
    for (position, (&article, quotes)) in articles.iter().zip(quotes).enumerate() {
        let text = &collection.articles[article].text;
        for quote in quotes.iter().filter(|q| q.kind != QuoteKind::Indirect) {
            let candidate = Candidate::new(text, article, position, quote, quote.content.clone());
            if !candidate.words.is_empty() {
                found.push(candidate);
            }
        }
    }
    found
}

/// Returns a candidate for the parts of a version that the leading version lacks, if they have at least [`RUN`] words.
fn rest<'a>(
    collection: &Collection,
    lead: &Candidate<'_>,
    other: &Candidate<'a>,
) -> Option<Candidate<'a>> {
    let told: Vec<Span> = parts_in_common(lead, other).collect();
    let parts: Vec<Span> = other.parts.iter().copied().filter(|p| !told.contains(p)).collect();
    let text = &collection.articles[other.article].text;
    let rest = Candidate::new(text, other.article, other.position, other.quote, parts);
    (rest.words.len() >= RUN).then_some(rest)
}

/// Returns the hashes of the distinct runs of a quotation, sorted; if it is shorter than a run, one hash of all its
/// words. Words in brackets are left out.
fn runs(words: &[Word]) -> Vec<u64> {
    let plain: Vec<u64> = words.iter().filter(|w| !w.edited).map(|w| w.hash).collect();
    let mix = |run: &[u64]| {
        run.iter().fold(0_u64, |h, w| (h.rotate_left(21) ^ w).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    };
    let mut runs: Vec<u64> =
        if plain.len() < RUN { vec![mix(&plain)] } else { plain.windows(RUN).map(mix).collect() };
    runs.sort_unstable();
    runs.dedup();
    runs
}

/// Groups the candidates from `from` on that are versions of the same quotation; the leading version comes first in
/// each group.
fn groups(collection: &Collection, candidates: &[Candidate<'_>], from: usize) -> Vec<Group> {
    let runs: usize = candidates.iter().skip(from).map(|c| c.runs.len()).sum();
    let mut holders = Holders::with_capacity(runs);
    let mut sets = UnionFind::new(candidates.len());
    let mut shared: Vec<usize> = Vec::new();
    for (i, candidate) in candidates.iter().enumerate().skip(from) {
        shared.clear();
        for run in &candidate.runs {
            holders.add(*run, i, &mut shared);
        }
        shared.sort_unstable();
        for same in shared.chunk_by(|a, b| a == b) {
            // Quotations that are already joined need no comparison. This saves most comparisons of frequently quoted
            // words.
            let apart = sets.root(i) != sets.root(same[0]);
            if apart && are_versions(candidate, &candidates[same[0]], same.len()) {
                sets.join(i, same[0]);
            }
        }
    }
    let mut members: Vec<Group> = vec![Vec::new(); candidates.len()];
    for i in from..candidates.len() {
        members[sets.root(i)].push(i);
    }
    members.retain(|g| !g.is_empty());
    for group in &mut members {
        group.sort_by(|&a, &b| lead_order(collection, &candidates[a], &candidates[b]));
    }
    members.sort_by_key(|g| g.first().copied());
    members
}

/// The quotations that contain each run, as linked lists from the last to the first.
struct Holders {
    last: FxHashMap<u64, usize>,
    held: Vec<Held>,
}

/// A quotation that contains a run.
struct Held {
    candidate: usize,
    /// The index in `held` of the previous quotation with the run.
    before: Option<usize>,
    /// The number of quotations with the run, including this one.
    so_far: usize,
}

impl Holders {
    fn with_capacity(runs: usize) -> Self {
        let last = FxHashMap::with_capacity_and_hasher(runs, FxBuildHasher);
        Self { last, held: Vec::with_capacity(runs) }
    }

    /// Records that a quotation contains a run, and appends the earlier quotations that contain it to `before`. Does
    /// neither if [`COMMON`] quotations have been recorded for the run.
    fn add(&mut self, run: u64, candidate: usize, before: &mut Vec<usize>) {
        let next = self.held.len();
        let last = match self.last.entry(run) {
            Entry::Vacant(vacant) => {
                vacant.insert(next);
                None
            }
            Entry::Occupied(last) if self.held[*last.get()].so_far >= COMMON => return,
            Entry::Occupied(mut last) => Some(last.insert(next)),
        };
        let so_far = last.map_or(0, |l| self.held[l].so_far) + 1;
        self.held.push(Held { candidate, before: last, so_far });
        let mut at = last;
        while let Some(held) = at.and_then(|at| self.held.get(at)) {
            before.push(held.candidate);
            at = held.before;
        }
    }
}

fn are_versions(a: &Candidate<'_>, b: &Candidate<'_>, shared: usize) -> bool {
    let shorter = a.runs.len().min(b.runs.len()).max(1);
    let share = shared as f64 / shorter as f64;
    let few = a.words.len().min(b.words.len());
    match (&a.quote.speaker, &b.quote.speaker) {
        (Some(x), Some(y)) => {
            share >= SAME_WHOEVER.0 && few >= SAME_WHOEVER.1
                || x.can_be(y) && (share >= SAME || same_order(a, b, few) >= SAME_ORDER)
        }
        _ => share >= SAME,
    }
}

/// Returns the share of the shorter version's words that both versions have in the same order, or zero if the shorter
/// version has fewer than five words.
///
/// The result does not depend on the order of `a` and `b`.
fn same_order(a: &Candidate<'_>, b: &Candidate<'_>, few: usize) -> f64 {
    let (long, short) = if a.words.len() >= b.words.len() { (a, b) } else { (b, a) };
    let common = in_common(&long.words, &short.words).into_iter().filter(|c| *c).count();
    if few < 5 { 0.0 } else { common as f64 / few as f64 }
}

/// Compares two versions: the one that should lead comes first. Having a speaker counts most, then having more of the
/// speaker's own words, then a higher confidence, then the article's id and the position in it.
fn lead_order(collection: &Collection, a: &Candidate<'_>, b: &Candidate<'_>) -> std::cmp::Ordering {
    let key = |c: &Candidate<'_>| {
        let own = c.words.iter().filter(|w| !w.edited).count();
        (c.quote.speaker.is_none(), std::cmp::Reverse(own), c.quote.confidence)
    };
    let place = |c: &Candidate<'_>| (collection.articles[c.article].id.clone(), c.parts.clone());
    key(a).cmp(&key(b)).then_with(|| place(a).cmp(&place(b)))
}

fn key_quote(collection: &Collection, candidates: &[Candidate<'_>], group: &Group) -> KeyQuote {
    let lead = &candidates[group[0]];
    let language = collection.articles[lead.article].lang;
    let at = |span: Span| Place { article: lead.article, span };
    let mut variants: Vec<Place> = Vec::new();
    for &other in &group[1..] {
        let other = &candidates[other];
        variants.extend(
            parts_in_common(lead, other).map(|span| Place { article: other.article, span }),
        );
    }
    KeyQuote {
        speaker: lead.quote.speaker.clone().map(|speaker| speakers::shown(speaker, language)),
        kind: lead.quote.kind,
        excerpts: lead.parts.iter().copied().map(at).collect(),
        variants,
        cue: lead.quote.cue.map(at),
        source: lead.quote.source.map(at),
        rule: lead.quote.rule,
        confidence: lead.quote.confidence,
        weight: crate::score::Score::default(),
    }
}

/// Returns the parts of a version that share a run of words with the leading version, and the parts too short for a
/// run.
fn parts_in_common<'a>(
    lead: &'a Candidate<'_>,
    other: &'a Candidate<'_>,
) -> impl Iterator<Item = Span> + 'a {
    other.parts.iter().copied().filter(|part| {
        let words: Vec<Word> =
            other.words.iter().filter(|w| part.contains(w.span)).copied().collect();
        let own = runs(&words);
        own.iter().any(|run| lead.runs.binary_search(run).is_ok()) || words.len() < RUN
    })
}

/// Returns whether a quotation has a speaker and its attribution has high confidence.
pub(super) fn is_sure(quote: &Quote) -> bool {
    quote.speaker.is_some() && quote.confidence == Confidence::High
}
