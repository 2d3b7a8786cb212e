//! News score: the share of the words of the story's titles and ledes that a sentence contains.
//!
//! The use of titles as a signal goes back to Edmundson 1969, "New methods in automatic extracting". Each content word
//! of the titles is weighted by the number of titles that contain it; the title that serves as the headline counts
//! twice. Each content word of the ledes is weighted by the number of ledes that contain it, if at least two do: these
//! are the words on which the outlets agree.
//!
//! ```text
//! titles(s)   = share of the weight of title words that s covers
//! headline(s) = share of the headline's words that s covers
//! ledes(s)    = share of the weight of lede words that s covers
//! factor(s)   = 1 + titles(s) + ledes(s)
//! ```
//!
//! The factor was tuned on two-, three-, five- and ten-article subsets of news in six languages; multiplying both
//! shares by any number between 0.5 and 2 gives about the same improvement.
//!
//! Known limit: a teasing title ("What he said next") contains no words about the event, so it does not raise the
//! scores of the sentences that report the event.

use crate::summary::candidate_set::CandidateSet;
use crate::text::{TermId, TokenKind};

/// The name of the factor in explanations.
pub(crate) const NAME: &str = "tells the news";

/// The number of sentences at the start of an article that count as its lede.
const OPENING: usize = 2;

/// The shares of the words of headline, titles and ledes that a candidate contains, each in `[0, 1]`.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct News {
    /// The share of the headline's words.
    pub(crate) headline: f64,
    /// The share of the weight of all title words.
    pub(crate) titles: f64,
    /// The share of the weight of the words that several ledes have in common.
    pub(crate) ledes: f64,
}

impl News {
    /// Returns the factor of the candidate.
    pub(crate) fn factor(self) -> f64 {
        1.0 + self.titles + self.ledes
    }
}

/// The words of the titles and ledes of a story.
#[derive(Debug, Default)]
pub(crate) struct NewsWords {
    /// The news score of each candidate.
    pub(crate) of_candidates: Vec<News>,
    /// For each word, indexed by its number, whether it occurs in a title or in several ledes.
    pub(crate) is_core: Vec<bool>,
}

impl NewsWords {
    /// Weights the words and scores each candidate.
    pub(crate) fn new(set: &CandidateSet<'_>) -> Self {
        let articles = set.articles.iter().map(|slice| slice.article);
        let titles: Vec<Vec<TermId>> =
            articles.chain([set.headline]).map(|article| title_terms(set, article)).collect();
        let mut terms = titles.concat();
        terms.sort_unstable();
        terms.dedup();
        let numbers = set.concepts.numbers_of(&terms);
        let numbered = |terms: &Vec<TermId>| -> Vec<u32> {
            terms.iter().filter_map(|term| numbers.get(term).copied()).collect()
        };
        let headline = weights(set, titles.last().into_iter().map(numbered), 1);
        let titles = weights(set, titles.iter().map(numbered), 1);
        let openings = set.articles.iter().map(|slice| {
            let opening = (slice.first..slice.end).take(OPENING);
            opening.flat_map(|c| set.concepts.words_of(c).map(|(word, _)| word)).collect()
        });
        let ledes = weights(set, openings, 2);
        let measure = |candidate: usize| {
            let mut news = News::default();
            for (word, _) in set.concepts.words_of(candidate) {
                news.headline += headline[word as usize];
                news.titles += titles[word as usize];
                news.ledes += ledes[word as usize];
            }
            news
        };
        let core = titles.iter().zip(&ledes).map(|(title, lede)| 0.0 < title + lede);
        Self {
            of_candidates: (0..set.candidates.len()).map(measure).collect(),
            is_core: core.collect(),
        }
    }
}

/// Returns the weight of each word: the number of texts that contain it if at least `least` do, otherwise 0. The
/// weights are scaled to sum to 1, unless all are 0.
fn weights(set: &CandidateSet<'_>, texts: impl Iterator<Item = Vec<u32>>, least: u32) -> Vec<f64> {
    let mut counts = vec![0_u32; set.concepts.n_words()];
    for mut words in texts {
        words.sort_unstable();
        words.dedup();
        for word in words {
            counts[word as usize] += 1;
        }
    }
    let counted = |count: u32| if least <= count { f64::from(count) } else { 0.0 };
    let sum: f64 = counts.iter().map(|&count| counted(count)).sum();
    counts.into_iter().map(|count| counted(count) / sum.max(1.0)).collect()
}

/// Returns the content words of an article's title.
fn title_terms(set: &CandidateSet<'_>, article: usize) -> Vec<TermId> {
    let corpus = &set.collection.corpus;
    let content = corpus.documents[article].title.iter().filter(|t| t.kind != TokenKind::Stop);
    content.map(|t| corpus.id(article, t.term)).collect()
}
