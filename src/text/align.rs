//! Longest common subsequences, edit distances, and union-find.
//!
//! Common subsequences are found with the table of Wagner and Fischer ("The string-to-string correction problem", J.
//! ACM 1974), whose time and memory grow with the product of the lengths; callers limit the lengths. The edit distance
//! comes from the crate `strsim`.

/// Returns a longest common subsequence of two sequences of the given lengths, as pairs of ascending positions.
///
/// If there are several, returns the one whose positions in the second sequence are the earliest.
pub(crate) fn common_subsequence(
    a: usize,
    b: usize,
    equal: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let width = b + 1;
    let mut longest = vec![0_u32; (a + 1) * width];
    for i in (0..a).rev() {
        for j in (0..b).rev() {
            longest[i * width + j] = if equal(i, j) {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < a && j < b {
        if equal(i, j) {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// The maximum length, in characters, of words whose edit distance is computed.
const LONGEST_WORD: usize = 64;

/// Returns whether two words differ by at most `most` insertions, deletions or substitutions of a character; false if
/// either is longer than [`LONGEST_WORD`].
pub(crate) fn within_edits(a: &str, b: &str, most: usize) -> bool {
    let (n, m) = (a.chars().count(), b.chars().count());
    n.abs_diff(m) <= most && n.max(m) <= LONGEST_WORD && strsim::levenshtein(a, b) <= most
}

/// Disjoint sets that can be joined (Tarjan, "Efficiency of a good but not linear set union algorithm", J. ACM 1975).
///
/// The root of a set is its smallest member, so it does not depend on the order of the joins.
#[derive(Clone, Debug)]
pub(crate) struct UnionFind(Vec<usize>);

impl UnionFind {
    /// Returns `n` sets of one member each.
    pub(crate) fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    /// Returns the smallest member of a set.
    pub(crate) fn root(&mut self, member: usize) -> usize {
        let mut at = member;
        while self.0[at] != at {
            // Path halving.
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    /// Joins the sets of two members; returns whether they were separate.
    pub(crate) fn join(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
        a != b
    }
}

#[cfg(test)]
mod tests {
    use super::{UnionFind, common_subsequence, within_edits};

    #[test]
    fn a_longest_common_subsequence_by_hand() {
        let (a, b): (Vec<char>, Vec<char>) =
            ("abcbdab".chars().collect(), "bdcaba".chars().collect());
        let pairs = common_subsequence(a.len(), b.len(), |i, j| a[i] == b[j]);
        assert_eq!(pairs.len(), 4);
        assert!(pairs.windows(2).all(|p| p[0].0 < p[1].0 && p[0].1 < p[1].1));
        assert!(common_subsequence(0, 3, |_, _| true).is_empty());
    }

    #[test]
    fn edits_are_counted_in_characters() {
        assert!(within_edits("Müller", "Muller", 1));
        assert!(!within_edits("Waters", "Walther", 1));
        assert!(!within_edits(&"a".repeat(70), &"a".repeat(70), 1));
    }

    #[test]
    fn sets_are_joined_and_led_by_their_smallest() {
        let mut sets = UnionFind::new(5);
        assert!(sets.join(3, 4) && sets.join(4, 1) && !sets.join(1, 3));
        assert_eq!((sets.root(4), sets.root(0)), (1, 0));
    }
}
