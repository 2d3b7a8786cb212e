//! A colon directly before the quotation.
//!
//! * Transcript: `Lim: "…"` — only a name or role before the colon.
//! * List: `Lim - "…"` — the same with a dash.
//! * Announced: `Statement by Minister Ana Lim: "…"` — the person after the last preposition of a line without a verb.
//! * Subject: `Lim took the floor: "…"` — the sentence has no verb of saying; its subject speaks.
//!
//! Known limit: `The sign was clear: "…"` gives the subject of the sentence, whatever it is, if it can be a source.

use super::{Attribution, COLON, Context, TRANSCRIPT};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;

/// The maximum number of tokens in a line that announces the speaker.
const MOST_ANNOUNCING: usize = 16;

/// Finds the source before the colon.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    if cx.before.is_empty() {
        return None;
    }
    let colon = cx.at - 1;
    let listed = s.kind(colon) == Kind::Dash;
    if s.kind(colon) != Kind::Colon && !listed {
        return None;
    }
    if !listed && let Some(source) = announced(s, Range::new(cx.before.start, colon)) {
        let cue = Some(Range::new(colon, colon + 1));
        return Some(Attribution { source, cue, rule: &TRANSCRIPT, weak: false });
    }
    // `Said Lim: "…"`
    let first = s.word(cx.before.start).to_lowercase();
    let verb = colon > cx.before.start + 1 && s.lexicon.class(&first).any(Class::FINITE);
    let label = Range::new(cx.before.start + usize::from(verb), colon);
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
    if listed {
        return None;
    }
    let frame = reporting_clause::all(s, Range::new(cx.tokens.start, colon)).next();
    if let Some(frame) = frame
        && let Some(source) = reporting_clause::source_of(s, cx.tokens.start, &frame)
    {
        return Some(Attribution { source, cue, rule: &COLON, weak: false });
    }
    // `They should have asked this: “…”`: nobody actually did.
    let modal = |i: usize| s.class(i).any(Class::MODAL);
    let unreal = |i: usize| modal(i) && s.class(i + 1).any(Class::AUXILIARY) && !modal(i + 1);
    if (cx.tokens.start..colon.saturating_sub(1)).any(unreal) {
        return None;
    }
    let source = noun_phrase::first(s, cx.tokens.start, colon)?;
    Some(Attribution { source, cue, rule: &COLON, weak: false })
}

/// The person announced by a line without a verb: `And from Chairwoman Ana Lim`, `Statement by Minister Ana Lim`.
pub(in crate::quotes) fn announced(s: &Skeleton<'_>, line: Range) -> Option<Range> {
    let verb = Class::AUXILIARY.with(Class::FINITE);
    let noun = Class::NOUN.with(Class::SOURCE_NOUN);
    let clause = line.indices().any(|i| {
        s.class(i).any(verb) && !s.class(i).any(noun)
            || s.kind(i) == Kind::Lower && s.lexicon.ends_like_past(s.word(i))
    });
    if clause || line.end - line.start > MOST_ANNOUNCING {
        return None;
    }
    let person = Class::GIVEN.with(Class::RANK).with(Class::HONORIFIC);
    line.indices().rev().filter(|&i| s.class(i).any(Class::PREPOSITION.with(Class::BY))).find_map(
        |preposition| {
            let source = noun_phrase::right(s, preposition + 1, line.end)?;
            let names =
                source.indices().any(|i| s.tokens[i].is_name_like() && s.class(i).any(person));
            (names && source.end == line.end).then_some(source)
        },
    )
}
