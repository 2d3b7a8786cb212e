//! Entry points for the Python package: running the program, reading files, and making briefings from articles in
//! memory.
//!
//! Briefings are configured with the flags of `nutgraf brief`, so that the package and the program cannot drift apart.
//! The briefings depend on neither the user's configuration file nor the environment.

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

/// Prepares the library for use in an interpreter. `launcher` is the command that starts the program as a separate
/// process, in which the user's own templates run; the current executable cannot be used for this, because it is the
/// interpreter.
///
/// This also suppresses the messages of panics that are caught.
pub fn set_up(launcher: Vec<OsString>) {
    crate::cli::keep_caught_panics_quiet();
    sandbox::launch_with(launcher);
}

/// Runs the program with these arguments, the first of which is the program's name, and returns its exit status.
pub fn run(arguments: impl IntoIterator<Item = impl Into<OsString> + Clone>) -> u8 {
    let code = crate::cli::run_with(arguments);
    (0..=2).find(|status| ExitCode::from(*status) == code).unwrap_or(2)
}

/// Reads a file or a folder as the program does, but without a limit on the number of files.
///
/// # Errors
///
/// Fails if the file or folder does not exist.
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
    /// The rendering options.
    pub options: Options,
}

/// Renders a briefing. The user's own templates run in a separate process, within limits.
///
/// # Errors
///
/// Fails if the template cannot be rendered.
pub fn render(briefing: &Briefing, format: Format, options: &Options) -> Result<String> {
    sandbox::render(briefing, format, options)
}

#[derive(clap::Parser)]
struct BriefFlags {
    #[command(flatten)]
    args: brief::Args,
}

/// Parses the flags of `nutgraf brief` and applies them to the defaults.
///
/// # Errors
///
/// Fails if `nutgraf brief` would reject the flags.
pub fn brief_plan(flags: &[String]) -> Result<BriefPlan> {
    let named = std::iter::once("brief".to_owned()).chain(flags.iter().cloned());
    let BriefFlags { args } =
        BriefFlags::try_parse_from(named).map_err(|error| first_line(&error))?;
    let config = Config::parse(None, &args.overrides())?;
    let params = brief::params(&config.settings, &args.choices())?;
    let options = brief::options(&Loaded { config, file: None, is_own: false })?;
    Ok(BriefPlan { params, options })
}

/// Returns the first line of an error, without the usage text that clap appends.
fn first_line(error: &clap::Error) -> anyhow::Error {
    let text = error.to_string();
    let line = text.lines().next().unwrap_or_default();
    anyhow::anyhow!("{}", line.strip_prefix("error: ").unwrap_or(line))
}
