//! Renders a briefing as an email with a text part and an HTML part, byte-identical for the same briefing.
//!
//! The Message-ID and the boundary are hashes of the content, and the date is the date of the briefing. Line breaks are
//! removed from the texts of header fields, and a text that is not plain ASCII is encoded (RFC 2047), so that no text
//! can add a header field. Mail programs truncate a message at about 100 kB. If a message would be larger, its links
//! lead to pages instead of to the exact words; if that is not enough, it omits the last stories and says so.

use std::fmt::Write as _;

use mail_builder::MessageBuilder;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use mail_builder::mime::{BodyPart, MimePart};

use crate::briefing::Briefing;
use crate::render::engine::Chosen;
use crate::render::escape::readable;
use crate::render::view::{Links, View, uuid};
use crate::render::{Error, Format, Options, TemplateChoice};

/// The size in bytes at which mail programs truncate a message.
const LIMIT: usize = 100_000;

/// Renders the message, and shortens it if it is too large.
pub(in crate::render) fn message(briefing: &Briefing, options: &Options) -> Result<String, Error> {
    let mut mail = written(briefing, options, Links::ToWords)?;
    if mail.len() < LIMIT {
        return Ok(mail);
    }
    mail = written(briefing, options, Links::ToPages)?;
    let mut shorter = briefing.clone();
    while mail.len() >= LIMIT {
        let keep = shorter.stories.len() * LIMIT / (mail.len() + 1);
        if keep == 0 {
            return Err(Error::TooLarge { bytes: mail.len(), limit: LIMIT });
        }
        let keep = keep.min(shorter.stories.len() - 1);
        keep_stories(&mut shorter, keep);
        mail = written(&shorter, options, Links::ToPages)?;
    }
    Ok(mail)
}

/// Omits all stories after the first `keep` stories, and the articles that occur in none of the remaining stories. The
/// omitted stories and their articles are counted as left out.
fn keep_stories(briefing: &mut Briefing, keep: usize) {
    let gone = briefing.stories.split_off(keep);
    briefing.left_out.stories += gone.len();
    briefing.left_out.articles += gone.iter().map(|s| s.sources.len()).sum::<usize>();
    let stories = &briefing.stories;
    briefing.articles.retain(|a| {
        stories.iter().any(|s| s.sources.contains(&a.id) || s.headline.article == a.id)
    });
}

fn written(briefing: &Briefing, options: &Options, links: Links) -> Result<String, Error> {
    let own = Chosen::resolve(Format::Eml, &options.template)?;
    let html_view = View::new(briefing, options, own.usual_marks(), links)?;
    let html = own.run(&html_view)?;
    let plain = Chosen::resolve(Format::Text, &TemplateChoice::Usual)?;
    let text = plain.run(&html_view)?;
    let subject = options.mail.subject.as_deref().unwrap_or(&html_view.title);
    let subject = readable(subject).into_owned();
    let (from, to) = (sender(options)?, receivers(options)?);
    let id =
        uuid(&[&subject, &text, &html, &html_view.generated, &from.1, &options.mail.to.join(",")]);
    let id = id.trim_start_matches("urn:uuid:");
    let host = from.1.rsplit_once('@').map_or("localhost", |(_, host)| host).to_owned();
    let message = MessageBuilder::new()
        .message_id(format!("{id}@{host}"))
        .date(briefing.generated.timestamp().as_second())
        .from(mailbox(from))
        .to(Address::new_list(to.into_iter().map(mailbox).collect()))
        .header("Subject", unstructured(subject))
        .body(alternatives(id, text, html));
    let bytes = message.write_to_vec().unwrap_or_default();
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Returns the bare addresses of the sender and the recipients.
///
/// # Errors
///
/// Returns an error if the sender or the recipients are missing, or if an address is malformed.
pub fn envelope(options: &Options) -> Result<(String, Vec<String>), Error> {
    let (_, from) = sender(options)?;
    Ok((from, receivers(options)?.into_iter().map(|(_, at)| at).collect()))
}

type Mailbox = (Option<String>, String);

fn sender(options: &Options) -> Result<Mailbox, Error> {
    let missing = Error::MissingField { field: "From", flag: "--mail-from", key: "mail.from" };
    address("From", options.mail.from.as_deref().ok_or(missing)?)
}

fn receivers(options: &Options) -> Result<Vec<Mailbox>, Error> {
    if options.mail.to.is_empty() {
        return Err(Error::MissingField { field: "To", flag: "--mail-to", key: "mail.to" });
    }
    options.mail.to.iter().map(|to| address("To", to)).collect()
}

/// Encodes a text as a header field; text that looks encoded is encoded again, so that it is displayed verbatim.
fn unstructured(text: String) -> HeaderType<'static> {
    if text.contains("=?") { Raw::new(encoded_words(&text)).into() } else { Text::new(text).into() }
}

/// Encodes a text as encoded words (RFC 2047), one per line.
fn encoded_words(text: &str) -> String {
    let mut words = vec![String::new()];
    for c in text.chars() {
        let mut code = String::new();
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => code.push(char::from(byte)),
                _ => _ = write!(code, "={byte:02X}"),
            }
        }
        match words.last_mut() {
            Some(word) if word.len() + code.len() <= 60 => word.push_str(&code),
            _ => words.push(code),
        }
    }
    let words: Vec<_> = words.iter().map(|word| format!("=?utf-8?Q?{word}?=")).collect();
    words.join("\r\n ")
}

fn alternatives<'x>(id: &str, text: String, html: String) -> MimePart<'x> {
    let kind =
        ContentType::new("multipart/alternative").attribute("boundary", format!("nutgraf-{id}"));
    let parts = vec![MimePart::new("text/plain", text), MimePart::new("text/html", html)];
    MimePart::new(kind, BodyPart::Multipart(parts))
}

/// Parses `name@host` or `Name <name@host>`.
fn address(field: &'static str, given: &str) -> Result<Mailbox, Error> {
    let bad = || Error::Address { field, value: given.to_owned() };
    let line = readable(given);
    let (name, at) = match line.split_once('<') {
        Some((name, rest)) => {
            let name = name.trim().trim_matches('"').trim();
            let at = rest.strip_suffix('>').ok_or_else(bad)?;
            ((!name.is_empty()).then(|| name.to_owned()), at)
        }
        None => (None, line.as_ref()),
    };
    let at = at.trim();
    let (local, host) = at.rsplit_once('@').ok_or_else(bad)?;
    let in_local = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let in_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-');
    let good = !local.is_empty()
        && local.chars().all(in_local)
        && !host.is_empty()
        && host.chars().all(in_host);
    if good { Ok((name, at.to_owned())) } else { Err(bad()) }
}

fn mailbox((name, at): Mailbox) -> Address<'static> {
    Address::new_address(name, at)
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn addresses_with_and_without_a_name_are_read() {
        let read = |given| address("To", given).ok();
        assert_eq!(read("a@b.example"), Some((None, "a@b.example".to_owned())));
        assert_eq!(
            read("\"The Desk\" <desk@b.example>"),
            Some((Some("The Desk".to_owned()), "desk@b.example".to_owned())),
        );
        for bad in ["", "a", "a@", "@b", "a@b>", "x <a@b", "a@b\r\nBcc: c@d", "a b@c", "<a@b> c"] {
            assert_eq!(read(bad), None, "{bad:?}");
        }
    }
}
