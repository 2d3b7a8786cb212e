//! Document expansion: short articles borrow words from their neighbors.
//!
//! Two headlines about one event often share a single word, or none, while each shares several with a third. The vector
//! of a short article is therefore moved toward its nearest neighbors (Tao et al., *Language Model Information
//! Retrieval with Document Expansion*, 2006). The strength falls smoothly to zero as the number of content words grows,
//! so long articles are not moved; it also depends on the total similarity of the neighbors.

use crate::parallel;
use crate::score;
use crate::stories::neighbours::{Edges, Near};
use crate::stories::table::Table;
use crate::stories::vector::{Row, Vectors};

/// How far short articles are moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Expansion {
    /// The weight of the neighbors relative to the article's own words, for an article without words.
    pub strength: f64,
    /// The number of content words at which an article needs no expansion.
    pub words: f64,
    /// The maximum number of neighbors from which words are borrowed.
    pub neighbours: usize,
    /// The minimum similarity of a neighbor from which words are borrowed.
    pub least: f64,
    /// The total similarity of the neighbors at which half of the strength is reached; few neighbors are little
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
    parallel::change_each(&mut nearest, |nearest| {
        nearest.keep(params.neighbours);
        nearest.0.shrink_to_fit();
    });
    replace_rows(vectors, &moved, &nearest, &strength, params);
    moved
}

/// Replaces the rows of the moved members.
///
/// An old row is dropped when the last new row that borrows from it has been computed. Members on one topic are
/// processed one after the other, so that few rows exist in both versions: without this, the old rows of 100,000
/// articles take 200 MB beside the new ones.
fn replace_rows(
    vectors: &mut Vectors,
    moved: &[u32],
    nearest: &[Nearest],
    strength: &[f64],
    params: &Expansion,
) {
    let needed = |member: u32| {
        let neighbours = nearest[member as usize].0.iter().map(|near| near.member);
        neighbours.chain([member])
    };
    let mut uses = vec![0_u32; vectors.rows.len()];
    for row in moved.iter().copied().flat_map(needed) {
        uses[row as usize] += 1;
    }
    let mut new: Vec<Row> = vec![Row::new(); vectors.rows.len()];
    for block in by_topic(moved, &vectors.rows).chunks(BLOCK) {
        let chunks: Vec<&[u32]> = block.chunks(CHUNK).collect();
        let rows = parallel::map_in_order(&chunks, |chunk| {
            let mut sums = Table::default();
            let expand = |&member: &u32| {
                let at = member as usize;
                expanded(vectors, at, &nearest[at].0, strength[at], params, &mut sums)
            };
            chunk.iter().map(expand).collect::<Vec<Row>>()
        });
        for (&member, row) in block.iter().zip(rows.into_iter().flatten()) {
            new[member as usize] = row;
            for row in needed(member) {
                uses[row as usize] -= 1;
                if uses[row as usize] == 0 && !nearest[row as usize].0.is_empty() {
                    vectors.rows[row as usize] = Row::new();
                }
            }
        }
    }
    for &member in moved {
        vectors.rows[member as usize] = std::mem::take(&mut new[member as usize]);
    }
}

/// The number of rows that are computed before old rows are dropped.
const BLOCK: usize = 16_384;
/// The number of rows that a thread computes with the same scratch memory.
const CHUNK: usize = 256;

/// Sorts members so that those with the same heaviest feature are together.
fn by_topic(members: &[u32], rows: &[Row]) -> Vec<u32> {
    let heaviest = |member: &u32| {
        let row = rows[*member as usize].iter();
        row.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(feature, _)| *feature)
    };
    let mut order: Vec<(Option<u32>, u32)> = members.iter().map(|m| (heaviest(m), *m)).collect();
    parallel::sort(&mut order);
    order.into_iter().map(|(_, member)| member).collect()
}

/// The nearest neighbors of a member; while neighbors are added, up to twice as many as will be kept.
#[derive(Clone, Debug, Default)]
struct Nearest(Vec<Near>);

impl Nearest {
    /// Adds a neighbor; of more than twice `n`, the nearest `n` are kept.
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

/// Returns the row of a member moved toward its nearest neighbors; `sums` is scratch memory.
fn expanded(
    vectors: &Vectors,
    member: usize,
    nearest: &[Near],
    strength: f64,
    params: &Expansion,
    sums: &mut Table,
) -> Row {
    let own = &vectors.rows[member];
    let total: f64 = nearest.iter().map(|near| f64::from(near.similarity)).sum();
    if nearest.is_empty() || total <= 0.0 {
        return own.clone();
    }
    let share = strength * total / (total + params.evidence) / total;
    let borrowed = |near: &Near| &vectors.rows[near.member as usize];
    // Neighbors share many features, so the table is sized for a quarter of the maximum number. With eight slots for
    // each of these, it is at most half full even if no features are shared.
    let most = own.len() + nearest.iter().map(|near| borrowed(near).len()).sum::<usize>();
    sums.clear(most.div_ceil(4));
    for &(feature, weight) in own {
        sums.add(feature, weight);
    }
    for near in nearest {
        let factor = (share * f64::from(near.similarity)) as f32;
        for &(feature, weight) in borrowed(near) {
            sums.add(feature, weight * factor);
        }
    }
    let mut row: Row = sums.iter().collect();
    keep_heaviest(&mut row, own.len() + params.features);
    row.sort_unstable_by_key(|(feature, _)| *feature);
    let alone = f64::from(vectors.alone[member]);
    let length = alone + row.iter().map(|(_, w)| f64::from(w * w)).sum::<f64>();
    let scale = (1.0 / score::sqrt(length)) as f32;
    for (_, weight) in &mut row {
        *weight *= scale;
    }
    // The sum held the features of all neighbors, several times as many as are kept.
    row.shrink_to_fit();
    row
}

fn keep_heaviest(row: &mut Row, n: usize) {
    if n < row.len() {
        row.select_nth_unstable_by(n, |a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        row.truncate(n);
    }
}
