//! LexRank: a sentence is scored by the scores of the sentences that are similar to it.
//!
//! The method is the continuous variant of Erkan and Radev 2004, "LexRank: graph-based lexical centrality as salience
//! in text summarization": edges carry the cosine, and weak ones are left out.
//!
//! No matrix of pairs is built: an inverted index of the heaviest words finds the neighbors of a sentence. Words that
//! occur in very many sentences are not looked up, because they barely discriminate between sentences.
//!
//! In a large story, an evenly spaced sample of the sentences serves as voters: the voters are ranked among themselves,
//! and then their votes determine the rank of every sentence. This keeps the graph small and the time linear in the
//! number of sentences.
//!
//! ```text
//! p(s) = (1 − d) / N + d · Σ over neighbors t of cos(s, t) / Σ over neighbors u of t of cos(t, u) · p(t)    d = 0.85
//! ```

use crate::parallel;
use crate::summary::candidate_set::CandidateSet;
use crate::summary::method::centroid;
use crate::summary::method::relevance::{Parts, Relevance, Vector, cosine};
use crate::summary::problem::Problem;

/// The minimum cosine similarity of neighbors.
const THRESHOLD: f64 = 0.1;

/// The share of a sentence's rank that flows along its edges.
const DAMPING: f64 = 0.85;

/// The number of a sentence's heaviest words that are looked up.
const WORDS_LOOKED_UP: usize = 12;

/// The maximum number of voters that may have a word among their heaviest for it to be looked up.
const MOST_POSTINGS: usize = 100;

/// The maximum number of voters whose cosine with a sentence is computed: those that share the most weight of looked-up
/// words with it.
const MOST_NEIGHBOURS: usize = 30;

/// The iteration ends when every rank changes by less than this share of 1 / N.
const TOLERANCE: f64 = 1e-4;

/// The maximum number of rounds of the iteration.
const MOST_ROUNDS: usize = 60;

/// The maximum number of voters.
const MOST_VOTERS: usize = 2_000;

/// Returns the objective that scores sentences by their centrality in the similarity graph.
pub(crate) fn objective<'p, 'c>(problem: &Problem<'p, 'c>) -> Relevance<'p, 'c> {
    let set = problem.set;
    let idf = centroid::idf(set);
    let vectors = centroid::vectors(set, &idf);
    let ranks = ranks_by_voters(set, &vectors);
    let strength = set.params.lead_strength.unwrap_or(0.0).max(0.0);
    let position = centroid::positions(set, strength);
    Relevance::new(problem, vectors, Parts::Whole("centrality", ranks), position)
}

/// Returns the rank of each sentence.
fn ranks_by_voters(set: &CandidateSet<'_>, vectors: &[Vector]) -> Vec<f64> {
    let n = vectors.len();
    let n_voters = n.min(MOST_VOTERS);
    let voters: Vec<usize> = (0..n_voters).map(|voter| voter * n / n_voters).collect();
    let index = Index::new(vectors, &voters, set.concepts.len());
    let places: Vec<usize> = (0..n_voters).collect();
    let near = |&voter: &usize, shared: &mut Vec<f64>| {
        index.neighbours(&vectors[voters[voter]], Some(voter as u32), shared)
    };
    let edges = symmetric(&in_batches(&places, n_voters, near));
    let ranks = ranks(&edges);
    if n_voters == n {
        return ranks;
    }
    let sums = sums(&edges);
    let entries: Vec<usize> = (0..n).collect();
    let rank = |&entry: &usize, shared: &mut Vec<f64>| -> f64 {
        let own = voters.binary_search(&entry).ok().map(|voter| voter as u32);
        let near = index.neighbours(&vectors[entry], own, shared);
        // A voter without neighbors among the voters still gives its whole vote.
        let vote = |&(t, cosine): &(u32, f64)| {
            let t = t as usize;
            cosine / sums[t].max(cosine) * ranks[t]
        };
        (1.0 - DAMPING) / n_voters as f64 + DAMPING * near.iter().map(vote).sum::<f64>()
    };
    in_batches(&entries, n_voters, rank)
}

/// The number of sentences that one thread looks up at a time.
const A_BATCH: usize = 512;

/// Applies `f` to each sentence in parallel. Each batch has a zeroed buffer, which `f` must leave zeroed.
fn in_batches<T: Send>(
    sentences: &[usize],
    n_voters: usize,
    f: impl Fn(&usize, &mut Vec<f64>) -> T + Send + Sync,
) -> Vec<T> {
    let batches: Vec<&[usize]> = sentences.chunks(A_BATCH).collect();
    let of_batch = |batch: &&[usize]| -> Vec<T> {
        let mut shared = vec![0.0; n_voters];
        batch.iter().map(|sentence| f(sentence, &mut shared)).collect()
    };
    parallel::map_in_order(&batches, of_batch).into_iter().flatten().collect()
}

/// An inverted index of the voters by their heaviest words.
struct Index<'v> {
    vectors: Vec<&'v Vector>,
    postings: Vec<Vec<(u32, f64)>>,
}

impl<'v> Index<'v> {
    fn new(vectors: &'v [Vector], voters: &[usize], n_concepts: usize) -> Self {
        let vectors: Vec<&Vector> = voters.iter().map(|&voter| &vectors[voter]).collect();
        let mut postings: Vec<Vec<(u32, f64)>> = vec![Vec::new(); n_concepts];
        for (voter, vector) in vectors.iter().enumerate() {
            for (word, weight) in heaviest(vector) {
                postings[word as usize].push((voter as u32, weight));
            }
        }
        Self { vectors, postings }
    }

    /// Returns the voters similar to a sentence with their cosines, sorted by voter; `own` is the sentence's index
    /// among the voters, if it is one.
    fn neighbours(&self, vector: &Vector, own: Option<u32>, shared: &mut [f64]) -> Vec<(u32, f64)> {
        let likely = likely(own, &heaviest(vector), &self.postings, shared);
        let exact = |voter: u32| (voter, cosine(vector, self.vectors[voter as usize]));
        likely.into_iter().map(exact).filter(|&(_, cosine)| cosine >= THRESHOLD).collect()
    }
}

/// Returns the voters that overlap most with a sentence, by the weight of `words`. `shared` must contain only zeros, and
/// does so again on return.
fn likely(
    own: Option<u32>,
    words: &Vector,
    postings: &[Vec<(u32, f64)>],
    shared: &mut [f64],
) -> Vec<u32> {
    let mut found: Vec<u32> = Vec::new();
    for &(word, weight) in words {
        let list = &postings[word as usize];
        if list.len() > MOST_POSTINGS {
            continue;
        }
        for &(other, other_weight) in list.iter().filter(|(o, _)| Some(*o) != own) {
            if shared[other as usize] <= 0.0 {
                found.push(other);
            }
            shared[other as usize] += weight * other_weight;
        }
    }
    let by_weight = |a: &u32, b: &u32| {
        shared[*b as usize].total_cmp(&shared[*a as usize]).then_with(|| a.cmp(b))
    };
    if found.len() > MOST_NEIGHBOURS {
        found.select_nth_unstable_by(MOST_NEIGHBOURS, by_weight);
    }
    for &other in &found {
        shared[other as usize] = 0.0;
    }
    found.truncate(MOST_NEIGHBOURS);
    found.sort_unstable();
    found
}

/// Adds the reverse of each edge; the result has no duplicates and is sorted by sentence.
fn symmetric(edges: &[Vec<(u32, f64)>]) -> Vec<Vec<(u32, f64)>> {
    let mut all: Vec<Vec<(u32, f64)>> = vec![Vec::new(); edges.len()];
    for (sentence, near) in edges.iter().enumerate() {
        for &(other, cosine) in near {
            all[sentence].push((other, cosine));
            all[other as usize].push((sentence as u32, cosine));
        }
    }
    for near in &mut all {
        near.sort_by_key(|edge| edge.0);
        near.dedup_by_key(|edge| edge.0);
    }
    all
}

fn heaviest(vector: &Vector) -> Vector {
    let mut words = vector.clone();
    words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    words.truncate(WORDS_LOOKED_UP);
    words
}

/// Returns the sum of the edge weights of each sentence.
fn sums(neighbours: &[Vec<(u32, f64)>]) -> Vec<f64> {
    neighbours.iter().map(|near| near.iter().map(|e| e.1).sum()).collect()
}

/// Computes the rank of each sentence by power iteration; the ranks sum to 1.
fn ranks(neighbours: &[Vec<(u32, f64)>]) -> Vec<f64> {
    let n = neighbours.len().max(1) as f64;
    let sums = sums(neighbours);
    let mut rank = vec![1.0 / n; neighbours.len()];
    for _ in 0..MOST_ROUNDS {
        let loose: f64 = rank.iter().zip(&sums).filter(|(_, s)| **s <= 0.0).map(|(r, _)| r).sum();
        let base = (1.0 - DAMPING + DAMPING * loose) / n;
        let flow = |near: &Vec<(u32, f64)>| -> f64 {
            near.iter().map(|&(t, cosine)| cosine / sums[t as usize] * rank[t as usize]).sum()
        };
        let next: Vec<f64> = neighbours.iter().map(|near| base + DAMPING * flow(near)).collect();
        let change = next.iter().zip(&rank).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        rank = next;
        if change * n < TOLERANCE {
            break;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::ranks;

    /// Three sentences in a row: the similarity of 0 and 1 is 0.5, that of 1 and 2 is 0.25. With p0 + p1 + p2 = 1 and
    /// d = 0.85:
    ///
    /// ```text
    /// p1 = 0.05 + 0.85 · (p0 + p2) = 0.9 / 1.85
    /// p0 = 0.05 + 0.85 · 0.5 / 0.75 · p1        p2 = 0.05 + 0.85 · 0.25 / 0.75 · p1
    /// ```
    #[test]
    fn three_sentences_have_the_ranks_worked_out_by_hand() {
        let found = ranks(&[vec![(1, 0.5)], vec![(0, 0.5), (2, 0.25)], vec![(1, 0.25)]]);
        let expected = [0.325_675_675, 0.486_486_486, 0.187_837_837];
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-4, "{found} for {expected}");
        }
    }
}
