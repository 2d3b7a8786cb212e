//! `nutgraf feed`: adds, lists, removes and tests the configured feeds.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use clap::ValueEnum;
use nutgraf::archive::{Archive, FeedState};
use nutgraf::article::Article;
use nutgraf::config::{FeedSettings, Overrides};
use nutgraf::language::Language;
use nutgraf::read::feed::{FeedRef, to_opml};
use nutgraf::read::{self, Format, Options};
use serde::Serialize;

use crate::cli::args::{self, Output};
use crate::cli::commands::{NOTHING, fetch};
use crate::cli::config_file::{ConfigFile, NewFeed};
use crate::cli::fetch::address::Address;
use crate::cli::fetch::feed_filter::Filter;
use crate::cli::fetch::subscription::{self, NoFeed, Subscription};
use crate::cli::output;
use crate::cli::settings::{self, ConfigArgs, Loaded};
use crate::warning::counted;

/// The maximum number of titles that `feed test` shows for a feed.
const TITLES: usize = 5;

/// Add, list, remove and test the feeds in the configuration.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  nutgraf feed add https://news.example/           finds the feed of a site, tests it, adds it
  nutgraf feed add --exclude '/sport/' --lang de https://blatt.example/feed.xml
  nutgraf feed test https://news.example/          what the feed contains, without adding it
  nutgraf feed test                                every configured feed
  nutgraf feed list -t opml -o feeds.opml          for another feed reader
  nutgraf feed remove https://news.example/feed.xml

Comments in nutgraf.toml are preserved.
Exit status: 0 done, 1 no such feed, or an address without a feed, 2 the request could not be
carried out.")]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Find the feed of each address, test it, and add it to the configuration.
    Add(Add),
    /// List the feeds and the result of the last request to each.
    List {
        /// Format of the output.
        #[arg(short, long, value_name = "FORMAT", default_value = "text")]
        to: ListFormat,
        #[command(flatten)]
        output: Output,
    },
    /// Remove feeds from the configuration; their articles stay in the archive.
    Remove {
        /// Addresses or names, as in the configuration.
        #[arg(value_name = "URL|NAME", required = true)]
        feeds: Vec<String>,
    },
    /// Fetch feeds and show their entries; nothing is stored.
    Test {
        /// Addresses of feeds or sites [default: the configured feeds].
        #[arg(value_name = "URL")]
        urls: Vec<String>,
    },
}

#[derive(Debug, clap::Args)]
struct Add {
    /// Addresses of feeds or of sites.
    #[arg(value_name = "URL", required = true)]
    urls: Vec<String>,
    /// Name of the outlet [default: the feed's own].
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Language of articles that do not state their own, such as en or de.
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,
    /// Weight of its articles (1 is normal).
    #[arg(long, value_name = "N")]
    weight: Option<f64>,
    /// The feed contains full articles: fetch no pages.
    #[arg(long)]
    full_text: bool,
    /// Take only entries with this word or phrase; may be given several times.
    #[arg(long, value_name = "WORDS")]
    include: Vec<String>,
    /// Skip entries with this word, phrase or part of the address; may be given several times.
    #[arg(long, value_name = "WORDS")]
    exclude: Vec<String>,
    /// Add the address as it is, without fetching it.
    #[arg(long)]
    unchecked: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ListFormat {
    /// Human-readable.
    Text,
    /// One JSON array.
    Json,
    /// One JSON object per line.
    Jsonl,
    /// A list that other feed readers can import.
    Opml,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode> {
    let loaded = settings::load(&args.config, Overrides::default())?;
    match &args.command {
        Command::Add(add) => add.run(&loaded),
        Command::List { to, output } => list(&loaded, *to, output),
        Command::Remove { feeds } => remove(&loaded, feeds),
        Command::Test { urls } => test(&loaded, urls),
    }
}

/// Opens the configuration file of this run for editing.
fn file(loaded: &Loaded) -> Result<ConfigFile> {
    let path = loaded
        .file
        .as_deref()
        .context("there is no configuration file to change; `nutgraf init` writes one")?;
    ConfigFile::open(path)
}

impl Add {
    fn run(&self, loaded: &Loaded) -> Result<ExitCode> {
        if let Some(lang) = self.lang.as_deref().filter(|lang| Language::parse(lang).is_none()) {
            bail!("--lang {lang}: give a language tag such as en, de or pt-BR");
        }
        if let Some(weight) = self.weight.filter(|w| !(w.is_finite() && 0.0 <= *w)) {
            bail!("--weight {weight}: give a number, 0 or more");
        }
        if self.name.is_some() && 1 < self.urls.len() {
            bail!("--name applies to a single feed; add the others separately");
        }
        let mut file = file(loaded)?;
        let mut known = known(loaded)?;
        let (mut added, mut unreachable, mut without) = (0, 0, 0);
        for written in &self.urls {
            if Path::new(written).is_dir() {
                bail!(
                    "{written:?} is a folder: write `folder = {written:?}` in a [[feed]] of nutgraf.toml"
                );
            }
            let address = Address::parse(written).map_err(anyhow::Error::msg)?;
            let url = match self.check(loaded, &address)? {
                Ok(url) => url,
                Err(no_feed) => {
                    unreachable += usize::from(matches!(no_feed, NoFeed::Unreachable(_)));
                    without += 1;
                    output::say(&format!("{written}: {no_feed}; not added"));
                    continue;
                }
            };
            if known.contains(&url) {
                output::say(&format!("{url} is already in the configuration"));
                continue;
            }
            file.add(&self.feed(&url));
            output::say(&format!("added {url}"));
            known.push(url);
            added += 1;
        }
        if 0 < added {
            file.save()?;
        }
        Ok(status(self.urls.len(), without, unreachable))
    }

    /// Finds the feed to add, prints a summary of its entries, and returns its address. With `--unchecked`, returns the
    /// given address without fetching it.
    fn check(&self, loaded: &Loaded, address: &Address) -> Result<Result<String, NoFeed>> {
        if self.unchecked {
            return Ok(Ok(address.url.clone()));
        }
        let found = subscription::find(address, &loaded.config.settings.fetch)?;
        let Ok(found) = found else { return Ok(found.map(|found| found.url)) };
        if let Some(page) = &found.page {
            output::say(&format!("{page} is a page; its feed is {}", found.url));
        }
        for other in &found.others {
            output::say(&format!("the site has another feed: {other}"));
        }
        let filter = Filter::new(&self.include, &self.exclude);
        let has = Contents::parse(&found, &filter, self.lang.as_deref());
        output::say(&format!("{}: {}", found.url, has.in_words()));
        Ok(Ok(found.url))
    }

    fn feed(&self, url: &str) -> NewFeed {
        NewFeed {
            url: url.to_owned(),
            name: self.name.clone(),
            lang: self.lang.clone(),
            weight: self.weight,
            full_text: self.full_text,
            include: self.include.clone(),
            exclude: self.exclude.clone(),
        }
    }
}

/// Returns the exit status: 2 if no address could be fetched, 1 if any address has no feed or could not be fetched,
/// otherwise 0.
fn status(all: usize, without: usize, unreachable: usize) -> ExitCode {
    match without {
        0 => ExitCode::SUCCESS,
        _ if unreachable == all => ExitCode::from(2),
        _ => ExitCode::from(NOTHING),
    }
}

/// Returns the addresses of all configured feeds, including the feeds in OPML lists.
fn known(loaded: &Loaded) -> Result<Vec<String>> {
    let mut known = Vec::new();
    for settings in &loaded.config.settings.feed {
        known.extend(fetch::feeds_of(settings, loaded)?.into_iter().map(|feed| feed.url));
    }
    Ok(known)
}

/// A configured feed, as printed by `feed list -t json`.
#[derive(Debug, Serialize)]
struct Listed {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lang: Option<String>,
    weight: f64,
    full_text: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    include: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    exclude: Vec<String>,
    /// The time of the last request.
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<String>,
    /// The number of consecutive failures.
    failures: u32,
    /// The target of permanent redirects.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved_to: Option<String>,
}

impl Listed {
    fn new(settings: &FeedSettings, url: String, name: Option<String>, state: FeedState) -> Self {
        let checked =
            jiff::Timestamp::from_second(state.checked).ok().filter(|_| 0 < state.checked);
        Self {
            url,
            name,
            lang: settings.lang.clone(),
            weight: settings.weight,
            full_text: settings.full_text,
            include: settings.include.clone(),
            exclude: settings.exclude.clone(),
            checked: checked.map(|at| at.to_string()),
            failures: state.failures,
            moved_to: state.moved_to,
        }
    }

    /// Formats a feed as human-readable text: its name and address, the settings that differ from the defaults, and its
    /// state.
    fn in_words(&self) -> String {
        let name = self.name.as_deref().map(|n| format!("{n}  ")).unwrap_or_default();
        let mut facts = Vec::new();
        facts.extend(self.lang.as_ref().map(|lang| format!("language {lang}")));
        facts.extend(
            (self.weight < 1.0 || 1.0 < self.weight).then(|| format!("weight {}", self.weight)),
        );
        facts.extend(self.full_text.then(|| "full articles".to_owned()));
        let list = |words: &[String]| words.join(", ");
        facts.extend((!self.include.is_empty()).then(|| format!("only {}", list(&self.include))));
        facts.extend(
            (!self.exclude.is_empty()).then(|| format!("excluding {}", list(&self.exclude))),
        );
        facts.push(match (&self.checked, self.failures) {
            (None, _) => "not fetched yet".to_owned(),
            (Some(at), 0) => format!("fetched {at}"),
            (Some(at), n) => format!("failed {n} times in a row, the last at {at}"),
        });
        facts.extend(self.moved_to.as_ref().map(|to| format!("moved to {to}")));
        format!("{name}{}\n  {}\n", self.url, facts.join(" · "))
    }
}

fn list(loaded: &Loaded, to: ListFormat, output: &Output) -> Result<ExitCode> {
    let path = loaded.archive()?;
    let archive = if path.exists() { Some(Archive::existing(&path)?) } else { None };
    let (mut feeds, mut folders) = (Vec::new(), Vec::new());
    for settings in &loaded.config.settings.feed {
        folders.extend(settings.folder.clone());
        for feed in fetch::feeds_of(settings, loaded)? {
            let state = archive.as_ref().map(|a| a.feed_state(&feed.url)).transpose()?.flatten();
            feeds.push(Listed::new(settings, feed.url, feed.name, state.unwrap_or_default()));
        }
    }
    if feeds.is_empty() && folders.is_empty() {
        output::say("no feeds configured; `nutgraf feed add ADDRESS` adds one");
        return Ok(ExitCode::from(NOTHING));
    }
    match to {
        ListFormat::Json => output::write_json(output, &feeds),
        ListFormat::Jsonl => output::write_jsonl(output, feeds.iter()),
        ListFormat::Opml => {
            let refs: Vec<FeedRef> = feeds
                .into_iter()
                .map(|feed| FeedRef { url: feed.url, title: feed.name, ..FeedRef::default() })
                .collect();
            output::write(output, &to_opml("Feeds of nutgraf", &refs))
        }
        ListFormat::Text => {
            let mut text: String = feeds.iter().map(Listed::in_words).collect();
            text.extend(folders.iter().map(|folder| format!("folder {folder}\n")));
            output::write(output, &text)
        }
    }
}

fn remove(loaded: &Loaded, named: &[String]) -> Result<ExitCode> {
    let mut file = file(loaded)?;
    let mut configured: Vec<&FeedSettings> = loaded.config.settings.feed.iter().collect();
    let mut missing = 0;
    for name in named {
        let url = Address::parse(name).ok().map(|address| address.url);
        let is_named = |feed: &&FeedSettings| {
            let values = [&feed.url, &feed.name, &feed.opml, &feed.folder];
            values.into_iter().flatten().any(|value| value == name)
                || feed.url.is_some() && feed.url == url
        };
        let Some(at) = configured.iter().position(is_named) else {
            missing += 1;
            output::say(&format!(
                "{name}: no configured feed has this address or name; `nutgraf feed list` shows them"
            ));
            continue;
        };
        file.remove(at);
        configured.remove(at);
        output::say(&format!("removed {name}"));
    }
    if missing < named.len() {
        file.save()?;
    }
    Ok(if missing == 0 { ExitCode::SUCCESS } else { ExitCode::from(NOTHING) })
}

fn test(loaded: &Loaded, urls: &[String]) -> Result<ExitCode> {
    let settings = &loaded.config.settings;
    let mut tests: Vec<(String, Filter, Option<String>)> =
        urls.iter().map(|url| (url.clone(), Filter::default(), None)).collect();
    if urls.is_empty() {
        for feed in &settings.feed {
            let filter = Filter::new(&feed.include, &feed.exclude);
            let of = fetch::feeds_of(feed, loaded)?.into_iter();
            tests.extend(of.map(|f| (f.url, filter.clone(), feed.lang.clone())));
        }
    }
    if tests.is_empty() {
        bail!("no feeds to test: give an address, or add one with `nutgraf feed add ADDRESS`");
    }
    let (mut reports, mut without, mut unreachable) = (Vec::new(), 0, 0);
    for (written, filter, lang) in &tests {
        let found = match Address::parse(written) {
            Ok(address) => subscription::find(&address, &settings.fetch)?,
            Err(why) => Err(NoFeed::Unreachable(why)),
        };
        match found {
            Ok(found) => {
                reports.push(Contents::parse(&found, filter, lang.as_deref()).report(&found));
            }
            Err(no_feed) => {
                unreachable += usize::from(matches!(no_feed, NoFeed::Unreachable(_)));
                without += 1;
                output::say(&format!("{written}: {no_feed}"));
            }
        }
    }
    if !reports.is_empty() {
        output::print(&reports.join("\n"))?;
    }
    Ok(status(tests.len(), without, unreachable))
}

/// The contents of a feed.
struct Contents {
    entries: Vec<Article>,
    /// The number of entries that the filter left out.
    left_out: usize,
    warnings: Vec<String>,
}

impl Contents {
    fn parse(found: &Subscription, filter: &Filter, lang: Option<&str>) -> Self {
        let options = Options {
            from: Some(Format::Feed),
            lang: lang.and_then(Language::parse),
            now: Some(args::clock().timestamp()),
            ..Options::default()
        };
        let read = read::read(&found.url, &found.body, &options);
        let all = read.articles.len();
        let entries: Vec<Article> =
            read.articles.into_iter().filter(|entry| filter.admits(entry)).collect();
        let left_out = all - entries.len();
        let warnings = read.warnings.iter().map(ToString::to_string).collect();
        Self { entries, left_out, warnings }
    }

    fn teasers(&self) -> usize {
        self.entries.iter().filter(|entry| entry.teaser).count()
    }

    fn newest(&self) -> Option<String> {
        let times = self.entries.iter().filter_map(|entry| entry.published);
        times.max_by_key(|at| at.timestamp()).map(|at| at.to_string())
    }

    fn in_words(&self) -> String {
        let newest = self.newest().map(|at| format!(", the newest from {at}")).unwrap_or_default();
        let left_out = match self.left_out {
            0 => String::new(),
            n => format!("; {n} left out by include and exclude"),
        };
        format!("{}{newest}{left_out}", counted(self.entries.len(), "entry"))
    }

    /// Formats the feed as human-readable text, one fact per line.
    fn report(&self, found: &Subscription) -> String {
        let mut text = format!("{}\n", found.url);
        let mut line = |name: &str, value: &str| text.push_str(&format!("  {name:<12} {value}\n"));
        if let Some(page) = &found.page {
            line("found on", page);
        }
        line("entries", &self.in_words());
        let teasers = self.teasers();
        let whole = self.entries.len() - teasers;
        let texts = format!(
            "{}, {} (their pages are fetched as well)",
            counted(whole, "full article"),
            counted(teasers, "teaser")
        );
        line("texts", if teasers == 0 { "full articles" } else { &texts });
        if let Some(lang) = self.entries.iter().map(|e| e.lang).find(|lang| lang.is_known()) {
            line("language", &lang.to_string());
        }
        for (n, title) in self.entries.iter().map(|e| &e.title).take(TITLES).enumerate() {
            line(if n == 0 { "titles" } else { "" }, &output::folded(title));
        }
        for other in &found.others {
            line("another feed", other);
        }
        for warning in &self.warnings {
            line("note", warning);
        }
        text
    }
}
