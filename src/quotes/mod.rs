//! Extracts quotations, attributes them to speakers, and merges them across articles.
//!
//! ```text
//! paragraph ─▶ marks ─▶ skeleton ─▶ rules ─▶ speakers ─▶ assemble ─▶ Quote ─▶ merge ─▶ KeyQuote
//!                          └──────▶ indirect ─────────────┘
//! ```
//!
//! Quotation marks are paired first. Each quotation then becomes one token of its paragraph, and the attribution rules
//! read the reporter's own words around it. A quotation that no rule attributes has no speaker.
//!
//! Invariants: the content is verbatim, and every speaker was found by a rule. The result of merging does not depend on
//! the order of the articles, and merging the leading versions again changes nothing.

mod clause;
mod colon_labels;
mod complement;
mod deduplicate;
mod dialogue;
pub mod difference;
pub mod filter;
mod forms;
mod indirect;
mod lexer;
mod lexicon;
mod link_boxes;
mod narration;
mod noun_phrase;
mod parenthetical;
mod quotation_builder;
mod reporting_clause;
mod roles;
mod rules;
mod salience;
mod scare_quotes;
mod speakable;
mod speakers;
mod words;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::article::{Article, ArticleIx};
use crate::identity::person;
use crate::language::Language;
use crate::quotes::lexicon::{Class, Lexicon};
use crate::quotes::narration::Skeleton;
use crate::quotes::speakers::People;
use crate::score::Score;
use crate::span::Span;
use crate::text::{Collection, Document, quotemarks};
use crate::warning::Warning;

/// One quotation in one article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The kind of quotation.
    pub kind: QuoteKind,
    /// The words inside the outermost marks, part by part, including inner punctuation; for [`QuoteKind::Indirect`],
    /// the reported words.
    pub content: Vec<Span>,
    /// The words that introduce the quotation: `said`, `according to`, `:`.
    pub cue: Option<Span>,
    /// The phrase that names or refers to the speaker, verbatim.
    pub source: Option<Span>,
    /// The speaker; `None` if no rule attributes the quotation, or if the source cannot be resolved, as with an
    /// ambiguous pronoun.
    pub speaker: Option<Speaker>,
    /// The name of the rule that found the source, or `no_rule` if none did.
    pub rule: &'static str,
    /// How certain the attribution is.
    pub confidence: Confidence,
}

/// A person, group or document that is quoted, under its fullest name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Speaker {
    /// The fullest name found, or, for a group or an unnamed source, the phrase that the article uses.
    pub name: String,
    /// The most specific role found for a person.
    pub role: Option<String>,
}

impl Speaker {
    /// Returns whether two speakers can be the same person, even if their names are spelled differently; see
    /// [`person::are_one`].
    pub(crate) fn can_be(&self, other: &Self) -> bool {
        self == other
            || person::are_one(
                (&self.name, self.role.as_deref()),
                (&other.name, other.role.as_deref()),
            )
    }

    /// Returns whether a name given by the user refers to the speaker; see [`person::means`].
    pub(crate) fn is_meant_by(&self, name: &str) -> bool {
        person::means(name, (&self.name, self.role.as_deref()))
    }
}

/// The kind of quotation: a whole clause, a fragment, or reported speech without quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// A whole clause or sentence.
    Direct,
    /// A part of the reporter's own sentence.
    Mixed,
    /// Reported speech without quotation marks: "said that …".
    Indirect,
}

impl QuoteKind {
    /// The names of the kinds.
    pub const NAMES: &[(&str, Self)] =
        &[("direct", Self::Direct), ("mixed", Self::Mixed), ("indirect", Self::Indirect)];

    /// Returns the name of the kind.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// How certain an attribution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// At least 97 of 100 such attributions are right.
    High,
    /// Such attributions are usually right.
    Medium,
    /// The quotation has no speaker, or the attribution is doubtful.
    Low,
}

impl Confidence {
    /// The names of the grades.
    pub const NAMES: &[(&str, Self)] =
        &[("high", Self::High), ("medium", Self::Medium), ("low", Self::Low)];

    /// Returns the name of the grade.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize].0
    }
}

/// A range of one article of the collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The article.
    pub article: ArticleIx,
    /// The range in its text.
    pub span: Span,
}

/// A quotation, merged from all articles of a story that print it.
#[derive(Clone, Debug)]
pub struct KeyQuote {
    /// The speaker of the leading version.
    pub speaker: Option<Speaker>,
    /// The kind of the leading version.
    pub kind: QuoteKind,
    /// The parts of the leading version, all from one article. The leading version is the one with the most words
    /// outside brackets among the versions with a speaker, or among all versions if none has a speaker.
    pub excerpts: Vec<Place>,
    /// The corresponding parts of the other versions.
    pub variants: Vec<Place>,
    /// The words that introduce the quotation in the leading version.
    pub cue: Option<Place>,
    /// The phrase that names or refers to the speaker in the leading version.
    pub source: Option<Place>,
    /// The name of the rule that found the source of the leading version, or `no_rule`.
    pub rule: &'static str,
    /// How certain the attribution of the leading version is.
    pub confidence: Confidence,
    /// How much the quotation deserves to be shown; key quotes are returned in descending order of this weight.
    pub weight: Score,
}

/// Text in quotation marks that is not considered a quotation, and the reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The words inside the marks.
    pub span: Span,
    /// The name of the reason: `title_of_work`, `term`, `scare_quote`, `single_word`, `no_words`.
    pub reason: &'static str,
}

/// Returns the text inside the outermost quotation marks of a paragraph, whether or not it is attributed.
///
/// ```
/// use nutgraf::{Span, quotes::quoted};
///
/// let text = "Er sagte: „Die Brücke bleibt zu.“";
/// let inside = quoted(text, Span::new(0, text.len()));
/// assert_eq!(inside[0].slice(text), "Die Brücke bleibt zu.");
/// ```
pub fn quoted(text: &str, paragraph: Span) -> Vec<Span> {
    quotemarks::quoted(text, paragraph)
}

/// Returns whether a lower-case word is a verb of saying, a noun of saying or a noun for a document: `said`,
/// `assertion`, `statement`.
pub(crate) fn is_of_saying(language: Language, word: &str) -> bool {
    Lexicon::for_language(language).class(word).any(Class::FRAME.with(Class::DOCUMENT))
}

/// Returns a warning that names the languages, among those given, in which quotations are found but no speakers are
/// named, because nutgraf has no verbs of saying for them; `None` if there are none.
///
/// ```
/// use nutgraf::Language;
/// use nutgraf::quotes::speakers_warning;
///
/// let languages = ["en", "sv", "ja", "sv"].map(|tag| Language::parse(tag).unwrap());
/// let warning = speakers_warning(languages).unwrap();
/// assert_eq!(warning.origin, "ja, sv");
/// assert!(speakers_warning(languages.into_iter().take(1)).is_none());
/// ```
pub fn speakers_warning(languages: impl IntoIterator<Item = Language>) -> Option<Warning> {
    let lacking: BTreeSet<Language> = languages
        .into_iter()
        .filter(|&language| !Lexicon::for_language(language).is_supported())
        .collect();
    let codes: Vec<&str> = lacking.iter().map(Language::code).collect();
    let which = if codes.len() == 1 { "this language" } else { "these languages" };
    let message = format!("quotes in {which} are listed without their speakers");
    (!codes.is_empty()).then(|| Warning::kept(codes.join(", "), message))
}

/// Finds the quotations of one article, direct and indirect; speakers are resolved within the article.
pub fn extract(article: &Article, document: &Document) -> Vec<Quote> {
    of_articles(&[(article, document)])
        .into_iter()
        .map(|(quotes, _)| quotes)
        .next()
        .unwrap_or_default()
}

/// Returns the text in quotation marks that is not considered a quotation. Nicknames (`Ray “Boom” Miller`) are read as
/// parts of names and are not included.
pub fn left_out(article: &Article, document: &Document) -> Vec<LeftOut> {
    of_articles(&[(article, document)]).into_iter().map(|(_, left)| left).next().unwrap_or_default()
}

/// Finds the quotations of each article of a story; speakers are resolved across the whole story.
///
/// The result is parallel to `articles`.
pub fn of_story(collection: &Collection, articles: &[ArticleIx]) -> Vec<Vec<Quote>> {
    let read: Vec<_> = articles
        .iter()
        .map(|&a| (&collection.articles[a], &collection.corpus.documents[a]))
        .collect();
    of_articles(&read).into_iter().map(|(quotes, _)| quotes).collect()
}

fn of_articles(articles: &[(&Article, &Document)]) -> Vec<(Vec<Quote>, Vec<LeftOut>)> {
    let mut read = Vec::with_capacity(articles.len());
    for (article, document) in articles {
        let s = Skeleton::new(article, document);
        let mut found = rules::attribute(&s);
        let reported = indirect::find(&s, &found);
        found.extend(reported.iter().map(|r| Some(r.attribution)));
        read.push((s, found, reported));
    }
    let people = People::collect(read.iter().map(|(s, found, _)| (s, found.as_slice())));
    let mut answers = Vec::with_capacity(read.len());
    for (article, (s, found, reported)) in read.iter().enumerate() {
        let identities = speakers::identify(&people, article, s, found);
        answers.push(quotation_builder::quotes(s, found, reported, &identities));
    }
    answers
}

/// Merges the quotations of a story: the same words in several articles become one key quote.
///
/// `quotes` is the result of [`of_story`] for the same `articles`. `copies` are the groups of near-copies among the
/// articles; each group counts as one report. Indirect quotations are skipped.
pub fn merge(
    collection: &Collection,
    articles: &[ArticleIx],
    quotes: &[Vec<Quote>],
    copies: &[Vec<ArticleIx>],
) -> Vec<KeyQuote> {
    deduplicate::merge(collection, articles, quotes, copies)
}
