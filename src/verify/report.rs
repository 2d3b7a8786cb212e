//! What verification found.

use std::fmt;

use serde::Serialize;

/// The result of checking a briefing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether nothing is wrong; notes do not count.
    pub holds: bool,
    /// How much was checked.
    pub checked: Checked,
    /// What was found, in the order of the briefing.
    pub findings: Vec<Finding>,
}

/// How much was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Headlines against titles.
    pub headlines: usize,
    /// Sentences and quotes against texts of record.
    pub excerpts: usize,
    /// Speakers by attributing anew.
    pub speakers: usize,
    /// Articles against the list of them.
    pub articles: usize,
}

/// One thing that does not hold, or that a reader should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where in the briefing, as a JSON pointer: `/stories/0/summary/2`.
    pub pointer: String,
    /// The same for people: `story 1, sentence 3`.
    pub place: String,
    /// What is wrong.
    pub kind: FindingKind,
    /// Whether the check fails by it; a note otherwise.
    pub fault: bool,
    /// The article that it is about.
    pub article: Option<String>,
    /// What the briefing says there.
    pub text: String,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The first code point of the text that differs from the source, counted from zero.
    pub character: Option<usize>,
}

/// The kinds of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// The article is not among the inputs, or not among the sources of the story.
    NoArticle,
    /// The text of the source is not the one that the briefing was made from.
    SourceChanged,
    /// The range is none of the article's text.
    Range,
    /// The text differs from the source.
    Text,
    /// The excerpt does not begin and end where a sentence does.
    NotASentence,
    /// The excerpt is not exactly a quotation of the article.
    NotAQuote,
    /// The headline is not the title of its article.
    Headline,
    /// The source gives the words to somebody else, or to nobody.
    Speaker,
    /// The list of articles says something else than the article.
    Metadata,
    /// The count of words is wrong, or above the budget.
    Words,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}: {}", if self.fault { "" } else { "note: " }, self.place, self.message)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        let faults = self.findings.iter().filter(|x| x.fault).count();
        let Checked { headlines, excerpts, speakers, articles } = self.checked;
        write!(
            f,
            "{faults} faults in {headlines} headlines, {excerpts} excerpts, {speakers} speakers, {articles} articles"
        )
    }
}
