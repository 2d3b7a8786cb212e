//! The archive as input: what is new since the last briefing, and what was told before.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use nutgraf::archive::Archive;
use nutgraf::article::{Article, Published};
use nutgraf::briefing::{Briefing, History, Target};
use nutgraf::pipeline::Params;

use crate::cli::commands::fetch;
use crate::cli::settings::Loaded;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Seconds that the first briefing of an archive looks back.
const FIRST_LOOK: i64 = DAY;

/// What a briefing from the archive is made of.
#[derive(Debug)]
pub(crate) struct Since {
    /// The articles that are new, and those of stories that are followed.
    pub(crate) articles: Vec<Article>,
    /// How the briefing follows on what was told.
    pub(crate) following: Following,
    /// How many of the articles are new.
    pub(crate) n_new: usize,
    /// How far the briefing will have told what the archive has.
    pub(crate) mark: Mark,
}

/// What earlier briefings told, and what the outlets of weighted feeds count.
#[derive(Debug)]
pub(crate) struct Following {
    history: History,
    weights: Vec<(Target, f64)>,
}

/// A place in an archive up to which a briefing covers it.
#[derive(Debug)]
pub(crate) struct Mark {
    /// The archive.
    pub(crate) archive: PathBuf,
    covers: i64,
    seen: i64,
}

/// Collects what came in since the last briefing, or since a time.
pub(crate) fn since(loaded: &Loaded, since: Option<Published>, now: Published) -> Result<Since> {
    let path = loaded.archive()?;
    let archive = Archive::existing(&path)?;
    let covers = now.timestamp().as_second();
    let last = archive.last_briefing()?;
    // Taken before the articles are: what comes in meanwhile is for the next time.
    let seen = archive.mark()?;
    let mut articles = match (since, last) {
        // Asked for explicitly, a time is inclusive: what came in at its very second counts.
        (Some(since), _) => {
            archive.changed_between(since.timestamp().as_second().saturating_sub(1), covers)?
        }
        (None, Some(last)) => archive.changed_after(last.seen)?,
        (None, None) => archive.changed_between(covers.saturating_sub(FIRST_LOOK), covers)?,
    };
    let days = loaded.config.settings.brief.follow_days as i64;
    let follow = covers.saturating_sub(days.saturating_mul(DAY));
    let told = archive.told_since(follow)?;
    let told_ids: BTreeSet<&str> = told.iter().map(|t| t.article.as_str()).collect();
    let mut history = History::default();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut n_new = 0;
    for article in &articles {
        let id = article.id.as_str();
        history.add_fresh(id);
        taken.insert(id.to_owned());
        // An article that grew after its story was no longer followed is not told anew.
        let long_ago = if told_ids.contains(id) { None } else { archive.story_of(id)? };
        if let Some(story) = &long_ago {
            history.add_told(id, story);
            for text in archive.shown_of(story)? {
                history.add_shown(story, &text);
            }
        }
        if long_ago.is_some() || told_ids.contains(id) {
            for text in archive.earlier_texts(id)? {
                history.add_earlier(id, &text);
            }
        } else {
            n_new += 1;
        }
    }
    let mut take = |id: &str, articles: &mut Vec<Article>| -> Result<()> {
        if taken.insert(id.to_owned()) {
            articles.extend(archive.get(id)?);
        }
        Ok(())
    };
    for told in &told {
        history.add_told(&told.article, &told.story);
        take(&told.article, &mut articles)?;
    }
    for shown in archive.shown_since(follow)? {
        history.add_shown(&shown.story, &shown.text);
    }
    for revision in archive.revisions()? {
        history.add_revised(&revision.article, &revision.text);
        take(&revision.article, &mut articles)?;
    }
    let weights = weights(loaded, &archive, &articles)?;
    let (following, mark) = (Following { history, weights }, Mark { archive: path, covers, seen });
    Ok(Since { articles, following, n_new, mark })
}

/// What the outlets of the articles count whose feeds have a weight in the configuration.
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
    /// Returns the settings of a briefing that follows on what was told.
    pub(crate) fn params(self, mut params: Params) -> Params {
        params.history = self.history;
        params.editor.weights.extend(self.weights);
        params
    }
}

impl Mark {
    /// Records a briefing, once it has reached its reader.
    pub(crate) fn record(&self, briefing: &Briefing) -> Result<()> {
        Ok(Archive::existing(&self.archive)?.record(briefing, self.covers, self.seen)?)
    }
}

/// Returns whether a briefing says anything that its reader has not been told.
pub(crate) fn has_news(briefing: &Briefing) -> bool {
    !briefing.stories.is_empty() || !briefing.corrections.is_empty()
}

/// The time zone of the reader.
pub(crate) fn time_zone(loaded: &Loaded) -> Result<TimeZone> {
    let name = &loaded.config.settings.time_zone;
    TimeZone::get(name)
        .with_context(|| format!("no time zone is called {name:?}; give one such as Europe/Berlin"))
}

/// Returns a moment with the offset that it has for the reader.
pub(crate) fn in_zone(at: Timestamp, zone: &TimeZone) -> Published {
    Published::Moment(at, zone.to_offset(at))
}

/// Reads a time, a day, or `today` and `yesterday` as the reader means them.
pub(crate) fn reader_time(text: &str, now: Published, zone: &TimeZone) -> Result<Published> {
    let today = zone.to_datetime(now.timestamp()).date();
    let day = match text.trim() {
        "today" => today,
        "yesterday" => today.yesterday().unwrap_or(today),
        other => match Published::parse(other) {
            Some(Published::Day(day)) => day,
            Some(moment) => return Ok(moment),
            None => anyhow::bail!(
                "{text:?} is no time; give one such as 2026-03-10T06:00:00Z, a day, today or yesterday"
            ),
        },
    };
    start_of(day, zone)
}

/// The first moment of a day for the reader.
fn start_of(day: Date, zone: &TimeZone) -> Result<Published> {
    let start = day.to_zoned(zone.clone()).context("no such day in this time zone")?;
    Ok(Published::Moment(start.timestamp(), start.offset()))
}
