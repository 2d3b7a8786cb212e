//! Finds the words of a quotation in the texts and titles of the sources: verbatim, altered, spliced, or not at all.
//!
//! 1. *Verbatim*: the runs between ellipses and brackets follow one another, in one article or in the joined parts of one
//!    of its quotations.
//! 2. *Altered*: the rarest words of the quotation vote for passages by their offsets in the sources, and a longest
//!    common subsequence is computed for the best passages ([`align`](crate::text::align)). If at least 85% of the
//!    words match, the quotation is an altered copy of the best passage.
//! 3. *Spliced*: the longest verbatim runs from left to right, each of at least three words, cover almost all of the
//!    quotation, and two consecutive runs are far apart in the sources.
//! 4. *Altered* again, if at least 60% of the words match and they are not only function words; otherwise, the
//!    quotation is *not found*.
//!
//! Words with the same letters that are divided differently (`e-mail`, `U.S.`) do not count as changed.
//!
//! Known limits: a quotation of one word or of more than [`MOST_WORDS`] words is found only if it is verbatim; a
//! translated quotation is not found.

use crate::article::ArticleIx;
use crate::span::Span;
use crate::text::align::common_subsequence;
use crate::verify::draft::comparable_words::{Gap, Runs, Word};
use crate::verify::draft::sources::{Part, Sources};
use crate::verify::report::WordChange;

/// The maximum number of words that an ellipsis may leave out.
const ELLIPSIS_REACH: usize = 300;
/// The maximum number of source words that square brackets may replace.
const BRACKETS_REACH: usize = 8;
/// The maximum number of words in a quotation that is compared word by word.
const MOST_WORDS: usize = 600;
/// The minimum share of a quotation's words that a passage must match to be certainly the intended one.
const SURELY: f64 = 0.85;
/// The minimum share of a quotation's words that a passage must match to be probably the intended one.
const PROBABLY: f64 = 0.6;
/// The minimum number of words in a verbatim run that counts as a piece of a splice.
const LEAST_PIECE: usize = 3;
/// The maximum number of words between two runs of one passage.
const NEAR: usize = 12;
/// The width, in words, of the ranges of a source for which votes are counted together.
const BUCKET: usize = 8;
/// The maximum number of a quotation's rarest words that vote for a passage.
const VOTERS: usize = 24;
/// The number of ranges with the most votes that are compared word by word.
const MOST_RANGES: usize = 3;
/// The maximum number of passages returned per quotation, so that a phrase that occurs in every article is not reported
/// a thousand times.
const MOST_PLACES: usize = 32;

/// A range of an article's text or title.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Match {
    /// The part of the article. It is the first field, so that a passage in a text sorts before one in a title.
    pub(super) part: Part,
    pub(super) article: ArticleIx,
    pub(super) span: Span,
}

/// A passage that contains a quotation: the range of each run, and the words left out between the runs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    pub(super) runs: Vec<Match>,
    /// For each break between runs: the stream, the index of the first omitted word, and the index after the last one.
    pub(super) omitted: Vec<(usize, usize, usize)>,
}

/// Words of a draft that differ from those of the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) shown: WordChange,
    /// The words of the draft, folded.
    pub(super) own: Vec<String>,
    /// The words of the source, folded.
    pub(super) other: Vec<String>,
}

/// The result for one quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Each of these passages contains the quotation.
    Verbatim(Vec<Found>),
    /// One passage contains the quotation in other words.
    Altered(Match, Vec<Change>, Likeness),
    /// The quotation was assembled from these passages.
    Spliced(Vec<Match>),
    NotFound,
}

/// How certain it is that the quotation was taken from the passage.
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
    if words.len() < 2 || words.len() > MOST_WORDS {
        return Verdict::NotFound;
    }
    let nearest = nearest(sources, &words);
    let likeness = nearest.as_ref().map_or(0.0, |n| n.pairs.len() as f64 / words.len() as f64);
    if let Some(nearest) = nearest.as_ref() {
        let verdict = altered(sources, draft, runs, nearest, Likeness::Surely);
        match &verdict {
            // The words are only divided differently, or shortened with an ellipsis.
            Verdict::Altered(place, changes, _) if changes.is_empty() => {
                return Verdict::Verbatim(vec![Found { runs: vec![*place], omitted: Vec::new() }]);
            }
            Verdict::Altered(..) if likeness >= SURELY => return verdict,
            _ => {}
        }
    }
    if let Some(pieces) = splice(sources, &words) {
        return Verdict::Spliced(pieces);
    }
    match nearest.filter(|n| likeness >= PROBABLY && says_enough(&words, n)) {
        Some(nearest) => altered(sources, draft, runs, &nearest, Likeness::Probably),
        None => Verdict::NotFound,
    }
}

/// Returns the passages in which all runs occur in order, at most [`MOST_PLACES`], those with the fewest omitted words
/// first.
pub(super) fn exact(sources: &Sources<'_>, runs: &Runs) -> Vec<Found> {
    let Some(first) = runs.parts.first() else { return Vec::new() };
    let rarest = (0..first.len()).min_by_key(|&i| sources.positions(&first[i].folded).len());
    let Some(anchor) = rarest else { return Vec::new() };
    let mut found = Vec::new();
    for &(stream, at) in sources.positions(&first[anchor].folded) {
        let start = at.checked_sub(anchor).filter(|&s| starts_with(sources.from(stream, s), first));
        if let Some(place) = start.and_then(|start| runs_from(sources, runs, stream, start)) {
            found.push(place);
        }
    }
    let left_out = |f: &Found| f.omitted.iter().map(|(_, from, to)| to - from).sum::<usize>();
    found.sort_by(|a, b| (left_out(a), a).cmp(&(left_out(b), b)));
    found.dedup_by(|a, b| a.runs == b.runs);
    // A title repeats words of its article without their speaker, so it counts only if no text contains them.
    let is_of_title = |f: &Found| f.runs.iter().all(|m| m.part == Part::Title);
    if !found.iter().all(is_of_title) {
        found.retain(|f| !is_of_title(f));
    }
    found.truncate(MOST_PLACES);
    found
}

fn runs_from(sources: &Sources<'_>, runs: &Runs, stream: usize, at: usize) -> Option<Found> {
    let mut found = Found { runs: Vec::new(), omitted: Vec::new() };
    let mut at = at;
    for (i, run) in runs.parts.iter().enumerate() {
        let gap = i.checked_sub(1).and_then(|gap| runs.gaps.get(gap));
        let reach = match gap {
            None => 0,
            Some(Gap::Ellipsis) => ELLIPSIS_REACH,
            Some(Gap::Brackets(_)) => BRACKETS_REACH,
        };
        let start = (at..=at + reach).find(|&s| starts_with(sources.from(stream, s), run))?;
        if gap.is_some() {
            found.omitted.push((stream, at, start));
        }
        let words = sources.from(stream, start);
        let (first, last) = (words.first()?, words.get(run.len() - 1)?);
        let span = Span::new(first.span.start(), last.span.end());
        found.runs.push(sources.matched(stream, span));
        at = start + run.len();
    }
    Some(found)
}

fn starts_with(words: &[Word], run: &[Word]) -> bool {
    words.len() >= run.len() && words.iter().zip(run).all(|(a, b)| a.folded == b.folded)
}

/// The passage that shares the most words with a quotation, and these words.
struct Nearest {
    stream: usize,
    /// The index in the stream of the first word of the window that was compared.
    from: usize,
    /// Pairs of matching words: the index in the quotation and the index in the window, both ascending.
    pairs: Vec<(usize, usize)>,
}

fn nearest(sources: &Sources<'_>, words: &[&Word]) -> Option<Nearest> {
    let mut rarest: Vec<(usize, usize)> = words
        .iter()
        .enumerate()
        .map(|(i, word)| (sources.positions(&word.folded).len(), i))
        .filter(|(n, _)| *n > 0)
        .collect();
    rarest.sort_unstable();
    rarest.truncate(VOTERS);
    let candidates = ranges(sources, words, &rarest).into_iter().map(|(stream, bucket)| {
        let from = (bucket.saturating_sub(1) * BUCKET).saturating_sub(MOST_WORDS + BUCKET);
        let window = sources.from(stream, from);
        let reach = (words.len() * 2 + 4 * BUCKET).min(window.len());
        let pairs =
            common_subsequence(words.len(), reach, |i, j| words[i].folded == window[j].folded);
        Nearest { stream, from, pairs }
    });
    // Of the passages that share the same number of words with the quotation, keep the first, which has the most votes.
    let best = candidates.fold(None::<Nearest>, |best, next| match best {
        Some(best) if best.pairs.len() >= next.pairs.len() => Some(best),
        _ => Some(next),
    });
    best.filter(|n| n.pairs.len() >= LEAST_PIECE || n.pairs.len() * 2 >= words.len())
}

/// Returns the ranges that get the most votes from the rarest words of a quotation, each as its stream and bucket.
fn ranges(
    sources: &Sources<'_>,
    words: &[&Word],
    rarest: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    let mut votes: Vec<(usize, usize)> = Vec::new();
    for (_, i) in rarest {
        for &(stream, at) in sources.positions(&words[*i].folded) {
            let bucket = (at + MOST_WORDS - i) / BUCKET;
            votes.extend([(stream, bucket), (stream, bucket + 1)]);
        }
    }
    votes.sort_unstable();
    // Keep the ranges with the most votes; if there is a tie, the first ones.
    let mut best: Vec<(usize, (usize, usize))> = Vec::with_capacity(MOST_RANGES + 1);
    for same in votes.chunk_by(|a, b| a == b) {
        let at = best.partition_point(|(n, _)| *n >= same.len());
        if at < MOST_RANGES {
            best.insert(at, (same.len(), same[0]));
            best.truncate(MOST_RANGES);
        }
    }
    best.into_iter().map(|(_, range)| range).collect()
}

/// Returns whether a quotation shares more than function words with a passage: two words of five letters or more, or
/// three quarters of all its words.
fn says_enough(words: &[&Word], nearest: &Nearest) -> bool {
    let long = nearest.pairs.iter().filter(|(i, _)| words[*i].folded.chars().count() >= 5);
    long.count() >= 2 || nearest.pairs.len() * 4 >= words.len() * 3
}

fn altered(
    sources: &Sources<'_>,
    draft: &str,
    runs: &Runs,
    nearest: &Nearest,
    likeness: Likeness,
) -> Verdict {
    let words = runs.all();
    let stream = &sources.streams[nearest.stream];
    let window = sources.from(nearest.stream, nearest.from);
    let text = sources.text(stream.article, stream.part);
    let (Some(&(lead, first)), Some(&(tail, last))) = (nearest.pairs.first(), nearest.pairs.last())
    else {
        return Verdict::NotFound;
    };
    // Extend the source passage so that it has as many words before the first and after the last shared word as the
    // quotation.
    let first = first.saturating_sub(lead);
    let last = (last + words.len() - 1 - tail).min(window.len() - 1);
    let breaks = break_places(runs);
    let mut changes = Vec::new();
    let (mut i, mut j) = (0, first);
    let ends = nearest.pairs.iter().copied().chain([(words.len(), last + 1)]);
    for (next_i, next_j) in ends {
        let own = words.get(i..next_i).unwrap_or(&[]);
        let other = window.get(j..next_j).unwrap_or(&[]);
        let at_break = own.is_empty() && breaks.binary_search(&i).is_ok();
        if !(at_break || own.is_empty() && other.is_empty()) {
            changes.extend(change(draft, own, text, other));
        }
        (i, j) = (next_i + 1, next_j + 1);
    }
    let span = match (window.get(first), window.get(last)) {
        (Some(first), Some(last)) => Span::new(first.span.start(), last.span.end()),
        _ => Span::default(),
    };
    // If the words differ only at a break, the exact search has already rejected the passage.
    if changes.is_empty() && !runs.gaps.is_empty() {
        return Verdict::NotFound;
    }
    Verdict::Altered(sources.matched(nearest.stream, span), changes, likeness)
}

/// Returns the positions among all words of a quotation before which it has a break.
fn break_places(runs: &Runs) -> Vec<usize> {
    let ends = runs.parts.iter().scan(0, |at, run| {
        *at += run.len();
        Some(*at)
    });
    ends.take(runs.gaps.len()).collect()
}

/// Returns a change, unless both sides have the same letters.
fn change(draft: &str, own: &[&Word], text: &str, other: &[Word]) -> Option<Change> {
    let letters = |words: &mut dyn Iterator<Item = &str>| -> String {
        words.flat_map(str::chars).filter(|c| c.is_alphanumeric()).collect()
    };
    let own_letters = letters(&mut own.iter().map(|w| w.folded.as_str()));
    let other_letters = letters(&mut other.iter().map(|w| w.folded.as_str()));
    if own_letters == other_letters {
        return None;
    }
    let spans = |words: &mut dyn Iterator<Item = Span>| words.collect::<Vec<Span>>();
    let shown = WordChange {
        draft: stretch(draft, &spans(&mut own.iter().map(|w| w.span))),
        source: stretch(text, &spans(&mut other.iter().map(|w| w.span))),
    };
    Some(Change {
        shown,
        own: own.iter().map(|w| w.folded.clone()).collect(),
        other: other.iter().map(|w| w.folded.clone()).collect(),
    })
}

/// Returns the text from the first to the last of the given words.
fn stretch(text: &str, words: &[Span]) -> String {
    match (words.first(), words.last()) {
        (Some(first), Some(last)) => Span::new(first.start(), last.end()).slice(text).to_owned(),
        _ => String::new(),
    }
}

/// A verbatim run of a quotation.
#[derive(Clone, Copy)]
struct Stretch {
    stream: usize,
    at: usize,
    len: usize,
}

/// Splits a quotation into verbatim runs. Returns them if two consecutive runs are far apart in the sources and almost
/// no words are left over.
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
        Some(sources.matched(p.stream, span))
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
