//! A quotation continues after its attribution: `"…," Lim said. "…"`.
//!
//! If the preceding sentence ends with another reporting clause, such as that of an outlet (`… “…”, The Post reports.
//! “…”`), the quotation is attributed to the subject of that clause.
//!
//! Known limit: two speakers who answer each other without a cue are mistaken for one.

use super::{Attribution, CONTINUATION, Context};
use crate::quotes::narration::{Kind, Range};
use crate::quotes::reporting_clause;

/// Uses the source of the quotation in the preceding sentence.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let (region, found) = cx.previous()?;
    let (sentence, at) = cx.s.place[region];
    if !cx.leads() || sentence + 1 != cx.sentence || !cx.same_paragraph(sentence) {
        return None;
    }
    let after = Range::new(at + 1, cx.s.sentences[sentence].tokens.end);
    let reporter = closing(cx, after, &found);
    let weak = found.weak || reporter.is_some();
    Some(Attribution {
        source: reporter.unwrap_or(found.source),
        rule: &CONTINUATION,
        weak,
        ..found
    })
}

/// Returns the subject of a reporting clause that ends the preceding sentence after a comma, if it differs from the
/// source found: `“…” to restore the rules, The Post reports.`
fn closing(cx: &Context<'_>, after: Range, found: &Attribution) -> Option<Range> {
    let s = cx.s;
    let frame = reporting_clause::all(s, after).last()?;
    let source = frame.phrase()?;
    let comma = source.start.checked_sub(1).filter(|&i| i > after.start)?;
    let ends = (frame.verb + 1..after.end).all(|i| !s.tokens[i].is_word());
    (s.kind(comma) == Kind::Comma && ends && source != found.source).then_some(source)
}
