//! The archive as input: the articles that arrived since the last briefing, and the stories that were reported before.
//!
//! Only one run at a time reads, reports and records new articles. Others wait for up to ten minutes, so that nothing
//! is reported twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use nutgraf::archive::{Archive, Error, Found};
use nutgraf::article::{Article, Published};
use nutgraf::briefing::{Briefing, History, Target};
use nutgraf::pipeline::Params;

use crate::cli::commands::fetch;
use crate::cli::output;
use crate::cli::settings::Loaded;

/// The number of seconds in a day.
const DAY: i64 = 24 * 60 * 60;

/// The length of the period that the first briefing from an archive covers, in seconds.
const FIRST_LOOK: i64 = DAY;

/// The interval between checks for another run, and the number of checks before this run gives up: ten minutes in all.
const LOOKS: (Duration, usize) = (Duration::from_millis(100), 6000);

/// The input of a briefing from the archive.
#[derive(Debug)]
pub(crate) struct Since {
    /// The new and changed articles, the articles of followed stories, and the articles from which a shown excerpt has
    /// disappeared.
    pub(crate) articles: Vec<Article>,
    /// The history that the briefing continues.
    pub(crate) following: Following,
    /// The number of new articles, not counting those that changed after they had been reported.
    pub(crate) n_new: usize,
    /// The position in the archive up to which the briefing covers it.
    pub(crate) mark: Mark,
}

/// The stories reported in earlier briefings, and the weights of the outlets.
#[derive(Debug)]
pub(crate) struct Following {
    history: History,
    weights: Vec<(Target, f64)>,
}

/// The position in an archive up to which a briefing covers it.
#[derive(Debug)]
pub(crate) struct Mark {
    /// The path of the archive.
    pub(crate) archive: PathBuf,
    covers: i64,
    seen: i64,
    _turn: Turn,
}

/// A lock that keeps other runs from making a briefing from the archive until the lock is dropped. The operating system
/// releases it if the run is killed.
#[derive(Debug)]
pub(crate) struct Turn {
    /// The path of the archive.
    pub(crate) archive: PathBuf,
    _lock: File,
}

/// Collects the articles that arrived or changed since a given time or, by default, since the last briefing, and the
/// history of the followed stories.
pub(crate) fn since(
    loaded: &Loaded,
    turn: Turn,
    since: Option<Published>,
    now: Published,
) -> Result<Since> {
    let path = turn.archive.clone();
    let archive = Archive::existing(&path)?;
    let covers = now.timestamp().as_second();
    // This is read before the articles are collected, so that an article that arrives in the meantime goes into the
    // next briefing.
    let seen = archive.mark()?;
    let articles = changed(&archive, since, covers)?;
    let days = loaded.config.settings.brief.follow_days as i64;
    let follow = covers.saturating_sub(days.saturating_mul(DAY));
    let mut past = Past { archive: &archive, history: History::default(), articles };
    let n_new = past.read_articles(follow)?;
    past.read_stories(follow)?;
    let Past { history, articles, .. } = past;
    let weights = weights(loaded, &archive, &articles)?;
    say_skipped(&archive);
    let (following, mark) =
        (Following { history, weights }, Mark { archive: path, covers, seen, _turn: turn });
    Ok(Since { articles, following, n_new, mark })
}

/// Returns the articles that arrived or changed since a given time or, by default, since the last briefing. If there is
/// no earlier briefing, the last [`FIRST_LOOK`] seconds count.
fn changed(archive: &Archive, since: Option<Published>, covers: i64) -> Result<Vec<Article>> {
    let Found { articles, damaged } = match (since, archive.last_briefing()?) {
        // An explicit time is inclusive: articles of that very second count.
        (Some(since), _) => {
            archive.changed_between(since.timestamp().as_second().saturating_sub(1), covers)?
        }
        (None, Some(last)) => archive.changed_after(last.seen)?,
        (None, None) => {
            let start = covers.saturating_sub(FIRST_LOOK);
            say_what_is_older(archive.n_changed_until(start)?, start);
            archive.changed_between(start, covers)?
        }
    };
    for damage in damaged {
        output::say(&format!("{damage}; it was left out"));
    }
    Ok(articles)
}

/// The history of the followed stories and their articles, collected from an archive.
struct Past<'a> {
    archive: &'a Archive,
    history: History,
    /// The new and changed articles, followed by those of the followed stories and those from which a shown excerpt has
    /// disappeared.
    articles: Vec<Article>,
}

impl Past<'_> {
    /// Reads the history of the new and changed articles, and returns how many of them were never reported.
    fn read_articles(&mut self, follow: i64) -> Result<usize> {
        let told = self.archive.told_since(follow)?;
        let told: BTreeSet<&str> = told.iter().map(|t| t.article.as_str()).collect();
        let mut n_new = 0;
        for article in &self.articles {
            let id = article.id.as_str();
            self.history.add_fresh(id);
            // An article may grow after its story is no longer followed. It then counts as reported, so that only the
            // new text is news.
            let long_ago = if told.contains(id) { None } else { self.archive.story_of(id)? };
            if let Some(story) = &long_ago {
                self.history.add_told(id, story);
                for text in self.archive.shown_of(story)? {
                    self.history.add_shown(story, &text);
                }
            }
            if long_ago.is_some() || told.contains(id) {
                for text in self.archive.earlier_texts(id)? {
                    self.history.add_earlier(id, &text);
                }
            } else {
                n_new += 1;
            }
        }
        Ok(n_new)
    }

    /// Reads the stories reported since `follow` and all excerpts that have disappeared from their articles, and
    /// collects the articles of both.
    fn read_stories(&mut self, follow: i64) -> Result<()> {
        let mut taken: BTreeSet<String> =
            self.articles.iter().map(|article| article.id.to_string()).collect();
        for told in self.archive.told_since(follow)? {
            self.history.add_told(&told.article, &told.story);
            self.take(told.article, &mut taken)?;
        }
        let mut last_tellings: BTreeMap<String, (i64, String)> = BTreeMap::new();
        for shown in self.archive.shown_since(follow)? {
            self.history.add_shown(&shown.story, &shown.text);
            let last =
                last_tellings.entry(shown.story).or_insert((shown.generated, shown.text.clone()));
            if last.0 != shown.generated {
                *last = (shown.generated, shown.text);
            }
        }
        for (story, (_, lede)) in &last_tellings {
            self.history.add_last_lede(story, lede);
        }
        for revision in self.archive.revisions()? {
            self.history.add_revised(&revision.article, &revision.text);
            self.take(revision.article, &mut taken)?;
        }
        Ok(())
    }

    /// Adds an article, unless it was added before or has been pruned. A damaged article is reported and left out.
    fn take(&mut self, id: String, taken: &mut BTreeSet<String>) -> Result<()> {
        if taken.contains(&id) {
            return Ok(());
        }
        match self.archive.get(&id) {
            Ok(article) => self.articles.extend(article),
            Err(error @ Error::Damaged { .. }) => output::say(&error.to_string()),
            Err(error) => return Err(error.into()),
        }
        taken.insert(id);
        Ok(())
    }
}

/// Reports the rows of an archive that were skipped because they could not be read.
pub(crate) fn say_skipped(archive: &Archive) {
    for damage in archive.skipped() {
        output::say(&format!(
            "{damage}; it was left out (`nutgraf archive check` lists all of them)"
        ));
    }
}

/// Waits, for up to ten minutes, until no other run is making a briefing from the archive, and locks the archive.
pub(crate) fn turn(loaded: &Loaded) -> Result<Turn> {
    let archive = loaded.archive()?;
    drop(Archive::existing(&archive)?);
    let lock = lock(&archive)?;
    Ok(Turn { archive, _lock: lock })
}

fn lock(archive: &Path) -> Result<File> {
    let mut path = archive.as_os_str().to_owned();
    path.push(".lock");
    let path = PathBuf::from(path);
    let cannot = || format!("cannot lock {}", path.display());
    let file = File::options().create(true).append(true).open(&path).with_context(cannot)?;
    let (pause, looks) = LOOKS;
    for n in 0..looks {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) => {
                if n == 0 {
                    output::say(
                        "another run is making a briefing from this archive; waiting for it",
                    );
                }
                std::thread::sleep(pause);
            }
            // Some network file systems do not support locks; go on without one.
            Err(TryLockError::Error(error)) if error.kind() == std::io::ErrorKind::Unsupported => {
                return Ok(file);
            }
            Err(TryLockError::Error(error)) => return Err(error).with_context(cannot),
        }
    }
    bail!("another run is making a briefing from {} and does not finish", archive.display())
}

/// Reports how many articles are older than the one day that the first briefing covers, because no later briefing will
/// cover them either.
fn say_what_is_older(n: i64, start: i64) {
    if 0 < n {
        let start = Timestamp::from_second(start)
            .map_or_else(|_| "the first day".to_owned(), |t| t.to_string());
        let articles = if n == 1 { "1 article" } else { &format!("{n} articles") };
        output::say(&format!(
            "the first briefing of an archive looks back one day; {articles} from before {start} are left out \
             (`nutgraf brief --since DAY` includes them)"
        ));
    }
}

/// Returns the weights of the outlets whose feeds have a configured weight other than 1.
fn weights(loaded: &Loaded, archive: &Archive, articles: &[Article]) -> Result<Vec<(Target, f64)>> {
    let mut of_feed: BTreeMap<String, f64> = BTreeMap::new();
    for settings in loaded.config.settings.feed.iter().filter(|f| f.weight < 1.0 || 1.0 < f.weight)
    {
        let feeds = fetch::feeds_of(settings, loaded)?.into_iter().map(|f| f.url);
        let folder = settings.folder.as_ref().map(|f| loaded.resolve(f).display().to_string());
        of_feed.extend(feeds.chain(folder).map(|feed| (feed, settings.weight)));
    }
    if of_feed.is_empty() {
        return Ok(Vec::new());
    }
    let mut of_outlet: BTreeMap<&str, f64> = BTreeMap::new();
    for article in articles {
        if let (Some(outlet), Some(feed)) = (&article.source, archive.feed_of(article.id.as_str())?)
            && let Some(weight) = of_feed.get(&feed)
        {
            of_outlet.insert(outlet, *weight);
        }
    }
    let target = |outlet: &str| Target::Source(outlet.to_owned());
    Ok(of_outlet.into_iter().map(|(outlet, weight)| (target(outlet), weight)).collect())
}

impl Following {
    /// Adds the history and the weights to the parameters of a briefing.
    pub(crate) fn params(self, mut params: Params) -> Params {
        params.history = self.history;
        params.editor.weights.extend(self.weights);
        params
    }
}

impl Mark {
    /// Records a briefing that has reached its reader.
    pub(crate) fn record(&self, briefing: &Briefing) -> Result<()> {
        self.record_for(briefing, &[])
    }

    /// Records a briefing that is yet to be delivered to these outputs.
    pub(crate) fn record_for(&self, briefing: &Briefing, outputs: &[String]) -> Result<()> {
        let mut archive = Archive::existing(&self.archive)?;
        Ok(archive.record_for(briefing, self.covers, self.seen, outputs)?)
    }
}

/// Returns whether a briefing contains anything its reader has not seen.
pub(crate) fn has_news(briefing: &Briefing) -> bool {
    !briefing.stories.is_empty() || !briefing.corrections.is_empty()
}

/// Returns the reader's time zone.
pub(crate) fn time_zone(loaded: &Loaded) -> Result<TimeZone> {
    let name = &loaded.config.settings.time_zone;
    TimeZone::get(name)
        .with_context(|| format!("unknown time zone {name:?}; give one such as Europe/Berlin"))
}

/// Returns a time with its offset in the reader's time zone.
pub(crate) fn in_zone(at: Timestamp, zone: &TimeZone) -> Published {
    Published::Moment(at, zone.to_offset(at))
}

/// Parses a time, a day, `today` or `yesterday` in the reader's time zone. For a day, returns the start of the day.
pub(crate) fn reader_time(text: &str, now: Published, zone: &TimeZone) -> Result<Published> {
    let today = zone.to_datetime(now.timestamp()).date();
    let day = match text.trim() {
        "today" => today,
        "yesterday" => today.yesterday().unwrap_or(today),
        other => match Published::parse(other) {
            Some(Published::Day(day)) => day,
            Some(moment) => return Ok(moment),
            None => anyhow::bail!(
                "{text:?} is not a time; give one such as 2026-03-10T06:00:00Z, a day, today or yesterday"
            ),
        },
    };
    start_of(day, zone)
}

/// Returns the start of a day in the reader's time zone.
fn start_of(day: Date, zone: &TimeZone) -> Result<Published> {
    let start = day.to_zoned(zone.clone()).context("no such day in this time zone")?;
    Ok(Published::Moment(start.timestamp(), start.offset()))
}
