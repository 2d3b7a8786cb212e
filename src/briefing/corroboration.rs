//! Whether other sources of a story say what a sentence says.
//!
//! A sentence is taken as supported where one or two neighbouring sentences of another independent source hold at
//! least half of its content words and numbers. That finds retellings in other words only as far as the names, figures
//! and stems stay the same: it is a mark for the reader, no proof.

use crate::article::ArticleIx;
use crate::stories::Story;
use crate::summary::SentenceRef;
use crate::text::{Collection, Sentence, TermId, TokenKind};

/// The share of a sentence's terms that another source must have for the sentence to count as supported.
const SUPPORT: f64 = 0.5;

/// Returns whether no independent source of the story but the sentence's own says what the sentence says; never where
/// the story has one source only.
pub(crate) fn is_single_source(collection: &Collection, story: &Story, at: SentenceRef) -> bool {
    let others: Vec<ArticleIx> = story
        .independent()
        .into_iter()
        .filter(|&a| source_key(collection, a) != source_key(collection, at.article))
        .filter(|&a| !are_copies(story, a, at.article))
        .collect();
    let terms = terms_of(collection, at.article, &sentence(collection, at));
    !others.is_empty() && !others.iter().any(|&other| supports(collection, other, &terms))
}

/// What two articles of one source have in common: the outlet, or the article itself where none is known.
pub(super) fn source_key(collection: &Collection, article: ArticleIx) -> &str {
    let article = &collection.articles[article];
    article.outlet().unwrap_or(article.id.as_str())
}

fn are_copies(story: &Story, a: ArticleIx, b: ArticleIx) -> bool {
    story.duplicates.iter().any(|group| group.contains(&a) && group.contains(&b))
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

/// The content terms of a sentence, sorted, each once.
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
