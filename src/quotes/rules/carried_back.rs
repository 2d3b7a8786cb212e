//! A quotation of several paragraphs whose speaker is named only in a later paragraph.

use super::{Attribution, CARRIED_BACK, Context};

/// Uses the first source found for the quotations that continue this one in the following paragraphs, if each quotation
/// before that source was left open.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let mut paragraph = s.sentences[cx.sentence].paragraph;
    for region in cx.region..s.regions.len().saturating_sub(1) {
        let (sentence, token) = s.place[region + 1];
        let next = s.sentences[sentence];
        let continues =
            next.paragraph == paragraph + 1 && !next.after_heading && next.tokens.start == token;
        if s.regions[region].closed || !continues {
            return None;
        }
        if let Some(found) = cx.found[region + 1] {
            return Some(Attribution { rule: &CARRIED_BACK, ..found });
        }
        paragraph = next.paragraph;
    }
    None
}
