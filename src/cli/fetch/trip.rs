//! A trip: a request with its redirects, their cookies, the rules that may forbid a step, and the cost.
//!
//! A redirect is a step like the first request: the robots.txt of its server is respected, and a step to a site other
//! than the feed's counts towards the feed's budget for other sites. A step within one site that changes neither path
//! nor query (`http` to `https`, `post.example` to `www.post.example`) is free.

use std::time::Duration;

use url::Url;

use crate::cli::fetch::client::{Client, Failure};
use crate::cli::fetch::cookies::Cookies;
use crate::cli::fetch::hosts::Hosts;
use crate::cli::fetch::identity;
use crate::cli::fetch::robots::{Cache, Verdict};

/// The state of one trip.
#[derive(Debug, Default)]
pub(super) struct Trip<'t> {
    pub(super) cookies: Cookies,
    /// The robots rules; `None` if they are switched off, or for a feed.
    pub(super) robots: Option<&'t Cache>,
    /// The budget for other sites; `None` if every site is allowed.
    pub(super) foreign: Option<Foreign<'t>>,
    /// The maximum number of bytes of an answer that are read; `None` for the whole answer.
    pub(super) head: Option<u64>,
    pub(super) spent: Spent,
}

/// The budget of a feed for requests to other sites that redirects lead to.
#[derive(Debug)]
pub(super) struct Foreign<'t> {
    /// The address of the feed.
    pub(super) home: &'t str,
    /// The number of requests left.
    pub(super) left: usize,
}

/// The cost of a trip.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spent {
    /// The number of bytes received, after decompression and including robots.txt.
    pub(super) bytes: u64,
    /// The time that servers took to answer, without the pauses between requests.
    pub(super) waited: Duration,
    /// The number of redirects to other sites.
    pub(super) foreign: usize,
}

impl Spent {
    pub(super) fn add(&mut self, other: Self) {
        self.bytes += other.bytes;
        self.waited += other.waited;
        self.foreign += other.foreign;
    }
}

impl<'t> Trip<'t> {
    /// Creates a trip that respects the given robots rules, if any.
    pub(super) fn heeding(robots: Option<&'t Cache>) -> Self {
        Self { robots, ..Self::default() }
    }

    /// Rejects a step that robots.txt or the budget for other sites forbids; `from` is `None` for the first step.
    pub(super) fn step(
        &mut self,
        from: Option<&Url>,
        to: &Url,
        client: &Client,
        hosts: &Hosts,
    ) -> Result<(), Failure> {
        if let (Some(from), Some(foreign)) = (from, &self.foreign) {
            let is_new = from.path() != to.path()
                || from.query() != to.query()
                || !identity::same_site(from.as_str(), to.as_str());
            if is_new && !identity::same_site(foreign.home, to.as_str()) {
                if foreign.left <= self.spent.foreign {
                    return Err(Failure::new(format!(
                        "leads to another site, {to}, and too many pages of this feed do (max_foreign_pages in [fetch])"
                    )));
                }
                self.spent.foreign += 1;
            }
        }
        let Some(robots) = self.robots else { return Ok(()) };
        match robots.allows(to.as_str(), client, hosts, &mut self.spent) {
            Verdict::Allowed => Ok(()),
            Verdict::Forbidden => Err(Failure::forbidden(from.map(|_| to))),
            // No server answers, so the page would fail in the same way.
            Verdict::Unknown(failure) if failure.status.is_none() => Err(failure),
            Verdict::Unknown(failure) => Err(failure.about("its robots.txt cannot be read")),
        }
    }
}
