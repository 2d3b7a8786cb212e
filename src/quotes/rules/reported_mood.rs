//! Reported mood carries over the speaker of the preceding sentence:
//! `Lim verteidigte den Plan. Die Leute seien „müde“.`
//!
//! Known limit: the subject of the preceding sentence is used, regardless of its verb.

use super::{Attribution, Context, REPORTED_MOOD, previous_sentence};
use crate::quotes::lexicon::Class;
use crate::quotes::noun_phrase;
use crate::quotes::speakable::{self, Strength};

/// Uses the speaker or subject of the preceding sentence, if a verb of this one is in reported mood.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let before = cx.sentence.checked_sub(1)?;
    let reported = s.sentences[cx.sentence].classes.any(Class::REPORTED_MOOD)
        && cx.tokens.indices().any(|i| s.class(i).any(Class::REPORTED_MOOD));
    if !reported || !cx.same_paragraph(before) {
        return None;
    }
    if let Some(found) = previous_sentence::of_sentence(cx, before) {
        return Some(Attribution { rule: &REPORTED_MOOD, ..found });
    }
    let tokens = s.sentences[before].tokens;
    let source = noun_phrase::first(s, tokens.start, tokens.end)?;
    // `Die Pumpen entziehen dem Wasser …`: a subject that is not certainly a person cannot speak.
    let somebody = speakable::lawful(s, source).is_some_and(|(_, it)| it == Strength::Strong);
    somebody.then_some(Attribution { source, cue: None, rule: &REPORTED_MOOD, weak: false })
}
