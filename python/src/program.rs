//! The command `nutgraf` that the package installs.

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the program with command-line arguments and returns its exit status.
#[pyfunction]
#[pyo3(name = "_run")]
pub(crate) fn run(py: Python<'_>, arguments: Vec<OsString>) -> u8 {
    py.detach(|| nutgraf::cli::embed::run(arguments))
}

/// Sets the command that starts the program as a separate process.
#[pyfunction]
#[pyo3(name = "_launch_with")]
pub(crate) fn launch_with(launcher: Vec<OsString>) {
    nutgraf::cli::embed::set_up(launcher);
}
