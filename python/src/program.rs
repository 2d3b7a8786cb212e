//! The command `nutgraf` that the package installs.

use pyo3::prelude::*;

/// Runs the program with the arguments of the command line and returns its exit status.
#[pyfunction]
#[pyo3(name = "_run")]
pub(crate) fn run(py: Python<'_>, arguments: Vec<std::ffi::OsString>) -> u8 {
    py.detach(|| nutgraf::cli::embed::run(arguments))
}
