//! Detects facts in a sentence that only one of several outlets reports.
//!
//! A sentence is supported if another independent article contains at least half of its content words and numbers in
//! one sentence or in two adjacent ones. A sentence without support is marked only if that is informative: at least
//! three independent outlets report the story, and the sentence contains a figure in digits that none of the other
//! articles contains. A name that no other article contains is not enough, because others may refer to the same thing
//! in other words ("the Sunshine State").

use crate::article::ArticleIx;
use crate::identity::facts::Facts;
use crate::stories::Story;
use crate::summary::SentenceRef;
use crate::text::{Collection, Sentence, TermId, TokenKind};

/// The share of a sentence's terms that another article must contain for the sentence to count as supported.
const SUPPORT: f64 = 0.5;

/// The minimum number of outlets that must report a story before a fact from only one of them is marked.
const LEAST_OUTLETS: usize = 3;

/// Returns whether a fact of a sentence comes from a single outlet, although at least three outlets report the story.
pub(crate) fn is_single_source(collection: &Collection, story: &Story, at: SentenceRef) -> bool {
    if story.witnesses < LEAST_OUTLETS {
        return false;
    }
    let others: Vec<ArticleIx> = story
        .independent()
        .into_iter()
        .filter(|&a| !story.are_one_witness(a, at.article))
        .collect();
    let terms = terms_of(collection, at.article, &sentence(collection, at));
    !others.is_empty()
        && has_figure_of_its_own(collection, at, &others)
        && !others.iter().any(|&other| supports(collection, other, &terms))
}

/// Returns whether a sentence contains a figure that no other article contains.
fn has_figure_of_its_own(collection: &Collection, at: SentenceRef, others: &[ArticleIx]) -> bool {
    let text = collection.sentence_text(at.article, at.sentence);
    let facts = Facts::from_text(text, collection.articles[at.article].lang);
    let lower = |&a: &ArticleIx| {
        let article = &collection.articles[a];
        format!("{} {}", article.title, article.text).to_lowercase()
    };
    let others: Vec<String> = others.iter().map(lower).collect();
    let is_part = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let has = |text: &String, word: &str| {
        text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).and_then(|t| t.chars().next_back());
            let after = text.get(at + word.len()..).and_then(|t| t.chars().next());
            !is_part(before) && !is_part(after)
        })
    };
    facts.has_figure_missing_in(|word| others.iter().any(|text| has(text, word)))
}

fn sentence(collection: &Collection, at: SentenceRef) -> Sentence {
    collection.corpus.documents[at.article].sentences[at.sentence]
}

fn supports(collection: &Collection, article: ArticleIx, terms: &[TermId]) -> bool {
    let needed = (terms.len() as f64 * SUPPORT).max(1.0);
    let mut before: Vec<TermId> = Vec::new();
    for other in &collection.corpus.documents[article].sentences {
        let own = terms_of(collection, article, other);
        let shared = terms
            .iter()
            .filter(|t| own.binary_search(t).is_ok() || before.binary_search(t).is_ok())
            .count();
        if shared as f64 >= needed {
            return true;
        }
        before = own;
    }
    false
}

/// Returns the distinct content terms of a sentence, sorted.
pub(super) fn terms_of(
    collection: &Collection,
    article: ArticleIx,
    sentence: &Sentence,
) -> Vec<TermId> {
    let tokens = collection.corpus.documents[article].tokens_of(sentence).iter();
    let mut terms: Vec<TermId> = tokens
        .filter(|t| t.kind != TokenKind::Stop)
        .map(|t| collection.corpus.id(article, t.term))
        .collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}
