//! Runs the stages that turn articles into a briefing.
//!
//! ```text
//! read ─▶ group ─▶ (quotes, candidates) of each story ─▶ plan ─▶ assemble
//! ```
//!
//! Articles are grouped by their sketches, without the articles themselves, which a [`Store`] may keep elsewhere until
//! then. Only the articles of the first stories are annotated, so a briefing of many articles costs little more than
//! sketching them. If the plan reaches a story whose articles are not annotated, more stories are annotated and the
//! plan is made again. Topics, a history, and interventions about topics or speakers require the annotation of all
//! articles.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::article::{self, Article, ArticleIx, Published};
use crate::briefing::{
    self, Briefing, Dropped, Explained, History, Intervention, StoryInput, StoryPlanner,
    UnshownStory,
};
use crate::parallel;
use crate::stories::{self, Background, Sketch, Story};
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

/// Makes the same briefing as [`brief`], from articles that are stored elsewhere.
///
/// # Errors
///
/// Fails if the store does.
pub fn brief_pile<S: Store>(
    pile: Pile<S>,
    params: &Params,
    now: Published,
) -> Result<Brief, S::Error> {
    Ok(make(pile, params, now, |_, _| ())?.0)
}

/// Makes the same briefing as [`brief`], and explains why each story, sentence and quote is or is not in it.
pub fn explain(articles: Vec<Article>, params: &Params, now: Published) -> (Brief, Explained) {
    let Ok(made) = make(Pile::from_articles(articles), params, now, briefing::explain);
    made
}

/// The warning about an intervention that matched nothing.
const NO_MATCH: &str = "this matches none of the articles";

/// Sketches, and the store that holds their articles.
#[derive(Debug)]
pub struct Pile<S> {
    /// The sketches of the articles.
    pub sketches: Vec<Sketch>,
    /// The articles.
    pub store: S,
}

/// The place of articles that are not in memory all the time.
pub trait Store {
    /// The error if an article or a text cannot be loaded.
    type Error;

    /// Returns all articles in the order of the sketches of their [`Pile`]; their texts and blocks may be missing. It
    /// is called once, if possible after the articles have been grouped, which takes the most memory.
    ///
    /// # Errors
    ///
    /// Fails if the articles cannot be loaded.
    fn articles(&mut self) -> Result<Vec<Article>, Self::Error>;

    /// Loads the texts and the blocks of the given articles if they lack them. One call covers many articles, because
    /// fetching each text separately may be slow.
    ///
    /// # Errors
    ///
    /// Fails if a text cannot be loaded.
    fn restore(&mut self, articles: &mut [&mut Article]) -> Result<(), Self::Error>;
}

/// Articles that are in memory, with their texts.
struct InMemory(Vec<Article>);

impl Store for InMemory {
    type Error = Infallible;

    fn articles(&mut self) -> Result<Vec<Article>, Infallible> {
        Ok(std::mem::take(&mut self.0))
    }

    fn restore(&mut self, _: &mut [&mut Article]) -> Result<(), Infallible> {
        Ok(())
    }
}

impl Pile<InMemory> {
    fn from_articles(mut articles: Vec<Article>) -> Self {
        article::sort(&mut articles);
        let sketches = parallel::map_in_order(&articles, Sketch::from_article);
        Self { sketches, store: InMemory(articles) }
    }
}

/// Runs the five stages; `look` inspects the plan.
fn make<T, S: Store>(
    pile: Pile<S>,
    params: &Params,
    now: Published,
    look: impl Fn(&Collection, &briefing::Plan<'_>) -> T,
) -> Result<(Brief, T), S::Error> {
    let Loaded { mut shelf, stories, mut dropped, mut unmet } = load(pile, params, now)?;
    let of_all = concerns_all_texts(params);
    if of_all {
        let all: Vec<ArticleIx> = (0..shelf.collection.articles.len()).collect();
        shelf.annotate(&all)?;
    }
    let grouped = select(&shelf.collection, stories, params);
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

/// The articles, some of them annotated, and the store that loads their texts.
struct Shelf<S> {
    collection: Collection,
    store: S,
    /// For each article, whether its text has been loaded.
    is_restored: Vec<bool>,
}

impl<S: Store> Shelf<S> {
    /// Creates a shelf from articles and their sketches, which have been grouped.
    fn new(mut articles: Vec<Article>, sketches: &[Sketch], store: S) -> Self {
        for (article, sketch) in articles.iter_mut().zip(sketches) {
            if !article.lang.is_known() {
                article.lang = sketch.lang();
            }
        }
        let has_words = sketches.iter().map(|sketch| 0 < sketch.n_words()).collect();
        let is_restored = vec![false; articles.len()];
        Self { collection: Collection::unread(articles, has_words), store, is_restored }
    }

    fn annotate(&mut self, articles: &[ArticleIx]) -> Result<(), S::Error> {
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
            self.store.restore(&mut missing)?;
        }
        self.collection.annotate(articles);
        Ok(())
    }
}

/// The articles that the editor admits, their stories, and the results of the interventions about articles.
struct Loaded<S> {
    shelf: Shelf<S>,
    stories: Vec<Story>,
    dropped: Vec<Dropped>,
    unmet: Vec<Intervention>,
}

/// Groups the articles. They are loaded before that only if the editor has interventions, for example a ban on an
/// outlet, whose articles must not be grouped.
fn load<S: Store>(pile: Pile<S>, params: &Params, now: Published) -> Result<Loaded<S>, S::Error> {
    let Pile { sketches, mut store } = pile;
    let mut order: Vec<usize> = (0..sketches.len()).collect();
    order.sort_by(|&a, &b| sketches[a].compare(&sketches[b]));
    let mut sketches = in_order(sketches, &order);
    let editor = &params.editor;
    if editor.is_idle() {
        let stories = group(&mut sketches, params, now);
        let articles = in_order(store.articles()?, &order);
        let shelf = Shelf::new(articles, &sketches, store);
        return Ok(Loaded { shelf, stories, dropped: Vec::new(), unmet: Vec::new() });
    }
    let articles = in_order(store.articles()?, &order);
    let unmet = editor.unmet_by_articles(&articles.iter().collect::<Vec<_>>());
    let pairs = articles.into_iter().zip(sketches).collect();
    let (admitted, dropped) = editor.admit_articles(pairs, |(article, _)| article);
    let (articles, mut sketches): (Vec<Article>, Vec<Sketch>) = admitted.into_iter().unzip();
    let stories = group(&mut sketches, params, now);
    let shelf = Shelf::new(articles, &sketches, store);
    Ok(Loaded { shelf, stories, dropped, unmet })
}

fn in_order<T>(items: Vec<T>, order: &[usize]) -> Vec<T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.iter().filter_map(|&i| items[i].take()).collect()
}

fn group(sketches: &mut [Sketch], params: &Params, now: Published) -> Vec<Story> {
    let mut grouping = params.grouping.clone();
    grouping.now = Some(now.timestamp());
    stories::group_in_place(sketches, &Background::default(), &grouping)
}

/// The stories, sorted by topic; within a topic, pinned stories come first, then all others in descending order of
/// importance.
struct Grouped {
    stories: Vec<StoryInput>,
    dropped: Vec<Dropped>,
    unmet: Vec<Intervention>,
}

/// Ranks the stories that the editor and the parameters admit.
fn select(collection: &Collection, grouped: Vec<Story>, params: &Params) -> Grouped {
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
