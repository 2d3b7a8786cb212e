//! Downloads the documents whose web addresses are among the inputs, and saves them in temporary files.
//!
//! Several hosts are requested in parallel, with the pause set in `[fetch]` between requests to the same host;
//! robots.txt is respected. A page that is not an article, such as a log-in form or an error page, is rejected with a
//! message that explains how to proceed. For a front page that has a feed, the feed is read instead.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::{Context as _, Result};
use nutgraf::article::without_user_info;
use nutgraf::config::FetchSettings;

use crate::cli::fetch::address::Address;
use crate::cli::fetch::client::{Client, Document};
use crate::cli::fetch::hosts::Hosts;
use crate::cli::fetch::page_kind::{self, Kind};
use crate::cli::fetch::robots::Cache;
use crate::cli::fetch::visit::Visitor;
use crate::cli::progress;

/// The fetched documents and the failures, by requested address.
#[derive(Default)]
pub(crate) struct Fetched {
    answers: BTreeMap<String, Result<Saved, String>>,
    /// Owns the files, which are deleted when it is dropped.
    _folder: Option<tempfile::TempDir>,
}

/// A document that was fetched and saved.
pub(crate) struct Saved {
    /// The file with the document.
    pub(crate) path: PathBuf,
    /// The address of the document, after all redirects.
    pub(crate) url: String,
    /// A note to the user, if a different document was read instead.
    pub(crate) note: Option<String>,
}

impl Fetched {
    /// Returns the document at an address or the reason why it could not be fetched, or `None` if the name is not a
    /// fetched address.
    pub(crate) fn get(&self, address: &str) -> Option<&Result<Saved, String>> {
        self.answers.get(address)
    }

    /// Returns the fetched documents, sorted by requested address.
    pub(crate) fn saved(&self) -> impl Iterator<Item = (&str, &Saved)> {
        self.answers.iter().filter_map(|(url, saved)| Some((&**url, saved.as_ref().ok()?)))
    }
}

/// Fetches the documents at the given addresses, several at a time.
pub(crate) fn fetch(addresses: &[Address], settings: &FetchSettings) -> Result<Fetched> {
    if addresses.is_empty() {
        return Ok(Fetched::default());
    }
    let folder = tempfile::tempdir().context("cannot make a folder for what is fetched")?;
    let client = Client::new(settings).context("the table [fetch]")?;
    let (hosts, robots) = (Hosts::new(settings.delay_seconds), Cache::default());
    let robots = settings.robots.then_some(&robots);
    let visitor = Visitor { client: &client, hosts: &hosts, robots };
    let (next, answers) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let bar = progress::bar(addresses.len(), "addresses");
    std::thread::scope(|scope| {
        for _ in 0..settings.hosts_at_once.clamp(1, 64).min(addresses.len()) {
            scope.spawn(|| {
                while let Some((n, address)) = take(&next, addresses) {
                    let answer = visitor.save(address, &folder.path().join(n.to_string()));
                    if let Ok(mut answers) = answers.lock() {
                        answers.insert(address.name.clone(), answer);
                    }
                    bar.inc(1);
                }
            });
        }
    });
    bar.finish_and_clear();
    let answers = answers.into_inner().unwrap_or_default();
    Ok(Fetched { answers, _folder: Some(folder) })
}

fn take<'a>(next: &AtomicUsize, addresses: &'a [Address]) -> Option<(usize, &'a Address)> {
    let n = next.fetch_add(1, Ordering::Relaxed);
    Some((n, addresses.get(n)?))
}

impl Visitor<'_> {
    /// Saves the document at an address, or the feed of the front page at the address, to a file.
    fn save(&self, address: &Address, file: &Path) -> Result<Saved, String> {
        let mut seen = self
            .open_new(&address.url, address.fallback.as_deref())
            .map_err(|failure| format!("cannot be fetched: {failure}"))?;
        let mut note = None;
        if let (Some(kind), Some(page)) = (seen.kind, &seen.page) {
            let at = seen.document.url.clone();
            let found = (kind == Kind::Front).then(|| self.feed_of(page, &at)).flatten();
            let Some(found) = found else { return Err(kind.in_words(&seen.asked, &at, page)) };
            note = Some(format!("is the front page of a site; reading its feed {}", found.url));
            seen.document = found.document;
        }
        if seen.page.is_none()
            && let Some(what) = page_kind::unread_type(&seen.document)
        {
            return Err(format!("is {what}, which is not read"));
        }
        write(&seen.document, file).map_err(|error| format!("cannot be kept: {error}"))?;
        let url = without_user_info(seen.document.url.as_str()).into_owned();
        Ok(Saved { path: file.to_owned(), url, note })
    }
}

fn write(document: &Document, file: &Path) -> std::io::Result<()> {
    std::fs::write(file, document.text_bytes())
}
