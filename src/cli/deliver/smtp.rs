//! Sends the briefing as an email to a mail relay over SMTP.
//!
//! With `smtps://`, the connection is encrypted from the start. With `smtp://`, `STARTTLS` is required, except that the
//! connection to a relay on this machine is not encrypted. The sender and the recipients are set in `[mail]`.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use lettre::address::{Address, Envelope};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Tls, TlsParameters};
use lettre::{SmtpTransport, Transport as _};
use nutgraf::render;
use url::Url;

use crate::cli::deliver::Failure;

/// A connection to a relay, with the envelope of the email.
pub(super) struct Relay {
    transport: SmtpTransport,
    envelope: Envelope,
}

/// The configuration of a relay.
pub(super) struct RelayAddress<'a> {
    pub(super) url: &'a Url,
    pub(super) user: Option<String>,
    pub(super) password: Option<String>,
    pub(super) timeout: Duration,
}

impl Relay {
    pub(super) fn new(address: RelayAddress<'_>, options: &render::Options) -> Result<Self> {
        let host = address.url.host_str().context("smtp: the address has no host")?;
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        let parameters =
            || TlsParameters::new(host.to_owned()).context("smtp: cannot set up encryption");
        let (tls, port) = match address.url.scheme() {
            "smtps" => (Tls::Wrapper(parameters()?), 465),
            "smtp" if is_here => (Tls::None, 25),
            "smtp" => (Tls::Required(parameters()?), 587),
            other => bail!(
                "smtp: unsupported scheme {other:?}; write smtps://HOST:465 or smtp://HOST:587"
            ),
        };
        let mut builder = SmtpTransport::builder_dangerous(host)
            .port(address.url.port().unwrap_or(port))
            .tls(tls)
            .timeout(Some(address.timeout));
        match (address.user, address.password) {
            (Some(user), Some(password)) => {
                builder = builder.credentials(Credentials::new(user, password));
            }
            (None, None) => {}
            _ => bail!("smtp: set both user and password, or neither"),
        }
        let (from, to) = render::envelope(options)?;
        let read = |written: &String| -> Result<Address> {
            written.parse().with_context(|| format!("smtp: {written} is not an email address"))
        };
        let to = to.iter().map(read).collect::<Result<Vec<_>>>()?;
        let envelope = Envelope::new(Some(read(&from)?), to).context("smtp: the envelope")?;
        Ok(Self { transport: builder.build(), envelope })
    }

    /// Sends an email.
    pub(super) fn send(&self, mail: &str) -> Result<(), Failure> {
        let lines = mail.replace("\r\n", "\n").replace('\n', "\r\n");
        let sent = self.transport.send_raw(&self.envelope, lines.as_bytes());
        sent.map(drop).map_err(|error| Failure {
            message: format!("the relay: {}", with_causes(&error)),
            // After a timeout, the relay may already have the email; after a permanent rejection, another attempt would
            // fail too.
            is_passing: !error.is_permanent() && !error.is_timeout() && !error.is_client(),
            retry_after: None,
        })
    }
}

fn with_causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let more = error.to_string();
        if !text.contains(&more) {
            text.push_str(&format!(": {more}"));
        }
        cause = error.source();
    }
    text
}
