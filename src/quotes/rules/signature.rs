//! A name after a dash or in brackets that ends the paragraph, or that is a paragraph of its own: `"…" — Ana Lim`,
//! `"…" - Ana Lim, mayor`, `"…" (Ana Lim, mayor)`.
//!
//! Without a full stop inside or after the marks, the words may be the title of a work by the person named. They must
//! therefore not look like a title, and the signature must contain evidence that it names a person.

use super::{Attribution, Context, SIGNATURE};
use crate::quotes::colon_labels;
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::scare_quotes;
use crate::quotes::speakable::{self, Strength};

/// The maximum number of tokens in a signature.
const MOST: usize = 16;

/// Finds a signature after the quotation or, if nothing follows the quotation, in the next paragraph.
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
    if cx.after.is_empty() || stop && open >= end {
        return below(cx);
    }
    let start = open + 1;
    let alone = cx.after.end == cx.tokens.end && !cx.same_paragraph(cx.sentence + 1);
    let sentence = stop || cx.inner().ends_with(['.', '!', '?', '…']);
    if !cx.leads()
        || !alone
        || !bracket && s.kind(open) != Kind::Dash
        || start >= end
        || end - start > MOST
    {
        return None;
    }
    let words = Range::new(start, end);
    let source = signed(cx, words)?;
    if is_reference(cx, words, source) {
        return None;
    }
    let known = colon_labels::evidence(s, source) == Some(Strength::Strong);
    let whole = sentence || known && !scare_quotes::may_be_title(cx);
    whole.then_some(Attribution { source, cue: None, rule: &SIGNATURE, weak: false })
}

/// Returns the name in the words of a signature, unless they are a clause.
fn signed(cx: &Context<'_>, words: Range) -> Option<Range> {
    let s = cx.s;
    if !s.tokens.get(words.start)?.is_name_like()
        || reporting_clause::all(s, words).next().is_some()
    {
        return None;
    }
    noun_phrase::right(s, words.start, words.end)
}

/// Returns whether a dated signature states where the words were printed or spoken rather than who spoke them: it names
/// a body, is a single word in capitals, or contains no evidence that it names a person: `— House of Deputies, 5 March
/// 1975`, `— Norvale Post, Jan. 30`.
fn is_reference(cx: &Context<'_>, words: Range, source: Range) -> bool {
    let s = cx.s;
    let head = speakable::head(s, source);
    let title = Class::ROLE.with(Class::RANK).with(Class::HONORIFIC);
    let personal = head.indices().any(|i| {
        s.class(i).any(title) || s.class(i).any(Class::GIVEN) && s.tokens[i].is_name_like()
    });
    let dated =
        words.indices().any(|i| s.kind(i) == Kind::Number || s.class(i).any(Class::CALENDAR));
    let body = head.indices().any(|i| s.class(i).any(Class::ORGANISATION.with(Class::DOCUMENT)));
    let initials =
        head.end == head.start + 1 && !s.word(head.start).chars().any(char::is_lowercase);
    dated && !personal && (body || initials || colon_labels::evidence(s, source).is_none())
}

/// Finds a signature in a separate paragraph below the quotation: `— Jo Ray, director`.
fn below(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let next = s.sentences.get(cx.sentence + 1)?;
    let mine = &s.sentences[cx.sentence];
    let mut end = next.tokens.end;
    while end > next.tokens.start && s.kind(end - 1) == Kind::Stop {
        end -= 1;
    }
    let words = Range::new(next.tokens.start + 1, end);
    let adjacent = next.paragraph == mine.paragraph + 1 && !next.after_heading;
    let dash = s.kind(next.tokens.start) == Kind::Dash;
    let goes_on = s.sentences.get(cx.sentence + 2).is_some_and(|s| s.paragraph == next.paragraph);
    let quotes = words.indices().any(|i| s.tokens[i].is_quote());
    if !cx.begins_paragraph()
        || !adjacent
        || !dash
        || goes_on
        || quotes
        || words.is_empty()
        || words.end - words.start > MOST
    {
        return None;
    }
    let source = signed(cx, words)?;
    colon_labels::evidence(s, source)?;
    if is_reference(cx, words, source) {
        return None;
    }
    Some(Attribution { source, cue: None, rule: &SIGNATURE, weak: false })
}
