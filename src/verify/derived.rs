//! Fields of a briefing that follow from its articles, computed anew.

use std::collections::BTreeMap;

use crate::article::{ArticleIx, Published};
use crate::briefing::model::{Briefing, SCHEMA, StoryEntry};
use crate::briefing::{cited, is_single_source, outlets};
use crate::span::CodePoints;
use crate::stories::{self, Story};
use crate::summary::SentenceRef;
use crate::text::Collection;

/// A field that has another value than the articles give it.
pub(super) struct Difference {
    pub(super) pointer: String,
    pub(super) place: String,
    pub(super) message: String,
}

/// Returns the fields whose values do not follow from the articles.
pub(super) fn differences(
    briefing: &Briefing,
    collection: &Collection,
    by_id: &BTreeMap<&str, ArticleIx>,
) -> Vec<Difference> {
    let mut found = Vec::new();
    if briefing.schema != SCHEMA {
        let message = format!("the schema is {:?}, expected {SCHEMA:?}", briefing.schema);
        found.push(Difference { pointer: "/schema".into(), place: "schema".into(), message });
    }
    let needs_stories = briefing.stories.iter().any(|s| s.sources.len() > 1);
    let grouped = if needs_stories {
        stories::group(collection, &stories::Params::default())
    } else {
        Vec::new()
    };
    for (i, story) in briefing.stories.iter().enumerate() {
        let mut members: Vec<ArticleIx> = Vec::new();
        for id in &story.sources {
            members.extend(by_id.get(id.as_str()));
        }
        // A missing article is reported elsewhere; nothing can be derived without it.
        if members.len() != story.sources.len() {
            continue;
        }
        let mut of_story = Vec::new();
        reported_before(story, &mut of_story);
        times_and_outlets(story, collection, &members, &mut of_story);
        members.sort_unstable();
        let alone = |s: &&Story| {
            let mut articles = s.articles.clone();
            articles.sort_unstable();
            articles == members
        };
        if is_changed(briefing, collection, by_id, &members) {
            // Other sentences may support each other now.
        } else if story.witnesses == 0 {
            // Briefings of the first edition do not count witnesses, and marked sentences by another rule.
        } else if let Some(group) = grouped.iter().find(alone) {
            single_sources(story, collection, by_id, group, &mut of_story);
        } else if members.len() == 1 {
            let claimed = story.summary.iter().position(|s| s.single_source);
            of_story.extend(claimed.map(|n| {
                let field = format!("summary/{n}/single_source");
                (field, "true for a story with one source".to_owned())
            }));
        }
        found.extend(of_story.into_iter().map(|(field, message)| Difference {
            pointer: format!("/stories/{i}/{field}"),
            place: format!("story {}, {}", i + 1, field.rsplit('/').next().unwrap_or(&field)),
            message,
        }));
    }
    found
}

/// Returns whether the text of one of these articles has changed since the briefing was made.
fn is_changed(
    briefing: &Briefing,
    collection: &Collection,
    by_id: &BTreeMap<&str, ArticleIx>,
    members: &[ArticleIx],
) -> bool {
    briefing.articles.iter().any(|entry| {
        let article = by_id.get(entry.id.as_str()).filter(|a| members.contains(a));
        let hash = |a: &ArticleIx| blake3::hash(collection.articles[*a].text.as_bytes());
        article.is_some_and(|a| hash(a).to_hex().as_str() != entry.sha)
    })
}

/// An article that a list of sources leaves out is one of the story, and the story does not cite it.
fn reported_before(story: &StoryEntry, found: &mut Vec<(String, String)>) {
    let cited = cited(story);
    let is_wrong = |id: &&String| !story.sources.contains(id) || cited.contains(id);
    if let Some(id) = story.reported.iter().find(is_wrong) {
        let message = format!("{id:?} is cited, or is not among the sources of the story");
        found.push(("reported".to_owned(), message));
    }
}

fn times_and_outlets(
    story: &StoryEntry,
    collection: &Collection,
    members: &[ArticleIx],
    found: &mut Vec<(String, String)>,
) {
    let expected = outlets(collection, members);
    if story.outlets != expected {
        let message = format!(
            "given as {}, the articles give {}",
            story.outlets.join(", "),
            expected.join(", ")
        );
        found.push(("outlets".to_owned(), message));
    }
    let dates = members.iter().filter_map(|&a| collection.articles[a].published);
    let first = dates.clone().min_by_key(|p| p.timestamp());
    let last = dates.max_by_key(|p| p.timestamp());
    let moment = |p: Option<Published>| p.map(Published::timestamp);
    for (field, given, expected) in [("first", story.first, first), ("last", story.last, last)] {
        if moment(given) != moment(expected) {
            found.push((field.to_owned(), "not the date that the articles give".to_owned()));
        }
    }
}

fn single_sources(
    story: &StoryEntry,
    collection: &Collection,
    by_id: &BTreeMap<&str, ArticleIx>,
    group: &Story,
    found: &mut Vec<(String, String)>,
) {
    for (n, sentence) in story.summary.iter().enumerate() {
        let excerpt = &sentence.excerpt;
        let Some(&article) = by_id.get(excerpt.article.as_str()) else { continue };
        let points = CodePoints::new(&collection.articles[article].text);
        let span = points.to_span(excerpt.start, excerpt.end);
        let sentences = &collection.corpus.documents[article].sentences;
        let Some(at) = sentences.iter().position(|s| Some(s.span) == span) else { continue };
        let at = SentenceRef { article, sentence: at };
        let expected = n > 0 && is_single_source(collection, group, at);
        if expected != sentence.single_source {
            let message = format!("given as {}, expected {expected}", sentence.single_source);
            found.push((format!("summary/{n}/single_source"), message));
        }
    }
}
