//! The sentences that stand for a story: features, weights, selection, order.
//!
//! Law: within budget, no sentence twice, the order of the input irrelevant, the explanation sums to the score.

use crate::article::ArticleIx;
use crate::budget::Budget;
use crate::score::Score;
use crate::stories::Story;
use crate::text::Collection;

/// How sentences are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    /// Coverage of concepts for several articles, the centroid for one.
    #[default]
    Auto,
    /// TF-IDF centroid with position and maximal marginal relevance.
    TfIdf,
    /// LexRank over a sparse similarity graph.
    LexRank,
    /// The first sentences.
    Lead,
}

/// How to summarize.
#[derive(Clone, Debug, Default)]
pub struct Params {
    /// How sentences are chosen.
    pub method: Method,
    /// How much an early place in an article counts, from 0; nothing for the default of the method.
    pub lead_strength: Option<f64>,
    /// Words of the topic that the summary is bent towards.
    pub topic: Option<String>,
    /// Sentences that must not be chosen, sorted.
    pub without: Vec<SentenceRef>,
}

/// A sentence by its place: which article, and which sentence of that article's document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SentenceRef {
    /// The article.
    pub article: ArticleIx,
    /// The sentence of its document.
    pub sentence: usize,
}

/// The chosen sentences, in the order in which they read.
#[derive(Clone, Debug, Default)]
pub struct Extract {
    /// The sentences.
    pub sentences: Vec<Chosen>,
    /// What they cost together in the units of the budget.
    pub used: usize,
}

/// One chosen sentence.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// Which sentence.
    pub at: SentenceRef,
    /// Its gain when it was chosen.
    pub score: Score,
    /// How the score came about.
    pub explanation: Explanation,
}

/// A score as a formula: the terms sum to the gain, the gain times the factors is the score.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
pub struct Explanation {
    /// What counted, with its weight.
    pub terms: Vec<(String, f64)>,
    /// What the sum is multiplied by.
    pub factors: Vec<(String, f64)>,
    /// The score.
    pub score: f64,
}

/// Chooses the sentences of a story within a budget.
pub fn summarize(
    collection: &Collection,
    story: &Story,
    budget: Budget,
    params: &Params,
) -> Extract {
    let mut extract = Extract::default();
    for article in story.independent() {
        for sentence in 0..collection.corpus.documents[article].sentences.len() {
            let cost = budget.cost(collection.sentence_text(article, sentence));
            let at = SentenceRef { article, sentence };
            let free = params.without.binary_search(&at).is_err();
            if free && extract.used + cost <= budget.limit() {
                extract.used += cost;
                extract.sentences.push(Chosen {
                    at,
                    score: Score::default(),
                    explanation: Explanation::default(),
                });
            }
        }
    }
    extract
}
