//! Which articles report the same event: near-copies, grouping, ranking, headline.
//!
//! Law: the stories are a partition of the articles, languages are never mixed, and neither the order of the input
//! nor the number of threads changes anything.

mod background;
mod expansion;
mod grouping;
mod linkage;
mod near_copies;
mod neighbours;
mod vector;

use crate::article::{ArticleIx, Published};
use crate::score::Score;
use crate::text::Collection;

pub use expansion::Expansion;
pub use grouping::Grouping;
pub use linkage::Linkage;
pub use near_copies::NearCopies;
pub use neighbours::Search;
pub use vector::Weights;

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
    /// How articles are grouped.
    pub grouping: Grouping,
}

/// Groups articles into stories and ranks them.
pub fn group(collection: &Collection, params: &Params) -> Vec<Story> {
    let groups = grouping::group(collection, &params.grouping);
    let mut stories: Vec<Story> = groups.into_iter().map(|g| story(collection, g)).collect();
    stories.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    stories
}

/// Takes all articles together as one story, near-copies noticed.
pub fn single(collection: &Collection, params: &Params) -> Story {
    story(collection, grouping::all(collection, &params.grouping))
}

fn story(collection: &Collection, group: grouping::Group) -> Story {
    let members = || group.articles.iter().map(|&a| &collection.articles[a]);
    let mut sources: Vec<String> = members().filter_map(|a| a.outlet()).map(Into::into).collect();
    sources.sort_unstable();
    sources.dedup();
    let dates = || members().filter_map(|a| a.published);
    let first_id = members().map(|a| &a.id).min();
    Story {
        id: first_id.map(ToString::to_string).unwrap_or_default(),
        headline: group.articles.first().copied().unwrap_or_default(),
        first: dates().min_by_key(|d| d.timestamp()),
        last: dates().max_by_key(|d| d.timestamp()),
        score: Score::new(sources.len() as f64 + group.articles.len() as f64 / 1000.0),
        sources,
        articles: group.articles,
        duplicates: group.duplicates,
    }
}
