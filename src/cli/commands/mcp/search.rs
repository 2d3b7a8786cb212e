//! Searches sentences with BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
//! 2009). Each sentence counts as a document, but the document frequency of a term is the number of articles that
//! contain it.

use nutgraf::article::Article;
use nutgraf::briefing::Excerpt;
use nutgraf::score::{Score, ln};
use nutgraf::span::CodePoints;
use nutgraf::text::{Collection, TokenKind, annotate};

/// The BM25 parameter that determines how soon further occurrences of a term in a sentence add little to its score; the
/// value is in the range that the authors recommend.
const K1: f64 = 1.2;

/// The BM25 parameter that determines how strongly the length of a sentence lowers or raises its score; the value is in
/// the range that the authors recommend.
const B: f64 = 0.75;

/// Returns up to `limit` of the sentences that best match a query, the best first.
pub(super) fn sentences(collection: &Collection, query: &str, limit: usize) -> Vec<Excerpt> {
    let documents = &collection.corpus.documents;
    let n_sentences: usize = documents.iter().map(|d| d.sentences.len()).sum();
    let n_tokens: usize = documents.iter().map(|d| d.tokens.len()).sum();
    let mean = n_tokens as f64 / n_sentences.max(1) as f64;
    let mut hits = Vec::new();
    for (article, document) in documents.iter().enumerate() {
        let rarity = |term: String| {
            let frequency = frequency(collection, &term);
            (term, ln(1.0 + (documents.len() as f64 + 0.5) / (frequency + 0.5)))
        };
        let wanted: Vec<(String, f64)> =
            terms(collection, article, query).into_iter().map(rarity).collect();
        for (at, sentence) in document.sentences.iter().enumerate() {
            let tokens = document.tokens_of(sentence);
            let norm = K1 * (1.0 - B + B * tokens.len() as f64 / mean);
            let score: f64 = wanted
                .iter()
                .map(|(term, rarity)| {
                    let n = tokens.iter().filter(|t| document.term(t.term) == term).count() as f64;
                    rarity * n * (K1 + 1.0) / (n + norm)
                })
                .sum();
            if score > 0.0 {
                hits.push((Score::new(score), article, at));
            }
        }
    }
    hits.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    hits.truncate(limit);
    hits.into_iter().map(|(_, article, at)| excerpt(collection, article, at)).collect()
}

/// Returns the content terms of a query, analyzed in the language of an article.
fn terms(collection: &Collection, article: usize, query: &str) -> Vec<String> {
    let asked = Article {
        lang: collection.articles[article].lang,
        title: query.to_owned(),
        ..Article::default()
    };
    let document = annotate(&asked);
    let content = document.title.iter().filter(|t| t.kind != TokenKind::Stop);
    let mut terms: Vec<String> = content.map(|t| document.term(t.term).to_owned()).collect();
    terms.sort();
    terms.dedup();
    terms
}

/// Returns the number of articles that contain a term.
fn frequency(collection: &Collection, term: &str) -> f64 {
    let has = |d: &&nutgraf::text::Document| d.terms().any(|t| t == term);
    collection.corpus.documents.iter().filter(has).count() as f64
}

fn excerpt(collection: &Collection, article: usize, at: usize) -> Excerpt {
    let span = collection.corpus.documents[article].sentences[at].span;
    let source = &collection.articles[article];
    let [start, end] = CodePoints::new(&source.text).span(span);
    Excerpt {
        article: source.id.to_string(),
        start,
        end,
        text: span.slice(&source.text).to_owned(),
    }
}
