//! Fetches the articles of a feed: the entries, and the page of each entry that is only a teaser.
//!
//! All budgets are set in `[fetch]`. A run sends no more requests once it has reached `max_seconds`, `max_requests` or
//! `max_run_bytes`. For each feed, the limits are `max_pages` pages, `max_foreign_pages` of which may be on other sites
//! (redirects to other sites count), `max_feed_bytes` bytes, and `max_feed_seconds` seconds of waiting for servers.
//! After three consecutive time-outs, no more pages are fetched for a feed. Pages of articles that are older than
//! `max_age_days` days are not fetched.
//!
//! If a page is not fetched, its entry keeps the teaser. Unless the reason is permanent, the validators of the feed are
//! not stored, so that the next run requests the whole feed again; that run starts with the pages that are not in the
//! archive.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use anyhow::Result;
use nutgraf::archive::{Archive, FeedState};
use nutgraf::article::Article;
use nutgraf::config::FetchSettings;
use nutgraf::read::{self, Format, Options, glance};

use crate::cli::fetch::claims::Claims;
use crate::cli::fetch::client::{Client, Document, Failure};
use crate::cli::fetch::full_text::Page;
use crate::cli::fetch::hosts::Hosts;
use crate::cli::fetch::landing::Landing;
use crate::cli::fetch::trip::Spent;
use crate::cli::fetch::unchanged::Unchanged;
use crate::cli::fetch::visit::Visit;
use crate::cli::fetch::{Done, Event, Feed, Fetched, Outcome, identity, robots};

/// The number of seconds before a failed feed is requested again; the wait doubles with each consecutive failure.
const FIRST_PAUSE: i64 = 60;

/// The maximum number of seconds before a failed feed is requested again, even if the server asks for a longer wait.
const LONGEST_PAUSE: i64 = 24 * 60 * 60;

/// The number of consecutive time-outs after which no more pages are fetched for a feed.
const TIME_OUTS: usize = 3;

/// The number of seconds in a day.
const DAY: i64 = 24 * 60 * 60;

/// The work queue: all feeds first, then the next page of each feed in turn.
pub(super) struct Queue<'f> {
    tasks: Mutex<VecDeque<Task<'f>>>,
}

enum Task<'f> {
    Ask(&'f Feed),
    Pages(Box<Pages<'f>>),
}

/// A feed that has been read, with the entries whose pages are still to be fetched.
struct Pages<'f> {
    feed: &'f Feed,
    state: FeedState,
    /// The entity tag and the `Last-Modified` date of the feed, which are not stored if the feed is `incomplete`.
    validators: (Option<String>, Option<String>),
    entries: VecDeque<Article>,
    used: Used,
    warnings: Vec<String>,
    /// Whether a page is missing that may be available in the next run.
    incomplete: bool,
}

/// How much of each of a feed's budgets has been spent.
#[derive(Default)]
struct Used {
    pages: usize,
    /// The number of pages on other sites and of redirects to other sites.
    foreign: usize,
    bytes: u64,
    waited: Duration,
    time_outs: usize,
}

impl Used {
    fn add(&mut self, spent: Spent) {
        self.foreign += spent.foreign;
        self.bytes += spent.bytes;
        self.waited += spent.waited;
    }
}

impl<'f> Queue<'f> {
    pub(super) fn new(feeds: &'f [Feed]) -> Self {
        Self { tasks: Mutex::new(feeds.iter().map(Task::Ask).collect()) }
    }

    fn next(&self) -> Option<Task<'f>> {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    fn put_back(&self, pages: Box<Pages<'f>>) {
        self.tasks.lock().unwrap_or_else(PoisonError::into_inner).push_back(Task::Pages(pages));
    }
}

/// The state shared by all threads.
#[derive(Clone, Copy)]
pub(super) struct Worker<'w> {
    pub(super) client: &'w Client,
    pub(super) hosts: &'w Hosts,
    pub(super) robots: &'w robots::Cache,
    pub(super) claims: &'w Claims<'w>,
    pub(super) settings: &'w FetchSettings,
    pub(super) archive: &'w Path,
    pub(super) now: i64,
}

impl Worker<'_> {
    /// Works until the queue is empty, or until `send` returns false because the receiver is gone.
    pub(super) fn work<'f>(&self, queue: &Queue<'f>, send: impl Fn(Event<'f>) -> bool) {
        while let Some(task) = queue.next() {
            let feed = match &task {
                Task::Ask(feed) => feed,
                Task::Pages(pages) => pages.feed,
            };
            let step = match task {
                Task::Ask(feed) => self.ask(feed, &send),
                Task::Pages(pages) => self.next_page(pages, &send),
            };
            let goes_on = match step {
                Ok(Step::Gone) => false,
                Ok(Step::More(pages)) => {
                    queue.put_back(pages);
                    true
                }
                Ok(Step::Done(done)) => send(Event::Done(feed, done)),
                Err(error) => send(Event::Done(feed, Done::failed(format!("{error:#}")))),
            };
            if !goes_on {
                return;
            }
        }
    }

    /// Requests one feed, reads it, and sends the articles for which no page is needed.
    fn ask<'f>(&self, feed: &'f Feed, send: impl Fn(Event<'f>) -> bool) -> Result<Step<'f>> {
        let archive = Archive::existing(self.archive)?;
        let known = archive.feed_state(&feed.url)?.unwrap_or_default();
        if known.not_before.is_some_and(|t| self.now < t && t <= self.now + LONGEST_PAUSE) {
            return Ok(Step::Done(Done::new(Outcome::PutOff(0 < known.failures))));
        }
        if let Some(why) = self.client.spent() {
            let late = format!("{}: not requested: {why}", feed.url);
            return Ok(Step::Done(Done {
                warnings: vec![late],
                ..Done::new(Outcome::PutOff(false))
            }));
        }
        let address = known.moved_to.clone().unwrap_or_else(|| feed.url.clone());
        let answer = self.answer(feed, &address, &known);
        let mut state = FeedState { checked: self.now, ..known };
        match answer {
            Ok(Visit::NotModified(moved_to)) => {
                (state.failures, state.not_before) = (0, None);
                state.moved_to = moved_to.or(state.moved_to);
                Ok(Step::Done(Done { state: Some(state), ..Done::new(Outcome::NotModified) }))
            }
            Ok(Visit::Seen(seen)) => {
                (state.failures, state.not_before) = (0, None);
                match self.land(feed, &address, *seen, &mut state) {
                    Landing::Feed(document, notes) => {
                        self.read_entries(feed, (document, notes), state, &archive, send)
                    }
                    Landing::Article(article, warnings) => {
                        if !send(Event::Articles(feed, vec![*article], Vec::new())) {
                            return Ok(Step::Gone);
                        }
                        Ok(Step::Done(Done { warnings, ..Done::new(Outcome::Fetched) }))
                    }
                    Landing::Nothing(reason) => {
                        Ok(Step::Done(Done { state: Some(state), ..Done::failed(reason) }))
                    }
                }
            }
            Err(failure) => {
                if matches!(failure.status, Some(404 | 410)) {
                    // The redirect target is gone, so the user's own address is used again.
                    state.moved_to = None;
                }
                state.failures = state.failures.saturating_add(1);
                state.not_before = Some(self.now + pause(&failure, state.failures));
                let outcome =
                    if failure.has_answered() { Outcome::Failed } else { Outcome::Unreachable };
                Ok(Step::Done(Done {
                    state: Some(state),
                    ..Done::new(outcome(failure.to_string()))
                }))
            }
        }
    }

    /// Reads the entries of a feed, and sends those for which no page is needed.
    fn read_entries<'f>(
        &self,
        feed: &'f Feed,
        (document, notes): (Document, Vec<String>),
        mut state: FeedState,
        archive: &Archive,
        send: impl Fn(Event<'f>) -> bool,
    ) -> Result<Step<'f>> {
        let options = Options {
            from: Some(Format::Feed),
            lang: feed.lang,
            now: jiff::Timestamp::from_second(self.now).ok(),
            ..Options::default()
        };
        let read = read::read(&feed.url, &document.text_bytes(), &options);
        let mut warnings = notes;
        warnings.extend(read.warnings.iter().map(ToString::to_string));
        let unchanged = Unchanged::since(state.body.as_deref(), &document.body);
        state.moved_to = document.moved_to.or(state.moved_to);
        (state.etag, state.last_modified) = (None, None);
        let bytes = document.body.len() as u64;
        state.body = Some(document.body);
        let is_empty = read.articles.is_empty();
        if is_empty && !state.body.as_deref().is_some_and(glance::is_feed) {
            let reason = warnings.pop().unwrap_or_else(|| "the feed has no entries".to_owned());
            return Ok(Step::Done(Done { state: Some(state), warnings, ..Done::failed(reason) }));
        }
        let (mut whole, mut entries, mut known) = (Vec::new(), VecDeque::new(), VecDeque::new());
        let all = read.articles.len();
        let taken: Vec<Article> =
            read.articles.into_iter().filter(|article| feed.filter.admits(article)).collect();
        if let left @ 1.. = all - taken.len() {
            warnings.push(format!(
                "{}: {left} of {all} entries left out by include and exclude",
                feed.url
            ));
        }
        for mut article in taken {
            Self::identify(&mut article, feed, archive)?;
            let claim = self.claims.settle(&mut article, feed);
            warnings.extend(claim.filter(|claim| !warnings.contains(claim)));
            if unchanged.needs_no_page(&article, archive)? {
                continue;
            }
            if !self.wants_page(feed, &article) {
                whole.push(Fetched::from_entry(article, feed));
            } else if archive.get(article.id.as_str())?.is_some_and(|a| !a.teaser) {
                known.push_back(article);
            } else {
                entries.push_back(article);
            }
        }
        entries.append(&mut known);
        if !whole.is_empty() && !send(Event::Articles(feed, whole, Vec::new())) {
            return Ok(Step::Gone);
        }
        Ok(Step::More(Box::new(Pages {
            feed,
            state,
            validators: (document.etag, document.last_modified),
            entries,
            used: Used { bytes, ..Used::default() },
            warnings,
            incomplete: false,
        })))
    }

    /// Sets the permanent id of an article.
    fn identify(article: &mut Article, feed: &Feed, archive: &Archive) -> Result<()> {
        let (id, former) = (identity::article_id(article, &feed.url), identity::former_id(article));
        // An earlier version of the program derived the id from the exact address.
        let is_former =
            former != id && archive.feed_of(former.as_str())?.as_deref() == Some(&feed.url);
        article.id = if is_former { former } else { id };
        Ok(())
    }

    fn wants_page(&self, feed: &Feed, article: &Article) -> bool {
        let days = i64::try_from(self.settings.max_age_days).unwrap_or(i64::MAX);
        let oldest = self.now.saturating_sub(days.saturating_mul(DAY));
        let is_old =
            0 < days && article.published.is_some_and(|p| p.timestamp().as_second() < oldest);
        self.settings.pages && !feed.full_text && article.teaser && article.url.is_some() && !is_old
    }

    /// Fetches the next page of a feed, or finishes the feed if no pages are left or a budget is exhausted.
    fn next_page<'f>(
        &self,
        mut pages: Box<Pages<'f>>,
        send: impl Fn(Event<'f>) -> bool,
    ) -> Result<Step<'f>> {
        if let Some(why) = self.spent(&pages.used) {
            return Ok(pages.give_up(&why, send));
        }
        let Some(article) = pages.entries.pop_front() else { return Ok(Step::Done(pages.done())) };
        let feed = pages.feed;
        let url = article.url.clone().unwrap_or_default();
        let is_foreign = !identity::same_site(&feed.url, &url);
        if is_foreign && self.settings.max_foreign_pages <= pages.used.foreign {
            pages.incomplete = true;
            pages.warnings.push(format!(
                "{url}: kept the teaser: {} has more than {} links to other sites (max_foreign_pages in [fetch])",
                feed.url, self.settings.max_foreign_pages
            ));
            let one = vec![Fetched::from_entry(article, feed)];
            return Ok(pages.after(send(Event::Articles(feed, one, Vec::new()))));
        }
        pages.used.pages += 1;
        pages.used.foreign += usize::from(is_foreign);
        let archive = Archive::existing(self.archive)?;
        let left = self.settings.max_foreign_pages.saturating_sub(pages.used.foreign);
        let (page, spent) = self.page(&url, &article, (feed, left), &archive)?;
        pages.used.add(spent);
        let (articles, states) = match page {
            Page::Fresh(fetched, state) => {
                pages.used.time_outs = 0;
                (vec![*fetched], vec![(url, state)])
            }
            // The version in the archive is kept.
            Page::Unchanged => {
                pages.used.time_outs = 0;
                (Vec::new(), Vec::new())
            }
            Page::Refused(reason) => {
                pages.warnings.push(format!("{url}: {reason}; kept the teaser"));
                (vec![Fetched::from_entry(article, feed)], Vec::new())
            }
            Page::Failed(failure) => {
                pages.incomplete = true;
                pages.used.time_outs =
                    if failure.is_time_out { pages.used.time_outs + 1 } else { 0 };
                pages.warnings.push(format!("{url}: {failure}; kept the teaser"));
                (vec![Fetched::from_entry(article, feed)], Vec::new())
            }
        };
        let more = articles.is_empty() || send(Event::Articles(feed, articles, states));
        Ok(pages.after(more))
    }

    /// Returns a message if a budget of a feed or of the run is exhausted.
    fn spent(&self, used: &Used) -> Option<String> {
        let settings = self.settings;
        if let Some(why) = self.client.spent() {
            Some(why)
        } else if settings.max_pages <= used.pages {
            Some(format!("more than {} pages (max_pages in [fetch])", settings.max_pages))
        } else if settings.max_feed_bytes.0 <= used.bytes {
            let limit = settings.max_feed_bytes.0;
            Some(format!("more than {limit} bytes for one feed (max_feed_bytes in [fetch])"))
        } else if settings.max_feed_seconds <= used.waited.as_secs_f64() {
            let limit = settings.max_feed_seconds;
            Some(format!("more than {limit} seconds for one feed (max_feed_seconds in [fetch])"))
        } else if TIME_OUTS <= used.time_outs {
            Some(format!("{TIME_OUTS} time-outs in a row"))
        } else {
            None
        }
    }
}

/// The outcome of a step.
enum Step<'f> {
    /// There are more pages to fetch.
    More(Box<Pages<'f>>),
    /// The feed is finished.
    Done(Done),
    /// The receiver is gone.
    Gone,
}

impl<'f> Pages<'f> {
    fn after(self: Box<Self>, goes_on: bool) -> Step<'f> {
        if goes_on { Step::More(self) } else { Step::Gone }
    }

    /// Finishes the feed, keeping the teasers of the remaining entries.
    fn give_up(mut self, why: &str, send: impl Fn(Event<'f>) -> bool) -> Step<'f> {
        let feed = self.feed;
        let left: Vec<Fetched> =
            self.entries.drain(..).map(|a| Fetched::from_entry(a, feed)).collect();
        if !left.is_empty() {
            self.incomplete = true;
            let n = left.len();
            let pages = if n == 1 { "1 page was".to_owned() } else { format!("{n} pages were") };
            self.warnings
                .push(format!("{}: {pages} not fetched, their teasers kept: {why}", feed.url));
            if !send(Event::Articles(feed, left, Vec::new())) {
                return Step::Gone;
            }
        }
        Step::Done(self.done())
    }

    fn done(self) -> Done {
        let mut state = self.state;
        if !self.incomplete {
            (state.etag, state.last_modified) = self.validators;
        }
        Done { state: Some(state), warnings: self.warnings, ..Done::new(Outcome::Fetched) }
    }
}

impl Done {
    fn new(outcome: Outcome) -> Self {
        Self { state: None, outcome, warnings: Vec::new() }
    }

    fn failed(reason: String) -> Self {
        Self::new(Outcome::Failed(reason))
    }
}

impl Fetched {
    /// Wraps an article whose text comes from the feed.
    fn from_entry(article: Article, feed: &Feed) -> Self {
        let authority = identity::authority(&feed.url, article.url.as_deref());
        Self { article, raw: None, authority }
    }
}

/// Returns the number of seconds until the next request: at least as many as the server asks for, and more after each
/// consecutive failure, but at most [`LONGEST_PAUSE`].
fn pause(failure: &Failure, failures: u32) -> i64 {
    let asked = failure.retry_after.unwrap_or(0);
    let doubled = FIRST_PAUSE << failures.saturating_sub(1).min(10);
    asked.max(doubled).clamp(FIRST_PAUSE, LONGEST_PAUSE)
}
