//! The numbered features of a set of sketches: the terms and pairs that occur in at least two sketches.
//!
//! Features are identified by their hashes. Most pairs occur in only one article; a filter with two bits for each
//! prefix of a hash excludes nearly all of those, and only the other hashes are sorted. Since hashes are uniformly
//! distributed, their highest bits lead to their position in the sorted list.

use crate::parallel;

/// Hashes that occur at least twice, sorted and numbered.
#[derive(Debug, Default)]
pub(crate) struct Features {
    hashes: Vec<u64>,
    /// The number of occurrences of each hash.
    counts: Vec<u32>,
    /// For each value of the highest bits, the first position with that value or a larger one.
    starts: Vec<u32>,
    shift: u32,
}

impl Features {
    /// Counts hashes; `lists` calls its argument with each hash of a member, once.
    ///
    /// Many hashes are counted in parts, so that the filter of a part fits the cache and only the hashes of the parts in
    /// progress are in memory.
    pub(crate) fn count<'s, M: Sync>(
        members: &'s [M],
        lists: impl Fn(&'s M, &mut dyn FnMut(u64)) + Send + Sync,
    ) -> Self {
        let mut n = 0;
        for member in members {
            lists(member, &mut |_| n += 1);
        }
        let bits = (n / PART).next_power_of_two().trailing_zeros();
        Self::count_parts(members, lists, n, bits.min(MOST_PARTS))
    }

    /// Counts `n` hashes in one part for each value of their first `bits` bits.
    fn count_parts<'s, M: Sync>(
        members: &'s [M],
        lists: impl Fn(&'s M, &mut dyn FnMut(u64)) + Send + Sync,
        n: usize,
        bits: u32,
    ) -> Self {
        let parts: Vec<u64> = (0..1 << bits).collect();
        let counted = parallel::map_in_order(&parts, |part| {
            let each = |f: &mut dyn FnMut(u64)| {
                let mut in_part = |hash: u64| {
                    if hash.checked_shr(u64::BITS - bits).unwrap_or(0) == *part {
                        f(hash);
                    }
                };
                for member in members {
                    lists(member, &mut in_part);
                }
            };
            repeated(each, n >> bits, bits)
        });
        let (hashes, counts): (Vec<_>, Vec<_>) = counted.into_iter().unzip();
        Self::index(hashes.concat(), counts.concat())
    }

    /// Builds the table that maps the highest bits of a hash to a range of `hashes`.
    fn index(hashes: Vec<u64>, counts: Vec<u32>) -> Self {
        let bits = hashes.len().next_power_of_two().trailing_zeros().max(1);
        let shift = u64::BITS - bits;
        let mut starts = vec![0_u32; (1 << bits) + 1];
        for hash in &hashes {
            starts[(hash >> shift) as usize + 1] += 1;
        }
        for at in 0..1 << bits {
            starts[at + 1] += starts[at];
        }
        Self { hashes, counts, starts, shift }
    }

    /// Returns the number of features.
    pub(crate) const fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Returns the number of a feature, or `None` if it occurs in fewer than two members.
    pub(crate) fn number(&self, hash: u64) -> Option<u32> {
        let bucket = (hash >> self.shift) as usize;
        let [start, end] = [self.starts[bucket], self.starts[bucket + 1]];
        let bucket = &self.hashes[start as usize..end as usize];
        let at = bucket.iter().position(|known| *known == hash)?;
        Some(start + at as u32)
    }

    /// Returns the hash of each feature and the number of members that have it, in the order of the features' numbers.
    pub(crate) fn counts(&self) -> impl Iterator<Item = (u64, u32)> {
        self.hashes.iter().copied().zip(self.counts.iter().copied())
    }
}

/// The number of hashes up to which they are counted in one part.
const PART: usize = 4_000_000;
/// The binary logarithm of the maximum number of parts; the hashes of all members are computed again for each part.
const MOST_PARTS: u32 = 4;

/// Returns the hashes that `each` gives more than once, sorted, with their numbers of occurrences.
///
/// About `n` are expected; their first `common` bits are equal.
fn repeated(each: impl Fn(&mut dyn FnMut(u64)), n: usize, common: u32) -> (Vec<u64>, Vec<u32>) {
    let mut met = Met::new(n, common);
    each(&mut |hash| met.add(hash));
    let mut all = Vec::new();
    each(&mut |hash| {
        if met.is_repeated(hash) {
            all.push(hash);
        }
    });
    drop(met);
    parallel::sort(&mut all);
    let runs = all.chunk_by(|a, b| a == b).filter(|run| 1 < run.len());
    runs.map(|run| (run[0], run.len() as u32)).unzip()
}

/// Two bits for each prefix of a hash: whether it occurred, and whether it occurred again.
struct Met {
    bits: Vec<u64>,
    /// The number of leading bits that all hashes have in common.
    common: u32,
    shift: u32,
}

impl Met {
    /// Creates a filter for `n` expected hashes, with eight positions for each.
    fn new(n: usize, common: u32) -> Self {
        let places = (8 * n).next_power_of_two().max(64);
        Self { bits: vec![0; places / 32], common, shift: 64 - places.trailing_zeros() }
    }

    /// Returns the position of a hash's two bits: the word, and the lower bit within it.
    const fn place(&self, hash: u64) -> (usize, u32) {
        let place = hash << self.common >> self.shift;
        ((place / 32) as usize, (place % 32) as u32 * 2)
    }

    fn add(&mut self, hash: u64) {
        let (at, bit) = self.place(hash);
        let was_met = self.bits[at] >> bit & 1;
        self.bits[at] |= (1 | was_met << 1) << bit;
    }

    fn is_repeated(&self, hash: u64) -> bool {
        let (at, bit) = self.place(hash);
        self.bits[at] >> bit & 2 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::Features;
    use crate::text::hash;

    #[test]
    fn what_one_member_has_alone_is_not_a_feature() {
        let [a, b, c] = ["a", "b", "c"].map(hash::word);
        let members = [vec![a, b], vec![b, c], vec![b, a]];
        let features = Features::count(&members, |member, add| {
            for hash in member {
                add(*hash);
            }
        });
        assert_eq!(features.len(), 2);
        assert_eq!(features.number(c), None);
        let counts: Vec<(u64, u32)> = features.counts().collect();
        let numbers = [a, b].map(|hash| features.number(hash).map(|at| counts[at as usize]));
        assert_eq!(numbers, [Some((a, 2)), Some((b, 3))]);
    }

    #[test]
    fn many_features_are_found_again() {
        let list: Vec<u64> = (0..5_000).map(|n| hash::word(&n.to_string())).collect();
        let members = [list.clone(), list];
        let features = Features::count(&members, |member, add| {
            for hash in member {
                add(*hash);
            }
        });
        assert_eq!(features.len(), 5_000);
        let mut numbers: Vec<Option<u32>> =
            members[0].iter().map(|hash| features.number(*hash)).collect();
        numbers.sort_unstable();
        assert!(numbers.iter().copied().eq((0..5_000).map(Some)));
        assert_eq!(features.number(hash::word("x")), None);
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let member =
            |first: u64| (first..first + 400).map(|n| hash::word(&n.to_string())).collect();
        let members: [Vec<u64>; 3] = [0, 100, 350].map(member);
        let lists = |member: &'_ Vec<u64>, add: &mut dyn FnMut(u64)| {
            member.iter().copied().for_each(add);
        };
        let count = |bits| -> Vec<(u64, u32)> {
            Features::count_parts(&members, lists, 1_200, bits).counts().collect()
        };
        // 0 to 99 and 500 to 749 occur once.
        assert_eq!(count(0).len(), 400);
        assert_eq!(count(4), count(0));
        assert_eq!(count(9), count(0), "more parts than hashes in most of them");
    }
}
