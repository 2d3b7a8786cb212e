//! Articles as Python has them: texts, dicts, tables and objects of the class `Article`.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyList, PyString};
use serde_json::{Map, Value};

use nutgraf::json::ArticleRecord;
use nutgraf::read::{self, Options};
use nutgraf::{Language, Published};

use crate::NutgrafError;
use crate::table;

/// An article: its text to the letter, and what is known about it.
#[pyclass(module = "nutgraf", frozen, eq)]
#[derive(Clone, PartialEq)]
pub(crate) struct Article {
    pub(crate) inner: nutgraf::Article,
}

#[pymethods]
impl Article {
    /// Make an article of a text, which is kept to the letter.
    #[new]
    #[pyo3(signature = (text, *, title=None, outlet=None, date=None, url=None, lang=None))]
    fn new(
        text: &str,
        title: Option<String>,
        outlet: Option<String>,
        date: Option<&Bound<'_, PyAny>>,
        url: Option<String>,
        lang: Option<&str>,
    ) -> PyResult<Self> {
        let mut builder = nutgraf::Article::builder(text);
        if let Some(title) = title {
            builder = builder.title(title);
        }
        if let Some(outlet) = outlet {
            builder = builder.outlet(outlet);
        }
        if let Some(url) = url {
            builder = builder.url(url);
        }
        if let Some(lang) = language(lang)? {
            builder = builder.lang(lang);
        }
        if let Some(date) = date
            && let Some(published) = time("date", date)?
        {
            builder = builder.published(published);
        }
        Ok(Self { inner: builder.build() })
    }

    /// The id: given by the input, or a hash of outlet, title and text.
    #[getter]
    fn id(&self) -> &str {
        self.inner.id.as_str()
    }

    /// The text of record; every excerpt is a range of it.
    #[getter]
    fn text(&self) -> &str {
        &self.inner.text
    }

    /// The headline; empty if the source has none.
    #[getter]
    fn title(&self) -> &str {
        &self.inner.title
    }

    /// The author or authors, without "By".
    #[getter]
    fn byline(&self) -> Option<&str> {
        self.inner.byline.as_deref()
    }

    /// The outlet, or else the host of the address.
    #[getter]
    fn outlet(&self) -> Option<&str> {
        self.inner.outlet()
    }

    /// The date of publication in ISO 8601: a day, or a moment with its offset.
    #[getter]
    fn published(&self) -> Option<String> {
        self.inner.published.map(|published| published.to_string())
    }

    /// The address.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.inner.url.as_deref()
    }

    /// The code of the language; "und" if it is not known.
    #[getter]
    fn lang(&self) -> &str {
        self.inner.lang.code()
    }

    /// What was repaired or doubted while the article was read.
    #[getter]
    fn warnings(&self) -> Vec<&str> {
        self.inner.warnings.iter().map(|warning| warning.message.as_str()).collect()
    }

    /// Return the article as `nutgraf read -t json` writes it: a dict with text, blocks and sentences.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let document = nutgraf::text::annotate(&self.inner);
        Ok(pythonize::pythonize(py, &ArticleRecord::new(&self.inner, &document))?)
    }

    fn __repr__(&self) -> String {
        let title = if self.inner.title.is_empty() { "(no title)" } else { &self.inner.title };
        let outlet = self.inner.outlet().map(|outlet| format!(", {outlet}")).unwrap_or_default();
        format!(
            "<nutgraf.Article {title:?}{outlet}, {} characters>",
            self.inner.text.chars().count()
        )
    }

    fn __hash__(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.inner.id.hash(&mut hasher);
        hasher.finish()
    }
}

/// Takes one article, or a list, a table or another iterable of articles.
pub(crate) fn articles(
    given: &Bound<'_, PyAny>,
    lang: Option<&str>,
) -> PyResult<Vec<nutgraf::Article>> {
    let options = Options { lang: language(lang)?, ..Options::default() };
    if is_one(given) {
        return Ok(vec![one(given, "article", &options)?]);
    }
    if given.hasattr("__arrow_c_stream__")? {
        return table::articles(given, &options);
    }
    let Ok(items) = given.try_iter() else {
        return Err(PyTypeError::new_err(format!(
            "articles: expected a list of str, dict or Article, or a table, not {}",
            type_name(given)
        )));
    };
    let mut articles = Vec::new();
    for (n, item) in items.enumerate() {
        articles.push(one(&item?, &format!("articles[{n}]"), &options)?);
    }
    Ok(unique(articles))
}

/// Gives articles of one id but different texts ids of their own, as reading several files does.
fn unique(articles: Vec<nutgraf::Article>) -> Vec<nutgraf::Article> {
    read::merge_articles(articles).0
}

fn is_one(given: &Bound<'_, PyAny>) -> bool {
    given.is_instance_of::<PyString>()
        || given.is_instance_of::<PyDict>()
        || given.is_instance_of::<Article>()
}

/// Takes a `str`, a `dict` or an `Article`; `name` is the argument, for messages.
pub(crate) fn one(
    given: &Bound<'_, PyAny>,
    name: &str,
    options: &Options,
) -> PyResult<nutgraf::Article> {
    if let Ok(article) = given.cast::<Article>() {
        return Ok(article.get().inner.clone());
    }
    if let Ok(text) = given.cast::<PyString>() {
        let mut builder = nutgraf::Article::builder(text.to_cow()?);
        if let Some(lang) = options.lang {
            builder = builder.lang(lang);
        }
        return Ok(builder.build());
    }
    let Ok(record) = given.cast::<PyDict>() else {
        return Err(PyTypeError::new_err(format!(
            "{name}: expected str, dict or Article, not {}",
            type_name(given)
        )));
    };
    let mut fields = Map::new();
    for (key, value) in record {
        let key = key.cast::<PyString>().map_err(|_| {
            PyTypeError::new_err(format!("{name}: the keys of an article must be str"))
        })?;
        let key = key.to_cow()?;
        if let Some(value) = field(name, &key, &value)? {
            fields.insert(key.into_owned(), value);
        }
    }
    record_of(fields, name, options)
}

/// Reads the article of named values; one without any text and title is an error.
pub(crate) fn record_of(
    fields: Map<String, Value>,
    name: &str,
    options: &Options,
) -> PyResult<nutgraf::Article> {
    let known = |wanted: &[&str]| {
        fields.keys().filter_map(|key| read::field_of(key)).any(|field| wanted.contains(&field))
    };
    if !known(&["text", "html", "summary", "title"]) {
        return Err(NutgrafError::new_err(format!(
            "{name}: has no text: give 'text', 'html' or at least 'title'"
        )));
    }
    let mut read = read::read_value(Value::Object(fields), name, options);
    match read.articles.pop() {
        Some(article) => Ok(article),
        None => {
            let why = read.warnings.first().map_or("cannot be read", |w| w.message.as_str());
            Err(NutgrafError::new_err(format!("{name}: {why}")))
        }
    }
}

/// Takes the value of one key of a dict; nothing for `None` and NaN, and for keys that no article has.
fn field(name: &str, key: &str, value: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    let Some(field) = read::field_of(key) else { return Ok(None) };
    if is_missing(value)? {
        return Ok(None);
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Some(Value::String(text.to_cow()?.into_owned())));
    }
    match field {
        "date" | "updated" => {
            let place = format!("{name}[{key:?}]");
            Ok(time(&place, value)?.map(|time| Value::String(time.to_string())))
        }
        "id" => Ok(Some(Value::String(value.str()?.to_cow()?.into_owned()))),
        // Several authors, or an outlet as an object with a name, as other tools write them.
        "byline" | "source"
            if value.is_instance_of::<PyList>() || value.is_instance_of::<PyDict>() =>
        {
            Ok(Some(pythonize::depythonize(value)?))
        }
        _ => Err(PyTypeError::new_err(format!(
            "{name}[{key:?}]: expected str or None, not {}",
            type_name(value)
        ))),
    }
}

/// Whether a value stands for none: `None`, NaN, or pandas' `NaT` and `NA`.
fn is_missing(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    if value.is_none() {
        return Ok(true);
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(number.extract::<f64>()?.is_nan());
    }
    Ok(matches!(type_name(value).as_str(), "NaTType" | "NAType"))
}

/// Takes a time: ISO 8601 text, or anything with `isoformat` (`datetime`, `date`, a pandas `Timestamp`).
pub(crate) fn time(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Option<Published>> {
    if is_missing(value)? {
        return Ok(None);
    }
    let text = if value.is_instance_of::<PyString>() {
        value.extract::<String>()?
    } else if value.hasattr("isoformat")? {
        value.call_method0("isoformat")?.extract::<String>()?
    } else {
        return Err(PyTypeError::new_err(format!(
            "{name}: expected str, datetime or date, not {}",
            type_name(value)
        )));
    };
    let parsed =
        Published::parse(&text).or_else(|| read::date::parse(&text, &read::date::Hint::default()));
    parsed.map(Some).ok_or_else(|| NutgrafError::new_err(format!("{name}: not a date: {text:?}")))
}

/// Takes the code of a language.
pub(crate) fn language(code: Option<&str>) -> PyResult<Option<Language>> {
    let parse = |code: &str| {
        Language::parse(code).ok_or_else(|| {
            PyValueError::new_err(format!("lang: not the code of a language: {code:?}"))
        })
    };
    code.map(parse).transpose()
}

/// The name of the type of a Python object, for messages.
pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string())
}
