//! Loads the configuration of this run from its file and its overrides.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use etcetera::BaseStrategy as _;
use nutgraf::config::{Config, Overrides};

/// The default name of the configuration file.
pub(crate) const FILE_NAME: &str = "nutgraf.toml";

/// Which configuration to use.
#[derive(Clone, Debug, clap::Args)]
#[command(next_help_heading = "Configuration")]
pub(crate) struct ConfigArgs {
    /// Configuration file [default: nutgraf.toml in the current folder, otherwise in the user's configuration folder].
    #[arg(long, value_name = "FILE", env = CONFIG_VARIABLE)]
    pub(crate) config: Option<PathBuf>,
}

/// The environment variable that holds the path of the configuration file. It has the prefix of the variables that set
/// configuration keys, but does not set one.
const CONFIG_VARIABLE: &str = "NUTGRAF_CONFIG";

/// A configuration and the file that it was read from.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The settings.
    pub(crate) config: Config,
    /// The file, if there is one; paths in it are relative to its folder.
    pub(crate) file: Option<PathBuf>,
    /// `true` if there is no file, if the user named it, or if it is in the user's configuration folder; `false` if it
    /// was merely found in the current folder, because anybody may have written it.
    pub(crate) is_own: bool,
}

impl Loaded {
    /// Resolves a path in the configuration relative to the folder of its file; `~/` is the user's home folder.
    pub(crate) fn resolve(&self, path: &str) -> PathBuf {
        if let (Some(rest), Ok(home)) = (path.strip_prefix("~/"), etcetera::home_dir()) {
            return home.join(rest);
        }
        let folder = self.file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        folder.join(path)
    }

    /// Returns the path of the archive: the configured path, or by default a path in the user's data folder.
    pub(crate) fn archive(&self) -> Result<PathBuf> {
        if let Some(path) = &self.config.settings.archive.path {
            return Ok(self.resolve(path));
        }
        let folders = etcetera::choose_base_strategy().context("cannot find your home folder")?;
        Ok(folders.data_dir().join("nutgraf").join("archive.db"))
    }
}

/// Reads the configuration; `flags` override everything else.
pub(crate) fn load(args: &ConfigArgs, flags: Overrides) -> Result<Loaded> {
    let file = match &args.config {
        Some(file) => Some(file.clone()),
        None => usual_files().into_iter().find(|f| f.is_file()),
    };
    let mut overrides =
        Overrides::environment(std::env::vars().filter(|(name, _)| name != CONFIG_VARIABLE))?;
    overrides.extend(flags);
    let config = match &file {
        None => Config::parse(None, &overrides)?,
        Some(path) => {
            let name = path.display().to_string();
            let text =
                std::fs::read_to_string(path).with_context(|| format!("cannot read {name}"))?;
            Config::parse(Some((&name, &text)), &overrides)?
        }
    };
    let is_own = args.config.is_some() || !file.as_deref().is_some_and(is_found);
    Ok(Loaded { config, file, is_own })
}

/// Returns whether a file is the one in the current folder and is not also the user's own file.
fn is_found(file: &Path) -> bool {
    let usual = usual_files();
    let own = usual.get(1).and_then(|own| own.canonicalize().ok());
    file == Path::new(FILE_NAME) && (own.is_none() || own != file.canonicalize().ok())
}

/// Returns the paths that are searched for a configuration, in order.
fn usual_files() -> Vec<PathBuf> {
    let mut files = vec![PathBuf::from(FILE_NAME)];
    if let Ok(folders) = etcetera::choose_base_strategy() {
        files.push(folders.config_dir().join("nutgraf").join(FILE_NAME));
    }
    files
}
