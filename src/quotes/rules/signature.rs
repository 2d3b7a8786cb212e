//! A name after a dash or in brackets that ends the paragraph: `"…" — Ana Lim`, `"…" - Ana Lim, mayor`,
//! `"…" (Ana Lim, mayor)`.

use super::{Attribution, Context, SIGNATURE};
use crate::quotes::narration::{Kind, Range};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;

/// The maximum number of tokens in a signature.
const MOST: usize = 16;

/// Finds a signature.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let mut end = cx.after.end;
    while end > cx.after.start && s.kind(end - 1) == Kind::Stop {
        end -= 1;
    }
    // `«…». (Diana Vik, direttrice)`: the full stop is outside the marks.
    let stop = cx.after.start < end && s.kind(cx.after.start) == Kind::Stop;
    let open = cx.after.start + usize::from(stop);
    let bracket = s.kind(open) == Kind::Open && end > 0 && s.kind(end - 1) == Kind::Close;
    if bracket {
        end -= 1;
    }
    let start = open + 1;
    let alone = cx.after.end == cx.tokens.end && !cx.same_paragraph(cx.sentence + 1);
    let sentence = stop || cx.inner().ends_with(['.', '!', '?', '…']);
    if !cx.leads()
        || !sentence
        || !alone
        || !bracket && s.kind(open) != Kind::Dash
        || start >= end
        || end - start > MOST
    {
        return None;
    }
    if !s.tokens[start].is_name_like()
        || reporting_clause::all(s, Range::new(start, end)).next().is_some()
    {
        return None;
    }
    let source = noun_phrase::right(s, start, end)?;
    Some(Attribution { source, cue: None, rule: &SIGNATURE, weak: false })
}
