//! Articles as passed by Python: texts, dicts, objects of the class `Article`, or the rows of a table.
//!
//! Values are copied out of Python's objects while the GIL is held. The articles are then built from these values in
//! parallel, without the GIL, as when a JSON file is read. A value of the wrong type is a `TypeError` with the location
//! of the value; an article without text and title is a `NutgrafError`.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyList, PyMapping, PyString};
use serde_json::{Map, Value};

use nutgraf::article::{Block, BlockKind};
use nutgraf::parallel;
use nutgraf::read::{self, Options};
use nutgraf::{Language, Published};

use crate::NutgrafError;
use crate::article::Article;
use crate::table::{Batches, Rows};

/// The number of list items between two checks for a pending interrupt.
const BETWEEN_SIGNALS: usize = 1024;

/// Articles whose values have been copied out of Python.
pub(crate) enum Articles {
    /// The items of a list, or a single article.
    Items(Vec<Given>),
    /// The rows of a table.
    Rows(Rows),
}

/// One article whose values have been copied out of Python.
pub(crate) enum Given {
    Article(Box<nutgraf::Article>),
    Text(String),
    Record(Record),
}

/// The values of a dict or of a row.
pub(crate) struct Record {
    /// The name of the dict or row in messages: `articles[3]`, `row 3`.
    pub(crate) name: String,
    /// The fields of the article, by their names in the input.
    pub(crate) fields: Map<String, Value>,
    /// The name of the input from which the article was first read.
    pub(crate) origin: Option<String>,
    /// The blocks of the text as first read.
    pub(crate) blocks: Option<Vec<GivenBlock>>,
}

/// A block of a text, with offsets in code points, as in the output of `Article.to_dict`.
#[derive(serde::Deserialize)]
pub(crate) struct GivenBlock {
    pub(crate) kind: BlockKind,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Articles {
    /// Copies the values of one article, or of a list, a table or another iterable of articles, out of Python; `name`
    /// is the name of the argument in messages.
    pub(crate) fn take(given: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        if is_one(given) {
            return Ok(Self::Items(vec![Given::take(given, name)?]));
        }
        if given.hasattr("__arrow_c_stream__")?
            && let Some(batches) = Batches::take(given)?
        {
            return Rows::new(batches).map(Self::Rows);
        }
        // Iterating over a data frame without `__arrow_c_stream__` would yield the names of its columns.
        let is_refused = given.is_instance_of::<PyBytes>() || given.hasattr("columns")?;
        match given.try_iter() {
            Ok(items) if !is_refused => take_items(given.py(), items, name).map(Self::Items),
            _ => Err(PyTypeError::new_err(format!(
                "{name}: expected str, dict, Article, a list of them, or a table with __arrow_c_stream__, not {}",
                type_name(given)
            ))),
        }
    }

    /// Builds the articles. Articles with the same id but different texts get different ids, as when several files are
    /// read.
    pub(crate) fn read(self, options: &Options) -> PyResult<Vec<nutgraf::Article>> {
        Ok(read::merge_articles(self.read_each(options)?).0)
    }

    /// Builds an article from each item or row; repeated ids are kept.
    pub(crate) fn read_each(self, options: &Options) -> PyResult<Vec<nutgraf::Article>> {
        let made: Vec<PyResult<nutgraf::Article>> = match self {
            Self::Items(items) => parallel::map_in_order(&items, |given| given.read(options)),
            Self::Rows(rows) => rows.read(options)?,
        };
        made.into_iter().collect()
    }
}

fn take_items<'py>(
    py: Python<'py>,
    items: impl Iterator<Item = PyResult<Bound<'py, PyAny>>>,
    name: &str,
) -> PyResult<Vec<Given>> {
    let mut taken = Vec::new();
    for (n, item) in items.enumerate() {
        if n % BETWEEN_SIGNALS == 0 {
            py.check_signals()?;
        }
        taken.push(Given::take(&item?, &format!("{name}[{n}]"))?);
    }
    Ok(taken)
}

fn is_one(given: &Bound<'_, PyAny>) -> bool {
    given.is_instance_of::<PyString>()
        || given.is_instance_of::<PyDict>()
        || given.is_instance_of::<Article>()
}

impl Given {
    /// Copies the values of a `str`, a `dict` or other mapping, or an `Article` out of Python; `name` is the name of
    /// the argument in messages.
    pub(crate) fn take(given: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        if let Ok(article) = given.cast::<Article>() {
            return Ok(Self::Article(Box::new(article.get().inner.clone())));
        }
        if let Ok(value) = given.cast::<PyString>() {
            return Ok(Self::Text(text(value, name)?));
        }
        if let Ok(dict) = given.cast::<PyDict>() {
            return Record::take(dict.iter(), name).map(Self::Record);
        }
        if let Ok(mapping) = given.cast::<PyMapping>() {
            let items = mapping.items()?;
            let pairs = items.iter().map(|pair| pair.extract()).collect::<PyResult<Vec<_>>>()?;
            return Record::take(pairs.into_iter(), name).map(Self::Record);
        }
        let kind = type_name(given);
        Err(PyTypeError::new_err(format!("{name}: expected str, dict or Article, not {kind}")))
    }

    /// Builds the article.
    pub(crate) fn read(&self, options: &Options) -> PyResult<nutgraf::Article> {
        match self {
            Self::Article(article) => Ok((**article).clone()),
            Self::Text(text) => {
                let builder = nutgraf::Article::builder(text.as_str());
                Ok(match options.lang {
                    Some(lang) => builder.lang(lang),
                    None => builder,
                }
                .build())
            }
            Self::Record(record) => record.read(options),
        }
    }
}

impl Record {
    fn take<'py>(
        pairs: impl Iterator<Item = (Bound<'py, PyAny>, Bound<'py, PyAny>)>,
        name: &str,
    ) -> PyResult<Self> {
        let (mut fields, mut origin, mut blocks) = (Map::new(), None, None);
        for (key, value) in pairs {
            let key = key.cast::<PyString>().map_err(|_| {
                PyTypeError::new_err(format!("{name}: the keys of an article must be str"))
            })?;
            let key = text(key, name)?;
            match (&*key, value.cast::<PyString>()) {
                ("origin", Ok(value)) => origin = Some(text(value, name)?),
                ("blocks", _) if value.is_instance_of::<PyList>() => {
                    blocks = pythonize::depythonize(&value).ok();
                }
                _ => {
                    if let Some(value) = field(name, &key, &value)? {
                        fields.insert(key, value);
                    }
                }
            }
        }
        Ok(Self { name: name.to_owned(), fields, origin, blocks })
    }

    /// Builds the article; it is an error if it has neither text nor title.
    pub(crate) fn read(&self, options: &Options) -> PyResult<nutgraf::Article> {
        let name = &self.name;
        let mut known = self.fields.keys().filter_map(|key| read::field_of(key));
        if !known.any(|field| matches!(field, "text" | "html" | "summary" | "title")) {
            return Err(NutgrafError::new_err(format!(
                "{name}: has no text: give 'text', 'html' or at least 'title'"
            )));
        }
        let mut read = read::read_value(Value::Object(self.fields.clone()), name, options);
        let Some(mut article) = read.articles.pop() else {
            let why = read.warnings.first().map_or("cannot be read", |w| w.message.as_str());
            return Err(NutgrafError::new_err(format!("{name}: {why}")));
        };
        // The row number is not used as the origin, because it depends on the order of the rows.
        article.origin = self.origin.clone().unwrap_or_else(|| article.id.to_string());
        if let Some(blocks) = &self.blocks {
            article.blocks = placed(&article.text, blocks).ok_or_else(|| {
                NutgrafError::new_err(format!(
                    "{name}: the blocks are not those of the text; leave out 'blocks' if the text was changed"
                ))
            })?;
        }
        Ok(article)
    }
}

/// Converts blocks to ranges of a text; returns `None` if they do not fit the text.
fn placed(text: &str, blocks: &[GivenBlock]) -> Option<Vec<Block>> {
    let points = nutgraf::CodePoints::new(text);
    let mut last = 0;
    let mut placed = Vec::with_capacity(blocks.len());
    for &GivenBlock { kind, start, end } in blocks {
        let span = points.to_span(start, end)?;
        let between = text.get(last..span.start())?;
        if !between.trim().is_empty() || span.is_empty() || span.trimmed(text) != span {
            return None;
        }
        last = span.end();
        placed.push(Block { kind, span });
    }
    text.get(last..)?.trim().is_empty().then_some(placed)
}

/// Converts the value of one key of a dict; returns `None` for missing values, and for keys that articles do not have.
fn field(name: &str, key: &str, value: &Bound<'_, PyAny>) -> PyResult<Option<Value>> {
    let Some(field) = read::field_of(key) else { return Ok(None) };
    if is_missing(value)? {
        return Ok(None);
    }
    let place = format!("{name}[{key:?}]");
    if let Ok(value) = value.cast::<PyString>() {
        return Ok(Some(Value::String(text(value, &place)?)));
    }
    match field {
        "date" | "updated" => Ok(time(&place, value)?.map(|time| Value::String(time.to_string()))),
        // Ids may be integers, as in databases, but not `bool`, which is a subclass of `int` in Python.
        "id" if is_int(value)? => Ok(Some(Value::String(value.str()?.to_cow()?.into_owned()))),
        "id" => {
            let kind = type_name(value);
            Err(PyTypeError::new_err(format!("{place}: expected str, int or None, not {kind}")))
        }
        // Other tools write several authors as a list, and an outlet as an object with a name.
        "byline" | "source"
            if value.is_instance_of::<PyList>() || value.is_instance_of::<PyDict>() =>
        {
            check_names(value, &place)?;
            Ok(Some(pythonize::depythonize(value)?))
        }
        _ => {
            let kind = type_name(value);
            Err(PyTypeError::new_err(format!("{place}: expected str or None, not {kind}")))
        }
    }
}

/// Checks that the names in a list or an object are strings.
fn check_names(value: &Bound<'_, PyAny>, place: &str) -> PyResult<()> {
    if value.is_none() || value.is_instance_of::<PyString>() {
        return Ok(());
    }
    if let Ok(items) = value.cast::<PyList>() {
        return items
            .iter()
            .enumerate()
            .try_for_each(|(n, item)| check_names(&item, &format!("{place}[{n}]")));
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        return match dict.get_item("name")? {
            Some(name) => check_names(&name, &format!("{place}['name']")),
            None => Ok(()),
        };
    }
    let kind = type_name(value);
    Err(PyTypeError::new_err(format!("{place}: expected str or None, not {kind}")))
}

/// Returns whether a value is an integer, such as an `int` or an integer of numpy; a `bool` is not.
fn is_int(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    Ok(!value.is_instance_of::<PyBool>() && value.hasattr("__index__")?)
}

/// Converts a count from 0 up to `most`; `name` is the name of the argument in messages.
pub(crate) fn count(value: &Bound<'_, PyAny>, name: &str, most: usize) -> PyResult<usize> {
    if !is_int(value)? {
        let kind = type_name(value);
        return Err(PyTypeError::new_err(format!("{name}: expected int, not {kind}")));
    }
    // A number that does not fit into `usize` is also out of range.
    value.extract::<usize>().ok().filter(|count| *count <= most).ok_or_else(|| {
        let given = value.str().map_or_else(|_| "this".to_owned(), |text| text.to_string());
        NutgrafError::new_err(format!("{name}: expected a number from 0 to {most}, not {given}"))
    })
}

/// Copies a `str`; lone surrogates are an error.
pub(crate) fn text(value: &Bound<'_, PyString>, name: &str) -> PyResult<String> {
    value.to_cow().map(std::borrow::Cow::into_owned).map_err(|error| {
        NutgrafError::new_err(format!("{name}: not a text: {}", error.value(value.py())))
    })
}

/// Returns whether a value counts as missing: `None`, NaN, or the `NaT` and `NA` of pandas.
fn is_missing(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    if value.is_none() {
        return Ok(true);
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(number.extract::<f64>()?.is_nan());
    }
    Ok(matches!(type_name(value).as_str(), "NaTType" | "NAType"))
}

/// Converts a time: text, a `datetime`, a `date`, a pandas `Timestamp` or a numpy `datetime64`. Text may be in ISO 8601
/// or in a form that people write. Returns `None` for a missing value.
pub(crate) fn time(name: &str, value: &Bound<'_, PyAny>) -> PyResult<Option<Published>> {
    if is_missing(value)? {
        return Ok(None);
    }
    let written = if let Ok(value) = value.cast::<PyString>() {
        text(value, name)?
    } else if value.hasattr("isoformat")? {
        value.call_method0("isoformat")?.extract::<String>()?
    } else if type_name(value) == "datetime64" {
        value.str()?.extract::<String>()?
    } else {
        let kind = type_name(value);
        return Err(PyTypeError::new_err(format!(
            "{name}: expected str, datetime or date, not {kind}"
        )));
    };
    parse_time(&written)
        .map(Some)
        .ok_or_else(|| NutgrafError::new_err(format!("{name}: not a date: {written:?}")))
}

fn parse_time(written: &str) -> Option<Published> {
    Published::parse(written).or_else(|| read::date::parse(written, &read::date::Hint::default()))
}

/// Parses a language code.
pub(crate) fn language(code: Option<&str>) -> PyResult<Option<Language>> {
    let parse = |code: &str| {
        Language::parse(code).ok_or_else(|| {
            NutgrafError::new_err(format!("lang: not the code of a language: {code:?}"))
        })
    };
    code.map(parse).transpose()
}

/// Returns the options for reading articles of the given language.
pub(crate) fn options(lang: Option<&str>) -> PyResult<Options> {
    Ok(Options { lang: language(lang)?, ..Options::default() })
}

/// Returns the name of a Python object's type, for messages.
pub(crate) fn type_name(value: &Bound<'_, PyAny>) -> String {
    value.get_type().name().map_or_else(|_| "?".to_owned(), |name| name.to_string())
}
