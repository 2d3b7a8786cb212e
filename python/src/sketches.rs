//! Tables of sketches: the data needed for grouping. Different machines can compute sketches, and one machine can then
//! group them.
//!
//! The column `sketch` contains the JSON that `nutgraf sketch` writes, so that tables and the program can exchange
//! sketches.

use std::sync::Arc;

use arrow_array::{ArrayRef, StringArray};
use arrow_schema::ArrowError;
use pyo3::prelude::*;

use nutgraf::parallel;
use nutgraf::stories::{Sketch, sort_sketches};

use crate::NutgrafError;
use crate::calls;
use crate::given::{self, Articles};
use crate::table::Batches;
use crate::tables::{Table, in_batches, metadata, of_stories, table, table_of, unwritable};
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
///     A row for each item or row: ``id, lang, sketch``. The sketch is a line as ``nutgraf sketch`` writes it.
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

/// Group articles into stories by their sketches.
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
///     If a sketch is damaged or of another version, or if different articles have the same id.
#[pyfunction]
#[pyo3(name = "_sketch_stories_table", signature = (sketches, *, now=None))]
pub(crate) fn sketch_stories_table(
    py: Python<'_>,
    sketches: &Bound<'_, PyAny>,
    now: Option<&Bound<'_, PyAny>>,
) -> PyResult<Table> {
    let table = Batches::with_sketches(sketches, "sketches")?;
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
    check_ids(sketches.iter())
}

/// Checks that no two sketches have the same id. The sketches must be sorted.
pub(crate) fn check_ids<'s>(sketches: impl Iterator<Item = &'s Sketch> + Clone) -> PyResult<()> {
    let two = sketches.clone().zip(sketches.skip(1)).find(|(a, b)| a.id() == b.id());
    match two {
        None => Ok(()),
        Some((sketch, _)) => Err(NutgrafError::new_err(format!(
            "two different articles have the id {:?}; ids must be unique over the whole table",
            sketch.id().as_str()
        ))),
    }
}

/// Reduce each article to its metadata and its sketch.
///
/// ``nutgraf.brief`` takes this table together with a function that returns texts, so that the texts of a large
/// collection can stay where they are.
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
///     A row for each item or row: ``id, origin, url, title, source, byline, date, lang, text, sketch``. ``text`` is
///     only a placeholder.
#[pyfunction]
#[pyo3(name = "_heads_table", signature = (articles, *, lang=None))]
pub(crate) fn heads_table(
    py: Python<'_>,
    articles: &Bound<'_, PyAny>,
    lang: Option<&str>,
) -> PyResult<Table> {
    let (given, options) = (Articles::take(articles, "articles")?, given::options(lang)?);
    detached(py, move || in_batches(&given.read_each(&options)?, of_heads).map_err(unwritable))
}

fn of_sketches(articles: &[nutgraf::Article]) -> Result<Table, ArrowError> {
    let [id, .., lang] = metadata(articles);
    table([id, lang, ("sketch", written(articles)?)])
}

fn of_heads(articles: &[nutgraf::Article]) -> Result<Table, ArrowError> {
    let placeholders: ArrayRef = Arc::new(StringArray::from(vec![PLACEHOLDER; articles.len()]));
    let of_text = [("text", placeholders), ("sketch", written(articles)?)];
    table_of(metadata(articles).into_iter().chain(of_text).collect())
}

/// The placeholder for the text of a head: without it, an article without a title could not be read.
const PLACEHOLDER: &str = "elsewhere";

/// Returns the sketches of articles as JSON.
fn written(articles: &[nutgraf::Article]) -> Result<ArrayRef, ArrowError> {
    let written = parallel::map_in_order(articles, |article| {
        serde_json::to_string(&Sketch::from_article(article))
            .map_err(|error| ArrowError::JsonError(error.to_string()))
    });
    let sketches = written.into_iter().collect::<Result<Vec<String>, _>>()?;
    Ok(Arc::new(StringArray::from_iter_values(sketches)))
}
