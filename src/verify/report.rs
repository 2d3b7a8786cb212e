//! The result of checking a briefing or a draft.
//!
//! A finding is a fault or a note, depending on its [`Kind`]. Its [`Code`] names the rule, is stable across releases,
//! and is explained by [`Code::explanation`]. Offsets in the report count code points.
//!
//! A finding of [`Kind::ChangedSource`] is a fault unless the caller allows it ([`Report::allow_changed`]).

use std::fmt;

use serde::Serialize;

use crate::warning::counted;

pub(super) use crate::verify::code::{Code, Kind};

/// The result of checking a briefing or a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether there are no faults; notes do not count.
    pub holds: bool,
    /// How much was checked.
    pub checked: Checked,
    /// The findings: those about a draft in text order, with those about the draft as a whole last; those about a
    /// briefing in the order of the checks.
    pub findings: Vec<Finding>,
    /// The claims outside quotation marks that a source supports, in the order of the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supported: Vec<Supported>,
}

/// A claim of a draft that a source supports.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Supported {
    /// The number, date or name in the draft.
    pub text: String,
    /// The line number in the draft, starting at 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The start in the draft file, in code points, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The end in the draft file, in code points, exclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// How the claim follows from the sources, if no sentence contains it literally.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// The sentence of a source that supports it, or the sentences from which it follows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
}

/// How much was checked, and how much was not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The number of headlines of a briefing that were compared with titles.
    pub headlines: usize,
    /// The number of excerpts in a briefing (such as sentences, parts of quotes, cues and figures), or of sentences of
    /// a draft that were compared as excerpts.
    pub excerpts: usize,
    /// The number of attributed quotations whose speaker was compared with that of the source.
    pub speakers: usize,
    /// The number of articles in the list of a briefing.
    pub articles: usize,
    /// The number of quotations in a draft.
    pub quotations: usize,
    /// The number of quotations that a source contains word for word, apart from marked edits.
    pub verbatim: usize,
    /// The number of claims: the numbers, dates and names outside quotation marks that were compared, and the relations
    /// that findings are about.
    pub claims: usize,
    /// The number of claims that a source supports; the report lists them.
    pub supported: usize,
    /// The number of sentences of a draft that contain a number, a date or a name and were not compared with the
    /// sources.
    pub sentences_not_checked: usize,
}

/// A fault or a note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The kind of problem.
    pub kind: Kind,
    /// The rule that found it.
    pub code: Code,
    /// Whether the finding fails the check; if not, it is a note.
    pub fault: bool,
    /// The problem, as a sentence without a full stop.
    pub message: String,
    /// The words of the draft or briefing that the finding is about.
    pub text: String,
    /// The line number in the draft, starting at 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The start in the draft file, in code points, inclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The end in the draft file, in code points, exclusive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<usize>,
    /// The location in the briefing, as a JSON pointer: `/stories/0/summary/2`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// The location in the briefing, in words: `story 1, sentence 3`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The id of the article that the entry of the briefing names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The index of the first code point that differs from the source, starting at 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub character: Option<usize>,
    /// The passages of the sources with which the words were compared.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<Place>,
    /// The words that differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<WordChange>,
    /// The speaker named in the draft, if the finding is about the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
}

/// A range of an article's text or title.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The id of the article.
    pub article: String,
    /// Whether the range is in the title; serialized only if `true`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub in_title: bool,
    /// The start, in code points, inclusive.
    pub start: usize,
    /// The end, in code points, exclusive.
    pub end: usize,
    /// The text of the range.
    pub text: String,
}

/// Words of a draft that differ from the source; either side may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WordChange {
    /// The words of the draft.
    pub draft: String,
    /// The words of the source.
    pub source: String,
}

impl Finding {
    /// Makes a finding for a rule.
    pub(super) fn new(code: Code, text: impl Into<String>, message: impl Into<String>) -> Self {
        let kind = code.kind();
        Self {
            kind,
            code,
            fault: kind.is_fault(),
            text: text.into(),
            message: message.into(),
            ..Self::default()
        }
    }

    /// Returns the location in words: the line in the draft, such as `line 3`, or the position in the briefing; `draft`
    /// for a finding about the draft as a whole.
    pub fn location(&self) -> String {
        match (&self.place, self.line) {
            (Some(place), _) => place.clone(),
            (None, Some(line)) => format!("line {line}"),
            (None, None) => "draft".to_owned(),
        }
    }
}

impl Report {
    /// Turns findings about changed sources into notes.
    #[must_use]
    pub fn allow_changed(mut self) -> Self {
        for finding in &mut self.findings {
            if finding.kind == Kind::ChangedSource {
                finding.fault = false;
            }
        }
        self.closed()
    }

    /// Returns the number of faults.
    pub fn faults(&self) -> usize {
        self.findings.iter().filter(|f| f.fault).count()
    }

    /// Sets [`Self::holds`] according to the findings.
    #[must_use]
    pub(super) fn closed(mut self) -> Self {
        self.holds = self.faults() == 0;
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let note = if self.fault { "" } else { "note: " };
        write!(f, "{}: {note}{}", self.location(), self.message)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        f.write_str(&self.summary())
    }
}

impl Report {
    /// Returns a one-line summary: how much was checked and the number of faults.
    pub fn summary(&self) -> String {
        let c = &self.checked;
        let mut parts = Vec::new();
        if c.articles > 0 {
            parts.push(format!(
                "checked {}, {}, {} and {}",
                counted(c.headlines, "headline"),
                counted(c.excerpts, "excerpt"),
                counted(c.speakers, "speaker"),
                counted(c.articles, "article")
            ));
        } else {
            parts.push(match c.quotations {
                0 => "no quotation found".to_owned(),
                n => format!("{} of {} verbatim", c.verbatim, counted(n, "quotation")),
            });
            parts.push(format!(
                "checked {} and {}",
                counted(c.speakers, "speaker"),
                counted(c.excerpts, "excerpt")
            ));
        }
        if c.claims > 0 {
            parts.push(format!("{} of {} supported", c.supported, counted(c.claims, "claim")));
            let unclear = self.findings.iter().filter(|f| f.kind == Kind::Unclear).count();
            if unclear > 0 {
                parts.push(format!("{unclear} unclear"));
            }
        }
        if c.sentences_not_checked > 0 {
            let n = counted(c.sentences_not_checked, "sentence");
            parts.push(format!("{n} with figures or names not checked (use --claims)"));
        }
        format!("{}; {}", counted(self.faults(), "fault"), parts.join("; "))
    }
}
