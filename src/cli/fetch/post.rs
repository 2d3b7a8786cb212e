//! Sends a document to a web address that the user configured. As in fetching, private addresses are rejected unless
//! the user allows them.
//!
//! A redirect is followed only if it keeps the method (307 and 308), does not lead to a private address, does not drop
//! encryption, and stays on the same server if the message has additional header fields. Any other redirect is a
//! failure; in particular, a `POST` that becomes a `GET` delivers nothing. The address of a webhook is a secret, so
//! error messages name only its host.

use std::fmt;
use std::io::Read as _;
use std::time::Duration;

use anyhow::Result;
use nutgraf::config::FetchSettings;
use ureq::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use ureq::{Agent, Body, http};
use url::Url;

use crate::cli::fetch::client::{self, Failure};
use crate::cli::fetch::guard;

/// The maximum number of consecutive redirects.
const MAX_REDIRECTS: usize = 3;

/// The maximum number of bytes of a response that are read to find the reason for a failure and the time to wait.
const MAX_ANSWER: u64 = 64 << 10;

/// Sends documents.
pub(crate) struct Poster {
    agent: Agent,
    allow_private: bool,
    timeout: Duration,
}

/// A document to send.
pub(crate) struct Letter<'a> {
    pub(crate) url: &'a Url,
    pub(crate) content_type: &'a str,
    /// Additional header fields, such as those that the user set; they are not sent to other servers.
    pub(crate) headers: &'a [(String, String)],
    /// The idempotency key, the same for every attempt.
    pub(crate) key: &'a str,
    pub(crate) body: &'a [u8],
}

/// Why a document was not delivered.
#[derive(Clone, Debug)]
pub(crate) struct Refusal {
    pub(crate) message: String,
    /// Whether another attempt can succeed in the same run.
    pub(crate) is_passing: bool,
    /// The delay before a retry, in seconds, that the server requests.
    pub(crate) retry_after: Option<f64>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Refusal {
    fn lasting(message: impl Into<String>) -> Self {
        Self { message: message.into(), is_passing: false, retry_after: None }
    }
}

impl Poster {
    pub(crate) fn new(settings: &FetchSettings, timeout: Duration) -> Result<Self> {
        let (agent, _) = client::agent(settings, timeout)?;
        Ok(Self { agent, allow_private: settings.allow_private, timeout })
    }

    /// Rejects private addresses, unless the user allows them.
    pub(crate) fn check(&self, url: &Url) -> Result<(), Refusal> {
        if self.allow_private || !guard::looks_private(url) {
            return Ok(());
        }
        Err(Refusal::lasting(guard::refused(url.host_str().unwrap_or("the host"))))
    }

    /// Sends a document and waits until the server confirms its receipt.
    pub(crate) fn post(&self, letter: &Letter<'_>) -> Result<(), Refusal> {
        let mut url = letter.url.clone();
        for _ in 0..=MAX_REDIRECTS {
            self.check(&url)?;
            let response = self.request(&url, letter)?;
            let status = response.status().as_u16();
            match status {
                200..=299 => return Ok(()),
                300..=399 => url = self.redirected(&url, &response, letter)?,
                _ => return Err(refusal(response)),
            }
        }
        Err(Refusal::lasting(format!("more than {MAX_REDIRECTS} redirects")))
    }

    /// Returns the target of a redirect, if the document may be sent to it.
    fn redirected(
        &self,
        from: &Url,
        response: &http::Response<Body>,
        letter: &Letter<'_>,
    ) -> Result<Url, Refusal> {
        let status = response.status().as_u16();
        let target = target(from, response)?;
        // Check for a private target first, so that the message gives this reason for every kind of redirect.
        self.check(&target).map_err(|refusal| Refusal {
            message: format!("status {status}, redirected: {refusal}"),
            ..refusal
        })?;
        follows(from, &target, status, letter)?;
        Ok(target)
    }

    fn request(&self, url: &Url, letter: &Letter<'_>) -> Result<http::Response<Body>, Refusal> {
        let mut request = self
            .agent
            .post(url.as_str())
            .config()
            .timeout_global(Some(self.timeout))
            .build()
            .header("Idempotency-Key", letter.key);
        if !letter.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("content-type")) {
            request = request.header(CONTENT_TYPE, letter.content_type);
        }
        for (name, value) in letter.headers {
            request = request.header(name, value);
        }
        request.send(letter.body).map_err(|error| match error {
            // The server may have received the message, in which case another attempt would send it twice.
            ureq::Error::Timeout(_) => {
                Refusal::lasting("no answer in time (timeout_seconds in [delivery])")
            }
            ureq::Error::BadUri(_) | ureq::Error::Http(_) => {
                Refusal::lasting("the address or a header field is malformed")
            }
            other => Refusal {
                is_passing: !is_refused_here(&other),
                ..Refusal::lasting(client::in_words(&other))
            },
        })
    }
}

/// Returns whether the guard rejected the address, in which case another attempt is useless.
fn is_refused_here(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Io(error) if error.kind() == std::io::ErrorKind::PermissionDenied)
}

fn target(from: &Url, response: &http::Response<Body>) -> Result<Url, Refusal> {
    let status = response.status().as_u16();
    let target = client::header(response, &LOCATION);
    let target = target.and_then(|target| from.join(&target).ok());
    let target = target.filter(|t| matches!(t.scheme(), "http" | "https"));
    target.ok_or_else(|| Refusal::lasting(format!("status {status} without a valid target")))
}

/// Returns an error if a redirect must not be followed.
fn follows(from: &Url, to: &Url, status: u16, letter: &Letter<'_>) -> Result<(), Refusal> {
    let host = to.host_str().unwrap_or_default();
    if !matches!(status, 307 | 308) {
        return Err(Refusal::lasting(format!(
            "status {status}, redirected to {host}; a message is not sent again there: write the new address"
        )));
    }
    if from.scheme() == "https" && to.scheme() == "http" {
        return Err(Refusal::lasting(format!("redirected from https to http at {host}")));
    }
    if from.origin() != to.origin() && !letter.headers.is_empty() {
        return Err(Refusal::lasting(format!(
            "redirected to {host}, which your header fields are not sent to: write the new address"
        )));
    }
    Ok(())
}

/// Returns the refusal for an error response, with the reason that the server gives.
fn refusal(response: http::Response<Body>) -> Refusal {
    let status = response.status().as_u16();
    let wait = client::header(&response, &RETRY_AFTER);
    let mut answer = Vec::new();
    response.into_body().into_reader().take(MAX_ANSWER).read_to_end(&mut answer).ok();
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let json: Option<serde_json::Value> = serde_json::from_str(&answer).ok();
    let Failure { retry_after, .. } = client::refusal(status, wait.as_deref());
    // Discord and Telegram also give the pause in the body, and Discord's is a fractional number of seconds.
    let in_body = json.as_ref().and_then(|json| {
        let wait = json.get("retry_after").or_else(|| json.pointer("/parameters/retry_after"));
        wait.and_then(serde_json::Value::as_f64).filter(|seconds| *seconds >= 0.0)
    });
    let reason = json.as_ref().and_then(|json| {
        let text = |key| json.get(key).and_then(serde_json::Value::as_str);
        text("description").or_else(|| text("message")).or_else(|| text("error"))
    });
    let reason = reason.map_or_else(
        // Slack answers with a single word. An answer that looks like HTML is ignored, because it does not give the
        // reason.
        || answer.lines().next().filter(|line| !line.contains('<')).unwrap_or_default().to_owned(),
        str::to_owned,
    );
    let reason: String = reason.trim().chars().take(200).collect();
    let reason = if reason.is_empty() { reason } else { format!(": {reason}") };
    Refusal {
        message: format!("{}{reason}", client::refusal(status, None)),
        is_passing: matches!(status, 408 | 425 | 429 | 500..=599),
        retry_after: retry_after.map(|seconds| seconds as f64).or(in_body),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use nutgraf::config::FetchSettings;
    use ureq::{Body, http};
    use url::Url;

    use super::{Letter, Poster, Refusal};

    fn redirected(status: u16, target: &str, allow_private: bool) -> Result<Url, Refusal> {
        let settings = FetchSettings { allow_private, ..FetchSettings::default() };
        let poster = Poster::new(&settings, Duration::from_secs(1)).unwrap();
        let from = Url::parse("https://hooks.example/T0K3N").unwrap();
        let letter = Letter { url: &from, content_type: "x/y", headers: &[], key: "k", body: b"" };
        let response = http::Response::builder()
            .status(status)
            .header("Location", target)
            .body(Body::builder().data(""))
            .unwrap();
        poster.redirected(&from, &response, &letter)
    }

    #[test]
    fn a_redirect_to_a_private_host_is_refused() {
        for target in [
            "https://127.0.0.1/x",
            "https://localhost:8080/x",
            "https://LOCALHOST./x",
            "https://printer.internal/",
            "https://10.0.0.1/",
            "https://192.168.1.1/admin",
            "https://172.16.0.9/",
            "https://169.254.169.254/latest/meta-data/",
            "https://0x7f.1/",
            "https://2130706433/",
            "https://[::1]/",
            "https://[fe80::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://[64:ff9b::7f00:1]/",
            "//127.0.0.1/x",
        ] {
            for status in [301, 302, 307, 308] {
                let refusal = redirected(status, target, false).unwrap_err();
                assert!(refusal.message.contains("private network"), "{target}: {refusal}");
                assert!(!refusal.is_passing && !refusal.message.contains("T0K3N"), "{refusal}");
            }
        }
        assert!(redirected(307, "https://127.0.0.1/x", true).is_ok());
        let public = redirected(308, "/new", false).unwrap();
        assert_eq!(public.as_str(), "https://hooks.example/new");
    }
}
