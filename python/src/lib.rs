//! nutgraf for Python: summaries, quotes, stories and briefings of articles, and checks of drafts.
//!
//! Each call releases the GIL while it works and ends on Ctrl-C. Offsets are Unicode code points, as in all public
//! interfaces of nutgraf and in Python's strings. The doc comments of classes and functions become their docstrings in
//! Python; `_nutgraf.pyi` has the same texts, and a test compares the two.

mod article;
mod calls;
mod cells;
mod given;
mod heads;
mod program;
mod results;
mod sketches;
mod table;
mod tables;
mod work;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

pyo3::create_exception!(
    nutgraf,
    NutgrafError,
    PyValueError,
    "Raised for input that cannot be read, and for invalid settings."
);

/// The compiled part of the package `nutgraf`.
#[pymodule]
fn _nutgraf(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add("NutgrafError", module.py().get_type::<NutgrafError>())?;
    add_classes(module)?;
    module.add_function(wrap_pyfunction!(calls::read_source, module)?)?;
    module.add_function(wrap_pyfunction!(calls::extract, module)?)?;
    module.add_function(wrap_pyfunction!(calls::sentences, module)?)?;
    module.add_function(wrap_pyfunction!(calls::summarize, module)?)?;
    module.add_function(wrap_pyfunction!(calls::quotes, module)?)?;
    module.add_function(wrap_pyfunction!(calls::stories, module)?)?;
    module.add_function(wrap_pyfunction!(calls::brief, module)?)?;
    module.add_function(wrap_pyfunction!(calls::verify, module)?)?;
    module.add_function(wrap_pyfunction!(calls::use_threads, module)?)?;
    module.add_function(wrap_pyfunction!(tables::articles_table, module)?)?;
    module.add_function(wrap_pyfunction!(tables::quotes_table, module)?)?;
    module.add_function(wrap_pyfunction!(sketches::sketches_table, module)?)?;
    module.add_function(wrap_pyfunction!(sketches::heads_table, module)?)?;
    module.add_function(wrap_pyfunction!(tables::stories_table, module)?)?;
    module.add_function(wrap_pyfunction!(sketches::sketch_stories_table, module)?)?;
    module.add_function(wrap_pyfunction!(program::run, module)?)?;
    module.add_function(wrap_pyfunction!(program::launch_with, module)?)?;
    Ok(())
}

fn add_classes(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<article::Article>()?;
    module.add_class::<results::Sentence>()?;
    module.add_class::<results::Summary>()?;
    module.add_class::<results::Quote>()?;
    module.add_class::<results::Story>()?;
    module.add_class::<results::Briefing>()?;
    module.add_class::<results::Fault>()?;
    module.add_class::<results::Report>()?;
    module.add_class::<tables::Table>()?;
    Ok(())
}
