//! `nutgraf fetch`: stores the articles of the configured feeds in the archive.

use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use nutgraf::archive::{Archive, Authority, FeedState, Stored};
use nutgraf::article::Published;
use nutgraf::config::{FeedSettings, Overrides};
use nutgraf::language::Language;
use nutgraf::read;

use crate::cli::args::{self, Input, Reading};
use crate::cli::commands::NOTHING;
use crate::cli::fetch::address::Address;
use crate::cli::fetch::feed_filter::Filter;
use crate::cli::fetch::{self, Feed, Report};
use crate::cli::settings::{self, ConfigArgs, Loaded};
use crate::cli::{input, output, progress};

/// Fetch the configured feeds, and the full pages behind teaser entries, into the archive.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf init && $EDITOR nutgraf.toml     enter the feeds
  nutgraf fetch                            fetch them, politely
  nutgraf fetch https://news.example/feed.xml
  nutgraf fetch news.example               the feed that the page links to, or the page itself

Exit status: 0 done (some feeds may have failed, with a warning), 1 every feed failed,
2 fetching is impossible, or no server of the given addresses answered.")]
pub(crate) struct Args {
    /// Addresses of feeds, sites or articles, instead of the configured feeds.
    #[arg(value_name = "URL")]
    urls: Vec<String>,
    /// Treat this as the current time [default: the clock].
    #[arg(long, value_name = "TIME", value_parser = args::moment)]
    now: Option<Published>,
    #[command(flatten)]
    config: ConfigArgs,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.config, Overrides::default())?;
    let now = args.now.unwrap_or_else(args::clock);
    let report = fetch_all(&loaded, &args.urls, now)?;
    tell(&report);
    Ok(if !args.urls.is_empty() && report.is_unreachable() {
        ExitCode::from(2)
    } else if report.is_dead() {
        ExitCode::from(NOTHING)
    } else {
        ExitCode::SUCCESS
    })
}

/// Fetches the given addresses or, if there are none, all configured feeds and folders.
pub(crate) fn fetch_all(loaded: &Loaded, urls: &[String], now: Published) -> Result<Report> {
    let configured = &loaded.config.settings.feed;
    let mut feeds = urls.iter().map(|url| named(url)).collect::<Result<Vec<Feed>>>()?;
    let mut folders = Vec::new();
    if urls.is_empty() {
        for feed in configured {
            feeds.extend(feeds_of(feed, loaded)?);
            folders.extend(feed.folder.as_deref().map(|folder| (folder, feed)));
        }
    }
    if feeds.is_empty() && folders.is_empty() {
        bail!(
            "no feeds configured: `nutgraf feed add ADDRESS` adds one to nutgraf.toml (`nutgraf init` writes that file), or give an address here"
        );
    }
    let path = loaded.archive()?;
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| {
            format!("cannot create the folder {} for the archive", folder.display())
        })?;
    }
    let settings = &loaded.config.settings;
    let seconds = now.timestamp().as_second();
    let bar = progress::bar(feeds.len(), "feeds");
    let mut report =
        fetch::fetch(&feeds, &settings.fetch, settings.archive.keep_pages, &path, seconds, |_| {
            bar.inc(1);
        })?;
    bar.finish_and_clear();
    let mut archive = Archive::create(&path)?;
    for (folder, feed) in folders {
        read_folder(&mut archive, loaded, folder, feed, now, &mut report)?;
    }
    archive.remember_quotes()?;
    Ok(report)
}

/// Parses an address on the command line, which may lead to a feed, to a page that links to one, or to an article.
fn named(written: &str) -> Result<Feed> {
    let Address { url, fallback, .. } = Address::parse(written).map_err(anyhow::Error::msg)?;
    Ok(Feed { url, fallback, takes_page: true, ..Feed::default() })
}

/// Returns the feeds of a `[[feed]]` entry: the feed at its address, or the feeds in its OPML list. A folder has none.
pub(crate) fn feeds_of(settings: &FeedSettings, loaded: &Loaded) -> Result<Vec<Feed>> {
    let lang = settings.lang.as_deref().and_then(Language::parse);
    let filter = Filter::new(&settings.include, &settings.exclude);
    let feed = |url: String, name: Option<String>| Feed {
        url,
        name,
        lang,
        full_text: settings.full_text,
        filter: filter.clone(),
        ..Feed::default()
    };
    // The address is empty in the starter file, until the user fills it in.
    if let Some(url) = settings.url.as_ref().filter(|url| !url.trim().is_empty()) {
        return Ok(vec![feed(url.clone(), settings.name.clone())]);
    }
    let Some(list) = &settings.opml else { return Ok(Vec::new()) };
    let path = loaded.resolve(list);
    let bytes = std::fs::read(&path)
        .with_context(|| format!("cannot read the list of feeds {}", path.display()))?;
    let listed = read::feed::opml(&bytes);
    if listed.is_empty() {
        bail!("{} lists no feeds", path.display());
    }
    Ok(listed.into_iter().map(|f| feed(f.url, f.title)).collect())
}

/// Reads the articles in a folder and stores them in the archive. If they cannot be read, `report` lists the folder as
/// failed.
fn read_folder(
    archive: &mut Archive,
    loaded: &Loaded,
    folder: &str,
    feed: &FeedSettings,
    now: Published,
    report: &mut Report,
) -> Result<()> {
    let lang = feed.lang.as_deref().and_then(Language::parse);
    let path = loaded.resolve(folder).display().to_string();
    let config = ConfigArgs { config: loaded.file.clone() };
    let input = Input { inputs: vec![path.clone()], reading: Reading::plain(lang, now, config) };
    match input::articles(&input) {
        Ok(mut articles) => {
            let filter = Filter::new(&feed.include, &feed.exclude);
            articles.retain(|article| filter.admits(article));
            for article in &mut articles {
                article.source = feed.name.clone().or(article.source.take());
            }
            let stored: Vec<Stored<'_>> = articles
                .iter()
                .map(|article| Stored {
                    article,
                    raw: None,
                    feed: Some(&path),
                    authority: Authority::Own,
                })
                .collect();
            let put = archive.put(&stored, now.timestamp().as_second())?;
            report.warnings.extend(put.conflicts.iter().map(ToString::to_string));
            report.put.add(put);
            let state = FeedState { checked: now.timestamp().as_second(), ..FeedState::default() };
            archive.set_feed_state(&path, &state)?;
            report.fetched += 1;
        }
        Err(error) => report.failed.push((path, format!("{error:#}"))),
    }
    Ok(())
}

/// Prints the warnings and a summary of a fetch.
pub(crate) fn tell(report: &Report) {
    for warning in &report.warnings {
        output::say(warning);
    }
    // If no feed works, print the reasons even with `--quiet`, because they explain the exit status.
    let tell = if report.is_dead() { output::insist } else { output::say };
    for (feed, reason) in &report.failed {
        tell(&format!("{feed}: {reason}"));
    }
    tell(&format!(
        "{} new, {} changed, {} unchanged articles; {} {} read, {} not modified, {} postponed, {} failed",
        report.put.new,
        report.put.changed,
        report.put.unchanged,
        report.fetched,
        if report.fetched == 1 { "feed" } else { "feeds" },
        report.not_modified,
        report.put_off,
        report.failed.len()
    ));
}
