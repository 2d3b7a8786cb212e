//! Articles in the rows of a table: pandas, polars, pyarrow, DuckDB, and whatever else has `__arrow_c_stream__`.
//!
//! The columns are named like the keys of an article's JSON record. The stream is taken over by the Arrow PyCapsule
//! interface, without a detour through Python objects.

use arrow_array::cast::AsArray as _;
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{Array as _, ArrayRef, RecordBatch, RecordBatchReader as _, StringArray};
use arrow_schema::{DataType, Schema};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde_json::{Map, Value};

use nutgraf::read::{self, Options};

use crate::NutgrafError;
use crate::article::record_of;

/// Takes the articles of a table, a row each; rows without text and title are an error that names the row.
pub(crate) fn articles(
    table: &Bound<'_, PyAny>,
    options: &Options,
) -> PyResult<Vec<nutgraf::Article>> {
    let capsule = table.call_method0("__arrow_c_stream__")?;
    let capsule = capsule.cast::<PyCapsule>().map_err(|_| broken("no capsule"))?;
    let pointer = capsule.pointer_checked(Some(c"arrow_array_stream"))?;
    // SAFETY: the capsule is named `arrow_array_stream`, so it holds a pointer to an initialized stream of the Arrow C
    // stream interface. `from_raw` moves the stream out and leaves a released one behind, which is what the capsule's
    // destructor expects of a consumer.
    #[expect(unsafe_code, reason = "the Arrow PyCapsule interface hands over a raw pointer")]
    let stream = unsafe { FFI_ArrowArrayStream::from_raw(pointer.as_ptr().cast()) };
    let reader = RecordBatchStreamReader::try_new(stream).map_err(broken)?;
    let columns = columns(&reader.schema())?;
    let mut articles = Vec::new();
    let mut first = 0;
    for batch in reader {
        let batch = batch.map_err(broken)?;
        read_batch(&batch, &columns, first, options, &mut articles)?;
        first += batch.num_rows();
    }
    Ok(read::merge_articles(articles).0)
}

/// The columns that hold fields of an article, by place.
fn columns(schema: &Schema) -> PyResult<Vec<(usize, String)>> {
    let mut columns = Vec::new();
    for (n, column) in schema.fields().iter().enumerate() {
        let Some(field) = read::field_of(column.name()) else { continue };
        if fits(field, column.data_type()) {
            columns.push((n, column.name().clone()));
        } else {
            let (name, kind) = (column.name(), column.data_type());
            return Err(PyTypeError::new_err(format!(
                "column {name:?}: expected text, not {kind}"
            )));
        }
    }
    let has_text = |(_, name): &(usize, String)| {
        matches!(read::field_of(name), Some("text" | "html" | "summary" | "title"))
    };
    if columns.iter().any(has_text) {
        return Ok(columns);
    }
    let names: Vec<&str> = schema.fields().iter().map(|column| column.name().as_str()).collect();
    Err(NutgrafError::new_err(format!(
        "the table has no column 'text', 'html' or 'title'; its columns are: {}",
        names.join(", ")
    )))
}

/// Whether a column of this type can hold a field: text, days and times for dates, integers for ids.
fn fits(field: &str, kind: &DataType) -> bool {
    match kind {
        DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View | DataType::Null => true,
        DataType::Dictionary(_, values) => fits(field, values),
        DataType::Date32 | DataType::Date64 | DataType::Timestamp(..) => {
            matches!(field, "date" | "updated")
        }
        kind => field == "id" && kind.is_integer(),
    }
}

fn read_batch(
    batch: &RecordBatch,
    columns: &[(usize, String)],
    first: usize,
    options: &Options,
    articles: &mut Vec<nutgraf::Article>,
) -> PyResult<()> {
    let texts: Vec<ArrayRef> = columns
        .iter()
        .map(|(n, _)| arrow_cast::cast(batch.column(*n), &DataType::Utf8).map_err(broken))
        .collect::<PyResult<_>>()?;
    let texts: Vec<&StringArray> = texts.iter().map(|column| column.as_string()).collect();
    for row in 0..batch.num_rows() {
        let mut fields = Map::new();
        for ((_, name), column) in columns.iter().zip(&texts) {
            if column.is_valid(row) {
                fields.insert(name.clone(), Value::String(column.value(row).to_owned()));
            }
        }
        articles.push(record_of(fields, &format!("row {}", first + row), options)?);
    }
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> PyErr {
    NutgrafError::new_err(format!("the table cannot be read: {error}"))
}
