//! `nutgraf daily`: fetches the feeds, makes a briefing, and delivers it in one run.

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use nutgraf::archive::Archive;
use nutgraf::article::Published;
use nutgraf::config::Overrides;
use nutgraf::pipeline::{self, Params};

use crate::cli::args;
use crate::cli::commands::{NOTHING, archive, brief, fetch};
use crate::cli::deliver::{self, Courier, Failed};
use crate::cli::fetch::check_address;
use crate::cli::output;
use crate::cli::settings::{self, ConfigArgs, Loaded};
use crate::cli::since::{self, Since};

/// Fetch the feeds, make a briefing of the news, and deliver it to the configured outputs.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf daily                                   as configured
  0 6 * * *  cd ~/news && nutgraf -q daily        every morning, by cron
  nutgraf daily --no-fetch                        only what is already in the archive
  nutgraf daily --dry-run                         print what would be sent

If nothing is new, no briefing is written; that is not a failure.
Outputs, templates and addresses are checked before anything is fetched.
A failed output is reported and retried on the next run; the others are not sent twice.

Exit status: 0 done, 1 every feed failed (the briefing then uses the archive alone) or an output
failed, 2 the request could not be carried out, or a file could not be written.")]
pub(crate) struct Args {
    /// Do not fetch; use the articles in the archive.
    #[arg(long)]
    no_fetch: bool,
    /// Print what would be sent, but send and record nothing; the archive is not changed.
    #[arg(long)]
    dry_run: bool,
    /// Treat this as the current time [default: the clock].
    #[arg(long, value_name = "TIME", value_parser = args::moment)]
    now: Option<Published>,
    #[command(flatten)]
    config: ConfigArgs,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let mut loaded = settings::load(&args.config, Overrides::default())?;
    let zone = since::time_zone(&loaded)?;
    let now = since::in_zone(args.now.unwrap_or_else(args::clock).timestamp(), &zone);
    if loaded.config.settings.output.is_empty() {
        bail!(
            "no outputs configured: add an [[output]] to nutgraf.toml (`nutgraf init` writes an example)"
        );
    }
    let scratch = if args.dry_run { Some(scratch(&mut loaded, args.no_fetch)?) } else { None };
    let params = brief::params(&loaded.config.settings, &brief::Choices::default())?;
    check_feeds(&loaded)?;
    let outlets = deliver::outlets(&loaded, now, &zone)?;
    let courier =
        Courier { loaded: &loaded, outlets: &outlets, zone: &zone, now, is_dry: args.dry_run };
    let dead = !args.no_fetch && {
        let report = fetch::fetch_all(&loaded, &[], now)?;
        fetch::tell(&report);
        report.is_dead()
    };
    let failed = tell_news(&courier, params)?;
    drop(scratch);
    Ok(match failed {
        Failed { files: 1.., .. } => ExitCode::from(2),
        Failed { others: 1.., .. } => ExitCode::from(NOTHING),
        Failed { .. } if dead => ExitCode::from(NOTHING),
        Failed { .. } => ExitCode::SUCCESS,
    })
}

/// Checks the addresses of all feeds.
fn check_feeds(loaded: &Loaded) -> Result<()> {
    let mut feeds = Vec::new();
    for feed in &loaded.config.settings.feed {
        feeds.extend(fetch::feeds_of(feed, loaded)?);
    }
    for feed in feeds {
        check_address(&feed.url).context("in a [[feed]]")?;
    }
    Ok(())
}

/// Makes the run use a copy of the archive, or a new archive if there is none, in a temporary folder that is removed
/// when the returned value is dropped. If `must_exist` is set, a missing archive is an error.
fn scratch(loaded: &mut Loaded, must_exist: bool) -> Result<tempfile::TempDir> {
    let folder = tempfile::tempdir().context("cannot create a temporary folder")?;
    let copy = folder.path().join("archive.db");
    let archive = loaded.archive()?;
    if must_exist || archive.exists() {
        Archive::copy(&archive, &copy)?;
    }
    loaded.config.settings.archive.path = Some(copy.to_string_lossy().into_owned());
    Ok(folder)
}

/// Makes a briefing of the new articles, records it, and delivers it together with all pending briefings.
fn tell_news(courier: &Courier<'_>, params: Params) -> Result<Failed> {
    let (loaded, now) = (courier.loaded, courier.now);
    let turn = since::turn(loaded)?;
    // Do this first, so that the new briefing includes news that was meant only for outputs that are no longer
    // configured.
    courier.give_up_unconfigured(&turn.archive)?;
    let Since { articles, following, mark, .. } = since::since(loaded, turn, None, now)?;
    let made = pipeline::brief(articles, &following.params(params), now);
    for warning in &made.warnings {
        output::say(&warning.to_string());
    }
    let has_news = since::has_news(&made.briefing);
    if has_news {
        // Record the briefing before it is sent, so that if this run is killed, the next run completes the deliveries.
        mark.record_for(&made.briefing, &courier.names())?;
    } else {
        output::say("nothing new since the last briefing");
    }
    let failed = courier.deliver(&mark.archive)?;
    if !has_news {
        courier.write_first_sites()?;
    }
    if has_news && !courier.is_dry {
        archive::prune_as_configured(&mut Archive::existing(&mark.archive)?, loaded, now)?;
    }
    Ok(failed)
}
