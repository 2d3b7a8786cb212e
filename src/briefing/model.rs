//! What a briefing is made of: the model that templates see, that is published as JSON, and that verification reads.
//!
//! Offsets are code points into the text of record of the article that is named beside them.

use serde::{Deserialize, Serialize};

use crate::article::Published;
use crate::language::Language;
use crate::quotes::{Confidence, Speaker};

/// The version of this model, written into [`Briefing::schema`].
pub const SCHEMA: &str = "nutgraf/briefing/1";

/// A briefing: stories in falling order of importance, and the articles that they were taken from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Briefing {
    /// [`SCHEMA`].
    pub schema: String,
    /// The title that the editor gave, or one made of the date.
    pub title: String,
    /// The time that was given as now.
    pub generated: Published,
    /// The language of the furniture (names of sections, dates).
    pub lang: Language,
    /// Words that a reader of the body reads: headlines, summaries, quotes with their attributions.
    pub words: usize,
    /// The budget in words, where one was set.
    pub budget: Option<usize>,
    /// Words of the editor's own before the stories; not taken from a source.
    pub intro: Option<String>,
    /// Words of the editor's own after the stories; not taken from a source.
    pub outro: Option<String>,
    /// The stories shown.
    pub stories: Vec<StoryEntry>,
    /// The articles that the stories were taken from, in the order in which they are numbered.
    pub articles: Vec<ArticleEntry>,
    /// What the budget had no room for.
    pub left_out: LeftOut,
    /// Inputs that were not read or not used, and why.
    pub dropped: Vec<Dropped>,
}

/// One story of a briefing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoryEntry {
    /// The story's id.
    pub id: String,
    /// The topic that it was put under, where topics were asked for.
    pub topic: Option<String>,
    /// The title of one of its articles.
    pub headline: Headline,
    /// Whether it was told before.
    pub status: Status,
    /// The ids of all its articles.
    pub sources: Vec<String>,
    /// The distinct outlets of its articles, sorted.
    pub outlets: Vec<String>,
    /// The sentences, in reading order, the lede first.
    pub summary: Vec<SummarySentence>,
    /// The key quotes, the weightiest first.
    pub quotes: Vec<QuoteEntry>,
    /// Where sources differ.
    pub differences: Vec<Difference>,
    /// The ids of articles that report it but are not cited above.
    pub also: Vec<String>,
}

/// A headline: the title of an article, to the letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// The id of the article.
    pub article: String,
    /// Its title.
    pub text: String,
}

/// How a story stands to earlier briefings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not told before.
    #[default]
    New,
    /// Told before; what is shown is new.
    Updated,
    /// Told before, and nothing new.
    Ongoing,
}

/// A range of an article's text of record, with its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Excerpt {
    /// The id of the article.
    pub article: String,
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What stands there, to the letter.
    pub text: String,
}

/// A sentence of a summary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SummarySentence {
    /// The sentence.
    #[serde(flatten)]
    pub excerpt: Excerpt,
    /// Whether only one outlet of a story with several says so.
    #[serde(default)]
    pub single_source: bool,
}

/// A key quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteEntry {
    /// Whose words; nothing where no rule says so.
    pub speaker: Option<Speaker>,
    /// The leading version, part by part.
    pub excerpts: Vec<Excerpt>,
    /// The versions of other articles.
    pub variants: Vec<Excerpt>,
    /// The words that introduce it.
    pub cue: Option<Excerpt>,
    /// The phrase that names the speaker.
    pub source: Option<Excerpt>,
    /// The rule that attributed it.
    pub rule: String,
    /// How sure that rule is.
    pub confidence: Confidence,
}

/// What sources say differently about the same thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// What kind of thing: `toll`, `date`, `time`, `sum`, `figure`.
    pub kind: String,
    /// The sentences or clauses that differ, one a side.
    pub sides: Vec<Excerpt>,
}

/// An article that a briefing was made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleEntry {
    /// Its id.
    pub id: String,
    /// The input that it came from.
    pub origin: String,
    /// Where it was published.
    pub url: Option<String>,
    /// Its headline.
    pub title: String,
    /// The outlet.
    pub source: Option<String>,
    /// The author.
    pub byline: Option<String>,
    /// When it was published.
    pub published: Option<Published>,
    /// Its language.
    pub lang: Language,
    /// A hash of its text of record (BLAKE3, hexadecimal).
    pub sha: String,
}

/// How much there was no room for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Stories not shown.
    pub stories: usize,
    /// Articles of those stories.
    pub articles: usize,
}

/// An input or article that is not in the briefing, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The input as it was named.
    pub origin: String,
    /// The reason.
    pub reason: String,
}
