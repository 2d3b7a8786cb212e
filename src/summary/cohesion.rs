//! Cohesion: a short text reads best as one continuous report, not as single sentences from many reports.
//!
//! When editors compile a short text on a small story from whole sentences, they follow one report and leave it only to
//! add something new. Therefore a sentence that continues directly from a chosen one keeps its value. Any other
//! sentence loses most of its value, all the more if no sentence of its article has been chosen yet. Sentences that
//! cannot be shown, such as captions and questions, do not interrupt a continuation.
//!
//! In a large story, unless its summary should read as one report, the selection relies on concepts that many reports
//! share, and the order of the blocks provides the cohesion.
//!
//! Including coherence between neighbors in the selection follows Christensen, Mausam, Soderland and Etzioni, *Towards
//! Coherent Multi-Document Summarization*, 2013.
//!
//! Known limit: the next sentence of a report always counts as a continuation, even if it changes the subject.

use crate::summary::candidate_set::CandidateSet;

/// The maximum number of articles in a small story.
pub(crate) const SMALL_STORY: usize = 5;

/// The factor of a sentence that follows a chosen sentence of its article, with one or two ([`FEW`]) showable sentences
/// between them.
///
/// This factor, [`FARTHER`] and [`OTHER_REPORT`] were tuned on 40 stories to match the sentences that an editor chose:
/// raising all three by half lost a tenth of the words in common with the editor's text, and halving them gained
/// nothing.
const NEAR: f64 = 0.2;

/// The factor of a sentence of an article already in use, if more sentences separate it from the chosen one before it,
/// or if no chosen one precedes it within [`REACH`].
const FARTHER: f64 = 0.1;

/// The factor of a sentence of an article that is not in use yet.
const OTHER_REPORT: f64 = 0.08;

/// The maximum number of showable sentences between a chosen sentence and one that counts as shortly after it.
const FEW: usize = 2;

/// Returns whether a story is small enough to be summarized as one continuous report.
pub(crate) const fn holds(set: &CandidateSet<'_>) -> bool {
    set.articles.len() <= SMALL_STORY
}

/// The maximum number of sentences after a chosen one that can continue from it; a later sentence merely returns to the
/// report.
pub(crate) const REACH: usize = 40;

/// The factor of a sentence that probably refers to another one and is not shown directly after its predecessor.
const POINTING: f64 = 0.4;

/// Returns the factor for how well an entry continues from the chosen entries in a summary that reads as one report;
/// `is_drawn_on` says whether any of them is from the same article.
pub(crate) fn factor(
    set: &CandidateSet<'_>,
    entry: usize,
    is_chosen: &[bool],
    is_drawn_on: bool,
) -> f64 {
    let first = set.articles[set.candidates[entry].slice].first;
    let Some(before) = (first..entry).rev().take(REACH).find(|&before| is_chosen[before]) else {
        return without_neighbour(set, entry, is_drawn_on);
    };
    let shown = |&skipped: &usize| set.unfit(skipped).is_none();
    match (before + 1..entry).filter(shown).take(FEW + 1).count() {
        0 => 1.0,
        1..=FEW => NEAR * alone(set, entry),
        _ => FARTHER * alone(set, entry),
    }
}

/// Returns the factor of an entry if no chosen entry within reach precedes it.
pub(crate) fn without_neighbour(set: &CandidateSet<'_>, entry: usize, is_drawn_on: bool) -> f64 {
    let steps = if is_drawn_on { FARTHER } else { OTHER_REPORT };
    steps * alone(set, entry)
}

/// Returns the factor of an entry that is not shown directly after its predecessor.
fn alone(set: &CandidateSet<'_>, entry: usize) -> f64 {
    if set.points_elsewhere(entry) { POINTING } else { 1.0 }
}
