//! `nutgraf daily`: fetch, brief, write, in one go.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use jiff::tz::TimeZone;
use nutgraf::archive::Archive;
use nutgraf::article::Published;
use nutgraf::briefing::Briefing;
use nutgraf::config::{OutputSettings, Overrides};
use nutgraf::pipeline;
use nutgraf::render::{self, Format};

use crate::cli::args::{self, Output};
use crate::cli::commands::{archive, brief, fetch, template};
use crate::cli::settings::{self, ConfigArgs, Loaded};
use crate::cli::{follow, index, output};

/// Fetch the feeds, make the briefing of what is new, write it where the configuration says.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf daily                                   as the configuration says
  0 6 * * *  cd ~/news && nutgraf -q daily        every morning, by cron
  nutgraf daily --no-fetch                        only what the archive has

With nothing new, nothing is written, and that is no failure.
Exit status: 0 done, 2 cannot do what was asked.")]
pub(crate) struct Args {
    /// Fetch nothing; use what the archive has.
    #[arg(long)]
    no_fetch: bool,
    /// The time to take as now; the clock where not given.
    #[arg(long, value_name = "TIME", value_parser = args::moment)]
    now: Option<Published>,
    #[command(flatten)]
    config: ConfigArgs,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.config, Overrides::default())?;
    let settings = &loaded.config.settings;
    let zone = follow::time_zone(&loaded)?;
    let now = follow::in_zone(args.now.unwrap_or_else(args::clock).timestamp(), &zone);
    if settings.output.is_empty() {
        bail!(
            "nothing to write: name a file in nutgraf.toml as [[output]] (`nutgraf init` writes an example)"
        );
    }
    let params = brief::params(settings, &brief::Choices::default())?;
    if !args.no_fetch {
        fetch::tell(&fetch::fetch_all(&loaded, &[], now)?);
    }
    let since = follow::since(&loaded, None, now)?;
    let params = pipeline::Params { history: since.history.clone(), ..params };
    let made = pipeline::brief(since.articles.clone(), &params, now);
    for warning in &made.warnings {
        output::say(&warning.to_string());
    }
    if !follow::has_news(&made.briefing) {
        output::say("nothing new since the last briefing");
        return Ok(ExitCode::SUCCESS);
    }
    for file in &settings.output {
        write(&loaded, file, &made.briefing, now, &zone)?;
    }
    since.record(&made.briefing)?;
    archive::prune_as_configured(&mut Archive::existing(&since.archive)?, &loaded, now)?;
    Ok(ExitCode::SUCCESS)
}

/// Writes one output, its second name, and the index of its folder.
fn write(
    loaded: &Loaded,
    file: &OutputSettings,
    briefing: &Briefing,
    now: Published,
    zone: &TimeZone,
) -> Result<()> {
    let pattern = file.file.as_deref().context("an [[output]] needs a file")?;
    let path = loaded.resolve(&dated(pattern, now, zone)?);
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let format =
        Format::parse(&file.to).with_context(|| format!("no format is called {:?}", file.to))?;
    let mut options = brief::options(loaded)?;
    if let Some(name) = &file.template {
        options.template = template::choice(name, loaded)?;
    } else if loaded.config.settings.output.len() > 1 {
        // The template of [brief] makes one format; another output has the usual one of its own.
        options.template = brief::template_for(loaded, format)?;
    }
    let page = render::render(briefing, format, &options)?;
    output::write(&Output { output: Some(path.clone()) }, &page)?;
    output::say(&format!("wrote {}", path.display()));
    if let Some(latest) = &file.latest {
        link(&path, &loaded.resolve(latest), &page)?;
    }
    if format == Format::Html {
        index::write(&folder, &path, loaded)?;
    }
    Ok(())
}

/// Fills the day into a name; `%` stands as in the names of strftime.
fn dated(pattern: &str, now: Published, zone: &TimeZone) -> Result<String> {
    let local = now.timestamp().to_zoned(zone.clone());
    jiff::fmt::strtime::format(pattern, &local)
        .with_context(|| format!("the file name {pattern:?} has a % that means nothing"))
}

/// Makes the newest briefing stand under a second name: a link where the system has links, a copy elsewhere.
fn link(path: &Path, latest: &Path, page: &str) -> Result<()> {
    #[cfg(unix)]
    {
        if let (Some(folder), Ok(target)) = (latest.parent(), path.canonicalize()) {
            let temporary = folder.join(format!(".nutgraf-latest-{}", std::process::id()));
            fs::remove_file(&temporary).ok();
            let linked = std::os::unix::fs::symlink(&target, &temporary)
                .and_then(|()| fs::rename(&temporary, latest));
            if linked.is_ok() {
                return Ok(());
            }
        }
    }
    output::write(&Output { output: Some(latest.to_owned()) }, page).map(drop)
}
