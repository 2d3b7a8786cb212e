//! Delivers each briefing to each output, once.
//!
//! The archive records for each output which briefings are pending ([`nutgraf::archive::Waiting`]). A run sends all
//! pending briefings, oldest first. If delivery to an output fails, the failure is reported, the output's briefings
//! stay pending, and the other outputs are not affected. Each message that is received is recorded, so that the next
//! attempt continues with the message after it.
//!
//! A delivery is given up if it still fails after `keep_days` days, or if its output is no longer configured. News that
//! no output received counts as new again.
//!
//! Known limit: if the connection breaks before the response to a message arrives, the message may have been received,
//! and yet the next attempt sends it again. Each request to a webhook has an `Idempotency-Key`, so that the receiver
//! can recognize a duplicate.

mod command;
mod file;
mod outputs;
mod secret;
mod smtp;
mod webhook;

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::time::Duration;

use anyhow::{Context as _, Result, anyhow};
use jiff::tz::TimeZone;
use nutgraf::archive::{Archive, Waiting};
use nutgraf::article::Published;
use nutgraf::briefing::{ArticleEntry, Briefing};
use nutgraf::render::{self, Chat, Format};

use crate::cli::deliver::outputs::{Body, Way};
use crate::cli::output;
use crate::cli::page::{self, Kind};
use crate::cli::settings::Loaded;
use crate::warning::counted;

pub(crate) use outputs::{Outlet, outlets};

/// The number of seconds in a day.
const DAY: i64 = 24 * 60 * 60;

/// The number of most recent briefings whose stories an Atom feed contains.
const IN_FEED: usize = 10;

/// The number of earlier briefings that are checked for the same file name.
const LOOK_BACK: usize = 100;

/// The longest pause between two attempts. If a server asks for a longer pause, the delivery is left to the next run.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// The part name that is used if a briefing is sent as a whole.
const WHOLE: &str = "all";

/// A failed delivery.
#[derive(Clone, Debug)]
struct Failure {
    message: String,
    /// Whether a retry in the same run may succeed.
    is_passing: bool,
    /// The delay before a retry, in seconds, that the receiver requests.
    retry_after: Option<f64>,
}

impl Failure {
    /// Creates a failure that a retry in the same run would not fix.
    fn lasting(message: impl Into<String>) -> Self {
        Self { message: message.into(), is_passing: false, retry_after: None }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// The number of failed deliveries, by kind of output.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Failed {
    /// The number of files that could not be written.
    pub(crate) files: usize,
    /// The number of failed deliveries to all other outputs.
    pub(crate) others: usize,
}

/// Delivers briefings to the outputs.
pub(crate) struct Courier<'l> {
    pub(crate) loaded: &'l Loaded,
    pub(crate) outlets: &'l [Outlet<'l>],
    pub(crate) zone: &'l TimeZone,
    pub(crate) now: Published,
    /// Whether to print the briefings instead of delivering them.
    pub(crate) is_dry: bool,
}

impl Courier<'_> {
    /// Returns the names under which deliveries to the outputs are recorded.
    pub(crate) fn names(&self) -> Vec<String> {
        self.outlets.iter().map(|outlet| outlet.name.clone()).collect()
    }

    /// Delivers all pending briefings.
    pub(crate) fn deliver(&self, archive: &Path) -> Result<Failed> {
        let mut archive = Archive::existing(archive)?;
        let mut failed = Failed::default();
        let mut stopped: BTreeSet<String> = BTreeSet::new();
        for waiting in self.in_order(archive.waiting()?) {
            let Some(outlet) = self.outlets.iter().find(|o| o.name == waiting.output) else {
                continue;
            };
            // A later briefing must not overtake a pending one.
            if stopped.contains(&waiting.output) {
                continue;
            }
            match self.deliver_one(outlet, &waiting, &mut archive) {
                Ok(()) => archive.end_delivery(&waiting, self.seconds())?,
                Err(error) => {
                    let is_over = self.name_failure(outlet, &waiting, &error);
                    if is_over && archive.give_up_delivery(&waiting, self.seconds())? {
                        self.say_taken_back(&waiting, "the next run reports its news again");
                    }
                    stopped.insert(waiting.output.clone());
                    match outlet.way {
                        Way::File { .. } => failed.files += 1,
                        Way::Post(_) | Way::Run { .. } | Way::Smtp(_) => failed.others += 1,
                    }
                }
            }
        }
        Ok(failed)
    }

    /// Gives up the deliveries to outputs that have been renamed or removed.
    pub(crate) fn give_up_unconfigured(&self, archive: &Path) -> Result<()> {
        let mut archive = Archive::existing(archive)?;
        for waiting in self.in_order(archive.waiting()?) {
            if self.outlets.iter().any(|outlet| outlet.name == waiting.output) {
                continue;
            }
            output::insist(&format!(
                "the briefing of {} was never delivered to {}, which is no longer configured",
                self.day(&waiting),
                waiting.output
            ));
            if archive.give_up_delivery(&waiting, self.seconds())? {
                self.say_taken_back(&waiting, "its news is reported again");
            }
        }
        Ok(())
    }

    /// Writes a site for each output of HTML files whose folder has none yet, even if there is no briefing yet. A dry
    /// run writes nothing.
    pub(crate) fn write_first_sites(&self) -> Result<()> {
        for outlet in self.outlets {
            let is_html = outlet.format == Body::Page(Kind::Format(Format::Html));
            if let (Way::File { pattern, .. }, true, false) = (&outlet.way, is_html, self.is_dry) {
                file::write_first_site(pattern, self.now, self.zone, self.loaded)?;
            }
        }
        Ok(())
    }

    fn say_taken_back(&self, waiting: &Waiting, then: &str) {
        output::insist(&format!(
            "no output received the briefing of {}: {then}",
            self.day(waiting)
        ));
    }

    /// Sorts deliveries by briefing, then by the order of the outputs in the configuration.
    fn in_order(&self, mut waiting: Vec<Waiting>) -> Vec<Waiting> {
        let place = |w: &Waiting| self.outlets.iter().position(|o| o.name == w.output);
        waiting.sort_by_key(|w| (w.briefing, place(w), w.output.clone()));
        waiting
    }

    /// Reports a failed delivery, and returns whether the delivery is given up.
    fn name_failure(&self, outlet: &Outlet<'_>, waiting: &Waiting, error: &anyhow::Error) -> bool {
        let days = self.loaded.config.settings.delivery.keep_days as i64;
        let is_over = waiting.generated < self.seconds().saturating_sub(days.saturating_mul(DAY));
        let then = if is_over {
            format!("given up after {days} days (keep_days in [delivery])")
        } else {
            "the next run will retry".to_owned()
        };
        let error = outlet.secrets.hide(&format!("{error:#}"));
        output::insist(&format!(
            "{}: the briefing of {} was not delivered: {error}; {then}",
            outlet.label,
            self.day(waiting)
        ));
        is_over
    }

    fn seconds(&self) -> i64 {
        self.now.timestamp().as_second()
    }

    /// Returns the day of a briefing in the reader's time zone.
    fn day(&self, waiting: &Waiting) -> String {
        let at = jiff::Timestamp::from_second(waiting.generated);
        at.map_or_else(|_| "?".to_owned(), |at| self.zone.to_datetime(at).date().to_string())
    }

    fn deliver_one(
        &self,
        outlet: &Outlet<'_>,
        waiting: &Waiting,
        archive: &mut Archive,
    ) -> Result<()> {
        let Some(json) = archive.briefing(waiting.briefing)? else { return Ok(()) };
        let briefing: Briefing =
            serde_json::from_str(&json).context("its record in the archive cannot be read")?;
        match outlet.format {
            Body::Messages(chat) => self.send_messages(outlet, chat, waiting, &briefing, archive),
            Body::Page(kind) => {
                let page = match kind {
                    Kind::Format(Format::Atom) => {
                        let past = archive.briefings_before(waiting.briefing, IN_FEED - 1)?;
                        page::render(&with_past(&briefing, &past), kind, &outlet.options)?
                    }
                    Kind::Format(_) | Kind::Epub => page::render(&briefing, kind, &outlet.options)?,
                };
                let earlier = archive.generated_before(waiting.briefing, LOOK_BACK)?;
                self.send_page(outlet, kind, &page, &briefing, (waiting, &earlier))
            }
        }
    }

    fn send_page(
        &self,
        outlet: &Outlet<'_>,
        kind: Kind,
        page: &[u8],
        briefing: &Briefing,
        (waiting, earlier): (&Waiting, &[i64]),
    ) -> Result<()> {
        if self.is_dry {
            return self.show(outlet, kind, page, briefing, earlier);
        }
        match &outlet.way {
            Way::File { pattern, latest } => {
                let name = file::name(pattern, earlier, briefing.generated, self.zone)?;
                let has_index = kind == Kind::Format(Format::Html);
                let place = file::Place { latest: *latest, has_index };
                file::write(&place, &name, page, self.loaded)?;
                return Ok(());
            }
            Way::Post(webhook) => {
                let key = key_of(waiting, &[WHOLE.to_owned()]);
                self.try_often(|| webhook.send_page(kind.content_type(), page, &key))?;
            }
            Way::Run { program, arguments } => {
                let limit = outputs::time_limit(self.loaded);
                self.try_often(|| command::run(program, arguments, page, limit))?;
            }
            Way::Smtp(relay) => {
                let mail = String::from_utf8_lossy(page);
                self.try_often(|| relay.send(&mail))?;
            }
        }
        output::say(&format!("delivered to {}", outlet.label));
        Ok(())
    }

    /// Sends the chat messages that have not been received yet, one after another.
    fn send_messages(
        &self,
        outlet: &Outlet<'_>,
        chat: Chat,
        waiting: &Waiting,
        briefing: &Briefing,
        archive: &mut Archive,
    ) -> Result<()> {
        let arrived = archive.arrived(waiting)?;
        let made = render::messages(briefing, chat, &outlet.options, &arrived)?;
        let Way::Post(webhook) = &outlet.way else { return Ok(()) };
        let n_all = made.messages.len();
        for (n, message) in made.messages.iter().enumerate() {
            if self.is_dry {
                let length = chat.length(&message.text);
                output::print(&format!(
                    "--- {} ({}), message {} of {n_all}, length {length}\n{}\n",
                    outlet.label,
                    chat.name(),
                    n + 1,
                    webhook::body(chat, &message.text, None)
                ))?;
                continue;
            }
            if 0 < n {
                std::thread::sleep(self.pause(0));
            }
            let key = key_of(waiting, &message.parts);
            self.try_often(|| webhook.send_message(chat, &message.text, &briefing.title, &key))
                .with_context(|| format!("message {} of {n_all}", n + 1))?;
            archive.note_arrived(waiting, &message.parts)?;
        }
        for left_out in &made.left_out {
            output::insist(&format!("{}: left out: {left_out}", outlet.label));
        }
        if !self.is_dry {
            let messages = counted(n_all, "message");
            output::say(&format!("delivered to {} in {messages}", outlet.label));
        }
        Ok(())
    }

    /// Prints a page instead of delivering it.
    fn show(
        &self,
        outlet: &Outlet<'_>,
        kind: Kind,
        page: &[u8],
        briefing: &Briefing,
        earlier: &[i64],
    ) -> Result<()> {
        let name = match &outlet.way {
            Way::File { pattern, .. } => {
                file::name(pattern, earlier, briefing.generated, self.zone)?
            }
            Way::Post(_) | Way::Run { .. } | Way::Smtp(_) => outlet.label.clone(),
        };
        output::print(&format!("--- {name} ({}), {} bytes\n", kind.name(), page.len()))?;
        if kind != Kind::Epub {
            output::print(&String::from_utf8_lossy(page))?;
        }
        Ok(())
    }

    /// Tries a delivery until it succeeds, fails permanently, or has used up its attempts, or until the server asks for
    /// a pause longer than [`LONGEST_PAUSE`].
    fn try_often(&self, mut send: impl FnMut() -> Result<(), Failure>) -> Result<()> {
        let attempts = self.loaded.config.settings.delivery.attempts.max(1);
        let mut n = 1;
        loop {
            let Err(failure) = send() else { return Ok(()) };
            let wanted = failure.retry_after.map(|s| Duration::from_secs_f64(s.clamp(0.0, 1e9)));
            if !failure.is_passing {
                return Err(anyhow!("{failure}"));
            }
            if let Some(wanted) = wanted.filter(|wanted| LONGEST_PAUSE < *wanted) {
                return Err(anyhow!("{failure}; the server asks to wait {} s", wanted.as_secs()));
            }
            if attempts <= n {
                return Err(anyhow!("{failure} (after {})", counted(n, "attempt")));
            }
            std::thread::sleep(self.pause(n - 1).max(wanted.unwrap_or_default()));
            n += 1;
        }
    }

    /// Returns the pause before the next attempt: the configured pause, doubled `doublings` times, up to
    /// [`LONGEST_PAUSE`].
    fn pause(&self, doublings: usize) -> Duration {
        let first = self.loaded.config.settings.delivery.pause_seconds.clamp(0.0, 60.0);
        let factor = 2_u32.saturating_pow(u32::try_from(doublings).unwrap_or(u32::MAX).min(16));
        Duration::from_secs_f64(first * f64::from(factor)).min(LONGEST_PAUSE)
    }
}

/// Returns the idempotency key for the delivery of some parts of a briefing, which is the same for every attempt.
fn key_of(waiting: &Waiting, parts: &[String]) -> String {
    let mut hasher = blake3::Hasher::new();
    let (briefing, generated) = (waiting.briefing.to_string(), waiting.generated.to_string());
    for part in [&waiting.output, &briefing, &generated].into_iter().chain(parts) {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().to_hex().chars().take(32).collect()
}

/// Combines, for an Atom feed, the stories of the newest briefing and of earlier ones, each story in its latest
/// version.
///
/// Earlier briefings that can no longer be parsed, such as those written by a much older version, are skipped.
fn with_past(newest: &Briefing, past: &[String]) -> Briefing {
    let mut all = newest.clone();
    let past = past.iter().filter_map(|json| serde_json::from_str::<Briefing>(json).ok());
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
