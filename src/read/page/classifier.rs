//! Separates the blocks of the article from boilerplate.
//!
//! Boosted trees over the features of each block (Friedman 2001, "Greedy function approximation: a gradient boosting
//! machine") give the block a margin (log odds). The blocks of an article are usually adjacent, so the sequence of
//! content and boilerplate that is best overall is then chosen, with a cost for each change between the two (Viterbi
//! 1967). The weights are data, produced by `training/train_pages.py`; `weights.txt` records their origin.
//!
//! Known limit: the weights were trained on article pages, mostly in English. On a front page or in a forum, the
//! classifier returns the blocks that look most like an article.

use std::sync::LazyLock;

use super::blocks::Page;
use super::features::{self, Row, View};

/// The margin from which a block counts as content. It is below zero because losing a paragraph is worse than keeping
/// an extra block.
const THRESHOLD: f32 = -0.4;

/// The cost of a change between content and boilerplate, in log odds.
const CHANGE: f32 = 0.5;

/// Returns whether each block is content.
pub(super) fn content(page: &Page, view: &View<'_>) -> Vec<bool> {
    let mut row = Row::default();
    let margin = |i| {
        view.describe(i, &mut row);
        MODEL.margin(&row) - THRESHOLD
    };
    let margins: Vec<f32> = (0..page.blocks.len()).map(margin).collect();
    smoothed(&margins, CHANGE)
}

/// Returns the best sequence of kept and removed blocks, given how far each block's margin is above the threshold.
fn smoothed(margins: &[f32], change: f32) -> Vec<bool> {
    let Some((first, rest)) = margins.split_first() else { return Vec::new() };
    let (mut keep, mut cut) = (first / 2.0, -first / 2.0);
    // For each block after the first, whether the best path that keeps it removes the previous block, and whether the
    // best path that removes it keeps the previous block.
    let mut ways = Vec::with_capacity(rest.len());
    for margin in rest {
        ways.push((cut - change > keep, keep - change > cut));
        let best = (keep.max(cut - change), cut.max(keep - change));
        (keep, cut) = (best.0 + margin / 2.0, best.1 - margin / 2.0);
    }
    let mut state = keep >= cut;
    let mut states = vec![state];
    for (to_keep, to_cut) in ways.iter().rev() {
        state = if state { !to_keep } else { *to_cut };
        states.push(state);
    }
    states.reverse();
    states
}

static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::parse(include_str!("weights.txt"), &features::names()));

/// Boosted trees, all of the same depth.
#[derive(Debug, Default)]
struct Model {
    bias: f32,
    trees: Vec<Tree>,
}

/// The depth of the trees.
const DEPTH: usize = 4;

/// A tree in contiguous memory, because trees are evaluated some ten thousand times per page.
#[derive(Debug)]
struct Tree {
    /// The inner nodes, level by level; the last element is unused.
    inner: [Node; 1 << DEPTH],
    leaves: [f32; 1 << DEPTH],
}

#[derive(Clone, Copy, Debug, Default)]
struct Node {
    feature: u8,
    threshold: f32,
}

impl Model {
    /// Parses the text of `weights.txt`. A tree with an unknown feature is skipped; a test ensures that the shipped
    /// weights contain no such tree.
    fn parse(text: &str, names: &[String]) -> Self {
        let mut model = Self::default();
        for line in text.lines() {
            if let Some(bias) = line.strip_prefix("bias ") {
                model.bias = bias.parse().unwrap_or(0.0);
            } else if let Some((inner, leaves)) = line.split_once('|') {
                model.trees.extend(Tree::parse(inner, leaves, names));
            }
        }
        model
    }

    fn margin(&self, row: &Row) -> f32 {
        self.trees.iter().fold(self.bias, |sum, tree| sum + tree.value(row))
    }
}

impl Tree {
    fn parse(inner: &str, leaves: &str, names: &[String]) -> Option<Self> {
        let node = |text: &str| {
            let (name, threshold) = text.rsplit_once(':')?;
            let feature = names.iter().position(|n| n == name)?;
            Some(Node { feature: feature.try_into().ok()?, threshold: threshold.parse().ok()? })
        };
        let nodes: Option<Vec<Node>> = inner.split_ascii_whitespace().map(node).collect();
        let mut nodes = nodes?;
        nodes.push(Node::default());
        let leaves: Option<Vec<f32>> =
            leaves.split_ascii_whitespace().map(|v| v.parse().ok()).collect();
        Some(Self { inner: nodes.try_into().ok()?, leaves: leaves?.try_into().ok()? })
    }

    fn value(&self, row: &Row) -> f32 {
        let mut at = 0;
        for _ in 0..DEPTH {
            let node = self.inner[at % self.inner.len()];
            at = 2 * at + 1 + usize::from(row.value(node.feature) >= node.threshold);
        }
        self.leaves[(at + 1) % self.leaves.len()]
    }
}

#[cfg(test)]
mod tests {
    use super::{MODEL, Model, Row, features, smoothed};

    #[test]
    fn the_weights_fit_the_features() {
        let text = include_str!("weights.txt");
        let names = text.lines().find_map(|l| l.strip_prefix("features ")).unwrap_or_default();
        assert_eq!(names.split(' ').collect::<Vec<_>>(), features::names());
        assert_eq!(MODEL.trees.len(), text.lines().filter(|l| l.contains('|')).count());
    }

    #[test]
    fn a_tree_goes_right_at_its_threshold() {
        let names = ["a".to_owned(), "b".to_owned()];
        let weights = "bias 1\na:0.5 b:1 b:2 a:9 a:9 a:9 a:9 a:9 a:9 a:9 a:9 b:3 a:9 a:9 b:4 \
                       | 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16\nc:1 | 1 2\n";
        let model = Model::parse(weights, &names);
        assert_eq!(model.trees.len(), 1);
        for (values, margin) in [([0.0, 0.0], 2.0), ([0.0, 1.0], 6.0), ([0.5, 1.9], 10.0)] {
            let found = model.margin(&Row::from_values(&values));
            assert!((found - margin).abs() < 1e-6, "{values:?} {found}");
        }
        assert!((model.margin(&Row::from_values(&[0.5, 4.0])) - 14.0).abs() < 1e-6);
    }

    #[test]
    fn a_weak_block_follows_its_neighbours() {
        assert_eq!(smoothed(&[2.0, -0.5, 2.0], 0.8), [true, true, true]);
        assert_eq!(smoothed(&[2.0, -5.0, 2.0], 0.8), [true, false, true]);
        assert_eq!(smoothed(&[-2.0, 0.5, -2.0], 0.8), [false, false, false]);
        assert!(smoothed(&[], 0.8).is_empty());
    }
}
