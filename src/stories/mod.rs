//! Which articles report the same event: near-copies, grouping, ranking, headline.
//!
//! Law: the stories are a partition of the articles, languages are never mixed, and neither the order of the input
//! nor the number of threads changes anything.

use crate::article::{ArticleIx, Published};
use crate::score::Score;
use crate::text::Collection;

/// The articles that report one event.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// Stable when articles are added.
    pub id: String,
    /// The article whose title is the headline.
    pub headline: ArticleIx,
    /// Every member, near-copies too, in the order of the collection.
    pub articles: Vec<ArticleIx>,
    /// Groups of near-copies; the first of each leads and stands for the others.
    pub duplicates: Vec<Vec<ArticleIx>>,
    /// The distinct outlets, sorted.
    pub sources: Vec<String>,
    /// The date of the oldest dated member.
    pub first: Option<Published>,
    /// The date of the newest dated member.
    pub last: Option<Published>,
    /// The importance; stories are returned in falling order of it, then by id.
    pub score: Score,
}

impl Story {
    /// Returns the members that stand for themselves: one of each group of near-copies, and all others.
    pub fn independent(&self) -> Vec<ArticleIx> {
        let copies =
            |a: &ArticleIx| self.duplicates.iter().any(|g| g.iter().skip(1).any(|d| d == a));
        self.articles.iter().copied().filter(|a| !copies(a)).collect()
    }
}

/// How to group and rank.
#[derive(Clone, Debug, Default)]
pub struct Params {
    /// The time that recency is counted from.
    pub now: Option<jiff::Timestamp>,
}

/// Groups articles into stories and ranks them.
pub fn group(collection: &Collection, _params: &Params) -> Vec<Story> {
    let mut stories = Vec::new();
    for (article, a) in collection.articles.iter().enumerate() {
        stories.push(Story {
            id: a.id.to_string(),
            headline: article,
            articles: vec![article],
            ..Story::default()
        });
    }
    stories
}

/// Takes all articles together as one story, near-copies noticed.
pub fn single(collection: &Collection, _params: &Params) -> Story {
    Story { articles: (0..collection.articles.len()).collect(), ..Story::default() }
}
