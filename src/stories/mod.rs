//! Which articles report the same event: near-copies, grouping, ranking, headline.
//!
//! Law: the stories are a partition of the articles, languages are never mixed, and neither the order of the input
//! nor the number of threads changes anything.
//!
//! [`grouping`] says which articles belong together ([`near_copies`], [`vector`], [`neighbours`], [`expansion`],
//! [`linkage`]), [`ranking`] which stories matter, [`headline`] under which title, [`reason`] why.

mod background;
mod expansion;
mod grouping;
mod headline;
mod linkage;
mod near_copies;
mod neighbours;
mod outlet;
mod ranking;
mod reason;
pub mod topic;
mod vector;

use crate::article::{ArticleIx, Published};
use crate::parallel;
use crate::score::Score;
use crate::text::Collection;

use grouping::Group;

pub use expansion::Expansion;
pub use grouping::Grouping;
pub use linkage::Linkage;
pub use near_copies::NearCopies;
pub use neighbours::Search;
pub use ranking::{Part, Rank, Ranking};
pub use reason::{Tie, ties};
pub use vector::Weights;

/// The articles that report one event.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// The id of the oldest member: stable when newer articles are added.
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
    /// The number of distinct outlets that have a text of their own: near-copies count once.
    pub outlets: usize,
    /// Why the story has its rank.
    pub rank: Rank,
    /// The importance; stories are returned in falling order of it, then by id.
    pub score: Score,
}

impl Story {
    /// Returns the members that stand for themselves: one of each group of near-copies, and all others.
    pub fn independent(&self) -> Vec<ArticleIx> {
        let mut led: Vec<ArticleIx> =
            self.duplicates.iter().flat_map(|g| g.iter().skip(1).copied()).collect();
        led.sort_unstable();
        self.articles.iter().copied().filter(|a| led.binary_search(a).is_err()).collect()
    }
}

/// How to group and rank.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Params {
    /// The time that recency is counted from.
    #[serde(skip)]
    pub now: Option<jiff::Timestamp>,
    /// How articles are grouped; the same for all who use one version.
    #[serde(skip)]
    pub grouping: Grouping,
    /// What makes a story important.
    pub ranking: Ranking,
}

/// Groups articles into stories and ranks them.
pub fn group(collection: &Collection, params: &Params) -> Vec<Story> {
    let groups = grouping::group(collection, &params.grouping);
    let now = ranking::now(collection, params.now);
    let mut stories =
        parallel::map_in_order(&groups, |group| story(collection, group, now, params));
    stories.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    stories
}

/// Takes all articles together as one story, near-copies noticed.
pub fn single(collection: &Collection, params: &Params) -> Story {
    let group = grouping::all(collection, &params.grouping);
    story(collection, &group, ranking::now(collection, params.now), params)
}

fn story(
    collection: &Collection,
    group: &Group,
    now: Option<jiff::Timestamp>,
    params: &Params,
) -> Story {
    let members = || group.articles.iter().map(|&a| &collection.articles[a]);
    let dates = || members().filter_map(|a| a.published);
    let mut story = Story {
        id: oldest(collection, &group.articles),
        articles: group.articles.clone(),
        duplicates: group.duplicates.clone(),
        sources: sources(collection, &group.articles),
        first: dates().min_by_key(|d| (d.timestamp(), d.to_string())),
        last: dates().max_by_key(|d| (d.timestamp(), d.to_string())),
        ..Story::default()
    };
    let independent = story.independent();
    story.headline = headline::choose(collection, &group.articles, &independent);
    story.outlets = ranking::n_outlets(collection, &independent);
    story.rank = ranking::rank(collection, group, &independent, now, &params.ranking);
    story.score = story.rank.score();
    story
}

/// The id of the oldest dated member, of the first by id where none is dated.
///
/// News come in as time goes by, so that what is added is as a rule newer than what there was. An id made of all
/// members, or of the most central one, would change with every article.
fn oldest(collection: &Collection, articles: &[ArticleIx]) -> String {
    let age = |&&a: &&ArticleIx| {
        let article = &collection.articles[a];
        let date = article.published.map(Published::timestamp);
        (date.is_none(), date, &article.id)
    };
    let oldest = articles.iter().min_by_key(age);
    oldest.map(|&a| collection.articles[a].id.to_string()).unwrap_or_default()
}

/// The distinct outlets under their shortest names, sorted.
fn sources(collection: &Collection, articles: &[ArticleIx]) -> Vec<String> {
    let articles = articles.iter().map(|&a| &collection.articles[a]);
    let mut known: Vec<(Option<String>, usize, &str)> = articles
        .filter_map(|article| article.outlet().map(|name| (outlet::key(article), name.len(), name)))
        .collect();
    known.sort_unstable();
    known.dedup_by(|a, b| a.0 == b.0);
    let mut names: Vec<String> = known.into_iter().map(|(_, _, name)| name.to_owned()).collect();
    names.sort_unstable();
    names
}
