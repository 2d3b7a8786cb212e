//! Converts errors of the template engine to errors with a file, a line, a field and a hint.

use minijinja::{Error as JinjaError, ErrorKind};
use serde_json::Value as Json;

use crate::render::view::View;
use crate::render::{Error, Problem};

/// The maximum edit distance between an unknown name and the name that is suggested instead.
const NEAR: usize = 3;

/// Locates a template error and suggests a fix. `view` holds the fields that the template may use, if it was run.
pub(super) fn template_error(error: &JinjaError, view: Option<&View>) -> Error {
    let cause = innermost(error);
    let field = expression(cause);
    let known = view.map(fields).unwrap_or_default();
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

/// Returns the innermost error with a line number, because includes and blocks wrap the errors that occur inside them.
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

/// Returns the first line of the failed expression, as written between the tag's braces, or `None` if it is unknown or
/// long.
fn expression(error: &JinjaError) -> Option<String> {
    if matches!(error.kind(), ErrorKind::SyntaxError | ErrorKind::OutOfFuel) {
        return None;
    }
    let source = error.template_source()?;
    let range = error.range()?;
    let before = source.get(..range.start.saturating_add(2).min(range.end))?;
    let start = before.rfind("{{").max(before.rfind("{%")).map_or(range.start, |at| at + 2);
    let after = source.get(range.start..)?;
    let ends = [after.find("}}"), after.find("%}")];
    let end = ends.into_iter().flatten().min().map_or(range.end, |at| range.start + at);
    let text = source.get(start..end)?.trim_matches(['-', '+', ' ', '\n']);
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
        ErrorKind::UndefinedError => near(suspect(field?, known)?, known),
        ErrorKind::UnknownFilter if error.detail().is_some_and(|d| d.contains("safe")) => {
            Some("texts are always escaped".to_owned())
        }
        ErrorKind::TemplateNotFound => Some("`template list` names the built-in ones".to_owned()),
        ErrorKind::OutOfFuel => Some("is there a loop in a loop over everything?".to_owned()),
        _ => None,
    }
}

/// Returns the name that is most likely wrong: the first unknown name after a dot, or otherwise the first unknown name.
fn suspect<'a>(field: &'a str, known: &[String]) -> Option<&'a str> {
    let expression = field.split('|').next().unwrap_or(field);
    let mut unknown = None;
    let mut after_dot = false;
    for part in expression.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_') {
        let name = part.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_');
        if !name.is_empty() && !known.iter().any(|k| k == name) {
            if after_dot {
                return Some(name);
            }
            unknown = unknown.or(Some(name));
        }
        after_dot = part.ends_with('.');
    }
    unknown
}

/// Suggests the most similar known name, if it is similar enough.
fn near(name: &str, known: &[String]) -> Option<String> {
    let best = known.iter().map(|k| (distance(name, k), k)).min()?;
    (best.0 <= NEAR && best.0 < name.len()).then(|| format!("did you mean `{}`?", best.1))
}

/// Returns the optimal string alignment distance: the number of insertions, deletions, substitutions and transpositions
/// of adjacent characters.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        rows[i][0] = i;
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = best;
        }
    }
    rows[a.len()][b.len()]
}

/// Returns the names of all fields available to a template, sorted.
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
    use super::{distance, suspect};

    #[test]
    fn names_are_compared_by_edits() {
        assert_eq!(distance("headlin", "headline"), 1);
        assert_eq!(distance("", "ab"), 2);
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("titel", "title"), 1);
    }

    #[test]
    fn the_first_unknown_name_after_a_dot_is_the_suspect() {
        let known = ["text".to_owned(), "title".to_owned()];
        assert_eq!(suspect("s.headlin.text | upper", &known), Some("headlin"));
        assert_eq!(suspect("titel", &known), Some("titel"));
        assert_eq!(suspect("title", &known), None);
    }
}
