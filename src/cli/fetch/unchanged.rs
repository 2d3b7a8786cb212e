//! Entries of a feed that are as they were the last time, so that their pages need not be fetched again.
//!
//! A feed lists an entry for days, and changes with every new one. An entry is unchanged if all that the feed says about
//! it, its time of update included, is what it said in its last answer.
//!
//! Known limit: a correction that the outlet makes without touching the entry of its feed is not seen.

use std::collections::BTreeSet;

use anyhow::Result;
use nutgraf::archive::Archive;
use nutgraf::article::Article;
use nutgraf::read::feed;

/// The addresses of the entries that are as they were.
#[derive(Debug, Default)]
pub(super) struct Unchanged {
    addresses: BTreeSet<String>,
}

impl Unchanged {
    /// Compares a feed with its last answer.
    pub(super) fn since(before: Option<&[u8]>, now: &[u8]) -> Self {
        let Some(before) = before else { return Self::default() };
        let known = feed::marks(before);
        let same = feed::marks(now).into_iter().filter(|(url, mark)| known.get(url) == Some(mark));
        Self { addresses: same.map(|(url, _)| url).collect() }
    }

    /// Returns whether an article is in the archive with the page that was fetched for an entry like this one.
    pub(super) fn needs_no_page(&self, article: &Article, archive: &Archive) -> Result<bool> {
        let Some(url) = article.url.as_deref().filter(|url| self.addresses.contains(*url)) else {
            return Ok(false);
        };
        // A page has a state only if it was fetched.
        let was_fetched = archive.feed_state(url)?.is_some();
        Ok(was_fetched && archive.get(article.id.as_str())?.is_some())
    }
}
