//! The command `nutgraf` that the package installs.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the program with the arguments of the command line and returns its exit status; `launcher` is the command that
/// starts it as a process of its own.
#[pyfunction]
#[pyo3(name = "_run")]
pub(crate) fn run(py: Python<'_>, launcher: Vec<OsString>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| nutgraf::cli::embed::run(launcher, arguments))
}
