//! Recomputes the fields of a briefing that are derived from its articles.
//!
//! Known limits: articles are grouped without the reports of earlier days that a briefing may have used. If the group
//! of a story with several articles differs for that reason, neither its number of witnesses nor its single-source
//! marks are compared.

use std::collections::BTreeMap;

use crate::article::{ArticleIx, Published};
use crate::briefing::model::{Briefing, SCHEMA, StoryEntry};
use crate::briefing::{cited, is_single_source, outlets};
use crate::identity::outlet::Outlets;
use crate::span::CodePoints;
use crate::stories::{self, Story};
use crate::summary::SentenceRef;
use crate::text::Collection;

/// A field whose value differs from the one derived from the articles.
pub(super) struct Difference {
    pub(super) pointer: String,
    pub(super) place: String,
    pub(super) message: String,
}

/// Returns the fields whose values differ from those derived from the articles.
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
    let stories = Stories { briefing, collection, by_id, grouped: &grouped };
    for (i, story) in briefing.stories.iter().enumerate() {
        let mut members = stories.members(story);
        // A missing article is reported elsewhere; nothing can be derived without it.
        if members.len() != story.sources.len() {
            continue;
        }
        let mut of_story = Vec::new();
        reported_before(story, &mut of_story);
        times_and_outlets(briefing, story, collection, &members, &mut of_story);
        stories.foreign_sources(i, &members, &mut of_story);
        members.sort_unstable();
        // If a text has changed, different sentences may corroborate each other now.
        if !is_changed(briefing, collection, by_id, &members) {
            stories.corroboration(story, &members, &mut of_story);
        }
        found.extend(of_story.into_iter().map(|(field, message)| Difference {
            pointer: format!("/stories/{i}/{field}"),
            place: format!("story {}, {}", i + 1, field.rsplit('/').next().unwrap_or(&field)),
            message,
        }));
    }
    found
}

/// The stories of a briefing and the stories that its articles form when grouped again.
struct Stories<'a> {
    briefing: &'a Briefing,
    collection: &'a Collection,
    by_id: &'a BTreeMap<&'a str, ArticleIx>,
    grouped: &'a [Story],
}

impl Stories<'_> {
    fn members(&self, story: &StoryEntry) -> Vec<ArticleIx> {
        story.sources.iter().filter_map(|id| self.by_id.get(id.as_str()).copied()).collect()
    }

    fn group_of(&self, article: ArticleIx) -> Option<&Story> {
        self.grouped.iter().find(|group| group.articles.contains(&article))
    }

    /// Reports sources that belong to another story. An article belongs to only one story: it must not be a source of
    /// two stories, nor of a story other than the one into which grouping puts it.
    fn foreign_sources(&self, i: usize, members: &[ArticleIx], found: &mut Vec<(String, String)>) {
        let own = self
            .briefing
            .stories
            .get(i)
            .and_then(|story| self.by_id.get(story.headline.article.as_str()));
        for &article in members {
            let id = &self.collection.articles[article].id;
            let others = self.briefing.stories.iter().enumerate().filter(|(j, _)| *j != i);
            let is_of_other = |(_, other): &(usize, &StoryEntry)| {
                let mut with_it = self.members(other);
                let is_listed = with_it.contains(&article);
                if !is_listed {
                    with_it.push(article);
                }
                with_it.sort_unstable();
                let is_headline = |story: &StoryEntry| story.headline.article == id.as_str();
                let forms = self.group_of(article).is_some_and(|group| group.articles == with_it);
                // If two stories list an article, it belongs to the one into which grouping puts it.
                (is_listed && !is_headline(&self.briefing.stories[i]) || forms)
                    && own.is_none_or(|own| !self.is_together(*own, article))
            };
            if let Some((j, _)) = others.into_iter().find(is_of_other) {
                let message = format!("{:?} is a source of story {}", id.as_str(), j + 1);
                found.push(("sources".to_owned(), message));
            }
        }
    }

    fn is_together(&self, a: ArticleIx, b: ArticleIx) -> bool {
        self.group_of(a).is_some_and(|group| group.articles.contains(&b))
    }

    /// Checks the story's number of witnesses and its marks on single-source sentences against the articles.
    fn corroboration(
        &self,
        story: &StoryEntry,
        members: &[ArticleIx],
        found: &mut Vec<(String, String)>,
    ) {
        // Briefings of the first version are skipped: they count neither articles nor witnesses, and mark sentences by
        // a different rule.
        let is_first_edition = self.briefing.inputs.articles == 0 && story.witnesses == 0;
        if is_first_edition {
            return;
        }
        let group = self.grouped.iter().find(|group| group.articles == members);
        let witnesses = match group {
            Some(group) => Some(group.witnesses),
            None => (members.len() == 1).then_some(1),
        };
        if let Some(expected) = witnesses.filter(|n| *n != story.witnesses) {
            let message = format!("given as {}, but the articles give {expected}", story.witnesses);
            found.push(("witnesses".to_owned(), message));
        } else if story.witnesses == 0 {
            found.push((
                "witnesses".to_owned(),
                "given as 0: each story has at least one".to_owned(),
            ));
        }
        if let Some(group) = group {
            single_sources(story, self.collection, self.by_id, group, found);
        } else if members.len() == 1 {
            let claimed = story.summary.iter().position(|s| s.single_source);
            found.extend(claimed.map(|n| {
                let field = format!("summary/{n}/single_source");
                (field, "true for a story with one source".to_owned())
            }));
        }
    }
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

/// Checks the articles that were reported before, which rendered lists of sources leave out: they must be among the
/// sources of the story, and the story must not cite them.
fn reported_before(story: &StoryEntry, found: &mut Vec<(String, String)>) {
    let cited = cited(story);
    let is_wrong = |id: &&String| !story.sources.contains(id) || cited.contains(id);
    if let Some(id) = story.reported.iter().find(is_wrong) {
        let message = format!("{id:?} is cited, or is not among the sources of the story");
        found.push(("reported".to_owned(), message));
    }
}

fn times_and_outlets(
    briefing: &Briefing,
    story: &StoryEntry,
    collection: &Collection,
    members: &[ArticleIx],
    found: &mut Vec<(String, String)>,
) {
    let expected = outlets(collection, members);
    // The briefing may know the names of more hosts if it was made from more articles than it is checked against.
    let names = members.iter().filter_map(|&a| collection.articles[a].outlet());
    let recorded = Outlets::from_recorded(&briefing.hosts).names(names);
    if story.outlets != expected && story.outlets != recorded {
        let message = format!(
            "given as {}, but the articles give {}",
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
            found.push((field.to_owned(), "differs from the date of the articles".to_owned()));
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
