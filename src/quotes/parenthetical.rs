//! Attributions inside quotation marks, as printed in Russian, Italian, French and other newspapers.
//!
//! * Between dashes: `«Мост надёжен, — сказал Орлов, — и таким останется»`, `«Non è finita - ha detto Sarti - e …»`.
//! * After a question mark or another end mark: `— Pourquoi ? a demandé le juge.`
//! * After a comma, in French: `« C'est fini, a soupiré Claire Monnet. On n'a plus de lits. »`
//!
//! The words in between are an attribution only if they start with a reporting verb, preceded by at most two
//! auxiliaries, pronouns or adverbs, and a possible subject is near the verb.
//!
//! Known limit: of several attributions inside one pair of marks, only the first is found.

use crate::quotes::lexicon::{Class, Lexicon};
use crate::quotes::narration::{Kind, Range, Token};

/// The maximum number of tokens in an attribution inside the marks.
const MOST: usize = 24;
/// The number of tokens at the start of an attribution that are searched for its verb.
const BEFORE_VERB: usize = 3;

/// Returns the tokens of the first attribution, including the dash before it and the punctuation after it.
pub(super) fn find(lexicon: &Lexicon, words: &[Token]) -> Option<Range> {
    let commas = lexicon.inserts_after_commas();
    let lower = |next: Option<&Token>| next.is_some_and(|next| next.kind == Kind::Lower);
    (1..words.len()).find_map(|at| match words[at].kind {
        Kind::Dash => Some(Range::new(at, after_dash(words, at)?)),
        // `— Pourquoi ? a demandé le juge.`
        Kind::Stop if lower(words.get(at + 1)) => Some(Range::new(at + 1, after_dash(words, at)?)),
        // The quotation keeps its comma, as it does before a closing mark.
        Kind::Comma if commas => Some(Range::new(at + 1, after_comma(words, at)?)),
        _ => None,
    })
}

/// Returns the index of the comma after which the reporter resumes in an unclosed quotation: the one before `Lim said.`
/// or `said Lim.`
pub(super) fn reporter_returns(words: &[Token]) -> Option<usize> {
    let says = |w: &Token| w.kind == Kind::Lower && w.class.all(Class::FINITE.with(Class::CLAUSE));
    let names = |w: &Token| {
        w.class.any(Class::PRONOUN) && !w.class.any(Class::DETERMINER) || w.is_name_like()
    };
    (1..words.len()).find(|&comma| {
        let Some(next) = words.get(comma + 1).filter(|_| words[comma].kind == Kind::Comma) else {
            return false;
        };
        let straight =
            names(next) && words[comma + 2..].iter().take(3).find(|w| !names(w)).is_some_and(says);
        let inverted = says(next) && words.get(comma + 2).is_some_and(Token::is_name_like);
        straight || inverted
    })
}

/// Returns the end of an attribution that begins after a dash or end mark: after the next dash, or at the end of the
/// quotation.
fn after_dash(words: &[Token], dash: usize) -> Option<usize> {
    let verb = verb(words, dash + 1)?;
    let most = words.len().min(dash + MOST);
    let closing = (verb + 1..most).find(|&i| words[i].kind == Kind::Dash);
    let end = match closing {
        Some(i) => i + 1,
        None if most == words.len() => most,
        None => return None,
    };
    names_subject(words, verb, end).then_some(end)
}

/// Returns the end of an attribution that begins after a comma: after an end mark, after a comma that no apposition
/// follows, or at the end of the quotation.
fn after_comma(words: &[Token], comma: usize) -> Option<usize> {
    let verb = verb(words, comma + 1)?;
    let most = words.len().min(comma + MOST);
    let clause = Class::THAT
        .with(Class::COORDINATOR)
        .with(Class::SUBORDINATOR)
        .with(Class::PRONOUN)
        .with(Class::FIRST_PERSON)
        .with(Class::PREPOSITION);
    let ends = |i: &usize| match words[*i].kind {
        Kind::Stop => true,
        Kind::Comma => words.get(*i + 1).is_some_and(|next| next.class.any(clause)),
        _ => false,
    };
    let end =
        (verb + 1..most).find(ends).map(|i| i + 1).or((most == words.len()).then_some(most))?;
    names_subject(words, verb, end).then_some(end)
}

/// Returns the reporting verb among the first words of an attribution.
fn verb(words: &[Token], start: usize) -> Option<usize> {
    let mut auxiliary = false;
    for (i, word) in words.iter().enumerate().skip(start).take(BEFORE_VERB) {
        if word.kind != Kind::Lower {
            return None;
        }
        let participle = auxiliary && word.class.any(Class::PARTICIPLE);
        if word.class.any(Class::FINITE) && !word.class.any(Class::AUXILIARY) || participle {
            return Some(i);
        }
        auxiliary |= word.class.any(Class::AUXILIARY);
        if !word.class.any(Class::AUXILIARY.with(Class::PRONOUN).with(Class::ADVERB)) {
            return None;
        }
    }
    None
}

/// Returns whether one of the three words after the verb, or a pronoun before it, can name the speaker.
fn names_subject(words: &[Token], verb: usize, end: usize) -> bool {
    let subject =
        Class::DETERMINER.with(Class::PRONOUN).with(Class::SOURCE_NOUN).with(Class::ELISION);
    let mut after = words[verb + 1..end].iter().take(3);
    let before = verb.checked_sub(1).is_some_and(|i| words[i].class.any(Class::PRONOUN));
    before || after.any(|w| w.kind == Kind::Capital || w.class.any(subject))
}
