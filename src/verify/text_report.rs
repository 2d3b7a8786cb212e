//! A report as human-readable text. For each finding, the texts of the draft and of the source are printed one below
//! the other, with the differing words marked. Then each supported claim is printed with the sentence that supports it.

use std::collections::BTreeSet;

use crate::verify::report::{Finding, Place, Report, Supported};

/// The maximum number of characters of a text that are shown; a longer text is shortened in the middle.
const SHOWN: usize = 400;

/// Returns a report as text.
///
/// ```text
/// line 3: altered (word_changed): a source has other words
///     draft   We owe the families [a reply], not a rumour
///     source  We owe the families [an answer], not a rumour
///             mill-radio, characters 310–352
/// ```
pub fn plain(report: &Report) -> String {
    let mut out = String::new();
    for finding in &report.findings {
        out.push_str(&of_finding(finding));
    }
    if !report.supported.is_empty() {
        out.push_str("supported:\n");
        for claims in by_sentence(&report.supported) {
            out.push_str(&of_supported(claims));
        }
    }
    out.push_str(&report.summary());
    out.push('\n');
    out
}

/// Groups the supported claims that are on one line and have the same reason and source sentence.
pub(super) fn by_sentence(supported: &[Supported]) -> impl Iterator<Item = &[Supported]> {
    supported.chunk_by(|a, b| a.line == b.line && a.places == b.places && a.reason == b.reason)
}

/// Returns the words of some claims without repetitions, with the reason for their support if no sentence contains
/// them.
pub(super) fn claimed(claims: &[Supported]) -> String {
    let mut seen = BTreeSet::new();
    let texts = claims.iter().map(|claim| claim.text.as_str()).filter(|text| seen.insert(*text));
    let texts = texts.collect::<Vec<_>>().join(", ");
    let reason = claims.first().and_then(|claim| claim.reason.as_deref());
    reason.map_or(texts.clone(), |reason| format!("{texts}: {reason}"))
}

fn of_supported(claims: &[Supported]) -> String {
    let line = claims.first().and_then(|claim| claim.line);
    let location = line.map_or("draft".to_owned(), |line| format!("line {line}"));
    let mut out = format!("{location}: {}\n", claimed(claims));
    for place in claims.first().map_or(&[][..], |claim| &claim.places) {
        let texts = claims.iter().map(|claim| claim.text.as_str());
        out.push_str(&shown(place, texts));
    }
    out
}

fn of_finding(finding: &Finding) -> String {
    let note = if finding.fault { "" } else { "note, " };
    let mut out = format!(
        "{}: {note}{} ({}): {}\n",
        finding.location(),
        finding.kind,
        finding.code,
        finding.message
    );
    if !finding.text.is_empty() {
        let changed = finding.changes.iter().map(|c| c.draft.as_str());
        out.push_str(&format!("    draft   {}\n", shortened(&marked(&finding.text, changed))));
    }
    for place in &finding.places {
        out.push_str(&of_place(finding, place));
    }
    out
}

fn of_place(finding: &Finding, place: &Place) -> String {
    shown(place, finding.changes.iter().map(|c| c.source.as_str()))
}

fn shown<'c>(place: &Place, words: impl Iterator<Item = &'c str> + 'c) -> String {
    let text = shortened(&marked(&place.text, words));
    let Place { article, start, end, .. } = place;
    format!("    source  {text}\n            {article}, characters {start}–{end}\n")
}

/// Returns a text with the given passages in white square brackets (`⟦…⟧`); they are searched for from left to right.
pub(super) fn marked<'c>(text: &str, changed: impl Iterator<Item = &'c str> + 'c) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    let mut rest = text.as_str();
    for change in changed {
        let change = change.split_whitespace().collect::<Vec<_>>().join(" ");
        if change.is_empty() {
            continue;
        }
        let Some((before, after)) = split_at_word(rest, &change) else { continue };
        out.push_str(before);
        out.push_str(&format!("⟦{change}⟧"));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Splits a text at the first occurrence of a passage that consists of whole words.
fn split_at_word<'t>(text: &'t str, stretch: &str) -> Option<(&'t str, &'t str)> {
    let is_inside = |c: char| c.is_alphanumeric();
    text.match_indices(stretch).find_map(|(at, found)| {
        let (before, after) = (text.get(..at)?, text.get(at + found.len()..)?);
        let whole = !before.ends_with(is_inside) && !after.starts_with(is_inside);
        whole.then_some((before, after))
    })
}

fn shortened(text: &str) -> String {
    let n = text.chars().count();
    if n <= SHOWN {
        return text.to_owned();
    }
    let head: String = text.chars().take(SHOWN / 2).collect();
    let tail: String = text.chars().skip(n - SHOWN / 2).collect();
    format!("{head} … {tail}")
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn differing_words_are_marked_as_whole_words() {
        assert_eq!(
            marked("an answer, not\na rumour", ["a", ""].into_iter()),
            "an answer, not ⟦a⟧ rumour"
        );
    }
}
