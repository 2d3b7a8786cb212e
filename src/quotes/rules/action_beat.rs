//! Attributes a quotation to the person whose action an adjacent sentence describes: `Clerk Ines Vik leaned into the
//! microphone. "You voted yes."`
//!
//! * Before: the quotation follows a sentence with a person as its subject in the same paragraph.
//! * After: the quotation begins a paragraph, and such a sentence is between it and another quotation: `"No." She put down
//!   the cup. "Ask me tomorrow."`
//!
//! Nobody may speak in the sentence that describes the action, and the quotation must be a complete sentence.
//!
//! Known limit: the kind of action is not examined, so the words of an eyewitness may be attributed to the person whom
//! the eyewitness saw.

use super::{ACTION_BEAT, Attribution, Context, previous_sentence};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;

/// The maximum number of tokens in a sentence that describes an action.
const MOST_TOKENS: usize = 48;

/// Uses the subject of the preceding sentence or, if the quotation begins its paragraph, of the sentence between this
/// quotation and the next one.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let alone = !cx.after.indices().any(|i| s.tokens[i].is_word());
    if !cx.leads() || !alone || !cx.inner().ends_with(['.', '!', '?', '…', '。']) && !closes(cx)
    {
        return None;
    }
    let before = cx.sentence.checked_sub(1).filter(|&before| cx.same_paragraph(before));
    let beat = match before {
        Some(before) => before,
        None => next_between(cx)?,
    };
    let source = actor(cx, beat)?;
    Some(Attribution { source, cue: None, rule: &ACTION_BEAT, weak: false })
}

/// Returns whether the full stop follows the closing mark, as in most languages other than English.
fn closes(cx: &Context<'_>) -> bool {
    cx.after.end == cx.tokens.end && cx.s.kind(cx.after.start) == Kind::Stop
}

/// Returns the sentence after this one, if a sentence that begins with a quotation follows it in the same paragraph.
fn next_between(cx: &Context<'_>) -> Option<usize> {
    let next = cx.sentence + 1;
    let quoted =
        cx.s.sentences.get(next + 1).is_some_and(|s| cx.s.tokens[s.tokens.start].is_quote());
    (cx.same_paragraph(next) && cx.same_paragraph(next + 1) && quoted).then_some(next)
}

/// Returns the person whose action a sentence describes; `None` if the sentence quotes or reports words, asks a
/// question, ends in a colon or is too long.
pub(in crate::quotes) fn actor(cx: &Context<'_>, sentence: usize) -> Option<Range> {
    let s = cx.s;
    let tokens = s.sentences[sentence].tokens;
    let question = tokens.end > tokens.start && s.word(tokens.end - 1).ends_with(['?', ':']);
    let quoted = tokens.indices().any(|i| s.tokens[i].is_quote());
    let long = tokens.end - tokens.start > MOST_TOKENS;
    if question || quoted || long || previous_sentence::of_sentence(cx, sentence).is_some() {
        return None;
    }
    // `The mayor has handed the tape to the police.`: the perfect tense states a result, not an action in the scene.
    let perfect = |verb: usize| {
        let class = s.class(verb);
        s.lexicon.lists_verbs() && class.any(Class::AUXILIARY) && !class.any(Class::BE)
    };
    subject(s, tokens).filter(|subject| subject.end < tokens.end && !perfect(subject.end))
}

/// Returns the subject of a sentence if it is a person, or otherwise, in some languages, the only person whom the
/// sentence names in full.
pub(in crate::quotes) fn subject(s: &Skeleton<'_>, tokens: Range) -> Option<Range> {
    let first = noun_phrase::first(s, tokens.start, tokens.end);
    first.filter(|&subject| is_somebody(s, subject)).or_else(|| only_person(s, tokens))
}

/// Returns the only full name of a sentence, with its role, in a language in which the subject may follow the verb:
/// `Onderaan zet [dierenarts Emma Banning] haar tas neer`, `Hinter ihm blickte [die Fotografin Vera Lind] auf die Uhr`.
fn only_person(s: &Skeleton<'_>, tokens: Range) -> Option<Range> {
    if !s.lexicon.inverts_auxiliaries() && !s.lexicon.lacks_articles() {
        return None;
    }
    let full = |i: usize| {
        s.class(i).any(Class::GIVEN)
            && s.tokens[i].is_name_like()
            && i + 1 < tokens.end
            && s.tokens[i + 1].is_name_like()
            && !s.class(i + 1).any(Class::POSSESSIVE)
    };
    let mut names = tokens.indices().filter(|&i| full(i) && (i == tokens.start || !full(i - 1)));
    let name = names.next()?;
    if names.next().is_some() {
        return None;
    }
    let mut start = name;
    let role = Class::ROLE.with(Class::RANK).with(Class::HONORIFIC);
    while start > tokens.start && s.class(start - 1).any(role) {
        start -= 1;
    }
    if start > tokens.start && s.class(start - 1).any(Class::DETERMINER.with(Class::ELISION)) {
        start -= 1;
    }
    let governed = start > tokens.start
        && s.class(start - 1).any(Class::PREPOSITION.with(Class::TO).with(Class::COORDINATOR));
    if governed || s.class(start).any(Class::OBLIQUE) {
        return None;
    }
    noun_phrase::right(s, start, tokens.end)
}

/// Returns whether a phrase refers to a person or to people: a singular pronoun of the third person, a full name, a
/// role or a noun for people.
pub(in crate::quotes) fn is_somebody(s: &Skeleton<'_>, subject: Range) -> bool {
    let class = s.class(subject.start);
    if noun_phrase::is_pronoun(s, subject.start) {
        return !class.any(Class::NEUTER.with(Class::PLURAL).with(Class::FIRST_PERSON));
    }
    // `Onderaan zet Emma …`: an unknown capitalized word and a lower-case one are not a phrase.
    let next = subject.start + 1;
    let loose = s.kind(subject.start) == Kind::Capital
        && !class.any(Class::DETERMINER)
        && !s.lexicon.lacks_articles()
        && class.is_unknown()
        && !class.any(Class::GIVEN)
        && next < subject.end
        && s.kind(next) == Kind::Lower
        && s.class(next).is_unknown();
    if loose {
        return false;
    }
    let relative = subject.indices().find(|&i| s.class(i).any(Class::RELATIVE));
    let head = Range::new(subject.start, relative.unwrap_or(subject.end));
    let person =
        Class::GIVEN.with(Class::ROLE).with(Class::RANK).with(Class::HONORIFIC).with(Class::PEOPLE);
    let thing = Class::ORGANISATION.with(Class::DOCUMENT);
    let named = head.indices().take_while(|&i| s.tokens[i].is_name_like()).count();
    let whole = head.start + named == head.end && (2..=3).contains(&named);
    let is = |class: Class| head.indices().any(|i| s.class(i).any(class));
    // `El único cliente, Saturio Molina`
    let apposed = head.indices().find(|&i| s.kind(i) == Kind::Comma).is_some_and(|comma| {
        let name = comma + 1..head.end.min(comma + 3);
        name.len() == 2 && name.into_iter().all(|i| s.tokens[i].is_name_like())
    });
    is(person) || (whole || apposed) && !is(thing)
}
