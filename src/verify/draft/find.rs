//! Where the words of a quotation stand in the sources: to the letter, altered, spliced, or not at all.
//!
//! 1. *Verbatim*: the runs between ellipses and brackets stand one after another, in one article or in the joined parts
//!    of one of its quotations.
//! 2. *Nearly*: the words vote for a place by their distance from it; there the longest common subsequence is taken
//!    (Wagner and Fischer, "The string-to-string correction problem", J. ACM 1974). At 85 of 100 words it is that place,
//!    altered.
//! 3. *Spliced*: the longest verbatim stretches from left to right, three words and more, cover it from places apart.
//! 4. *Altered* still at 60 of 100; else it is not found.

use std::collections::BTreeMap;

use crate::article::ArticleIx;
use crate::span::Span;
use crate::verify::draft::report::WordChange;
use crate::verify::draft::sources::Sources;
use crate::verify::draft::words::{Gap, Runs, Word};

/// Words that an ellipsis may leave out.
const ELLIPSIS_REACH: usize = 300;
/// Words of the source that square brackets may stand for.
const BRACKETS_REACH: usize = 8;
/// Words of the longest quotation that is compared word by word.
const MOST_WORDS: usize = 600;
/// The share of words at which a place is surely the one meant.
const SURELY: f64 = 0.85;
/// The share of words at which a place is probably the one meant.
const PROBABLY: f64 = 0.6;
/// The fewest words of a verbatim stretch that is taken for a piece of a splice.
const LEAST_PIECE: usize = 3;
/// Words between two stretches of one place; more, and they are from places apart.
const NEAR: usize = 12;
/// Places apart in which words vote together.
const BUCKET: usize = 8;

/// A place of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    pub(super) article: ArticleIx,
    pub(super) span: Span,
}

/// What became of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It stands in each of these places, given by its runs.
    Verbatim(Vec<Vec<Match>>),
    /// It stands in one place in other words.
    Altered(Match, Vec<WordChange>, Likeness),
    /// It is put together from these.
    Spliced(Vec<Match>),
    NotFound,
}

/// How much of a quotation stands in the place that it was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    Surely,
    Probably,
}

/// Looks up a quotation of the draft.
pub(super) fn find(sources: &Sources<'_>, draft: &str, runs: &Runs) -> Verdict {
    let exact = exact(sources, runs);
    if !exact.is_empty() {
        return Verdict::Verbatim(exact);
    }
    let words = runs.all();
    if words.len() < LEAST_PIECE || words.len() > MOST_WORDS {
        return Verdict::NotFound;
    }
    let nearest = nearest(sources, &words);
    let likeness = nearest.as_ref().map_or(0.0, |n| n.pairs.len() as f64 / words.len() as f64);
    if let Some(nearest) = nearest.as_ref().filter(|_| likeness >= SURELY) {
        return altered(sources, draft, &words, nearest, Likeness::Surely);
    }
    if let Some(pieces) = splice(sources, &words) {
        return Verdict::Spliced(pieces);
    }
    match nearest.filter(|n| likeness >= PROBABLY && says_enough(&words, n)) {
        Some(nearest) => altered(sources, draft, &words, &nearest, Likeness::Probably),
        None => Verdict::NotFound,
    }
}

/// Returns every place where all runs stand one after another.
fn exact(sources: &Sources<'_>, runs: &Runs) -> Vec<Vec<Match>> {
    let Some(first) = runs.runs.first() else { return Vec::new() };
    let Some(word) = first.first() else { return Vec::new() };
    let mut found = Vec::new();
    for &(stream, at) in sources.positions(&word.folded) {
        if let Some(matches) = runs_from(sources, runs, stream, at) {
            found.push(matches);
        }
    }
    found.sort();
    found.dedup();
    found
}

fn runs_from(sources: &Sources<'_>, runs: &Runs, stream: usize, at: usize) -> Option<Vec<Match>> {
    let mut matches = Vec::new();
    let mut at = at;
    for (i, run) in runs.runs.iter().enumerate() {
        let reach = match i.checked_sub(1).and_then(|gap| runs.gaps.get(gap)) {
            None => 0,
            Some(Gap::Ellipsis) => ELLIPSIS_REACH,
            Some(Gap::Brackets) => BRACKETS_REACH,
        };
        let start = (at..=at + reach).find(|&s| starts_with(sources.from(stream, s), run))?;
        let words = sources.from(stream, start);
        let (first, last) = (words.first()?, words.get(run.len() - 1)?);
        let span = Span::new(first.span.start(), last.span.end());
        matches.push(Match { article: sources.streams[stream].article, span });
        at = start + run.len();
    }
    Some(matches)
}

fn starts_with(words: &[Word], run: &[Word]) -> bool {
    words.len() >= run.len() && words.iter().zip(run).all(|(a, b)| a.folded == b.folded)
}

/// The place that most words of a quotation point to, and which words stand there.
struct Nearest {
    stream: usize,
    /// The first word of the window in its stream.
    from: usize,
    /// Pairs of a word of the quotation and a word of the window, both rising.
    pairs: Vec<(usize, usize)>,
}

fn nearest(sources: &Sources<'_>, words: &[&Word]) -> Option<Nearest> {
    let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (i, word) in words.iter().enumerate() {
        for &(stream, at) in sources.positions(&word.folded) {
            let bucket = (at + MOST_WORDS - i) / BUCKET;
            *votes.entry((stream, bucket)).or_default() += 1;
            *votes.entry((stream, bucket + 1)).or_default() += 1;
        }
    }
    let best = votes.iter().max_by_key(|(place, n)| (**n, std::cmp::Reverse(**place)));
    let (&(stream, bucket), _) = best?;
    let from = (bucket.saturating_sub(1) * BUCKET).saturating_sub(MOST_WORDS + BUCKET);
    let window = sources.from(stream, from);
    let window = window.get(..(words.len() * 2 + 4 * BUCKET).min(window.len())).unwrap_or(window);
    let pairs = common_subsequence(words, window);
    (pairs.len() >= LEAST_PIECE).then_some(Nearest { stream, from, pairs })
}

/// Returns a longest common subsequence of words, as pairs of places.
fn common_subsequence(a: &[&Word], b: &[Word]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut longest = vec![0_u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i].folded == b[j].folded {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a.len() && j < b.len() {
        if a[i].folded == b[j].folded {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// Returns whether what a quotation shares with a place is more than small words.
fn says_enough(words: &[&Word], nearest: &Nearest) -> bool {
    let long = nearest.pairs.iter().filter(|(i, _)| words[*i].folded.chars().count() >= 5);
    long.count() >= 2 || nearest.pairs.len() * 4 >= words.len() * 3
}

fn altered(
    sources: &Sources<'_>,
    draft: &str,
    words: &[&Word],
    nearest: &Nearest,
    likeness: Likeness,
) -> Verdict {
    let stream = &sources.streams[nearest.stream];
    let window = sources.from(nearest.stream, nearest.from);
    let text = &sources.collection.articles[stream.article].text;
    let (Some(&(lead, first)), Some(&(tail, last))) = (nearest.pairs.first(), nearest.pairs.last())
    else {
        return Verdict::NotFound;
    };
    // What stands before the first and after the last shared word is as long in the source as in the draft.
    let first = first.saturating_sub(lead);
    let last = (last + words.len() - 1 - tail).min(window.len() - 1);
    let mut changes = Vec::new();
    let (mut i, mut j) = (0, first);
    let ends = nearest.pairs.iter().copied().chain([(words.len(), last + 1)]);
    for (next_i, next_j) in ends {
        let own: Vec<Span> = words.get(i..next_i).unwrap_or(&[]).iter().map(|w| w.span).collect();
        let other: Vec<Span> =
            window.get(j..next_j).unwrap_or(&[]).iter().map(|w| w.span).collect();
        if !own.is_empty() || !other.is_empty() {
            changes.push(WordChange { draft: stretch(draft, &own), source: stretch(text, &other) });
        }
        (i, j) = (next_i + 1, next_j + 1);
    }
    let span = match (window.get(first), window.get(last)) {
        (Some(first), Some(last)) => Span::new(first.span.start(), last.span.end()),
        _ => Span::default(),
    };
    Verdict::Altered(Match { article: stream.article, span }, changes, likeness)
}

/// The text from the first to the last of some words.
fn stretch(text: &str, words: &[Span]) -> String {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span::new(first.start(), last.end()).of(text).to_owned(),
        _ => String::new(),
    }
}

/// A verbatim stretch of a quotation.
#[derive(Clone, Copy)]
struct Stretch {
    stream: usize,
    at: usize,
    len: usize,
}

/// Cuts a quotation into verbatim stretches; returns them where two lie apart and hardly a word is left over.
fn splice(sources: &Sources<'_>, words: &[&Word]) -> Option<Vec<Match>> {
    let mut pieces: Vec<Stretch> = Vec::new();
    let mut unmatched = 0;
    let mut i = 0;
    while i < words.len() {
        let piece = longest_from(sources, words, i, pieces.last());
        if let Some(piece) = piece.filter(|p| p.len >= LEAST_PIECE) {
            pieces.push(piece);
            i += piece.len;
        } else {
            unmatched += 1;
            i += 1;
        }
    }
    let apart = pieces.windows(2).any(|p| !is_near(sources, p[0], p[1]));
    if !apart || unmatched > 1.max(words.len() / 8) {
        return None;
    }
    let place = |p: &Stretch| {
        let words = sources.from(p.stream, p.at);
        let (first, last) = (words.first()?, words.get(p.len - 1)?);
        let span = Span::new(first.span.start(), last.span.end());
        Some(Match { article: sources.streams[p.stream].article, span })
    };
    pieces.iter().map(place).collect()
}

fn longest_from(
    sources: &Sources<'_>,
    words: &[&Word],
    i: usize,
    before: Option<&Stretch>,
) -> Option<Stretch> {
    let candidates = sources.positions(&words[i].folded).iter().map(|&(stream, at)| {
        let window = sources.from(stream, at).iter();
        let len = window.zip(&words[i..]).take_while(|(a, b)| a.folded == b.folded).count();
        Stretch { stream, at, len }
    });
    candidates.max_by_key(|s| {
        let near = before.is_some_and(|b| is_near(sources, *b, *s));
        (s.len, near, std::cmp::Reverse((s.stream, s.at)))
    })
}

fn is_near(sources: &Sources<'_>, a: Stretch, b: Stretch) -> bool {
    let end = a.at + a.len;
    sources.streams[a.stream].article == sources.streams[b.stream].article
        && a.stream == b.stream
        && b.at >= end
        && b.at - end <= NEAR
}
