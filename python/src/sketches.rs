//! Tables of sketches: the data needed for grouping, which different machines can compute and one machine can group.
//!
//! The column `sketch` contains the JSON that `nutgraf sketch` writes, so that tables and the program can exchange
//! sketches.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use arrow_schema::ArrowError;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;

use nutgraf::parallel;
use nutgraf::stories::{Sketch, sort_sketches};

use crate::NutgrafError;
use crate::calls;
use crate::given::{self, Articles};
use crate::table::Batches;
use crate::tables::{Table, in_batches, of_stories, table, unwritable};
use crate::work::detached;

/// Reduce each article to the data needed for grouping.
///
/// A sketch depends on its article alone, so sketches can be made on any number of machines and grouped together by
/// ``tables.stories_of_sketches`` or ``nutgraf stories --sketches``.
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
///     A row for each item or row: ``id, lang, sketch``, the sketch as a line of ``nutgraf sketch``.
#[pyfunction]
#[pyo3(name = "_sketches_table", signature = (articles, *, lang=None))]
pub(crate) fn sketches_table(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    lang: Option<&str>,
) -> PyResult<Table> {
    let (given, options) = (Articles::take(articles, "articles")?, given::options(lang)?);
    detached(py, move || in_batches(&given.read_each(&options)?, of_sketches).map_err(unwritable))
}

/// Group sketches into the stories of their articles.
///
/// The order of the rows does not matter. A sketch that is given twice counts once.
///
/// Parameters
/// ----------
/// sketches : table
///     A table with the column ``sketch``, as ``tables.sketches`` makes it.
/// now : str, datetime.date or datetime.datetime, optional
///     The time relative to which recency is measured; the time of the newest article if it is not given.
///
/// Returns
/// -------
/// Table
///     A row for each story: ``id, headline, articles, duplicates, outlets, score``.
///
/// Raises
/// ------
/// NutgrafError
///     If a sketch is damaged or of another version, or if different articles have one id.
#[pyfunction]
#[pyo3(name = "_sketch_stories_table", signature = (sketches, *, now=None))]
pub(crate) fn sketch_stories_table(
    py: Python<'_>,
    sketches: &Bound<'_, PyAny>,
    now: Option<&Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let table =
        if sketches.hasattr("__arrow_c_stream__")? { Batches::take(sketches)? } else { None };
    let Some(table) = table else {
        let kind = given::type_name(sketches);
        return Err(PyTypeError::new_err(format!(
            "sketches: expected a table with __arrow_c_stream__ and a column 'sketch', not {kind}"
        )));
    };
    let now = calls::moment(now)?;
    detached(py, move || {
        let mut sketches = table.sketches()?;
        drop(table);
        merge(&mut sketches)?;
        of_stories(&nutgraf::stories_of_sketches(sketches, now)).map_err(unwritable)
    })
}

/// Sorts sketches and removes duplicates; different sketches with the same id are an error.
fn merge(sketches: &mut Vec<Sketch>) -> PyResult<()> {
    sort_sketches(sketches);
    sketches.dedup();
    let Some(two) = sketches.windows(2).find(|two| two[0].id() == two[1].id()) else {
        return Ok(());
    };
    Err(NutgrafError::new_err(format!(
        "two different articles have the id {:?}; ids must be unique over the whole table",
        two[0].id().as_str()
    )))
}

fn of_sketches(articles: &[nutgraf::Article]) -> Result<Table, ArrowError> {
    let written = parallel::map_in_order(articles, |article| {
        serde_json::to_string(&Sketch::of_article(article))
            .map_err(|error| ArrowError::JsonError(error.to_string()))
    });
    let sketches = written.into_iter().collect::<Result<Vec<String>, _>>()?;
    let column = |value: fn(&nutgraf::Article) -> &str| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(articles.iter().map(value)))
    };
    table([
        ("id", column(|article| article.id.as_str())),
        ("lang", column(|article| article.lang.code())),
        ("sketch", Arc::new(StringArray::from_iter_values(sketches))),
    ])
}
