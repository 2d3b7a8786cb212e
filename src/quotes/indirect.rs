//! Indirect quotations: what somebody is reported to have said, without marks.
//!
//! * `Lim said (that) the dam was safe.` — what follows the verb, its hearer and `that`.
//! * `The dam was safe, Lim said.`, `The dam, Lim said, was safe.` — what stands before or around subject and verb.
//! * `According to Lim, the dam was safe.` — the rest of the sentence.
//! * `Lim accused the firm of …, adding that …` — each verb gets what follows it, up to the next.
//!
//! Only sentences without quotation marks are read: where something is quoted, the marks say what was said.
//! Known limit: the reported words are taken to go on to the end of the sentence.

use crate::quotes::frame::{self, Frame};
use crate::quotes::lexicon::Class;
use crate::quotes::rules::{Attribution, INDIRECT, INDIRECT_ACCORDING, according};
use crate::quotes::skeleton::{Kind, Range, Skeleton};

/// The fewest words that are worth listing.
const FEWEST_WORDS: usize = 3;

/// What is reported, and by whom.
#[derive(Debug)]
pub(super) struct Reported {
    pub(super) content: Vec<Range>,
    pub(super) attribution: Attribution,
}

/// Finds the indirect quotations of an article, in order.
pub(super) fn find(s: &Skeleton<'_>) -> Vec<Reported> {
    let mut found = Vec::new();
    for sentence in &s.sentences {
        let tokens = without_stop(s, sentence.tokens);
        if tokens.indices().any(|i| s.tokens[i].is_quote()) {
            continue;
        }
        let from = found.len();
        in_sentence(s, tokens, &mut found);
        if found.len() == from
            && let Some(reported) = according_to(s, tokens)
        {
            found.push(reported);
        }
    }
    found
}

fn without_stop(s: &Skeleton<'_>, tokens: Range) -> Range {
    let mut end = tokens.end;
    while end > tokens.start && s.kind(end - 1) == Kind::Stop {
        end -= 1;
    }
    Range::new(tokens.start, end)
}

fn in_sentence(s: &Skeleton<'_>, tokens: Range, found: &mut Vec<Reported>) {
    let mut frames = frame::all(s, tokens)
        .filter(|f| s.class(f.verb).any(Class::CLAUSE.with(Class::OBJECT)))
        .peekable();
    // A frame inside what another reports belongs to that report; only those that share its subject stand beside it.
    let Some(first) = frames.find(|f| f.phrase().is_some()) else { return };
    let Some(source) = first.phrase() else { return };
    let mut beside: Vec<Frame> = vec![first];
    beside.extend(frames.filter(|f| f.phrase().is_none() && is_beside(s, f)));
    for (i, frame) in beside.iter().enumerate() {
        let next = beside.get(i + 1).map(|f| f.group);
        let content = content(s, tokens, source, frame, next);
        let words: usize = content.iter().map(|r| words(s, *r)).sum();
        if words >= FEWEST_WORDS {
            let cue = Some(Range::new(frame.verb, frame.verb + 1));
            found.push(Reported {
                content,
                attribution: Attribution { source, cue, rule: &INDIRECT },
            });
        }
    }
}

/// Whether a frame without a subject of its own stands beside the first rather than inside what that reports.
fn is_beside(s: &Skeleton<'_>, frame: &Frame) -> bool {
    let before = frame.group.checked_sub(1);
    before.is_some_and(|i| match s.kind(i) {
        Kind::Comma => s.class(frame.verb).any(Class::GERUND),
        _ => s.class(i).any(Class::COORDINATOR) && s.class(frame.verb).any(Class::FINITE),
    })
}

fn content(
    s: &Skeleton<'_>,
    tokens: Range,
    source: Range,
    frame: &Frame,
    next: Option<usize>,
) -> Vec<Range> {
    let end = next.map_or(tokens.end, |group| trim_end(s, group));
    let after = Range::new(content_start(s, frame.verb, end), end);
    let comma_before = source.start > tokens.start + 1
        && source.start < frame.verb
        && s.kind(source.start - 1) == Kind::Comma;
    if !comma_before {
        return vec![after];
    }
    let before = Range::new(tokens.start, source.start - 1);
    let leads = crate::quotes::phrase::is_adverbial(s, before) && words(s, before) < 12;
    let closes = words(s, after) <= 4 && !has_clause(s, after);
    if closes && words(s, before) > words(s, after) {
        return vec![before];
    }
    let inserted = s.kind(frame.verb + 1) == Kind::Comma;
    if inserted && !leads {
        return vec![before, after];
    }
    vec![after]
}

/// Where the reported words begin: after the hearer, the time and `that`.
fn content_start(s: &Skeleton<'_>, verb: usize, end: usize) -> usize {
    let that = (verb + 1..end.min(verb + 14)).find(|&i| {
        s.class(i).any(Class::THAT)
            || s.class(i).any(Class::AUXILIARY.with(Class::FINITE)) && !s.class(i).any(Class::NOUN)
    });
    if let Some(that) = that.filter(|&i| s.class(i).any(Class::THAT)) {
        return that + 1;
    }
    let mut at = verb + 1;
    if s.class(at).any(Class::PARTICLE_OF_VERB) && s.kind(at + 1) == Kind::Comma {
        at += 1;
    }
    if s.kind(at) == Kind::Comma {
        at += 1;
    }
    if s.class(verb).any(Class::HEARER) {
        at = after_hearer(s, at, end);
    }
    loop {
        let calendar = s.class(at).any(Class::CALENDAR) && at < end;
        let on = s.class(at).any(Class::PREPOSITION)
            && s.class(at + 1).any(Class::CALENDAR)
            && at + 1 < end;
        match (calendar, on) {
            (true, _) => at += 1,
            (_, true) => at += 2,
            _ => break,
        }
    }
    at.min(end)
}

fn after_hearer(s: &Skeleton<'_>, start: usize, end: usize) -> usize {
    let class = s.class(start);
    if s.tokens.get(start).is_none_or(|t| !t.is_word()) {
        return start;
    }
    if class.any(Class::PEOPLE) || class.any(Class::OBJECT_PRONOUN) {
        return start + 1;
    }
    if s.tokens[start].is_name_like() {
        return (start..end).find(|&i| !s.tokens[i].is_name_like()).unwrap_or(end);
    }
    if class.any(Class::DETERMINER) {
        let noun = (start + 1..end.min(start + 6)).find(|&i| {
            s.class(i).any(Class::SOURCE_NOUN)
                || s.tokens[i].is_name_like()
                    && !s.tokens.get(i + 1).is_some_and(super::skeleton::Token::is_name_like)
        });
        return noun.map_or(start, |i| i + 1);
    }
    start
}

fn according_to(s: &Skeleton<'_>, tokens: Range) -> Option<Reported> {
    let (source, cue) = according::within(s, tokens)?;
    let start = source.start.min(cue.start);
    let end = source.end.max(cue.end);
    let mut content = Vec::new();
    if start > tokens.start {
        content.push(Range::new(tokens.start, trim_end(s, start)));
    }
    let mut after = end;
    while after < tokens.end && !s.tokens[after].is_word() {
        after += 1;
    }
    if words(s, Range::new(after, tokens.end)) >= FEWEST_WORDS || start == tokens.start {
        content.push(Range::new(after, tokens.end));
    }
    content.retain(|r| !r.is_empty());
    let total: usize = content.iter().map(|r| words(s, *r)).sum();
    (total >= FEWEST_WORDS).then_some(Reported {
        content,
        attribution: Attribution { source, cue: Some(cue), rule: &INDIRECT_ACCORDING },
    })
}

/// Cuts a comma or conjunction off the end of a stretch.
fn trim_end(s: &Skeleton<'_>, end: usize) -> usize {
    let mut end = end;
    while end > 0
        && (s.class(end - 1).any(Class::COORDINATOR)
            || matches!(s.kind(end - 1), Kind::Comma | Kind::Dash))
    {
        end -= 1;
    }
    end
}

fn has_clause(s: &Skeleton<'_>, range: Range) -> bool {
    range.indices().any(|i| s.class(i).any(Class::AUXILIARY.with(Class::THAT)))
}

fn words(s: &Skeleton<'_>, range: Range) -> usize {
    range.indices().filter(|&i| s.tokens[i].is_word() || s.kind(i) == Kind::Number).count()
}
