//! Articles in the rows of a table from pandas, polars, pyarrow, DuckDB, or anything else with `__arrow_c_stream__`.
//!
//! The columns are named like the keys of an article's JSON record. The stream is imported through the Arrow
//! `PyCapsule` interface (Apache Arrow, *The Arrow PyCapsule Interface*, 2023), without creating Python objects.
//!
//! Known limit: only columns of text are accepted, except that dates may be columns of dates or times and ids may be
//! columns of integers. A column of another type that is named like a field of an article is an error if it has any
//! values, even if they could be written as text.

use arrow_array::cast::AsArray as _;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::types::{Float32Type, Float64Type};
use arrow_array::{Array as _, ArrayRef, RecordBatch, RecordBatchReader as _};
use arrow_schema::{DataType, Schema, SchemaRef};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde_json::{Map, Value};

use nutgraf::article::BlockKind;
use nutgraf::parallel;
use nutgraf::read::{self, Options};
use nutgraf::stories::Sketch;

use crate::NutgrafError;
use crate::cells::{self, Cells, Readable};
use crate::given::{GivenBlock, Record, type_name};

/// The contents of a table.
pub(crate) struct Batches {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

/// The rows of a table of articles.
pub(crate) struct Rows {
    batches: Vec<RecordBatch>,
    columns: Vec<Column>,
    /// The column with the blocks of the texts.
    blocks: Option<usize>,
}

/// A column that holds a field of an article.
struct Column {
    at: usize,
    name: String,
    role: Role,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Field,
    Origin,
}

impl Batches {
    /// Imports the contents of a table; returns `None` for a stream of single values, such as that of a single column.
    pub(crate) fn take(table: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        let capsule = table.call_method0("__arrow_c_stream__")?;
        let capsule = capsule.cast::<PyCapsule>().map_err(|_| broken("no capsule"))?;
        let pointer = capsule.pointer_checked(Some(c"arrow_array_stream"))?;
        // SAFETY: the capsule is named `arrow_array_stream`, so it holds a pointer to an initialized stream of the Arrow C
        // stream interface. `from_raw` moves the stream out and leaves a released one behind, which is what the capsule's
        // destructor expects of a consumer.
        #[expect(unsafe_code, reason = "the Arrow PyCapsule interface hands over a raw pointer")]
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr().cast()) };
        let Ok(reader) = RecordBatchStreamReader::try_new(stream) else { return Ok(None) };
        let schema = reader.schema();
        let mut batches = Vec::new();
        for batch in reader {
            table.py().check_signals()?;
            batches.push(batch.map_err(broken)?);
        }
        Ok(Some(Self { schema, batches }))
    }

    /// Imports a table of sketches; `name` is the name of the argument in messages.
    pub(crate) fn with_sketches(given: &Bound<'_, PyAny>, name: &str) -> PyResult<Self> {
        let table = if given.hasattr("__arrow_c_stream__")? { Self::take(given)? } else { None };
        table.ok_or_else(|| {
            let kind = type_name(given);
            PyTypeError::new_err(format!(
                "{name}: expected a table with __arrow_c_stream__ and a column 'sketch', not {kind}"
            ))
        })
    }

    /// Reads the sketches in the column `sketch`.
    pub(crate) fn sketches(&self) -> PyResult<Vec<Sketch>> {
        let at = self.schema.index_of("sketch").map_err(|_| {
            NutgrafError::new_err(format!(
                "the table has no column 'sketch', as `tables.sketches` makes it; its columns are: {}",
                names(&self.schema)
            ))
        })?;
        let kind = self.schema.field(at).data_type();
        if cells::readable(kind) != Some(Readable::Text) {
            return Err(PyTypeError::new_err(format!(
                "column \"sketch\": expected text, not {kind}"
            )));
        }
        let mut sketches = Vec::new();
        for batch in &self.batches {
            let cells = Cells::new(batch.column(at)).map_err(broken)?;
            let first = sketches.len();
            let rows: Vec<usize> = (0..batch.num_rows()).collect();
            let read = parallel::map_in_order(&rows, |&row| {
                let sketch = cells.text(row).map(|text| Sketch::from_json(text.as_bytes()));
                let fault = match sketch {
                    Some(Ok(sketch)) => return Ok(sketch),
                    Some(Err(error)) => error.to_string(),
                    None => "has no sketch".to_owned(),
                };
                Err(NutgrafError::new_err(format!("row {}: {fault}", first + row)))
            });
            for sketch in read {
                sketches.push(sketch?);
            }
        }
        Ok(sketches)
    }
}

impl Rows {
    /// Finds the columns of a table of articles. A table without a column for texts or titles is an error.
    pub(crate) fn new(table: Batches) -> PyResult<Self> {
        let Batches { schema, batches } = table;
        let blocks = schema.index_of("blocks").ok().filter(|n| holds_blocks(&schema, *n));
        let columns = with_text(columns(&schema)?, &schema, &batches)?;
        Ok(Self { batches, columns, blocks })
    }

    /// Builds the article of each row; a row without text and title gives an error that names the row.
    pub(crate) fn read(&self, options: &Options) -> PyResult<Vec<PyResult<nutgraf::Article>>> {
        let mut articles = Vec::new();
        let mut first = 0;
        for batch in &self.batches {
            let cells = self.columns.iter().map(|column| Cells::new(batch.column(column.at)));
            let cells = cells.collect::<Result<Vec<Cells<'_>>, _>>().map_err(broken)?;
            let rows: Vec<usize> = (0..batch.num_rows()).collect();
            articles.extend(parallel::map_in_order(&rows, |&row| {
                self.record(batch, &cells, row, first).read(options)
            }));
            first += batch.num_rows();
        }
        Ok(articles)
    }

    fn record(&self, batch: &RecordBatch, cells: &[Cells<'_>], row: usize, first: usize) -> Record {
        let (mut fields, mut origin) = (Map::new(), None);
        for (column, cells) in self.columns.iter().zip(cells) {
            let Some(value) = cells.text(row) else { continue };
            match column.role {
                Role::Field => drop(fields.insert(column.name.clone(), Value::String(value))),
                Role::Origin => origin = Some(value),
            }
        }
        let blocks = self.blocks.and_then(|n| blocks(batch.column(n), row));
        Record { name: format!("row {}", first + row), fields, origin, blocks }
    }
}

/// Returns the columns that are named like a field of an article, or `origin`.
fn columns(schema: &Schema) -> PyResult<Vec<Column>> {
    let mut columns = Vec::new();
    for (at, column) in schema.fields().iter().enumerate() {
        let name = column.name();
        let role = match read::field_of(name) {
            Some(_) => Role::Field,
            None if name == "origin" => Role::Origin,
            None => continue,
        };
        columns.push(Column { at, name: name.clone(), role });
    }
    let is_text = |column: &Column| {
        matches!(read::field_of(&column.name), Some("text" | "html" | "summary" | "title"))
    };
    if columns.iter().any(is_text) {
        return Ok(columns);
    }
    Err(NutgrafError::new_err(format!(
        "the table has no column 'text', 'html' or 'title'; its columns are: {}",
        names(schema)
    )))
}

/// Returns the names of all columns, for messages.
fn names(schema: &Schema) -> String {
    let names: Vec<&str> = schema.fields().iter().map(|column| column.name().as_str()).collect();
    names.join(", ")
}

/// Returns the columns whose values can be read as text. A column without values may have any type and counts as
/// missing: in pandas, such a column has a numeric type.
fn with_text(
    columns: Vec<Column>,
    schema: &Schema,
    batches: &[RecordBatch],
) -> PyResult<Vec<Column>> {
    let mut kept = Vec::new();
    for column in columns {
        let kind = schema.field(column.at).data_type();
        if fits(read::field_of(&column.name).unwrap_or_default(), kind) {
            kept.push(column);
        } else if batches.iter().any(|batch| has_value(batch.column(column.at))) {
            let name = &column.name;
            return Err(PyTypeError::new_err(format!(
                "column {name:?}: expected text, not {kind}"
            )));
        }
    }
    Ok(kept)
}

/// Returns whether a column has a value that is neither null nor NaN.
fn has_value(column: &ArrayRef) -> bool {
    match column.data_type() {
        DataType::Float64 => {
            column.as_primitive::<Float64Type>().iter().flatten().any(|value| !value.is_nan())
        }
        DataType::Float32 => {
            column.as_primitive::<Float32Type>().iter().flatten().any(|value| !value.is_nan())
        }
        _ => column.null_count() < column.len(),
    }
}

/// Returns whether a column of this type can hold a field: text can hold any field, days and times only dates, and
/// integers only ids.
fn fits(field: &str, kind: &DataType) -> bool {
    match cells::readable(kind) {
        Some(Readable::Text) => true,
        Some(Readable::Time) => matches!(field, "date" | "updated"),
        Some(Readable::Integer) => field == "id",
        None => false,
    }
}

/// Returns whether a column has the type of the column `blocks` that this package writes.
fn holds_blocks(schema: &Schema, at: usize) -> bool {
    let (DataType::List(item) | DataType::LargeList(item)) = schema.field(at).data_type() else {
        return false;
    };
    let DataType::Struct(fields) = item.data_type() else { return false };
    ["kind", "start", "end"].iter().all(|name| fields.find(name).is_some())
}

/// Returns the blocks of a row; `None` if there are none, or if they are not in the format of this package.
fn blocks(column: &ArrayRef, row: usize) -> Option<Vec<GivenBlock>> {
    if column.is_null(row) {
        return None;
    }
    let blocks = match column.data_type() {
        DataType::LargeList(_) => column.as_list::<i64>().value(row),
        _ => column.as_list::<i32>().value(row),
    };
    let blocks = blocks.as_struct();
    let cells = |name: &str| Cells::new(blocks.column_by_name(name)?).ok();
    let (kinds, starts, ends) = (cells("kind")?, cells("start")?, cells("end")?);
    let block = |n: usize| {
        let kind: BlockKind = serde_json::from_value(Value::from(kinds.text(n)?)).ok()?;
        Some(GivenBlock {
            kind,
            start: starts.text(n)?.parse().ok()?,
            end: ends.text(n)?.parse().ok()?,
        })
    };
    (0..blocks.len()).map(block).collect()
}

fn broken(error: impl std::fmt::Display) -> PyErr {
    NutgrafError::new_err(format!("the table cannot be read: {error}"))
}
