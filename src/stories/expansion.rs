//! Document expansion: short articles borrow words from their neighbours.
//!
//! Two headlines about one event often share a single word, or none, while each shares several with a third. The
//! vector of a short article is therefore moved towards its nearest neighbours (Tao et al., *Language Model
//! Information Retrieval with Document Expansion*, 2006). The strength depends only on the number of content words and
//! falls smoothly to zero, so long articles are not moved.

use crate::parallel;
use crate::score;
use crate::stories::neighbours::Edge;
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
pub(crate) fn expand(vectors: &mut Vectors, edges: &[Edge], params: &Expansion) -> Vec<u32> {
    let strength: Vec<f64> = vectors.words.iter().map(|&w| params.strength(w)).collect();
    let mut neighbours: Vec<Vec<(u32, f32)>> = vec![Vec::new(); vectors.rows.len()];
    for edge in edges.iter().filter(|e| params.least <= f64::from(e.similarity)) {
        for (from, to) in [(edge.a, edge.b), (edge.b, edge.a)] {
            if 0.0 < strength[from as usize] {
                neighbours[from as usize].push((to, edge.similarity));
            }
        }
    }
    let moved: Vec<u32> =
        (0..vectors.rows.len() as u32).filter(|&m| !neighbours[m as usize].is_empty()).collect();
    let rows = parallel::map_in_order(&moved, |&member| {
        let member = member as usize;
        expanded(vectors, member, &neighbours[member], strength[member], params)
    });
    for (&member, row) in moved.iter().zip(rows) {
        vectors.rows[member as usize] = row;
    }
    moved
}

fn expanded(
    vectors: &Vectors,
    member: usize,
    neighbours: &[(u32, f32)],
    strength: f64,
    params: &Expansion,
) -> Row {
    let own = &vectors.rows[member];
    let mut nearest = neighbours.to_vec();
    nearest.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    nearest.truncate(params.neighbours);
    let total: f64 = nearest.iter().map(|(_, s)| f64::from(*s)).sum();
    if nearest.is_empty() || total <= 0.0 {
        return own.clone();
    }
    let share = strength * total / (total + params.evidence) / total;
    let mut row = own.clone();
    for &(other, similarity) in &nearest {
        let factor = (share * f64::from(similarity)) as f32;
        row.extend(vectors.rows[other as usize].iter().map(|&(f, w)| (f, w * factor)));
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
