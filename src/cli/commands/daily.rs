//! `nutgraf daily`: fetch, brief, write, in one go.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use jiff::tz::TimeZone;
use nutgraf::archive::{Archive, Recorded};
use nutgraf::article::Published;
use nutgraf::briefing::{ArticleEntry, Briefing};
use nutgraf::config::{OutputSettings, Overrides};
use nutgraf::pipeline::{self, Params};
use nutgraf::render::{Format, Options};

use crate::cli::args::{self, Output};
use crate::cli::commands::{NOTHING, archive, brief, fetch, template};
use crate::cli::fetch::check_address;
use crate::cli::settings::{self, ConfigArgs, Loaded};
use crate::cli::since::{self, Since};
use crate::cli::{output, sandbox, site};

/// Briefings whose stories a feed of briefings holds, the newest counted.
const IN_FEED: usize = 10;

/// Briefings that are looked at for one of the same day.
const LOOK_BACK: usize = 100;

/// Fetch the feeds, brief what is new, and write the briefing to the configured outputs.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf daily                                   as the configuration says
  0 6 * * *  cd ~/news && nutgraf -q daily        every morning, by cron
  nutgraf daily --no-fetch                        only what the archive has

With nothing new, nothing is written, and that is no failure.
Outputs, templates and addresses are checked before anything is fetched.

Exit status: 0 done, 1 every feed failed (the briefing is of what the archive has), 2 cannot do what was asked.")]
pub(crate) struct Args {
    /// Do not fetch; use the articles in the archive.
    #[arg(long)]
    no_fetch: bool,
    /// The current time [default: the clock].
    #[arg(long, value_name = "TIME", value_parser = args::moment)]
    now: Option<Published>,
    #[command(flatten)]
    config: ConfigArgs,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.config, Overrides::default())?;
    let zone = since::time_zone(&loaded)?;
    let settings = &loaded.config.settings;
    let now = since::in_zone(args.now.unwrap_or_else(args::clock).timestamp(), &zone);
    if settings.output.is_empty() {
        bail!(
            "nothing to write: name a file in nutgraf.toml as [[output]] (`nutgraf init` writes an example)"
        );
    }
    let params = brief::params(settings, &brief::Choices::default())?;
    check(&loaded, now, &zone)?;
    let dead = !args.no_fetch && {
        let report = fetch::fetch_all(&loaded, &[], now)?;
        fetch::tell(&report);
        report.is_dead()
    };
    tell_news(&loaded, params, now, &zone)?;
    Ok(if dead { ExitCode::from(NOTHING) } else { ExitCode::SUCCESS })
}

/// Checks all that can be checked before anything is fetched or written: file names, formats, templates, addresses.
fn check(loaded: &Loaded, now: Published, zone: &TimeZone) -> Result<()> {
    let mut feeds = Vec::new();
    for feed in &loaded.config.settings.feed {
        feeds.extend(fetch::feeds_of(feed, loaded)?);
    }
    for feed in feeds {
        check_address(&feed.url).context("in a [[feed]]")?;
    }
    for file in &loaded.config.settings.output {
        let output = Planned::of(loaded, file)?;
        dated(output.pattern, now, zone)?;
        sandbox::check(output.format, &output.options)
            .with_context(|| format!("the [[output]] {}", output.pattern))?;
    }
    Ok(())
}

/// An output as it is configured.
struct Planned<'l> {
    pattern: &'l str,
    format: Format,
    options: Options,
}

impl<'l> Planned<'l> {
    fn of(loaded: &Loaded, file: &'l OutputSettings) -> Result<Self> {
        let pattern = file.file.as_deref().context("an [[output]] needs a file")?;
        let format = Format::parse(&file.to)
            .with_context(|| format!("no format is called {:?}", file.to))?;
        let mut options = brief::options(loaded)?;
        if let Some(name) = &file.template {
            options.template = template::choice(name, loaded)?;
        } else if loaded.config.settings.output.len() > 1 {
            // The template of [brief] makes one format; other outputs use the default template of their format.
            options.template = brief::template_for(loaded, format)?;
        }
        Ok(Self { pattern, format, options })
    }
}

/// Makes the briefing of what is new, writes it and records it.
fn tell_news(loaded: &Loaded, params: Params, now: Published, zone: &TimeZone) -> Result<()> {
    let settings = &loaded.config.settings;
    let Since { articles, following, mark, .. } = since::since(loaded, None, now)?;
    let made = pipeline::brief(articles, &following.params(params), now);
    for warning in &made.warnings {
        output::say(&warning.to_string());
    }
    if !since::has_news(&made.briefing) {
        output::say("nothing new since the last briefing");
        return Ok(());
    }
    let archive = Archive::existing(&mark.archive)?;
    let earlier = archive.recorded(LOOK_BACK)?;
    let wants_past = settings.output.iter().any(|o| Format::parse(&o.to) == Some(Format::Atom));
    let past = if wants_past { past(&archive)? } else { Vec::new() };
    drop(archive);
    let mut pages = Vec::new();
    for file in &settings.output {
        pages.extend(write(loaded, file, &made.briefing, (&earlier, &past), now, zone)?);
    }
    mark.record(&made.briefing)?;
    for page in &pages {
        site::write(page, loaded)?;
    }
    archive::prune_as_configured(&mut Archive::existing(&mark.archive)?, loaded, now)
}

/// Writes one output and its second name; returns its path if it is a page.
fn write(
    loaded: &Loaded,
    file: &OutputSettings,
    briefing: &Briefing,
    (earlier, past): (&[Recorded], &[Briefing]),
    now: Published,
    zone: &TimeZone,
) -> Result<Option<PathBuf>> {
    let Planned { pattern, format, options } = Planned::of(loaded, file)?;
    let path = loaded.resolve(&file_name(pattern, earlier, now, zone)?);
    let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
    if !folder.as_os_str().is_empty() {
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    }
    let page = if format == Format::Atom {
        sandbox::render(&with_past(briefing, past), format, &options)?
    } else {
        sandbox::render(briefing, format, &options)?
    };
    output::write_rendered(&Output { output: Some(path.clone()) }, &page)?;
    output::say(&format!("wrote {}", path.display()));
    if let Some(latest) = &file.latest {
        link(&path, &loaded.resolve(latest), &page)?;
    }
    Ok((format == Format::Html).then_some(path))
}

/// A few of the briefings sent before, whole, for a feed.
fn past(archive: &Archive) -> Result<Vec<Briefing>> {
    let past = archive.briefings(IN_FEED - 1)?;
    // A briefing that a much older program made may not read any more; a feed can do without.
    Ok(past.iter().filter_map(|(_, json)| serde_json::from_str(json).ok()).collect())
}

/// The stories of this briefing and of earlier ones, each in its latest version: the entries of the feed.
fn with_past(newest: &Briefing, past: &[Briefing]) -> Briefing {
    let mut all = newest.clone();
    for briefing in past {
        for story in &briefing.stories {
            if !all.stories.iter().any(|s| s.id == story.id) {
                all.stories.push(story.clone());
            }
        }
        for article in &briefing.articles {
            if !all.articles.iter().any(|a| a.id == article.id) {
                let number = all.articles.len() + 1;
                all.articles.push(ArticleEntry { number, ..article.clone() });
            }
        }
    }
    all
}

/// The name of today's file, numbered if an earlier briefing of the same day has the name, so that none is
/// overwritten.
///
/// Only recorded briefings count: the file of a run that failed half-way is overwritten.
fn file_name(
    pattern: &str,
    earlier: &[Recorded],
    now: Published,
    zone: &TimeZone,
) -> Result<String> {
    let name = dated(pattern, now, zone)?;
    if name == pattern {
        return Ok(name);
    }
    let has_name = |r: &&Recorded| {
        let at = jiff::Timestamp::from_second(r.generated).ok();
        at.and_then(|at| dated(pattern, since::in_zone(at, zone), zone).ok()).as_deref()
            == Some(&*name)
    };
    let same = earlier.iter().filter(has_name).count();
    if same == 0 {
        return Ok(name);
    }
    let path = Path::new(&name);
    let stem = path.file_stem().and_then(|s| s.to_str()).unwrap_or_default();
    let extension = path.extension().and_then(|e| e.to_str());
    let numbered = match extension {
        Some(extension) => format!("{stem}-{}.{extension}", same + 1),
        None => format!("{stem}-{}", same + 1),
    };
    Ok(path.with_file_name(numbered).to_string_lossy().into_owned())
}

/// Fills the day into a file name with the placeholders of strftime.
fn dated(pattern: &str, now: Published, zone: &TimeZone) -> Result<String> {
    let local = now.timestamp().to_zoned(zone.clone());
    jiff::fmt::strtime::format(pattern, &local)
        .with_context(|| format!("the file name {pattern:?} has a % that means nothing"))
}

/// Publishes the newest briefing under a second name: as a link if the system supports links, otherwise as a copy.
fn link(path: &Path, latest: &Path, page: &str) -> Result<()> {
    #[cfg(unix)]
    {
        // Within a folder the link is relative, so that the folder can be moved and served.
        let target = match path.file_name() {
            Some(name) if path.parent() == latest.parent() => Ok(PathBuf::from(name)),
            _ => path.canonicalize(),
        };
        if let (Some(folder), Ok(target)) = (latest.parent(), target) {
            if !folder.as_os_str().is_empty() {
                fs::create_dir_all(folder)
                    .with_context(|| format!("cannot make the folder {}", folder.display()))?;
            }
            let temporary = folder.join(format!(".nutgraf-latest-{}", std::process::id()));
            fs::remove_file(&temporary).ok();
            let linked = std::os::unix::fs::symlink(&target, &temporary)
                .and_then(|()| fs::rename(&temporary, latest));
            if linked.is_ok() {
                return Ok(());
            }
        }
    }
    output::write_rendered(&Output { output: Some(latest.to_owned()) }, page).map(drop)
}
