//! Carries over a speaker if a paragraph starts with a quotation and the last sentence of the preceding paragraph
//! announces a person, ends in a colon, contains an attributed quotation or reports speech. A quotation of several
//! paragraphs belongs to the person whose action precedes it: `The judge turned to the defendant. ¶ “You …`
//!
//! Known limit: the speaker may change between paragraphs without any sign; the confidence is therefore only medium.

use super::{Attribution, Context, PREVIOUS_PARAGRAPH, SIGNATURE};
use crate::quotes::narration::{Kind, Range};
use crate::quotes::rules::{action_beat, colon, previous_sentence};

/// Uses the person announced by the last sentence of the preceding paragraph, its speaker, or its subject if it ends in
/// a colon.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let before = cx.sentence.checked_sub(1)?;
    if !cx.begins_paragraph() || !cx.follows_paragraph_of(before) {
        return None;
    }
    let signed =
        cx.after.indices().any(|i| s.kind(i) == Kind::Dash) || s.kind(cx.after.start) == Kind::Dash;
    if signed {
        return None;
    }
    let tokens = s.sentences[before].tokens;
    let line = Range::new(tokens.start, tokens.end.saturating_sub(1));
    if let Some(source) = colon::announced(s, line) {
        return Some(Attribution { source, cue: None, rule: &PREVIOUS_PARAGRAPH, weak: false });
    }
    let spoken = previous_sentence::of_sentence(cx, before);
    // `“…” — Ana Lim`: each quotation in a list has its own signature.
    if spoken.is_some_and(|found| found.rule.name == SIGNATURE.name) {
        return None;
    }
    if let Some(found) = spoken {
        return Some(Attribution { rule: &PREVIOUS_PARAGRAPH, ..found });
    }
    if s.kind(tokens.end.saturating_sub(1)) != Kind::Colon {
        return of_speech(cx, before);
    }
    let colon = tokens.end - 1;
    let source = colon::opening(s, Range::new(tokens.start, colon))?;
    Some(Attribution {
        source,
        cue: Some(Range::new(colon, colon + 1)),
        rule: &PREVIOUS_PARAGRAPH,
        weak: false,
    })
}

/// Attributes the quotation to the person whose action the preceding sentence describes, if the quotation continues in
/// the next paragraph.
fn of_speech(cx: &Context<'_>, before: usize) -> Option<Attribution> {
    let speech = !cx.s.regions[cx.region].closed && cx.is_continued();
    let source = action_beat::actor(cx, before).filter(|_| speech)?;
    Some(Attribution { source, cue: None, rule: &PREVIOUS_PARAGRAPH, weak: true })
}
