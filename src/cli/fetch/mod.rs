//! Feeds and article pages into the archive: the only part of the program that opens a connection.
//!
//! Each address is asked politely: with what the last answer said of itself, not before the server wants to be asked
//! again, with a pause between two requests to one host, and pages only where robots.txt allows. What a server sends
//! is bounded in time and size, and addresses of this machine and of private networks are refused unless allowed, each
//! redirect anew. One bad feed costs nothing but a warning.

mod client;
mod guard;
mod hosts;
mod page;
mod robots;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Mutex, mpsc};

use anyhow::{Context as _, Result};
use nutgraf::archive::{Archive, FeedState, Put, Stored};
use nutgraf::article::{Article, ArticleId};
use nutgraf::config::FetchSettings;
use nutgraf::language::Language;
use nutgraf::read::{self, Format, Options};

use client::{Answer, Client, Failure};
use hosts::Hosts;

/// Seconds until a feed that failed is asked again, doubled with each failure in a row.
const FIRST_PAUSE: i64 = 60;

/// The longest that a server may put us off, in seconds.
const LONGEST_PAUSE: i64 = 24 * 60 * 60;

/// A feed to ask.
#[derive(Clone, Debug, Default)]
pub(crate) struct Feed {
    /// Its address.
    pub(crate) url: String,
    /// The name of its outlet, where the user gives one.
    pub(crate) name: Option<String>,
    /// The language of its articles, where they do not say.
    pub(crate) lang: Option<Language>,
    /// Whether it has whole articles, so that no pages are fetched.
    pub(crate) full_text: bool,
}

/// What came of a fetch.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// What became of the articles.
    pub(crate) put: Put,
    /// Feeds that had something.
    pub(crate) fetched: usize,
    /// Feeds that had nothing since the last time.
    pub(crate) not_modified: usize,
    /// Feeds that asked not to be asked yet.
    pub(crate) put_off: usize,
    /// Feeds that failed, and why.
    pub(crate) failed: Vec<(String, String)>,
    /// What was left out or repaired on the way.
    pub(crate) warnings: Vec<String>,
}

/// What one feed gave.
struct Harvest {
    state: Option<FeedState>,
    outcome: Outcome,
    articles: Vec<Fetched>,
    pages: Vec<(String, FeedState)>,
    warnings: Vec<String>,
    /// Whether a page is missing that may be had the next time.
    incomplete: bool,
}

enum Outcome {
    Fetched,
    NotModified,
    PutOff,
    Failed(String),
}

/// An article with the bytes that it was read from.
struct Fetched {
    article: Article,
    raw: Option<Vec<u8>>,
}

/// Asks all feeds, several hosts at once, and puts what they have into the archive, feed by feed.
///
/// `now` is in seconds since 1970; `done` is called after each feed.
pub(crate) fn fetch(
    feeds: &[Feed],
    settings: &FetchSettings,
    keep_pages: bool,
    archive: &Path,
    now: i64,
    mut done: impl FnMut(&Feed),
) -> Result<Report> {
    let mut writer = Archive::create(archive)?;
    let client = Client::new(settings).context("the table [fetch]")?;
    let hosts = Hosts::new(settings.delay_seconds);
    let robots = robots::Cache::default();
    let waiting: Mutex<VecDeque<&Feed>> = Mutex::new(feeds.iter().collect());
    let worker = Worker { client: &client, hosts: &hosts, robots: &robots, settings, archive, now };
    let mut report = Report::default();
    let (sender, receiver) = mpsc::channel();
    std::thread::scope(|scope| -> Result<()> {
        for _ in 0..settings.hosts_at_once.clamp(1, 64).min(feeds.len().max(1)) {
            let (sender, waiting) = (sender.clone(), &waiting);
            scope.spawn(move || {
                while let Some(feed) = next(waiting) {
                    if sender.send((feed, worker.harvest(feed))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        for (feed, harvest) in receiver {
            let harvest = harvest.unwrap_or_else(|error| Harvest::failed(format!("{error:#}")));
            store(&mut writer, feed, harvest, keep_pages, now, &mut report)?;
            done(feed);
        }
        Ok(())
    })?;
    report.failed.sort();
    report.warnings.sort();
    Ok(report)
}

fn next<'f>(waiting: &Mutex<VecDeque<&'f Feed>>) -> Option<&'f Feed> {
    waiting.lock().ok()?.pop_front()
}

/// Puts what a feed gave into the archive: the articles first, so that a crash in between only means asking again.
fn store(
    archive: &mut Archive,
    feed: &Feed,
    harvest: Harvest,
    keep_pages: bool,
    now: i64,
    report: &mut Report,
) -> Result<()> {
    let stored: Vec<Stored<'_>> = harvest
        .articles
        .iter()
        .map(|f| Stored {
            article: &f.article,
            raw: f.raw.as_deref().filter(|_| keep_pages),
            feed: Some(&feed.url),
        })
        .collect();
    let put = archive.put(&stored, now)?;
    report.put.new += put.new;
    report.put.changed += put.changed;
    report.put.unchanged += put.unchanged;
    for (url, state) in &harvest.pages {
        archive.set_feed_state(url, state)?;
    }
    if let Some(state) = &harvest.state {
        archive.set_feed_state(&feed.url, state)?;
    }
    match harvest.outcome {
        Outcome::Fetched => report.fetched += 1,
        Outcome::NotModified => report.not_modified += 1,
        Outcome::PutOff => report.put_off += 1,
        Outcome::Failed(reason) => report.failed.push((feed.url.clone(), reason)),
    }
    report.warnings.extend(harvest.warnings);
    Ok(())
}

impl Harvest {
    fn failed(reason: String) -> Self {
        Self {
            state: None,
            outcome: Outcome::Failed(reason),
            articles: Vec::new(),
            pages: Vec::new(),
            warnings: Vec::new(),
            incomplete: true,
        }
    }
}

/// What every thread needs.
#[derive(Clone, Copy)]
struct Worker<'w> {
    client: &'w Client,
    hosts: &'w Hosts,
    robots: &'w robots::Cache,
    settings: &'w FetchSettings,
    archive: &'w Path,
    now: i64,
}

impl Worker<'_> {
    /// Asks one feed, and the pages of its teasers.
    fn harvest(&self, feed: &Feed) -> Result<Harvest> {
        let archive = Archive::existing(self.archive)?;
        let known = archive.feed_state(&feed.url)?.unwrap_or_default();
        if known.not_before.is_some_and(|t| self.now < t) {
            return Ok(Harvest {
                state: None,
                outcome: Outcome::PutOff,
                ..Harvest::failed(String::new())
            });
        }
        let address = known.moved_to.clone().unwrap_or_else(|| feed.url.clone());
        let answer = self.client.get(&address, &known, self.hosts);
        let mut state = FeedState { checked: self.now, ..known.clone() };
        match answer {
            Ok(Answer::NotModified(moved_to)) => {
                (state.failures, state.not_before) = (0, None);
                state.moved_to = moved_to.or(state.moved_to);
                Ok(Harvest {
                    state: Some(state),
                    outcome: Outcome::NotModified,
                    ..Harvest::failed(String::new())
                })
            }
            Ok(Answer::Fresh(document)) => {
                (state.failures, state.not_before) = (0, None);
                state.moved_to = document.moved_to.clone().or(state.moved_to);
                state.body = Some(document.body.clone());
                let mut harvest = self.read(feed, &document.text_bytes(), &archive);
                // With a page missing, the feed is asked for all its entries again the next time.
                let complete = !harvest.incomplete;
                state.etag = document.etag.filter(|_| complete);
                state.last_modified = document.last_modified.filter(|_| complete);
                harvest.state = Some(state);
                Ok(harvest)
            }
            Err(failure) => {
                if matches!(failure.status, Some(404 | 410)) {
                    // What it had moved to is gone: back to the address that the user gave.
                    state.moved_to = None;
                }
                state.failures = state.failures.saturating_add(1);
                state.not_before = Some(self.now + pause(&failure, state.failures));
                Ok(Harvest { state: Some(state), ..Harvest::failed(failure.to_string()) })
            }
        }
    }

    /// Reads the entries of a feed, and the pages of those that are teasers.
    fn read(&self, feed: &Feed, body: &[u8], archive: &Archive) -> Harvest {
        let options = Options {
            from: Some(Format::Feed),
            lang: feed.lang,
            now: jiff::Timestamp::from_second(self.now).ok(),
            ..Options::default()
        };
        let read = read::read(&feed.url, body, &options);
        let mut warnings: Vec<String> = read.warnings.iter().map(ToString::to_string).collect();
        if read.articles.is_empty() {
            let reason = warnings.pop().unwrap_or_else(|| "the feed has no entries".to_owned());
            return Harvest { warnings, ..Harvest::failed(reason) };
        }
        let (mut articles, mut pages) = (Vec::new(), Vec::new());
        let mut incomplete = false;
        for mut article in read.articles {
            article.id = lasting_id(&article);
            if let Some(name) = &feed.name {
                article.source = Some(name.clone());
            }
            let wants_page = self.settings.pages && !feed.full_text && article.teaser;
            let fetched = match article.url.clone().filter(|_| wants_page) {
                Some(url) => match self.page(&url, &article, archive) {
                    Ok(page) if page.forbidden => {
                        warnings.push(format!("{url}: robots.txt forbids it; kept the teaser"));
                        Fetched { article, raw: None }
                    }
                    Ok(page) => {
                        pages.extend(page.state.map(|state| (url, state)));
                        match page.fetched {
                            Some(fetched) => fetched,
                            // Unchanged since the last time: what the archive has stays.
                            None => continue,
                        }
                    }
                    Err(reason) => {
                        incomplete = true;
                        warnings.push(format!("{url}: {reason:#}; kept the teaser"));
                        Fetched { article, raw: None }
                    }
                },
                None => Fetched { article, raw: None },
            };
            articles.push(fetched);
        }
        Harvest { state: None, outcome: Outcome::Fetched, articles, pages, warnings, incomplete }
    }
}

/// Names an article by its address, so that it stays the same when its text changes.
fn lasting_id(article: &Article) -> ArticleId {
    match &article.url {
        Some(url) => ArticleId::of_content(None, url, ""),
        None => article.id.clone(),
    }
}

/// How long to leave a server alone: as long as it asks, or longer with each failure.
fn pause(failure: &Failure, failures: u32) -> i64 {
    let asked = failure.retry_after.unwrap_or(0);
    let doubled = FIRST_PAUSE << failures.saturating_sub(1).min(10);
    asked.max(doubled).clamp(FIRST_PAUSE, LONGEST_PAUSE)
}
