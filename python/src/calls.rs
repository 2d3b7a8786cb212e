//! The functions of the package.

use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use nutgraf::cli::embed;
use nutgraf::pipeline;
use nutgraf::read::{self, Format, Options};
use nutgraf::{Budget, OutputFormat, Published, SummaryParams};

use crate::NutgrafError;
use crate::article::Article;
use crate::given::{self, Articles, Given, type_name};
use crate::heads::Heads;
use crate::results::{Briefing, Quote, Report, Sentence, Story, Summary};
use crate::work::{self, detached};

/// The maximum for numbers of words, stories and so on, which fits into `usize` on every platform.
const MOST: usize = i32::MAX as usize;

/// The maximum number of threads: more than any machine has processors, but few enough for any system to start.
const MOST_THREADS: usize = 4096;

/// The budget of a summary in words if none is given, as in the command-line program.
const DEFAULT_WORDS: usize = 100;

/// Read a file, a folder, or bytes, in any supported format.
///
/// This opens no network connections.
///
/// Parameters
/// ----------
/// source : str, os.PathLike or bytes
///     A path, or the contents as bytes.
/// format : str, optional
///     "text", "html", "md", "json", "jsonl", "csv", "feed" or "eml"; detected if it is not given.
/// url : str, optional
///     The URL of articles that do not state their own.
/// lang : str, optional
///     The language of articles that do not state their own.
///
/// Returns
/// -------
/// list of Article
///
/// Raises
/// ------
/// NutgrafError
///     If the source contains no article; the message gives the reason.
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> ng.read(b'{"title": "Bridge closed", "text": "The bridge is closed."}')[0].title
/// 'Bridge closed'
#[pyfunction]
#[pyo3(name = "read", signature = (source, *, format=None, url=None, lang=None))]
pub(crate) fn read_source(
    py: Python<'_>,
    source: &Bound<'_, PyAny>,
    format: Option<&str>,
    url: Option<String>,
    lang: Option<&str>,
) -> PyResult<Vec<Article>> {
    let from = format.map(parse_format).transpose()?;
    let options = Options { from, ..given::options(lang)? };
    let ingested = if let Ok(bytes) = source.cast::<PyBytes>() {
        let bytes = bytes.as_bytes().to_vec();
        let origin = url.clone().unwrap_or_else(|| "bytes".to_owned());
        let load = move |_: &str| Ok(bytes.clone());
        detached(py, move || Ok(read::read_all(&[origin], load, &options)))?
    } else {
        let path = path(source)?;
        detached(py, move || embed::read_path(&path, &options).map_err(to_python))?
    };
    if ingested.articles.is_empty()
        && let Some(warning) = ingested.warnings.first()
    {
        return Err(NutgrafError::new_err(warning.to_string()));
    }
    let with_url = |mut inner: nutgraf::Article| {
        inner.url = inner.url.or_else(|| url.clone());
        Article { inner }
    };
    Ok(ingested.articles.into_iter().map(with_url).collect())
}

fn path(source: &Bound<'_, PyAny>) -> PyResult<String> {
    if source.is_instance_of::<PyString>() || source.hasattr("__fspath__")? {
        let path: PathBuf = source.extract()?;
        return path.into_os_string().into_string().map_err(|path| {
            NutgrafError::new_err(format!("{}: the name is not UTF-8", path.display()))
        });
    }
    let kind = type_name(source);
    Err(PyTypeError::new_err(format!("source: expected str, PathLike or bytes, not {kind}")))
}

fn parse_format(name: &str) -> PyResult<Format> {
    let known = Format::NAMES.iter().find(|(known, _)| *known == name);
    known.map(|(_, format)| *format).ok_or_else(|| unknown_format(Format::NAMES, name))
}

/// Returns the output format with the given name.
pub(crate) fn output_format(name: &str) -> PyResult<OutputFormat> {
    OutputFormat::parse(name).ok_or_else(|| unknown_format(OutputFormat::NAMES, name))
}

fn unknown_format<T>(known: &[(&str, T)], name: &str) -> PyErr {
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    NutgrafError::new_err(format!("format: expected one of {}, not {name:?}", names.join(", ")))
}

/// Extract the article from one web page.
///
/// Parameters
/// ----------
/// html : str or bytes
///     The page.
/// url : str, optional
///     The URL of the page.
///
/// Returns
/// -------
/// Article or None
///     None if the page has no article.
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> ng.extract("<html><body></body></html>") is None
/// True
#[pyfunction]
#[pyo3(signature = (html, *, url=None))]
pub(crate) fn extract(
    py: Python<'_>,
    html: &Bound<'_, PyAny>,
    url: Option<String>,
) -> PyResult<Option<Article>> {
    let bytes = if let Ok(page) = html.cast::<PyString>() {
        given::text(page, "html")?.into_bytes()
    } else if let Ok(bytes) = html.cast::<PyBytes>() {
        bytes.as_bytes().to_vec()
    } else {
        let kind = type_name(html);
        return Err(PyTypeError::new_err(format!("html: expected str or bytes, not {kind}")));
    };
    let options = Options { from: Some(Format::Html), ..Options::default() };
    let origin = url.clone().unwrap_or_else(|| "page.html".to_owned());
    let ingested = detached(py, move || Ok(read::read(&origin, &bytes, &options)))?;
    let with_text = ingested.articles.into_iter().find(|article| !article.text.is_empty());
    Ok(with_text.map(|mut inner| {
        inner.url = inner.url.or(url);
        Article { inner }
    }))
}

/// Split a text into sentences.
///
/// Parameters
/// ----------
/// text : str
///     The text.
/// lang : str, optional
///     The code of the text's language; detected if it is not given.
///
/// Returns
/// -------
/// list of str
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> ng.sentences("Dr. Vale left at 5 p.m. on Monday. Nobody followed.")
/// ['Dr. Vale left at 5 p.m. on Monday.', 'Nobody followed.']
#[pyfunction]
#[pyo3(signature = (text, *, lang=None))]
pub(crate) fn sentences(
    py: Python<'_>,
    text: &Bound<'_, PyString>,
    lang: Option<&str>,
) -> PyResult<Vec<String>> {
    let (text, lang) = (given::text(text, "text")?, given::language(lang)?);
    detached(py, move || {
        let spans = nutgraf::sentences(&text, lang);
        Ok(spans.into_iter().map(|span| span.slice(&text).to_owned()).collect())
    })
}

/// Choose the sentences that summarize one article, or several articles about one event.
///
/// The budget is never exceeded, and no sentence is shortened; the summary is empty if no sentence fits.
///
/// Parameters
/// ----------
/// articles_or_text : str, dict, Article, list of them, or table
///     The article or articles.
/// words, sentences, chars : int, optional
///     The budget. Give one of the three, or `ratio`; the default is 100 words.
/// ratio : float, optional
///     The budget as a share of the words of the articles, above 0 and up to 1.
/// topic : str, optional
///     Words of a topic that the summary should favor.
/// lang : str, optional
///     The language of articles that do not state their own.
///
/// Returns
/// -------
/// Summary
///     ``str(summary)`` is its text.
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> text = "The ferry sank on Tuesday, the coast guard said. The sea was calm."
/// >>> str(ng.summarize(text, sentences=1))
/// 'The ferry sank on Tuesday, the coast guard said.'
#[pyfunction]
#[pyo3(signature = (articles_or_text, *, words=None, sentences=None, chars=None, ratio=None, topic=None, lang=None))]
pub(crate) fn summarize(
    py: Python<'_>,
    articles_or_text: &Bound<'_, PyAny>,
    words: Option<&Bound<'_, PyAny>>,
    sentences: Option<&Bound<'_, PyAny>>,
    chars: Option<&Bound<'_, PyAny>>,
    ratio: Option<f64>,
    topic: Option<String>,
    lang: Option<&str>,
) -> PyResult<Summary> {
    let given = Articles::take(articles_or_text, "articles_or_text")?;
    let options = given::options(lang)?;
    let [words, sentences, chars] =
        counts([("words", words), ("sentences", sentences), ("chars", chars)])?;
    let budget = budget(words, sentences, chars, ratio)?;
    let summary = detached(py, move || {
        let articles = given.read(&options)?;
        let params = SummaryParams::default();
        Ok(nutgraf::summarize_with(&articles, budget, &params, topic.as_deref()))
    })?;
    Ok(Summary {
        text: summary.to_string(),
        words: summary.words,
        sentences: summary.sentences.into_iter().map(|inner| Sentence { inner }).collect(),
    })
}

fn budget(
    words: Option<usize>,
    sentences: Option<usize>,
    chars: Option<usize>,
    ratio: Option<f64>,
) -> PyResult<Budget> {
    let given: Vec<Budget> = [
        words.map(Budget::Words),
        sentences.map(Budget::Sentences),
        chars.map(Budget::Chars),
        ratio.map(Budget::Ratio),
    ]
    .into_iter()
    .flatten()
    .collect();
    match given[..] {
        [] => Ok(Budget::Words(DEFAULT_WORDS)),
        [Budget::Ratio(ratio)] if !(ratio > 0.0 && ratio <= 1.0) => {
            Err(NutgrafError::new_err("ratio: expected a number above 0, up to 1"))
        }
        [budget] => Ok(budget),
        _ => Err(NutgrafError::new_err("give one of words, sentences, chars and ratio")),
    }
}

/// Find the quotations in an article and who said them.
///
/// Parameters
/// ----------
/// article_or_text : str, dict or Article
///     The article.
/// lang : str, optional
///     The language of an article that does not state its own.
///
/// Returns
/// -------
/// list of Quote
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> quote = ng.quotes('"The bridge stays closed," said Mayor Ana Quill.', lang="en")[0]
/// >>> quote.speaker, quote.confidence
/// ('Ana Quill', 'high')
#[pyfunction]
#[pyo3(signature = (article_or_text, *, lang=None))]
pub(crate) fn quotes(
    py: Python<'_>,
    article_or_text: &Bound<'_, PyAny>,
    lang: Option<&str>,
) -> PyResult<Vec<Quote>> {
    let options = given::options(lang)?;
    let given = Given::take(article_or_text, "article_or_text")?;
    let found = detached(py, move || Ok(nutgraf::quotes(&given.read(&options)?)))?;
    Ok(found.into_iter().map(|inner| Quote { inner }).collect())
}

/// Group articles into stories. A story consists of the articles that report one event.
///
/// Parameters
/// ----------
/// articles : list or table
///     Texts, dicts or articles, or the rows of a table.
/// now : str, datetime.date or datetime.datetime, optional
///     The time relative to which recency is measured; the time of the newest article if it is not given.
///
/// Returns
/// -------
/// list of Story
///     The most important story comes first.
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> texts = [
/// ...     "A ferry and a freighter collided in Kelmar Strait on Tuesday. The ferry carried 212 people.",
/// ...     "The ferry collided with a freighter in Kelmar Strait. All 212 people aboard are safe.",
/// ... ]
/// >>> [len(story) for story in ng.stories(texts)]
/// [2]
#[pyfunction]
#[pyo3(signature = (articles, *, now=None))]
pub(crate) fn stories(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    now: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<Story>> {
    let (given, now) = (Articles::take(articles, "articles")?, moment(now)?);
    let found = detached(py, move || Ok(nutgraf::stories(&given.read(&Options::default())?, now)))?;
    Ok(found.into_iter().map(|inner| Story { inner }).collect())
}

/// Make a briefing: ranked stories with their key sentences and quotes, within a budget.
///
/// A rendered briefing equals the output of ``nutgraf brief`` with the flags of the same names. The user's
/// configuration and environment variables are not read.
///
/// Parameters
/// ----------
/// articles : list or table
///     Texts, dicts or articles, or the rows of a table.
/// words : int, optional
///     The budget in words.
/// minutes : float, optional
///     The budget as reading time, in minutes.
/// stories, quotes : int, optional
///     The maximum number of stories, and of quotes for each story.
/// topic : str or list of str, optional
///     Words of a topic; the briefing contains only stories about the topic, in a section of that name.
/// now : str, datetime.date or datetime.datetime, optional
///     The date of the briefing; the current time if it is not given.
/// title : str, optional
///     The title of the briefing.
/// template : str, optional
///     The name of a built-in template, or the path to your own.
/// lang : str, optional
///     The language of headings and dates.
/// min_sources : int, optional
///     The minimum number of outlets for each story.
/// texts : callable, optional
///     A function for articles whose texts are stored elsewhere: it takes a list of ids and returns the articles in the
///     form that :func:`nutgraf.tables.read` makes. ``articles`` is then a table of heads
///     (:func:`nutgraf.tables.heads`). Only the articles of the first stories are requested, or all articles if a topic
///     is given.
///
/// Returns
/// -------
/// Briefing
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> article = ng.Article("The ferry sank on Tuesday. All 212 passengers were saved.", title="Ferry sinks", lang="en")
/// >>> briefing = ng.brief([article], words=50, now="2026-03-11T06:00:00Z")
/// >>> print(briefing.render("md").splitlines()[0])
/// # Briefing 2026-03-11
#[pyfunction]
#[pyo3(signature = (articles, *, words=None, minutes=None, stories=None, quotes=None, topic=None, now=None, title=None, template=None, lang=None, min_sources=None, texts=None))]
pub(crate) fn brief(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    words: Option<&Bound<'_, PyAny>>,
    minutes: Option<f64>,
    stories: Option<&Bound<'_, PyAny>>,
    quotes: Option<&Bound<'_, PyAny>>,
    topic: Option<&Bound<'_, PyAny>>,
    now: Option<&Bound<'_, PyAny>>,
    title: Option<String>,
    template: Option<PathBuf>,
    lang: Option<String>,
    min_sources: Option<&Bound<'_, PyAny>>,
    texts: Option<&Bound<'_, PyAny>>,
) -> PyResult<Briefing> {
    let given = match texts {
        Some(texts) => Stored::Elsewhere(Heads::take(articles, texts)?),
        None => Stored::Here(Articles::take(articles, "articles")?),
    };
    let [words, stories, quotes, min_sources] = counts([
        ("words", words),
        ("stories", stories),
        ("quotes", quotes),
        ("min_sources", min_sources),
    ])?;
    let now = moment(now)?.unwrap_or_else(clock);
    let mut flags = Vec::new();
    let mut flag = |name: &str, value: Option<String>| {
        flags.extend(value.map(|value| format!("--{name}={value}")));
    };
    flag("words", words.map(|n| n.to_string()));
    flag("minutes", minutes.map(|n| n.to_string()));
    flag("stories", stories.map(|n| n.to_string()));
    flag("quotes", quotes.map(|n| n.to_string()));
    flag("title", title);
    flag("template", template.map(|path| path.to_string_lossy().into_owned()));
    flag("labels", lang);
    flag("min-sources", min_sources.map(|n| n.to_string()));
    for topic in topics(topic)? {
        flag("topic", Some(topic));
    }
    let plan = embed::brief_plan(&flags).map_err(to_python)?;
    let params = plan.params;
    let made = detached(py, move || match given {
        Stored::Here(given) => Ok(nutgraf::brief(given.read(&Options::default())?, &params, now)),
        Stored::Elsewhere(heads) => pipeline::brief_pile(heads.pile()?, &params, now),
    })?;
    let warnings = made.warnings.iter().map(ToString::to_string).collect();
    Ok(Briefing { inner: Arc::new(made.briefing), options: plan.options, warnings })
}

/// The articles of a briefing, with their texts or as heads whose texts are stored elsewhere.
enum Stored {
    Here(Articles),
    Elsewhere(Heads),
}

/// Reads arguments that must be counts; any other value is an error that names the argument.
fn counts<const N: usize>(
    given: [(&str, Option<&Bound<'_, PyAny>>); N],
) -> PyResult<[Option<usize>; N]> {
    let mut counts = [None; N];
    for (count, (name, value)) in counts.iter_mut().zip(given) {
        *count = value.map(|value| given::count(value, name, MOST)).transpose()?;
    }
    Ok(counts)
}

/// Reads one topic or a list of topics.
fn topics(given: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<String>> {
    match given {
        None => Ok(Vec::new()),
        Some(one) if one.is_instance_of::<PyString>() => Ok(vec![one.extract()?]),
        Some(many) => many.extract().map_err(|_| {
            let kind = type_name(many);
            PyTypeError::new_err(format!("topic: expected str or a list of str, not {kind}"))
        }),
    }
}

/// Returns the current time, in UTC.
fn clock() -> Published {
    Published::Moment(jiff::Timestamp::now(), jiff::tz::Offset::UTC)
}

/// Reads the time relative to which recency is measured.
pub(crate) fn moment(now: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Published>> {
    now.map_or(Ok(None), |now| given::time("now", now))
}

/// Check every quotation of a draft, or every line of a briefing, against its sources.
///
/// Parameters
/// ----------
/// draft : str or Briefing
///     A text (Markdown, HTML or plain text), or a briefing.
/// articles : list or table
///     The sources: texts, dicts or articles, or the rows of a table.
/// claims : bool
///     Also compare the numbers, dates and names outside quotation marks.
///
/// Returns
/// -------
/// Report
///     True if there are no faults; ``report.corrections()`` lists the corrections that the draft needs.
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> source = ng.Article('"The bridge stays closed," said Mayor Ana Quill on Monday.', lang="en")
/// >>> ng.verify('Mayor Ana Quill said: "The bridge stays closed."', [source]).ok
/// True
/// >>> ng.verify('Mayor Ana Quill said: "The bridge stays open."', [source]).faults[0].kind
/// 'altered'
#[pyfunction]
#[pyo3(signature = (draft, articles, *, claims=false))]
pub(crate) fn verify(
    py: Python<'_>,
    draft: &Bound<'_, PyAny>,
    articles: &Bound<'_, PyAny>,
    claims: bool,
) -> PyResult<Report> {
    let given = Articles::take(articles, "articles")?;
    let options = Options::default();
    if let Ok(briefing) = draft.cast::<Briefing>() {
        let briefing = Arc::clone(&briefing.get().inner);
        return detached(py, move || Ok(Report::of_briefing(&briefing, given.read(&options)?)));
    }
    let Ok(draft) = draft.cast::<PyString>() else {
        let kind = type_name(draft);
        return Err(PyTypeError::new_err(format!("draft: expected str or Briefing, not {kind}")));
    };
    let draft = given::text(draft, "draft")?;
    detached(py, move || Report::of_draft(&draft, claims, given.read(&options)?))
}

/// Set the number of threads for later calls.
///
/// Parameters
/// ----------
/// threads : int
///     The number of threads, up to 4096; 0 means one for each processor. Results do not depend on the number.
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> ng.use_threads(1)
/// >>> ng.use_threads(0)
#[pyfunction]
pub(crate) fn use_threads(threads: &Bound<'_, PyAny>) -> PyResult<()> {
    work::use_threads(given::count(threads, "threads", MOST_THREADS)?);
    Ok(())
}

/// Converts an error of the library to a Python exception.
pub(crate) fn to_python(error: anyhow::Error) -> PyErr {
    NutgrafError::new_err(format!("{error:#}"))
}
