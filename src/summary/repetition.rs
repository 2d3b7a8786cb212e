//! Sentences that tell again what another one tells, in much the same words.
//!
//! Two outlets report one fact: nearly all content words of one sentence stand in the other, and what it has besides is
//! no number and no name. Coverage alone does not see it, as a few other words add something wherever a budget has
//! room.
//!
//! Known limits: the same fact in other words throughout is not seen; numbers written as words count as words.

use crate::summary::concepts::Concept;
use crate::summary::pool::Pool;
use crate::text::{TermId, Token, TokenKind};

/// The share of a sentence's content words that stand in the other where it repeats it.
const LEAST_SHARED: f64 = 0.75;

/// Fewest content words of a sentence that can be told to repeat another.
const FEWEST_WORDS: usize = 3;

/// Returns whether one of two entries repeats the other: the first adds nothing to the second, or little where it has
/// the second within it.
pub(crate) fn repeats(pool: &Pool<'_>, entry: usize, told: usize) -> bool {
    let (own, other) = (n_words(pool, entry), n_words(pool, told));
    let shared = own - other_words(pool, entry, told).count();
    is_most(shared, own) && tells_no_other(pool, entry, told)
        || is_most(shared, other) && own <= 2 * shared && tells_no_other(pool, told, entry)
}

/// Returns whether shared words are nearly all that there are.
fn is_most(shared: usize, all: usize) -> bool {
    FEWEST_WORDS <= all && LEAST_SHARED * all as f64 <= shared as f64
}

/// Returns whether a sentence has no number and no name that the other has not.
fn tells_no_other(pool: &Pool<'_>, entry: usize, other: usize) -> bool {
    let others: Vec<TermId> = other_words(pool, entry, other)
        .filter_map(|word| match pool.concepts.get(word) {
            Concept::Word(term) => Some(term),
            Concept::Pair(..) => None,
        })
        .collect();
    let at = pool.entries[entry].at;
    let Pool { collection, .. } = pool;
    let text = &collection.articles[at.article].text;
    let document = &collection.corpus.documents[at.article];
    let is_name = |token: &Token| token.span.of(text).starts_with(char::is_uppercase);
    let tokens = document.tokens_of(&document.sentences[at.sentence]);
    !tokens.iter().enumerate().any(|(place, token)| {
        others.contains(&collection.corpus.id(at.article, token.term))
            && (token.kind == TokenKind::Number || place > 0 && is_name(token))
    })
}

fn n_words(pool: &Pool<'_>, entry: usize) -> usize {
    pool.concepts.words_of(entry).count()
}

/// The distinct content words of an entry that another one has not.
fn other_words(pool: &Pool<'_>, entry: usize, other: usize) -> impl Iterator<Item = u32> {
    let mut theirs = pool.concepts.words_of(other).map(|(word, _)| word).peekable();
    pool.concepts.words_of(entry).map(|(word, _)| word).filter(move |&word| {
        while theirs.next_if(|&their| their < word).is_some() {}
        theirs.peek() != Some(&word)
    })
}
