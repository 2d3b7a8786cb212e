//! A mail: each of its text parts, decoded, as a page or as plain text.
//!
//! Known limit: the parts are decoded, so that findings in them have no range in the file.

use mail_parser::{MessageParser, PartType};

use crate::verify::draft::read::{Builder, html, plain};

/// Returns whether a text starts as a mail does: fields of a head, among them two that every mail has.
pub(super) fn is_mail(lower: &str) -> bool {
    let head = lower.split("\n\n").next().unwrap_or("").replace('\r', "");
    let has = |field: &str| head.lines().any(|line| line.starts_with(field));
    (has("from:") || has("to:")) && (has("mime-version:") || has("message-id:"))
}

/// Reads a mail; a text that is no mail is read as plain text.
pub(super) fn read(draft: &str, builder: &mut Builder) {
    let Some(message) = MessageParser::default().parse(draft.as_bytes()) else {
        return plain::read(draft, builder);
    };
    for part in &message.parts {
        match &part.body {
            PartType::Html(page) => html::read(page, builder),
            PartType::Text(text) => plain::read(text, builder),
            _ => {}
        }
        builder.end();
    }
}
