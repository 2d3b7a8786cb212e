//! The order of the stages: articles in, a briefing out.

use crate::article::{Article, Published};
use crate::briefing::{self, Briefing, Material};
use crate::parallel;
use crate::quotes;
use crate::stories::{self, Story};
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
pub fn brief(mut articles: Vec<Article>, params: &Params, now: Published) -> Brief {
    articles.sort_by(|a, b| (&a.id, &a.text, &a.origin).cmp(&(&b.id, &b.text, &b.origin)));
    let (articles, mut dropped) = params.editor.admit_articles(articles);
    let collection = Collection::build(articles);
    let mut grouping = params.grouping.clone();
    grouping.now = Some(now.timestamp());
    let grouped = stories::group(&collection, &grouping);
    let (admitted, banned) = params.editor.admit_stories(&collection, grouped, params.min_sources);
    let ranked = params.editor.rank(&collection, admitted);
    let materials = parallel::map_in_order(&ranked, |s| material(&collection, s, params));
    let (materials, off_topic) = briefing::under_topics(&collection, materials, &params.topics);
    dropped.extend(banned.into_iter().chain(off_topic));
    let built = briefing::build(&collection, &materials, params, now, dropped);
    let dropped = built.briefing.dropped.iter();
    let warnings = dropped.map(|d| Warning::dropped(&*d.origin, &*d.reason)).collect();
    Brief { briefing: built.briefing, warnings }
}

fn material(collection: &Collection, story: &Story, params: &Params) -> Material {
    let found = quotes::of_story(collection, &story.articles);
    let merged = quotes::merge(collection, &story.articles, &found);
    Material::new(story.clone(), merged, &params.editor)
}
