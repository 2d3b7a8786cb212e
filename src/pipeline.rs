//! The order of the stages: articles in, a briefing out.

use crate::article::{self, Article, Published};
use crate::briefing::{self, Briefing, Dropped, Explained, StoryInput};
use crate::parallel;
use crate::stories;
use crate::text::Collection;
use crate::warning::Warning;

pub use crate::briefing::Params;

/// A briefing and what was noted on the way.
#[derive(Clone, Debug)]
pub struct Brief {
    /// The briefing.
    pub briefing: Briefing,
    /// What was left out, and why.
    pub warnings: Vec<Warning>,
}

/// Makes a briefing of articles; `now` is the time that recency is counted from, and the briefing's date.
///
/// The order of the articles changes nothing.
pub fn brief(articles: Vec<Article>, params: &Params, now: Published) -> Brief {
    let Prepared { collection, materials, dropped } = prepare(articles, params, now);
    let briefing = briefing::build(&collection, &materials, params, now, dropped).briefing;
    let dropped = briefing.dropped.iter();
    let warnings = dropped.map(|d| Warning::dropped(&*d.origin, d.message())).collect();
    Brief { briefing, warnings }
}

/// Makes the same briefing as [`brief`], and says why it is as it is.
pub fn explain(articles: Vec<Article>, params: &Params, now: Published) -> (Briefing, Explained) {
    let Prepared { collection, materials, dropped } = prepare(articles, params, now);
    let explained = briefing::explain(&collection, &materials, params);
    (briefing::build(&collection, &materials, params, now, dropped).briefing, explained)
}

/// The stories in their order, before the budget is shared among them; their quotes are found when they are told.
struct Prepared {
    collection: Collection,
    materials: Vec<StoryInput>,
    dropped: Vec<Dropped>,
}

fn prepare(mut articles: Vec<Article>, params: &Params, now: Published) -> Prepared {
    article::sort(&mut articles);
    let (articles, mut dropped) = params.editor.admit_articles(articles);
    let collection = Collection::build(articles);
    let mut grouping = params.grouping.clone();
    grouping.now = Some(now.timestamp());
    let grouped = stories::group(&collection, &grouping);
    let (admitted, refused) = params.editor.admit_stories(&collection, grouped, params.min_sources);
    let ranked = params.editor.rank(&collection, admitted);
    let past = parallel::map_in_order(&ranked, |story| params.history.past_of(&collection, story));
    let materials = ranked.into_iter().zip(past).map(|(story, past)| StoryInput::new(story, past));
    let (materials, off_topic) = briefing::under_topics(&collection, materials.collect(), params);
    dropped.extend(refused.into_iter().chain(off_topic));
    Prepared { collection, materials, dropped }
}
