//! A trip is a request and its redirects, together with their cookies, the rules that may forbid a step, and the cost.
//!
//! Each redirect is a step, as the first request is: the robots.txt of its server is respected, and a redirect to a
//! site other than the feed's counts toward the feed's budget for other sites. A redirect within one site that changes
//! neither path nor query (`http` to `https`, `post.example` to `www.post.example`) is free.

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
    /// The robots rules; `None` if they are switched off or a feed is requested.
    pub(super) robots: Option<&'t Cache>,
    /// The budget for other sites; `None` if every site is allowed.
    pub(super) foreign: Option<Foreign<'t>>,
    /// The maximum number of bytes of a response that are read; `None` for the whole response.
    pub(super) head: Option<u64>,
    pub(super) spent: Spent,
}

/// The budget of a feed for redirects to other sites.
#[derive(Debug)]
pub(super) struct Foreign<'t> {
    /// The address of the feed.
    pub(super) home: &'t str,
    /// The number of redirects to other sites that were left when the trip began.
    pub(super) left: usize,
}

/// The cost of a trip.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Spent {
    /// The number of bytes received, after decompression and including robots.txt.
    pub(super) bytes: u64,
    /// The time spent waiting for servers, without the pauses between requests.
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

    /// Rejects a step that robots.txt or the budget for other sites forbids, or whose robots.txt cannot be fetched;
    /// `from` is `None` for the first step.
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
            // No server answered, so requesting the page would fail in the same way.
            Verdict::Unknown(failure) if failure.status.is_none() => Err(failure),
            Verdict::Unknown(failure) => Err(failure.about("its robots.txt cannot be read")),
        }
    }
}
