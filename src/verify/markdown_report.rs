//! A report as Markdown, for a comment on a pull request.

use crate::verify::report::{Finding, Report, Supported};
use crate::verify::text_report::{by_sentence, claimed, marked};

/// Returns a report as Markdown: a table of the faults, a table of the notes, and a folded table of the supported
/// claims, with all text escaped.
pub fn markdown(report: &Report, draft: &str) -> String {
    let mut out = format!("### {}: {}\n", escaped(draft), escaped(&report.summary()));
    let (faults, notes): (Vec<&Finding>, Vec<&Finding>) =
        report.findings.iter().partition(|f| f.fault);
    for (title, findings) in [("Faults", faults), ("Notes", notes)] {
        if findings.is_empty() {
            continue;
        }
        out.push_str(&format!(
            "\n**{title}**\n\n| where | what | draft | source |\n|---|---|---|---|\n"
        ));
        for finding in findings {
            out.push_str(&row(finding));
        }
    }
    if !report.supported.is_empty() {
        let n = report.supported.len();
        out.push_str(&format!(
            "\n<details><summary>Supported: {n}</summary>\n\n| where | draft | source |\n|---|---|---|\n"
        ));
        by_sentence(&report.supported).for_each(|claims| out.push_str(&supported_row(claims)));
        out.push_str("\n</details>\n");
    }
    out
}

fn supported_row(claims: &[Supported]) -> String {
    let first = claims.first();
    let line = first.and_then(|claim| claim.line).map_or(String::new(), |n| format!("line {n}"));
    let sources: Vec<String> = first
        .map_or(&[][..], |claim| &claim.places)
        .iter()
        .map(|place| format!("{} ({})", escaped(&place.text), escaped(&place.article)))
        .collect();
    format!("| {line} | {} | {} |\n", escaped(&claimed(claims)), sources.join("<br>"))
}

fn row(finding: &Finding) -> String {
    let draft = marked(&finding.text, finding.changes.iter().map(|c| c.draft.as_str()));
    let sources: Vec<String> = finding
        .places
        .iter()
        .map(|place| {
            let text = marked(&place.text, finding.changes.iter().map(|c| c.source.as_str()));
            format!("{} ({})", emphasized(&text), escaped(&place.article))
        })
        .collect();
    format!(
        "| {} | `{}`: {} | {} | {} |\n",
        escaped(&finding.location()),
        finding.code,
        escaped(&finding.message),
        emphasized(&draft),
        sources.join("<br>")
    )
}

/// Escapes a text and puts its marked passages in bold.
fn emphasized(text: &str) -> String {
    escaped(text).replace(['⟦', '⟧'], "**")
}

/// Escapes characters that have a special meaning in a Markdown table cell, and collapses white space.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if matches!(
            c,
            '\\' | '`'
                | '*'
                | '_'
                | '['
                | ']'
                | '<'
                | '>'
                | '|'
                | '#'
                | '~'
                | '&'
                | '!'
                | '@'
                | ':'
        ) {
            match c {
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '&' => out.push_str("&amp;"),
                // The text of a draft must not notify a user or team.
                '@' => out.push_str("&#64;"),
                ':' => out.push(':'),
                c => {
                    out.push('\\');
                    out.push(c);
                }
            }
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn nothing_of_a_draft_is_markup() {
        assert_eq!(escaped("a|b <i>@x</i>\n*c*"), "a\\|b &lt;i&gt;&#64;x&lt;/i&gt; \\*c\\*");
    }
}
