//! The classifier of single lines: gradient-boosted trees over their [`features`](super::features) (Friedman 2001,
//! "Greedy function approximation: a gradient boosting machine"), trained offline by `training/line_classifier.py`.

use std::sync::OnceLock;

use crate::read::dump::features::Features;

/// The trained trees; the header of the file records provenance and format.
static FILE: &str = include_str!("trees.txt");

/// The trees, all of equal depth.
#[derive(Debug, Default)]
struct Trees {
    depth: usize,
    base: f32,
    /// The feature and the threshold of each inner node, tree after tree; node `n` has the children `2n + 1` and
    /// `2n + 2`.
    inner: Vec<(u16, f32)>,
    leaves: Vec<f32>,
}

/// Returns the log-odds that a line belongs to the article's body.
pub(super) fn score(features: &Features) -> f32 {
    static TREES: OnceLock<Trees> = OnceLock::new();
    TREES.get_or_init(|| Trees::parse(FILE)).score(features)
}

impl Trees {
    fn parse(file: &str) -> Self {
        let mut trees = Self::default();
        let mut lines = file.lines().filter(|l| !l.starts_with('#'));
        let mut head = lines.next().unwrap_or("").split(' ');
        trees.depth = head.next().and_then(|d| d.parse().ok()).unwrap_or(0);
        trees.base = head.next().and_then(|b| b.parse().ok()).unwrap_or(0.0);
        for line in lines {
            let Some((nodes, leaves)) = line.split_once(" | ") else { continue };
            trees.inner.extend(nodes.split(' ').filter_map(|node| {
                let (feature, limit) = node.split_once(':')?;
                Some((feature.parse().ok()?, limit.parse().ok()?))
            }));
            trees.leaves.extend(leaves.split(' ').filter_map(|v| v.parse::<f32>().ok()));
        }
        trees
    }

    fn score(&self, features: &Features) -> f32 {
        let width = 1 << self.depth;
        let mut total = self.base;
        for (inner, leaves) in
            self.inner.chunks_exact(width - 1).zip(self.leaves.chunks_exact(width))
        {
            let mut node = 0;
            for _ in 0..self.depth {
                let (feature, limit) = inner[node];
                let above = features.get(usize::from(feature)).is_some_and(|x| limit < *x);
                node = 2 * node + 1 + usize::from(above);
            }
            total += leaves[node - (width - 1)];
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::{FILE, Trees};
    use crate::read::dump::features::WIDTH;

    #[test]
    fn every_tree_is_whole_and_names_features_that_there_are() {
        let trees = Trees::parse(FILE);
        let count = FILE.lines().filter(|l| l.contains('|') && !l.starts_with('#')).count();
        let width = 1 << trees.depth;
        assert!(10 <= count && trees.inner.len() == count * (width - 1));
        assert_eq!(trees.leaves.len(), count * width);
        assert!(trees.inner.iter().all(|(f, _)| usize::from(*f) < WIDTH));
    }
}
