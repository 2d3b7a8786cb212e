//! Document expansion: short articles borrow words from their neighbours.
//!
//! Two headlines about one event often share a single word, or none, while each shares several with a third. The
//! vector of a short article is therefore moved towards its nearest neighbours (Tao et al., *Language Model
//! Information Retrieval with Document Expansion*, 2006). The strength depends only on the number of content words and
//! falls smoothly to zero, so long articles are not moved.

use crate::parallel;
use crate::score;
use crate::stories::neighbours::{Edges, Near};
use crate::stories::vector::{Row, Vectors};

/// How far short articles are moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Expansion {
    /// The weight of the neighbours relative to the article's own words, for an article without words.
    pub strength: f64,
    /// The number of content words at which an article needs no expansion.
    pub words: f64,
    /// The maximum number of neighbours from which words are borrowed.
    pub neighbours: usize,
    /// The minimum similarity of such a neighbour.
    pub least: f64,
    /// The total similarity of the neighbours at which half of the strength is reached; few neighbours are little
    /// evidence.
    pub evidence: f64,
    /// The maximum number of features that are borrowed.
    pub features: usize,
}

impl Default for Expansion {
    fn default() -> Self {
        Self {
            strength: 1.0,
            words: 200.0,
            neighbours: 20,
            least: 0.1,
            evidence: 1.0,
            features: 60,
        }
    }
}

impl Expansion {
    /// Returns the strength of expansion for an article with this many content words.
    fn strength(&self, words: f64) -> f64 {
        let short = (1.0 - words / self.words).max(0.0);
        let strength = self.strength * short * short;
        if strength < Self::LEAST { 0.0 } else { strength }
    }

    /// The strength below which expansion is not worth the time.
    const LEAST: f64 = 0.01;
}

/// Adds the borrowed features of short articles to the rows; returns the members whose rows changed, sorted.
///
/// The edges of these members are dropped, because they are similar to others now.
pub(crate) fn expand(vectors: &mut Vectors, edges: &mut Edges, params: &Expansion) -> Vec<u32> {
    let strength: Vec<f64> = vectors.words.iter().map(|&w| params.strength(w)).collect();
    let mut nearest = vec![Nearest::default(); vectors.rows.len()];
    edges.for_each(|a, b, similarity| {
        for (from, member) in [(a, b), (b, a)] {
            if params.least <= f64::from(similarity) && 0.0 < strength[from as usize] {
                nearest[from as usize].add(Near { member, similarity }, params.neighbours);
            }
        }
    });
    let is_moved = |member: &u32| !nearest[*member as usize].0.is_empty();
    let moved: Vec<u32> = (0..vectors.rows.len() as u32).filter(is_moved).collect();
    edges.drop_pairs_of(&moved);
    let rows = parallel::map_in_order(&moved, |&member| {
        let member = member as usize;
        let mut nearest = nearest[member].clone();
        nearest.keep(params.neighbours);
        expanded(vectors, member, &nearest.0, strength[member], params)
    });
    for (&member, row) in moved.iter().zip(rows) {
        vectors.rows[member as usize] = row;
    }
    moved
}

/// The nearest neighbours of a member, and up to as many others.
#[derive(Clone, Debug, Default)]
struct Nearest(Vec<Near>);

impl Nearest {
    /// Adds a neighbour; of more than twice `n`, the nearest `n` are kept.
    fn add(&mut self, near: Near, n: usize) {
        self.0.push(near);
        if 2 * n < self.0.len() {
            self.keep(n);
        }
    }

    /// Keeps the nearest `n`, in descending order of similarity.
    fn keep(&mut self, n: usize) {
        let falling = |a: &Near, b: &Near| {
            b.similarity.total_cmp(&a.similarity).then(a.member.cmp(&b.member))
        };
        self.0.sort_unstable_by(falling);
        self.0.truncate(n);
    }
}

fn expanded(
    vectors: &Vectors,
    member: usize,
    nearest: &[Near],
    strength: f64,
    params: &Expansion,
) -> Row {
    let own = &vectors.rows[member];
    let total: f64 = nearest.iter().map(|near| f64::from(near.similarity)).sum();
    if nearest.is_empty() || total <= 0.0 {
        return own.clone();
    }
    let share = strength * total / (total + params.evidence) / total;
    let mut row = own.clone();
    for near in nearest {
        let factor = (share * f64::from(near.similarity)) as f32;
        row.extend(vectors.rows[near.member as usize].iter().map(|&(f, w)| (f, w * factor)));
    }
    let mut row = summed(row);
    keep_heaviest(&mut row, own.len() + params.features);
    let alone = f64::from(vectors.alone[member]);
    let length = alone + row.iter().map(|(_, w)| f64::from(w * w)).sum::<f64>();
    let scale = (1.0 / score::sqrt(length)) as f32;
    for (_, weight) in &mut row {
        *weight *= scale;
    }
    // The sum held the features of all neighbours, a hundred times as many as are kept.
    row.shrink_to_fit();
    row
}

/// Adds up the weights of the same feature, in the order in which they were given.
fn summed(mut row: Row) -> Row {
    row.sort_by_key(|(feature, _)| *feature);
    row.chunk_by(|a, b| a.0 == b.0)
        .map(|run| (run[0].0, run.iter().map(|(_, w)| w).sum()))
        .collect()
}

fn keep_heaviest(row: &mut Row, n: usize) {
    if n < row.len() {
        row.select_nth_unstable_by(n, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        row.truncate(n);
        row.sort_unstable_by_key(|(feature, _)| *feature);
    }
}
