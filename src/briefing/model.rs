//! The model of a briefing, which is published as JSON, rendered by templates and checked by verification.
//!
//! Offsets are counted in code points of the text of record of the article with the given id.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::article::{Article, Extent, Published};
use crate::briefing::reason::Reason;
use crate::language::Language;
use crate::quotes::{Confidence, QuoteKind, Speaker};
use crate::stories::Kind;

/// The version of this model, written into [`Briefing::schema`].
pub const SCHEMA: &str = "nutgraf/briefing/1";

/// A briefing: its stories in reading order, and the articles from which they were taken.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Briefing {
    /// [`SCHEMA`].
    pub schema: String,
    /// The title given by the editor, or one made from the date.
    pub title: String,
    /// The time that was used as the current time.
    pub generated: Published,
    /// The language of the labels (names of sections, dates).
    #[serde(default)]
    pub lang: Language,
    /// The number of words in the body: headlines, summaries, quotes with their attributions, and discrepancies. The
    /// title, [`intro`](Self::intro), [`outro`](Self::outro), source marks and the list of sources are not counted.
    pub words: usize,
    /// The budget in words, if there is one.
    #[serde(default)]
    pub budget: Option<usize>,
    /// The editor's own text before the stories; it is not taken from a source.
    #[serde(default)]
    pub intro: Option<String>,
    /// The editor's own text after the stories; it is not taken from a source.
    #[serde(default)]
    pub outro: Option<String>,
    /// The parts of a story that are shown, in this order; the lists of parts that are not shown are empty.
    #[serde(default = "Section::all")]
    pub sections: Vec<Section>,
    /// The stories shown.
    pub stories: Vec<StoryEntry>,
    /// Earlier stories with new or changed articles that contain nothing new to the reader.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ongoing: Vec<OngoingEntry>,
    /// Excerpts of earlier briefings that are no longer in their articles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// All articles of the stories, cited or not, and those that ongoing stories and corrections name, in the order of
    /// their numbers.
    pub articles: Vec<ArticleEntry>,
    /// The names of outlets by host, as learned from the articles of the run, both case-folded. Only hosts that occur
    /// in the articles of the briefing are listed.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hosts: BTreeMap<String, String>,
    /// The stories that are not shown although their articles have text, and why.
    #[serde(default)]
    pub left_out: LeftOut,
    /// Inputs and articles that were not read or not used, with reasons.
    #[serde(default)]
    pub dropped: Vec<Dropped>,
    /// How complete the texts of the articles were.
    #[serde(default)]
    pub inputs: Inputs,
}

/// The number of articles by the extent of their text, including articles that are not cited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// All articles.
    pub articles: usize,
    /// Articles whose text shows no sign of being incomplete.
    pub whole: usize,
    /// Articles of which a feed gave only a teaser.
    pub teasers: usize,
    /// Articles truncated at a size limit.
    pub truncated: usize,
    /// Articles of which a paywalled page shows only a part.
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

/// A part of a story below the headline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Section {
    /// The sentences.
    Summary,
    /// The key quotes.
    Quotes,
    /// Discrepancies between sources.
    Differences,
    /// The articles that report the story but are not cited.
    Also,
}

impl Section {
    /// Returns the parts that are shown by default.
    ///
    /// Differences are not among them, because they are rare in real news.
    pub fn usual() -> Vec<Self> {
        vec![Self::Summary, Self::Quotes, Self::Also]
    }

    /// Returns all parts, in the default order.
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
    /// The headline: the title of one of its articles, or a sentence if no title can be shown.
    pub headline: Headline,
    /// Whether the story was shown before.
    pub status: Status,
    /// The ids of all articles of the story.
    pub sources: Vec<String>,
    /// The distinct outlets of the articles, sorted.
    #[serde(default)]
    pub outlets: Vec<String>,
    /// The number of independent witnesses: distinct outlets with a text of their own.
    #[serde(default)]
    pub witnesses: usize,
    /// The first sentence of the story's last appearance, if it was shown before, if an article still contains the
    /// sentence, and if there is room for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub background: Option<Excerpt>,
    /// The sentences, in reading order; in a story of several articles, the lede comes first.
    pub summary: Vec<SummarySentence>,
    /// The key quotes: those of pinned speakers first, then the others in descending order of weight.
    pub quotes: Vec<QuoteEntry>,
    /// Discrepancies between sources.
    #[serde(default)]
    pub differences: Vec<Difference>,
    /// The ids of the articles that report the story but are neither cited above nor in [`reported`](Self::reported).
    #[serde(default)]
    pub also: Vec<String>,
    /// The ids of the articles that were reported before, have nothing new, and are not cited; Markdown and the other
    /// human-readable formats leave them out of the list of sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reported: Vec<String>,
    /// The publication date of the oldest article.
    #[serde(default)]
    pub first: Option<Published>,
    /// The publication date of the newest article.
    #[serde(default)]
    pub last: Option<Published>,
    /// The story's share of [`Briefing::words`].
    #[serde(default)]
    pub words: usize,
}

/// An ongoing story that has nothing new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OngoingEntry {
    /// The story's id.
    pub id: String,
    /// The headline, chosen as for [`StoryEntry::headline`].
    pub headline: Headline,
}

/// An excerpt of an earlier briefing that is no longer in its article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The id of the article.
    pub article: String,
    /// The excerpt as shown.
    pub shown: String,
    /// The current text, if it can be determined.
    pub now: Option<Excerpt>,
}

/// A headline: the exact title of an article.
///
/// If no article of a story has a title, the first sentence of the story is the headline and is not repeated below.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// The id of the article.
    pub article: String,
    /// The title, or the sentence that replaces it.
    pub text: String,
    /// The range of that sentence in code points of the text of record; `None` for a title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<[usize; 2]>,
}

/// The relation of a story to earlier briefings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The story was not shown before.
    #[default]
    New,
    /// The story was shown before and has new content.
    Updated,
    /// The story was shown before and has no new content.
    Ongoing,
}

/// A range of an article's text of record, with its text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Excerpt {
    /// The id of the article.
    pub article: String,
    /// The start, in code points, inclusive.
    pub start: usize,
    /// The end, in code points, exclusive.
    pub end: usize,
    /// The verbatim text, including the line breaks of the article. [`render`](crate::render::render) replaces them
    /// with spaces in every format except JSON, and so does the `Display` of [`Summary`](crate::Summary).
    pub text: String,
}

/// A sentence of a summary.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SummarySentence {
    /// The sentence.
    #[serde(flatten)]
    pub excerpt: Excerpt,
    /// Whether a fact of the sentence comes from only one of several outlets.
    #[serde(default)]
    pub single_source: bool,
}

/// A key quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QuoteEntry {
    /// The speaker; `None` if no rule identifies one.
    pub speaker: Option<Speaker>,
    /// The kind of quotation.
    #[serde(default = "direct")]
    pub kind: QuoteKind,
    /// The parts of the version that is shown.
    pub excerpts: Vec<Excerpt>,
    /// The versions in other articles.
    pub variants: Vec<Excerpt>,
    /// The reporting word, such as `said`.
    pub cue: Option<Excerpt>,
    /// The phrase that names the speaker.
    pub source: Option<Excerpt>,
    /// The rule that identified the speaker.
    pub rule: String,
    /// How certain the attribution is.
    pub confidence: Confidence,
}

const fn direct() -> QuoteKind {
    QuoteKind::Direct
}

/// A discrepancy between sources that report the same thing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The kind of discrepancy: `toll`, `date`, `time`, `sum`, `figure`.
    pub kind: String,
    /// The sentences that differ, or clauses of long ones: one per side, the earliest published first.
    pub sides: Vec<Excerpt>,
    /// The figures that differ, one per side, such as `at least 12`.
    #[serde(default)]
    pub figures: Vec<Excerpt>,
    /// The index of the side from the newer article, if both articles are dated and one is newer; that side may be an
    /// update.
    #[serde(default)]
    pub newest: Option<usize>,
}

/// An article listed in a briefing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleEntry {
    /// Its id.
    pub id: String,
    /// The number of its source mark, starting at 1, in the order of first citation; articles that are not cited follow
    /// those of their story, except those in [`StoryEntry::reported`], which follow all others of the stories.
    #[serde(default)]
    pub number: usize,
    /// The input from which it was read.
    pub origin: String,
    /// The address of the article.
    pub url: Option<String>,
    /// Its title.
    pub title: String,
    /// The outlet.
    pub source: Option<String>,
    /// The author or authors.
    pub byline: Option<String>,
    /// The date of publication.
    pub published: Option<Published>,
    /// Its language.
    pub lang: Language,
    /// The kind of article: news, opinion and so on.
    #[serde(default, skip_serializing_if = "Kind::is_news")]
    pub kind: Kind,
    /// A hash of its text of record (BLAKE3, hexadecimal).
    pub sha: String,
}

/// The stories that are not shown for lack of room or because of the maximum number of stories.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// The number of stories not shown.
    pub stories: usize,
    /// The number of articles of the stories not shown.
    pub articles: usize,
    /// The stories not shown, in the order in which they were considered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub headlines: Vec<LeftOutStory>,
}

/// A story that is not shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOutStory {
    /// The story's id.
    pub id: String,
    /// The title of the article that gives the story its headline.
    pub headline: String,
    /// The number of its articles; 0 if the briefing was written by an earlier version, which did not store it.
    #[serde(default)]
    pub articles: usize,
    /// Why it is not shown.
    pub reason: Reason,
}

/// An input or article that is not in the briefing, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// The input from which it was read.
    pub origin: String,
    /// The title of the article; an input may contain several articles.
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
