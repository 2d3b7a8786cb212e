//! Repairs a message before it is parsed, and decides the charset of its parts.
//!
//! The parser assumes that messages are well-formed, but not all programs write such messages. Some errors are repaired
//! here: a header in an old charset instead of encoded words, a missing blank line after the header, a `Content-Type`
//! that is not a type, and a `Content-Type` that does not match the body: a multipart body that is labeled as text, or
//! a body that does not contain the declared boundary. If a multipart message is cut off within its first part, the
//! closing delimiter is added. The charset of a part is determined as for any other file ([`charset::decode`]): a label
//! that does not match the bytes is ignored.

use std::borrow::Cow;

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders as _};

use crate::read::charset::{self, Decoded};
use crate::span::slice;

/// Returns a message with these errors repaired.
pub(super) fn repaired(bytes: &[u8]) -> Cow<'_, [u8]> {
    let head = Head::parse(bytes);
    let (raw, body) = bytes.split_at(head.len);
    let text = charset::decode(raw, None).text;
    let is_utf8 = text.as_bytes() == raw;
    let typed = text_type(&text).and_then(|found| found.repaired(body));
    let closing = text_type(&text).and_then(|found| found.missing_end(body));
    if is_utf8 && typed.is_none() && closing.is_none() && !head.needs_blank_line {
        return Cow::Borrowed(bytes);
    }
    let mut out = typed.unwrap_or_else(|| text.into_owned()).into_bytes();
    if head.needs_blank_line {
        out.extend_from_slice(b"\r\n");
    }
    out.extend_from_slice(body);
    out.extend(closing.into_iter().flat_map(String::into_bytes));
    Cow::Owned(out)
}

/// The extent of a message's header.
struct Head {
    len: usize,
    needs_blank_line: bool,
}

impl Head {
    fn parse(bytes: &[u8]) -> Self {
        let mut at = 0;
        for line in bytes.split_inclusive(|b| *b == b'\n') {
            let is_blank = line.trim_ascii().is_empty();
            let is_folded = 0 < at && line.starts_with(b" ") || line.starts_with(b"\t");
            let is_envelope = at == 0 && line.starts_with(b"From ");
            if is_blank {
                return Self { len: at, needs_blank_line: false };
            }
            if !(is_folded || is_envelope || is_field(line)) {
                return Self { len: at, needs_blank_line: 0 < at };
            }
            at += line.len();
        }
        Self { len: at, needs_blank_line: false }
    }
}

/// Returns whether a line is a header field: a name without spaces, followed by a colon.
fn is_field(line: &[u8]) -> bool {
    let name = line.iter().position(|b| *b == b':').map_or(&[][..], |end| &line[..end]);
    !name.is_empty() && name.trim_ascii_end().iter().all(u8::is_ascii_graphic)
}

/// The `Content-Type` field in a header.
struct TypeField<'h> {
    head: &'h str,
    /// The start of its value.
    start: usize,
    /// The end of its value.
    end: usize,
}

fn text_type(head: &str) -> Option<TypeField<'_>> {
    const NAME: &str = "content-type:";
    let lower = head.to_ascii_lowercase();
    let at = if lower.starts_with(NAME) { 0 } else { lower.find(&format!("\n{NAME}"))? + 1 };
    let start = at + NAME.len();
    let rest = head.get(start..)?;
    let lines = rest.match_indices('\n').map(|(i, _)| i);
    let folded = |i: &usize| !slice(rest, i + 1, rest.len()).starts_with([' ', '\t']);
    let end = start + lines.into_iter().find(folded).unwrap_or(rest.len());
    Some(TypeField { head, start, end })
}

impl TypeField<'_> {
    /// Returns the header with the field repaired, or `None` if it needs no repair.
    fn repaired(&self, body: &[u8]) -> Option<String> {
        let (kind, parameters) = self.parts()?;
        let is_type = kind
            .split_once('/')
            .is_some_and(|(a, b)| [a, b].iter().all(|p| !p.is_empty() && !p.contains(' ')));
        let new = if !is_type {
            "text/plain"
        } else if kind.starts_with("text/") && has_parts(parameters, body) {
            "multipart/mixed"
        } else if kind.starts_with("multipart/") && !has_parts(parameters, body) {
            let actual = actual_boundary(body);
            let new = actual.map(|boundary| format!("{kind}; boundary=\"{boundary}\""));
            return self.replaced(new.as_deref().unwrap_or("text/plain"), "");
        } else {
            return None;
        };
        self.replaced(new, parameters)
    }

    /// Returns the type in lower case, and its parameters.
    fn parts(&self) -> Option<(String, &str)> {
        let value = self.head.get(self.start..self.end)?;
        let (kind, parameters) = value.split_once(';').unwrap_or((value, ""));
        Some((kind.trim().to_ascii_lowercase(), parameters))
    }

    /// Returns the header with a new type and new parameters in the field.
    fn replaced(&self, new: &str, parameters: &str) -> Option<String> {
        let (before, after) = (self.head.get(..self.start)?, self.head.get(self.end..)?);
        let semicolon = if parameters.trim().is_empty() { "" } else { ";" };
        Some(format!("{before} {new}{semicolon}{}\r{after}", parameters.trim_end()))
    }

    /// Returns the closing delimiter to append to a multipart body that is cut off within its first part, and so
    /// contains the delimiter only once.
    fn missing_end(&self, body: &[u8]) -> Option<String> {
        let (kind, parameters) = self.parts()?;
        let boundary = boundary(parameters).filter(|_| kind.starts_with("multipart/"))?;
        let delimiter = format!("--{boundary}");
        let is_cut = memchr::memmem::find_iter(body, delimiter.as_bytes()).take(2).count() == 1;
        is_cut.then(|| format!("\r\n{delimiter}--\r\n"))
    }
}

/// Returns the boundary in the parameters of a content type.
fn boundary(parameters: &str) -> Option<&str> {
    const NAME: &str = "boundary=";
    let at = parameters.to_ascii_lowercase().find(NAME)?;
    let value = slice(parameters, at + NAME.len(), parameters.len()).trim_start_matches('"');
    let boundary = value.split(['"', ';', '\r', '\n']).next().unwrap_or("").trim();
    (!boundary.is_empty()).then_some(boundary)
}

/// Returns whether the body contains the boundary given in the parameters of a content type.
fn has_parts(parameters: &str, body: &[u8]) -> bool {
    boundary(parameters)
        .is_some_and(|b| memchr::memmem::find(body, format!("--{b}").as_bytes()).is_some())
}

/// Returns the boundary that a body uses: the text after `--` in the first line that starts with `--` and is followed
/// by a `Content-` field.
fn actual_boundary(body: &[u8]) -> Option<&str> {
    let mut lines = body.split(|b| *b == b'\n').peekable();
    while let Some(line) = lines.next() {
        let is_head = |next: &&[u8]| {
            next.get(..8).is_some_and(|start| start.eq_ignore_ascii_case(b"content-"))
                && is_field(next)
        };
        if let Some(boundary) = line.trim_ascii_end().strip_prefix(b"--")
            && lines.peek().is_some_and(is_head)
        {
            return std::str::from_utf8(boundary)
                .ok()
                .filter(|b| !b.is_empty() && !b.contains('"'));
        }
    }
    None
}

/// Decodes a text part, using its bytes and its label; `None` if the transfer encoding is broken.
pub(super) fn decoded(message: &Message<'_>, part: &MessagePart<'_>) -> Option<Decoded<'static>> {
    let (start, end) = (part.offset_body as usize, part.offset_end as usize);
    let raw = message.raw_message.get(start..end)?;
    let bytes = match part.encoding {
        Encoding::None => Cow::Borrowed(raw),
        Encoding::QuotedPrintable => Cow::Owned(quoted_printable_decode(raw)?),
        Encoding::Base64 => Cow::Owned(base64_decode(raw)?),
    };
    let label = part.content_type().and_then(|kind| kind.attribute("charset"));
    let Decoded { text, charset, doubt } = charset::decode(&bytes, label);
    Some(Decoded { text: Cow::Owned(text.into_owned()), charset, doubt })
}

#[cfg(test)]
mod tests {
    use super::repaired;

    fn mended(mail: &str) -> String {
        String::from_utf8_lossy(&repaired(mail.as_bytes())).into_owned()
    }

    #[test]
    fn a_sound_mail_is_left_alone() {
        for mail in
            ["Subject: A\r\n\r\nText: more\r\n", "Subject: A\r\n b\r\n\r\nText", "", "Subject: A"]
        {
            assert_eq!(mended(mail), mail);
        }
    }

    #[test]
    fn faults_of_the_head_are_repaired() {
        assert_eq!(mended("Subject: A\r\nThe text."), "Subject: A\r\n\r\nThe text.");
        let mail = mended("Content-Type: plain\r\nSubject: A\r\n\r\nText");
        assert!(mail.starts_with("Content-Type: text/plain\r\nSubject"), "{mail}");
        let mail = mended("Content-Type: text/html;\r\n boundary=\"b\"\r\n\r\n--b\r\n\r\nText");
        assert!(mail.contains("multipart/mixed;") && mail.contains("boundary"), "{mail}");
        for kind in ["multipart/mixed", "multipart/alternative;", "multipart/mixed; boundary=\"b\""]
        {
            let mail =
                mended(&format!("Content-Type: {kind}\r\nSubject: A\r\n\r\nThe wall fell.\r\n"));
            assert!(mail.starts_with("Content-Type: text/plain\r\nSubject"), "{mail}");
            let body = "--c\r\nContent-Type: text/html\r\n\r\n<p>The wall fell.\r\n--c--\r\n";
            let mail = mended(&format!("Subject: A\r\nContent-Type: {kind}\r\n\r\n{body}"));
            assert!(mail.contains("; boundary=\"c\"\r\n") && mail.ends_with(body), "{mail}");
        }
        let cut = "Content-Type: multipart/mixed;\r\n boundary=b\r\n\r\n--b\r\n\r\nThe wall";
        assert_eq!(mended(cut), format!("{cut}\r\n--b--\r\n"));
        let latin = b"Subject: Caf\xE9 L\xE9on\r\n\r\nText";
        assert_eq!(String::from_utf8_lossy(&repaired(latin)), "Subject: Café Léon\r\n\r\nText");
    }
}
