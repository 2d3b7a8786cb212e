//! Sentences that tell again what another one tells, in the same words.
//!
//! Two outlets report one fact: every content word of one sentence stands in the other. Coverage alone does not see it,
//! as a new order of the words adds something wherever a budget has room. Where one of them denies and the other does
//! not, they tell the opposite; in a language whose words of denial are not known, the small words must be the same.
//!
//! Known limits: the same fact in other words; the same words in another order, with another meaning ("Lenn beat Orra").

use crate::summary::candidate_set::CandidateSet;
use crate::text::packs::{self, WordSet};
use crate::text::{TermId, TokenKind};

/// Fewest content words of a sentence that can be told to repeat another.
const FEWEST_WORDS: usize = 3;

/// Returns whether one of two entries repeats the other: the first adds nothing to the second, or little where it has
/// the second within it.
pub(crate) fn repeats(set: &CandidateSet<'_>, entry: usize, told: usize) -> bool {
    let (own, other) = (n_words(set, entry), n_words(set, told));
    let stands_in = is_within(set, entry, told);
    let holds = || own <= 2 * other && is_within(set, told, entry);
    FEWEST_WORDS <= own.min(other) && (stands_in || holds()) && !is_denied(set, entry, told)
}

fn n_words(set: &CandidateSet<'_>, entry: usize) -> usize {
    set.concepts.words_of(entry).count()
}

/// Returns whether every content word of an entry stands in another one.
fn is_within(set: &CandidateSet<'_>, entry: usize, other: usize) -> bool {
    let mut theirs = set.concepts.words_of(other).map(|(word, _)| word).peekable();
    set.concepts.words_of(entry).all(|(word, _)| {
        while theirs.next_if(|&their| their < word).is_some() {}
        theirs.peek() == Some(&word)
    })
}

/// Returns whether one of two entries denies, and not the other.
fn is_denied(set: &CandidateSet<'_>, a: usize, b: usize) -> bool {
    let [a, b] = [a, b].map(|entry| {
        let at = set.candidates[entry].at;
        let data = packs::discourse(set.collection.corpus.documents[at.article].language);
        small_words(set, entry, data.map(|data| &data.denials))
    });
    a != b
}

/// The distinct small words of an entry, sorted; those that deny alone, where these are known.
fn small_words(set: &CandidateSet<'_>, entry: usize, denials: Option<&WordSet>) -> Vec<TermId> {
    let at = set.candidates[entry].at;
    let corpus = &set.collection.corpus;
    let document = &corpus.documents[at.article];
    let text = &set.collection.articles[at.article].text;
    let tokens = document.tokens_of(&document.sentences[at.sentence]).iter();
    let denials = denials.filter(|denials| !denials.is_empty());
    let denies = |word: &str| {
        let word = word.to_lowercase().replace('’', "'");
        word.ends_with("n't") || denials.is_some_and(|denials| denials.contains(&word))
    };
    let small = tokens.filter(|token| match denials {
        Some(_) => denies(token.span.of(text)),
        None => token.kind == TokenKind::Stop,
    });
    let mut terms: Vec<TermId> = small.map(|t| corpus.id(at.article, t.term)).collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}
