//! The source is in the next sentence: `"…" "…," Lim said.`, `"…" Lim told the paper.`
//!
//! A sentence that refers to the quotation and names a person identifies the speaker: `So spoke Ana Lim.`, `The speaker
//! was Ana Lim.`, `C’est ainsi qu’Ana Lim a répondu.`, `A parlare è Ana Lim.`

use super::{Attribution, Context, NEXT_SENTENCE};
use crate::quotes::lexicon::Class;
use crate::quotes::narration::{Kind, Range, Skeleton};
use crate::quotes::noun_phrase;
use crate::quotes::reporting_clause;
use crate::quotes::rules::action_beat;
use crate::quotes::speakable;

/// The maximum number of words in a sentence that consists only of the source and its verb of saying, such as `Lim told
/// the paper.`
const MOST_WORDS: usize = 14;

/// Uses the source of a quotation that begins the next sentence, or the person whom the next sentence names as the
/// speaker.
pub(in crate::quotes) fn find(cx: &Context<'_>) -> Option<Attribution> {
    let s = cx.s;
    let next = cx.sentence + 1;
    if !cx.leads() || !cx.same_paragraph(next) || cx.after.indices().any(|i| s.tokens[i].is_word())
    {
        return None;
    }
    let tokens = s.sentences[next].tokens;
    if let Kind::Quote(region) = s.kind(tokens.start) {
        let found = cx.found.get(region as usize).copied().flatten()?;
        return Some(Attribution { rule: &NEXT_SENTENCE, ..found });
    }
    if let Some(found) = identified(s, tokens) {
        return Some(found);
    }
    let words = tokens.indices().filter(|&i| s.tokens[i].is_word()).count();
    let frame = reporting_clause::all(s, tokens).next()?;
    let source = frame.phrase()?;
    let closes = tokens.end.saturating_sub(frame.verb) <= 6;
    (words <= MOST_WORDS && closes && source.start == tokens.start).then_some(Attribution {
        source,
        cue: Some(Range::new(frame.verb, frame.verb + 1)),
        rule: &NEXT_SENTENCE,
        weak: false,
    })
}

/// The maximum number of tokens before the name in a sentence that identifies the speaker.
const MOST_LEAD: usize = 10;
/// The number of tokens after the name that are searched for its verb.
const MOST_TO_VERB: usize = 3;

/// Finds the person whom a sentence that refers to the preceding words names as their speaker.
fn identified(s: &Skeleton<'_>, tokens: Range) -> Option<Attribution> {
    let marked = |i: usize| s.tokens[i].is_quote() || s.kind(i) == Kind::Colon;
    if tokens.is_empty() || tokens.indices().any(marked) {
        return None;
    }
    let most = tokens.end.min(tokens.start + 1 + MOST_LEAD);
    let source = (tokens.start + 1..most).find_map(|at| full_name_from(s, at, tokens.end))?;
    let lead = Range::new(tokens.start, source.start);
    let common = s.lexicon.capitalizes_nouns();
    let given = |i: usize| s.class(i).any(Class::GIVEN) || !common;
    if lead.indices().skip(1).any(|i| s.tokens[i].is_name_like() && given(i)) {
        return None;
    }
    let cue =
        answers(s, lead).or_else(|| cleft(s, lead, source.end)).or_else(|| copula(s, lead))?;
    let cue = Some(Range::new(cue, cue + 1));
    Some(Attribution { source, cue, rule: &NEXT_SENTENCE, weak: false })
}

/// Returns the phrase that begins at `at`, if it contains the full name of a person.
fn full_name_from(s: &Skeleton<'_>, at: usize, hi: usize) -> Option<Range> {
    let begins = Class::DETERMINER
        .with(Class::ELISION)
        .with(Class::ROLE)
        .with(Class::RANK)
        .with(Class::HONORIFIC)
        .with(Class::MODIFIER);
    if !s.tokens[at].is_name_like() && !s.class(at).any(begins) || s.class(at).any(Class::REFLEXIVE)
    {
        return None;
    }
    let source = noun_phrase::right(s, at, hi)?;
    let head = speakable::head(s, source);
    let full = |i: usize| {
        s.tokens[i].is_name_like() && i + 1 < source.end && s.tokens[i + 1].is_name_like()
    };
    let near = head.end.max(head.start + 1).min(source.end);
    let somebody = action_beat::is_somebody(s, source) || action_beat::is_somebody(s, head);
    let apposed = source.indices().find(|&i| s.kind(i) == Kind::Comma).is_some_and(|i| full(i + 1));
    (((source.start..near).any(full) || apposed) && somebody).then_some(source)
}

/// Returns the verb of `So spoke Lim`, `Così ha risposto Lim`, `Ainsi parle Lim`: a word that refers to the quotation
/// is next to a verb of saying; or the noun of `With these words Lim left`.
fn answers(s: &Skeleton<'_>, lead: Range) -> Option<usize> {
    let first = lead.start + usize::from(s.class(lead.start).any(Class::PREPOSITION));
    if !s.class(first).any(Class::BACKWARD) || first + 1 >= lead.end {
        return None;
    }
    let spoken = Some(first + 1).filter(|&i| s.class(i).any(Class::UTTERANCE));
    let verb = || reporting_clause::leading_verb(s, first + 1, lead.end);
    spoken.filter(|_| lead.end <= first + 3).or_else(|| verb().filter(|_| first == lead.start))
}

/// Returns the verb of `That was how Lim replied`, `C’est ainsi que Lim a répondu`.
fn cleft(s: &Skeleton<'_>, lead: Range, after: usize) -> Option<usize> {
    let points = s.class(lead.start).any(Class::BACKWARD);
    let be = lead.indices().any(|i| s.class(i).any(Class::BE) || s.word(i).ends_with("est"));
    let after = after + usize::from(s.kind(after) == Kind::Comma);
    let mut near = after..s.tokens.len().min(after + MOST_TO_VERB);
    let verb = near.find(|&i| s.kind(i) == Kind::Lower && s.class(i).any(Class::VERB))?;
    (points && be).then_some(verb)
}

/// Returns the word for speaking in `The speaker was Lim`, `A parlare è Lim`, `Der das sagt, heißt Lim`, `Ces mots sont
/// de Lim`: a copula or a preposition links it to the name, and at most two unknown words precede the name.
fn copula(s: &Skeleton<'_>, lead: Range) -> Option<usize> {
    let last = lead.end.checked_sub(1).filter(|&i| i > lead.start)?;
    let links = Class::BE
        .with(Class::GENITIVE)
        .with(Class::LABEL)
        .with(Class::RELATIVE)
        .with(Class::BY)
        .with(Class::FINITE);
    let points = s.class(lead.start).any(Class::BACKWARD)
        && lead.indices().any(|i| s.class(i).any(Class::BE) || s.word(i).ends_with("est"));
    let named = points || s.class(last).any(links) || s.word(last) == "from";
    let speaks = |i: usize| s.class(i).any(Class::FRAME.with(Class::UTTERANCE));
    let spoken = (lead.start..last + usize::from(points)).find(|&i| speaks(i))?;
    let unknown = |i: &usize| {
        let class = s.class(*i);
        s.tokens[*i].is_word() && class.is_unknown() && !class.any(Class::UTTERANCE)
    };
    let begins = Class::DETERMINER.with(Class::RELATIVE).with(Class::BACKWARD);
    // `Sono parole di Ana Lim`
    let be = s.lexicon.drops_subjects() && s.class(lead.start).any(Class::BE);
    let infinitive =
        s.class(lead.start).any(Class::PREPOSITION) && s.class(lead.start + 1).any(Class::BASE);
    let pronoun = s.class(lead.start).is_unknown() && s.class(lead.start + 1).any(Class::RELATIVE);
    let refers = s.class(lead.start).any(begins) || be || infinitive || pronoun;
    let past =
        lead.indices().any(|i| s.class(i).is_unknown() && s.lexicon.ends_like_past(s.word(i)));
    (named && refers && !past && lead.indices().filter(unknown).count() <= 2).then_some(spoken)
}
