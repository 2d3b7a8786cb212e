//! The archive as input: what is new since the last briefing, and what was told before.

use std::path::PathBuf;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use nutgraf::archive::Archive;
use nutgraf::article::{Article, Published};
use nutgraf::briefing::{Briefing, History};

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
    /// What earlier briefings told.
    pub(crate) history: History,
    /// How many of the articles are new.
    pub(crate) n_new: usize,
    /// The archive that they are from.
    pub(crate) archive: PathBuf,
    covers: i64,
}

/// Collects what came in since the last briefing, or since a time.
pub(crate) fn since(loaded: &Loaded, since: Option<Published>, now: Published) -> Result<Since> {
    let path = loaded.archive()?;
    let archive = Archive::existing(&path)?;
    let covers = now.timestamp().as_second();
    let last = archive.last_briefing()?.map(|b| b.covers);
    let from = match (since, last) {
        // Asked for explicitly, a time is inclusive: what came in at its very second counts.
        (Some(since), _) => since.timestamp().as_second() - 1,
        (None, Some(covers)) => covers,
        (None, None) => covers - FIRST_LOOK,
    };
    let mut articles = archive.changed_between(from, covers)?;
    let follow = covers - loaded.config.settings.brief.follow_days as i64 * DAY;
    let mut history = History::default();
    let told = archive.told_since(follow)?;
    for told in &told {
        history.add_told(&told.article, &told.story);
    }
    let n_new =
        articles.iter().filter(|a| !told.iter().any(|t| t.article == a.id.as_str())).count();
    for told in &told {
        if !articles.iter().any(|a| a.id.as_str() == told.article) {
            articles.extend(archive.get(&told.article)?);
        }
    }
    for shown in archive.shown_since(follow)? {
        history.add_shown(&shown.story, &shown.text);
    }
    for revision in archive.revisions()? {
        history.add_revised(&revision.article, &revision.text);
        if !articles.iter().any(|a| a.id.as_str() == revision.article) {
            articles.extend(archive.get(&revision.article)?);
        }
    }
    Ok(Since { articles, history, n_new, archive: path, covers })
}

impl Since {
    /// Records a briefing, once it has reached its reader.
    pub(crate) fn record(&self, briefing: &Briefing) -> Result<()> {
        Ok(Archive::existing(&self.archive)?.record(briefing, self.covers)?)
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
