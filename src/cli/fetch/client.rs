//! The HTTP client: sends conditional requests, follows redirects, and enforces size and time limits and a run's
//! budgets for requests, bytes and time.

use std::borrow::Cow;
use std::fmt;
use std::io::Read as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Result;
use nutgraf::archive::FeedState;
use nutgraf::config::FetchSettings;
use ureq::http::header::{
    CONTENT_TYPE, COOKIE, ETAG, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
    LOCATION, RETRY_AFTER,
};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Proxy, http};
use url::Url;

use crate::cli::fetch::cookies::Cookies;
use crate::cli::fetch::guard::{self, PublicOnly};
use crate::cli::fetch::hosts::Hosts;
use crate::cli::fetch::trip::Trip;

/// The maximum number of consecutive redirects.
const MAX_REDIRECTS: usize = 8;

/// Sends requests to servers.
#[derive(Debug)]
pub(super) struct Client {
    agent: Agent,
    allow_private: bool,
    max_bytes: u64,
    /// The time limit for one request.
    timeout: Duration,
    /// The end of the run; no request continues after it.
    deadline: Instant,
    /// The maximum number of requests in the run.
    max_requests: u64,
    /// The number of requests sent so far.
    requests: AtomicU64,
    /// The maximum number of bytes received in the run.
    max_run_bytes: u64,
    /// The number of bytes received so far.
    bytes: AtomicU64,
    /// The user agent sent with requests; its name also selects the rules in robots.txt.
    pub(super) user_agent: String,
}

/// A server's response.
#[derive(Debug)]
pub(super) enum Answer {
    /// The document has not changed. Contains the target of permanent redirects, if any.
    NotModified(Option<String>),
    /// The server sent the document.
    Fresh(Document),
}

/// A document, with the headers that are needed for the next conditional request.
#[derive(Debug)]
pub(super) struct Document {
    /// The address of the document, after all redirects.
    pub(super) url: Url,
    pub(super) body: Vec<u8>,
    pub(super) etag: Option<String>,
    pub(super) last_modified: Option<String>,
    pub(super) content_type: Option<String>,
    /// The target of permanent redirects, if any.
    pub(super) moved_to: Option<String>,
}

/// Why a request failed.
#[derive(Clone, Debug)]
pub(super) struct Failure {
    message: String,
    /// The HTTP status, if the server sent one.
    pub(super) status: Option<u16>,
    /// The delay in seconds that the server asks for in `Retry-After`.
    pub(super) retry_after: Option<i64>,
    /// Whether the server did not answer in time.
    pub(super) is_time_out: bool,
    /// Whether robots.txt forbids the request.
    pub(super) is_forbidden: bool,
    /// Whether a server answered although `status` is `None`.
    has_answered: bool,
}

impl Failure {
    pub(super) fn new(message: impl Into<String>) -> Self {
        let (status, retry_after, is_time_out) = (None, None, false);
        let (is_forbidden, has_answered) = (false, false);
        Self {
            message: message.into(),
            status,
            retry_after,
            is_time_out,
            is_forbidden,
            has_answered,
        }
    }

    /// Returns the failure for an unusable response.
    pub(super) fn after_answer(message: impl Into<String>) -> Self {
        Self { has_answered: true, ..Self::new(message) }
    }

    /// Returns the failure for a request that robots.txt forbids; if a redirect led to the forbidden address, `led_to`
    /// is that address.
    pub(super) fn forbidden(led_to: Option<&Url>) -> Self {
        const REMEDY: &str =
            "robots.txt forbids it (robots = false in [fetch] fetches it all the same)";
        let message = match led_to {
            Some(url) => format!("leads to {url}, and {REMEDY}"),
            None => REMEDY.to_owned(),
        };
        Self { is_forbidden: true, ..Self::new(message) }
    }

    /// Returns whether a server answered, even if only with a refusal.
    pub(super) const fn has_answered(&self) -> bool {
        self.status.is_some() || self.has_answered || self.is_forbidden
    }

    /// Returns whether the same request may succeed without encryption, because no server answered and the request did
    /// not time out.
    pub(super) fn may_be_of_encryption(&self) -> bool {
        !self.has_answered() && !self.is_time_out
    }

    /// Puts the subject of the failure before its message.
    pub(super) fn about(mut self, what: &str) -> Self {
        self.message = format!("{what}: {}", self.message);
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Client {
    pub(super) fn new(settings: &FetchSettings) -> Result<Self> {
        let timeout = Duration::from_secs_f64(settings.timeout_seconds.clamp(0.1, 3600.0));
        let (agent, user_agent) = agent(settings, timeout)?;
        Ok(Self {
            agent,
            allow_private: settings.allow_private,
            max_bytes: settings.max_bytes,
            timeout,
            deadline: after(settings.max_seconds),
            max_requests: settings.max_requests as u64,
            requests: AtomicU64::new(0),
            max_run_bytes: settings.max_run_bytes.0,
            bytes: AtomicU64::new(0),
            user_agent,
        })
    }

    /// Returns a message if a budget of the run is exhausted.
    pub(super) fn spent(&self) -> Option<String> {
        if self.left().is_zero() {
            return Some("the time was up (max_seconds in [fetch])".to_owned());
        }
        if self.max_requests <= self.requests.load(Ordering::Relaxed) {
            let limit = self.max_requests;
            return Some(format!(
                "more than {limit} requests in one run (max_requests in [fetch])"
            ));
        }
        let limit = self.max_run_bytes;
        (limit <= self.bytes.load(Ordering::Relaxed))
            .then(|| format!("more than {limit} bytes in one run (max_run_bytes in [fetch])"))
    }

    fn left(&self) -> Duration {
        self.deadline.saturating_duration_since(now())
    }

    /// Rejects an address that is not a web address or, unless `allow_private` is set, looks private.
    pub(super) fn check(&self, address: &str) -> Result<(), Failure> {
        self.admit(&web_address(address)?)
    }

    /// Requests an address conditionally, using the validators in its fetch state, and follows redirects.
    pub(super) fn get(
        &self,
        address: &str,
        known: &FeedState,
        hosts: &Hosts,
    ) -> Result<Answer, Failure> {
        self.get_on(address, known, hosts, &mut Trip::default())
    }

    /// Requests an address as [`Client::get`] does, but with the cookies and rules of a trip, and adds the cost to the
    /// trip.
    pub(super) fn get_on(
        &self,
        address: &str,
        known: &FeedState,
        hosts: &Hosts,
        trip: &mut Trip<'_>,
    ) -> Result<Answer, Failure> {
        let mut url = web_address(address)?;
        let asked = url.origin();
        let mut from: Option<Url> = None;
        let mut moved_to = None;
        let mut all_permanent = true;
        for _ in 0..=MAX_REDIRECTS {
            self.admit(&url)?;
            trip.step(from.as_ref(), &url, self, hosts)?;
            if !hosts.wait(url.host_str().unwrap_or_default(), self.deadline) {
                return Err(Failure::new("the time was up (max_seconds in [fetch])"));
            }
            if let Some(why) = self.spent() {
                return Err(Failure::new(why));
            }
            // Validators from one server must not be sent to another.
            let known = Some(known).filter(|_| url.origin() == asked);
            let start = now();
            let response = self.request(&url, known, &trip.cookies);
            trip.spent.waited += start.elapsed();
            let response = response?;
            trip.cookies.take(&url, response.headers());
            let status = response.status().as_u16();
            match status {
                200..=299 => {
                    // Validators are kept only if the next request will go to the server that sent them.
                    let keeps = url.origin() == asked || moved_to.as_deref() == Some(url.as_str());
                    return self
                        .document(response, url, (moved_to, keeps), trip)
                        .map(Answer::Fresh);
                }
                304 => return Ok(Answer::NotModified(moved_to)),
                301 | 302 | 303 | 307 | 308 => {
                    let target = header(&response, &LOCATION).ok_or_else(|| {
                        Failure::after_answer(format!("status {status} without a target"))
                    })?;
                    let target = redirected(&url, &target)?;
                    from = Some(std::mem::replace(&mut url, target));
                    all_permanent &= matches!(status, 301 | 308);
                    if all_permanent {
                        moved_to = Some(url.to_string());
                    }
                }
                _ => return Err(refusal(status, header(&response, &RETRY_AFTER).as_deref())),
            }
        }
        Err(Failure::after_answer(format!(
            "more than {MAX_REDIRECTS} redirects, the last to {url}"
        )))
    }

    fn request(
        &self,
        url: &Url,
        known: Option<&FeedState>,
        cookies: &Cookies,
    ) -> Result<http::Response<Body>, Failure> {
        self.requests.fetch_add(1, Ordering::Relaxed);
        let left = self.left().max(Duration::from_millis(1));
        let timeout = Some(self.timeout.min(left));
        let mut request = self.agent.get(url.as_str()).config().timeout_global(timeout).build();
        if let Some(etag) = known.and_then(|k| k.etag.as_ref()) {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = known.and_then(|k| k.last_modified.as_ref()) {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        if let Some(cookies) = cookies.header(url) {
            request = request.header(COOKIE, cookies);
        }
        request.call().map_err(|error| Failure {
            is_time_out: matches!(error, ureq::Error::Timeout(_)),
            ..Failure::new(in_words(&error))
        })
    }

    /// Rejects addresses that look private, unless `allow_private` is set. The resolver also checks the addresses that
    /// a name resolves to. Behind a proxy, which resolves names itself, this check is the only one.
    fn admit(&self, url: &Url) -> Result<(), Failure> {
        if self.allow_private || !guard::looks_private(url) {
            return Ok(());
        }
        Err(Failure::new(guard::refused(url.host_str().unwrap_or("the host"))))
    }

    fn document(
        &self,
        response: http::Response<Body>,
        url: Url,
        (moved_to, keeps): (Option<String>, bool),
        trip: &mut Trip<'_>,
    ) -> Result<Document, Failure> {
        let mut document = Document {
            url,
            etag: header(&response, &ETAG).filter(|_| keeps),
            last_modified: header(&response, &LAST_MODIFIED).filter(|_| keeps),
            content_type: header(&response, &CONTENT_TYPE),
            moved_to,
            body: Vec::new(),
        };
        // Read one byte more than the limit, to distinguish a body that is too large from one that just fits.
        let most = trip.head.unwrap_or(self.max_bytes.saturating_add(1));
        let start = now();
        let mut reader = response.into_body().into_reader().take(most);
        let read = reader.read_to_end(&mut document.body);
        let bytes = document.body.len() as u64;
        trip.spent.waited += start.elapsed();
        trip.spent.bytes += bytes;
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
        if let Err(error) = read {
            let is_time_out = error.kind() == std::io::ErrorKind::TimedOut;
            let cause = if is_time_out { TIME_OUT.to_owned() } else { error.to_string() };
            let message = format!("the answer broke off: {cause}");
            return Err(Failure { is_time_out, ..Failure::after_answer(message) });
        }
        if trip.head.is_none() && bytes > self.max_bytes {
            let message = format!("more than {} bytes (max_bytes in [fetch])", self.max_bytes);
            return Err(Failure::after_answer(message));
        }
        Ok(document)
    }
}

impl Document {
    /// Returns the body. If the server declares a charset other than UTF-8 and the body is valid in that charset, the
    /// body is converted to UTF-8 with a byte order mark, which overrides a wrong charset declaration inside the
    /// document.
    pub(super) fn text_bytes(&self) -> Cow<'_, [u8]> {
        let label = self.content_type.as_deref().and_then(|t| {
            t.split(';').find_map(|part| {
                part.trim().to_ascii_lowercase().strip_prefix("charset=").map(str::to_owned)
            })
        });
        let encoding =
            label.and_then(|l| encoding_rs::Encoding::for_label(l.trim_matches('"').as_bytes()));
        match encoding {
            Some(encoding) if encoding != encoding_rs::UTF_8 => {
                let (text, used, broken) = encoding.decode(&self.body);
                if broken || used != encoding {
                    return Cow::Borrowed(&self.body);
                }
                Cow::Owned([&b"\xEF\xBB\xBF"[..], text.as_bytes()].concat())
            }
            _ => Cow::Borrowed(&self.body),
        }
    }
}

/// Creates an agent that connects only to public addresses and the proxy, unless `allow_private` is set, and returns it
/// with its user agent string.
pub(super) fn agent(settings: &FetchSettings, timeout: Duration) -> Result<(Agent, String)> {
    let user_agent = settings.user_agent.clone().unwrap_or_else(|| {
        concat!("nutgraf/", env!("CARGO_PKG_VERSION"), " (news briefing; one reader)").to_owned()
    });
    let mut config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(timeout))
        .user_agent(user_agent.clone())
        .accept("*/*");
    if let Some(proxy) = &settings.proxy {
        config = config.proxy(Some(Proxy::new(proxy)?));
    }
    let resolver = PublicOnly::new(settings.allow_private);
    let agent = Agent::with_parts(config.build(), DefaultConnector::default(), resolver);
    Ok((agent, user_agent))
}

#[expect(clippy::disallowed_methods, reason = "budgets of a run are measured in real time")]
fn now() -> Instant {
    Instant::now()
}

/// Returns the time that is `seconds` seconds from now, but at most one hour from now.
fn after(seconds: f64) -> Instant {
    const HOUR: f64 = 3600.0;
    now() + Duration::from_secs_f64(seconds.clamp(0.0, HOUR))
}

/// Returns an error if the argument is not a web address.
pub(crate) fn check_address(address: &str) -> Result<()> {
    web_address(address).map(drop).map_err(|failure| anyhow::anyhow!("{address}: {failure}"))
}

pub(super) fn web_address(address: &str) -> Result<Url, Failure> {
    let url = Url::parse(address).map_err(|e| Failure::new(format!("no address: {e}")))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Failure::new(format!(
            "{} is not fetched, only http and https are",
            url.scheme()
        )));
    }
    Ok(url)
}

/// Returns the target of a redirect. A failure counts as an answer, because a server sent the redirect.
fn redirected(from: &Url, target: &str) -> Result<Url, Failure> {
    let url = from
        .join(target)
        .map_err(|e| Failure::after_answer(format!("redirected to no address: {e}")))?;
    if from.scheme() == "https" && url.scheme() == "http" {
        let message = format!("redirected from https to {url}, which is not secure");
        return Err(Failure::after_answer(message));
    }
    web_address(url.as_str()).map_err(|failure| Failure { has_answered: true, ..failure })
}

pub(super) fn header(response: &http::Response<Body>, name: &HeaderName) -> Option<String> {
    Some(response.headers().get(name)?.to_str().ok()?.to_owned())
}

pub(super) fn refusal(status: u16, retry_after: Option<&str>) -> Failure {
    let reason = match status {
        401 | 403 => " (access refused)",
        404 => " (not found)",
        410 => " (gone for good: take it out of the configuration)",
        429 => " (too many requests)",
        500..=599 => " (server error)",
        _ => "",
    };
    Failure {
        status: Some(status),
        retry_after: retry_after.and_then(seconds),
        ..Failure::new(format!("status {status}{reason}"))
    }
}

/// Returns the delay, in seconds, that a `Retry-After` header requests; its value is a number of seconds or a date.
#[expect(clippy::disallowed_methods, reason = "a server's date is compared with the clock")]
fn seconds(retry_after: &str) -> Option<i64> {
    if let Ok(seconds) = retry_after.trim().parse::<i64>() {
        return Some(seconds.max(0));
    }
    let until = jiff::fmt::rfc2822::parse(retry_after.trim()).ok()?.timestamp().as_second();
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).ok()?.as_secs();
    Some((until - i64::try_from(now).ok()?).max(0))
}

/// The message for a request that timed out.
const TIME_OUT: &str = "no answer in time (timeout_seconds in [fetch])";

/// Returns a user-friendly message for a failed request.
pub(super) fn in_words(error: &ureq::Error) -> String {
    let written = error.to_string();
    match error {
        ureq::Error::Timeout(_) => TIME_OUT.to_owned(),
        ureq::Error::HostNotFound => "no such host".to_owned(),
        // The system's resolver does not return an error kind for an unknown name.
        ureq::Error::Io(_) if written.contains("failed to lookup address") => {
            "no such host, or no connection to the network".to_owned()
        }
        ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::TimedOut => {
            TIME_OUT.to_owned()
        }
        // A server without encryption answers with bytes that are not a TLS message.
        _ if written.contains("received corrupt message") => {
            format!("the server does not support https ({written})")
        }
        ureq::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, redirected, seconds, web_address};

    #[test]
    fn only_the_web_is_fetched_and_nothing_gets_less_secure() {
        assert!(web_address("file:///etc/passwd").is_err());
        assert!(web_address("nonsense").is_err());
        let from = web_address("https://a.example/x/feed").unwrap();
        assert_eq!(redirected(&from, "../y").unwrap().as_str(), "https://a.example/y");
        // The server answered, so the feed is not requested again without encryption.
        for target in ["http://a.example/y", "gopher://a.example/y", "https://"] {
            let failure = redirected(&from, target).unwrap_err();
            assert!(!failure.may_be_of_encryption(), "{target}");
        }
    }

    #[test]
    fn a_server_may_ask_to_be_left_alone_in_two_ways() {
        assert_eq!(seconds(" 120 "), Some(120));
        assert_eq!(seconds("Wed, 21 Oct 2015 07:28:00 GMT"), Some(0));
        assert_eq!(seconds("soon"), None);
    }

    #[test]
    fn the_charset_of_the_header_wins() {
        let document = |content_type: Option<&str>| Document {
            url: web_address("https://a.example/").unwrap(),
            body: b"caf\xE9".to_vec(),
            etag: None,
            last_modified: None,
            content_type: content_type.map(str::to_owned),
            moved_to: None,
        };
        let labelled = document(Some("text/html; charset=ISO-8859-1"));
        assert_eq!(&*labelled.text_bytes(), "\u{FEFF}café".as_bytes());
        assert_eq!(&*document(None).text_bytes(), b"caf\xE9");
    }
}
