//! Another quotation in the same sentence has a source: `called it "…" and "…"`, `"…" and "…," said Lim`.

use super::{Attribution, Context, SAME_SENTENCE};

/// Uses the source of the preceding quotation, or otherwise of the next one.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let neighbour = |region: usize| {
        let (sentence, _) = *cx.s.place.get(region)?;
        (sentence == cx.sentence).then_some(cx.found[region]?)
    };
    let found =
        cx.region.checked_sub(1).and_then(neighbour).or_else(|| neighbour(cx.region + 1))?;
    Some(Attribution { rule: &SAME_SENTENCE, ..found })
}
