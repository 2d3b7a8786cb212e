//! Which articles carry the same text: wire copy, reprints, cut, re-topped, corrected and updated versions.
//!
//! Exact copies first, by a hash of the words, so that sixty outlets with one text are one. Of what is left, texts that
//! share runs of four words (shingles; Broder 1997, *On the Resemblance and Containment of Documents*) are candidates,
//! found through an index of a sample of them; two are near-copies when at least half of the shorter one's shingles stand
//! in the longer one. Near-copies of near-copies are near-copies.
//!
//! A text that holds several others which share nothing with each other is a roundup: it is a copy of none of them.
//! Words are compared by their stems, so punctuation, case and inflection do not matter. An article without a text is
//! compared by its title, and only to the letter.

use rustc_hash::FxHashMap;

use crate::article::ArticleIx;
use crate::parallel;
use crate::text::align::UnionFind;
use crate::text::{Collection, Corpus, TermId, Token};

/// What makes two texts near-copies.
#[derive(Clone, Debug, PartialEq)]
pub struct NearCopies {
    /// Least share of the shorter text's shingles that must stand in the longer one.
    pub containment: f64,
    /// Least number of shared shingles.
    pub shingles: usize,
    /// Least number of words of exact copies.
    pub words: usize,
}

impl Default for NearCopies {
    fn default() -> Self {
        Self { containment: 0.5, shingles: 8, words: 5 }
    }
}

/// Returns the groups of near-copies among `members`, by their places there; each of two and more, sorted.
pub(crate) fn find(
    collection: &Collection,
    members: &[ArticleIx],
    params: &NearCopies,
) -> Vec<Vec<u32>> {
    if members.len() < 2 {
        return Vec::new();
    }
    let words = Words::of(&collection.corpus);
    let prints = parallel::map_in_order(members, |&article| words.print(collection, article));
    let mut sets = UnionFind::new(members.len());
    let distinct = join_exact(&prints, params, &mut sets);
    let pairs = candidates(&prints, &distinct);
    let runs: Vec<&[(u32, u32)]> = pairs.chunk_by(|a, b| a.0 == b.0).collect();
    let mut near = parallel::map_in_order(&runs, |run| {
        let shingles = |m: u32| words.shingles(collection, members[m as usize]);
        let first = shingles(run[0].0);
        let is_near = |pair: &&(u32, u32)| is_near_copy(&first, &shingles(pair.1), params);
        run.iter().filter(is_near).copied().collect::<Vec<_>>()
    })
    .concat();
    drop_roundups(&mut near, &prints);
    for (a, b) in near {
        sets.join(a as usize, b as usize);
    }
    groups(sets, members.len())
}

/// What one article is compared by.
struct Print {
    /// Of all its words in order.
    hash: u64,
    n_words: usize,
    /// A sample of its shingles, sorted.
    sample: Vec<u64>,
}

/// Words of a text from which a smaller sample is enough.
const LONG: usize = 150;
/// Words in a shingle.
const RUN: usize = 4;

/// A hash of every term, the same in every collection.
struct Words {
    hashes: Vec<u64>,
}

impl Words {
    fn of(corpus: &Corpus) -> Self {
        let terms = 0..corpus.n_terms() as u32;
        Self { hashes: terms.map(|t| hash(corpus.term(TermId(t)))).collect() }
    }

    fn words(&self, collection: &Collection, article: ArticleIx) -> Vec<u64> {
        let document = &collection.corpus.documents[article];
        let ids = collection.corpus.ids(article);
        let of_token = |token: &Token| self.hashes[ids[token.term.0 as usize].0 as usize];
        let tokens = if document.tokens.is_empty() { &document.title } else { &document.tokens };
        tokens.iter().map(of_token).collect()
    }

    fn shingles(&self, collection: &Collection, article: ArticleIx) -> Vec<u64> {
        sampled(&self.words(collection, article), 1)
    }

    fn print(&self, collection: &Collection, article: ArticleIx) -> Print {
        let words = self.words(collection, article);
        let has_text = !collection.corpus.documents[article].tokens.is_empty();
        let one_in = if words.len() < LONG { 4 } else { 8 };
        let sample = if has_text { sampled(&words, one_in) } else { Vec::new() };
        Print { hash: hash_all(&words), n_words: words.len(), sample }
    }
}

/// One in so many of the shingles of a text, sorted; a power of two.
fn sampled(words: &[u64], one_in: u64) -> Vec<u64> {
    let shingles = words.windows(RUN).map(shingle);
    let mut sample: Vec<u64> = shingles.filter(|shingle| shingle & (one_in - 1) == 0).collect();
    sample.sort_unstable();
    sample.dedup();
    sample
}

/// The hash of a run of words: their hashes, which are mixed already, each turned by its place.
fn shingle(run: &[u64]) -> u64 {
    run.iter().fold(0, |h: u64, word| h.rotate_left(17).wrapping_add(*word))
}

/// FNV-1a, then mixed so that all bits depend on all bytes.
fn hash(text: &str) -> u64 {
    let fnv = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    mix(fnv)
}

/// The hash of all words of a text.
fn hash_all(words: &[u64]) -> u64 {
    let turned = |h: u64, word: &u64| (h.rotate_left(5) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mix(words.iter().fold(words.len() as u64, turned))
}

const fn mix(mut x: u64) -> u64 {
    x ^= x >> 30;
    x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x ^= x >> 27;
    x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Joins texts of the same words, and returns one member of each text.
fn join_exact(prints: &[Print], params: &NearCopies, sets: &mut UnionFind) -> Vec<u32> {
    let mut first: FxHashMap<(u64, usize), u32> = FxHashMap::default();
    let mut distinct = Vec::new();
    for (member, print) in prints.iter().enumerate() {
        let member = member as u32;
        let known = (params.words <= print.n_words)
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

/// The pairs that share sampled shingles, sorted.
///
/// Of a shingle that many have each is paired with the first few and with its predecessor alone: what the many have in
/// common is either the whole text, and then the first few join them all, or boilerplate.
fn candidates(prints: &[Print], distinct: &[u32]) -> Vec<(u32, u32)> {
    let mut entries: Vec<(u64, u32)> = distinct
        .iter()
        .flat_map(|&m| prints[m as usize].sample.iter().map(move |&shingle| (shingle, m)))
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
        let [a, b] = [run[0].0, run[0].1].map(|m| prints[m as usize].sample.len());
        a.min(b) <= SPARSE * run.len()
    };
    shared.chunk_by(|a, b| a == b).filter(enough).map(|run| run[0]).collect()
}

/// Members that every other member of a shingle is paired with.
const FIRST: usize = 8;
/// One shared shingle in so many of the smaller sample makes a candidate.
const SPARSE: usize = 5;

fn is_near_copy(a: &[u64], b: &[u64], params: &NearCopies) -> bool {
    let shared = n_common(a, b);
    let shorter = a.len().min(b.len()) as f64;
    params.shingles <= shared && params.containment * shorter <= shared as f64
}

/// The number of elements that two sorted lists have in common.
fn n_common(a: &[u64], b: &[u64]) -> usize {
    let mut b = b.iter().peekable();
    let is_in_b = |element: &&u64| {
        while b.next_if(|other| other < element).is_some() {}
        b.peek() == Some(element)
    };
    a.iter().filter(is_in_b).count()
}

/// Drops the pairs of roundups: of texts that hold several much shorter ones which are no near-copies of each other.
fn drop_roundups(near: &mut Vec<(u32, u32)>, prints: &[Print]) {
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

/// Returns the sets of two members and more.
fn groups(mut sets: UnionFind, n: usize) -> Vec<Vec<u32>> {
    let mut of: Vec<(usize, u32)> = (0..n).map(|m| (sets.root(m), m as u32)).collect();
    of.sort_unstable();
    of.chunk_by(|a, b| a.0 == b.0)
        .filter(|run| 1 < run.len())
        .map(|run| run.iter().map(|(_, m)| *m).collect())
        .collect()
}
