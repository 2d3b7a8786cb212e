//! Another quotation in the same sentence has a source: `called it "…" and "…"`, `"…" and "…," said Lim`.
//!
//! A quotation alone in parentheses gives the words of the phrase before it, so no other quotation has its source: `the
//! judge ("Not in my court") and the clerk`.

use super::{Attribution, Context, SAME_SENTENCE};
use crate::quotes::narration::Kind;

/// Uses the source of the preceding quotation, or otherwise of the next one.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let opened = cx.at.checked_sub(1).is_some_and(|i| cx.s.kind(i) == Kind::Open);
    if opened && cx.s.kind(cx.at + 1) == Kind::Close {
        return None;
    }
    let neighbour = |region: usize| {
        let (sentence, _) = *cx.s.place.get(region)?;
        (sentence == cx.sentence).then_some(cx.found[region]?)
    };
    let before = cx.region.checked_sub(1).filter(|&region| !cx.s.is_run_together(region));
    let after = Some(cx.region + 1).filter(|_| !cx.s.is_run_together(cx.region));
    let found = before.and_then(neighbour).or_else(|| neighbour(after?))?;
    Some(Attribution { rule: &SAME_SENTENCE, ..found })
}
