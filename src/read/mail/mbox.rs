//! Mailboxes: several messages in one file, each after an envelope line `From sender date` (RFC 4155).
//!
//! Known limit: mailboxes that rely on `Content-Length` instead of quoting `From ` at the start of a line
//! (`mboxcl2`) are split at such lines if a header field follows.

use std::borrow::Cow;

use crate::read::format::is_mailbox;

/// Returns the messages in a mailbox, without their envelope lines and with lines quoted as `>From ` restored.
///
/// If the mailbox is truncated, the available part of the last message is read.
pub(super) fn messages(bytes: &[u8]) -> Vec<Cow<'_, [u8]>> {
    let mut starts: Vec<usize> = Vec::new();
    if is_mailbox(bytes) {
        starts.push(0);
    }
    let after_blank = memchr::memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1).filter(|at| {
        let before = &bytes[..*at];
        before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n")
    });
    starts.extend(after_blank.filter(|at| is_mailbox(&bytes[*at..])));
    let ends = starts.iter().skip(1).copied().chain([bytes.len()]);
    let body = |(start, end): (usize, usize)| {
        let mail = &bytes[start..end];
        let line = memchr::memchr(b'\n', mail).map_or(mail.len(), |at| at + 1);
        unquoted(&mail[line..])
    };
    starts.iter().copied().zip(ends).map(body).collect()
}

/// Returns a message in which lines quoted as `>From ` are restored.
fn unquoted(mail: &[u8]) -> Cow<'_, [u8]> {
    const QUOTED: &[u8] = b"\n>From ";
    let mut out = Vec::new();
    let mut copied = 0;
    for at in memchr::memmem::find_iter(mail, QUOTED) {
        out.extend_from_slice(&mail[copied..=at]);
        copied = at + 2;
    }
    if copied == 0 {
        return Cow::Borrowed(mail);
    }
    out.extend_from_slice(&mail[copied..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::messages;
    use crate::read::format::is_mailbox;

    #[test]
    fn mails_begin_at_envelopes() {
        let file = b"From a@b.example Tue Mar 10 08:00:00 2026\nSubject: A\n\nFrom the harbour:\n\nIt closed.\n>From now on.\n\n\
            From c@d.example Tue Mar 10 09:00:00 2026\r\nSubject: B\r\n\r\nIt op";
        assert!(is_mailbox(file));
        let mails = messages(file);
        assert_eq!(mails.len(), 2);
        assert!(mails[0].starts_with(b"Subject: A") && mails[1].ends_with(b"It op"));
        assert!(mails[0].windows(10).any(|w| w == b"\nFrom now "));
        assert!(!is_mailbox(b"From the harbour: news\n\nText"));
        assert!(messages(b"From ").is_empty());
    }
}
