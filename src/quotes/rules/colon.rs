//! A colon right before the quotation.
//!
//! * Transcript: `Lim: "…"` — a name or role and nothing else before the colon.
//! * Subject: `Lim took the floor: "…"` — the sentence has no verb of saying; its subject speaks.
//!
//! Known limit: `The sign was clear: "…"` gives the subject of the sentence, whatever it is, if it can be a source.

use super::{Attribution, COLON, Context, TRANSCRIPT};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;

/// Finds what stands before the colon.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    if cx.before.is_empty() || s.kind(cx.at - 1) != Kind::Colon {
        return None;
    }
    let colon = cx.at - 1;
    let label = Range::new(cx.before.start, colon);
    let cue = Some(Range::new(colon, colon + 1));
    let words = label.indices().filter(|&i| s.tokens[i].is_word()).count();
    let named = label.indices().all(|i| {
        let class = s.class(i);
        !s.tokens[i].is_word()
            || s.kind(i) == Kind::Capital
            || class.any(
                Class::SOURCE_NOUN
                    .with(Class::DETERMINER)
                    .with(Class::GENITIVE)
                    .with(Class::PARTICLE),
            )
    });
    if named
        && words <= 8
        && words > 0
        && cx.before.start == cx.tokens.start
        && noun_phrase::can_be_source(s, label)
    {
        return Some(Attribution { source: label, cue, rule: &TRANSCRIPT, weak: false });
    }
    let frame = reporting_clause::all(s, Range::new(cx.tokens.start, colon)).next();
    if let Some(frame) = frame
        && let Some(source) = reporting_clause::source_of(s, cx.tokens.start, &frame)
    {
        return Some(Attribution { source, cue, rule: &COLON, weak: false });
    }
    let source = noun_phrase::first(s, cx.tokens.start, colon)?;
    Some(Attribution { source, cue, rule: &COLON, weak: false })
}
