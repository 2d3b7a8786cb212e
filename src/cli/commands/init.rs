//! `nutgraf init`: writes a commented configuration to start from.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use nutgraf::config::starter_file;

use crate::cli::args::Output;
use crate::cli::output;
use crate::cli::settings::FILE_NAME;

/// Create a commented configuration file in a folder.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf init             nutgraf.toml in this folder
  nutgraf init ~/news      nutgraf.toml in another

If nutgraf.toml already exists there, it is left unchanged and the exit status is 2.")]
pub(crate) struct Args {
    /// The folder; created if it does not exist.
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let file = args.folder.join(FILE_NAME);
    if file.exists() {
        bail!("{} already exists; nothing was changed", file.display());
    }
    std::fs::create_dir_all(&args.folder)
        .with_context(|| format!("cannot create the folder {}", args.folder.display()))?;
    let code = output::write(&Output { output: Some(file.clone()) }, &starter_file())?;
    output::say(&format!(
        "wrote {}; next: `nutgraf feed add ADDRESS` with the address of a news site or feed, then `nutgraf daily`",
        file.display()
    ));
    Ok(code)
}
