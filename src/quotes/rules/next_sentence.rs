//! The source is in the next sentence: `"…" "…," Lim said.`, `"…." That is what Lim said.`

use super::{Attribution, Context, NEXT_SENTENCE};
use crate::quotes::narration::{Kind, Range};
use crate::quotes::reporting_clause;

/// The maximum number of words in a sentence that only names the source.
const MOST_WORDS: usize = 14;

/// Uses the source of a quotation that begins the next sentence, or the subject of a sentence that only names it.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let next = cx.sentence + 1;
    if !cx.leads() || !cx.same_paragraph(next) || cx.after.indices().any(|i| s.tokens[i].is_word())
    {
        return None;
    }
    let tokens = s.sentences[next].tokens;
    if let Kind::Quote(region) = s.kind(tokens.start) {
        let found = cx.found.get(region as usize).copied().flatten()?;
        return Some(Attribution { rule: &NEXT_SENTENCE, ..found });
    }
    let words = tokens.indices().filter(|&i| s.tokens[i].is_word()).count();
    let frame = reporting_clause::all(s, tokens).next()?;
    let source = frame.phrase()?;
    let closes = tokens.end.saturating_sub(frame.verb) <= 6;
    (words <= MOST_WORDS && closes && source.start == tokens.start).then_some(Attribution {
        source,
        cue: Some(Range::new(frame.verb, frame.verb + 1)),
        rule: &NEXT_SENTENCE,
        weak: false,
    })
}
