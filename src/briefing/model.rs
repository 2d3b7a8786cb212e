//! The model of a briefing, which templates see, JSON publishes, and verification reads.
//!
//! Offsets are code points into the text of record of the article that is named beside them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Extent, Published};
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
    /// The budget in words, if there is one.
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
    /// Earlier stories without news.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ongoing: Vec<OngoingEntry>,
    /// Excerpts of earlier briefings that their articles no longer contain.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// The articles that the stories were taken from, in the order in which they are numbered.
    pub articles: Vec<ArticleEntry>,
    /// The names of outlets by the hosts that the articles of the run show to be theirs, both in folded letters, as far as
    /// the articles of the briefing have such hosts.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hosts: BTreeMap<String, String>,
    /// The number of stories and articles for which the budget had no room.
    #[serde(default)]
    pub left_out: LeftOut,
    /// Inputs that were not read or not used, and why.
    #[serde(default)]
    pub dropped: Vec<Dropped>,
    /// How much of their text the articles had that the briefing was made from.
    #[serde(default)]
    pub inputs: Inputs,
}

/// How many articles had how much of their text, those that are not cited included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// All articles.
    pub articles: usize,
    /// Articles with their whole text, as far as anybody can tell.
    pub whole: usize,
    /// Teasers of feeds.
    pub teasers: usize,
    /// Articles cut at a limit.
    pub truncated: usize,
    /// Pages that show a part of their article only.
    pub paywalled: usize,
}

impl Inputs {
    /// Counts articles by their extent.
    pub fn count(extents: impl Iterator<Item = Extent>) -> Self {
        let mut inputs = Self::default();
        for extent in extents {
            inputs.articles += 1;
            let count = match extent {
                Extent::Whole => &mut inputs.whole,
                Extent::Teaser => &mut inputs.teasers,
                Extent::Truncated => &mut inputs.truncated,
                Extent::Paywalled => &mut inputs.paywalled,
            };
            *count += 1;
        }
        inputs
    }
}

/// A section of a story below the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// The sentences.
    Summary,
    /// The key quotes.
    Quotes,
    /// Discrepancies between sources.
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
    /// The topic of the story, if topics are given.
    #[serde(default)]
    pub topic: Option<String>,
    /// The title of one of its articles.
    pub headline: Headline,
    /// Whether it was shown before.
    pub status: Status,
    /// The ids of all its articles.
    pub sources: Vec<String>,
    /// The distinct outlets of its articles, sorted.
    #[serde(default)]
    pub outlets: Vec<String>,
    /// The number of independent witnesses: distinct outlets with a text of their own.
    #[serde(default)]
    pub witnesses: usize,
    /// The first sentence of its last telling, if it was shown before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<Excerpt>,
    /// The sentences, in reading order, the lede first.
    pub summary: Vec<SummarySentence>,
    /// The key quotes, the weightiest first.
    pub quotes: Vec<QuoteEntry>,
    /// Discrepancies between sources.
    #[serde(default)]
    pub differences: Vec<Difference>,
    /// The ids of articles that report it but are not cited above.
    #[serde(default)]
    pub also: Vec<String>,
    /// The ids of its articles that were reported before, have nothing new, and are not cited; formats for people leave
    /// them out of the list of sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reported: Vec<String>,
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

/// An ongoing story without news.
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
    /// The excerpts of the briefing.
    pub shown: String,
    /// The current text, if it can be determined.
    pub now: Option<Excerpt>,
}

/// A headline: the title of an article, to the letter.
///
/// If no article of a story has a title, its first sentence is the headline and is not repeated below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// The id of the article.
    pub article: String,
    /// The title, or the sentence that replaces it.
    pub text: String,
    /// The range of that sentence in the text of record; `None` for a title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<[usize; 2]>,
}

/// The relation of a story to earlier briefings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Not shown before.
    #[default]
    New,
    /// Shown before, with new content.
    Updated,
    /// Shown before, without new content.
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
    /// The verbatim text.
    pub text: String,
}

/// A sentence of a summary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SummarySentence {
    /// The sentence.
    #[serde(flatten)]
    pub excerpt: Excerpt,
    /// Whether only one of several outlets reports this.
    #[serde(default)]
    pub single_source: bool,
}

/// A key quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteEntry {
    /// The speaker; `None` if no rule identifies one.
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

/// A discrepancy between sources about the same thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The kind of discrepancy: `toll`, `date`, `time`, `sum`, `figure`.
    pub kind: String,
    /// The sentences (clauses of long ones) that differ, one a side, the article that was published first in front.
    pub sides: Vec<Excerpt>,
    /// The words in each side that differ, such as `at least 12`.
    #[serde(default)]
    pub figures: Vec<Excerpt>,
    /// The side of the newest article, if all are dated and one is the newest: it may be an update.
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
    /// The address of the article.
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
    /// The kind of piece.
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
    /// The name of the input.
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
