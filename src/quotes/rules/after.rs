//! The source directly after the quotation.
//!
//! * Inverted: `"…," said Ana Lim, a lawyer.` — quotation, verb, subject.
//! * Straight: `"…," Ana Lim told reporters.` — quotation, subject, verb.
//! * Both with an unlisted verb, if its position identifies it: `"…," burbled Ana Lim.`, `"…," Ana Lim burbled.`
//! * With an auxiliary: `„…“, hat Ana Lim gesagt.` — quotation, auxiliary, subject, participle.
//!
//! Known limit: `"…" and Lim said …` is left to the rules that examine the text before the quotation.

use super::{AFTER, AFTER_INVERTED, AFTER_UNLISTED, Attribution, Context};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton, Token};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::roles;
use crate::quotes::rules::action_beat;
use crate::quotes::speakable;

/// Finds `said X`.
pub(in crate::quotes) fn inverted(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let start = cx.after_start();
    // `A “former official” said Lim had left`: the quotation is part of the subject.
    let determined = cx.at == cx.before.start + 1 && s.class(cx.at - 1).any(Class::DETERMINER);
    if determined && start == cx.after.start && !cx.inner().ends_with(',') {
        return None;
    }
    let mut verb = start + usize::from(is_hearer(s, start));
    let mut auxiliary = false;
    while verb < cx.after.end
        && s.kind(verb) == Kind::Lower
        && !s.class(verb).any(Class::VERB.with(Class::ATTACHED))
    {
        let class = s.class(verb);
        if !class.any(Class::ADVERB.with(Class::AUXILIARY)) {
            return None;
        }
        if class.any(Class::BE) || class.any(Class::AUXILIARY) && !s.lexicon.inverts_auxiliaries() {
            // `"…" was reported`, `"…" has called the office`: the quotation is the subject.
            return None;
        }
        auxiliary |= class.any(Class::AUXILIARY);
        verb += 1;
        if auxiliary && let Some(found) = around_subject(cx, start, verb) {
            return Some(found);
        }
    }
    let class = s.class(verb);
    // `"…", fa sapere la ditta`
    let said = Class::PARTICIPLE.with(Class::BASE);
    let form = class.any(Class::FINITE.with(Class::ATTACHED)) || auxiliary && class.any(said);
    if verb >= cx.after.end || !form || s.kind(verb) == Kind::Capital {
        return None;
    }
    let mut subject = verb + 1;
    while s.class(subject).any(Class::PARTICLE_OF_VERB) && s.kind(subject) == Kind::Lower {
        subject += 1;
    }
    let slip = s.kind(subject) == Kind::Comma
        && s.tokens.get(subject + 1).is_some_and(Token::is_name_like);
    let (subject, source) = subject_from(cx, subject + usize::from(slip))?;
    // `"…," chimed in Lena Orr`, but `"…," said in Paris`
    let place = subject > verb + 1 && s.class(subject - 1).any(Class::PREPOSITION);
    if place && !class.any(Class::CATENATIVE) && !action_beat::is_somebody(s, source) {
        return None;
    }
    let source = document(cx, source).unwrap_or(source);
    Some(Attribution {
        source,
        cue: Some(Range::new(start, verb + 1)),
        rule: &AFTER_INVERTED,
        weak: false,
    })
}

/// Returns the start of the subject after a verb, and the subject itself: directly after the verb, or after adverbials.
fn subject_from(cx: &Context<'_>, start: usize) -> Option<(usize, Range)> {
    let s = cx.s;
    let subject = noun_phrase::subject_start(s, start, cx.after.end);
    let source = noun_phrase::right(s, subject, cx.after.end);
    let late = || roles::late_subject(s, start, cx.after.end);
    source.map(|source| (subject, source)).or_else(|| late().map(|late| (late.start, late)))
}

/// Returns whether the token at `at`, before the verb, is a pronoun for the hearer: `"…", le espetó la concejala`.
fn is_hearer(s: &Skeleton<'_>, at: usize) -> bool {
    let other = Class::VERB.with(Class::DETERMINER).with(Class::REFLEXIVE);
    let class = s.class(at);
    s.lexicon.inverts_auxiliaries() && class.any(Class::OBJECT_PRONOUN) && !class.any(other)
}

/// Returns the document that is quoted in an impersonal clause: `dem Gutachten` in `heißt es in dem Gutachten`.
fn document(cx: &Context<'_>, pronoun: Range) -> Option<Range> {
    let s = cx.s;
    let dummy = pronoun.end == pronoun.start + 1 && s.class(pronoun.start).any(Class::NEUTER);
    if !dummy || !s.class(pronoun.end).any(Class::PREPOSITION) {
        return None;
    }
    let document = noun_phrase::right(s, pronoun.end + 1, cx.after.end)?;
    document.indices().any(|i| s.class(i).any(Class::DOCUMENT)).then_some(document)
}

/// Finds an unlisted verb that its position identifies: `"…," <verb> Ana Lim.`
pub(in crate::quotes) fn unlisted(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let mut verb = cx.after_start();
    let start = verb;
    // `"…", a fait savoir la mairie`, `"…", se lamentó el capitán`, `"…", s'emporte le capitaine`
    let before =
        Class::AUXILIARY.with(Class::PRONOUN).with(Class::REFLEXIVE).with(Class::OBJECT_PRONOUN);
    while s.lexicon.inverts_auxiliaries()
        && verb < cx.after.end
        && s.kind(verb) == Kind::Lower
        && s.class(verb).any(before)
    {
        verb += 1;
    }
    let infinitive =
        verb > start && s.kind(verb + 1) == Kind::Lower && s.class(verb + 1).is_unknown();
    let parted =
        cx.inner().ends_with([',', '!', '?', '…']) || s.kind(cx.after.start) == Kind::Comma;
    let reflexive = verb > start && s.class(verb - 1).any(Class::REFLEXIVE);
    let open = s.class(verb).is_unknown() || reflexive && s.class(verb).any(Class::FINITE);
    let unknown = verb < cx.after.end && s.kind(verb) == Kind::Lower && open;
    if !cx.leads() || !parted || !unknown {
        return None;
    }
    let mut subject = verb + 1 + usize::from(infinitive);
    // `"…," piped up Lena Orr`
    let particle = s.class(subject).any(Class::PARTICLE_OF_VERB) && s.kind(subject) == Kind::Lower;
    subject += usize::from(particle);
    let (subject, source) = subject_from(cx, subject)?;
    let moved = subject > verb + 1 + usize::from(infinitive);
    if (particle || moved) && !action_beat::is_somebody(s, source) {
        return None;
    }
    let begins = s.tokens[source.start].is_name_like()
        || s.class(source.start).any(Class::MALE.with(Class::FEMALE))
        || s.class(source.start).any(Class::DETERMINER.with(Class::ELISION).with(Class::ROLE))
        || is_full_name(s, source);
    let next = s.kind(source.end);
    // `moppert verpleegkundige Marit Goos [op perron twee]`: after a full name or a pronoun, the clause may continue.
    let ends = source.end >= cx.after.end
        || matches!(next, Kind::Comma | Kind::Stop | Kind::Dash | Kind::Open)
        || (is_full_name(s, source) || noun_phrase::is_pronoun(s, source.start))
            && s.class(source.end).any(AFTER_SUBJECT);
    let cue = Some(Range::new(verb, verb + 1));
    (begins && ends).then_some(Attribution { source, cue, rule: &AFTER_UNLISTED, weak: false })
}

/// Words that continue a clause after its subject.
const AFTER_SUBJECT: Class = Class::PREPOSITION
    .with(Class::ADVERB)
    .with(Class::SUBORDINATOR)
    .with(Class::CALENDAR)
    .with(Class::COORDINATOR)
    .with(Class::DETERMINER)
    .with(Class::OBJECT_PRONOUN)
    .with(Class::REFLEXIVE)
    .with(Class::PARTICLE_OF_VERB);

/// Returns whether a phrase ends with a full name that includes a known given name or follows a role.
fn is_full_name(s: &Skeleton<'_>, source: Range) -> bool {
    let name = |i: &usize| s.tokens[*i].is_name_like();
    let Some(start) = source.indices().rev().take_while(name).last() else { return false };
    let name = Range::new(start, source.end);
    let full = name.end >= name.start + 2;
    full && (name.indices().any(|i| s.class(i).any(Class::GIVEN))
        || roles::before_name(s, source.start, name).is_some())
}

/// Finds a subject with an unlisted verb: `"…," Ana Lim burbled`, `"…," Ana Lim went on`, `"…," Ana Lim, the mayor,
/// shook her head`. The quotation begins the sentence, and punctuation other than a full stop separates it from the
/// clause, so the subject of the clause is the speaker.
pub(in crate::quotes) fn straight_unlisted(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let start = cx.after_start();
    let parted =
        cx.inner().ends_with([',', '!', '?', '…']) || s.kind(cx.after.start) == Kind::Comma;
    if !cx.leads() || !parted || start >= cx.after.end {
        return None;
    }
    if noun_phrase::is_pronoun(s, start) {
        return pronoun_unlisted(cx, start);
    }
    let source = noun_phrase::right(s, start, cx.after.end)?;
    let comma = usize::from(s.kind(source.end) == Kind::Comma);
    let verb = source.end + comma;
    let verbal = verb < cx.after.end && speakable::is_unlisted_verb(s, verb);
    let named = s.tokens[start].is_name_like() || action_beat::is_somebody(s, source);
    let cue = Some(Range::new(verb, verb + 1));
    (verbal && named).then_some(Attribution { source, cue, rule: &AFTER_UNLISTED, weak: false })
}

/// Finds a pronoun, an unlisted verb and at most a particle, followed by a comma or the end of the sentence: `"…," she
/// burbled.`, `"…," she went on.`
fn pronoun_unlisted(cx: &Context<'_>, pronoun: usize) -> Option<Attribution> {
    let s = cx.s;
    let verb = pronoun + 1;
    let particle = usize::from(s.class(verb + 1).any(Class::PARTICLE_OF_VERB));
    let ends = verb + 1 + particle;
    let closes = ends >= cx.after.end || matches!(s.kind(ends), Kind::Stop | Kind::Comma);
    let person = s.class(pronoun).any(Class::MALE.with(Class::FEMALE));
    let cue = Some(Range::new(verb, ends.min(cx.after.end)));
    let source = Range::new(pronoun, verb);
    (verb < cx.after.end && closes && person && speakable::is_unlisted_verb(s, verb))
        .then_some(Attribution { source, cue, rule: &AFTER_UNLISTED, weak: false })
}

/// Finds `hat X gesagt`.
fn around_subject(cx: &Context<'_>, start: usize, subject: usize) -> Option<Attribution> {
    let s = cx.s;
    let source = noun_phrase::right(s, subject, cx.after.end)?;
    let verb = (source.end..cx.after.end.min(source.end + 8))
        .find(|&i| s.class(i).any(Class::PARTICIPLE))?;
    // `hat Lim am Montag erklärt`: the form that ends the clause is the participle.
    let closes = verb + 1 >= cx.after.end || !s.tokens[verb + 1].is_word();
    (closes || verb == source.end || !s.class(verb).any(Class::FINITE)).then_some(())?;
    Some(Attribution {
        source,
        cue: Some(Range::new(start, start + 1)),
        rule: &AFTER_INVERTED,
        weak: false,
    })
}

/// Finds `X said`.
pub(in crate::quotes) fn straight(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let mut start = cx.after_start();
    if start >= cx.after.end || !s.tokens[start].is_word() {
        return None;
    }
    // `"…", wie Lim bestätigte`, `"…," as Lim put it`
    start += usize::from(s.class(start).any(Class::AS));
    for verb in start + 1..cx.after.end.min(start + 48) {
        if !s.class(verb).any(Class::VERB) {
            continue;
        }
        let Some(frame) = reporting_clause::at(s, start, verb) else { continue };
        let Some(source) = frame.phrase() else { continue };
        if source.start == start {
            let cue = Some(Range::new(frame.verb, frame.verb + 1));
            return Some(Attribution { source, cue, rule: &AFTER, weak: false });
        }
        return None;
    }
    None
}
