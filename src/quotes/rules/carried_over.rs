//! A quotation of several paragraphs: each paragraph begins with a mark, but only the last ends with one.

use super::{Attribution, CARRIED_OVER, Context};

/// Uses the source of the quotation that the preceding paragraph left open.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let (region, found) = cx.previous()?;
    let open = !cx.s.regions[region].closed;
    let (sentence, _) = cx.s.place[region];
    (open && cx.begins_paragraph() && cx.follows_paragraph_of(sentence))
        .then_some(Attribution { rule: &CARRIED_OVER, ..found })
}
