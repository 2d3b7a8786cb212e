//! A quotation goes on after its attribution: `"…," Lim said. "…"`.
//!
//! Known limit: two speakers that answer each other without a cue are taken for one.

use super::{Attribution, CONTINUATION, Context};

/// Takes the source of the quotation in the sentence before.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let (region, found) = cx.previous()?;
    let (sentence, _) = cx.s.place[region];
    (cx.leads() && sentence + 1 == cx.sentence && cx.same_paragraph(sentence))
        .then_some(Attribution { rule: &CONTINUATION, ..found })
}
