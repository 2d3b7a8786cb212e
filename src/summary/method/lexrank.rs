//! LexRank: a sentence counts by the weight of the sentences that are like it.
//!
//! Erkan and Radev 2004, "LexRank: graph-based lexical centrality as salience in text summarization" (the continuous
//! variant: edges carry the cosine, and weak ones are left out).
//!
//! No matrix of pairs is built: the neighbours of a sentence are found through an inverted index of its heaviest
//! words, and a word that stands in very many sentences is left out of the index, as it tells few of them apart.
//!
//! ```text
//! p(s) = (1 − d) / N + d · Σ over neighbours t of cos(s, t) / Σ over neighbours u of t of cos(t, u) · p(t)    d = 0.85
//! ```

use crate::summary::Params;
use crate::summary::feature::topic::Topic;
use crate::summary::method::centroid;
use crate::summary::method::relevance::{Parts, Relevance, Vector, cosine};
use crate::summary::pool::Pool;

/// The cosine from which two sentences are neighbours.
const THRESHOLD: f64 = 0.1;

/// The share of weight that flows along edges.
const DAMPING: f64 = 0.85;

/// Heaviest words of a sentence that are looked up.
const WORDS_LOOKED_UP: usize = 12;

/// Most sentences that a word may stand in to be looked up.
const MOST_POSTINGS: usize = 100;

/// Most neighbours of a sentence, the most like it.
const MOST_NEIGHBOURS: usize = 30;

/// Iterations end when no weight changes by more than this share of 1 / N, or after so many.
const TOLERANCE: f64 = 1e-4;
const MOST_ROUNDS: usize = 60;

/// Returns the objective of centrality in the graph of sentences.
pub(crate) fn objective<'p, 'c>(pool: &'p Pool<'c>, params: &Params) -> Relevance<'p, 'c> {
    let idf = centroid::idf(pool);
    let vectors = centroid::vectors(pool, &idf);
    let ranks = ranks(&neighbours(&vectors, pool.concepts.len()));
    let strength = params.lead_strength.unwrap_or(0.0).max(0.0);
    let position = centroid::positions(pool, strength);
    let topic = Topic::new(pool, params.topic.as_deref());
    Relevance::new(pool, vectors, Parts::Whole("centrality", ranks), position, &topic)
}

/// The neighbours of each sentence with their cosines, sorted by sentence.
fn neighbours(vectors: &[Vector], n_concepts: usize) -> Vec<Vec<(u32, f64)>> {
    let heaviest: Vec<Vector> = vectors.iter().map(heaviest).collect();
    let mut postings: Vec<Vec<(u32, f64)>> = vec![Vec::new(); n_concepts];
    for (sentence, words) in heaviest.iter().enumerate() {
        for &(word, weight) in words {
            postings[word as usize].push((sentence as u32, weight));
        }
    }
    let mut shared = vec![0.0; vectors.len()];
    let edges: Vec<Vec<(u32, f64)>> = (0..vectors.len())
        .map(|sentence| {
            let likely = likely(sentence, &heaviest[sentence], &postings, &mut shared);
            let exact = |other: u32| (other, cosine(&vectors[sentence], &vectors[other as usize]));
            likely.into_iter().map(exact).filter(|&(_, cosine)| cosine >= THRESHOLD).collect()
        })
        .collect();
    symmetric(&edges)
}

/// The sentences that share the most weight of looked-up words with this one; `shared` is zero before and after.
fn likely(
    sentence: usize,
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
        for &(other, other_weight) in list.iter().filter(|(o, _)| *o as usize != sentence) {
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

/// Edges in both directions, each once, sorted by sentence.
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

/// The weight of each sentence by power iteration; they sum to 1.
fn ranks(neighbours: &[Vec<(u32, f64)>]) -> Vec<f64> {
    let n = neighbours.len().max(1) as f64;
    let sums: Vec<f64> = neighbours.iter().map(|near| near.iter().map(|e| e.1).sum()).collect();
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
