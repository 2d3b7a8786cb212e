//! The class `Article`.

use pyo3::prelude::*;
use pyo3::types::PyString;

use nutgraf::json::ArticleRecord;

use crate::given;
use crate::results::record;

/// An article: its verbatim text, and its metadata.
///
/// Parameters
/// ----------
/// text : str
///     The text of record; every excerpt is a range of it.
/// title : str, optional
///     The headline.
/// outlet : str, optional
///     The name of the outlet that published the article.
/// date : str, datetime.date or datetime.datetime, optional
///     The date of publication.
/// url : str, optional
///     The URL.
/// lang : str, optional
///     The language code; detected if it is not given.
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> article = ng.Article("Il traghetto è affondato.", outlet="Il Faro", date="2026-03-10", lang="it")
/// >>> article.outlet, article.published
/// ('Il Faro', '2026-03-10')
#[pyclass(module = "nutgraf", frozen, eq)]
#[derive(Clone, PartialEq)]
pub(crate) struct Article {
    pub(crate) inner: nutgraf::Article,
}

#[pymethods]
impl Article {
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
        if let Some(lang) = given::language(lang)? {
            builder = builder.lang(lang);
        }
        if let Some(date) = date
            && let Some(published) = given::time("date", date)?
        {
            builder = builder.published(published);
        }
        Ok(Self { inner: builder.build() })
    }

    /// The id: the one given in the input, or a hash of outlet, title and text.
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

    /// The name of the outlet, or otherwise the host of the URL.
    #[getter]
    fn outlet(&self) -> Option<&str> {
        self.inner.outlet()
    }

    /// The date of publication in ISO 8601: a day, or a date and time with a UTC offset.
    #[getter]
    fn published(&self) -> Option<String> {
        self.inner.published.map(|published| published.to_string())
    }

    /// The URL.
    #[getter]
    fn url(&self) -> Option<&str> {
        self.inner.url.as_deref()
    }

    /// The language code; "und" if the language is unknown.
    #[getter]
    fn lang(&self) -> &str {
        self.inner.lang.code()
    }

    /// The repairs made and the problems found when the article was read.
    #[getter]
    fn warnings(&self) -> Vec<&str> {
        self.inner.warnings.iter().map(|warning| warning.message.as_str()).collect()
    }

    /// Return the article in the form that `nutgraf read -t json` writes.
    ///
    /// Returns
    /// -------
    /// dict
    ///     The text, metadata, blocks and sentences. The dict can be passed wherever an article can.
    ///
    /// Examples
    /// --------
    /// >>> import nutgraf as ng
    /// >>> ng.Article("The ferry sank. All were saved.", lang="en").to_dict()["sentences"]
    /// [[0, 15], [16, 31]]
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let document = nutgraf::text::annotate(&self.inner);
        record(py, &ArticleRecord::new(&self.inner, &document))
    }

    fn __repr__(&self) -> String {
        let title = if self.inner.title.is_empty() { "(no title)" } else { &self.inner.title };
        let outlet = self.inner.outlet().map(|outlet| format!(", {outlet}")).unwrap_or_default();
        format!(
            "<nutgraf.Article {title:?}{outlet}, {} characters>",
            self.inner.text.chars().count()
        )
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        PyString::new(py, self.inner.id.as_str()).hash()
    }
}
