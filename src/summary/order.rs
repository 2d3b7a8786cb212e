//! The order of the chosen sentences. In a single article, they keep their order; in a story of several articles, the
//! lede comes first, and the order of the others is like that of the articles.
//!
//! Following Barzilay and others, *Inferring Strategies for Sentence Ordering in Multidocument News Summarization*,
//! 2002, content that the articles share appears in the order that most of them use (majority), and events of different
//! days appear in the order of the days (chronology). A greedy algorithm turns the pairwise preferences into one order
//! (Cohen, Schapire and Singer, *Learning to Order Things*, 1999).
//!
//! * In a summary that reads as one report, such as that of a small story, the sentences of an article stay together if
//!   possible, and those of the lede's article come first.
//! * Neighbors stay neighbors: consecutive chosen sentences of an article form one block, except that the lede always
//!   starts a new block.
//! * The blocks of an article keep their order.
//! * An article votes on the order of two blocks if it mentions enough concepts of both. The position of a block in an
//!   article is the mean position at which the article first mentions the block's concepts.
//! * Of two blocks from articles of different days, the one of the earlier day is preferred, regardless of the votes.
//! * If possible, two sentences do not follow each other if their day words ("yesterday") must be resolved relative to
//!   different dates.
//! * If possible, people are introduced before they are mentioned by surname only.
//!
//! Known limit: if there are more than [`MOST_BLOCKS`] blocks, the articles do not vote on their order; only days and
//! positions decide.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::article::Published;
use crate::summary::candidate_set::CandidateSet;
use crate::summary::feature::position;
use crate::summary::names::Names;
use crate::summary::problem::Problem;
use crate::summary::temporal_deixis::Anchor;

/// The maximum number of blocks for which the articles vote on every pair.
const MOST_BLOCKS: usize = 64;

/// The minimum share of a block's concepts that an article must mention to vote on the block.
const LEAST_SHARE: f64 = 0.3;

/// Consecutive chosen sentences of one article.
#[derive(Debug)]
struct Block {
    first: usize,
    last: usize,
    source: usize,
    day: Option<Date>,
    /// The depth of its first sentence in the article.
    depth: f64,
    /// The gain of its first sentence if nothing else is chosen.
    weight: f64,
    /// Whether its first sentence is the lede of the story.
    is_lede: bool,
    /// The date relative to which the day words in its first sentence must be resolved.
    first_anchor: Option<Anchor>,
    /// The date relative to which the day words in its last sentence must be resolved.
    last_anchor: Option<Anchor>,
    /// The blocks that must come before it.
    after: Vec<usize>,
}

/// Returns the entries of a sorted selection in reading order.
///
/// `alone` holds the gain of each entry if nothing else is chosen. If the lede is not chosen, this gain decides which
/// of several equally early sentences comes first.
pub(crate) fn arrange(
    problem: &Problem<'_, '_>,
    names: &Names<'_, '_>,
    selection: &[usize],
    alone: &[f64],
) -> Vec<usize> {
    let set = problem.set;
    if !set.has_several_articles() {
        return selection.to_vec();
    }
    let mut blocks = blocks(set, selection, alone, problem.lede);
    introduce(&mut blocks, names);
    let votes = votes(set, &blocks);
    let order = greedy(&blocks, &votes, problem.is_one_report);
    order.into_iter().flat_map(|b| blocks[b].first..=blocks[b].last).collect()
}

fn blocks(
    set: &CandidateSet<'_>,
    selection: &[usize],
    alone: &[f64],
    lede: Option<usize>,
) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    for (&entry, &weight) in selection.iter().zip(alone) {
        let source = set.candidates[entry].slice;
        if let Some(block) = blocks.last_mut()
            && block.source == source
            && block.last + 1 == entry
            && lede != Some(entry)
        {
            block.last = entry;
            block.last_anchor = set.anchor(entry);
            continue;
        }
        let before = blocks.iter().rposition(|b| b.source == source);
        let article = &set.collection.articles[set.candidates[entry].at.article];
        blocks.push(Block {
            first: entry,
            last: entry,
            source,
            day: article.published.map(Published::day),
            depth: position::depth(set.place(entry), set.articles[source].len()),
            weight,
            is_lede: lede == Some(entry),
            first_anchor: set.anchor(entry),
            last_anchor: set.anchor(entry),
            after: before.into_iter().collect(),
        });
    }
    blocks
}

/// Requires the block that introduces a person to come before blocks with the bare surname, unless that contradicts
/// another constraint.
fn introduce(blocks: &mut [Block], names: &Names<'_, '_>) {
    let mut introduced: FxHashMap<u32, usize> = FxHashMap::default();
    for (number, block) in blocks.iter().enumerate() {
        for entry in block.first..=block.last {
            for mention in names.mentions(entry).filter(|m| m.full) {
                introduced.entry(mention.person).or_insert(number);
            }
        }
    }
    for number in 0..blocks.len() {
        let bare = names.bare_in(blocks[number].first..=blocks[number].last);
        for person in bare {
            if let Some(&by) = introduced.get(&person)
                && by != number
                && !comes_after(blocks, by, number)
            {
                blocks[number].after.push(by);
            }
        }
    }
}

/// Returns whether block `late` must come after block `early`.
fn comes_after(blocks: &[Block], late: usize, early: usize) -> bool {
    let (mut open, mut seen) = (vec![late], vec![false; blocks.len()]);
    while let Some(block) = open.pop() {
        if block == early {
            return true;
        }
        if !std::mem::replace(&mut seen[block], true) {
            open.extend(&blocks[block].after);
        }
    }
    false
}

/// For each pair of blocks, returns the number of articles that mention the first before the second minus the number of
/// articles that mention them in the opposite order; empty if there are more than [`MOST_BLOCKS`] blocks.
fn votes(set: &CandidateSet<'_>, blocks: &[Block]) -> Vec<Vec<i32>> {
    if blocks.len() > MOST_BLOCKS {
        return Vec::new();
    }
    let mut sizes = vec![0.0; blocks.len()];
    let mut in_blocks: Vec<(u32, usize)> = Vec::new();
    for (number, block) in blocks.iter().enumerate() {
        let mut concepts: Vec<u32> =
            (block.first..=block.last).flat_map(|e| set.concepts.in_sentence(e)).copied().collect();
        concepts.sort_unstable();
        concepts.dedup();
        sizes[number] = concepts.len() as f64;
        in_blocks.extend(concepts.into_iter().map(|concept| (concept, number)));
    }
    in_blocks.sort_unstable();
    let runs: Vec<&[(u32, usize)]> = in_blocks.chunk_by(|a, b| a.0 == b.0).collect();
    let wanted: Vec<u32> = runs.iter().map(|run| run[0].0).collect();
    // For each article and block, the number of the block's concepts that the article mentions, and the sum of their
    // first positions.
    let mut told = vec![(0_u32, 0_u32); set.articles.len() * blocks.len()];
    let mut last = vec![usize::MAX; wanted.len()];
    set.concepts.each_teller(&wanted, |concept, entry| {
        let source = set.candidates[entry].slice;
        if std::mem::replace(&mut last[concept], source) != source {
            for (_, number) in runs[concept] {
                let (count, places) = &mut told[source * blocks.len() + number];
                *count += 1;
                *places += set.place(entry) as u32;
            }
        }
    });
    let mut votes = vec![vec![0; blocks.len()]; blocks.len()];
    for told in told.chunks(blocks.len().max(1)) {
        let enough = |b: &usize| f64::from(told[*b].0) >= LEAST_SHARE * sizes[*b];
        let mean = |b: usize| (b, f64::from(told[b].1) / f64::from(told[b].0));
        let told: Vec<(usize, f64)> = (0..blocks.len()).filter(enough).map(mean).collect();
        for (at, &(a, later)) in told.iter().enumerate() {
            for &(b, earlier) in &told[..at] {
                let before = later.total_cmp(&earlier) as i32;
                votes[a][b] -= before;
                votes[b][a] += before;
            }
        }
    }
    votes
}

/// Places the lede first, then repeatedly the block that is preferred to most of the remaining ones, among those whose
/// predecessors have been placed. A block whose day words clash with those of the block before it is placed only if
/// there is no other. If `keeps_together` is set, the blocks of an article are kept together as far as possible.
fn greedy(blocks: &[Block], votes: &[Vec<i32>], keeps_together: bool) -> Vec<usize> {
    let mut left: Vec<usize> = (0..blocks.len()).collect();
    left.sort_by(|&a, &b| {
        let key = |n: usize| (blocks[n].day, blocks[n].depth, n);
        let (a, b) = (key(a), key(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2))
    });
    let mut placed = vec![false; blocks.len()];
    let mut order = Vec::with_capacity(blocks.len());
    if let Some(lede) = lede(blocks) {
        order.push(lede);
        placed[lede] = true;
        left.retain(|&b| b != lede);
    }
    while !left.is_empty() {
        let free = |b: usize| blocks[b].after.iter().all(|&a| placed[a]);
        let preferred = |b: usize| -> i32 {
            let days = |o: usize| match (blocks[b].day, blocks[o].day) {
                (Some(own), Some(other)) if own != other => {
                    blocks[o].day.cmp(&blocks[b].day) as i32
                }
                _ => 0,
            };
            let vote = |&o: &usize| match days(o) {
                0 => votes.get(b).map_or(0, |v| v[o].signum()),
                decided => decided,
            };
            left.iter().map(vote).sum()
        };
        let many = left.len() > MOST_BLOCKS;
        let before = order.last().and_then(|&b: &usize| blocks[b].last_anchor);
        let clashes = |b: usize| clash(before, blocks[b].first_anchor);
        let source = order.last().map(|&b: &usize| blocks[b].source);
        let leaves = |b: usize| keeps_together && source.is_some_and(|s| s != blocks[b].source);
        let candidates = left.iter().enumerate().filter(|(_, b)| free(**b));
        let best = if many {
            candidates.min_by_key(|(at, b)| (clashes(**b), *at))
        } else {
            candidates.min_by_key(|(at, b)| (clashes(**b), leaves(**b), -preferred(**b), *at))
        };
        let best = best.map(|(at, _)| at);
        let next = left.remove(best.unwrap_or(0));
        placed[next] = true;
        order.push(next);
    }
    order
}

fn clash(before: Option<Anchor>, after: Option<Anchor>) -> bool {
    before.zip(after).is_some_and(|(a, b)| a.clashes(b))
}

/// Returns the positions in `ordered` of the sentences whose day words must be resolved relative to a different date
/// than those of the sentence before them.
pub(crate) fn clashes(set: &CandidateSet<'_>, ordered: &[usize]) -> Vec<usize> {
    let misled = |at: &usize| clash(set.anchor(ordered[at - 1]), set.anchor(ordered[*at]));
    (1..ordered.len()).filter(misled).collect()
}

/// Returns the block that comes first: the lede of the story, if it is chosen. Otherwise it is the block that is
/// earliest in its article, among those that no other block must precede; on a tie, the one with the highest gain.
fn lede(blocks: &[Block]) -> Option<usize> {
    if let Some(lede) = blocks.iter().position(|block| block.is_lede) {
        return Some(lede);
    }
    let free = (0..blocks.len()).filter(|&b| blocks[b].after.is_empty());
    free.min_by(|&a, &b| {
        let (x, y) = (&blocks[a], &blocks[b]);
        x.depth.total_cmp(&y.depth).then(y.weight.total_cmp(&x.weight)).then(a.cmp(&b))
    })
}
