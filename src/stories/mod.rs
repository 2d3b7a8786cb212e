//! Groups the articles that report the same event into stories, ranks the stories, and chooses their headlines.
//!
//! Invariants: every article is in exactly one story, a story has a single language, and neither the order of the input
//! nor the number of threads affects the result.
//!
//! Each article is reduced to a [`Sketch`], and [`group_sketches`] groups the sketches, no matter on which machine they
//! were made.
//!
//! The module `grouping` decides which articles belong together, with the help of `formula`, `vector`, `neighbours`,
//! `expansion`, `distinct_names` and `linkage`. The module `ranking` decides how important each story is, and `headline` which
//! title becomes its headline; `shared_words` explains why articles are grouped together. Before that, `languages` gives short
//! texts in an unknown language the language of their outlet.

mod background;
#[doc(hidden)]
pub mod commentary;
mod distinct_names;
mod expansion;
mod features;
mod formula;
mod general_text;
mod grouping;
pub(crate) mod headline;
pub(crate) mod kind;
mod languages;
mod linkage;
mod neighbours;
mod ranking;
mod shared_words;
mod sketch;
mod table;
pub mod topic;
mod vector;

use crate::article::{ArticleId, ArticleIx, Published};
use crate::identity::{Outlets, reprint};
use crate::parallel;
use crate::score::Score;
use crate::text::Collection;

use grouping::Group;

pub use crate::identity::reprint::NearCopies;
pub use background::Background;
pub use distinct_names::Names;
pub use expansion::Expansion;
pub use grouping::Grouping;
pub use kind::Kind;
pub use linkage::Linkage;
pub use neighbours::Search;
pub use ranking::{Part, Rank, Ranking};
pub use shared_words::{Tie, ties};
pub use sketch::{SCHEMA as SKETCH_SCHEMA, Sketch, SketchError};
pub use vector::Weights;

/// The articles that report the same event.
#[derive(Clone, Debug, Default)]
pub struct Story {
    /// The id of the oldest dated member, or the smallest id if no member is dated. If a member is dated, the id stays
    /// the same when newer articles are added.
    pub id: String,
    /// The article whose title is the headline.
    pub headline: ArticleIx,
    /// Every member, including near-copies, in the order of the collection.
    pub articles: Vec<ArticleIx>,
    /// Groups of near-copies; the first of each group represents the others.
    pub duplicates: Vec<Vec<ArticleIx>>,
    /// The names of the distinct outlets, sorted.
    pub sources: Vec<String>,
    /// For each member, the number of its outlet within the story, or `None` if its outlet is unknown.
    pub outlet_of: Vec<Option<usize>>,
    /// The date of the oldest dated member.
    pub first: Option<Published>,
    /// The date of the newest dated member.
    pub last: Option<Published>,
    /// The number of independent witnesses, that is, of outlets with a text of their own. All articles from unknown
    /// outlets together count as one outlet.
    pub witnesses: usize,
    /// The parts that make up the score.
    pub rank: Rank,
    /// The importance of the story. Stories are returned in descending order of importance, and by id on a tie.
    pub score: Score,
}

impl Story {
    /// Returns the members, except near-copies that another member represents.
    pub fn independent(&self) -> Vec<ArticleIx> {
        let mut led: Vec<ArticleIx> =
            self.duplicates.iter().flat_map(|g| g.iter().skip(1).copied()).collect();
        led.sort_unstable();
        self.articles.iter().copied().filter(|a| led.binary_search(a).is_err()).collect()
    }

    /// Returns whether two members are not independent, because they come from the same outlet or are near-copies.
    pub fn are_one_witness(&self, a: ArticleIx, b: ArticleIx) -> bool {
        let outlet = self.outlet(a);
        a == b
            || outlet.is_some() && outlet == self.outlet(b)
            || self.duplicates.iter().any(|group| group.contains(&a) && group.contains(&b))
    }

    fn outlet(&self, article: ArticleIx) -> Option<usize> {
        let at = self.articles.binary_search(&article).ok()?;
        self.outlet_of.get(at).copied().flatten()
    }

    /// Returns the members grouped by text: the groups of near-copies, and each other member as a group of its own.
    fn texts(&self) -> Vec<Vec<ArticleIx>> {
        let leads = |a: ArticleIx| self.duplicates.iter().find(|group| group.first() == Some(&a));
        let text = |a: ArticleIx| leads(a).cloned().unwrap_or_else(|| vec![a]);
        self.independent().into_iter().map(text).collect()
    }
}

/// The parameters of grouping and ranking. The defaults are those of the program.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Params {
    /// The time relative to which the ages of articles are computed. Default: `None`, for the date of the newest
    /// article.
    #[serde(skip)]
    pub now: Option<jiff::Timestamp>,
    /// How articles are grouped. Users cannot configure this, so that all users of a version get the same grouping.
    #[serde(skip)]
    pub grouping: Grouping,
    /// The weights of the parts of the importance.
    pub ranking: Ranking,
}

/// Groups articles into stories and ranks them.
pub fn group(collection: &Collection, params: &Params) -> Vec<Story> {
    group_in_place(&mut sketches(collection), &Background::default(), params)
}

/// Groups articles into stories by their sketches and ranks the stories; the articles of a story are indices into
/// `sketches`.
///
/// Near-copies and word frequencies are computed from all sketches together; `background` adds the counts of articles
/// that are not grouped themselves. The stories depend neither on how the sketches were divided into files nor on their
/// order.
pub fn group_sketches(sketches: &[Sketch], background: &Background, params: &Params) -> Vec<Story> {
    group_in_place(&mut sketches.to_vec(), background, params)
}

/// Groups articles like [`group_sketches`], but drops the parts of the sketches that only grouping needs as soon as
/// they have been used, to save memory.
///
/// Afterward, the sketches still describe their articles (id, title, outlet, date), but they cannot be grouped again.
pub fn group_in_place(
    sketches: &mut [Sketch],
    background: &Background,
    params: &Params,
) -> Vec<Story> {
    let outlets = outlets(sketches);
    languages::adopt(sketches, &outlets);
    let groups = grouping::group(sketches, &outlets, background, &params.grouping);
    let now = ranking::now(sketches, params.now);
    let has_dates = sketches.iter().any(|sketch| sketch.published().is_some());
    let run = Run { sketches, outlets, now, has_dates };
    let mut stories = parallel::map_in_order(&groups, |group| story(&run, group, params));
    stories.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
    stories
}

/// Sorts sketches by the ids of their articles, then by title and text, so that the order does not depend on where and
/// when they were made.
pub fn sort_sketches(sketches: &mut [Sketch]) {
    sketches.sort_by(Sketch::compare);
}

/// Treats all articles as one story, finds the near-copies among them and ranks the story.
pub fn single(collection: &Collection, params: &Params) -> Story {
    let sketches = sketches(collection);
    let outlets = outlets(&sketches);
    let group = grouping::all(&sketches, &outlets, &params.grouping);
    let now = ranking::now(&sketches, params.now);
    let has_dates = sketches.iter().any(|sketch| sketch.published().is_some());
    let run = Run { sketches: &sketches, outlets, now, has_dates };
    story(&run, &group, params)
}

/// Returns the sketches of the articles in a collection, in their order.
pub fn sketches(collection: &Collection) -> Vec<Sketch> {
    let articles: Vec<ArticleIx> = (0..collection.articles.len()).collect();
    parallel::map_in_order(&articles, |&a| {
        Sketch::new(&collection.articles[a], &collection.corpus.documents[a])
    })
}

fn outlets(sketches: &[Sketch]) -> Outlets {
    Outlets::from_hosts(sketches.iter().map(|s| (s.source(), s.host())))
}

/// The sketches of a run, and the data that all its stories share.
struct Run<'s> {
    sketches: &'s [Sketch],
    outlets: Outlets,
    now: Option<jiff::Timestamp>,
    has_dates: bool,
}

fn story(run: &Run<'_>, group: &Group, params: &Params) -> Story {
    let members = || group.articles.iter().map(|&a| &run.sketches[a]);
    let dates = || members().filter_map(Sketch::published);
    let key = |sketch: &Sketch| sketch.outlet().and_then(|name| run.outlets.key(name));
    let mut story = Story {
        id: oldest(members()),
        articles: group.articles.clone(),
        duplicates: group.duplicates.clone(),
        sources: run.outlets.names(members().filter_map(Sketch::outlet)),
        outlet_of: number_outlets(members().map(key)),
        first: dates().min_by_key(|d| (d.timestamp(), d.to_string())),
        last: dates().max_by_key(|d| (d.timestamp(), d.to_string())),
        ..Story::default()
    };
    let independent = story.independent();
    // All articles from unknown outlets share number 0.
    let number = |a| story.outlet(a).map_or(0, |number| number + 1);
    story.witnesses = reprint::witnesses(&story.texts(), number);
    story.headline = headline::choose(run.sketches, &group.articles, &independent);
    story.rank = ranking::rank(run, group, story.witnesses, &independent, &params.ranking);
    story.score = story.rank.score();
    story
}

/// Numbers the outlets of articles; equal keys get equal numbers.
fn number_outlets(keys: impl Iterator<Item = Option<String>>) -> Vec<Option<usize>> {
    let keys: Vec<Option<String>> = keys.collect();
    let mut distinct: Vec<&String> = keys.iter().flatten().collect();
    distinct.sort_unstable();
    distinct.dedup();
    keys.iter().map(|key| distinct.binary_search(&key.as_ref()?).ok()).collect()
}

/// Returns the id of the oldest dated member, or the smallest id if no member is dated.
///
/// News arrives over time, so new members are usually newer than the existing ones, and the id stays the same. An id
/// derived from all members, or from the most central one, could change with every new article.
fn oldest<'s>(members: impl Iterator<Item = &'s Sketch>) -> String {
    let age = |sketch: &&'s Sketch| {
        let date = sketch.published().map(Published::timestamp);
        (date.is_none(), date, sketch.id())
    };
    members.min_by_key(age).map(Sketch::id).map(ArticleId::to_string).unwrap_or_default()
}
