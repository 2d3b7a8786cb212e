//! Reads the plain text of a message as paragraphs, without the signature and the quoted message.
//!
//! The quoted lines of a reply (`>`) are removed, unless the message passes the quotation on with at most a short note;
//! in that case the quotation is the text. A message passes its quotation on if the quotation is long. It also does so
//! if the quotation is at the end and one of the following holds: only an introduction precedes it, it begins with the
//! header of a message, or it is longer than the note and not introduced.

use crate::read::date::Hint;
use crate::read::mail::forward::{self, Head};
use crate::read::page::MailBlock;
use crate::read::text_blocks::paragraphs;

/// The maximum number of words that a message adds to a quotation that it passes on.
const NOTE: usize = 40;
/// The minimum number of words in a long quotation.
const QUOTED: usize = 60;
/// The maximum number of lines in a signature.
const SIGNATURE: usize = 12;

/// The paragraphs of a plain text, and the parts that were removed from it.
#[derive(Debug, Default)]
pub(super) struct Plain {
    /// The paragraphs, with their original line breaks.
    pub(super) blocks: Vec<MailBlock>,
    /// The header of the quoted message, if the quotation is the text.
    pub(super) head: Option<Head>,
    pub(super) cuts: Vec<(&'static str, String)>,
    /// Whether the remaining text is short and the quotation that was removed is longer.
    pub(super) lost_quotation: bool,
}

/// Reads a plain text.
pub(super) fn parse(text: &str, hint: &Hint) -> Plain {
    let (text, signature) = without_signature(text);
    let quoted: Vec<&str> = text.lines().filter(|l| l.starts_with('>')).map(unquoted).collect();
    let own: Vec<&str> = text.lines().filter(|l| !l.starts_with('>')).collect();
    let words = |lines: &[&str]| lines.iter().map(|l| l.split_whitespace().count()).sum::<usize>();
    let (quoted_words, own_words) = (words(&quoted), words(&own));
    let mut plain = if passes_on(text, &quoted, own_words, hint) {
        let mut inner = parse(&quoted.join("\n"), hint);
        inner.head = inner.head.or_else(|| attribution(text, hint));
        inner.cuts.extend(note(&own));
        inner
    } else {
        let lost_quotation = own_words <= NOTE && own_words < quoted_words;
        let mut plain = Plain { blocks: paragraphs(&own), lost_quotation, ..Plain::default() };
        if !quoted.is_empty() {
            plain.cuts.push(("quoted", quoted.join("\n")));
            let answers = |block: &MailBlock| {
                forward::attribution(&block.text.replace('\n', " "), hint).is_some()
            };
            if let Some(at) = plain.blocks.iter().position(answers) {
                plain.cuts.push(("quoted", plain.blocks.remove(at).text));
            }
        }
        plain
    };
    plain.cuts.extend(signature.map(|s| ("signature", s.to_owned())));
    plain
}

/// Returns whether a message passes its quotation on, rather than answering it.
fn passes_on(text: &str, quoted: &[&str], own_words: usize, hint: &Hint) -> bool {
    let quoted_words: usize = quoted.iter().map(|l| l.split_whitespace().count()).sum();
    if quoted_words == 0 || NOTE < own_words {
        return false;
    }
    let is_quoted = |line: &&str| line.starts_with('>');
    let filled = || text.lines().filter(|line| !line.trim().is_empty());
    let is_at_end = filled().skip_while(|line| !is_quoted(line)).all(|line| line.starts_with('>'));
    let is_announced = attribution(text, hint).is_some();
    let before: Vec<&str> = filled().take_while(|line| !is_quoted(line)).collect();
    let attributes = |line: &str| forward::attribution(line, hint).is_some();
    let announces = match before[..] {
        [] => true,
        [line] => forward::is_announcement(line) || attributes(line),
        // The introduction is wrapped onto two lines.
        [first, second] => !attributes(second) && attributes(&format!("{first} {second}")),
        _ => false,
    };
    let head: Vec<&str> = quoted
        .iter()
        .copied()
        .skip_while(|line| line.trim().is_empty())
        .take_while(|line| !line.trim().is_empty())
        .collect();
    QUOTED <= quoted_words
        || is_at_end
            && (announces
                || forward::is_head(&head.join("\n"), hint)
                || !is_announced && own_words < quoted_words)
}

fn note(lines: &[&str]) -> Option<(&'static str, String)> {
    let note = lines.join("\n");
    (!note.trim().is_empty()).then(|| ("note", note.trim().to_owned()))
}

/// Returns a line without its quotation prefix.
fn unquoted(line: &str) -> &str {
    let line = line.strip_prefix('>').unwrap_or(line);
    line.strip_prefix(' ').unwrap_or(line)
}

/// Separates a signature from a text: the lines after `-- ` (RFC 3676) or `--`, if there are only a few.
fn without_signature(text: &str) -> (&str, Option<&str>) {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mark = line.trim_end_matches(['\r', '\n']);
        if matches!(mark, "-- " | "--") {
            let (before, after) = text.split_at(at);
            let lines = after.lines().filter(|l| !l.trim().is_empty()).take(SIGNATURE + 2).count();
            if lines <= SIGNATURE + 1 {
                return (before, Some(after));
            }
        }
        at += line.len();
    }
    (text, None)
}

/// Returns the sender and date in the one or two lines before a quotation.
fn attribution(text: &str, hint: &Hint) -> Option<Head> {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
    let quoted = lines.iter().position(|l| l.starts_with('>'))?;
    let last = lines.get(quoted.checked_sub(1)?)?;
    forward::attribution(last, hint).or_else(|| {
        let two = format!("{} {last}", lines.get(quoted.checked_sub(2)?)?);
        forward::attribution(&two, hint)
    })
}
