//! Ranks the quotations of a story by how much they deserve to be shown.
//!
//! The salience of a quotation is a product of factors: for its speaker, for the overlap of its words with the story's
//! subject, for its length and kind, for its position in its article and the age of the article, for the number of
//! independent reports that contain it, and for the confidence of its attribution. Reprints of one text count as one
//! report. Key quotations are then selected greedily: those that repeat a speaker or words that are already selected
//! are discounted, so that the first few come from different people who say different things.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::article::{ArticleIx, Published};
use crate::quotes::deduplicate::{self, Candidate, Group};
use crate::quotes::{Confidence, KeyQuote, QuoteKind};
use crate::score::{Score, fading, ln, sqrt};
use crate::text::{Collection, TermId, TokenKind};

/// The factor by which a weight is multiplied for each quotation of the same speaker that is already selected, up to
/// twelve times.
const SAME_SPEAKER: f64 = 0.55;
/// The share of salience that a quotation loses if all its terms occur in quotations that are already selected.
const SAME_WORDS: f64 = 0.7;

/// The articles of a story, of which near-copies count as one report.
pub(super) struct Reports<'a> {
    articles: &'a [ArticleIx],
    /// The first article of a group of near-copies, for each other article in the group.
    first_of: FxHashMap<ArticleIx, ArticleIx>,
}

impl<'a> Reports<'a> {
    /// Collects the articles of a story with its groups of near-copies.
    pub(super) fn new(articles: &'a [ArticleIx], copies: &[Vec<ArticleIx>]) -> Self {
        let further = copies.iter().filter_map(|group| group.split_first());
        let pairs = further.flat_map(|(&first, others)| others.iter().map(move |&o| (o, first)));
        Self { articles, first_of: pairs.collect() }
    }

    /// Returns the first article in the group of near-copies that contains an article, or the article itself if it is
    /// in no group: a wire story in three outlets is one report.
    fn text_of(&self, article: ArticleIx) -> ArticleIx {
        self.first_of.get(&article).copied().unwrap_or(article)
    }

    /// Returns whether an article is the first in its group of near-copies or is in no group.
    fn is_first(&self, article: ArticleIx) -> bool {
        self.text_of(article) == article
    }
}

/// Assigns a weight to each key quotation and returns them in descending order of weight.
pub(super) fn ranked(
    collection: &Collection,
    reports: &Reports<'_>,
    candidates: &[Candidate<'_>],
    groups: &[Group],
    keyed: Vec<KeyQuote>,
) -> Vec<KeyQuote> {
    let about = About::new(collection, reports);
    let speakers = speaker_counts(candidates, reports);
    let days = reports.articles.iter().filter_map(|&a| collection.articles[a].published);
    let newest = days.map(Published::day).max();
    let terms: Vec<Vec<TermId>> =
        groups.iter().map(|g| terms(collection, &candidates[g[0]])).collect();
    let central: Vec<f64> = terms.iter().map(|t| about.centrality(t)).collect();
    let most = central.iter().copied().fold(0.0, f64::max);
    let base: Vec<f64> = groups
        .iter()
        .enumerate()
        .map(|(i, group)| {
            let share = if most > 0.0 { central[i] / most } else { 0.0 };
            let place = place(collection, newest, &candidates[group[0]]);
            (0.4 + share) * place * own_weight(candidates, group, &speakers, reports)
        })
        .collect();
    take_in_turn(&base, &terms, keyed, |i| key(collection, &candidates[groups[i][0]]))
}

/// Returns the key that decides between equal weights: the article's id and the position in it.
fn key(collection: &Collection, lead: &Candidate<'_>) -> (String, usize) {
    let start = lead.parts.first().map_or(0, |c| c.start());
    (collection.articles[lead.article].id.to_string(), start)
}

/// Returns the product of the factors for the speaker, the kind, the confidence, the number of reports and the length.
fn own_weight(
    candidates: &[Candidate<'_>],
    group: &Group,
    speakers: &FxHashMap<&str, usize>,
    reports: &Reports<'_>,
) -> f64 {
    let lead = &candidates[group[0]];
    let speaker = match &lead.quote.speaker {
        None => 0.35,
        Some(s) => {
            let often = speakers.get(s.name.as_str()).copied().unwrap_or(1);
            let role = match (&s.role, s.name.contains(' ')) {
                (Some(_), _) => 1.25,
                (None, true) => 1.0,
                (None, false) => BARE_NAME,
            };
            role * (1.0 + 0.3 * ln(often as f64))
        }
    };
    let kind = if lead.quote.kind == QuoteKind::Direct { 1.0 } else { 0.75 };
    let sure = if deduplicate::is_sure(lead.quote) {
        1.0
    } else if lead.quote.confidence == Confidence::Medium {
        0.9
    } else {
        0.6
    };
    let mut carriers: Vec<ArticleIx> =
        group.iter().map(|&c| reports.text_of(candidates[c].article)).collect();
    carriers.sort_unstable();
    carriers.dedup();
    let carried = 1.0 + 0.4 * ln(carriers.len().max(1) as f64);
    speaker * kind * sure * carried * length(lead.words.len())
}

/// The factor of a speaker with a one-word name and no role: a surname that nothing introduces, or a company.
const BARE_NAME: f64 = 0.7;

/// Returns the factor of a quotation for its position and the age of its report: words that are quoted early in a
/// report are about its news, and those in an older report may be out of date.
fn place(collection: &Collection, newest: Option<Date>, lead: &Candidate<'_>) -> f64 {
    let days = Published::days_behind(collection.articles[lead.article].published, newest);
    let document = &collection.corpus.documents[lead.article];
    let start = lead.parts.first().map_or(0, |part| part.start());
    let before = document.sentences.partition_point(|s| s.span.end() <= start);
    fading(days, A_DAY) * fading(before.min(DEEPEST) as f64, A_SENTENCE)
}

/// How strongly the factor decreases with each day by which the report is older than the newest one.
const A_DAY: f64 = 0.3;

/// How strongly the factor decreases with each sentence before the quotation.
const A_SENTENCE: f64 = 0.05;
/// The maximum number of sentences before the quotation that count.
const DEEPEST: usize = 40;

/// Returns the factor for the length in words, which is highest from eight to forty: such quotations carry content and
/// are still read to the end.
fn length(words: usize) -> f64 {
    match words {
        0..=2 => 0.3,
        3..=4 => 0.5,
        5..=7 => 0.8,
        8..=40 => 1.0,
        41..=70 => 0.85,
        _ => 0.6,
    }
}

/// Counts the quotations of each speaker, without those in reprints.
fn speaker_counts<'a>(
    candidates: &[Candidate<'a>],
    reports: &Reports<'_>,
) -> FxHashMap<&'a str, usize> {
    let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
    let whole = candidates.iter().filter(|c| c.is_whole() && reports.is_first(c.article));
    for speaker in whole.filter_map(|c| c.quote.speaker.as_ref()) {
        *counts.entry(speaker.name.as_str()).or_default() += 1;
    }
    counts
}

/// Returns the distinct content words of a quotation as terms, sorted.
fn terms(collection: &Collection, candidate: &Candidate<'_>) -> Vec<TermId> {
    let document = &collection.corpus.documents[candidate.article];
    let mut terms = Vec::new();
    for part in &candidate.parts {
        let first = document.tokens.partition_point(|t| t.span.start() < part.start());
        let inside = document.tokens[first..].iter().take_while(|t| t.span.end() <= part.end());
        let content = inside.filter(|t| t.kind == TokenKind::Word);
        terms.extend(content.map(|t| collection.corpus.id(candidate.article, t.term)));
    }
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// The subject of a story: the frequency of each term in its texts, and the terms in its titles.
struct About {
    counts: FxHashMap<TermId, u32>,
    titles: FxHashSet<TermId>,
}

impl About {
    fn new(collection: &Collection, reports: &Reports<'_>) -> Self {
        let mut about = Self { counts: FxHashMap::default(), titles: FxHashSet::default() };
        let mut often: Vec<u32> = Vec::new();
        for &article in reports.articles.iter().filter(|&&article| reports.is_first(article)) {
            let document = &collection.corpus.documents[article];
            let ids = collection.corpus.ids(article);
            often.clear();
            often.resize(ids.len(), 0);
            for token in document.tokens.iter().filter(|t| t.kind == TokenKind::Word) {
                often[token.term.0 as usize] += 1;
            }
            for (id, often) in ids.iter().zip(&often).filter(|(_, often)| **often > 0) {
                *about.counts.entry(*id).or_default() += often;
            }
            let title = document.title.iter().filter(|t| t.kind == TokenKind::Word);
            about.titles.extend(title.map(|t| collection.corpus.id(article, t.term)));
        }
        about
    }

    /// Returns the weight of a quotation's terms in the story, divided by the square root of their number.
    fn centrality(&self, terms: &[TermId]) -> f64 {
        let weight = |t: &TermId| {
            let count = self.counts.get(t).copied().unwrap_or(0);
            let title = if self.titles.contains(t) { 1.0 } else { 0.0 };
            ln(f64::from(count).max(1.0)) + title
        };
        terms.iter().map(weight).sum::<f64>() / sqrt(terms.len().max(1) as f64)
    }
}

/// A quotation on the heap: its last known weight, the key that decides between equal weights, and its index.
type Waiting = (Score, Reverse<(String, usize)>, usize);

/// Repeatedly takes the most salient quotation and discounts the others that have its speaker or its terms.
///
/// Weights only fall, so a stale weight on the heap is never too small; it is recomputed when it reaches the top.
fn take_in_turn(
    base: &[f64],
    terms: &[Vec<TermId>],
    keyed: Vec<KeyQuote>,
    key: impl Fn(usize) -> (String, usize),
) -> Vec<KeyQuote> {
    let mut waiting: Vec<Option<KeyQuote>> = keyed.into_iter().map(Some).collect();
    let keys: Vec<(String, usize)> = (0..waiting.len()).map(key).collect();
    let mut taken_terms: FxHashSet<TermId> = FxHashSet::default();
    let mut taken_speakers: FxHashMap<String, i32> = FxHashMap::default();
    let mut heap: BinaryHeap<Waiting> = base
        .iter()
        .enumerate()
        .map(|(i, w)| (Score::new(*w), Reverse(keys[i].clone()), i))
        .collect();
    let mut order = Vec::with_capacity(waiting.len());
    while let Some((stale, tie, i)) = heap.pop() {
        let Some(quote) = &waiting[i] else { continue };
        let name = quote.speaker.as_ref().map_or("", |s| s.name.as_str());
        let before = taken_speakers.get(name).copied().unwrap_or(0);
        let known = terms[i].iter().filter(|t| taken_terms.contains(t)).count();
        let repeated = if terms[i].is_empty() { 0.0 } else { known as f64 / terms[i].len() as f64 };
        let mut weight = base[i] * (1.0 - SAME_WORDS * repeated);
        for _ in 0..before.min(12) {
            weight *= SAME_SPEAKER;
        }
        let now = Score::new(weight);
        if now < stale {
            heap.push((now, tie, i));
            continue;
        }
        *taken_speakers.entry(name.to_owned()).or_default() += 1;
        taken_terms.extend(terms[i].iter().copied());
        if let Some(mut quote) = waiting[i].take() {
            quote.weight = now;
            order.push(quote);
        }
    }
    order
}
