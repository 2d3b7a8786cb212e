//! Which articles resemble each other: candidates from an inverted index, exact cosine on the candidates.
//!
//! Each article is indexed under its heaviest features alone, and asks for those, the heaviest first, until its share of
//! work is spent: the time is linear in the number of articles, whatever the articles are. Of what it finds so, exact
//! cosines are taken where the heaviest features alone promise a similarity that could count; a similarity counts from
//! a share of the one at which the two would be joined, which is lower for short articles.

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
    /// Features of candidates that are looked at: long articles have fewer candidates.
    pub looks: usize,
    /// Least similarity that counts, as a share of the one at which two articles are joined.
    pub least: f64,
    /// Share of the least similarity that the heaviest features must promise.
    pub promise: f64,
    /// Days between two articles that halve their similarity, where both are dated.
    pub days: f64,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            features: 40,
            entries: 4_000,
            candidates: 512,
            looks: 40_000,
            least: 0.15,
            promise: 0.3,
            days: 3.0,
        }
    }
}

/// Two members, the smaller first, and how much they resemble each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Edge {
    pub(crate) a: u32,
    pub(crate) b: u32,
    pub(crate) similarity: f32,
}

/// What is known of each member besides its vector.
pub(crate) struct Known {
    /// When it was published.
    pub(crate) days: Vec<Option<f64>>,
    /// The root of the similarity at which it is joined to one like it.
    pub(crate) bars: Vec<f64>,
}

/// Returns the pairs of members that resemble each other, at least one of them `asking`, sorted.
pub(crate) fn find(vectors: &Vectors, known: &Known, asking: &[u32], search: &Search) -> Vec<Edge> {
    let heaviest = parallel::map_in_order(&vectors.rows, |row| heaviest(row, search.features));
    let index = Index::build(vectors.n_features(), &heaviest);
    let chunks: Vec<&[u32]> = asking.chunks(CHUNK).collect();
    let found = parallel::map_in_order(&chunks, |chunk| {
        let mut query = Query::new(vectors, &index, known, search);
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
    row.shrink_to_fit();
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
    known: &'q Known,
    search: &'q Search,
    /// For each feature its weight in the row asked for.
    asked: Vec<f32>,
    /// For each member what it shares with that row in the index.
    shared: Vec<f32>,
}

impl<'q> Query<'q> {
    fn new(vectors: &'q Vectors, index: &'q Index, known: &'q Known, search: &'q Search) -> Self {
        let asked = vec![0.0; vectors.n_features()];
        let shared = vec![0.0; vectors.rows.len()];
        Self { vectors, index, known, search, asked, shared }
    }

    fn run(&mut self, member: u32, heaviest: &[(u32, f32)]) -> Vec<Edge> {
        let row = &self.vectors.rows[member as usize];
        for &(feature, weight) in row {
            self.asked[feature as usize] = weight;
        }
        let mut edges = Vec::new();
        for other in self.candidates(member, heaviest) {
            let similarity = self.cosine(other) * self.nearness(member, other);
            if self.least(member, other) <= similarity {
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
        let mut promising: Vec<(f64, u32)> = Vec::new();
        for other in found {
            let shared = f64::from(std::mem::take(&mut self.shared[other as usize]));
            let least = self.search.promise * self.least(member, other);
            if least <= shared {
                let promised = shared * self.nearness(member, other);
                if least <= promised {
                    promising.push((promised, other));
                }
            }
        }
        self.best(promising)
    }

    /// The most promising candidates, as many as may be looked at.
    fn best(&self, mut promising: Vec<(f64, u32)>) -> Vec<u32> {
        let most = self.search.candidates;
        let order = |a: &(f64, u32), b: &(f64, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if most < promising.len() {
            promising.select_nth_unstable_by(most, order);
            promising.truncate(most);
        }
        promising.sort_unstable_by(order);
        let mut left = self.search.looks;
        let within = |&(_, other): &(f64, u32)| {
            let looks = self.vectors.rows[other as usize].len();
            let enough = looks <= left;
            left = left.saturating_sub(looks);
            enough.then_some(other)
        };
        promising.iter().map_while(within).collect()
    }

    /// The least similarity of two members that counts.
    fn least(&self, a: u32, b: u32) -> f64 {
        self.search.least * self.known.bars[a as usize] * self.known.bars[b as usize]
    }

    /// The cosine of another member and the row asked for.
    fn cosine(&self, other: u32) -> f64 {
        let row = &self.vectors.rows[other as usize];
        row.iter().map(|&(feature, w)| f64::from(w * self.asked[feature as usize])).sum()
    }

    /// How much of their similarity two members keep for the time between them: all where a date is missing.
    fn nearness(&self, a: u32, b: u32) -> f64 {
        match (self.known.days[a as usize], self.known.days[b as usize]) {
            (Some(a), Some(b)) => {
                let apart = (a - b) / self.search.days;
                1.0 / (1.0 + apart * apart)
            }
            _ => 1.0,
        }
    }
}
