//! Definite noun phrases: sentences that start with a phrase such as "The fire, which …" as if the reader already knew
//! about the fire, although the summary has not mentioned it.
//!
//! The noun phrase consists of the words between the article ("the") and the verb. It dangles if earlier sentences of
//! the news article contain all its words, so that a reader of the whole article knows the referent, but the other
//! sentences of the summary do not. A phrase with a capitalized word is a name and is ignored.
//!
//! Languages that also use the definite article with generic nouns, such as Greek and French, are skipped: the section
//! `habits` of their `discourse.txt` lacks `known_by_article`.
//!
//! Known limits: a phrase is not detected if the language has no separate definite article, if the phrase is not at the
//! start of its sentence, or if the news article first named the referent with a different word ("a fire", then "the
//! blaze").

use crate::summary::candidate_set::CandidateSet;
use crate::summary::concepts::Concept;
use crate::text::packs;
use crate::text::{TermId, TokenKind};

/// The maximum number of words in the noun phrase.
const LONGEST_THING: usize = 4;

/// Returns the entries of a selection that start with a definite noun phrase known from their article but not from the
/// other entries.
pub(crate) fn hanging(set: &CandidateSet<'_>, selection: &[usize]) -> Vec<usize> {
    let told = |word: &u32, by: usize| set.concepts.in_sentence(by).binary_search(word).is_ok();
    let hangs = |&entry: &usize| {
        let thing = thing(set, entry);
        let shown = |word: &u32| selection.iter().any(|&e| e != entry && told(word, e));
        let before = set.articles[set.candidates[entry].slice].first..entry;
        !thing.is_empty()
            && !thing.iter().all(shown)
            && thing.iter().all(|word| before.clone().any(|e| told(word, e)))
    };
    selection.iter().copied().filter(hangs).collect()
}

/// Returns whether an entry starts with a definite noun phrase known from its article but neither from the entries
/// shown before it nor from the headline, whose terms are sorted.
pub(crate) fn takes_as_known(
    set: &CandidateSet<'_>,
    entry: usize,
    before: &[usize],
    headline: &[TermId],
) -> bool {
    let selection: Vec<usize> = before.iter().copied().chain([entry]).collect();
    let in_headline = |word: &u32| match set.concepts.get(*word) {
        Concept::Word(term) => headline.binary_search(&term).is_ok(),
        Concept::Pair(..) => false,
    };
    hanging(set, &selection).contains(&entry) && !thing(set, entry).iter().all(in_headline)
}

/// Returns the concepts of the definite noun phrase at the start of an entry; none if there is no such phrase.
fn thing(set: &CandidateSet<'_>, entry: usize) -> Vec<u32> {
    let at = set.candidates[entry].at;
    let corpus = &set.collection.corpus;
    let document = &corpus.documents[at.article];
    let Some(data) = packs::discourse(document.language) else { return Vec::new() };
    let text = &set.collection.articles[at.article].text;
    let tokens = document.tokens_of(&document.sentences[at.sentence]);
    let Some((first, rest)) = tokens.split_first() else { return Vec::new() };
    if !data.known_by_article || !data.definite.contains(&first.span.slice(text).to_lowercase()) {
        return Vec::new();
    }
    let mut thing = Vec::new();
    let mut end = first.span.end();
    for token in rest.iter().take(LONGEST_THING) {
        let word = token.span.slice(text);
        let is_verb = |ending: &&str| !thing.is_empty() && word.ends_with(*ending);
        let goes_on = token.span.start() <= end + 1 && token.kind == TokenKind::Word;
        if !goes_on || data.verbs.contains(word) || data.verb_endings.iter().any(is_verb) {
            break;
        }
        if word.starts_with(char::is_uppercase) {
            return Vec::new();
        }
        let term = Concept::Word(corpus.id(at.article, token.term));
        let mut words = set.concepts.words_of(entry);
        thing.extend(words.find(|(word, _)| set.concepts.get(*word) == term).map(|(word, _)| word));
        end = token.span.end();
    }
    thing
}
