//! An email: each of its text parts is decoded and read as HTML or plain text.
//!
//! Known limit: because the parts are decoded, findings in them have no range in the file.

use mail_parser::{MessageParser, PartType};

use crate::verify::draft::read::{Builder, html, plain};

/// Reads an email; a text that is not one is read as plain text.
pub(super) fn parse(draft: &str, builder: &mut Builder) {
    let Some(message) = MessageParser::default().parse(draft.as_bytes()) else {
        return plain::parse(draft, builder);
    };
    for part in &message.parts {
        match &part.body {
            PartType::Html(page) => html::parse(page, builder),
            PartType::Text(text) => plain::parse(text, builder),
            _ => {}
        }
        builder.end();
    }
}
