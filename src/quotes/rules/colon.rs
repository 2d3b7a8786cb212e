//! A colon directly before the quotation.
//!
//! * Transcript: `Mayor Lim: "…"` — only a name or role before the colon, with evidence that it names a speaker.
//! * List: `Lim - "…"` — the same, with a dash instead of the colon.
//! * Announced: `Statement by Minister Ana Lim: "…"` — the person after the last preposition of a line without a verb.
//! * Subject: `Lim took the floor: "…"` — the sentence has no verb of saying; its subject speaks.
//!
//! Known limit: the subject of the sentence is used even if it does not speak: `The mayor was late: "…"`.

use super::{Attribution, COLON, Context, TRANSCRIPT};
use crate::quotes::colon_labels;
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::roles;
use crate::quotes::rules::{action_beat, announcing};
use crate::quotes::speakable::{self, Strength};

/// The maximum number of tokens in a line that announces the speaker.
const MOST_ANNOUNCING: usize = 16;

/// The maximum number of sentences before an answer that are searched for its question and for the interviewee.
const MOST_SENTENCES: usize = 12;

/// Finds the source before the colon or the dash.
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
    let own = own_label(s, label);
    if let Some(own) = own {
        let strength = colon_labels::strength(s, own)?;
        let weak = strength == Strength::Weak;
        return Some(Attribution { source: own, cue, rule: &COLON, weak });
    }
    if cx.before.start == cx.tokens.start && colon_labels::is_label(s, label) {
        let Some(strength) = colon_labels::strength(s, label) else {
            let source = interviewee(cx, label)?;
            return Some(Attribution { source, cue, rule: &COLON, weak: false });
        };
        let weak = strength == Strength::Weak;
        return Some(Attribution { source: label, cue, rule: &TRANSCRIPT, weak });
    }
    if listed {
        return None;
    }
    // `Said Councilor Ana Lim, before the vote: "…"`
    if verb && cx.before.start == cx.tokens.start {
        let source = noun_phrase::right(s, cx.before.start + 1, colon)?;
        return Some(Attribution { source, cue, rule: &COLON, weak: false });
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
    let line = Range::new(cx.tokens.start, colon);
    let own = announcing::clause(cx).and_then(|clause| opening(s, clause));
    let source = own.or_else(|| opening(s, line)).or_else(|| closing(s, line))?;
    Some(Attribution { source, cue, rule: &COLON, weak: false })
}

/// Returns the label at the end of a line that begins with something else: after a headline and a dash (`Bridge closed
/// for a year - Odlin Post:`) or after the sender of a post (`Ana Lim (@analim) Harbor pilot:`).
fn own_label(s: &Skeleton<'_>, line: Range) -> Option<Range> {
    let dash = line.indices().rev().find(|&i| s.kind(i) == Kind::Dash);
    let handle = |i: &usize| {
        let open = (line.start..*i).rev().find(|&k| s.kind(k) == Kind::Open);
        s.kind(*i) == Kind::Close
            && open
                .is_some_and(|open| s.span(Range::new(open + 1, *i)).slice(s.text).starts_with('@'))
    };
    let headline = dash.filter(|&dash| !colon_labels::is_label(s, Range::new(line.start, dash)));
    let sender = || line.indices().skip(1).find(handle);
    let label = Range::new(headline.or_else(sender)? + 1, line.end);
    (!label.is_empty() && colon_labels::is_label(s, label)).then_some(label)
}

/// Returns the person whose role and full name, after an article, end a line: `Of another mind is [the critic Ana
/// Lim]:`, `Di parere opposto [il critico Gino Sala]:`.
fn closing(s: &Skeleton<'_>, line: Range) -> Option<Range> {
    let named = |i: &usize| s.tokens[*i].is_name_like();
    let start = line.indices().rev().take_while(named).last()?;
    let role = roles::before_name(s, line.start, Range::new(start, line.end))?;
    let article = role.start.checked_sub(1).filter(|&i| i > line.start)?;
    let class = s.class(article);
    let subject = class.any(Class::DETERMINER.with(Class::ELISION)) && !class.any(Class::OBLIQUE);
    let governs = Class::PREPOSITION.with(Class::TO).with(Class::COORDINATOR);
    (subject && !s.class(article - 1).any(governs)).then_some(Range::new(article, line.end))
}

/// Returns the interviewee in lines that each begin with a letter (`Q`, `A`): the last person before the question who
/// is the subject of a sentence.
fn interviewee(cx: &Context<'_>, label: Range) -> Option<Range> {
    let s = cx.s;
    let letter = |i: usize| s.word(i).chars().count() == 1 && s.kind(i) == Kind::Capital;
    let question = |sentence: usize| {
        let start = s.sentences[sentence].tokens.start;
        let other = s.word(start) != s.word(label.start);
        letter(start) && other && s.kind(start + 1) == Kind::Colon
    };
    // Only answers in quotation marks are attributed to an interviewee.
    let region = s.regions[cx.region];
    if region.outer == region.inner {
        return None;
    }
    let reach = cx.sentence.saturating_sub(MOST_SENTENCES)..cx.sentence;
    let asked = reach.clone().rev().find(|&i| question(i))?;
    if label.end != label.start + 1 || !letter(label.start) {
        return None;
    }
    (reach.start..asked).rev().find_map(|i| action_beat::subject(s, s.sentences[i].tokens))
}

/// Returns the subject of a line that ends in a colon and whose verb is unknown. A single word, or a subject that is
/// the whole line and looks like a label, needs a verb or other evidence that it names a speaker; `More from Odlin:`
/// and `Lire aussi :` have neither.
pub(in crate::quotes) fn opening(s: &Skeleton<'_>, line: Range) -> Option<Range> {
    let source = noun_phrase::first(s, line.start, line.end).or_else(|| inverted(s, line))?;
    // `Three times [the answer] came back:`: of two phrases before the verb, the second is the subject.
    let next = source.end;
    let second = next < line.end && s.lexicon.lists_verbs() && s.class(next).any(Class::DETERMINER);
    let subject = if second { noun_phrase::first(s, next, line.end) } else { Some(source) };
    let source = subject?;
    let head = speakable::head(s, source);
    if is_utterance(s, line, source) {
        return None;
    }
    // A verb that is not a verb of saying does not show that its subject speaks.
    if matches!(speakable::lawful(s, source), Some((_, Strength::Weak)))
        && !head.indices().any(|i| roles::is_person_noun(s, i) || s.class(i).any(Class::POSSESSIVE))
    {
        return None;
    }
    let alone = head.end == head.start + 1 && !noun_phrase::is_pronoun(s, head.start);
    let label = source.end == line.end && colon_labels::is_label(s, source);
    let doubtful = alone || label;
    // `Moss took the floor:`
    let clause = source.start > line.start
        || speakable::is_unlisted_verb(s, source.end) && source.end < line.end;
    (!doubtful || clause || colon_labels::evidence(s, source).is_some()).then_some(source)
}

/// Returns whether a line ends with a verb of saying, a comma and the words said: `As my aunt likes to say, [Hooray]:`
fn is_utterance(s: &Skeleton<'_>, line: Range, source: Range) -> bool {
    let comma = source.start.checked_sub(1).filter(|&i| i > line.start && s.kind(i) == Kind::Comma);
    let said =
        |i: usize| s.class(i).any(Class::SAYING.with(Class::CLAUSE)) && s.kind(i) == Kind::Lower;
    source.end == line.end && comma.is_some_and(|comma| said(comma - 1))
}

/// Returns the subject after the verb of a line that begins with an adverbial: `Nach der Sitzung zeigte sich [Holt]
/// überzeugt:`.
fn inverted(s: &Skeleton<'_>, line: Range) -> Option<Range> {
    if !s.lexicon.inverts_auxiliaries() || !noun_phrase::is_adverbial(s, line) {
        return None;
    }
    let verb = line.indices().find(|&i| {
        let verb = Class::FINITE.with(Class::COMMON_VERB).with(Class::AUXILIARY);
        s.kind(i) == Kind::Lower && s.class(i).any(verb)
    })?;
    let subject = noun_phrase::subject_start(s, verb + 1, line.end);
    let source = noun_phrase::right(s, subject, line.end)?;
    (!s.class(source.start).any(Class::OBLIQUE)).then_some(source)
}

/// Returns the person announced by a line without a verb: `And from Chairwoman Ana Lim`, `Statement by Minister Ana
/// Lim`.
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
