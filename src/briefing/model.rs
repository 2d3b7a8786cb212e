//! What a briefing is made of: the model that templates see, that is published as JSON, and that verification reads.
//!
//! Offsets are code points into the text of record of the article that is named beside them.

use serde::{Deserialize, Serialize};

use crate::article::{Article, Published};
use crate::briefing::reason::Reason;
use crate::language::Language;
use crate::quotes::{Confidence, QuoteKind, Speaker};
use crate::stories::Kind;

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
    #[serde(default)]
    pub lang: Language,
    /// Words that a reader of the body reads: headlines, summaries, quotes with their attributions.
    pub words: usize,
    /// The budget in words, where one was set.
    #[serde(default)]
    pub budget: Option<usize>,
    /// Words of the editor's own before the stories; not taken from a source.
    #[serde(default)]
    pub intro: Option<String>,
    /// Words of the editor's own after the stories; not taken from a source.
    #[serde(default)]
    pub outro: Option<String>,
    /// The parts of a story that are shown, in this order; the lists of a part that is switched off are empty.
    #[serde(default = "Section::all")]
    pub sections: Vec<Section>,
    /// The stories shown.
    pub stories: Vec<StoryEntry>,
    /// Stories told before that have nothing new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ongoing: Vec<OngoingEntry>,
    /// What earlier briefings showed and the articles no longer say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// The articles that the stories were taken from, in the order in which they are numbered.
    pub articles: Vec<ArticleEntry>,
    /// What the budget had no room for.
    #[serde(default)]
    pub left_out: LeftOut,
    /// Inputs that were not read or not used, and why.
    #[serde(default)]
    pub dropped: Vec<Dropped>,
}

/// A part of a story, as it is shown under the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// The sentences.
    Summary,
    /// The key quotes.
    Quotes,
    /// Where sources differ.
    Differences,
    /// Which articles report it besides those cited.
    Also,
}

impl Section {
    /// Returns the parts that are shown unless others are asked for.
    ///
    /// Differences are not among them: on real news hardly any are found.
    pub fn usual() -> Vec<Self> {
        vec![Self::Summary, Self::Quotes, Self::Also]
    }

    /// Returns every part in its usual order.
    pub fn all() -> Vec<Self> {
        vec![Self::Summary, Self::Quotes, Self::Differences, Self::Also]
    }
}

/// One story of a briefing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoryEntry {
    /// The story's id.
    pub id: String,
    /// The topic that it was put under, where topics were asked for.
    #[serde(default)]
    pub topic: Option<String>,
    /// The title of one of its articles.
    pub headline: Headline,
    /// Whether it was told before.
    pub status: Status,
    /// The ids of all its articles.
    pub sources: Vec<String>,
    /// The distinct outlets of its articles, sorted.
    #[serde(default)]
    pub outlets: Vec<String>,
    /// The number of independent witnesses: distinct outlets with a text of their own.
    #[serde(default)]
    pub witnesses: usize,
    /// What the reader was told of it first, where the story was told before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<Excerpt>,
    /// The sentences, in reading order, the lede first.
    pub summary: Vec<SummarySentence>,
    /// The key quotes, the weightiest first.
    pub quotes: Vec<QuoteEntry>,
    /// Where sources differ.
    #[serde(default)]
    pub differences: Vec<Difference>,
    /// The ids of articles that report it but are not cited above.
    #[serde(default)]
    pub also: Vec<String>,
    /// When the oldest of its articles was published.
    #[serde(default)]
    pub first: Option<Published>,
    /// When the newest of its articles was published.
    #[serde(default)]
    pub last: Option<Published>,
    /// Its share of [`Briefing::words`].
    #[serde(default)]
    pub words: usize,
}

/// A story told before that goes on without news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OngoingEntry {
    /// The story's id.
    pub id: String,
    /// The title of one of its articles.
    pub headline: Headline,
}

/// Words that were shown, and that their article no longer has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The id of the article.
    pub article: String,
    /// What was shown.
    pub shown: String,
    /// What stands there now, where it can be told.
    pub now: Option<Excerpt>,
}

/// A headline: the title of an article, to the letter.
///
/// Where no article of a story has a title, its first sentence stands in, and is not shown again below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// The id of the article.
    pub article: String,
    /// Its title, or the sentence that stands in for it.
    pub text: String,
    /// Where that sentence lies in the text of record; nothing for a title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<[usize; 2]>,
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
    /// How much of it is quoted.
    #[serde(default = "direct")]
    pub kind: QuoteKind,
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

const fn direct() -> QuoteKind {
    QuoteKind::Direct
}

/// What sources say differently about the same thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// What kind of thing: `toll`, `date`, `time`, `sum`, `figure`.
    pub kind: String,
    /// The sentences (clauses of long ones) that differ, one a side, the article that was published first in front.
    pub sides: Vec<Excerpt>,
    /// The words in each side that differ, such as `at least 12`.
    #[serde(default)]
    pub figures: Vec<Excerpt>,
    /// The side of the newest article, where all are dated and one is the newest: it may be an update.
    #[serde(default)]
    pub newest: Option<usize>,
}

/// An article that a briefing was made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleEntry {
    /// Its id.
    pub id: String,
    /// The number of its source mark, from one, in the order of first citation.
    #[serde(default)]
    pub number: usize,
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
    /// What kind of piece it is.
    #[serde(default, skip_serializing_if = "Kind::is_news")]
    pub kind: Kind,
    /// A hash of its text of record (BLAKE3, hexadecimal).
    pub sha: String,
}

/// How much there was no room for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Stories not shown.
    pub stories: usize,
    /// Articles of those stories.
    pub articles: usize,
    /// Those stories by name, in the order of importance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headlines: Vec<LeftOutStory>,
}

/// A story that is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutStory {
    /// The story's id.
    pub id: String,
    /// The title of its headline article.
    pub headline: String,
    /// Why it is not shown.
    pub reason: Reason,
}

/// An input or article that is not in the briefing, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The input as it was named.
    pub origin: String,
    /// The title of the article: an input may contain several.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The reason.
    pub reason: Reason,
}

impl Dropped {
    /// Returns an entry for an article that is left out.
    pub fn new(article: &Article, reason: Reason) -> Self {
        Self { origin: article.origin.clone(), title: article.title.clone(), reason }
    }
}
