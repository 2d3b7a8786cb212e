//! Runs the stages that turn articles into a briefing.
//!
//! ```text
//! read ─▶ group ─▶ (quotes, candidates) of each story ─▶ plan ─▶ assemble
//! ```
//!
//! Articles are grouped by their sketches, and only the articles of the first stories are annotated, so a briefing of
//! many articles costs little more than sketching them. If the plan reaches a story whose articles are not annotated,
//! more stories are annotated and the plan is made again. Topics, a history, and interventions about topics or speakers
//! require the annotation of all articles.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::article::{Article, ArticleIx, Published};
use crate::briefing::{
    self, Briefing, Dropped, Explained, History, Intervention, StoryInput, StoryPlanner,
    UnshownStory,
};
use crate::parallel;
use crate::stories::{self, Background, Sketch};
use crate::text::Collection;
use crate::warning::Warning;

pub use crate::briefing::Params;

/// A briefing with its warnings and everything that it leaves out.
#[derive(Clone, Debug)]
pub struct Brief {
    /// The briefing.
    pub briefing: Briefing,
    /// One warning per reason for omissions, one per intervention that matched nothing, and one about languages in
    /// which no speakers are named. Warnings from reading are not repeated here: they are in
    /// [`Ingested::warnings`](crate::read::Ingested::warnings) and [`Article::warnings`].
    pub warnings: Vec<Warning>,
    /// The interventions of the editor that matched nothing.
    pub unmet: Vec<Intervention>,
    /// The stories that did not fit, exceed the maximum number, or have nothing to show, in the order in which they
    /// were considered.
    pub unshown: Vec<UnshownStory>,
}

/// Makes a briefing from articles. `now` is the date of the briefing, relative to which the ages of articles are
/// computed; see [`Published`] for how to get the current time.
///
/// The order of the articles does not matter, but their ids must be distinct, as they are after
/// [`read_all`](crate::read::read_all) or [`merge_articles`](crate::read::merge_articles). Articles in several
/// languages can be mixed; each story contains articles in only one language. An empty list yields a briefing without
/// stories.
///
/// ```
/// use nutgraf::{Article, BriefParams, Published, brief};
///
/// let article = Article::builder("The council closed the bridge on Monday, the mayor said.").title("Bridge closed");
/// let now = Published::parse("2026-03-11T06:00:00Z").unwrap();
/// let made = brief(vec![article.build()], &BriefParams::default(), now);
/// assert_eq!(made.briefing.stories.len(), 1);
/// assert!(brief(Vec::new(), &BriefParams::default(), now).briefing.stories.is_empty());
/// ```
pub fn brief(articles: Vec<Article>, params: &Params, now: Published) -> Brief {
    let Ok(made) = brief_pile(Pile::from_articles(articles), params, now);
    made
}

/// Makes the same briefing as [`brief`], from articles whose texts are stored elsewhere.
///
/// # Errors
///
/// Fails if a text cannot be restored.
pub fn brief_pile<F, E>(pile: Pile<F>, params: &Params, now: Published) -> Result<Brief, E>
where
    F: FnMut(&mut [&mut Article]) -> Result<(), E>,
{
    Ok(make(pile, params, now, |_, _| ())?.0)
}

/// Makes the same briefing as [`brief`], and explains why each story, sentence and quote is or is not in it.
pub fn explain(articles: Vec<Article>, params: &Params, now: Published) -> (Brief, Explained) {
    let Ok(made) = make(Pile::from_articles(articles), params, now, briefing::explain);
    made
}

/// The warning about an intervention that matched nothing.
const NO_MATCH: &str = "this matches none of the articles";

/// Articles with their sketches. Texts and blocks may be missing at first; they are loaded when they are needed.
#[derive(Debug)]
pub struct Pile<F> {
    /// Each article and its sketch.
    pub articles: Vec<(Article, Sketch)>,
    /// Loads the texts and the blocks of the given articles if they lack them. One call covers many articles, because
    /// fetching each text separately may be slow.
    pub restore: F,
}

impl Pile<fn(&mut [&mut Article]) -> Result<(), Infallible>> {
    /// Creates a pile from articles whose texts are in memory.
    fn from_articles(articles: Vec<Article>) -> Self {
        let sketches = parallel::map_in_order(&articles, Sketch::from_article);
        Self { articles: articles.into_iter().zip(sketches).collect(), restore: |_| Ok(()) }
    }
}

/// Runs the five stages; `look` inspects the plan.
fn make<T, F, E>(
    pile: Pile<F>,
    params: &Params,
    now: Published,
    look: impl Fn(&Collection, &briefing::Plan<'_>) -> T,
) -> Result<(Brief, T), E>
where
    F: FnMut(&mut [&mut Article]) -> Result<(), E>,
{
    let Read { mut shelf, mut sketches, mut dropped, mut unmet } = admit(pile, params);
    let of_all = concerns_all_texts(params);
    if of_all {
        let all: Vec<ArticleIx> = (0..sketches.len()).collect();
        shelf.annotate(&all)?;
    }
    let grouped = group(&shelf.collection, &mut sketches, params, now);
    drop(sketches);
    dropped.extend(grouped.dropped);
    unmet.extend(grouped.unmet);
    let mut n_read = if of_all { usize::MAX } else { first_stories(params) };
    loop {
        if !of_all {
            let read = grouped.stories.iter().take(n_read).flat_map(|input| &input.story.articles);
            shelf.annotate(&read.copied().collect::<Vec<_>>())?;
        }
        let collection = &shelf.collection;
        let is_short = AtomicBool::new(false);
        let plan = briefing::plan(&grouped.stories, params, |input| {
            if input.story.articles.iter().any(|&a| collection.is_unread(a)) {
                is_short.store(true, Ordering::Relaxed);
            }
            let quotes = briefing::Quotations::from_story(collection, input, params);
            let candidates = briefing::candidates(collection, input, params);
            StoryPlanner::new(collection, input, quotes, candidates, params)
        });
        if !is_short.into_inner() {
            let looked = look(collection, &plan);
            let unshown = briefing::unshown(collection, &plan);
            let briefing = briefing::assemble(collection, &plan, params, now, dropped);
            let mut warnings = briefing::left_out_warnings(&briefing.dropped);
            warnings.extend(unmet.iter().map(|u| Warning::kept(u.to_string(), NO_MATCH)));
            warnings.extend(briefing::speakers_warning(collection));
            return Ok((Brief { briefing, warnings, unmet, unshown }, looked));
        }
        drop(plan);
        n_read = n_read.saturating_mul(4);
    }
}

/// Returns whether the selection of stories depends on the texts of all articles.
fn concerns_all_texts(params: &Params) -> bool {
    let editor = &params.editor;
    !params.topics.is_empty()
        || params.history != History::default()
        || editor.has_topics()
        || editor.has_speakers()
}

/// Returns the number of stories that are annotated at first: more than are likely to fit into the briefing, because
/// some may have nothing to show.
fn first_stories(params: &Params) -> usize {
    const LEAST: usize = 32;
    const WORDS_A_STORY: usize = 12;
    LEAST + params.words / WORDS_A_STORY
}

/// The articles, some of them annotated, with the function that loads their texts.
struct Shelf<F> {
    collection: Collection,
    restore: F,
    /// For each article, whether its text has been loaded.
    is_restored: Vec<bool>,
}

impl<E, F: FnMut(&mut [&mut Article]) -> Result<(), E>> Shelf<F> {
    fn annotate(&mut self, articles: &[ArticleIx]) -> Result<(), E> {
        let mut wanted = articles.to_vec();
        wanted.sort_unstable();
        let all = self.collection.articles.iter_mut().zip(&mut self.is_restored).enumerate();
        let missing = all.filter_map(|(a, (article, is_restored))| {
            let is_missing = wanted.binary_search(&a).is_ok() && !*is_restored;
            *is_restored |= is_missing;
            is_missing.then_some(article)
        });
        let mut missing: Vec<&mut Article> = missing.collect();
        if !missing.is_empty() {
            (self.restore)(&mut missing)?;
        }
        self.collection.annotate(articles);
        Ok(())
    }
}

/// The articles that the editor admits, and the results of the interventions about articles.
struct Read<F> {
    shelf: Shelf<F>,
    sketches: Vec<Sketch>,
    dropped: Vec<Dropped>,
    unmet: Vec<Intervention>,
}

fn admit<F>(pile: Pile<F>, params: &Params) -> Read<F> {
    let Pile { mut articles, restore } = pile;
    articles.sort_by(|(a, one), (b, other)| {
        one.compare(other).then_with(|| (&a.text, &a.origin).cmp(&(&b.text, &b.origin)))
    });
    let all: Vec<&Article> = articles.iter().map(|(article, _)| article).collect();
    let unmet = params.editor.unmet_by_articles(&all);
    let (admitted, dropped) = params.editor.admit_articles(articles, |(article, _)| article);
    let (mut articles, mut sketches): (Vec<Article>, Vec<Sketch>) = admitted.into_iter().unzip();
    stories::adopt_languages(&mut sketches);
    for (article, sketch) in articles.iter_mut().zip(&sketches) {
        if !article.lang.is_known() {
            article.lang = sketch.lang();
        }
    }
    let has_words = sketches.iter().map(|sketch| 0 < sketch.n_words()).collect();
    let is_restored = vec![false; articles.len()];
    let shelf = Shelf { collection: Collection::unread(articles, has_words), restore, is_restored };
    Read { shelf, sketches, dropped, unmet }
}

/// The stories, sorted by topic; within a topic, pinned stories come first, then all others in descending order of
/// importance.
struct Grouped {
    stories: Vec<StoryInput>,
    dropped: Vec<Dropped>,
    unmet: Vec<Intervention>,
}

fn group(
    collection: &Collection,
    sketches: &mut [Sketch],
    params: &Params,
    now: Published,
) -> Grouped {
    let mut grouping = params.grouping.clone();
    grouping.now = Some(now.timestamp());
    let grouped = stories::group_in_place(sketches, &Background::default(), &grouping);
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
    let inputs = inputs.map(|(story, past)| StoryInput::new(story, past)).collect();
    let (stories, off_topic) = briefing::under_topics(collection, inputs, params);
    unmet.extend(briefing::unmet_topics(&stories, params));
    dropped.extend(off_topic);
    Grouped { stories, dropped, unmet }
}
