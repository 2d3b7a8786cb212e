//! The source before the quotation.
//!
//! * Introducing: `Lim told reporters on Monday: "…"`, `he called it "…"` — the verb, at most an object, a time or a
//!   place, then the quotation.
//! * Apart: `Lim said the plan would be "…"` — the nearest verb of saying before it in the sentence.
//! * Unlisted: `Lim fumed, "…"` — a subject and an unknown verb, with a comma before the quotation.
//!
//! After `and`, and for `…, adding "…"`, the subject is that of the preceding clause, even if another quotation is in
//! between. If the nearest verb is one of thinking and its subject is a pronoun (`Lim said he believes it is "…"`), the
//! subject of an earlier verb of saying is the source.
//!
//! Known limit: without a parser the nearest verb may belong to a clause that ended before the quotation.

use super::{Attribution, BEFORE, BEFORE_APART, BEFORE_SHARED, BEFORE_UNLISTED, Context};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause::{self, Frame, Subject};
use crate::quotes::rules::action_beat;
use crate::quotes::speakable;

/// The maximum number of words between a verb and the quotation that it introduces. For a verb of saying, it applies
/// only after `that`; `introduces` allows more after a colon or comma, and fewer otherwise.
const MOST_BETWEEN: usize = 7;

/// Finds a verb that introduces the quotation.
pub(in crate::quotes) fn introducing(cx: &Context<'_>) -> Option<Attribution> {
    let frame = nearest(cx)?;
    if !introduces(cx, &frame) {
        return None;
    }
    attribution(cx, &frame, true)
}

/// Finds the nearest verb of saying before the quotation, however far it is from the quotation.
pub(in crate::quotes) fn apart(cx: &Context<'_>) -> Option<Attribution> {
    let frame = nearest(cx)?;
    if is_of_rejected(cx, &frame) {
        return None;
    }
    attribution(cx, &frame, false)
}

/// Finds a clause of a subject and an unlisted verb, with a comma before the quotation: `Lena Orr fumed, "…"`.
pub(in crate::quotes) fn unlisted(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let sentence = cx.inner().starts_with(char::is_uppercase);
    let comma =
        cx.at.checked_sub(1).filter(|&i| i > cx.before.start && s.kind(i) == Kind::Comma)?;
    let source = noun_phrase::first(s, cx.before.start, comma)?;
    let verb = source.end;
    let near = comma <= verb + MOST_BETWEEN;
    let plain = (verb..comma).all(|i| s.tokens[i].is_word());
    let somebody = action_beat::is_somebody(s, source);
    let cue = Some(Range::new(verb, verb + 1));
    (sentence && near && plain && somebody && speakable::is_unlisted_verb(s, verb))
        .then_some(Attribution { source, cue, rule: &BEFORE_UNLISTED, weak: false })
}

/// Returns whether the quoted words belong to a statement that the subject rejects: `Lim rejected a Norvalian pledge to
/// begin a “standard process”`.
fn is_of_rejected(cx: &Context<'_>, frame: &Frame) -> bool {
    let s = cx.s;
    let saying = |i: usize| {
        let class = s.class(i);
        class.all(Class::NOUN.with(Class::CLAUSE)) || class.any(Class::SAYING)
    };
    let governs = |i: usize| s.class(i).any(Class::TO.with(Class::THAT));
    s.class(frame.verb).any(Class::DENIAL)
        && (frame.verb + 2..cx.at).any(|i| saying(i) && governs(i + 1))
}

fn nearest(cx: &Context<'_>) -> Option<Frame> {
    let after_semicolon = cx.before.indices().rev().find(|&i| cx.s.kind(i) == Kind::Semicolon);
    let stretch = Range::new(after_semicolon.map_or(cx.before.start, |i| i + 1), cx.before.end);
    let mut frames = reporting_clause::all(cx.s, stretch).rev();
    let nearest = frames.find(|frame| !describes_subject(cx, frame))?;
    let thinks = cx.s.class(nearest.verb).any(Class::MENTAL)
        && nearest.phrase().is_some_and(|p| noun_phrase::is_pronoun(cx.s, p.start));
    let mut outer = frames.find(|outer| outer.phrase().is_some());
    if thinks && outer.is_some() {
        return outer;
    }
    // `He accused her of lying after Berg rejected her “…”`: the subject of the main clause is the source, not that of
    // the clause of time.
    let dependent = nearest.phrase().is_some_and(|subject| {
        let before = subject.start.checked_sub(1).filter(|&i| i > stretch.start);
        before.is_some_and(|i| {
            let class = cx.s.class(i);
            class.any(Class::SUBORDINATOR)
                && !class.any(Class::ASIDE.with(Class::AS).with(Class::THAT))
        })
    });
    let thing =
        cx.s.class(nearest.verb).any(Class::OBJECT) && !cx.s.class(nearest.verb).any(Class::CLAUSE);
    if dependent && thing && outer.is_some() {
        return outer;
    }
    // `Lim said the group will urge members to "…"`: Lim says the entire clause.
    let planned = nearest.group < nearest.verb;
    let embedded = outer.take_if(|outer| planned && is_embedded(cx, outer, &nearest));
    Some(embedded.unwrap_or(nearest))
}

/// Returns whether a present participle only describes the subject of a clause after `that`, whose own verb follows
/// before the quotation: `found that [Lim's statements denying her role were] “…”`.
fn describes_subject(cx: &Context<'_>, frame: &Frame) -> bool {
    let s = cx.s;
    let class = s.class(frame.verb);
    let opened =
        frame.phrase().filter(|subject| subject.end == frame.group).is_some_and(|subject| {
            subject.start > cx.before.start && s.class(subject.start - 1).any(Class::THAT)
        });
    let rest = Range::new(frame.verb + 1, cx.at);
    let that = Class::THAT.with(Class::SUBORDINATOR).with(Class::RELATIVE);
    class.any(Class::GERUND)
        && !class.any(Class::FINITE)
        && opened
        && !rest.indices().any(|i| s.class(i).any(that))
        && rest.indices().any(|i| s.class(i).any(Class::AUXILIARY) && s.kind(i) == Kind::Lower)
}

/// Returns whether a clause is the content of another reporting verb: its subject follows that verb, with at most
/// `that` in between.
fn is_embedded(cx: &Context<'_>, outer: &Frame, inner: &Frame) -> bool {
    let reports = cx.s.class(outer.verb).any(Class::CLAUSE);
    let that = usize::from(cx.s.class(outer.verb + 1).any(Class::THAT));
    let subject = inner.phrase();
    reports && subject.is_some_and(|subject| subject.start == outer.verb + 1 + that)
}

/// Returns whether at most an object, a time, a place or `that` separates the verb from the quotation: at most three
/// words, or more after a colon, a comma or `that`.
fn introduces(cx: &Context<'_>, frame: &Frame) -> bool {
    let s = cx.s;
    let between = Range::new(frame.verb + 1, cx.at);
    let words = between.indices().filter(|&i| s.tokens[i].is_word()).count();
    let marked = matches!(s.kind(cx.at - 1), Kind::Colon | Kind::Comma);
    let clause = between.indices().any(|i| {
        s.class(i).any(Class::AUXILIARY.with(Class::THAT).with(Class::RELATIVE).with(Class::FINITE))
            && !s.class(i).any(Class::DETERMINER.with(Class::NOUN))
    });
    let that = cx.at > 0 && s.class(cx.at - 1).any(Class::THAT);
    words == 0
        || that && words <= MOST_BETWEEN
        || !clause && words <= if marked { MOST_BETWEEN + 5 } else { 3 }
}

/// Returns the subject of the main clause after an adverbial that contains the quotation: `After saying it was "…,"
/// [she] left`.
fn main_subject(cx: &Context<'_>) -> Option<Range> {
    let s = cx.s;
    let first = Range::new(cx.tokens.start, cx.at);
    let parted = cx.inner().ends_with(',') || s.kind(cx.after.start) == Kind::Comma;
    let fronted = parted && noun_phrase::is_adverbial(s, first);
    noun_phrase::first(s, cx.after_start(), cx.after.end).filter(|_| fronted)
}

fn attribution(cx: &Context<'_>, frame: &Frame, introduces: bool) -> Option<Attribution> {
    let shared = matches!(frame.subject, Subject::Shared);
    let source = reporting_clause::source_of(cx.s, cx.tokens.start, frame)
        .or_else(|| main_subject(cx).filter(|_| shared))?;
    let rule = match (introduces, shared) {
        (_, true) => &BEFORE_SHARED,
        (true, false) => &BEFORE,
        (false, false) => &BEFORE_APART,
    };
    if is_object(cx.s, source, frame) {
        return None;
    }
    let cue = Some(Range::new(frame.verb, frame.verb + 1));
    Some(Attribution { source, cue, rule, weak: false })
}

/// Returns whether an indefinite article and a noun of unknown meaning are the object of another word rather than a
/// subject: `saw the fair not as [a chance] to …`, `put in its place [a hunger] which …`, unlike `and a neighbor said`.
fn is_object(s: &Skeleton<'_>, source: Range, frame: &Frame) -> bool {
    // `as [one source] told the paper`, `a remark by [a guest] in Odlin who said …`
    let who =
        frame.group > 0 && s.class(frame.group - 1).all(Class::RELATIVE.with(Class::QUESTION));
    if who || source.end == frame.group {
        return false;
    }
    let indefinite = s.class(source.start).any(Class::INDEFINITE) && source.end > source.start + 1;
    let unknown = speakable::lawful(s, source)
        .is_some_and(|(_, strength)| strength == speakable::Strength::Weak);
    let before = source.start.checked_sub(1);
    let governed = before.is_some_and(|i| {
        let class = s.class(i);
        let opens = Class::COORDINATOR.with(Class::SUBORDINATOR).with(Class::THAT);
        s.tokens[i].is_word()
            && (!class.any(opens) || class.any(Class::PREPOSITION.with(Class::AS)))
    });
    indefinite && unknown && governed && s.lexicon.lists_verbs()
}
