//! The lede of a story: the one sentence that reports the event of the headline.
//!
//! Each word of the titles weighs as much as the share of titles that contain it, the title of the headline counting
//! twice; each word of the ledes as much as the share of ledes that contain it, if at least two do. A sentence scores by
//! the share of both weights that it covers, and less for each sentence before it. Baselines that take the first
//! sentence (Nenkova 2005) fail on feature ledes, captions and background openings, none of which resembles the titles.
//!
//! Known limits: a title that teases ("What he said next") has no word of the event, and then the position decides.

use rustc_hash::FxHashMap;

use crate::summary::candidate_set::CandidateSet;
use crate::summary::feature::position;
use crate::summary::problem::Problem;
use crate::text::{TermId, TokenKind};

/// How much the place of a sentence counts.
const LEAD_STRENGTH: f64 = 0.2;

/// Sentences at the start of an article that count as its lede.
const OPENING: usize = 2;

/// Returns the candidate that reports the event of the headline, among those that fit the budget and need no context.
pub(crate) fn lede(problem: &Problem<'_, '_>) -> Option<usize> {
    let set = problem.set;
    let (titles, ledes) = (title_weights(set), lede_weights(set));
    let mut best: Option<(f64, usize)> = None;
    for bundle in problem.bundles.iter().filter(|b| b.first == b.last) {
        let candidate = bundle.last;
        let slice = set.candidates[candidate].slice;
        let fits = problem.costs[candidate] <= problem.room.limit
            && set.candidates[candidate].words <= problem.most_words[slice];
        let likeness = 1.0 + covered(set, &titles, candidate) + covered(set, &ledes, candidate);
        let score = likeness * position::factor(set.place(candidate) as f64, LEAD_STRENGTH);
        if fits && best.is_none_or(|(most, _)| most < score) && problem.admits(*bundle) {
            best = Some((score, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Weights of terms that sum to 1.
type Weights = FxHashMap<TermId, f64>;

/// The weight of each content word of the titles.
fn title_weights(set: &CandidateSet<'_>) -> Weights {
    let corpus = &set.collection.corpus;
    let title = |article: usize| {
        let tokens = corpus.documents[article].title.iter();
        distinct(tokens.filter(|t| t.kind != TokenKind::Stop).map(|t| corpus.id(article, t.term)))
    };
    let titles = set.articles.iter().map(|a| a.article).chain([set.headline]);
    normalized(titles.map(title), 1)
}

/// The weight of each content word of the openings that several articles have.
fn lede_weights(set: &CandidateSet<'_>) -> Weights {
    let corpus = &set.collection.corpus;
    let openings = set.articles.iter().map(|slice| {
        let tokens = set.candidates[slice.first..slice.end].iter().take(OPENING).flat_map(|c| {
            let document = &corpus.documents[c.at.article];
            document.tokens_of(&document.sentences[c.at.sentence])
        });
        let content = tokens.filter(|t| t.kind != TokenKind::Stop);
        distinct(content.map(|t| corpus.id(slice.article, t.term)))
    });
    normalized(openings, 2)
}

fn distinct(terms: impl Iterator<Item = TermId>) -> Vec<TermId> {
    let mut terms: Vec<TermId> = terms.collect();
    terms.sort_unstable();
    terms.dedup();
    terms
}

/// Counts each term once for each text, and scales the counts of those in at least so many texts to a sum of 1.
fn normalized(texts: impl Iterator<Item = Vec<TermId>>, least: usize) -> Weights {
    let mut all: Vec<TermId> = texts.flatten().collect();
    all.sort_unstable();
    let runs = || all.chunk_by(|a, b| a == b).filter(|run| least <= run.len());
    let sum = runs().map(<[TermId]>::len).sum::<usize>().max(1) as f64;
    runs().map(|run| (run[0], run.len() as f64 / sum)).collect()
}

/// The share of some weights that the words of a candidate cover.
fn covered(set: &CandidateSet<'_>, weights: &Weights, candidate: usize) -> f64 {
    let corpus = &set.collection.corpus;
    let at = set.candidates[candidate].at;
    let document = &corpus.documents[at.article];
    let tokens = document.tokens_of(&document.sentences[at.sentence]).iter();
    let terms = distinct(tokens.map(|t| corpus.id(at.article, t.term)));
    terms.iter().filter_map(|term| weights.get(term)).sum()
}
