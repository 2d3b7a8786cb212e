//! Finds the feed at an address that the user wants to add or test.

use std::fmt;

use anyhow::{Context as _, Result};
use nutgraf::config::FetchSettings;
use nutgraf::read::glance;

use crate::cli::fetch::address::Address;
use crate::cli::fetch::client::Client;
use crate::cli::fetch::hosts::Hosts;
use crate::cli::fetch::visit::Visitor;

/// The feed that was found.
pub(crate) struct Subscription {
    /// The address of the feed, after permanent redirects.
    pub(crate) url: String,
    /// The address of the page whose feed was found, if the user's address is not that of a feed.
    pub(crate) page: Option<String>,
    /// Other feeds that the page declares.
    pub(crate) others: Vec<String>,
    /// The content of the feed.
    pub(crate) body: Vec<u8>,
}

/// The reason why no feed was found.
pub(crate) enum NoFeed {
    /// The address cannot be fetched.
    Unreachable(String),
    /// The document at the address is not a feed, and no feed of it was found.
    Without(String),
}

impl fmt::Display for NoFeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable(reason) | Self::Without(reason) => f.write_str(reason),
        }
    }
}

/// Finds the feed at an address: the document at the address, or the feed of the page at the address
/// ([`Visitor::feed_of`]).
pub(crate) fn find(
    address: &Address,
    settings: &FetchSettings,
) -> Result<Result<Subscription, NoFeed>> {
    let client = Client::new(settings).context("the table [fetch]")?;
    let hosts = Hosts::new(settings.delay_seconds);
    let visitor = Visitor { client: &client, hosts: &hosts, robots: None };
    let seen = *match visitor.open_new(&address.url, address.fallback.as_deref()) {
        Ok(seen) => seen,
        Err(failure) => {
            return Ok(Err(NoFeed::Unreachable(format!("cannot be fetched: {failure}"))));
        }
    };
    let body = seen.document.text_bytes().to_vec();
    if glance::is_feed(&body) {
        let url = seen.document.moved_to.unwrap_or_else(|| seen.asked.into());
        return Ok(Ok(Subscription { url, page: None, others: Vec::new(), body }));
    }
    let Some(page) = &seen.page else {
        return Ok(Err(NoFeed::Without("is neither a feed nor a web page".to_owned())));
    };
    let at = &seen.document.url;
    if let Some(found) = visitor.feed_of(page, at) {
        let body = found.document.text_bytes().to_vec();
        let (url, others) = (found.url, found.others);
        return Ok(Ok(Subscription { url, page: Some(at.to_string()), others, body }));
    }
    let reason = match seen.kind {
        Some(kind) => kind.in_words(&seen.asked, at, page),
        None => {
            "is a page, and no feed of it was found; look for a link called RSS or Feed on the site"
                .to_owned()
        }
    };
    Ok(Err(NoFeed::Without(reason)))
}
