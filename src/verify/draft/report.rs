//! What the check of a draft found.

use std::fmt;

use serde::Serialize;

/// The result of checking a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether nothing is wrong; notes do not count.
    pub holds: bool,
    /// How much was checked.
    pub checked: Checked,
    /// What was found, in the order of the draft.
    pub findings: Vec<Finding>,
}

/// How much was checked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// Quotations.
    pub quotations: usize,
    /// Those that stand in an article word for word.
    pub verbatim: usize,
    /// Sentences that claim to be excerpts.
    pub excerpts: usize,
    /// Quotations that the draft gives to somebody.
    pub speakers: usize,
}

/// One thing that is wrong, or that a reader should know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The line of the draft, from one.
    pub line: usize,
    /// What is wrong.
    pub kind: FindingKind,
    /// Whether the check fails by it; a note otherwise.
    pub fault: bool,
    /// The words of the draft.
    pub text: String,
    /// What is wrong, as a sentence without a full stop.
    pub message: String,
    /// The places of the sources that it was compared with.
    pub places: Vec<Place>,
    /// The words that differ.
    pub changes: Vec<WordChange>,
    /// The speaker that the draft names, where it is about one.
    pub speaker: Option<String>,
}

/// A place in an article, offsets in code points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The article.
    pub article: String,
    /// The first code point.
    pub start: usize,
    /// The code point after the last.
    pub end: usize,
    /// What stands there.
    pub text: String,
}

/// Words of a draft that are others in the source; one of the two may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordChange {
    /// What the draft has.
    pub draft: String,
    /// What the source has.
    pub source: String,
}

/// The kinds of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingKind {
    /// It stands in a source with other words.
    Altered,
    /// It is put together from two places.
    Spliced,
    /// It stands in no source.
    NotFound,
    /// It stands in another article than the one that the draft names.
    OtherArticle,
    /// The source gives it to somebody else.
    OtherSpeaker,
    /// The source gives it to nobody.
    NoSpeaker,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let note = if self.fault { "" } else { "note: " };
        write!(f, "line {}: {note}{:?}: {}", self.line, self.text, self.message)?;
        for change in &self.changes {
            write!(f, "\n    draft {:?}, source {:?}", change.draft, change.source)?;
        }
        for place in &self.places {
            write!(f, "\n    {} {}..{}: {:?}", place.article, place.start, place.end, place.text)?;
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        let faults = self.findings.iter().filter(|x| x.fault).count();
        let Checked { quotations, verbatim, excerpts, speakers } = self.checked;
        write!(
            f,
            "{faults} faults; {verbatim} of {quotations} quotations verbatim, {speakers} speakers and {excerpts} excerpts checked"
        )
    }
}
