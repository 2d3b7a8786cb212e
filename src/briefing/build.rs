//! Stories into a briefing: one budget for the whole, shared by rank.
//!
//! Each story gets a share of what is left, falling with the square root of its rank; what a story does not use goes
//! to those after it, and what is left at the end to the first that can use it. As many stories are planned as can be
//! told well ([`TOLD_WELL`]); a story whose headline and one sentence do not fit is left out, and counted.

use std::sync::OnceLock;

use crate::article::{Article, ArticleIx, Published};
use crate::briefing::cite::Citer;
use crate::briefing::corroboration::is_single_source;
use crate::briefing::count;
use crate::briefing::discrepancies::Found;
use crate::briefing::editor::Editor;
use crate::briefing::follow_up::Past;
use crate::briefing::model::{
    ArticleEntry, Briefing, Difference, Dropped, Headline, LeftOut, OngoingEntry, QuoteEntry,
    SCHEMA, Section, Status, StoryEntry, SummarySentence,
};
use crate::briefing::params::Params;
use crate::briefing::places::Places;
use crate::briefing::planner::{HeadlineChoice, StoryPlan, StoryPlanner, choose_headline};
use crate::briefing::topic::name_all;
use crate::parallel;
use crate::quotes::{self, KeyQuote};
use crate::score;
use crate::stories::Story;
use crate::stories::topic::Topic;
use crate::text::Collection;

/// Words that the last story of a briefing should have: a headline, a sentence, and a quote or second sentence.
const TOLD_WELL: usize = 45;

/// The same where the number of stories was asked for: a headline and a sentence.
const TOLD_BARELY: usize = 20;

/// A story that is left over at the end has to gain this many words to be told anew.
const WORTH_RETELLING: usize = 6;

/// A story that may be told, with what that takes besides its articles.
#[derive(Clone, Debug, Default)]
pub struct StoryInput {
    /// The story.
    pub story: Story,
    /// The topic that it was put under.
    pub topic: Option<Topic>,
    /// How it stands to earlier briefings.
    pub past: Past,
    /// What it quotes: most stories are never told, so they are read for quotes when one asks.
    quotes: OnceLock<Quotations>,
}

/// What a story quotes.
#[derive(Clone, Debug, Default)]
pub(super) struct Quotations {
    /// The quotes that it may show, in falling order of weight, those of pinned speakers in front.
    pub(super) keys: Vec<KeyQuote>,
    /// Where they are.
    pub(super) places: Places,
    /// Where speakers are quoted whom the editor banned.
    pub(super) banned: Places,
}

impl StoryInput {
    /// Takes a story that stands so to earlier briefings.
    pub fn new(story: Story, past: Past) -> Self {
        Self { story, past, ..Self::default() }
    }

    /// Returns what the story quotes that the reader has not seen.
    pub(super) fn quotes(&self, collection: &Collection, params: &Params) -> &Quotations {
        self.quotes.get_or_init(|| {
            let articles = &self.story.articles;
            let found = quotes::of_story(collection, articles);
            let merged = quotes::merge(collection, articles, &found);
            let unseen = params.history.unseen(collection, &self.past, merged);
            Quotations::new(unseen, &params.editor)
        })
    }

    /// Returns the id that the story is told under: the one that it was told under before, if it was.
    fn id(&self) -> &str {
        self.past.id.as_deref().unwrap_or(&self.story.id)
    }
}

impl Quotations {
    fn new(quotes: Vec<KeyQuote>, editor: &Editor) -> Self {
        let is_banned = |q: &&KeyQuote| q.speaker.as_ref().is_some_and(|s| editor.bans_speaker(s));
        let banned = quotes.iter().filter(is_banned);
        let of = |q: &KeyQuote| q.excerpts.iter().chain(&q.variants).copied().collect::<Vec<_>>();
        let banned = banned.flat_map(of).collect();
        let keys = editor.rank_quotes(quotes);
        Self { places: keys.iter().flat_map(of).collect(), keys, banned }
    }
}

/// A briefing, and what it was made from.
#[derive(Clone, Debug)]
pub struct Built {
    /// The briefing.
    pub briefing: Briefing,
}

/// Builds a briefing from stories in falling order of importance.
pub fn build(
    collection: &Collection,
    materials: &[StoryInput],
    params: &Params,
    now: Published,
    mut dropped: Vec<Dropped>,
) -> Built {
    let goes_on = parallel::map_in_order(materials, |m| is_ongoing(collection, m, params));
    let of_kind = |ongoing: bool| {
        let of_kind =
            materials.iter().zip(&goes_on).filter(move |(_, goes_on)| **goes_on == ongoing);
        of_kind.map(|(material, _)| material).collect::<Vec<_>>()
    };
    let (ongoing, news) = (of_kind(true), of_kind(false));
    let (told, untold) = share(collection, &news, params);
    let citer = Citer::new(collection);
    let mut stories: Vec<StoryEntry> =
        told.iter().map(|told| story_entry(collection, &citer, told, params)).collect();
    let ongoing: Vec<OngoingEntry> = ongoing
        .iter()
        .filter(|m| !m.past.quiet)
        .map(|m| ongoing_entry(collection, &citer, m, params))
        .collect();
    let corrections = params.history.corrections(&collection.articles);
    let mut articles = number(collection, &told, &mut stories);
    let named =
        ongoing.iter().map(|o| &o.headline.article).chain(corrections.iter().map(|c| &c.article));
    let named: Vec<&String> = named.collect();
    add_named(collection, &named, &mut articles);
    let mut left_out = LeftOut::default();
    for material in untold {
        let members = &material.story.articles;
        if members.iter().any(|&a| !collection.corpus.documents[a].sentences.is_empty()) {
            left_out.stories += 1;
            left_out.articles += members.len();
        } else {
            let reason = "no sentence that can be shown";
            dropped.extend(name_all(collection, &material.story, reason));
        }
    }
    let briefing = Briefing {
        schema: SCHEMA.to_owned(),
        title: params.title.clone().unwrap_or_else(|| format!("Briefing {}", now.day())),
        generated: now,
        lang: params.lang,
        words: stories.iter().map(|s| s.words).sum(),
        budget: Some(params.words),
        intro: params.intro.clone(),
        outro: params.outro.clone(),
        sections: params.sections.clone(),
        stories,
        ongoing,
        corrections,
        articles,
        left_out,
        dropped,
    };
    Built { briefing }
}

/// A story told, with the one who told it.
pub(super) type Told<'m> = (&'m StoryInput, StoryPlanner<'m>, StoryPlan);

/// Shares the budget among the stories; returns those told and those left out.
pub(super) fn share<'m>(
    collection: &'m Collection,
    materials: &[&'m StoryInput],
    params: &'m Params,
) -> (Vec<Told<'m>>, Vec<&'m StoryInput>) {
    let planned = planned(materials.len(), params);
    let most = params.stories.unwrap_or(planned);
    // Those that will most likely be told are read by all threads, any further one when it is asked for.
    let first = &materials[..planned.min(materials.len())];
    parallel::map_in_order(first, |m| m.quotes(collection, params).keys.len());
    let mut left = params.words;
    let mut told: Vec<Told<'_>> = Vec::new();
    let mut untold = Vec::new();
    for &material in materials {
        if told.len() >= most || left == 0 {
            untold.push(material);
            continue;
        }
        let teller = StoryPlanner::new(collection, material, params);
        let share = share_of(told.len(), planned, left);
        match first_that_fits(&teller, share, left) {
            Some(telling) => {
                left -= telling.words;
                told.push((material, teller, telling));
            }
            None => untold.push(material),
        }
    }
    for (_, teller, telling) in &mut told {
        let longer = teller.tell(telling.words + left);
        if let Some(longer) = longer.filter(|l| l.words >= telling.words + WORTH_RETELLING) {
            left -= longer.words - telling.words;
            *telling = longer;
        }
    }
    (told, untold)
}

/// Returns whether a story was told before and has nothing new to show.
fn is_ongoing(collection: &Collection, material: &StoryInput, params: &Params) -> bool {
    match material.past.status {
        // A copy of what was told may stand alone, where its story is no longer followed.
        Status::New => {
            !material.past.shown.is_empty()
                && !StoryPlanner::new(collection, material, params).has_news()
        }
        Status::Ongoing => true,
        Status::Updated => !StoryPlanner::new(collection, material, params).has_news(),
    }
}

fn ongoing_entry(
    collection: &Collection,
    citer: &Citer<'_>,
    material: &StoryInput,
    params: &Params,
) -> OngoingEntry {
    let headline = headline(citer, choose_headline(collection, material, params));
    OngoingEntry { id: material.id().to_owned(), headline }
}

/// Adds articles that are named outside the stories to the list, numbered on.
fn add_named(collection: &Collection, named: &[&String], entries: &mut Vec<ArticleEntry>) {
    for &id in named {
        let known = entries.iter().any(|e| e.id == *id);
        let article = collection.articles.iter().find(|a| a.id.as_str() == id);
        if let (false, Some(article)) = (known, article) {
            entries.push(article_entry(article, entries.len() + 1));
        }
    }
}

/// Returns how many stories the budget can tell.
fn planned(candidates: usize, params: &Params) -> usize {
    let (most, floor) = match params.stories {
        Some(n) => (n.min(candidates), TOLD_BARELY),
        None => (candidates, TOLD_WELL),
    };
    let most = most.min(params.words / floor + 1);
    let enough = |&n: &usize| {
        let last = weight(n - 1) / weights(0, n);
        params.words as f64 * last >= floor as f64
    };
    (1..=most).rev().find(enough).unwrap_or(1)
}

/// Returns a story's share of the words left, by its rank among those planned.
fn share_of(rank: usize, planned: usize, left: usize) -> usize {
    if rank >= planned {
        return left;
    }
    (left as f64 * weight(rank) / weights(rank, planned)) as usize
}

fn weight(rank: usize) -> f64 {
    1.0 / score::sqrt((rank + 1) as f64)
}

fn weights(from: usize, to: usize) -> f64 {
    (from..to).map(weight).sum()
}

/// Tells a story in its share, or in as little more as it needs.
fn first_that_fits(teller: &StoryPlanner<'_>, share: usize, left: usize) -> Option<StoryPlan> {
    let mut limit = share.max(1);
    loop {
        let limited = limit.min(left);
        if let Some(telling) = teller.tell(limited) {
            return Some(telling);
        }
        if limited == left {
            return None;
        }
        limit = limit.saturating_add(limit / 2 + 1);
    }
}

fn story_entry(
    collection: &Collection,
    citer: &Citer<'_>,
    (material, teller, telling): &Told<'_>,
    params: &Params,
) -> StoryEntry {
    let story = &material.story;
    let summary = telling.sentences.iter().map(|chosen| SummarySentence {
        excerpt: citer.sentence(chosen.at),
        single_source: is_single_source(collection, story, chosen.at),
    });
    let quotes = telling.quotes.iter().map(|&q| quote_entry(citer, &teller.quotes.keys[q]));
    let differences =
        telling.differences.iter().map(|&d| difference(citer, &teller.differences[d]));
    let mut entry = StoryEntry {
        id: material.id().to_owned(),
        topic: material.topic.as_ref().map(|t| t.name.clone()),
        headline: headline(citer, telling.headline),
        status: material.past.status,
        sources: ids(collection, &story.articles),
        outlets: outlets(collection, &story.articles),
        background: telling.background.map(|at| citer.sentence(at)),
        summary: summary.collect(),
        quotes: quotes.collect(),
        differences: differences.collect(),
        also: Vec::new(),
        first: story.first,
        last: story.last,
        words: 0,
    };
    if params.shows(Section::Also) {
        let shown = cited(&entry);
        entry.also = entry.sources.iter().filter(|s| !shown.contains(s)).cloned().collect();
    }
    entry.words = count::of_story(&entry);
    entry
}

fn headline(citer: &Citer<'_>, choice: HeadlineChoice) -> Headline {
    match choice {
        HeadlineChoice::None => {
            Headline { article: String::new(), text: String::new(), range: None }
        }
        HeadlineChoice::Title(article) => {
            let article = citer.article(article);
            Headline { article: article.id.to_string(), text: article.title.clone(), range: None }
        }
        HeadlineChoice::Sentence(at) => {
            let excerpt = citer.sentence(at);
            let range = Some([excerpt.start, excerpt.end]);
            Headline { article: excerpt.article, text: excerpt.text, range }
        }
    }
}

fn quote_entry(citer: &Citer<'_>, quote: &KeyQuote) -> QuoteEntry {
    QuoteEntry {
        speaker: quote.speaker.clone(),
        kind: quote.kind,
        excerpts: quote.excerpts.iter().map(|p| citer.place(*p)).collect(),
        variants: quote.variants.iter().map(|p| citer.place(*p)).collect(),
        cue: quote.cue.map(|p| citer.place(p)),
        source: quote.source.map(|p| citer.place(p)),
        rule: quote.rule.to_owned(),
        confidence: quote.confidence,
    }
}

fn difference(citer: &Citer<'_>, found: &Found) -> Difference {
    Difference {
        kind: found.kind.to_owned(),
        sides: found.sides.iter().map(|(shown, _)| citer.place(*shown)).collect(),
        figures: found.sides.iter().map(|(_, figure)| citer.place(*figure)).collect(),
        newest: found.newest,
    }
}

fn ids(collection: &Collection, articles: &[ArticleIx]) -> Vec<String> {
    articles.iter().map(|&a| collection.articles[a].id.to_string()).collect()
}

/// Returns the distinct outlets of some articles, sorted.
pub(crate) fn outlets(collection: &Collection, articles: &[ArticleIx]) -> Vec<String> {
    let outlets = articles.iter().filter_map(|&a| collection.articles[a].outlet());
    let mut outlets: Vec<String> = outlets.map(str::to_owned).collect();
    outlets.sort();
    outlets.dedup();
    outlets
}

/// The ids of the articles that a story cites, in the order of first citation.
fn cited(story: &StoryEntry) -> Vec<String> {
    let quotes = story.quotes.iter().flat_map(|q| q.excerpts.iter().chain(&q.variants));
    let sides = story.differences.iter().flat_map(|d| &d.sides);
    let excerpts = story.summary.iter().map(|s| &s.excerpt).chain(quotes).chain(sides);
    let mut cited = Vec::new();
    for id in excerpts.map(|e| &e.article) {
        if !cited.contains(id) {
            cited.push(id.clone());
        }
    }
    cited
}

/// Numbers the articles of the stories in the order in which they are cited, those that are not cited after the
/// others of their story.
fn number(
    collection: &Collection,
    told: &[Told<'_>],
    stories: &mut [StoryEntry],
) -> Vec<ArticleEntry> {
    let mut entries: Vec<ArticleEntry> = Vec::new();
    for ((material, _, _), story) in told.iter().zip(stories) {
        let cited = cited(story);
        let mut members = material.story.articles.clone();
        members.sort_by_key(|&a| {
            let id = collection.articles[a].id.as_str();
            (cited.iter().position(|c| c == id).unwrap_or(cited.len()), id)
        });
        for article in members {
            entries.push(article_entry(&collection.articles[article], entries.len() + 1));
        }
    }
    entries
}

fn article_entry(article: &Article, number: usize) -> ArticleEntry {
    ArticleEntry {
        id: article.id.to_string(),
        number,
        origin: article.origin.clone(),
        url: article.url.clone(),
        title: article.title.clone(),
        source: article.source.clone(),
        byline: article.byline.clone(),
        published: article.published,
        lang: article.lang,
        sha: blake3::hash(article.text.as_bytes()).to_hex().to_string(),
    }
}
