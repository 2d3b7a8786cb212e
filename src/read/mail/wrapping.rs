//! Recognizes the wrapping of a newsletter: the link for viewing it in a browser, the share links, and the footer.

use crate::read::page::MailBlock;

/// Phrases that mark a short line as wrapping, wherever the line is.
const WRAPPING: &[&str] = &[
    "view in browser",
    "view this email",
    "view it in your browser",
    "view online",
    "view web version",
    "read online",
    "open in browser",
    "trouble viewing",
    "problems viewing",
    "im browser ansehen",
    "im browser öffnen",
    "webversion",
    "version en ligne",
    "voir dans le navigateur",
    "ver en el navegador",
    "forward to a friend",
    "forwarded this email",
    "was this forwarded",
    "share this email",
    "add us to your address book",
    "whitelist",
];

/// Phrases in footers. The footer begins at the first block with such a phrase after the last prose, and extends to the
/// end of the message. Before the footer, only the block with the phrase is removed.
const FOOTER: &[&str] = &[
    "unsubscribe",
    "manage your preferences",
    "manage preferences",
    "update your preferences",
    "email preferences",
    "update profile",
    "you are receiving this",
    "you're receiving this",
    "you received this",
    "this email was sent to",
    "sent to you because",
    "no longer wish to receive",
    "opt out",
    "abbestellen",
    "abmelden",
    "se désabonner",
    "désinscri",
    "darse de baja",
    "cancelar suscrip",
    "disiscriviti",
    "odjav",
    "отписаться",
];

/// Returns the reason for removing each block, or `None` for content.
pub(super) fn verdicts(blocks: &[MailBlock]) -> Vec<Option<&'static str>> {
    let lower: Vec<String> = blocks.iter().map(|b| b.text.to_lowercase()).collect();
    let holds = |i: usize, phrases: &[&str]| {
        lower[i].split_whitespace().count() <= 60 && phrases.iter().any(|p| lower[i].contains(p))
    };
    let is_prose = |i: usize| {
        lower[i].split_whitespace().count() >= 25 && blocks[i].linked < 0.3 && !holds(i, FOOTER)
    };
    let last_prose = (0..blocks.len()).rfind(|&i| is_prose(i));
    // The same phrases may occur at the top of a newsletter, so the search for the footer starts after the last prose.
    let footer = (last_prose.map_or(0, |i| i + 1)..blocks.len()).find(|&i| holds(i, FOOTER));
    (0..blocks.len())
        .map(|i| {
            let words = lower[i].split_whitespace().count();
            if footer.is_some_and(|from| i >= from) {
                Some("footer")
            } else if holds(i, FOOTER) || words <= 25 && holds(i, WRAPPING) {
                Some("chrome")
            } else if !lower[i].chars().any(char::is_alphanumeric) {
                // Invisible filler that keeps the rest of the message out of the preview.
                Some("tracking")
            } else {
                None
            }
        })
        .collect()
}
