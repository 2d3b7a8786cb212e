//! The preceding sentence reports the words of its subject, and the quotation is a separate sentence: `Lim said the dam
//! was safe. "We checked it twice."`
//!
//! One or two sentences may intervene if their subjects are not other people.

use super::{Attribution, Context, PREVIOUS_SENTENCE};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::rules::{according, action_beat};

/// The maximum number of sentences to look back for a source.
const REACH: usize = 3;

/// Uses the speaker of the nearest preceding sentence of the paragraph that has one.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    if !cx.leads() {
        return None;
    }
    for back in 1..=REACH.min(cx.sentence) {
        let sentence = cx.sentence - back;
        if !cx.same_paragraph(sentence) {
            return None;
        }
        if let Some(found) = of_sentence(cx, sentence) {
            // `Berg shook his head.`: a new subject ends the turn of the previous speaker.
            let between = sentence + 1..cx.sentence;
            if between.into_iter().any(|i| begins_turn(cx, i, found.source)) {
                return None;
            }
            return Some(Attribution { rule: &PREVIOUS_SENTENCE, ..found });
        }
    }
    None
}

/// Returns whether the subject of a sentence is a person other than the previous speaker; a pronoun is taken to be the
/// speaker.
fn begins_turn(cx: &Context<'_>, sentence: usize, speaker: Range) -> bool {
    let s = cx.s;
    let tokens = s.sentences[sentence].tokens;
    let subject = action_beat::subject(s, tokens).or_else(|| newcomer(s, tokens));
    let Some(subject) = subject else { return false };
    if noun_phrase::is_pronoun(s, subject.start) {
        return false;
    }
    let named = |range: Range| {
        range
            .indices()
            .filter(|&i| s.tokens[i].is_name_like())
            .map(|i| s.word(i))
            .collect::<Vec<_>>()
    };
    let words = named(speaker);
    !named(subject).iter().any(|word| words.contains(word))
}

/// Returns a subject with an indefinite article, unless its noun is known to be an organization or a document: `Eine
/// Kundin im Mantel`.
fn newcomer(s: &Skeleton<'_>, tokens: Range) -> Option<Range> {
    let subject = noun_phrase::first(s, tokens.start, tokens.end)?;
    let thing = Class::ORGANISATION.with(Class::DOCUMENT);
    let article = s.class(subject.start).all(Class::INDEFINITE.with(Class::DETERMINER));
    (article && !subject.indices().any(|i| s.class(i).any(thing))).then_some(subject)
}

/// Returns the attribution of a sentence: that of the last attributed quotation in it before this one or, if it
/// contains no quotation, one that is based on a verb of saying, a phrase such as `according to`, or a document that
/// its subject issues.
pub(in crate::quotes) fn of_sentence(cx: &Context<'_>, sentence: usize) -> Option<Attribution> {
    let tokens = cx.s.sentences[sentence].tokens;
    let mut regions = (0..cx.region).rev().take_while(|&r| cx.s.place[r].0 >= sentence);
    if let Some(found) = regions.find_map(|r| (cx.s.place[r].0 == sentence).then_some(cx.found[r]?))
    {
        return Some(found);
    }
    if tokens.indices().any(|i| cx.s.tokens[i].is_quote()) {
        return None;
    }
    for frame in reporting_clause::all(cx.s, tokens) {
        if let Some(source) = frame.phrase() {
            let cue = Some(Range::new(frame.verb, frame.verb + 1));
            return Some(Attribution { source, cue, rule: &PREVIOUS_SENTENCE, weak: false });
        }
    }
    if let Some((source, cue)) = according::within(cx.s, tokens) {
        return Some(Attribution { source, cue: Some(cue), rule: &PREVIOUS_SENTENCE, weak: false });
    }
    issued(cx, tokens)
}

/// Finds `Lim issued a statement on the matter.`
fn issued(cx: &Context<'_>, tokens: Range) -> Option<Attribution> {
    let s = cx.s;
    let subject = noun_phrase::first(s, tokens.start, tokens.end)?;
    let document = (subject.end..tokens.end).find(|&i| s.class(i).any(Class::DOCUMENT))?;
    let near = document <= subject.end + 6 && s.kind(document) == Kind::Lower;
    let cue = Some(Range::new(document, document + 1));
    near.then_some(Attribution { source: subject, cue, rule: &PREVIOUS_SENTENCE, weak: false })
}
