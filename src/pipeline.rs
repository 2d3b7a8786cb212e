//! The order of the stages: articles in, a briefing out.
//!
//! ```text
//! read ─▶ group ─▶ (quotes, candidates) of each story ─▶ plan ─▶ assemble
//! ```

use crate::article::{self, Article, Published};
use crate::briefing::{self, Briefing, Dropped, Explained, Intervention, StoryInput, StoryPlanner};
use crate::parallel;
use crate::stories;
use crate::text::Collection;
use crate::warning::Warning;

pub use crate::briefing::Params;

/// A briefing with the notes about how it was made.
#[derive(Clone, Debug)]
pub struct Brief {
    /// The briefing.
    pub briefing: Briefing,
    /// The omissions; one warning for all with the same reason.
    pub warnings: Vec<Warning>,
    /// The interventions of the editor that matched nothing.
    pub unmet: Vec<Intervention>,
}

/// Makes a briefing of articles; `now` is the time that recency is counted from, and the briefing's date.
///
/// The order of the articles does not matter.
pub fn brief(articles: Vec<Article>, params: &Params, now: Published) -> Brief {
    let (briefing, unmet, ()) = make(articles, params, now, |_, _| ());
    let mut warnings = briefing::left_out_warnings(&briefing.dropped);
    warnings.extend(unmet.iter().map(|u| Warning::kept(u.to_string(), NO_MATCH)));
    Brief { briefing, warnings, unmet }
}

/// Makes the same briefing as [`brief`] and explains it.
pub fn explain(articles: Vec<Article>, params: &Params, now: Published) -> (Briefing, Explained) {
    let (briefing, _, explained) = make(articles, params, now, briefing::explain);
    (briefing, explained)
}

/// The message about an intervention that matched nothing.
const NO_MATCH: &str = "this matches none of the articles";

/// The five stages; `look` looks at the plan.
fn make<T>(
    articles: Vec<Article>,
    params: &Params,
    now: Published,
    look: impl FnOnce(&Collection, &briefing::Plan<'_>) -> T,
) -> (Briefing, Vec<Intervention>, T) {
    let Read { collection, mut dropped, mut unmet } = read(articles, params);
    let grouped = group(&collection, params, now);
    dropped.extend(grouped.dropped);
    unmet.extend(grouped.unmet);
    let plan = briefing::plan(&grouped.stories, params, |story| {
        let quotes = briefing::Quotations::of_story(&collection, story, params);
        let candidates = briefing::candidates(&collection, story, params);
        StoryPlanner::new(&collection, story, quotes, candidates, params)
    });
    let looked = look(&collection, &plan);
    (briefing::assemble(&collection, &plan, params, now, dropped), unmet, looked)
}

/// The articles that are not banned, annotated.
struct Read {
    collection: Collection,
    dropped: Vec<Dropped>,
    unmet: Vec<Intervention>,
}

fn read(mut articles: Vec<Article>, params: &Params) -> Read {
    article::sort(&mut articles);
    let unmet = params.editor.unmet_by_articles(&articles);
    let (articles, dropped) = params.editor.admit_articles(articles);
    Read { collection: Collection::build(articles), dropped, unmet }
}

/// The stories in falling order of importance, those of the first topic in front.
struct Grouped {
    stories: Vec<StoryInput>,
    dropped: Vec<Dropped>,
    unmet: Vec<Intervention>,
}

fn group(collection: &Collection, params: &Params, now: Published) -> Grouped {
    let mut grouping = params.grouping.clone();
    grouping.now = Some(now.timestamp());
    let grouped = stories::group(collection, &grouping);
    let editor = &params.editor;
    let mut unmet = editor.unmet_by_stories(collection, &grouped);
    if editor.has_speakers() {
        let speakers = briefing::speakers_of(collection, &grouped);
        unmet.extend(editor.unmet_by_speakers(&speakers));
    }
    let (admitted, mut dropped) = editor.admit_stories(collection, grouped, params.min_sources);
    let ranked = editor.rank(collection, admitted);
    let pasts = parallel::map_in_order(&ranked, |story| params.history.past_of(collection, story));
    let inputs = ranked.into_iter().zip(pasts);
    let inputs = inputs.map(|(story, past)| StoryInput { story, past, topic: None }).collect();
    let (stories, off_topic) = briefing::under_topics(collection, inputs, params);
    unmet.extend(briefing::unmet_topics(&stories, params));
    dropped.extend(off_topic);
    Grouped { stories, dropped, unmet }
}
