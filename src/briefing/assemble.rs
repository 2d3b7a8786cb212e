//! Assembly: turns a plan into the model of a briefing, with offsets in code points, numbered articles and a list of
//! omissions.

use std::collections::BTreeSet;

use crate::article::{Article, ArticleIx, Published};
use crate::briefing::cite::Citer;
use crate::briefing::corroboration::is_single_source;
use crate::briefing::count;
use crate::briefing::discrepancies::Found;
use crate::briefing::model::{
    ArticleEntry, Briefing, Difference, Dropped, Headline, Inputs, LeftOut, LeftOutStory,
    OngoingEntry, QuoteEntry, SCHEMA, Section, StoryEntry, SummarySentence,
};
use crate::briefing::params::Params;
use crate::briefing::plan::Plan;
use crate::briefing::planner::{HeadlineChoice, StoryPlan, StoryPlanner};
use crate::briefing::reason::Reason;
use crate::briefing::topic_assignment::name_all;
use crate::identity::Outlets;
use crate::quotes::KeyQuote;
use crate::stories::kind;
use crate::text::Collection;

/// Assembles the planned briefing; `dropped` holds the articles that were left out before planning.
pub fn assemble(
    collection: &Collection,
    plan: &Plan<'_>,
    params: &Params,
    now: Published,
    mut dropped: Vec<Dropped>,
) -> Briefing {
    let citer = Citer::new(collection);
    let mut stories: Vec<StoryEntry> = plan
        .stories
        .iter()
        .map(|(planner, plan)| story_entry(&citer, planner, plan, params))
        .collect();
    let ongoing = plan.ongoing.iter().filter(|planner| !planner.input.past.quiet);
    let ongoing: Vec<OngoingEntry> =
        ongoing.map(|planner| ongoing_entry(&citer, planner)).collect();
    let corrections = params.history.corrections(&collection.articles);
    let mut articles = number(collection, plan, &mut stories);
    let named = ongoing.iter().map(|o| &o.headline.article);
    let named: Vec<&String> = named.chain(corrections.iter().map(|c| &c.article)).collect();
    add_named(collection, &named, &mut articles);
    // Articles of earlier briefings are read because their stories may continue; they count as inputs only if the
    // briefing lists them.
    let listed: BTreeSet<&str> = articles.iter().map(|entry| entry.id.as_str()).collect();
    let is_used = |article: &&Article| {
        let id = article.id.as_str();
        params.history.is_new(id) || listed.contains(id)
    };
    let inputs = Inputs::count(collection.articles.iter().filter(is_used).map(Article::extent));
    let (left_out, silent) = left_out(collection, plan);
    dropped.extend(silent);
    let urls = articles.iter().filter_map(|entry| entry.url.as_deref());
    let hosts = Outlets::from_articles(&collection.articles).hosts_of(urls);
    Briefing {
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
        hosts,
        left_out,
        dropped,
        inputs,
    }
}

/// Returns the stories that were left out for lack of room or because of the maximum number of stories, and separately
/// the articles of the stories without text or without anything that can be shown.
fn left_out(collection: &Collection, plan: &Plan<'_>) -> (LeftOut, Vec<Dropped>) {
    let mut left_out = LeftOut::default();
    let mut silent = Vec::new();
    for (story, reason) in &plan.left_out {
        let has_text = |&a: &ArticleIx| {
            collection.is_unread(a) || !collection.corpus.documents[a].sentences.is_empty()
        };
        if matches!(reason, Reason::NothingToShow) || !story.articles.iter().any(has_text) {
            silent.extend(name_all(collection, story, &Reason::NothingToShow));
            continue;
        }
        left_out.stories += 1;
        left_out.articles += story.articles.len();
        left_out.headlines.push(LeftOutStory {
            id: story.id.clone(),
            headline: collection.articles[story.headline].title.clone(),
            articles: story.articles.len(),
            reason: reason.clone(),
        });
    }
    (left_out, silent)
}

fn ongoing_entry(citer: &Citer<'_>, planner: &StoryPlanner<'_>) -> OngoingEntry {
    OngoingEntry { id: planner.input.id().to_owned(), headline: headline(citer, planner.headline) }
}

/// Adds articles that are named outside the stories to the list, continuing the numbering.
fn add_named(collection: &Collection, named: &[&String], entries: &mut Vec<ArticleEntry>) {
    for &id in named {
        let known = entries.iter().any(|e| e.id == *id);
        let article = collection.articles.iter().find(|a| a.id.as_str() == id);
        if let (false, Some(article)) = (known, article) {
            entries.push(article_entry(article, entries.len() + 1));
        }
    }
}

fn story_entry(
    citer: &Citer<'_>,
    planner: &StoryPlanner<'_>,
    plan: &StoryPlan,
    params: &Params,
) -> StoryEntry {
    let story = planner.story();
    let collection = citer.collection();
    let summary = plan.sentences.iter().enumerate().map(|(n, chosen)| SummarySentence {
        excerpt: citer.sentence(chosen.at),
        // The lede reports the event itself, so it is never marked as coming from a single outlet.
        single_source: n > 0 && is_single_source(collection, story, chosen.at),
    });
    let quotes = plan.quotes.iter().map(|&q| quote_entry(citer, &planner.quotes.keys[q]));
    let differences = plan.differences.iter().map(|&d| difference(citer, &planner.differences[d]));
    let mut entry = StoryEntry {
        id: planner.input.id().to_owned(),
        topic: planner.input.topic.as_ref().map(|t| t.name.clone()),
        headline: headline(citer, planner.headline),
        status: planner.input.past.status,
        sources: ids(collection, &story.articles),
        outlets: story.sources.clone(),
        witnesses: story.witnesses,
        background: plan.background.map(|at| citer.sentence(at)),
        summary: summary.collect(),
        quotes: quotes.collect(),
        differences: differences.collect(),
        also: Vec::new(),
        reported: Vec::new(),
        first: story.first,
        last: story.last,
        words: 0,
    };
    let shown = cited(&entry);
    let is_cited = |id: &String| shown.contains(id) || *id == entry.headline.article;
    entry.reported = ids(collection, &planner.input.past.told);
    entry.reported.retain(|id| !is_cited(id));
    if params.shows(Section::Also) {
        let is_other = |id: &&String| !shown.contains(id) && !entry.reported.contains(id);
        entry.also = entry.sources.iter().filter(is_other).cloned().collect();
    }
    entry.words = count::of_story(&entry);
    entry
}

/// Returns the distinct outlet names of some articles.
pub(crate) fn outlets(collection: &Collection, articles: &[ArticleIx]) -> Vec<String> {
    let names = articles.iter().filter_map(|&a| collection.articles[a].outlet());
    Outlets::from_articles(&collection.articles).names(names)
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

/// Returns the ids of the articles that a story cites, in the order of first citation.
pub(crate) fn cited(story: &StoryEntry) -> Vec<String> {
    let quotes = story.quotes.iter().flat_map(|q| q.excerpts.iter().chain(&q.variants));
    let sides = story.differences.iter().flat_map(|d| &d.sides);
    let sentences = story.summary.iter().map(|s| &s.excerpt).chain(&story.background);
    let mut cited = Vec::new();
    for id in sentences.chain(quotes).chain(sides).map(|e| &e.article) {
        if !cited.contains(id) {
            cited.push(id.clone());
        }
    }
    cited
}

/// Numbers the articles in the order of citation, so that the visible source numbers have no gaps. Articles that are
/// not cited follow the others of their story; the articles in the stories' lists of reported ones come last.
fn number(
    collection: &Collection,
    plan: &Plan<'_>,
    stories: &mut [StoryEntry],
) -> Vec<ArticleEntry> {
    let mut listed = Vec::new();
    let mut reported = Vec::new();
    for ((planner, _), story) in plan.stories.iter().zip(stories) {
        let cited = cited(story);
        let mut members = planner.story().articles.clone();
        members.sort_by_key(|&a| {
            let id = collection.articles[a].id.as_str();
            (cited.iter().position(|c| c == id).unwrap_or(cited.len()), id)
        });
        for article in members {
            let id = collection.articles[article].id.as_str();
            let is_reported = story.reported.iter().any(|reported| reported == id);
            if is_reported { &mut reported } else { &mut listed }.push(article);
        }
    }
    let all = listed.into_iter().chain(reported).enumerate();
    all.map(|(n, article)| article_entry(&collection.articles[article], n + 1)).collect()
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
        kind: kind::of_article(article),
        sha: blake3::hash(article.text.as_bytes()).to_hex().to_string(),
    }
}
