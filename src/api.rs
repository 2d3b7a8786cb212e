//! The functions that most programs need: they return the sentences of a text, and the summaries, quotes or stories of
//! articles.
//!
//! Each function runs the stages that it depends on and returns plain data. Programs that want to reuse intermediate
//! results call the stages themselves: [`text::Collection`](crate::text::Collection) annotates articles once for
//! [`stories`](mod@crate::stories), [`summary`](mod@crate::summary) and [`quotes`](mod@crate::quotes).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::article::{self, Article, ArticleIx, Published};
use crate::briefing::Excerpt;
use crate::budget::{self, Budget};
use crate::json;
use crate::language::Language;
use crate::parallel;
use crate::quotes::{self as quoting, Confidence, QuoteKind, Speaker};
use crate::span::{CodePoints, Span};
use crate::stories as grouping;
use crate::stories::Sketch;
use crate::summary::{self as selection, CandidateSet, Constraints};
use crate::text::{Collection, annotate};

/// A summary: sentences of the articles, in reading order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Summary {
    /// The sentences, each with the id of its article and its range in code points.
    pub sentences: Vec<Excerpt>,
    /// The total number of words.
    pub words: usize,
}

impl fmt::Display for Summary {
    /// Writes the sentences as one paragraph; line breaks inside a sentence become spaces.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sentences: Vec<&str> = self.sentences.iter().map(|s| &*s.text).collect();
        for (i, word) in json::joined(&sentences).split_whitespace().enumerate() {
            f.write_str(if i == 0 { "" } else { " " })?;
            f.write_str(word)?;
        }
        Ok(())
    }
}

/// A quotation with its words, range and speaker.
///
/// When serialized, a quotation includes its words. The command `nutgraf quotes` instead writes a
/// [`QuotesRecord`](crate::json::QuotesRecord) per article, which has the ranges of the words, cue and speaker of each
/// quotation, but not the words.
///
/// ```
/// use nutgraf::{Article, quotes};
/// use serde_json::json;
///
/// let article = Article::from_text("\"The bridge stays closed,\" said Mayor Ana Quill on Monday.");
/// let expected = json!({
///     "text": "The bridge stays closed,",
///     "spans": [[1, 25]],
///     "kind": "direct",
///     "speaker": {"name": "Ana Quill", "role": "Mayor"},
///     "rule": "after_inverted",
///     "confidence": "high",
/// });
/// assert_eq!(serde_json::to_value(&quotes(&article)[0])?, expected);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Quotation {
    /// The words inside the outermost quotation marks or, for [`QuoteKind::Indirect`], the reported words. If the
    /// quotation has several parts, they are joined by " … ".
    pub text: String,
    /// The range of each part in code points: start inclusive, end exclusive.
    pub spans: Vec<[usize; 2]>,
    /// Whether the quotation is a whole clause, part of the reporter's sentence, or reported speech without quotation
    /// marks.
    pub kind: QuoteKind,
    /// The speaker; `None` if no rule identifies one.
    pub speaker: Option<Speaker>,
    /// The rule that identified the speaker, or the reason why none did.
    pub rule: &'static str,
    /// How certain the attribution is.
    pub confidence: Confidence,
}

/// The articles that report one event, by their ids.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct StoryOutline {
    /// The id of the story.
    pub id: String,
    /// The best headline among the titles of the articles.
    pub headline: String,
    /// The ids of all articles, near-copies included.
    pub articles: Vec<String>,
    /// Groups of near-copies; the first of each group represents the others.
    pub duplicates: Vec<Vec<String>>,
    /// The outlets, sorted.
    pub outlets: Vec<String>,
    /// The importance; stories are sorted by it in descending order.
    pub score: f64,
}

/// Returns the range of each sentence of a text, in order; if `lang` is `None`, the language is detected.
///
/// ```
/// let text = "Dr. Vale left at 5 p.m. on Monday. Nobody followed.";
/// let sentences = nutgraf::sentences(text, None);
/// let first = sentences[0].slice(text);
/// assert_eq!(first, "Dr. Vale left at 5 p.m. on Monday.");
/// assert_eq!(sentences.len(), 2);
/// ```
pub fn sentences(text: &str, lang: Option<Language>) -> Vec<Span> {
    let builder = Article::builder(text);
    let article = match lang {
        Some(lang) => builder.lang(lang),
        None => builder,
    }
    .build();
    annotate(&article).sentences.iter().map(|sentence| sentence.span).collect()
}

/// Selects the sentences that best represent one article, or several articles about one event, within a budget.
///
/// The summary is empty if there are no articles, if no sentence fits, or if none may be shown.
///
/// ```
/// use nutgraf::{Article, Budget, summarize};
///
/// assert!(summarize(&[], Budget::Words(50)).sentences.is_empty());
///
/// let article = Article::from_text(
///     "A winter storm cut power to 80,000 homes on Monday, officials said. Schools stayed closed in three towns. \
///      Repairs will take until Friday, the grid operator said.",
/// );
/// let summary = summarize(&[article], Budget::Sentences(1));
/// assert_eq!(
///     summary.to_string(),
///     "A winter storm cut power to 80,000 homes on Monday, officials said.",
/// );
/// assert_eq!((summary.sentences[0].start, summary.sentences[0].end), (0, 67));
/// ```
pub fn summarize(articles: &[Article], budget: Budget) -> Summary {
    summarize_with(articles, budget, &selection::Params::default(), None)
}

/// Summarizes like [`summarize`], but with the given parameters; if a topic is given, sentences about it are preferred.
pub fn summarize_with(
    articles: &[Article],
    budget: Budget,
    params: &selection::Params,
    topic: Option<&str>,
) -> Summary {
    if articles.is_empty() {
        return Summary::default();
    }
    let collection = collect(articles);
    let story = grouping::single(&collection, &grouping::Params::default());
    let set = CandidateSet::new(&collection, &story, params, topic);
    let extract = selection::solve(&set, budget, &Constraints::default());
    let places = extract.sentences.iter().map(|chosen| chosen.at);
    let sentences: Vec<Excerpt> = places
        .map(|at| {
            let sentence = &collection.corpus.documents[at.article].sentences[at.sentence];
            excerpt(&collection, at.article, sentence.span)
        })
        .collect();
    let words = sentences.iter().map(|sentence| budget::words(&sentence.text)).sum();
    Summary { sentences, words }
}

/// Finds the quotations in an article, in text order, with their speakers.
///
/// Indirect quotations are included: [`Quotation::kind`] distinguishes them.
///
/// ```
/// use nutgraf::{Article, quotes};
///
/// let article = Article::from_text("\"The bridge stays closed,\" said Mayor Ana Quill on Monday.");
/// let found = quotes(&article);
/// assert_eq!(found[0].text, "The bridge stays closed,");
/// assert_eq!(found[0].speaker.as_ref().map(|s| s.name.as_str()), Some("Ana Quill"));
/// ```
pub fn quotes(article: &Article) -> Vec<Quotation> {
    let points = CodePoints::new(&article.text);
    let found = quoting::extract(article, &annotate(article));
    let quotation = |quote: quoting::Quote| {
        let parts = quote.content.iter().map(|part| part.slice(&article.text));
        Quotation {
            text: parts.collect::<Vec<_>>().join(" … "),
            spans: quote.content.iter().map(|part| points.span(*part)).collect(),
            kind: quote.kind,
            speaker: quote.speaker,
            rule: quote.rule,
            confidence: quote.confidence,
        }
    };
    found.into_iter().map(quotation).collect()
}

/// Groups articles into stories, in descending order of importance.
///
/// The age of an article is measured back from `now`; if `now` is `None`, from the time of the newest article.
///
/// ```
/// use nutgraf::{Article, stories};
///
/// let article = |id, text| Article::builder(text).id(id).build();
/// let articles = [
///     article("a", "A ferry and a freighter collided in Kelmar Strait on Tuesday. The ferry Astrid Lund carried 212 people."),
///     article("b", "Parliament voted to buy back the water companies of Norvia. The buyout costs 2.4 billion crowns."),
///     article("c", "The ferry Astrid Lund collided with a freighter in Kelmar Strait. All 212 people aboard are safe."),
/// ];
/// let stories = stories(&articles, None);
/// assert_eq!(stories.iter().map(|s| s.articles.len()).max(), Some(2));
/// ```
pub fn stories(articles: &[Article], now: Option<Published>) -> Vec<StoryOutline> {
    stories_of_sketches(parallel::map_in_order(articles, Sketch::from_article), now)
}

/// Groups articles, given by their sketches, into stories, in descending order of importance.
///
/// The result equals that of [`stories`], no matter where the sketches were made or in which order they are given.
///
/// ```
/// use nutgraf::{Article, Sketch, stories, stories_of_sketches};
///
/// let article = |id: &str| Article::builder(format!("Bridge {id} was closed.")).id(id).build();
/// let articles = [article("a"), article("b")];
/// let sketches = articles.iter().rev().map(Sketch::from_article).collect();
/// assert_eq!(stories_of_sketches(sketches, None), stories(&articles, None));
/// ```
pub fn stories_of_sketches(mut sketches: Vec<Sketch>, now: Option<Published>) -> Vec<StoryOutline> {
    grouping::sort_sketches(&mut sketches);
    let now = now.map(Published::timestamp);
    let params = grouping::Params { now, ..grouping::Params::default() };
    let background = grouping::Background::default();
    let stories = grouping::group_in_place(&mut sketches, &background, &params);
    let ids = |members: &[ArticleIx]| {
        members.iter().map(|&a| sketches[a].id().to_string()).collect::<Vec<_>>()
    };
    let outline = |story: grouping::Story| StoryOutline {
        headline: sketches[story.headline].title().to_owned(),
        articles: ids(&story.articles),
        duplicates: story.duplicates.iter().map(|group| ids(group)).collect(),
        outlets: story.sources,
        score: story.score.value(),
        id: story.id,
    };
    stories.into_iter().map(outline).collect()
}

/// Annotates articles in an order that is independent of the caller's.
fn collect(articles: &[Article]) -> Collection {
    let mut articles = articles.to_vec();
    article::sort(&mut articles);
    Collection::build(articles)
}

fn excerpt(collection: &Collection, article: ArticleIx, span: Span) -> Excerpt {
    let article = &collection.articles[article];
    let [start, end] = CodePoints::new(&article.text).span(span);
    Excerpt {
        article: article.id.to_string(),
        start,
        end,
        text: span.slice(&article.text).to_owned(),
    }
}
