//! Which articles resemble each other: candidates from an inverted index, exact cosine on the candidates.
//!
//! Each article is indexed under its heaviest features alone, and asks for those, the heaviest first, until its share of
//! work is spent: the time is linear in the number of articles, whatever the articles are.

use crate::parallel;
use crate::stories::vector::{Row, Vectors};

/// How neighbours are sought.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// Features that an article is indexed under and asks for.
    pub features: usize,
    /// Entries of the index that one article may look at.
    pub entries: usize,
    /// Candidates whose exact cosine is taken, those that share the heaviest features.
    pub candidates: usize,
    /// Least similarity that counts.
    pub least: f64,
    /// Days between two articles that halve their similarity, where both are dated.
    pub days: f64,
}

impl Default for Search {
    fn default() -> Self {
        Self { features: 40, entries: 8_000, candidates: 512, least: 0.02, days: 3.0 }
    }
}

/// Two members, the smaller first, and how much they resemble each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) similarity: f32,
}

/// Returns the pairs of members that resemble each other, sorted. `days` is when each was published.
pub(crate) fn find(vectors: &Vectors, days: &[Option<f64>], search: &Search) -> Vec<Edge> {
    let heaviest = parallel::map_in_order(&vectors.rows, |row| heaviest(row, search.features));
    let index = Index::build(vectors.n_features(), &heaviest);
    let members: Vec<u32> = (0..vectors.rows.len() as u32).collect();
    let chunks: Vec<&[u32]> = members.chunks(CHUNK).collect();
    let found = parallel::map_in_order(&chunks, |chunk| {
        let mut query = Query::new(vectors, &index, days, search);
        chunk.iter().flat_map(|&member| query.run(member, &heaviest[member as usize])).collect()
    });
    let mut edges: Vec<Edge> = found.into_iter().flat_map(|edges: Vec<Edge>| edges).collect();
    edges.sort_unstable_by_key(|e| (e.a, e.b));
    edges.dedup_by_key(|e| (e.a, e.b));
    edges
}

/// Members that one thread answers with the same scratch memory.
const CHUNK: usize = 512;

/// The heaviest features of a row, the heaviest first.
fn heaviest(row: &Row, n: usize) -> Vec<(u32, f32)> {
    let mut row = row.clone();
    row.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    row.truncate(n);
    row
}

/// For each feature the members that are indexed under it, in one array.
struct Index {
    starts: Vec<u32>,
    entries: Vec<(u32, f32)>,
}

impl Index {
    fn build(n_features: usize, rows: &[Vec<(u32, f32)>]) -> Self {
        let mut starts = vec![0_u32; n_features + 1];
        for (feature, _) in rows.iter().flatten() {
            starts[*feature as usize + 1] += 1;
        }
        for at in 0..n_features {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0.0); starts[n_features] as usize];
        for (member, row) in rows.iter().enumerate() {
            for &(feature, weight) in row {
                entries[next[feature as usize] as usize] = (member as u32, weight);
                next[feature as usize] += 1;
            }
        }
        Self { starts, entries }
    }

    fn entries(&self, feature: u32) -> &[(u32, f32)] {
        let feature = feature as usize;
        &self.entries[self.starts[feature] as usize..self.starts[feature + 1] as usize]
    }
}

/// The scratch memory of one thread.
struct Query<'q> {
    vectors: &'q Vectors,
    index: &'q Index,
    days: &'q [Option<f64>],
    search: &'q Search,
    /// For each feature its weight in the row asked for.
    asked: Vec<f32>,
    /// For each member what it shares with that row in the index.
    shared: Vec<f32>,
}

impl<'q> Query<'q> {
    fn new(
        vectors: &'q Vectors,
        index: &'q Index,
        days: &'q [Option<f64>],
        search: &'q Search,
    ) -> Self {
        let asked = vec![0.0; vectors.n_features()];
        let shared = vec![0.0; vectors.rows.len()];
        Self { vectors, index, days, search, asked, shared }
    }

    fn run(&mut self, member: u32, heaviest: &[(u32, f32)]) -> Vec<Edge> {
        let row = &self.vectors.rows[member as usize];
        for &(feature, weight) in row {
            self.asked[feature as usize] = weight;
        }
        let mut edges = Vec::new();
        for other in self.candidates(member, heaviest) {
            let cosine = self.cosine(other);
            let similarity = cosine * nearness(self.days, member, other, self.search.days);
            if self.search.least <= similarity {
                let (a, b) = (member.min(other), member.max(other));
                edges.push(Edge { a, b, similarity: similarity as f32 });
            }
        }
        for (feature, _) in row {
            self.asked[*feature as usize] = 0.0;
        }
        edges
    }

    /// The members that share the heaviest features.
    fn candidates(&mut self, member: u32, heaviest: &[(u32, f32)]) -> Vec<u32> {
        let mut found = Vec::new();
        let mut left = self.search.entries;
        for &(feature, weight) in heaviest {
            let entries = self.index.entries(feature);
            if left < entries.len() {
                continue;
            }
            left -= entries.len();
            for &(other, its_weight) in entries {
                if other != member {
                    let shared = &mut self.shared[other as usize];
                    if *shared == 0.0 {
                        found.push(other);
                    }
                    *shared += weight * its_weight;
                }
            }
        }
        let most = self.search.candidates;
        if most < found.len() {
            let shared = &self.shared;
            found.select_nth_unstable_by(most, |&a, &b| {
                shared[b as usize].total_cmp(&shared[a as usize]).then(a.cmp(&b))
            });
        }
        for &other in &found {
            self.shared[other as usize] = 0.0;
        }
        found.truncate(most);
        found
    }

    /// The cosine of another member and the row asked for.
    fn cosine(&self, other: u32) -> f64 {
        let row = &self.vectors.rows[other as usize];
        row.iter().map(|&(feature, w)| f64::from(w * self.asked[feature as usize])).sum()
    }
}

/// How much of their similarity two members keep for the time between them: all where a date is missing.
fn nearness(days: &[Option<f64>], a: u32, b: u32, half: f64) -> f64 {
    match (days[a as usize], days[b as usize]) {
        (Some(a), Some(b)) => {
            let apart = (a - b) / half;
            1.0 / (1.0 + apart * apart)
        }
        _ => 1.0,
    }
}
