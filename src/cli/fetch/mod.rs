//! Fetches feeds and article pages into the archive, downloads inputs, and sends messages to webhooks. Only this module
//! opens web connections.
//!
//! Requests are polite: they are conditional, wait as long as the server asks, and are spaced out for each host;
//! article pages are fetched only if robots.txt allows it, unless the user switches this check off. Responses are
//! limited in time and size. Addresses of this machine and of private networks are rejected unless the user allows
//! them, even if a redirect leads there. If an address is a page, the feed that the page links to is used
//! ([`landing`]).
//!
//! A bad feed does not affect the others: all feeds are requested before any page, pages are fetched from the feeds in
//! turn, and there are budgets for each feed and for the run as a whole ([`harvest`]).

pub(crate) mod address;
mod claims;
mod client;
mod cookies;
pub(crate) mod feed_filter;
mod full_text;
mod guard;
mod harvest;
mod hosts;
mod identity;
pub(crate) mod inputs;
mod landing;
mod page_kind;
pub(crate) mod post;
mod robots;
pub(crate) mod subscription;
mod trip;
mod unchanged;
mod visit;

use std::path::Path;
use std::sync::mpsc;

use anyhow::{Context as _, Result};
use nutgraf::archive::{Archive, Authority, FeedState, Put, Stored};
use nutgraf::article::Article;
use nutgraf::config::FetchSettings;
use nutgraf::language::Language;

use claims::Claims;
use client::Client;
use feed_filter::Filter;
use harvest::{Queue, Worker};
use hosts::Hosts;

pub(crate) use client::check_address;

/// The maximum number of events waiting to be processed; if there are more, the workers wait for the disk.
const WAITING: usize = 4;

/// A feed to fetch.
#[derive(Clone, Debug, Default)]
pub(crate) struct Feed {
    /// The address of the feed.
    pub(crate) url: String,
    /// The name of the outlet, if the user gave one.
    pub(crate) name: Option<String>,
    /// The language of articles that do not declare one.
    pub(crate) lang: Option<Language>,
    /// Whether the feed contains whole articles, so that no pages are fetched.
    pub(crate) full_text: bool,
    /// The filter for the feed's entries.
    pub(crate) filter: Filter,
    /// The address of the feed without encryption, if the user gave no scheme.
    pub(crate) fallback: Option<String>,
    /// Whether a page at the address may be read as an article.
    pub(crate) takes_page: bool,
}

/// The result of fetching feeds.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The outcome of storing the articles.
    pub(crate) put: Put,
    /// The number of feeds that were fetched.
    pub(crate) fetched: usize,
    /// The number of feeds that have not changed.
    pub(crate) not_modified: usize,
    /// The number of feeds that were not requested, because the pause after a failure was not over or one of the run's
    /// budgets was exhausted.
    pub(crate) put_off: usize,
    /// The number of feeds that were not requested because the pause after a failure was not over.
    pub(crate) failing: usize,
    /// The number of feeds whose server did not answer.
    pub(crate) unreachable: usize,
    /// The feeds that failed, including the unreachable ones, each with the reason.
    pub(crate) failed: Vec<(String, String)>,
    /// Warnings from the fetch.
    pub(crate) warnings: Vec<String>,
}

impl Report {
    /// Returns whether every feed failed because its server did not answer.
    pub(crate) fn is_unreachable(&self) -> bool {
        self.is_dead() && self.unreachable == self.failed.len() && self.put_off == 0
    }

    /// Returns whether there were feeds or folders, and each of them failed now or is in the pause after a failure.
    pub(crate) fn is_dead(&self) -> bool {
        self.fetched + self.not_modified == 0
            && self.put_off == self.failing
            && 0 < self.failed.len() + self.failing
    }
}

/// A worker's report about a feed.
enum Event<'f> {
    /// Articles to be stored, with the fetch states of their pages.
    Articles(&'f Feed, Vec<Fetched>, Vec<(String, FeedState)>),
    /// The feed is finished.
    Done(&'f Feed, Done),
}

/// The result of fetching a feed.
struct Done {
    state: Option<FeedState>,
    outcome: Outcome,
    warnings: Vec<String>,
}

enum Outcome {
    Fetched,
    NotModified,
    /// The feed was not requested; `true` if it is in the pause after a failure.
    PutOff(bool),
    Failed(String),
    /// The feed failed because no server answered.
    Unreachable(String),
}

/// An article with the bytes of its page, if the page was fetched, and the authority of its text.
struct Fetched {
    article: Article,
    raw: Option<Vec<u8>>,
    authority: Authority,
}

/// Fetches all feeds, several in parallel, and stores the articles as they arrive.
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
    let queue = Queue::new(feeds);
    let claims = Claims::among(feeds);
    let worker = Worker {
        client: &client,
        hosts: &hosts,
        robots: &robots,
        claims: &claims,
        settings,
        archive,
        now,
    };
    let mut report = Report::default();
    let (sender, receiver) = mpsc::sync_channel(WAITING);
    std::thread::scope(|scope| -> Result<()> {
        for _ in 0..settings.hosts_at_once.clamp(1, 64).min(feeds.len().max(1)) {
            let (sender, queue) = (sender.clone(), &queue);
            scope.spawn(move || {
                // A send error means that the receiver is gone.
                worker.work(queue, |event| sender.send(event).is_ok());
            });
        }
        drop(sender);
        // The loop consumes the receiver, so if storing fails, the receiver is dropped, which stops the workers.
        for event in receiver {
            match event {
                Event::Articles(feed, articles, pages) => {
                    let articles = stored(feed, &articles, keep_pages);
                    report.put.add(writer.put(&articles, now)?);
                    for (url, state) in &pages {
                        writer.set_feed_state(url, state)?;
                    }
                }
                Event::Done(feed, end) => {
                    // The state is stored after the articles, so that after a crash in between, the feed is merely
                    // requested again.
                    if let Some(state) = &end.state {
                        writer.set_feed_state(&feed.url, state)?;
                    }
                    report.add(feed, end);
                    done(feed);
                }
            }
        }
        Ok(())
    })?;
    report.failed.sort();
    report.warnings.extend(report.put.conflicts.iter().map(ToString::to_string));
    report.warnings.sort();
    report.warnings.dedup();
    Ok(report)
}

fn stored<'a>(feed: &'a Feed, articles: &'a [Fetched], keep_pages: bool) -> Vec<Stored<'a>> {
    let one = |f: &'a Fetched| Stored {
        article: &f.article,
        raw: f.raw.as_deref().filter(|_| keep_pages),
        feed: Some(&feed.url),
        authority: f.authority,
    };
    articles.iter().map(one).collect()
}

impl Report {
    fn add(&mut self, feed: &Feed, done: Done) {
        match done.outcome {
            Outcome::Fetched => self.fetched += 1,
            Outcome::NotModified => self.not_modified += 1,
            Outcome::PutOff(failing) => {
                self.put_off += 1;
                self.failing += usize::from(failing);
            }
            Outcome::Failed(reason) => self.failed.push((feed.url.clone(), reason)),
            Outcome::Unreachable(reason) => {
                self.unreachable += 1;
                self.failed.push((feed.url.clone(), reason));
            }
        }
        self.warnings.extend(done.warnings);
    }
}
