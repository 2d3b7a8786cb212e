//! Tests that the published JSON Schema describes the output.
//!
//! The validator here knows the keywords that the schema uses, and fails on any other.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use nutgraf::briefing::Briefing;
use nutgraf::render::{self, Format, Options};
use serde_json::{Value as Json, json};

fn schema() -> Json {
    serde_json::from_str(render::JSON_SCHEMA).unwrap()
}

fn written() -> Json {
    let sample: Briefing = serde_json::from_str(include_str!("../templates/sample.json")).unwrap();
    let text = render::render(&sample, Format::Json, &Options::default()).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn what_is_written_fits_the_schema_and_every_field_is_described() {
    assert_eq!(fits(&written(), &schema()), Ok(()));
}

#[test]
fn what_does_not_fit_is_noticed() {
    for (pointer, value) in [
        ("/schema", json!("nutgraf/briefing/0")),
        ("/words", json!("many")),
        ("/stories/0/status", json!("old")),
        ("/stories/0/summary/0/start", json!(-1)),
        ("/stories/0/quotes/0/speaker", json!({"name": "Mara Lindqvist"})),
        ("/articles/0/url", json!(3)),
    ] {
        let mut briefing = written();
        *briefing.pointer_mut(pointer).unwrap() = value;
        assert!(fits(&briefing, &schema()).is_err(), "{pointer}");
    }
}

/// Returns whether a value fits, and every field of its objects is described.
fn fits(value: &Json, schema: &Json) -> Result<(), String> {
    for (keyword, rule) in schema.as_object().unwrap() {
        let good = match keyword.as_str() {
            "$ref" => return fits(value, &definition(rule.as_str().unwrap())),
            "anyOf" => rule.as_array().unwrap().iter().any(|one| fits(value, one).is_ok()),
            "type" => is_of_type(value, rule),
            "const" => value == rule,
            "enum" => rule.as_array().unwrap().contains(value),
            "minimum" => value.is_null() || value.as_i64() >= rule.as_i64(),
            "required" => rule.as_array().unwrap().iter().all(|key| has(value, key)),
            "properties" => {
                properties(value, rule)?;
                true
            }
            "items" => value.as_array().is_none_or(|all| all.iter().all(|v| fits(v, rule).is_ok())),
            "description" | "title" | "$schema" | "$id" | "$defs" => true,
            other => return Err(format!("unknown keyword {other}")),
        };
        if !good {
            return Err(format!("{keyword}: {value} does not fit {rule}"));
        }
    }
    Ok(())
}

fn properties(value: &Json, rule: &Json) -> Result<(), String> {
    for (key, value) in value.as_object().into_iter().flatten() {
        let rule = rule.get(key).ok_or_else(|| format!("{key} is not described"))?;
        fits(value, rule)?;
    }
    Ok(())
}

fn has(value: &Json, key: &Json) -> bool {
    value.as_object().is_some_and(|o| o.contains_key(key.as_str().unwrap()))
}

fn definition(reference: &str) -> Json {
    schema().pointer(reference.trim_start_matches('#')).unwrap().clone()
}

fn is_of_type(value: &Json, rule: &Json) -> bool {
    let name = match value {
        Json::Null => "null",
        Json::Bool(_) => "boolean",
        Json::Number(_) => "integer",
        Json::String(_) => "string",
        Json::Array(_) => "array",
        Json::Object(_) => "object",
    };
    rule == name || rule.as_array().is_some_and(|all| all.iter().any(|one| one == name))
}
