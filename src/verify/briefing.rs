//! Checks a briefing: every excerpt, headline and speaker, and the fields that are derived from the articles.
//!
//! Known limits: `witnesses` and `single_source` are recomputed only for a story that has one article, or whose
//! articles the default settings also group into one story without others, and only if no text has changed. The status
//! of a story and the list of articles left out are not checked, because they depend on earlier briefings and settings.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::article::{Article, ArticleIx};
use crate::briefing::count;
use crate::briefing::model::{
    ArticleEntry, Briefing, Difference, Excerpt, Headline, QuoteEntry, StoryEntry,
};
use crate::identity::outlet::Outlets;
use crate::quotes::Place;
use crate::span::{CodePoints, Span};
use crate::text::Collection;
use crate::verify::derived;
use crate::verify::extracted_quotes::{Attribution, difference};
use crate::verify::report::{Code, Finding, Report};

/// Checks a briefing against the articles that it names; the collection may contain others as well.
///
/// ```
/// use nutgraf::{Article, BriefParams, Collection, Published, brief, verify};
///
/// let article = Article::builder("The council closed the Mill Street bridge on Monday.").title("Bridge closed").build();
/// let now = Published::parse("2026-03-11").unwrap();
/// let mut briefing = brief(vec![article.clone()], &BriefParams::default(), now).briefing;
/// let sources = Collection::build(vec![article]);
/// assert!(verify::verify(&briefing, &sources).holds);
/// briefing.stories[0].summary[0].excerpt.text = "The council opened the Mill Street bridge.".to_owned();
/// assert_eq!(verify::verify(&briefing, &sources).findings[0].code.name(), "excerpt_text");
/// ```
pub fn verify(briefing: &Briefing, collection: &Collection) -> Report {
    let mut walk = Walk::new(briefing, collection);
    for (i, entry) in briefing.articles.iter().enumerate() {
        walk.article(i, entry);
    }
    for (i, story) in briefing.stories.iter().enumerate() {
        walk.story(i, story);
    }
    walk.words();
    walk.derived();
    walk.report.closed()
}

/// A location in the briefing, as a JSON pointer and in readable form.
#[derive(Clone)]
struct At {
    pointer: String,
    place: String,
}

impl At {
    fn inside(&self, pointer: &str, place: &str) -> Self {
        Self {
            pointer: format!("{}/{pointer}", self.pointer),
            place: format!("{}, {place}", self.place),
        }
    }
}

struct Walk<'a> {
    briefing: &'a Briefing,
    collection: &'a Collection,
    points: Vec<OnceCell<CodePoints<'a>>>,
    by_id: BTreeMap<&'a str, ArticleIx>,
    /// The ids of articles whose text has changed since the briefing was made.
    changed: Vec<&'a str>,
    report: Report,
}

impl<'a> Walk<'a> {
    fn new(briefing: &'a Briefing, collection: &'a Collection) -> Self {
        let by_id = by_id(briefing, collection);
        let points = collection.articles.iter().map(|_| OnceCell::new()).collect();
        let changed = Vec::new();
        Self { briefing, collection, points, by_id, changed, report: Report::default() }
    }

    fn find(&mut self, at: &At, code: Code, text: &str, message: impl Into<String>) {
        self.report.findings.push(Finding {
            pointer: Some(at.pointer.clone()),
            place: Some(at.place.clone()),
            ..Finding::new(code, text, message)
        });
    }

    /// Adds the article and, if given, the position of the first differing character to the last finding.
    fn detail(&mut self, article: &str, character: Option<usize>) {
        if let Some(last) = self.report.findings.last_mut() {
            last.article = Some(article.to_owned());
            last.character = character;
        }
    }

    fn index(&self, id: &str) -> Option<ArticleIx> {
        self.by_id.get(id).copied()
    }

    /// Checks the entry of an article: the hash of its text and its metadata.
    fn article(&mut self, i: usize, entry: &'a ArticleEntry) {
        self.report.checked.articles += 1;
        let at = At { pointer: format!("/articles/{i}"), place: format!("article {:?}", entry.id) };
        let Some(article) = self.index(&entry.id).map(|a| &self.collection.articles[a]) else {
            self.find(&at, Code::NoArticle, &entry.title, "not among the inputs");
            return self.detail(&entry.id, None);
        };
        let changed = blake3::hash(article.text.as_bytes()).to_hex().as_str() != entry.sha;
        if changed {
            self.changed.push(&entry.id);
            self.find(&at, Code::ChangedSource, "", "the text of the source has changed");
            self.detail(&entry.id, None);
        }
        let differing = [
            ("title", entry.title != article.title),
            ("source", entry.source != article.source),
            ("byline", entry.byline != article.byline),
            ("published", entry.published != article.published),
            ("url", entry.url != article.url),
        ];
        for (field, _) in differing.iter().filter(|(_, differs)| *differs) {
            let message = format!("the {field} differs from that of the article");
            let code = if changed { Code::ChangedSource } else { Code::Metadata };
            self.find(&at, code, "", message);
            self.detail(&entry.id, None);
        }
    }

    fn story(&mut self, i: usize, story: &'a StoryEntry) {
        let at = At { pointer: format!("/stories/{i}"), place: format!("story {}", i + 1) };
        let members: Vec<ArticleIx> =
            story.sources.iter().filter_map(|id| self.index(id)).collect();
        for id in story.sources.iter().chain(&story.also).chain(&story.reported) {
            if !self.briefing.articles.iter().any(|a| a.id == *id) {
                let message = format!("its source {id:?} is not in the list of articles");
                self.find(&at, Code::NoArticle, "", message);
                self.detail(id, None);
            }
        }
        self.headline(&at.inside("headline", "headline"), story, &story.headline);
        if let Some(background) = &story.background {
            self.sentence(&at.inside("background", "background"), story, background);
        }
        for (n, sentence) in story.summary.iter().enumerate() {
            let at = at.inside(&format!("summary/{n}"), &format!("sentence {}", n + 1));
            self.sentence(&at, story, &sentence.excerpt);
        }
        let attribution = Attribution::new(self.collection, &members);
        for (n, quote) in story.quotes.iter().enumerate() {
            let at = at.inside(&format!("quotes/{n}"), &format!("quote {}", n + 1));
            self.quote(&at, story, quote, &attribution);
        }
        for (n, difference) in story.differences.iter().enumerate() {
            let at = at.inside(&format!("differences/{n}"), &format!("difference {}", n + 1));
            self.difference(&at, story, difference);
        }
    }

    fn headline(&mut self, at: &At, story: &StoryEntry, headline: &Headline) {
        self.report.checked.headlines += 1;
        if let Some([start, end]) = headline.range {
            let text = headline.text.clone();
            let excerpt = Excerpt { article: headline.article.clone(), start, end, text };
            self.sentence(at, story, &excerpt);
            return;
        }
        let Some(article) = self.member(at, story, &headline.article, &headline.text) else {
            return;
        };
        let title = &self.collection.articles[article].title;
        if *title != headline.text {
            let n = first_difference(title, &headline.text);
            let message =
                format!("not the title of its article, {}", point(n, &headline.text, title));
            self.find(at, Code::Headline, &headline.text, message);
            self.detail(&headline.article, Some(n));
        }
    }

    fn sentence(&mut self, at: &At, story: &StoryEntry, excerpt: &Excerpt) {
        let Some(place) = self.excerpt(at, story, excerpt) else { return };
        let document = &self.collection.corpus.documents[place.article];
        if !document.sentences.iter().any(|s| s.span == place.span) {
            let message = "does not begin and end at the bounds of a sentence";
            self.find(at, Code::ExcerptBounds, &excerpt.text, message);
            self.detail(&excerpt.article, None);
        }
    }

    fn quote(&mut self, at: &At, story: &StoryEntry, quote: &QuoteEntry, anew: &Attribution) {
        let mut parts = Vec::new();
        for (n, excerpt) in quote.excerpts.iter().enumerate() {
            let at = at.inside(&format!("excerpts/{n}"), &format!("part {}", n + 1));
            parts.extend(self.part(&at, story, excerpt, anew));
        }
        let mut variants = Vec::new();
        for (n, excerpt) in quote.variants.iter().enumerate() {
            let at = at.inside(&format!("variants/{n}"), &format!("variant {}", n + 1));
            variants.extend(self.part(&at, story, excerpt, anew));
        }
        for (name, excerpt) in [("cue", &quote.cue), ("source", &quote.source)] {
            if let Some(excerpt) = excerpt {
                self.excerpt(&at.inside(name, name), story, excerpt);
            }
        }
        if parts.len() == quote.excerpts.len() && variants.len() == quote.variants.len() {
            self.speaker(at, quote, anew, &parts, &variants);
        }
    }

    fn speaker(
        &mut self,
        at: &At,
        quote: &QuoteEntry,
        anew: &Attribution,
        parts: &[Place],
        variants: &[Place],
    ) {
        self.report.checked.speakers += 1;
        let text = quote.excerpts.first().map_or("", |e| &e.text);
        let Some(found) = anew.find(parts) else {
            let message = "its parts do not belong to one quotation";
            return self.find(at, Code::QuoteBounds, text, message);
        };
        if !variants.iter().all(|v| found.variants.contains(v)) {
            let message = "one of its variants is another quotation";
            self.find(at, Code::QuoteBounds, text, message);
        }
        if let Some(message) = difference(quote, &found) {
            self.find(at, Code::OtherSpeaker, text, message);
        }
    }

    /// Checks one part of a quote. Returns its range if the range is exactly one part of a quotation in the cited
    /// article, or a run of whole sentences within one.
    fn part(
        &mut self,
        at: &At,
        story: &StoryEntry,
        excerpt: &Excerpt,
        anew: &Attribution,
    ) -> Option<Place> {
        let place = self.excerpt(at, story, excerpt)?;
        if anew.is_part(place) {
            return Some(place);
        }
        let message = "not exactly the text inside the quotation marks";
        self.find(at, Code::QuoteBounds, &excerpt.text, message);
        self.detail(&excerpt.article, None);
        None
    }

    fn difference(&mut self, at: &At, story: &StoryEntry, difference: &Difference) {
        for (n, side) in difference.sides.iter().enumerate() {
            let at = at.inside(&format!("sides/{n}"), &format!("side {}", n + 1));
            self.excerpt(&at, story, side);
        }
        for (n, figure) in difference.figures.iter().enumerate() {
            let at = at.inside(&format!("figures/{n}"), &format!("figure {}", n + 1));
            self.excerpt(&at, story, figure);
            let inside = difference.sides.get(n).is_some_and(|side| {
                side.article == figure.article
                    && side.start <= figure.start
                    && figure.end <= side.end
            });
            if !inside {
                self.find(&at, Code::Range, &figure.text, "not in its side");
            }
        }
    }

    /// Checks an excerpt against the text of its article. Returns its range if the text matches; if the article has
    /// changed and the words have moved, returns the nearest range that contains them.
    fn excerpt(&mut self, at: &At, story: &StoryEntry, excerpt: &Excerpt) -> Option<Place> {
        self.report.checked.excerpts += 1;
        let article = self.member(at, story, &excerpt.article, &excerpt.text)?;
        let collection = self.collection;
        let text = &collection.articles[article].text;
        let points = self.points[article].get_or_init(|| CodePoints::new(text));
        let span = points.to_span(excerpt.start, excerpt.end);
        let changed = self.changed.contains(&excerpt.article.as_str());
        let is_there = span.is_some_and(|span| span.slice(text) == excerpt.text);
        // If the source has changed, the words may have moved, so look for them elsewhere in the text.
        if changed
            && !is_there
            && let Some(span) = nearest(text, &excerpt.text, span)
        {
            return Some(Place { article, span });
        }
        let Some(span) = span else {
            let code = if changed { Code::ChangedSource } else { Code::Range };
            let message = format!("{}..{} is not a range of the text", excerpt.start, excerpt.end);
            self.find(at, code, &excerpt.text, message);
            self.detail(&excerpt.article, None);
            return None;
        };
        let source = span.slice(text);
        if source == excerpt.text {
            return Some(Place { article, span });
        }
        let n = first_difference(source, &excerpt.text);
        let point = point(n, &excerpt.text, source);
        let (code, message) = if changed {
            (Code::ChangedSource, format!("the text of the source has changed, {point}"))
        } else {
            (Code::ExcerptText, format!("differs from its source, {point}"))
        };
        self.find(at, code, &excerpt.text, message);
        self.detail(&excerpt.article, Some(n));
        None
    }

    /// Returns the article with an id, which must be among the sources of the story and among the inputs; otherwise
    /// adds a finding and returns `None`.
    fn member(&mut self, at: &At, story: &StoryEntry, id: &str, text: &str) -> Option<ArticleIx> {
        let message = if story.sources.iter().any(|s| s == id) {
            match self.index(id) {
                Some(article) => return Some(article),
                None => format!("its article {id:?} is not among the inputs"),
            }
        } else {
            format!("its article {id:?} is not among the sources of the story")
        };
        self.find(at, Code::NoArticle, text, message);
        self.detail(id, None);
        None
    }

    /// Compares the derived fields with the articles from which they are derived.
    fn derived(&mut self) {
        for difference in derived::differences(self.briefing, self.collection, &self.by_id) {
            let at = At { pointer: difference.pointer, place: difference.place };
            self.find(&at, Code::Derived, "", difference.message);
        }
    }

    fn words(&mut self) {
        let at = At { pointer: "/words".to_owned(), place: "words".to_owned() };
        let counted: usize = self.briefing.stories.iter().map(count::of_story).sum();
        let said = self.briefing.words;
        if counted != said {
            let message = format!("given as {said}, counted {counted}");
            self.find(&at, Code::Derived, "", message);
        }
        if let Some(budget) = self.briefing.budget.filter(|budget| counted > *budget) {
            let message = format!("{counted} words exceed the budget of {budget}");
            self.find(&at, Code::Derived, "", message);
        }
    }
}

/// Returns the articles of the collection, indexed by their ids, and by the ids that the briefing uses for them if
/// these differ.
///
/// An id derived from the content differs if the text has changed since, or if another version of the program reads the
/// page differently, for example without a line of advertising. The article is then the only one, among those whose ids
/// the briefing does not contain, that has the same URL or, if the briefing gives no URL, the same outlet, title and
/// date.
fn by_id<'a>(briefing: &'a Briefing, collection: &'a Collection) -> BTreeMap<&'a str, ArticleIx> {
    let articles = || collection.articles.iter().enumerate();
    let outlets = Outlets::from_recorded(&briefing.hosts);
    let mut by_id: BTreeMap<&str, ArticleIx> =
        articles().map(|(i, a)| (a.id.as_str(), i)).collect();
    let named: BTreeSet<&str> = briefing.articles.iter().map(|e| e.id.as_str()).collect();
    let is_unnamed = |(_, a): &(ArticleIx, &Article)| !named.contains(a.id.as_str());
    let unnamed: Vec<(ArticleIx, &Article)> = articles().filter(is_unnamed).collect();
    for entry in &briefing.articles {
        if by_id.contains_key(entry.id.as_str()) {
            continue;
        }
        let is_same = |a: &Article| {
            if entry.url.is_some() {
                return a.url == entry.url;
            }
            let is_dated = entry.published.is_some() && a.published == entry.published;
            let is_of_outlet = match (&a.source, &entry.source) {
                (Some(a), Some(b)) => outlets.are_one(a, b),
                (a, b) => a == b,
            };
            is_dated && is_of_outlet && a.title == entry.title
        };
        let mut same = unnamed.iter().filter(|(_, a)| is_same(a));
        if let (Some(&(article, _)), None) = (same.next(), same.next()) {
            by_id.insert(&entry.id, article);
        }
    }
    by_id
}

/// Returns the occurrence of some words in a text that is nearest to their previous position or, if that is unknown, to
/// the end of the text.
fn nearest(text: &str, words: &str, before: Option<Span>) -> Option<Span> {
    if words.is_empty() {
        return None;
    }
    let had = before.map_or(text.len(), Span::start);
    let starts = text.match_indices(words).map(|(at, _)| at);
    let at = starts.min_by_key(|at| at.abs_diff(had))?;
    Some(Span::new(at, at + words.len()))
}

/// Returns the index of the first code point at which two texts differ.
fn first_difference(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count()
}

/// Describes the first code point that differs, for a message.
fn point(n: usize, text: &str, source: &str) -> String {
    let at = |text: &str| text.chars().nth(n).map_or("nothing".to_owned(), |c| format!("{c:?}"));
    format!("first at character {}: {} here, {} there", n + 1, at(text), at(source))
}
