//! The entry points of the Python package: the program itself, reading files, and briefings of articles in memory.
//!
//! A briefing is described by the flags of `nutgraf brief`, so that a call and the program can not drift apart. Neither
//! the user's configuration nor the environment is read.

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Result, bail};
use clap::Parser as _;

use nutgraf::briefing::Briefing;
use nutgraf::config::Config;
use nutgraf::pipeline::Params;
use nutgraf::read::{self, Ingested};
use nutgraf::render::{Format, Options};

use crate::cli::commands::brief;
use crate::cli::input::{self, Files, Filter};
use crate::cli::sandbox;
use crate::cli::settings::Loaded;

/// Prepares the library for an interpreter: `launcher` is the command that starts the program as a process of its own, in
/// which templates of the user run; the running executable is the interpreter, not the program.
///
/// Panics of dependencies that are caught leave no message on standard error.
pub fn set_up(launcher: Vec<OsString>) {
    crate::cli::keep_caught_panics_quiet();
    sandbox::launch_with(launcher);
}

/// Runs the program with these arguments, the first of which is its name, and returns its exit status.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> u8 {
    let code = crate::cli::run_with(arguments);
    (0..=2).find(|status| ExitCode::from(*status) == code).unwrap_or(2)
}

/// Reads a file or a folder as the program does.
///
/// # Errors
///
/// The file or folder does not exist, or the pattern matches no file.
pub fn read_path(path: &str, options: &read::Options) -> Result<Ingested> {
    if !Path::new(path).exists() {
        bail!("{path}: no such file or folder");
    }
    let mut files = Files::new(Filter::default(), usize::MAX);
    files.add(path);
    let Files { origins, odd, mut warnings, .. } = files;
    let load = |origin: &str| {
        let path = odd.get(origin).map_or(Path::new(origin), |path| path.as_path());
        input::bytes(path, &options.limits)
    };
    let mut ingested = read::read_all(&origins, load, options);
    warnings.append(&mut ingested.warnings);
    ingested.warnings = warnings;
    Ok(ingested)
}

/// How to make and render a briefing.
#[derive(Clone, Debug)]
pub struct BriefPlan {
    /// The parameters of the briefing.
    pub params: Params,
    /// How it is rendered.
    pub options: Options,
}

/// Renders a briefing; a template of the user's own runs in a process of its own, within limits.
///
/// # Errors
///
/// The template cannot be rendered.
pub fn render(briefing: &Briefing, format: Format, options: &Options) -> Result<String> {
    sandbox::render(briefing, format, options)
}

#[derive(clap::Parser)]
struct BriefFlags {
    #[command(flatten)]
    args: brief::Args,
}

/// Takes the flags of `nutgraf brief`, over the defaults.
///
/// # Errors
///
/// A flag has a value that `nutgraf brief` refuses.
pub fn brief_plan(flags: &[String]) -> Result<BriefPlan> {
    let named = std::iter::once("brief".to_owned()).chain(flags.iter().cloned());
    let BriefFlags { args } =
        BriefFlags::try_parse_from(named).map_err(|error| first_line(&error))?;
    let config = Config::read(None, &args.overrides())?;
    let params = brief::params(&config.settings, &args.choices())?;
    let options = brief::options(&Loaded { config, file: None, is_own: false })?;
    Ok(BriefPlan { params, options })
}

/// Keeps the reason of a refused flag, without the usage that clap adds.
fn first_line(error: &clap::Error) -> anyhow::Error {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    anyhow::anyhow!("{}", line.strip_prefix("error: ").unwrap_or(line))
}
