//! Phrases that name a source: `according to X`, `in the words of X`, `laut X`, `selon X`; `X zufolge`.
//!
//! Such a phrase may be anywhere between the neighboring quotations in the sentence. It is used only if no earlier
//! rule, such as one for a reporting verb beside the quotation, has found a source.

use super::{ACCORDING, Attribution, Context};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::rules::action_beat;

/// Finds a phrase that names a source, after the quotation or before it.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let stated = after(cx).or_else(|| within(cx.s, cx.before));
    let Some((source, cue)) = stated else { return own_words(cx) };
    if cue.start > cx.at && is_reported(cx) {
        return None;
    }
    // `According to an affidavit, he told officers that …`: the verb identifies the speaker.
    let after = Range::new(source.end.max(cue.end), cx.at);
    let told = |frame: reporting_clause::Frame| {
        let class = cx.s.class(frame.verb);
        match frame.phrase() {
            Some(subject) => subject.start >= source.end && class.any(Class::FINITE),
            // `According to the paper, the letter attacked Holt, saying he “…”`
            None => class.all(Class::GERUND.with(Class::CLAUSE)),
        }
    };
    if cue.end <= cx.at && reporting_clause::all(cx.s, after).any(told) {
        return None;
    }
    Some(Attribution { source, cue: Some(cue), rule: &ACCORDING, weak: false })
}

/// Returns whether a reporting verb and `that` before the quotation report it: in `A story in the Post revealed that
/// the mayor “…,” according to e-mails`, the words are the Post's.
fn is_reported(cx: &Context<'_>) -> bool {
    let s = cx.s;
    reporting_clause::all(s, cx.before).any(|frame| {
        let that = frame.verb + 1;
        let contrast = (that..cx.at).any(|i| s.class(i).any(Class::CONTRAST));
        frame.phrase().is_some() && s.class(that).any(Class::THAT) && !contrast
    })
}

/// Finds `по его словам`, `nach seinen Angaben`: the words are those of the person who is the subject of the preceding
/// sentence.
fn own_words(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let before = cx.sentence.checked_sub(1).filter(|&before| cx.same_paragraph(before))?;
    let is_own = |i: usize, words: &Vec<&'static str>| {
        let owner = s.class(i + 1).any(Class::DETERMINER) && !s.class(i + 1).any(Class::INDEFINITE);
        let rest = &words[1..];
        owner
            && !rest.is_empty()
            && s.is_phrase(i, cx.tokens.end, &words[..1])
            && s.is_phrase(i + 2, cx.tokens.end, rest)
            && !s.is_phrase(i + 1, cx.tokens.end, rest)
    };
    let (at, words) = [cx.before, cx.after].into_iter().find_map(|stretch| {
        let begins = |&i: &usize| s.class(i).any(Class::ACCORDING);
        stretch.indices().filter(begins).find_map(|i| {
            let mut phrases = s.lexicon.according().iter();
            phrases.find(|words| is_own(i, words)).map(|words| (i, words.len()))
        })
    })?;
    let source = action_beat::subject(s, s.sentences[before].tokens)?;
    let cue = Some(Range::new(at, at + words + 1));
    Some(Attribution { source, cue, rule: &ACCORDING, weak: true })
}

/// Returns the source and the cue after the quotation, unless a bracket, a full stop or a semicolon separates them from
/// it: `no country should “…” (According to the Post, “…”)`.
fn after(cx: &Context<'_>) -> Option<(Range, Range)> {
    let found = within(cx.s, cx.after)?;
    let parts = |i: usize| {
        matches!(cx.s.kind(i), Kind::Open | Kind::Stop | Kind::Semicolon)
            && !cx.s.tokens[i].is_word()
    };
    (!(cx.after.start..found.1.start.max(cx.after.start)).any(parts)).then_some(found)
}

/// Returns the source and the cue of the first phrase in a stretch that names a source.
pub(in crate::quotes) fn within(s: &Skeleton<'_>, stretch: Range) -> Option<(Range, Range)> {
    for i in stretch.indices() {
        let class = s.class(i);
        if class.any(Class::ACCORDING) {
            for words in s.lexicon.according() {
                if s.is_phrase(i, stretch.end, words) {
                    let cue = Range::new(i, i + words.len());
                    let leads = i == stretch.start
                        && !s
                            .tokens
                            .get(i.wrapping_sub(1))
                            .is_some_and(|t| t.is_quote() || t.kind == Kind::Comma);
                    let source = if leads {
                        noun_phrase::right_before_clause(s, cue.end, stretch.end)
                    } else {
                        noun_phrase::right(s, cue.end, stretch.end)
                    };
                    let plain = || noun_phrase::plain_right(s, cue.end, stretch.end);
                    if let Some(source) = source.or_else(plain) {
                        return Some((source, cue));
                    }
                }
            }
        }
        if class.any(Class::ACCORDING)
            && i == stretch.start
            && let Some(found) = leading(s, stretch)
        {
            return Some(found);
        }
        if class.any(Class::ATTACHED)
            && let Some(found) = attached(s, stretch, i)
        {
            return Some(found);
        }
        if class.any(Class::ACCORDING_AFTER) && i > stretch.start {
            for words in s.lexicon.according_after() {
                if s.is_phrase(i, stretch.end, words)
                    && let Some(source) = noun_phrase::left(s, stretch.start, i)
                {
                    let source = whose_words(s, source);
                    return Some((source, Range::new(i, i + words.len())));
                }
            }
        }
    }
    None
}

/// Returns the owner of the words: `Angaben [des Ministeriums] zufolge`; in `einem Sprecher der Polizei zufolge`, the
/// whole phrase is the source.
fn whose_words(s: &Skeleton<'_>, source: Range) -> Range {
    let case = source.indices().skip(1).find(|&i| s.class(i).any(Class::CASE));
    match case {
        Some(case) if s.class(case - 1).any(Class::SAYING.with(Class::DOCUMENT)) => {
            Range::new(case, source.end)
        }
        _ => source,
    }
}

/// Finds `Die Mittel seien, so Lim, „…“`: an attributing word and a phrase between commas.
fn attached(s: &Skeleton<'_>, stretch: Range, at: usize) -> Option<(Range, Range)> {
    let opens = at > stretch.start && s.kind(at - 1) == Kind::Comma;
    let source = noun_phrase::right(s, at + 1, stretch.end).filter(|_| opens)?;
    let closes = source.end >= stretch.end || !s.tokens[source.end].is_word();
    let somebody = source.indices().any(|i| s.tokens[i].is_name_like());
    (closes && somebody).then_some((source, Range::new(at, at + 1)))
}

/// Finds `Pour la députée Anne Rioux, …`: a preposition that begins the stretch, and a person with a title, a role or a
/// known given name, before a comma.
fn leading(s: &Skeleton<'_>, stretch: Range) -> Option<(Range, Range)> {
    let begins = |words: &&Vec<&str>| s.is_phrase(stretch.start, stretch.end, words);
    let words = s.lexicon.according_leading().iter().find(begins)?;
    let cue = Range::new(stretch.start, stretch.start + words.len());
    let source = noun_phrase::right_before_clause(s, cue.end, stretch.end)?;
    let person = Class::GIVEN.with(Class::ROLE).with(Class::RANK).with(Class::HONORIFIC);
    let closed = source.end < stretch.end && s.kind(source.end) == Kind::Comma;
    (closed && source.indices().any(|i| s.class(i).any(person))).then_some((source, cue))
}
