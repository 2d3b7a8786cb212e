//! The sentence continues after the quotation and ends with its source.
//!
//! `"We will keep our contacts" with the union, he said.` — subject and verb after a comma.
//!
//! Known limit: a source without a comma before it is not found.

use super::{Attribution, BEFORE, BEFORE_APART, BEFORE_SHARED, Context, REMAINDER};
use crate::quotes::clause;
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause::{self, Frame};

/// Finds `…, X said` and `…, said X` in the words after the quotation.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    if reporting_clause::all(s, cx.before).next().is_some() || has_own_verb(cx) {
        return None;
    }
    for frame in reporting_clause::all(s, cx.after) {
        if let Some(source) = frame.phrase()
            && source.start > cx.after.start
            && s.kind(source.start - 1) == Kind::Comma
        {
            if is_another_clause(cx, &frame, source) {
                return None;
            }
            let cue = Some(Range::new(frame.verb, frame.verb + 1));
            return Some(Attribution { source, cue, rule: &REMAINDER, weak: false });
        }
    }
    let comma = cx
        .after
        .indices()
        .find(|&i| s.kind(i) == Kind::Comma && s.class(i + 1).any(Class::FINITE))?;
    if comma + 2 >= cx.after.end {
        return None;
    }
    let source = noun_phrase::right(s, comma + 2, cx.after.end)?;
    Some(Attribution {
        source,
        cue: Some(Range::new(comma + 1, comma + 2)),
        rule: &REMAINDER,
        weak: false,
    })
}

/// Returns whether subject and verb belong to a clause that reports something else: `…, though the president of the
/// board, [Lim, says] it never did`.
fn is_another_clause(cx: &Context<'_>, frame: &Frame, source: Range) -> bool {
    let s = cx.s;
    let joins = Class::SUBORDINATOR.with(Class::COORDINATOR).with(Class::ASIDE);
    let opened = (cx.after.start + 1..source.start).any(|i| {
        s.kind(i - 1) == Kind::Comma && s.class(i).any(joins) && !s.class(i).any(Class::AS)
    }) || s.class(cx.after.start).any(joins) && cx.inner().ends_with(',');
    let goes_on = frame.verb + 2 < cx.after.end
        && clause::begins_with_subject(s, Range::new(frame.verb + 1, cx.after.end));
    opened && goes_on
}

/// Returns whether a verb before the previous quotation introduces both: `Lim called it "…" and "…," the Post
/// reported.`
fn has_own_verb(cx: &Context<'_>) -> bool {
    let introduced = |found: &Attribution| {
        [&BEFORE, &BEFORE_APART, &BEFORE_SHARED].iter().any(|rule| rule.name == found.rule.name)
    };
    cx.previous()
        .is_some_and(|(region, found)| cx.s.place[region].0 == cx.sentence && introduced(&found))
}
