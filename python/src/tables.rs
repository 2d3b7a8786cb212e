//! Results as Arrow tables: for data frames, and for the workers of Spark.
//!
//! Tables are exported through the Arrow `PyCapsule` interface, without creating Python objects for their values. The
//! schemas are part of the public interface (`docs/python.md`): columns may be added at the end, but their names and
//! types never change.

use std::sync::Arc;

use arrow_array::builder::{Int32Builder, ListBuilder, StringBuilder, StructBuilder, make_builder};
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, Float64Array, RecordBatch, RecordBatchIterator, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef, ffi::FFI_ArrowSchema};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use nutgraf::article::BlockKind;
use nutgraf::parallel;

use crate::NutgrafError;
use crate::calls;
use crate::given::{self, Articles};
use crate::work::detached;

/// A table of results with `__arrow_c_stream__`, which pandas, polars, pyarrow and DuckDB read.
///
/// Examples
/// --------
/// >>> import nutgraf as ng
/// >>> from nutgraf import tables
/// >>> table = tables.quotes(['"The bridge stays closed," said Mayor Ana Quill on Monday.'])
/// >>> len(table), table.column_names[:2]
/// (1, ['id', 'text'])
#[pyclass(module = "nutgraf.tables", frozen)]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

#[pymethods]
impl Table {
    /// The names of the columns.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    fn __bool__(&self) -> bool {
        true
    }

    fn __repr__(&self) -> String {
        format!(
            "<nutgraf.tables.Table, {} rows, {}>",
            self.__len__(),
            self.column_names().join(", ")
        )
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer ignore the requested schema; the consumer then casts.
        drop(requested_schema);
        let batches: Vec<_> = self.batches.iter().cloned().map(Ok).collect();
        let reader = RecordBatchIterator::new(batches, Arc::clone(&self.schema));
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(&*self.schema).map_err(unwritable)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }
}

pub(crate) fn unwritable(error: ArrowError) -> PyErr {
    NutgrafError::new_err(format!("the table cannot be written: {error}"))
}

/// Read articles into a table.
///
/// Parameters
/// ----------
/// articles : list or table
///     Texts, dicts or articles, or the rows of a table.
/// lang : str, optional
///     The language of articles that do not state their own.
///
/// Returns
/// -------
/// Table
///     A row for each article: ``id, origin, url, title, source, byline, date, lang, text, blocks, warnings``.
#[pyfunction]
#[pyo3(name = "_articles_table", signature = (articles, *, lang=None))]
pub(crate) fn articles_table(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    lang: Option<&str>,
) -> PyResult<Table> {
    let (given, options) = (Articles::take(articles, "articles")?, given::options(lang)?);
    detached(py, move || in_batches(&given.read(&options)?, of_articles).map_err(unwritable))
}

/// Find the quotations of each article.
///
/// Parameters
/// ----------
/// articles : list or table
///     Texts, dicts or articles, or the rows of a table.
/// lang : str, optional
///     The language of articles that do not state their own.
///
/// Returns
/// -------
/// Table
///     A row for each quotation: ``id`` of the article, ``text``, ``spans``, ``speaker``, ``role``, ``kind``,
///     ``confidence``, ``rule``.
#[pyfunction]
#[pyo3(name = "_quotes_table", signature = (articles, *, lang=None))]
pub(crate) fn quotes_table(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    lang: Option<&str>,
) -> PyResult<Table> {
    let (given, options) = (Articles::take(articles, "articles")?, given::options(lang)?);
    detached(py, move || in_batches(&given.read(&options)?, of_quotes).map_err(unwritable))
}

/// Group articles into stories.
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
/// Table
///     A row for each story: ``id, headline, articles, duplicates, outlets, score``.
#[pyfunction]
#[pyo3(name = "_stories_table", signature = (articles, *, now=None))]
pub(crate) fn stories_table(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    now: Option<&Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let (given, now) = (Articles::take(articles, "articles")?, calls::moment(now)?);
    detached(py, move || {
        let articles = given.read(&nutgraf::read::Options::default())?;
        of_stories(&nutgraf::stories(&articles, now)).map_err(unwritable)
    })
}

/// The type of the offsets of ranges, which are code points in a text of at most 2 GiB.
const OFFSET: DataType = DataType::Int32;

/// The number of articles, and of bytes of their texts, after which a new batch starts. A column of a batch can hold at
/// most 2 GiB of text.
const BATCH: (usize, usize) = (8192, 256 << 20);

/// Makes a table of the results for some articles, in batches.
pub(crate) fn in_batches(
    articles: &[nutgraf::Article],
    of_articles: impl Fn(&[nutgraf::Article]) -> Result<Table, ArrowError> + Sync,
) -> Result<Table, ArrowError> {
    let mut parts = Vec::new();
    let (mut first, mut bytes) = (0, 0);
    for (n, article) in articles.iter().enumerate() {
        if first < n && (BATCH.0 <= n - first || BATCH.1 < bytes + article.text.len()) {
            parts.push(&articles[first..n]);
            (first, bytes) = (n, 0);
        }
        bytes += article.text.len();
    }
    parts.push(&articles[first..]);
    let tables = parallel::map_in_order(&parts, |part| of_articles(part));
    let tables = tables.into_iter().collect::<Result<Vec<_>, _>>()?;
    let schema = Arc::clone(&tables[0].schema);
    Ok(Table { schema, batches: tables.into_iter().flat_map(|table| table.batches).collect() })
}

fn of_articles(articles: &[nutgraf::Article]) -> Result<Table, ArrowError> {
    let mut blocks = ListBuilder::new(struct_builder(&[
        ("kind", DataType::Utf8),
        ("start", OFFSET),
        ("end", OFFSET),
    ]));
    let mut warnings = ListBuilder::new(StringBuilder::new());
    for article in articles {
        let points = nutgraf::CodePoints::new(&article.text);
        for block in &article.blocks {
            let [start, end] = points.span(block.span);
            let row = blocks.values();
            append_text(row, 0, &name(block.kind));
            append_number(row, 1, start);
            append_number(row, 2, end);
            row.append(true);
        }
        blocks.append(true);
        warnings.append_value(article.warnings.iter().map(|w| Some(w.message.as_str())));
    }
    let texts: ArrayRef = texts_of(articles, |a| Some(a.text.clone()));
    let of_text: [(&str, ArrayRef); 3] = [
        ("text", texts),
        ("blocks", Arc::new(blocks.finish())),
        ("warnings", Arc::new(warnings.finish())),
    ];
    table_of(metadata(articles).into_iter().chain(of_text).collect())
}

/// Returns the columns of articles except the texts, their blocks and the warnings.
pub(crate) fn metadata(articles: &[nutgraf::Article]) -> [(&'static str, ArrayRef); 8] {
    [
        ("id", texts_of(articles, |a| Some(a.id.to_string()))),
        ("origin", texts_of(articles, |a| Some(a.origin.clone()))),
        ("url", texts_of(articles, |a| a.url.clone())),
        ("title", texts_of(articles, |a| Some(a.title.clone()))),
        ("source", texts_of(articles, |a| a.source.clone())),
        ("byline", texts_of(articles, |a| a.byline.clone())),
        ("date", texts_of(articles, |a| a.published.map(|p| p.to_string()))),
        ("lang", texts_of(articles, |a| Some(a.lang.code().to_owned()))),
    ]
}

fn texts_of(
    articles: &[nutgraf::Article],
    value: impl Fn(&nutgraf::Article) -> Option<String>,
) -> ArrayRef {
    Arc::new(articles.iter().map(value).collect::<StringArray>())
}

/// Returns the name of a block kind in the published JSON.
fn name(kind: BlockKind) -> String {
    let name = serde_json::to_value(kind).unwrap_or_default();
    name.as_str().unwrap_or_default().to_owned()
}

fn of_quotes(articles: &[nutgraf::Article]) -> Result<Table, ArrowError> {
    let found = parallel::map_in_order(articles, nutgraf::quotes);
    let [mut id, mut text, mut speaker, mut role, mut kind, mut confidence, mut by_rule] =
        std::array::from_fn(|_| StringBuilder::new());
    let mut spans = ListBuilder::new(struct_builder(&[("start", OFFSET), ("end", OFFSET)]));
    for (article, quotes) in articles.iter().zip(&found) {
        for quote in quotes {
            id.append_value(article.id.as_str());
            text.append_value(&quote.text);
            for [start, end] in &quote.spans {
                let row = spans.values();
                append_number(row, 0, *start);
                append_number(row, 1, *end);
                row.append(true);
            }
            spans.append(true);
            speaker.append_option(quote.speaker.as_ref().map(|s| &s.name));
            role.append_option(quote.speaker.as_ref().and_then(|s| s.role.as_ref()));
            kind.append_value(quote.kind.name());
            confidence.append_value(quote.confidence.name());
            by_rule.append_value(quote.rule);
        }
    }
    table([
        ("id", Arc::new(id.finish())),
        ("text", Arc::new(text.finish())),
        ("spans", Arc::new(spans.finish())),
        ("speaker", Arc::new(speaker.finish())),
        ("role", Arc::new(role.finish())),
        ("kind", Arc::new(kind.finish())),
        ("confidence", Arc::new(confidence.finish())),
        ("rule", Arc::new(by_rule.finish())),
    ])
}

pub(crate) fn of_stories(stories: &[nutgraf::StoryOutline]) -> Result<Table, ArrowError> {
    let text = |values: &dyn Fn(&nutgraf::StoryOutline) -> String| -> ArrayRef {
        Arc::new(stories.iter().map(|story| Some(values(story))).collect::<StringArray>())
    };
    let [mut articles, mut outlets] =
        std::array::from_fn(|_| ListBuilder::new(StringBuilder::new()));
    let mut duplicates = ListBuilder::new(ListBuilder::new(StringBuilder::new()));
    for story in stories {
        articles.append_value(story.articles.iter().map(Some));
        outlets.append_value(story.outlets.iter().map(Some));
        for group in &story.duplicates {
            duplicates.values().append_value(group.iter().map(Some));
        }
        duplicates.append(true);
    }
    let scores: Float64Array = stories.iter().map(|story| Some(story.score)).collect();
    table([
        ("id", text(&|story| story.id.clone())),
        ("headline", text(&|story| story.headline.clone())),
        ("articles", Arc::new(articles.finish())),
        ("duplicates", Arc::new(duplicates.finish())),
        ("outlets", Arc::new(outlets.finish())),
        ("score", Arc::new(scores)),
    ])
}

pub(crate) fn table<const N: usize>(columns: [(&str, ArrayRef); N]) -> Result<Table, ArrowError> {
    table_of(columns.into())
}

/// Makes a table from a list of columns.
pub(crate) fn table_of(columns: Vec<(&str, ArrayRef)>) -> Result<Table, ArrowError> {
    let field =
        |(name, values): &(&str, ArrayRef)| Field::new(*name, values.data_type().clone(), true);
    let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Fields>()));
    let columns = columns.into_iter().map(|(_, values)| values).collect();
    let rows = RecordBatch::try_new(Arc::clone(&schema), columns)?;
    Ok(Table { schema, batches: vec![rows] })
}

fn struct_builder(fields: &[(&str, DataType)]) -> StructBuilder {
    let fields = fields.iter().map(|(name, kind)| Field::new(*name, kind.clone(), true));
    let fields: Fields = fields.collect();
    let builders = fields.iter().map(|field| make_builder(field.data_type(), 0)).collect();
    StructBuilder::new(fields, builders)
}

fn append_text(row: &mut StructBuilder, at: usize, value: &str) {
    if let Some(column) = row.field_builder::<StringBuilder>(at) {
        column.append_value(value);
    }
}

fn append_number(row: &mut StructBuilder, at: usize, value: usize) {
    if let Some(column) = row.field_builder::<Int32Builder>(at) {
        column.append_option(i32::try_from(value).ok());
    }
}
