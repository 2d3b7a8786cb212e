//! Selects the lines of the body: the best path through the states "before", "body", "interrupted" and "after" (Viterbi
//! 1967).
//!
//! Each line of the body contributes its score; entering, leaving, interrupting and resuming the body have a cost. A
//! single line in a menu that looks like prose is therefore not selected, and a line inside the body that does not look
//! like prose is.

/// The cost of entering the body, in units of the score. All costs are the same as in `training/line_classifier.py`.
const ENTER: f32 = 2.0;

/// The cost of leaving the body for good.
const LEAVE: f32 = 2.0;

/// The cost of interrupting the body.
const GAP: f32 = 1.0;

/// The cost of resuming the body after an interruption.
const RESUME: f32 = 1.0;

const BEFORE: usize = 0;
const BODY: usize = 1;
const INTERRUPTED: usize = 2;
const AFTER: usize = 3;

/// The possible transitions: from, to, cost.
const MOVES: [(usize, usize, f32); 8] = [
    (BEFORE, BEFORE, 0.0),
    (BEFORE, BODY, ENTER),
    (BODY, BODY, 0.0),
    (BODY, INTERRUPTED, GAP),
    (INTERRUPTED, INTERRUPTED, 0.0),
    (INTERRUPTED, BODY, RESUME),
    (BODY, AFTER, LEAVE),
    (AFTER, AFTER, 0.0),
];

/// Returns for each line whether it belongs to the body.
pub(super) fn body(scores: &[f32]) -> Vec<bool> {
    let mut best = [0.0, f32::NEG_INFINITY, f32::NEG_INFINITY, f32::NEG_INFINITY];
    let mut came_from = Vec::with_capacity(scores.len());
    for score in scores {
        let mut next = [f32::NEG_INFINITY; 4];
        let mut from = [BEFORE; 4];
        for (a, b, price) in MOVES {
            let value = best[a] - price + if b == BODY { *score } else { 0.0 };
            if next[b] < value {
                (next[b], from[b]) = (value, a);
            }
        }
        best = next;
        came_from.push(from);
    }
    let mut state = (0..4).fold(BEFORE, |s, t| if best[s] < best[t] { t } else { s });
    let mut picked = vec![false; scores.len()];
    for (i, from) in came_from.iter().enumerate().rev() {
        picked[i] = state == BODY;
        state = from[state];
    }
    picked
}

#[cfg(test)]
mod tests {
    use super::body;

    #[test]
    fn a_weak_line_amid_the_body_is_taken_and_a_strong_one_far_off_is_not() {
        let scores = [-3.0, 1.0, -3.0, -3.0, 2.0, 2.0, -0.5, 2.0, 2.0, -3.0, -3.0, -3.0, 0.5, -3.0];
        let picked: Vec<usize> =
            body(&scores).iter().enumerate().filter(|(_, p)| **p).map(|(i, _)| i).collect();
        assert_eq!(picked, [4, 5, 6, 7, 8]);
    }

    #[test]
    fn nothing_is_picked_where_nothing_scores() {
        assert!(body(&[-1.0; 20]).iter().all(|p| !p));
        assert!(body(&[]).is_empty());
    }
}
