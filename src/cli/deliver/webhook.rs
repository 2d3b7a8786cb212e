//! Sends pages and messages to webhooks and chats, each with one `POST` request.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use nutgraf::render::Chat;
use serde_json::json;
use url::Url;

use crate::cli::deliver::Failure;
use crate::cli::deliver::secret::Secrets;
use crate::cli::fetch::post::{Letter, Poster};
use crate::cli::settings::Loaded;

/// Discord's message flag that turns off link previews.
const SUPPRESS_EMBEDS: u32 = 4;

/// A web address that receives briefings.
pub(super) struct Webhook {
    poster: Poster,
    url: Url,
    headers: Vec<(String, String)>,
    /// The id of the Telegram chat.
    room: Option<String>,
}

/// The configuration keys of an output that concern the webhook.
pub(super) struct WebhookSettings<'a> {
    pub(super) post: &'a str,
    pub(super) headers: Vec<(&'a str, &'a str)>,
    pub(super) room: Option<&'a str>,
    pub(super) chat: Option<Chat>,
}

impl Webhook {
    pub(super) fn new(
        settings: &WebhookSettings<'_>,
        secrets: &mut Secrets,
        timeout: Duration,
        loaded: &Loaded,
    ) -> Result<Self> {
        let address = secrets.fill("post", settings.post)?;
        let url = Url::parse(&address).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
        let url = url.context(
            "post: not a web address; write https://…, or $NAME for a variable that contains one",
        )?;
        secrets.add_address(&address, &url);
        let mut headers = Vec::new();
        for (name, value) in &settings.headers {
            let value = secrets.fill("headers", value)?;
            check_header(name, &value)?;
            // A content type is not a secret, and an error message may have to name it.
            if !name.eq_ignore_ascii_case("content-type") {
                secrets.add_words(&value);
            }
            headers.push(((*name).to_owned(), value));
        }
        let room = settings.room.map(|room| secrets.fill("chat", room)).transpose()?;
        if room.is_some() && settings.chat != Some(Chat::Telegram) {
            bail!("chat works only with format = \"telegram\"");
        }
        let poster =
            Poster::new(&loaded.config.settings.fetch, timeout).context("the table [fetch]")?;
        poster.check(&url).map_err(|refusal| anyhow::anyhow!("post: {refusal}"))?;
        Ok(Self { poster, url, headers, room })
    }

    /// Sends a rendered page.
    pub(super) fn send_page(
        &self,
        content_type: &str,
        page: &[u8],
        key: &str,
    ) -> Result<(), Failure> {
        self.send(content_type, &[], page, key)
    }

    /// Sends a message to a chat.
    pub(super) fn send_message(
        &self,
        chat: Chat,
        text: &str,
        title: &str,
        key: &str,
    ) -> Result<(), Failure> {
        if chat == Chat::Ntfy {
            let title = ("X-Title".to_owned(), encoded_word(title));
            return self.send("text/plain; charset=utf-8", &[title], text.as_bytes(), key);
        }
        self.send("application/json", &[], body(chat, text, self.room.as_deref()).as_bytes(), key)
    }

    fn send(
        &self,
        content_type: &str,
        more: &[(String, String)],
        body: &[u8],
        key: &str,
    ) -> Result<(), Failure> {
        let headers: Vec<_> = more.iter().chain(&self.headers).cloned().collect();
        let letter = Letter { url: &self.url, content_type, headers: &headers, key, body };
        self.poster.post(&letter).map_err(|refusal| Failure {
            message: refusal.message,
            is_passing: refusal.is_passing,
            retry_after: refusal.retry_after,
        })
    }
}

/// Returns the request body for a chat message.
pub(super) fn body(chat: Chat, text: &str, room: Option<&str>) -> String {
    let body = match chat {
        // Markup is turned off, because Slack has no way to escape it.
        Chat::Slack => {
            json!({"text": text, "mrkdwn": false, "unfurl_links": false, "unfurl_media": false})
        }
        Chat::Discord => {
            json!({"content": text, "allowed_mentions": {"parse": []}, "flags": SUPPRESS_EMBEDS})
        }
        // The chat id can also be given in the address instead: `sendMessage?chat_id=…`.
        Chat::Telegram => {
            let mut body = json!({
                "text": text, "parse_mode": "HTML", "link_preview_options": {"is_disabled": true},
            });
            if let Some(room) = room {
                body["chat_id"] = json!(room);
            }
            body
        }
        Chat::Ntfy => return text.to_owned(),
    };
    body.to_string()
}

fn check_header(name: &str, value: &str) -> Result<()> {
    let is_name = !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b));
    if !is_name {
        bail!("headers: {name:?} is not a valid name of a header field");
    }
    if value.bytes().any(|b| b.is_ascii_control()) {
        bail!("headers: the value of {name} contains a line break or another control character");
    }
    Ok(())
}

/// Encodes a text for a header field: unchanged if it is plain, otherwise as an encoded word (K. Moore, RFC 2047,
/// 1996), which ntfy decodes.
fn encoded_word(text: &str) -> String {
    if text.bytes().all(|b| (b' '..0x7f).contains(&b)) && !text.contains("=?") {
        return text.to_owned();
    }
    let code = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("={byte:02X}"),
    };
    format!("=?UTF-8?Q?{}?=", text.bytes().map(code).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{check_header, encoded_word};

    #[test]
    fn a_header_field_has_one_line() {
        assert!(check_header("Authorization", "Bearer x").is_ok());
        for (name, value) in [("A\r\nB", "x"), ("", "x"), ("A b", "x"), ("A", "x\r\nB: y")] {
            assert!(check_header(name, value).is_err(), "{name:?}");
        }
        assert_eq!(encoded_word("Briefing"), "Briefing");
        assert_eq!(encoded_word("Ä\n"), "=?UTF-8?Q?=C3=84=0A?=");
    }
}
