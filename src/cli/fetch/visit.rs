//! Visits an address: fetches its document, and finds the feed of a page.
//!
//! The feed of a page is one that the page's head declares (RSS Advisory Board, *RSS Autodiscovery*, 2006) or that the
//! page links to under a name typical of feeds. If a front page has neither, a few common addresses are tried.

use nutgraf::archive::FeedState;
use nutgraf::read::format::{self, Format};
use nutgraf::read::glance::{self, Glance};
use url::Url;

use crate::cli::fetch::client::{self, Answer, Client, Document, Failure};
use crate::cli::fetch::hosts::Hosts;
use crate::cli::fetch::page_kind::{self, Kind};
use crate::cli::fetch::robots::Cache;
use crate::cli::fetch::trip::Trip;

/// The maximum number of consecutive refresh redirects.
const MOST_REFRESHES: usize = 3;

/// The maximum number of feeds tried per page.
const MOST_TRIED: usize = 6;

/// Common paths of feeds.
const USUAL: [&str; 5] = ["/feed", "/rss.xml", "/feed.xml", "/rss", "/atom.xml"];

/// Requests addresses and inspects the documents found there.
#[derive(Clone, Copy)]
pub(super) struct Visitor<'v> {
    pub(super) client: &'v Client,
    pub(super) hosts: &'v Hosts,
    /// The robots rules; `None` if they are switched off or a feed is requested.
    pub(super) robots: Option<&'v Cache>,
}

/// The result of a visit.
pub(super) enum Visit {
    /// The document has not changed. Contains the target of permanent redirects, if any.
    NotModified(Option<String>),
    /// The server sent a document.
    Seen(Box<Seen>),
}

/// The document at an address.
pub(super) struct Seen {
    /// The requested address.
    pub(super) asked: Url,
    pub(super) document: Document,
    /// A quick summary of the page; `None` if the document is not a web page.
    pub(super) page: Option<Glance>,
    /// The kind of the page, if it is not an article.
    pub(super) kind: Option<Kind>,
}

/// The feed of a page.
pub(super) struct FoundFeed {
    pub(super) url: String,
    pub(super) document: Document,
    /// Other feeds that the page declares.
    pub(super) others: Vec<String>,
}

impl Visitor<'_> {
    /// Visits an address. If no server answers and the request did not time out, visits the fallback address, which has
    /// no encryption.
    pub(super) fn open(
        &self,
        address: &str,
        fallback: Option<&str>,
        known: &FeedState,
    ) -> Result<Visit, Failure> {
        let visit = |address| self.visit(address, known, &mut Trip::heeding(self.robots));
        match (visit(address), fallback) {
            (Err(failure), Some(fallback)) if failure.may_be_of_encryption() => {
                // If both fail, show the reason for the first failure, unless a server answered the second request.
                visit(fallback)
                    .map_err(|second| if second.status.is_some() { second } else { failure })
            }
            (visit, _) => visit,
        }
    }

    /// Visits an address unconditionally.
    pub(super) fn open_new(
        &self,
        address: &str,
        fallback: Option<&str>,
    ) -> Result<Box<Seen>, Failure> {
        match self.open(address, fallback, &FeedState::default())? {
            Visit::Seen(seen) => Ok(seen),
            Visit::NotModified(_) => {
                Err(Failure::new("status 304 to a request without conditions"))
            }
        }
    }

    /// Requests an address, and follows the refresh redirects of pages with little text.
    pub(super) fn visit(
        &self,
        address: &str,
        known: &FeedState,
        trip: &mut Trip<'_>,
    ) -> Result<Visit, Failure> {
        let asked = client::web_address(address)?;
        let mut document = match self.client.get_on(address, known, self.hosts, trip)? {
            Answer::Fresh(document) => document,
            Answer::NotModified(moved_to) => return Ok(Visit::NotModified(moved_to)),
        };
        let mut page = look(&document);
        for n in 0.. {
            let Some(target) = page.as_ref().and_then(refreshes_to) else { break };
            let is_again = target == document.url.as_str() && trip.cookies.is_empty();
            if is_again || n == MOST_REFRESHES {
                return Err(Failure::after_answer(format!(
                    "the page has no text and reloads itself again and again ({})",
                    document.url
                )));
            }
            trip.step(Some(&document.url), &client::web_address(target)?, self.client, self.hosts)?;
            let answer = self.client.get_on(target, &FeedState::default(), self.hosts, trip)?;
            let Answer::Fresh(next) = answer else { break };
            // The validators and permanent redirects of the refresh target do not apply to the requested address.
            document = Document { etag: None, last_modified: None, moved_to: None, ..next };
            page = look(&document);
        }
        let kind = page.as_ref().and_then(|page| Kind::from_page(&asked, &document.url, page));
        Ok(Visit::Seen(Box::new(Seen { asked, document, page, kind })))
    }

    /// Finds the feed of a page.
    pub(super) fn feed_of(&self, page: &Glance, at: &Url) -> Option<FoundFeed> {
        let mut candidates: Vec<String> = page.feeds.iter().map(|f| f.url.clone()).collect();
        if candidates.is_empty() && page_kind::is_root(at) {
            candidates.extend(USUAL.iter().filter_map(|path| Some(at.join(path).ok()?.into())));
        }
        let declared = page.feeds.iter().filter(|f| f.declared).map(|f| &f.url);
        let mut others: Vec<String> = declared.cloned().collect();
        for url in candidates.into_iter().take(MOST_TRIED) {
            let answer = self.client.get(&url, &FeedState::default(), self.hosts);
            if let Ok(Answer::Fresh(document)) = answer
                && glance::is_feed(&document.text_bytes())
            {
                others.retain(|other| *other != url);
                return Some(FoundFeed { url, document, others });
            }
        }
        None
    }
}

/// Returns the refresh target of a page that has little text and is not an article.
fn refreshes_to(page: &Glance) -> Option<&str> {
    page.refresh.as_deref().filter(|_| page_kind::has_little_text(page) && !page.is_article)
}

/// Inspects a web page; returns `None` for a feed, a text or any other document.
pub(super) fn look(document: &Document) -> Option<Glance> {
    let bytes = document.text_bytes();
    let label = document.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let is_labelled = label.starts_with("text/html") || label.starts_with("application/xhtml");
    // Trust neither the label nor the content alone: feeds are often labeled as pages, and the first bytes of a page
    // may not identify it.
    let is_page = is_labelled || format::detect(document.url.path(), &bytes) == Format::Html;
    (is_page && !glance::is_feed(&bytes)).then(|| glance::glance(&bytes, &document.url))
}
