//! A verb of saying without a subject, in languages that need none: `La alcaldesa compareció ayer. "No es así", aseguró.`
//!
//! The subject is that of the sentence before, or the one who speaks in it.
//!
//! Known limit: a verb that agrees with somebody named further back is given to the nearest subject.

use super::{Attribution, Context, NULL_SUBJECT, previous_sentence};
use crate::quotes::lexicon::Class;
use crate::quotes::phrase;
use crate::quotes::skeleton::{Kind, Range};

/// Finds a verb that touches the quotation and has no subject of its own.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    if !s.lexicon.drops_subjects() || !cx.leads() {
        return None;
    }
    let start = cx.after_start();
    let auxiliary = s.class(start).any(Class::AUXILIARY);
    let verb = if auxiliary { start + 1 } else { start };
    let form = if auxiliary { Class::PARTICIPLE } else { Class::FINITE };
    if verb >= cx.after.end || s.kind(verb) != Kind::Lower || !s.class(verb).any(form) {
        return None;
    }
    let before = cx.sentence.checked_sub(1)?;
    if !cx.same_paragraph(before) && !cx.follows_paragraph_of(before) {
        return None;
    }
    let tokens = s.sentences[before].tokens;
    let spoken = previous_sentence::of_sentence(cx, before).map(|found| found.source);
    let source = spoken.or_else(|| phrase::first(s, tokens.start, tokens.end))?;
    Some(Attribution { source, cue: Some(Range::new(start, verb + 1)), rule: &NULL_SUBJECT })
}
