//! The functions of the package.

use std::path::PathBuf;

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use nutgraf::cli::embed;
use nutgraf::read::{self, Format, Options};
use nutgraf::{Budget, OutputFormat, Published};

use crate::NutgrafError;
use crate::article::{self, Article, type_name};
use crate::results::{Briefing, Quote, Report, Sentence, Story, Summary};
use crate::work::detached;

/// The words of a summary for which no budget is given, as in the program.
const DEFAULT_WORDS: usize = 100;

/// Read a file, a folder or bytes in any format that the program reads.
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
    let options = Options { from, lang: article::language(lang)?, ..Options::default() };
    let ingested = if let Ok(bytes) = source.cast::<PyBytes>() {
        let bytes = bytes.as_bytes().to_vec();
        let origin = url.clone().unwrap_or_else(|| "bytes".to_owned());
        let load = move |_: &str| Ok(bytes.clone());
        detached(py, move || read::read_all(&[origin], load, &options))?
    } else {
        let path = path(source)?;
        detached(py, move || embed::read_path(&path, &options))?.map_err(to_python)?
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
    known.map(|(_, format)| *format).ok_or_else(|| {
        let names: Vec<&str> = Format::NAMES.iter().map(|(name, _)| *name).collect();
        PyValueError::new_err(format!("format: expected one of {}, not {name:?}", names.join(", ")))
    })
}

/// Extract the article of one web page; None if the page holds none.
#[pyfunction]
#[pyo3(signature = (html, *, url=None))]
pub(crate) fn extract(
    py: Python<'_>,
    html: &Bound<'_, PyAny>,
    url: Option<String>,
) -> PyResult<Option<Article>> {
    let bytes = if let Ok(text) = html.cast::<PyString>() {
        text.to_cow()?.as_bytes().to_vec()
    } else if let Ok(bytes) = html.cast::<PyBytes>() {
        bytes.as_bytes().to_vec()
    } else {
        let kind = type_name(html);
        return Err(PyTypeError::new_err(format!("html: expected str or bytes, not {kind}")));
    };
    let options = Options { from: Some(Format::Html), ..Options::default() };
    let origin = url.clone().unwrap_or_else(|| "page.html".to_owned());
    let ingested = detached(py, move || read::read(&origin, &bytes, &options))?;
    let with_text = ingested.articles.into_iter().find(|article| !article.text.is_empty());
    Ok(with_text.map(|mut inner| {
        inner.url = inner.url.or(url);
        Article { inner }
    }))
}

/// Split a text into sentences.
#[pyfunction]
#[pyo3(signature = (text, *, lang=None))]
pub(crate) fn sentences(py: Python<'_>, text: String, lang: Option<&str>) -> PyResult<Vec<String>> {
    let lang = article::language(lang)?;
    detached(py, move || {
        let spans = nutgraf::sentences(&text, lang);
        spans.into_iter().map(|span| span.of(&text).to_owned()).collect()
    })
}

/// Choose the sentences that stand for one article, or for several articles of one event.
#[pyfunction]
#[pyo3(signature = (articles_or_text, *, words=None, sentences=None, chars=None, ratio=None, topic=None, lang=None))]
pub(crate) fn summarize(
    py: Python<'_>,
    articles_or_text: &Bound<'_, PyAny>,
    words: Option<usize>,
    sentences: Option<usize>,
    chars: Option<usize>,
    ratio: Option<f64>,
    topic: Option<String>,
    lang: Option<&str>,
) -> PyResult<Summary> {
    let articles = article::articles(articles_or_text, lang)?;
    let budget = budget(words, sentences, chars, ratio)?;
    let params = nutgraf::SummaryParams { topic, ..nutgraf::SummaryParams::default() };
    let summary = detached(py, move || nutgraf::summarize_with(&articles, budget, &params))?;
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
            Err(PyValueError::new_err("ratio: expected a number above 0, up to 1"))
        }
        [budget] => Ok(budget),
        _ => Err(PyValueError::new_err("give one of words, sentences, chars and ratio")),
    }
}

/// Find the quotations of an article and who said them.
#[pyfunction]
#[pyo3(signature = (article_or_text, *, lang=None))]
pub(crate) fn quotes(
    py: Python<'_>,
    article_or_text: &Bound<'_, PyAny>,
    lang: Option<&str>,
) -> PyResult<Vec<Quote>> {
    let options = Options { lang: article::language(lang)?, ..Options::default() };
    let article = article::one(article_or_text, "article_or_text", &options)?;
    let found = detached(py, move || nutgraf::quotes(&article))?;
    Ok(found.into_iter().map(|inner| Quote { inner }).collect())
}

/// Group articles into stories: the articles that report one event. The most important story comes first.
#[pyfunction]
#[pyo3(signature = (articles, *, now=None))]
pub(crate) fn stories(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    now: Option<&Bound<'_, PyAny>>,
) -> PyResult<Vec<Story>> {
    let articles = article::articles(articles, None)?;
    let now = moment(now)?;
    let found = detached(py, move || nutgraf::stories(&articles, now))?;
    Ok(found.into_iter().map(|inner| Story { inner }).collect())
}

/// Make a briefing: stories with their key sentences and quotes, ranked, within a budget.
#[pyfunction]
#[pyo3(signature = (articles, *, words=None, minutes=None, stories=None, quotes=None, topic=None, now=None, title=None, template=None, lang=None, min_sources=None))]
pub(crate) fn brief(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    words: Option<usize>,
    minutes: Option<f64>,
    stories: Option<usize>,
    quotes: Option<usize>,
    topic: Option<&Bound<'_, PyAny>>,
    now: Option<&Bound<'_, PyAny>>,
    title: Option<String>,
    template: Option<String>,
    lang: Option<String>,
    min_sources: Option<usize>,
) -> PyResult<Briefing> {
    let articles = article::articles(articles, None)?;
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
    flag("template", template);
    flag("labels", lang);
    flag("min-sources", min_sources.map(|n| n.to_string()));
    for topic in topics(topic)? {
        flag("topic", Some(topic));
    }
    let plan = embed::brief_plan(&flags).map_err(to_python)?;
    let params = plan.params;
    let made = detached(py, move || nutgraf::brief(articles, &params, now))?;
    let warnings = made.warnings.iter().map(ToString::to_string).collect();
    Ok(Briefing { inner: made.briefing, options: plan.options, warnings })
}

/// Takes one topic or a list of them.
fn topics(given: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<String>> {
    match given {
        None => Ok(Vec::new()),
        Some(one) if one.is_instance_of::<PyString>() => Ok(vec![one.extract()?]),
        Some(many) => many.extract(),
    }
}

/// The time now, in UTC.
fn clock() -> Published {
    Published::Moment(jiff::Timestamp::now(), jiff::tz::Offset::UTC)
}

fn moment(now: Option<&Bound<'_, PyAny>>) -> PyResult<Option<Published>> {
    now.map_or(Ok(None), |now| article::time("now", now))
}

/// Check a draft against the articles that it was made from.
#[pyfunction]
pub(crate) fn verify(
    py: Python<'_>,
    draft: &Bound<'_, PyAny>,
    articles: &Bound<'_, PyAny>,
) -> PyResult<Report> {
    let articles = article::articles(articles, None)?;
    if let Ok(briefing) = draft.cast::<Briefing>() {
        let briefing = briefing.get().inner.clone();
        return detached(py, move || Report::of_briefing(&briefing, articles));
    }
    let Ok(draft) = draft.cast::<PyString>() else {
        let kind = type_name(draft);
        return Err(PyTypeError::new_err(format!("draft: expected str or Briefing, not {kind}")));
    };
    let draft = draft.to_cow()?.into_owned();
    detached(py, move || Report::of_draft(&draft, articles))
}

/// Take articles in any of their forms: a list of str, dict or Article, or a table.
#[pyfunction]
#[pyo3(name = "_articles")]
pub(crate) fn articles_of(given: &Bound<'_, PyAny>) -> PyResult<Vec<Article>> {
    let articles = article::articles(given, None)?;
    Ok(articles.into_iter().map(|inner| Article { inner }).collect())
}

/// Use this many threads for all calls; 0 means one for each processor. Only the first call has an effect.
#[pyfunction]
pub(crate) fn use_threads(threads: usize) -> PyResult<()> {
    nutgraf::parallel::use_threads(threads)
        .map_err(|error| NutgrafError::new_err(error.to_string()))
}

/// Returns the format of a name that a briefing is rendered in.
pub(crate) fn output_format(name: &str) -> PyResult<OutputFormat> {
    OutputFormat::parse(name).ok_or_else(|| {
        let names: Vec<&str> = OutputFormat::NAMES.iter().map(|(name, _)| *name).collect();
        PyValueError::new_err(format!("format: expected one of {}, not {name:?}", names.join(", ")))
    })
}

/// A refusal of the library as an exception.
pub(crate) fn to_python(error: anyhow::Error) -> PyErr {
    NutgrafError::new_err(format!("{error:#}"))
}
