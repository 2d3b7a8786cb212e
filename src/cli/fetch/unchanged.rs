//! Finds the unchanged entries of a feed. Their pages need not be fetched again.
//!
//! A feed usually lists an entry for days, and the feed changes with every new entry. An entry is unchanged if
//! everything that the feed says about it, including its update time, is the same as in the last response.
//!
//! Known limit: if an outlet corrects a page without changing the entry in its feed, the correction is missed.

use std::collections::BTreeSet;

use anyhow::Result;
use nutgraf::archive::Archive;
use nutgraf::article::Article;
use nutgraf::read::feed;

/// The addresses of the unchanged entries.
#[derive(Debug, Default)]
pub(super) struct Unchanged {
    addresses: BTreeSet<String>,
}

impl Unchanged {
    /// Compares the current response of a feed with the previous one.
    pub(super) fn since(before: Option<&[u8]>, now: &[u8]) -> Self {
        let Some(before) = before else { return Self::default() };
        let known = feed::marks(before);
        let same = feed::marks(now).into_iter().filter(|(url, mark)| known.get(url) == Some(mark));
        Self { addresses: same.map(|(url, _)| url).collect() }
    }

    /// Returns whether the entry of an article is unchanged and the archive contains the article with the text of its
    /// page.
    pub(super) fn needs_no_page(&self, article: &Article, archive: &Archive) -> Result<bool> {
        let Some(url) = article.url.as_deref().filter(|url| self.addresses.contains(*url)) else {
            return Ok(false);
        };
        // A page has a fetch state only if it was fetched.
        let was_fetched = archive.feed_state(url)?.is_some();
        Ok(was_fetched && archive.get(article.id.as_str())?.is_some())
    }
}
