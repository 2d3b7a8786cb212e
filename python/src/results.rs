//! The objects that the functions of the package return.

use std::sync::Arc;

use pyo3::prelude::*;
use serde_json::Value;

use nutgraf::cli::embed;
use nutgraf::verify::{Finding, draft};
use nutgraf::{Collection, OutputFormat, Quotation, RenderOptions, StoryOutline};

use crate::NutgrafError;
use crate::calls::{output_format, to_python};
use crate::work::detached;

/// A sentence of a summary: its text, the id of its article, and its range in code points.
#[pyclass(module = "nutgraf", frozen)]
#[derive(Clone)]
pub(crate) struct Sentence {
    pub(crate) inner: nutgraf::Excerpt,
}

#[pymethods]
impl Sentence {
    /// The sentence, verbatim.
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// The id of the article.
    #[getter]
    fn article(&self) -> &str {
        &self.inner.article
    }

    /// The start of the sentence in its article, in code points.
    #[getter]
    fn start(&self) -> usize {
        self.inner.start
    }

    /// The end of the sentence in its article, exclusive.
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

/// A summary; `str(summary)` is its text.
#[pyclass(module = "nutgraf", frozen)]
pub(crate) struct Summary {
    pub(crate) text: String,
    pub(crate) words: usize,
    pub(crate) sentences: Vec<Sentence>,
}

#[pymethods]
impl Summary {
    /// The sentences, in reading order.
    #[getter]
    fn sentences(&self) -> Vec<Sentence> {
        self.sentences.clone()
    }

    /// The sentences as one paragraph.
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

/// A quotation: its words, its speaker, and its ranges in code points.
#[pyclass(module = "nutgraf", frozen)]
pub(crate) struct Quote {
    pub(crate) inner: Quotation,
}

#[pymethods]
impl Quote {
    /// The words inside the outermost quotation marks; several parts are joined by " … ".
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// The range of each part in code points.
    #[getter]
    fn spans(&self) -> Vec<(usize, usize)> {
        self.inner.spans.iter().map(|[start, end]| (*start, *end)).collect()
    }

    /// The start of the first part, in code points.
    #[getter]
    fn start(&self) -> usize {
        self.inner.spans.first().map_or(0, |span| span[0])
    }

    /// The end of the last part, exclusive.
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

    /// "high", "medium" or "low": the confidence in the attribution.
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

    /// The best headline among the titles of the articles.
    #[getter]
    fn headline(&self) -> &str {
        &self.inner.headline
    }

    /// The ids of all articles, near-copies included.
    #[getter]
    fn articles(&self) -> Vec<String> {
        self.inner.articles.clone()
    }

    /// Groups of near-copies; the first of a group represents the others.
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

/// The sender and the recipient of an email if none are given.
const ADDRESS: &str = "nutgraf@localhost";

/// A briefing: stories with their key sentences and quotes.
///
/// `str(briefing)` is its plain text; notebooks display it as HTML.
#[pyclass(module = "nutgraf", frozen)]
pub(crate) struct Briefing {
    pub(crate) inner: Arc<nutgraf::Briefing>,
    pub(crate) options: RenderOptions,
    pub(crate) warnings: Vec<String>,
}

#[pymethods]
impl Briefing {
    /// Render the briefing.
    ///
    /// Parameters
    /// ----------
    /// format : {"md", "html", "text", "json", "eml", "atom"}
    ///     The format: Markdown, HTML, plain text, the JSON record, an email, or an Atom feed.
    /// mail_from, mail_to : str, optional
    ///     The sender and the recipients of the email; recipients are separated by commas. The default for both is
    ///     "nutgraf@localhost".
    ///
    /// Returns
    /// -------
    /// str
    ///     The output of `nutgraf brief` for the same articles and settings.
    ///
    /// Examples
    /// --------
    /// >>> import nutgraf as ng
    /// >>> article = ng.Article("The ferry sank on Tuesday. All were saved.", title="Ferry sinks", lang="en")
    /// >>> briefing = ng.brief([article], words=50, title="The Letter", now="2026-03-11T06:00:00Z")
    /// >>> briefing.render("text").splitlines()[0]
    /// 'The Letter'
    #[pyo3(signature = (format = "md", *, mail_from = None, mail_to = None))]
    fn render(
        &self,
        py: Python<'_>,
        format: &str,
        mail_from: Option<String>,
        mail_to: Option<&str>,
    ) -> PyResult<String> {
        let mut options = self.options.clone();
        options.mail.from = Some(mail_from.unwrap_or_else(|| ADDRESS.to_owned()));
        let to = mail_to.unwrap_or(ADDRESS).split(',');
        options.mail.to = to.map(|recipient| recipient.trim().to_owned()).collect();
        self.rendered(py, output_format(format)?, options)
    }

    /// Return the briefing in the form that `nutgraf brief -t json` writes.
    ///
    /// Examples
    /// --------
    /// >>> import nutgraf as ng
    /// >>> article = ng.Article("The ferry sank on Tuesday. All were saved.", title="Ferry sinks", lang="en")
    /// >>> briefing = ng.brief([article], words=50, now="2026-03-11T06:00:00Z").to_dict()
    /// >>> briefing["schema"], briefing["stories"][0]["headline"]["text"]
    /// ('nutgraf/briefing/1', 'Ferry sinks')
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        record(py, &*self.inner)
    }

    /// The title of the briefing.
    #[getter]
    fn title(&self) -> &str {
        &self.inner.title
    }

    /// The number of words in the body.
    #[getter]
    fn words(&self) -> usize {
        self.inner.words
    }

    /// The omissions from the briefing, with their reasons.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    fn __len__(&self) -> usize {
        self.inner.stories.len()
    }

    fn __bool__(&self) -> bool {
        true
    }

    fn __str__(&self, py: Python<'_>) -> PyResult<String> {
        self.rendered(py, OutputFormat::Text, self.options.clone())
    }

    fn __repr__(&self) -> String {
        let (stories, words) = (self.inner.stories.len(), self.inner.words);
        format!("<nutgraf.Briefing {:?}, {stories} stories, {words} words>", self.inner.title)
    }

    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        self.rendered(py, OutputFormat::Html, self.options.clone())
    }

    fn _repr_markdown_(&self, py: Python<'_>) -> PyResult<String> {
        self.rendered(py, OutputFormat::Markdown, self.options.clone())
    }
}

impl Briefing {
    fn rendered(
        &self,
        py: Python<'_>,
        format: OutputFormat,
        options: RenderOptions,
    ) -> PyResult<String> {
        let briefing = Arc::clone(&self.inner);
        detached(py, move || embed::render(&briefing, format, &options).map_err(to_python))
    }
}

/// Converts a record of the published JSON to the objects that Python's `json` module would return: pairs are lists,
/// not tuples.
pub(crate) fn record<'py>(
    py: Python<'py>,
    record: &impl serde::Serialize,
) -> PyResult<Bound<'py, PyAny>> {
    let value = serde_json::to_value(record)
        .map_err(|error| NutgrafError::new_err(format!("cannot be written: {error}")))?;
    Ok(pythonize::pythonize(py, &value)?)
}

/// A finding of a check.
#[pyclass(module = "nutgraf", frozen)]
#[derive(Clone)]
pub(crate) struct Fault {
    /// The kind of finding, such as "altered" or "speaker".
    #[pyo3(get)]
    kind: String,
    /// The rule that found it; `nutgraf verify --explain CODE` explains it.
    #[pyo3(get)]
    code: String,
    /// The problem as a sentence.
    #[pyo3(get)]
    message: String,
    /// The words of the draft.
    #[pyo3(get)]
    quotation: Option<String>,
    /// The words of the source with which the draft was compared.
    #[pyo3(get)]
    source: Option<String>,
    /// The start of the finding in the draft, in code points; None in a briefing.
    #[pyo3(get)]
    start: Option<usize>,
    /// The end of the finding in the draft, exclusive; None in a briefing.
    #[pyo3(get)]
    end: Option<usize>,
}

#[pymethods]
impl Fault {
    fn __repr__(&self) -> String {
        format!("<nutgraf.Fault {}: {}>", self.kind, self.message)
    }
}

/// The result of a check; true if there are no faults.
#[pyclass(module = "nutgraf", frozen)]
pub(crate) struct Report {
    faults: Vec<Fault>,
    notes: Vec<Fault>,
    /// The report as the command-line program writes it as JSON.
    record: Value,
}

#[pymethods]
impl Report {
    /// Whether the check found no faults.
    #[getter]
    fn ok(&self) -> bool {
        self.faults.is_empty()
    }

    /// The faults, in the order of the draft.
    #[getter]
    fn faults(&self) -> Vec<Fault> {
        self.faults.clone()
    }

    /// The findings that are not faults but should be reviewed.
    #[getter]
    fn notes(&self) -> Vec<Fault> {
        self.notes.clone()
    }

    /// Return an instruction for each fault, for the person or model that corrects the draft.
    ///
    /// Examples
    /// --------
    /// >>> import nutgraf as ng
    /// >>> source = ng.Article('"The bridge stays closed," said Mayor Ana Quill on Monday.', lang="en")
    /// >>> report = ng.verify('Mayor Ana Quill said: "The bridge stays open."', [source])
    /// >>> len(report.corrections())
    /// 1
    fn corrections(&self) -> Vec<String> {
        self.faults.iter().map(Fault::correction).collect()
    }

    /// Return the report in the form that `nutgraf verify -t json` writes.
    ///
    /// Examples
    /// --------
    /// >>> import nutgraf as ng
    /// >>> source = ng.Article('"The bridge stays closed," said Mayor Ana Quill on Monday.', lang="en")
    /// >>> report = ng.verify('Mayor Ana Quill said: "The bridge stays open."', [source]).to_dict()
    /// >>> report["findings"][0]["kind"]
    /// 'altered'
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        record(py, &self.record)
    }

    fn __bool__(&self) -> bool {
        self.ok()
    }

    fn __repr__(&self) -> String {
        let state = if self.ok() { "ok" } else { "not ok" };
        format!("<nutgraf.Report {state}, {} faults>", self.faults.len())
    }
}

impl Report {
    /// Checks a text that somebody else wrote, or a briefing as JSON.
    pub(crate) fn of_draft(
        draft: &str,
        claims: bool,
        articles: Vec<nutgraf::Article>,
    ) -> PyResult<Self> {
        match serde_json::from_str::<nutgraf::Briefing>(draft) {
            Ok(briefing) => return Ok(Self::of_briefing(&briefing, articles)),
            Err(error) if is_marked_as_briefing(draft) => {
                return Err(NutgrafError::new_err(format!("draft: not a briefing: {error}")));
            }
            Err(_) => {}
        }
        let options = draft::Options { format: None, claims };
        let collection = Collection::build(articles);
        Ok(Self::new(&draft::verify(draft, &options, &collection)))
    }

    /// Checks a briefing that nutgraf made.
    pub(crate) fn of_briefing(
        briefing: &nutgraf::Briefing,
        articles: Vec<nutgraf::Article>,
    ) -> Self {
        Self::new(&nutgraf::verify::verify(briefing, &Collection::build(articles)))
    }

    fn new(report: &nutgraf::verify::Report) -> Self {
        let (faults, notes) = report.findings.iter().partition::<Vec<_>, _>(|f| f.fault);
        let all = |findings: Vec<&Finding>| findings.into_iter().map(Fault::new).collect();
        Self {
            faults: all(faults),
            notes: all(notes),
            record: serde_json::to_value(report).unwrap_or_default(),
        }
    }
}

/// Returns whether the schema named in a text is that of a nutgraf briefing.
fn is_marked_as_briefing(draft: &str) -> bool {
    let schema = serde_json::from_str::<Value>(draft).unwrap_or_default();
    schema["schema"].as_str().is_some_and(|schema| schema.starts_with("nutgraf/briefing"))
}

impl Fault {
    fn new(finding: &Finding) -> Self {
        Self {
            kind: finding.kind.to_string(),
            code: finding.code.to_string(),
            message: finding.message.clone(),
            quotation: (!finding.text.is_empty()).then(|| finding.text.clone()),
            source: finding.places.first().map(|place| place.text.clone()),
            start: finding.start,
            end: finding.end,
        }
    }

    /// Returns the fault as an instruction that can be read without the report.
    fn correction(&self) -> String {
        let mut line = match &self.quotation {
            Some(words) => format!("“{words}”: {}", self.message),
            None => self.message.clone(),
        };
        if let Some(source) = &self.source
            && !self.message.contains(source.as_str())
        {
            line.push_str(&format!("; the source has: “{source}”"));
        }
        line
    }
}
