//! Finds articles that carry the same text: wire copy, reprints, and cut, re-topped, corrected or updated versions.
//!
//! Articles are compared by their [`Print`]s. Exact copies are found first, by a hash of their words, so that a text in
//! sixty outlets is compared with others only once. Among the distinct texts, those that share runs of four words
//! (shingles; Broder, *On the Resemblance and Containment of Documents*, 1997) are candidates, which are found through
//! an index of sampled shingles. Two of them are near-copies if they share at least eight shingles and the longer one
//! contains at least half of the shorter one's, unless the facts in their titles and ledes show that they report two
//! events from the same template ([`facts`](crate::identity::facts)). The relation is made transitive.
//!
//! A text that contains several much shorter ones, which are not near-copies of each other, is a roundup, and not a
//! copy of any of them. Words are compared by their stems, so punctuation, case and inflection do not matter. Articles
//! without a text are compared by their titles, and only for exact copies.
//!
//! However often a text is reprinted, it counts as one witness ([`witnesses`]).

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::article::{Article, ArticleIx};
use crate::identity::facts::Report;
use crate::parallel;
use crate::text::align::UnionFind;
use crate::text::{Document, Token, hash};

/// The criteria for near-copies.
#[derive(Clone, Debug, PartialEq)]
pub struct NearCopies {
    /// The minimum share of the shorter text's shingles that the longer one contains.
    pub containment: f64,
    /// The minimum number of shared shingles.
    pub shingles: usize,
    /// The minimum number of words in exact copies.
    pub words: usize,
}

impl Default for NearCopies {
    fn default() -> Self {
        Self { containment: 0.5, shingles: 8, words: 5 }
    }
}

/// The texts that articles have in common; articles are identified by their positions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Found {
    /// The groups of near-copies, each sorted and with at least two members.
    pub copies: Vec<Vec<u32>>,
    /// The pairs that report two events from the same template with different people and places, sorted.
    pub templates: Vec<(u32, u32)>,
}

/// Finds the near-copies among articles, and the pairs that report different events from the same template.
///
/// Two articles for whose positions `tell_apart` returns `true` are not near-copies unless they are exact copies.
pub(crate) fn find(
    prints: &[&Print],
    params: &NearCopies,
    tell_apart: impl Fn(u32, u32) -> bool + Send + Sync,
) -> Found {
    if prints.len() < 2 {
        return Found::default();
    }
    let mut sets = UnionFind::new(prints.len());
    let distinct = join_exact(prints, params, &mut sets);
    let pairs = candidates(prints, &distinct);
    let alike = parallel::map_in_order(&pairs, |&(a, b)| {
        let [first, second] = [a, b].map(|m| prints[m as usize]);
        let containment = first.containment(second, params)?;
        let is_copy =
            !first.report.tells_of_another_event(&second.report, containment) && !tell_apart(a, b);
        Some(((a, b), is_copy, first.report.names_others(&second.report)))
    });
    let alike = || alike.iter().flatten();
    let mut near: Vec<(u32, u32)> =
        alike().filter(|(_, is_copy, _)| *is_copy).map(|(pair, ..)| *pair).collect();
    let templates = alike().filter(|(.., others)| *others).map(|(pair, ..)| *pair).collect();
    drop_roundups(&mut near, prints);
    for (a, b) in near {
        sets.join(a as usize, b as usize);
    }
    Found { copies: groups(sets, prints.len()), templates }
}

/// The comparison data of one article's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Print {
    /// The hash of all words in order.
    hash: u64,
    n_words: u32,
    /// The shingles in the sample of the print, sorted; none if there is no text.
    shingles: Box<[u32]>,
    /// The sampling rate: one shingle in this many is kept; a power of two.
    one_in: u32,
    report: Report,
}

/// The number of words at and above which a text is indexed by a smaller sample.
const LONG: u32 = 150;
/// The number of words in a shingle.
const RUN: usize = 4;
/// The number of words up to which a text keeps all its shingles; a text of up to four times as many keeps half, and so
/// on.
///
/// A long text keeps more than a short one, but less than in proportion; a short copy of it can still be recognized.
const KEPT: usize = 256;

impl Print {
    /// Computes the print of an article.
    pub(crate) fn new(article: &Article, document: &Document) -> Self {
        let hashes: Vec<u64> = document.terms().map(hash::word).collect();
        let has_text = !document.tokens.is_empty();
        let tokens = if has_text { &document.tokens } else { &document.title };
        let of_token = |token: &Token| hashes[token.term.0 as usize];
        let words: Vec<u64> = tokens.iter().map(of_token).collect();
        let mut print = Self {
            hash: hash::sequence(&words),
            n_words: words.len() as u32,
            shingles: Box::default(),
            one_in: one_in(words.len()),
            report: Report::new(article, document, &hashes),
        };
        if has_text {
            let shingles = words.windows(RUN).map(shingle);
            let mut kept: Vec<u32> =
                shingles.filter(|shingle| *shingle <= limit(print.one_in)).collect();
            kept.sort_unstable();
            kept.dedup();
            print.shingles = kept.into();
        }
        print
    }

    /// Returns the number of words of the text, or of the title if there is no text.
    pub(crate) fn n_words(&self) -> usize {
        self.n_words as usize
    }

    /// Returns the facts and words of the article.
    pub(crate) const fn report(&self) -> &Report {
        &self.report
    }

    /// Drops the shingles, which only the search for near-copies needs.
    pub(crate) fn drop_shingles(&mut self) {
        self.shingles = Box::default();
    }

    /// Returns a hash of all words in order.
    pub(crate) const fn hash(&self) -> u64 {
        self.hash
    }

    /// Returns whether the parts are consistent; a print from another program may be damaged.
    pub(crate) fn is_sound(&self) -> bool {
        self.one_in.is_power_of_two() && self.shingles.is_sorted() && self.report.is_sound()
    }

    /// Returns a sample of the shingles, one in `one_in`, or all that are kept if these are fewer.
    fn sample(&self, one_in: u32) -> &[u32] {
        let limit = limit(one_in.max(self.one_in));
        &self.shingles[..self.shingles.partition_point(|shingle| *shingle <= limit)]
    }

    /// Returns the sample by which candidates are found.
    fn indexed(&self) -> &[u32] {
        self.sample(if self.n_words < LONG { 4 } else { 8 })
    }

    /// Returns the share of the shorter text's shingles that the longer one contains, if that is enough for a
    /// near-copy.
    fn containment(&self, other: &Self, params: &NearCopies) -> Option<f64> {
        let one_in = self.one_in.max(other.one_in);
        let [a, b] = [self.sample(one_in), other.sample(one_in)];
        let shared = n_common(a, b);
        let containment = shared as f64 / a.len().min(b.len()).max(1) as f64;
        let enough = params.shingles <= shared * one_in as usize;
        (enough && params.containment <= containment).then_some(containment)
    }
}

/// Returns the sampling rate for a text's shingles: one in this many is kept.
const fn one_in(n_words: usize) -> u32 {
    let mut one_in = 1;
    let mut most = KEPT;
    while most < n_words {
        one_in *= 2;
        most *= 4;
    }
    one_in
}

/// Returns the largest shingle that is kept if one in `one_in` is sampled. Shingles are sorted hashes, so a smaller
/// sample is a prefix of a larger one.
const fn limit(one_in: u32) -> u32 {
    u32::MAX / one_in
}

/// Returns the hash of a run of words from the hashes of the words. The hashes of the words are already well mixed, so
/// rotating each by its position is enough.
fn shingle(run: &[u64]) -> u32 {
    let turned = run.iter().fold(0, |h: u64, word| h.rotate_left(17).wrapping_add(*word));
    (turned >> 32) as u32
}

/// Joins exact copies, and returns one member of each distinct text.
fn join_exact(prints: &[&Print], params: &NearCopies, sets: &mut UnionFind) -> Vec<u32> {
    let mut first: FxHashMap<(u64, u32), u32> = FxHashMap::default();
    let mut distinct = Vec::new();
    for (member, print) in prints.iter().enumerate() {
        let member = member as u32;
        let known = (params.words <= print.n_words())
            .then(|| *first.entry((print.hash, print.n_words)).or_insert(member));
        match known {
            Some(known) if known != member => {
                sets.join(known as usize, member as usize);
            }
            _ => distinct.push(member),
        }
    }
    distinct
}

/// Returns the pairs that share enough sampled shingles, sorted.
///
/// If many texts share a shingle, each is paired only with the first few and with its predecessor: the shared part is
/// either boilerplate or the whole text, and in the latter case the pairs with the first few already link all copies.
fn candidates(prints: &[&Print], distinct: &[u32]) -> Vec<(u32, u32)> {
    let mut entries: Vec<(u32, u32)> = distinct
        .iter()
        .flat_map(|&m| prints[m as usize].indexed().iter().map(move |&shingle| (shingle, m)))
        .collect();
    parallel::sort(&mut entries);
    let mut shared: Vec<(u32, u32)> = Vec::new();
    for run in entries.chunk_by(|a, b| a.0 == b.0) {
        for (at, &(_, b)) in run.iter().enumerate() {
            let first = &run[..at.min(FIRST)];
            let predecessor = &run[at.saturating_sub(1).max(first.len())..at];
            shared.extend(first.iter().chain(predecessor).map(|&(_, a)| (a, b)));
        }
    }
    parallel::sort(&mut shared);
    let enough = |run: &&[(u32, u32)]| {
        let [a, b] = [run[0].0, run[0].1].map(|m| prints[m as usize].indexed().len());
        a.min(b) <= SPARSE * run.len()
    };
    shared.chunk_by(|a, b| a == b).filter(enough).map(|run| run[0]).collect()
}

/// For each shingle, the number of texts containing it that are paired with every other text that contains it.
const FIRST: usize = 8;
/// The minimum share of the smaller sample that two candidates have in common: one in this many.
const SPARSE: usize = 5;

/// Counts the independent witnesses among articles: the maximum number of pairs of a text and an outlet in which each
/// text and each outlet is used once.
///
/// `texts` groups the articles by text, and `outlet` gives the number of an article's outlet. A wire story in three
/// outlets is one witness. If two of them also have a report of their own, there are at most two more, and never more
/// witnesses than outlets. (A maximum matching of texts and outlets; Kuhn 1955, *The Hungarian Method*.)
pub(crate) fn witnesses(texts: &[Vec<ArticleIx>], outlet: impl Fn(ArticleIx) -> usize) -> usize {
    let n_outlets = texts.iter().flatten().map(|&a| outlet(a) + 1).max().unwrap_or(0);
    let mut text_of: Vec<Option<usize>> = vec![None; n_outlets];
    (0..texts.len())
        .filter(|&text| {
            let mut visited = vec![false; n_outlets];
            find_outlet(texts, &outlet, text, &mut text_of, &mut visited)
        })
        .count()
}

/// Finds an outlet for a text; moves other texts to others of their outlets if that frees one.
fn find_outlet(
    texts: &[Vec<ArticleIx>],
    outlet: &impl Fn(ArticleIx) -> usize,
    text: usize,
    text_of: &mut [Option<usize>],
    visited: &mut [bool],
) -> bool {
    texts[text].iter().any(|&article| {
        let own = outlet(article);
        if std::mem::replace(&mut visited[own], true) {
            return false;
        }
        let holder = text_of[own];
        let is_free =
            holder.is_none_or(|other| find_outlet(texts, outlet, other, text_of, visited));
        if is_free {
            text_of[own] = Some(text);
        }
        is_free
    })
}

/// Returns the number of elements that two sorted lists have in common.
fn n_common(a: &[u32], b: &[u32]) -> usize {
    let mut b = b.iter().peekable();
    let is_in_b = |element: &&u32| {
        while b.next_if(|other| other < element).is_some() {}
        b.peek() == Some(element)
    };
    a.iter().filter(is_in_b).count()
}

/// Drops the pairs that a roundup forms with the texts in it; a roundup contains several much shorter texts that are
/// not near-copies of each other.
fn drop_roundups(near: &mut Vec<(u32, u32)>, prints: &[&Print]) {
    let length = |m: u32| prints[m as usize].n_words;
    let mut held: Vec<(u32, u32)> = near
        .iter()
        .flat_map(|&(a, b)| [(a, b), (b, a)])
        .filter(|&(long, short)| 2 * length(short) < length(long))
        .collect();
    held.sort_unstable();
    let is_pair = |a: u32, b: u32| near.binary_search(&(a.min(b), a.max(b))).is_ok();
    let roundups: Vec<u32> = held
        .chunk_by(|x, y| x.0 == y.0)
        .filter(|run| {
            let first = run[0].1;
            run[1..].iter().any(|&(_, other)| !is_pair(first, other))
        })
        .map(|run| run[0].0)
        .collect();
    let is_roundup = |m: u32| roundups.binary_search(&m).is_ok();
    near.retain(|&(a, b)| {
        let [a_longer, b_longer] = [2 * length(b) < length(a), 2 * length(a) < length(b)];
        !(a_longer && is_roundup(a) || b_longer && is_roundup(b))
    });
}

/// Returns the sets with at least two members.
fn groups(mut sets: UnionFind, n: usize) -> Vec<Vec<u32>> {
    let mut of: Vec<(usize, u32)> = (0..n).map(|m| (sets.root(m), m as u32)).collect();
    of.sort_unstable();
    of.chunk_by(|a, b| a.0 == b.0)
        .filter(|run| 1 < run.len())
        .map(|run| run.iter().map(|(_, m)| *m).collect())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::witnesses;

    #[test]
    fn a_text_is_one_witness_in_however_many_outlets() {
        // Articles by their outlets: article 0 is from outlet 0, and so on.
        let outlets = [0, 1, 2, 0, 1];
        let count = |texts: &[Vec<usize>]| witnesses(texts, |a| outlets[a]);
        assert_eq!(count(&[vec![0, 1, 2]]), 1);
        assert_eq!(count(&[vec![0, 1, 2], vec![3]]), 2);
        assert_eq!(count(&[vec![0, 1], vec![3], vec![4]]), 2);
        assert_eq!(count(&[vec![0], vec![3]]), 1);
        assert_eq!(count(&[vec![0], vec![3], vec![1, 2]]), 2);
        assert_eq!(count(&[]), 0);
    }
}
