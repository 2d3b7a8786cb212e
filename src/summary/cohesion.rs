//! Cohesion: a short text reads best as one report that goes on, not as single sentences of many reports.
//!
//! Editors who choose whole sentences for a short text of a small story take a run of one report, and leave it only for
//! something new. So a sentence that goes on from a chosen one keeps its worth, and a sentence that starts a new run
//! loses some, most if it opens another report. Sentences that cannot be shown, such as captions and questions, may be
//! skipped within a run.
//!
//! In a large story the weight of the concepts that many reports share decides, and the order of the blocks makes the
//! text.
//!
//! Coherence between neighbours as a part of the choice comes from Christensen, Mausam, Soderland and Etzioni, *Towards
//! Coherent Multi-Document Summarization*, 2013.
//!
//! Known limit: every step within a report counts as going on, also one to another subject.

use crate::summary::candidate_set::CandidateSet;

/// The most articles of a small story.
pub(crate) const SMALL_STORY: usize = 5;

/// The factor of a sentence shortly behind a chosen one of its article, of one farther behind, and of any other.
///
/// Chosen on 40 stories beside the sentences that an editor chose: all three a half higher lost a tenth of the shared
/// words, and half as high gained nothing.
const NEAR: f64 = 0.5;
const FARTHER: f64 = 0.3;
const OTHER_REPORT: f64 = 0.2;

/// The most sentences that are skipped nearby.
const FEW: usize = 2;

/// Returns whether a story is small enough to be told as one report that goes on.
pub(crate) const fn holds(set: &CandidateSet<'_>) -> bool {
    set.articles.len() <= SMALL_STORY
}

/// The sentences behind a chosen one that can go on from it; beyond, a text only comes back to the report.
pub(crate) const REACH: usize = 40;

/// Returns the factor of an entry of a small story for going on from those that are chosen; `is_drawn_on` says whether some
/// are of its article.
pub(crate) fn factor(
    set: &CandidateSet<'_>,
    entry: usize,
    is_chosen: &[bool],
    is_drawn_on: bool,
) -> f64 {
    let first = set.articles[set.candidates[entry].slice].first;
    let Some(before) = (first..entry).rev().take(REACH).find(|&before| is_chosen[before]) else {
        return without_neighbour(is_drawn_on);
    };
    let shown = |&skipped: &usize| set.unfit(skipped).is_none();
    match (before + 1..entry).filter(shown).take(FEW + 1).count() {
        0 => 1.0,
        1..=FEW => NEAR,
        _ => FARTHER,
    }
}

/// Returns the factor of an entry behind which no chosen one is in reach.
pub(crate) const fn without_neighbour(is_drawn_on: bool) -> f64 {
    if is_drawn_on { FARTHER } else { OTHER_REPORT }
}
