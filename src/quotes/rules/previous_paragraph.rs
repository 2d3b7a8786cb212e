//! A paragraph that begins with a quotation goes on from the paragraph before: its last sentence ends in a colon, or is
//! a quotation, or reports what somebody said.
//!
//! Known limit: a paragraph may change the speaker without saying so; the grade is low for that reason.

use super::{Attribution, Context, PREVIOUS_PARAGRAPH};
use crate::quotes::narration::{Kind, Range};
use crate::quotes::noun_phrase;
use crate::quotes::rules::previous_sentence;

/// Takes the source of the last sentence of the paragraph before.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let before = cx.sentence.checked_sub(1)?;
    if !cx.begins_paragraph() || !cx.follows_paragraph_of(before) {
        return None;
    }
    let tokens = s.sentences[before].tokens;
    if let Some(found) = previous_sentence::of_sentence(cx, before) {
        return Some(Attribution { rule: &PREVIOUS_PARAGRAPH, ..found });
    }
    if s.kind(tokens.end.saturating_sub(1)) != Kind::Colon {
        return None;
    }
    let colon = tokens.end - 1;
    let source = noun_phrase::first(s, tokens.start, colon)?;
    Some(Attribution {
        source,
        cue: Some(Range::new(colon, colon + 1)),
        rule: &PREVIOUS_PARAGRAPH,
        weak: false,
    })
}
