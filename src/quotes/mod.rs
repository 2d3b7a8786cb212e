//! Who said what: marks, cues, attribution rules, speakers, merging across articles.
//!
//! Law: content verbatim; no speaker without a rule; merging symmetric and idempotent.

use serde::{Deserialize, Serialize};

use crate::article::{Article, ArticleIx};
use crate::score::Score;
use crate::span::Span;
use crate::text::{Collection, Document};

/// One quotation in one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// How much of it is quoted.
    pub kind: QuoteKind,
    /// What stands inside the outermost marks, part by part, inner punctuation included.
    pub content: Vec<Span>,
    /// The words that introduce it: `said`, `according to`, `:`.
    pub cue: Option<Span>,
    /// The phrase that names the speaker, to the letter.
    pub source: Option<Span>,
    /// Whom it is given to; nothing where no rule says so.
    pub speaker: Option<Speaker>,
    /// The rule that gave it a speaker, or the reason why none did.
    pub rule: &'static str,
    /// How sure the rule is.
    pub confidence: Confidence,
}

/// A person, group or document that is quoted, under its fullest name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest name found, or the source phrase itself for groups and unnamed sources.
    pub name: String,
    /// The most specific role found for a person.
    pub role: Option<String>,
}

/// How much of a quotation is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// A whole clause or sentence.
    Direct,
    /// A part of the reporter's own sentence.
    Mixed,
    /// No marks: "said that …".
    Indirect,
}

/// How sure an attribution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// At least 97 of 100 are right.
    High,
    /// Usually right.
    Medium,
    /// Not given a speaker, or doubtful.
    Low,
}

/// A range of one article of the collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The article.
    pub article: ArticleIx,
    /// The range of its text.
    pub span: Span,
}

/// The same words as quoted by one or more articles of a story.
#[derive(Clone, Debug)]
pub struct KeyQuote {
    /// Whose words.
    pub speaker: Option<Speaker>,
    /// How much of it is quoted.
    pub kind: QuoteKind,
    /// The longest faithful version, part by part, all of one article.
    pub excerpts: Vec<Place>,
    /// The other versions.
    pub variants: Vec<Place>,
    /// The words that introduce the leading version.
    pub cue: Option<Place>,
    /// The phrase that names the speaker of the leading version.
    pub source: Option<Place>,
    /// The rule that attributed the leading version.
    pub rule: &'static str,
    /// How sure that rule is.
    pub confidence: Confidence,
    /// How much it deserves to be shown; key quotes are returned in falling order of it.
    pub weight: Score,
}

/// Finds the quotations of one article, speakers joined within it.
pub fn extract(_article: &Article, _document: &Document) -> Vec<Quote> {
    Vec::new()
}

/// Finds the quotations of each article of a story, speakers joined across it.
///
/// The answer is parallel to `articles`.
pub fn of_story(collection: &Collection, articles: &[ArticleIx]) -> Vec<Vec<Quote>> {
    articles
        .iter()
        .map(|&a| extract(&collection.articles[a], &collection.corpus.documents[a]))
        .collect()
}

/// Merges the quotations of a story: the same words are one key quote with its sources.
///
/// `quotes` is what [`of_story`] gave for the same `articles`. Indirect quotations are left out.
pub fn merge(
    _collection: &Collection,
    _articles: &[ArticleIx],
    _quotes: &[Vec<Quote>],
) -> Vec<KeyQuote> {
    Vec::new()
}
