//! From an error of the template engine to file, line, field and hint.

use minijinja::{Error as JinjaError, ErrorKind};
use serde_json::Value as Json;

use crate::render::view::View;
use crate::render::{Error, Problem};

/// How many letters may differ for a name to be a hint.
const NEAR: usize = 3;

/// Says where a template failed and what may help.
pub(super) fn template_error(error: &JinjaError, view: &View) -> Error {
    let cause = innermost(error);
    let field = expression(cause);
    let known = fields(view);
    let hint = hint(cause, field.as_deref(), &known);
    let detail = cause.detail().map_or_else(|| cause.kind().to_string(), str::to_owned);
    Error::Template(Box::new(Problem {
        file: cause.name().or_else(|| error.name()).unwrap_or("template").to_owned(),
        line: cause.line().or_else(|| error.line()),
        what: what(cause.kind(), &detail),
        field,
        hint,
    }))
}

/// The error that others wrap, as includes and blocks do.
fn innermost(error: &JinjaError) -> &JinjaError {
    let mut found = error;
    let mut next = std::error::Error::source(error);
    while let Some(source) = next {
        if let Some(inner) = source.downcast_ref::<JinjaError>().filter(|e| e.line().is_some()) {
            found = inner;
        }
        next = source.source();
    }
    found
}

/// The expression that failed, as the template writes it.
fn expression(error: &JinjaError) -> Option<String> {
    if error.kind() == ErrorKind::SyntaxError {
        return None;
    }
    let text = error.template_source()?.get(error.range()?)?.trim();
    let text = text.trim_start_matches(['{', '%', '-']).trim_end_matches(['}', '%', '-']).trim();
    (!text.is_empty() && text.len() <= 120).then(|| text.lines().next().unwrap_or(text).to_owned())
}

fn what(kind: ErrorKind, detail: &str) -> String {
    match kind {
        ErrorKind::UndefinedError => "there is no such field".to_owned(),
        ErrorKind::OutOfFuel => "the template does not come to an end".to_owned(),
        _ => detail.to_owned(),
    }
}

fn hint(error: &JinjaError, field: Option<&str>, known: &[String]) -> Option<String> {
    match error.kind() {
        ErrorKind::UndefinedError => near(last_name(field?), known),
        ErrorKind::UnknownFilter if error.detail().is_some_and(|d| d.contains("safe")) => {
            Some("texts are always escaped".to_owned())
        }
        ErrorKind::TemplateNotFound => Some("`template list` names the built-in ones".to_owned()),
        ErrorKind::OutOfFuel => Some("is there a loop in a loop over everything?".to_owned()),
        _ => None,
    }
}

/// The name after the last dot: `headlin` of `story.headlin | upper`.
fn last_name(field: &str) -> &str {
    let expression = field.split('|').next().unwrap_or(field).trim();
    let from = expression.rfind(|c: char| !c.is_alphanumeric() && c != '_').map_or(0, |at| at + 1);
    expression.get(from..).unwrap_or(expression)
}

/// The known name that differs least, where it is near.
fn near(name: &str, known: &[String]) -> Option<String> {
    let best = known.iter().map(|k| (distance(name, k), k)).min()?;
    (best.0 <= NEAR && best.0 < name.len()).then(|| format!("did you mean `{}`?", best.1))
}

/// Insertions, deletions and replacements between two names (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

/// The name of every field that a template may see, sorted.
fn fields(view: &View) -> Vec<String> {
    let mut names = Vec::new();
    if let Ok(json) = serde_json::to_value(view) {
        collect(&json, &mut names);
    }
    names.sort();
    names.dedup();
    names
}

fn collect(json: &Json, names: &mut Vec<String>) {
    match json {
        Json::Object(fields) => {
            for (name, value) in fields {
                if !name.starts_with('@') {
                    names.push(name.clone());
                }
                collect(value, names);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::{distance, last_name};

    #[test]
    fn names_are_compared_by_edits() {
        assert_eq!(distance("headlin", "headline"), 1);
        assert_eq!(distance("", "ab"), 2);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn the_last_name_of_an_expression_is_the_suspect() {
        assert_eq!(last_name("story.headlin | upper"), "headlin");
        assert_eq!(last_name("titel"), "titel");
    }
}
