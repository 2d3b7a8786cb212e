//! A sentence split into words, numbers and the symbols that matter for figures, such as `$` and `%`.

use crate::briefing::discrepancies::figure_words::Words;
use crate::span::{Span, slice};
use crate::text::quotemarks;

/// A word, a number or a symbol in a sentence.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    /// Its range in the text.
    pub(super) span: Span,
    /// Its text in lower case.
    pub(super) folded: String,
    /// Its value and step, if it is written in digits.
    pub(super) digits: Option<(f64, f64)>,
    /// Whether a clause-separating mark precedes it.
    pub(super) after_break: bool,
    /// Whether a hyphen or dash without spaces ties it to the piece before.
    pub(super) tied: bool,
    /// Whether it is inside quotation marks.
    pub(super) quoted: bool,
}

/// Splits a sentence into pieces.
pub(super) fn pieces(text: &str, sentence: Span, words: &Words) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::new();
    let quotations = quotemarks::quoted(text, sentence);
    let mut at = sentence.start();
    let mut gap = at;
    while at < sentence.end() {
        let Some(c) = slice(text, at, sentence.end()).chars().next() else { break };
        let end = if c.is_numeric() {
            end_of_number(text, at, sentence.end())
        } else if c.is_alphabetic() {
            end_of_word(text, at, sentence.end())
        } else if matches!(c, '$' | '€' | '£' | '¥' | '%') {
            at + c.len_utf8()
        } else {
            at += c.len_utf8();
            continue;
        };
        let between = slice(text, gap, at);
        let raw = slice(text, at, end);
        found.push(Piece {
            span: Span::new(at, end),
            folded: raw.to_lowercase(),
            digits: value(raw, words),
            after_break: between.contains([',', ';', ':', '(', ')', '–', '—', '.'])
                || between.contains(" - ")
                || between.contains("--"),
            tied: matches!(between, "-" | "–" | "‑"),
            quoted: is_inside(&quotations, Span::new(at, end)),
        });
        at = end;
        gap = end;
    }
    found
}

/// Returns whether a piece is inside one of the quotations, which are sorted.
fn is_inside(quotations: &[Span], piece: Span) -> bool {
    let next = quotations.partition_point(|quoted| quoted.end() <= piece.start());
    quotations.get(next).is_some_and(|quoted| quoted.overlaps(piece))
}

fn end_of_word(text: &str, start: usize, stop: usize) -> usize {
    let rest = slice(text, start, stop);
    rest.find(|c: char| !c.is_alphabetic()).map_or(stop, |n| start + n)
}

/// Returns the end of a number. A separator before a digit belongs to the number; a space does only before exactly
/// three digits, as in French.
fn end_of_number(text: &str, start: usize, stop: usize) -> usize {
    let rest = slice(text, start, stop);
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let after = slice(rest, at + c.len_utf8(), rest.len());
        let joins = match c {
            '.' | ',' | ':' | '\'' | '’' => after.starts_with(|d: char| d.is_ascii_digit()),
            ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' => is_group(after),
            _ => c.is_numeric(),
        };
        if !joins {
            break;
        }
        end = at + c.len_utf8();
    }
    start + end.max(rest.chars().next().map_or(1, char::len_utf8))
}

fn is_group(after: &str) -> bool {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3
}

/// Returns the value and the precision of a number that is written in digits.
fn value(raw: &str, words: &Words) -> Option<(f64, f64)> {
    if !raw.starts_with(|c: char| c.is_ascii_digit()) || raw.contains(':') {
        return None;
    }
    let (mark, group) = if words.decimal_point { ('.', ',') } else { (',', '.') };
    let (whole, decimals) = raw.split_once(mark).unwrap_or((raw, ""));
    let grouped = whole.split([group, ' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’']);
    let mut digits = String::new();
    for (i, part) in grouped.enumerate() {
        if part.is_empty() || (i > 0 && part.len() != 3) {
            return None;
        }
        digits.push_str(part);
    }
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if digits.len() > 15 || decimals.len() > 6 || !plain(&digits) || !plain(decimals) {
        return None;
    }
    let step = decimals.bytes().fold(1.0, |step, _| step / 10.0);
    let value = format!("{digits}.{decimals}0").parse().ok()?;
    let step = if decimals.is_empty() {
        crate::briefing::discrepancies::interval::step_of(value)
    } else {
        step
    };
    Some((value, step))
}
