//! The objects that the functions return.

use pyo3::prelude::*;
use serde_json::Value;

use nutgraf::render::{self, render};
use nutgraf::{Collection, OutputFormat, Quotation, RenderOptions, StoryOutline};

use crate::NutgrafError;
use crate::calls::output_format;

/// A sentence of a summary: its text, its article, and its range in code points.
#[pyclass(module = "nutgraf", frozen)]
#[derive(Clone)]
pub(crate) struct Sentence {
    pub(crate) inner: nutgraf::Excerpt,
}

#[pymethods]
impl Sentence {
    /// The sentence to the letter.
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// The id of the article.
    #[getter]
    fn article(&self) -> &str {
        &self.inner.article
    }

    /// The first code point.
    #[getter]
    fn start(&self) -> usize {
        self.inner.start
    }

    /// The code point after the last.
    #[getter]
    fn end(&self) -> usize {
        self.inner.end
    }

    fn __str__(&self) -> &str {
        &self.inner.text
    }

    fn __repr__(&self) -> String {
        let nutgraf::Excerpt { article, start, end, text } = &self.inner;
        format!("<nutgraf.Sentence {article}[{start}:{end}] {text:?}>")
    }
}

/// A summary: `str(summary)` is its text.
#[pyclass(module = "nutgraf", frozen)]
pub(crate) struct Summary {
    pub(crate) text: String,
    pub(crate) words: usize,
    pub(crate) sentences: Vec<Sentence>,
}

#[pymethods]
impl Summary {
    /// The sentences, in the order in which they read.
    #[getter]
    fn sentences(&self) -> Vec<Sentence> {
        self.sentences.clone()
    }

    /// The text: the sentences as one paragraph.
    #[getter]
    fn text(&self) -> &str {
        &self.text
    }

    /// The number of words.
    #[getter]
    fn words(&self) -> usize {
        self.words
    }

    fn __str__(&self) -> &str {
        &self.text
    }

    fn __len__(&self) -> usize {
        self.sentences.len()
    }

    fn __repr__(&self) -> String {
        format!("<nutgraf.Summary of {} sentences, {} words>", self.sentences.len(), self.words)
    }
}

/// A quotation: its words, its speaker, and its place.
#[pyclass(module = "nutgraf", frozen)]
pub(crate) struct Quote {
    pub(crate) inner: Quotation,
}

#[pymethods]
impl Quote {
    /// The words inside the outermost marks; parts are joined by " … ".
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// The range of each part in code points.
    #[getter]
    fn spans(&self) -> Vec<(usize, usize)> {
        self.inner.spans.iter().map(|[start, end]| (*start, *end)).collect()
    }

    /// The first code point of the first part.
    #[getter]
    fn start(&self) -> usize {
        self.inner.spans.first().map_or(0, |span| span[0])
    }

    /// The code point after the last part.
    #[getter]
    fn end(&self) -> usize {
        self.inner.spans.last().map_or(0, |span| span[1])
    }

    /// The name of the speaker; None if no rule identifies one.
    #[getter]
    fn speaker(&self) -> Option<&str> {
        self.inner.speaker.as_ref().map(|speaker| speaker.name.as_str())
    }

    /// The role of the speaker.
    #[getter]
    fn role(&self) -> Option<&str> {
        self.inner.speaker.as_ref().and_then(|speaker| speaker.role.as_deref())
    }

    /// "direct", "mixed" or "indirect".
    #[getter]
    fn kind(&self) -> &'static str {
        self.inner.kind.name()
    }

    /// "high", "medium" or "low": how sure the speaker is.
    #[getter]
    fn confidence(&self) -> &'static str {
        self.inner.confidence.name()
    }

    /// The rule that identified the speaker, or the reason why none did.
    #[getter]
    fn rule(&self) -> &str {
        self.inner.rule
    }

    fn __str__(&self) -> &str {
        &self.inner.text
    }

    fn __repr__(&self) -> String {
        let speaker = self.speaker().unwrap_or("nobody");
        format!("<nutgraf.Quote {:?} by {speaker} ({})>", self.inner.text, self.confidence())
    }
}

/// The articles that report one event.
#[pyclass(module = "nutgraf", frozen)]
pub(crate) struct Story {
    pub(crate) inner: StoryOutline,
}

#[pymethods]
impl Story {
    /// The id of the story.
    #[getter]
    fn id(&self) -> &str {
        &self.inner.id
    }

    /// The title that reports the event best.
    #[getter]
    fn headline(&self) -> &str {
        &self.inner.headline
    }

    /// The ids of all articles, near-copies included.
    #[getter]
    fn articles(&self) -> Vec<String> {
        self.inner.articles.clone()
    }

    /// Groups of near-copies; the first of a group stands for the others.
    #[getter]
    fn duplicates(&self) -> Vec<Vec<String>> {
        self.inner.duplicates.clone()
    }

    /// The outlets, sorted.
    #[getter]
    fn outlets(&self) -> Vec<String> {
        self.inner.outlets.clone()
    }

    /// The importance of the story.
    #[getter]
    fn score(&self) -> f64 {
        self.inner.score
    }

    fn __len__(&self) -> usize {
        self.inner.articles.len()
    }

    fn __repr__(&self) -> String {
        format!("<nutgraf.Story {:?}, {} articles>", self.inner.headline, self.inner.articles.len())
    }
}

/// A briefing; `render` writes it in one of the formats of the program.
#[pyclass(module = "nutgraf", frozen)]
pub(crate) struct Briefing {
    pub(crate) inner: nutgraf::Briefing,
    pub(crate) options: RenderOptions,
    pub(crate) warnings: Vec<String>,
}

#[pymethods]
impl Briefing {
    /// Render as "md", "html", "text", "json", "eml" or "atom".
    #[pyo3(signature = (format = "md"))]
    fn render(&self, format: &str) -> PyResult<String> {
        self.rendered(output_format(format)?)
    }

    /// Return the briefing as `nutgraf brief -t json` writes it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        Ok(pythonize::pythonize(py, &self.inner)?)
    }

    /// The title of the briefing.
    #[getter]
    fn title(&self) -> &str {
        &self.inner.title
    }

    /// The number of words that a reader reads.
    #[getter]
    fn words(&self) -> usize {
        self.inner.words
    }

    /// What was left out, and why.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    fn __len__(&self) -> usize {
        self.inner.stories.len()
    }

    fn __str__(&self) -> PyResult<String> {
        self.rendered(OutputFormat::Text)
    }

    fn __repr__(&self) -> String {
        let (stories, words) = (self.inner.stories.len(), self.inner.words);
        format!("<nutgraf.Briefing {:?}, {stories} stories, {words} words>", self.inner.title)
    }

    fn _repr_html_(&self) -> PyResult<String> {
        self.rendered(OutputFormat::Html)
    }

    fn _repr_markdown_(&self) -> PyResult<String> {
        self.rendered(OutputFormat::Markdown)
    }
}

impl Briefing {
    fn rendered(&self, format: OutputFormat) -> PyResult<String> {
        render(&self.inner, format, &self.options).map_err(refused)
    }
}

fn refused(error: render::Error) -> PyErr {
    NutgrafError::new_err(error.to_string())
}

/// One finding of a check.
#[pyclass(module = "nutgraf", frozen)]
#[derive(Clone)]
pub(crate) struct Fault {
    /// The code of the kind of finding, such as "altered" or "speaker".
    #[pyo3(get)]
    kind: String,
    /// The finding in one sentence.
    #[pyo3(get)]
    message: String,
    /// The quotation or claim of the draft.
    #[pyo3(get)]
    quotation: Option<String>,
    /// What the source has in its place.
    #[pyo3(get)]
    source: Option<String>,
}

#[pymethods]
impl Fault {
    fn __repr__(&self) -> String {
        format!("<nutgraf.Fault {}: {}>", self.kind, self.message)
    }
}

/// What a check found; `ok` is true if there is no fault.
#[pyclass(module = "nutgraf", frozen)]
pub(crate) struct Report {
    /// Whether every quotation is supported.
    #[pyo3(get)]
    ok: bool,
    faults: Vec<Fault>,
    notes: Vec<Fault>,
}

#[pymethods]
impl Report {
    /// What is wrong, in the order of the draft.
    #[getter]
    fn faults(&self) -> Vec<Fault> {
        self.faults.clone()
    }

    /// What should be looked at but is no fault.
    #[getter]
    fn notes(&self) -> Vec<Fault> {
        self.notes.clone()
    }

    fn __bool__(&self) -> bool {
        self.ok
    }

    fn __repr__(&self) -> String {
        let state = if self.ok { "ok" } else { "not ok" };
        format!("<nutgraf.Report {state}, {} faults>", self.faults.len())
    }
}

impl Report {
    /// Checks a text that somebody else wrote, or a briefing as JSON.
    pub(crate) fn of_draft(draft: &str, articles: Vec<nutgraf::Article>) -> Self {
        if let Ok(briefing) = serde_json::from_str::<nutgraf::Briefing>(draft) {
            return Self::of_briefing(&briefing, articles);
        }
        let collection = Collection::build(articles);
        Self::from_json(&json(&nutgraf::verify::draft::verify(draft, None, &collection)))
    }

    /// Checks a briefing that nutgraf made.
    pub(crate) fn of_briefing(
        briefing: &nutgraf::Briefing,
        articles: Vec<nutgraf::Article>,
    ) -> Self {
        Self::from_json(&json(&nutgraf::verify::verify(briefing, &Collection::build(articles))))
    }

    /// Takes a report as `nutgraf verify -t json` writes it.
    fn from_json(report: &Value) -> Self {
        let findings = report["findings"].as_array().map_or(&[][..], Vec::as_slice);
        let (faults, notes) = findings.iter().partition::<Vec<_>, _>(|f| f["fault"] == true);
        let all = |findings: Vec<&Value>| findings.into_iter().map(Fault::from_json).collect();
        Self { ok: report["holds"] == true, faults: all(faults), notes: all(notes) }
    }
}

impl Fault {
    fn from_json(finding: &Value) -> Self {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        Self {
            kind: text(&finding["kind"]).unwrap_or_default(),
            message: text(&finding["message"]).unwrap_or_default(),
            quotation: text(&finding["text"]),
            source: text(&finding["places"][0]["text"]),
        }
    }
}

fn json(report: &impl serde::Serialize) -> Value {
    serde_json::to_value(report).unwrap_or_default()
}
