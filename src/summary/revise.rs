//! Revision: selects sentences, checks how the selection reads, and replaces the sentences that read badly.
//!
//! * A sentence loses value if it mentions somebody by surname only, or starts with a definite noun phrase as if the
//!   reader knew its referent, and no other chosen sentence introduces that person or thing.
//! * If the day words of two adjacent sentences ("yesterday") must be resolved relative to different dates, the
//!   sentence with the lower gain is left out, but never the lede.
//!
//! With a method whose gains can be added up ([`Objective::has_prices`]), each pass starts from the current selection,
//! so that most of it is kept; with any other method, each pass selects from scratch. The number of passes is bounded.

use crate::summary::candidate_set::CandidateSet;
use crate::summary::method::Objective;
use crate::summary::names::Names;
use crate::summary::problem::Problem;
use crate::summary::{definite_np, order, select};

/// The maximum number of passes that handle unintroduced mentions.
const NAME_PASSES: usize = 2;

/// The maximum number of passes that handle dates; in each conflict that remains, the later sentence is removed.
const DAY_PASSES: usize = 8;

/// The chosen entries.
#[derive(Debug)]
pub(crate) struct Composed {
    /// The entries in the order of the candidate set.
    pub(crate) selection: Vec<usize>,
    /// The entries in reading order.
    pub(crate) ordered: Vec<usize>,
    /// Entries that were left out because their relative days would mislead.
    pub(crate) misleading: Vec<usize>,
}

/// Chooses and orders sentences. The chosen ones stay selected in the objective.
pub(crate) fn compose(problem: &Problem<'_, '_>, objective: &mut dyn Objective) -> Composed {
    let set = problem.set;
    let mut names = Names::new(set);
    let bounds = select::bounds(problem, objective);
    let mut excluded = vec![false; set.candidates.len()];
    let mut selection = select::choose(problem, objective, &bounds, &excluded);
    for _ in 0..NAME_PASSES {
        names.find_in(&selection);
        let mut strangers = names.strangers(&selection);
        strangers.extend(definite_np::hanging(set, &selection));
        strangers.sort_unstable();
        strangers.dedup();
        if strangers.is_empty() {
            break;
        }
        for entry in strangers {
            objective.discount(entry);
        }
        selection = select::mend(problem, objective, &bounds, &excluded, &selection);
    }
    let mut misleading = Vec::new();
    for pass in 0..=DAY_PASSES {
        names.find_in(&selection);
        let alone = select::alone(objective, &selection);
        let mut ordered = order::arrange(problem, &names, &selection, &alone);
        let clashes = order::clashes(set, &ordered);
        let worth = |e: usize| alone[selection.binary_search(&e).unwrap_or(0)];
        let lesser = |&at: &usize| {
            let (a, b) = (ordered[at - 1], ordered[at]);
            let loses = |e: usize| problem.lede != Some(e);
            if loses(a) && (worth(a) < worth(b) || !loses(b)) { a } else { b }
        };
        let Some(out) = clashes.first().map(lesser) else {
            return Composed { selection, ordered, misleading };
        };
        misleading.push(out);
        if pass == DAY_PASSES {
            leave_out(set, &mut ordered);
            select::give_back(objective, &selection);
            selection.retain(|e| ordered.contains(e));
            for &entry in &selection {
                objective.take(entry);
            }
            return Composed { selection, ordered, misleading };
        }
        excluded[out] = true;
        selection = select::mend(problem, objective, &bounds, &excluded, &selection);
    }
    Composed { ordered: selection.clone(), selection, misleading }
}

/// Removes the sentences whose relative days conflict with those of the preceding sentence, and the sentences that
/// depend on them.
fn leave_out(set: &CandidateSet<'_>, ordered: &mut Vec<usize>) {
    while let Some(&at) = order::clashes(set, ordered).first() {
        let leaning = ordered[at + 1..].iter().zip(&ordered[at..]);
        let n = leaning
            .take_while(|(next, own)| {
                **next == **own + 1 && set.candidates[**next].leaning.is_some()
            })
            .count();
        ordered.drain(at..=at + n);
    }
}
