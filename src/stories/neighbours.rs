//! Finds similar articles: candidates from an inverted index, then the exact cosine for the candidates.
//!
//! Each article is indexed only under its heaviest features. It queries the index for them in descending order, and
//! skips each feature whose entries exceed what remains of its share of the work, so the time is linear in the number
//! of articles. The similarity computed from these features is a lower bound of the cosine. If it is less than a share
//! of the minimum similarity, the pair is skipped, although its cosine may be higher; exact cosines are computed only
//! for the few other pairs (after the prefix filtering of Bayardo, Ma and Srikant, *Scaling Up All Pairs Similarity
//! Search*, 2007). The minimum similarity is a fraction of the joining threshold, which is lower for short articles.
//! Each pair is examined once: by the later of the two articles, or by the only one that queries.

use crate::parallel;
use crate::stories::table::Table;
use crate::stories::vector::{Row, Vectors};

/// How neighbors are found.
#[derive(Clone, Debug, PartialEq)]
pub struct Search {
    /// The number of features under which an article is indexed and by which it queries the index.
    pub features: usize,
    /// The number of index entries that one article may examine.
    pub entries: usize,
    /// The maximum number of candidates whose exact cosine is computed; those that are most similar according to the
    /// index come first.
    pub candidates: usize,
    /// The maximum total number of features of the candidates that are compared with one article; if candidates are
    /// long, fewer of them are compared.
    pub looks: usize,
    /// The minimum similarity, as a share of the joining threshold.
    pub least: f64,
    /// The share of the minimum similarity that the heaviest features must reach.
    pub promise: f64,
    /// The number of days between two dated articles that halves their similarity.
    pub days: f64,
}

impl Default for Search {
    fn default() -> Self {
        Self {
            features: 32,
            entries: 4_000,
            candidates: 512,
            looks: 40_000,
            least: 0.15,
            promise: 0.7,
            days: 3.0,
        }
    }
}

/// Another member and its similarity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Near {
    pub(crate) member: u32,
    pub(crate) similarity: f32,
}

/// The pairs of similar members: for each member, the similar members that its query returned. Each pair is stored once.
#[derive(Debug, Default)]
pub(crate) struct Edges(Vec<Vec<Near>>);

impl Edges {
    /// Returns the lists of all members, in the order of the members.
    pub(crate) fn into_lists(self) -> Vec<Vec<Near>> {
        self.0
    }

    /// Calls `f` with the two members and the similarity of each pair.
    pub(crate) fn for_each(&self, mut f: impl FnMut(u32, u32, f32)) {
        for (member, list) in self.0.iter().enumerate() {
            for near in list {
                f(member as u32, near.member, near.similarity);
            }
        }
    }

    /// Replaces the similarity of each pair, in parallel.
    pub(crate) fn change(&mut self, f: impl Fn(u32, u32, f32) -> f32 + Send + Sync) {
        let mut lists: Vec<(u32, &mut Vec<Near>)> = (0..).zip(&mut self.0).collect();
        parallel::change_each(&mut lists, |(member, list)| {
            for near in list.iter_mut() {
                near.similarity = f(*member, near.member, near.similarity);
            }
        });
    }

    /// Drops the pairs with at least one of these members, which are sorted.
    pub(crate) fn drop_pairs_of(&mut self, members: &[u32]) {
        let is_dropped = |member: u32| members.binary_search(&member).is_ok();
        for (member, list) in (0..).zip(&mut self.0) {
            if is_dropped(member) {
                *list = Vec::new();
            } else {
                list.retain(|near| !is_dropped(near.member));
            }
        }
    }

    /// Appends the pairs of the same members that were found in another search.
    pub(crate) fn append(&mut self, found: Self) {
        for (list, found) in self.0.iter_mut().zip(found.0) {
            list.extend(found);
        }
    }
}

/// Data about the members besides their vectors.
pub(crate) struct Known {
    /// The day of publication of each member, if it is known.
    pub(crate) days: Vec<Option<f64>>,
    /// For each member, the square root of the similarity at which it is joined to one of the same length.
    pub(crate) bars: Vec<f64>,
}

/// Returns the pairs of similar members of which at least one is in `asking`; `asking` is sorted.
pub(crate) fn find(vectors: &Vectors, known: &Known, asking: &[u32], search: &Search) -> Edges {
    let heaviest = parallel::map_in_order(&vectors.rows, |row| heaviest(row, search.features));
    let index = Index::build(vectors.n_features(), &heaviest, known);
    let order = by_heaviest(asking, &heaviest);
    let chunks: Vec<&[u32]> = order.chunks(CHUNK).collect();
    let found = parallel::map_in_order(&chunks, |chunk| {
        let mut query = Query::new(vectors, &index, known, asking, search);
        let found = chunk.iter().map(|&member| query.run(member, &heaviest[member as usize]));
        found.collect::<Vec<_>>()
    });
    let mut lists = vec![Vec::new(); vectors.rows.len()];
    for (member, list) in order.iter().zip(found.into_iter().flatten()) {
        lists[*member as usize] = list;
    }
    Edges(lists)
}

/// The number of members that a thread processes with the same scratch memory.
const CHUNK: usize = 256;

/// Sorts the querying members so that articles on one topic are together, and the rows with which they are compared are
/// still in the cache.
fn by_heaviest(asking: &[u32], heaviest: &[Vec<(u32, f32)>]) -> Vec<u32> {
    let mut order = asking.to_vec();
    order.sort_unstable_by_key(|member| {
        let first = heaviest[*member as usize].first();
        (first.map_or(u32::MAX, |(feature, _)| *feature), *member)
    });
    order
}

/// Returns the heaviest features of a row, the heaviest first.
fn heaviest(row: &Row, n: usize) -> Vec<(u32, f32)> {
    // The weight and the feature are packed into one sortable number, because the bits of positive floats sort in the
    // same order as the floats.
    let falling =
        |&(feature, weight): &(u32, f32)| u64::from(!weight.to_bits()) << 32 | u64::from(feature);
    let mut all: Vec<u64> = row.iter().map(falling).collect();
    if n < all.len() {
        all.select_nth_unstable(n);
        all.truncate(n);
    }
    all.sort_unstable();
    let back = |number: u64| (number as u32, f32::from_bits(!((number >> 32) as u32)));
    all.into_iter().map(back).collect()
}

/// For each feature, the members indexed under it, in their order; all lists are in one array.
struct Index {
    starts: Vec<u32>,
    /// A member and the feature's weight, divided by the square root of the member's threshold so that sums are
    /// relative to the required similarity.
    entries: Vec<(u32, f32)>,
}

impl Index {
    fn build(n_features: usize, rows: &[Vec<(u32, f32)>], known: &Known) -> Self {
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
            let scale = (1.0 / known.bars[member]) as f32;
            for &(feature, weight) in row {
                entries[next[feature as usize] as usize] = (member as u32, weight * scale);
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
    asking: &'q [u32],
    /// The current row.
    row: Table,
    /// For each member, the similarity to the current row according to the index, divided by the square root of the
    /// member's threshold.
    shared: Vec<f32>,
    /// The members found so far for the current row: each has at least one of the row's heaviest features among its own
    /// heaviest ones.
    found: Vec<u32>,
}

impl<'q> Query<'q> {
    fn new(
        vectors: &'q Vectors,
        index: &'q Index,
        known: &'q Known,
        asking: &'q [u32],
        search: &'q Search,
    ) -> Self {
        let shared = vec![0.0; vectors.rows.len()];
        let (row, found) = (Table::default(), Vec::new());
        Self { vectors, index, known, search, asking, row, shared, found }
    }

    /// Returns the similar members that are earlier than a member or do not query.
    fn run(&mut self, member: u32, heaviest: &[(u32, f32)]) -> Vec<Near> {
        self.share(member, heaviest);
        let candidates = self.candidates(member);
        if candidates.is_empty() {
            return Vec::new();
        }
        self.row.put(&self.vectors.rows[member as usize]);
        let near = |other: u32| {
            let cosine = self.row.cosine(&self.vectors.rows[other as usize]);
            let similarity = cosine * self.nearness(member, other);
            let is_near = self.least(member, other) <= similarity;
            is_near.then_some(Near { member: other, similarity: similarity as f32 })
        };
        let mut found: Vec<Near> = candidates.into_iter().filter_map(near).collect();
        found.shrink_to_fit();
        found
    }

    /// Computes the similarity of other members from the heaviest features alone.
    fn share(&mut self, member: u32, heaviest: &[(u32, f32)]) {
        let all_ask = self.asking.len() == self.vectors.rows.len();
        let mut left = self.search.entries;
        for &(feature, weight) in heaviest {
            let entries = self.index.entries(feature);
            if left < entries.len() {
                continue;
            }
            left -= entries.len();
            let before = entries.partition_point(|(other, _)| *other < member);
            let entries = if all_ask { &entries[..before] } else { entries };
            for &(other, its_weight) in entries {
                let shared = &mut self.shared[other as usize];
                if *shared == 0.0 {
                    self.found.push(other);
                }
                *shared += weight * its_weight;
            }
        }
    }

    /// Returns the members that may be similar enough; only the most promising ones if there are many.
    fn candidates(&mut self, member: u32) -> Vec<u32> {
        let least = self.search.promise * self.search.least * self.known.bars[member as usize];
        let mut promising: Vec<(f64, u32)> = Vec::new();
        for other in self.found.drain(..) {
            let shared = f64::from(std::mem::take(&mut self.shared[other as usize]));
            if least <= shared {
                promising.push((shared, other));
            }
        }
        promising.retain_mut(|(promised, other)| {
            // A pair with a later querying member is examined by that member.
            let is_mine =
                *other < member || member < *other && self.asking.binary_search(other).is_err();
            *promised *= self.nearness(member, *other);
            is_mine && least <= *promised
        });
        self.best(promising)
    }

    /// Returns the most promising candidates, as many as may be examined.
    fn best(&self, mut promising: Vec<(f64, u32)>) -> Vec<u32> {
        let looks = |&(_, other): &(f64, u32)| self.vectors.rows[other as usize].len();
        let most = self.search.candidates;
        let all_looks: usize = promising.iter().map(looks).sum();
        if most < promising.len() || self.search.looks < all_looks {
            promising.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            promising.truncate(most);
            let mut left = self.search.looks;
            let within = |candidate: &(f64, u32)| {
                let enough = looks(candidate) <= left;
                left = left.saturating_sub(looks(candidate));
                enough
            };
            let n = promising.iter().map(within).take_while(|enough| *enough).count();
            promising.truncate(n);
        }
        promising.into_iter().map(|(_, other)| other).collect()
    }

    /// Returns the similarity that two members must reach to be neighbors.
    fn least(&self, a: u32, b: u32) -> f64 {
        self.search.least * self.known.bars[a as usize] * self.known.bars[b as usize]
    }

    /// Returns the factor by which the time between two members reduces their similarity; 1 if a date is missing.
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
