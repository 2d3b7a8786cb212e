//! Converts the values of JSON fields to text.
//!
//! The text of an article may be a string, a list of paragraphs, an object that contains the text under some key
//! (`{"content": "…"}`), or sections with headings and paragraphs. Authors may be names, objects, or objects keyed by
//! number. Of several addresses, the first is used.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// The value of a JSON field, before its parts are joined to text.
#[derive(Clone, Debug, Default)]
pub(crate) enum Given<'de> {
    /// Null or a boolean.
    #[default]
    Nothing,
    /// A string or number.
    Text(Cow<'de, str>),
    /// A list or object.
    Nested(Value),
}

/// How the parts of a value are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Joining {
    /// As paragraphs, separated by blank lines.
    Prose,
    /// As names, separated by commas.
    List,
    /// Not at all: only the first part is used.
    First,
}

/// Keys under which an object may contain its text, best first.
const TEXTS: &[&str] = &[
    "content",
    "text",
    "html",
    "value",
    "rendered",
    "body",
    "plain",
    "plain_text",
    "$t",
    "#text",
    "_",
];
/// Keys under which an object may contain its name, address, date or id, best first.
const NAMES: &[&str] = &[
    "name",
    "title",
    "main",
    "original",
    "site_name",
    "sitename",
    "value",
    "href",
    "url",
    "rendered",
    "content",
    "$oid",
    "$date",
    "$numberLong",
    "#text",
    "_",
    "id",
];

impl<'de> Given<'de> {
    /// Returns the value as one text; `None` if it contains no text.
    pub(crate) fn into_text(self, joining: Joining) -> Option<Cow<'de, str>> {
        match self {
            Self::Nothing => None,
            Self::Text(text) => Some(text),
            Self::Nested(value) => text_of(&value, joining).map(Cow::Owned),
        }
    }
}

/// Returns the text of a value.
pub(crate) fn text_of(value: &Value, joining: Joining) -> Option<String> {
    let text = match joining {
        Joining::Prose => prose(value),
        Joining::List => names(value).join(", "),
        Joining::First => first(value)?,
    };
    Some(text).filter(|text| !text.trim().is_empty())
}

/// Returns the paragraphs of a value.
fn prose(value: &Value) -> String {
    let mut parts = Vec::new();
    paragraphs(value, false, &mut parts);
    parts.join("\n\n")
}

/// Collects the paragraphs of a value. In an object, these are its text field or, if it has none, all strings that
/// look like prose.
fn paragraphs<'v>(value: &'v Value, in_object: bool, parts: &mut Vec<&'v str>) {
    match value {
        // A single ASCII word in an object is a type or an id rather than a paragraph. A word in another script may be
        // a whole sentence, because some scripts have no spaces.
        Value::String(text)
            if !text.trim().is_empty()
                && (!in_object
                    || text.trim().contains(char::is_whitespace)
                    || !text.is_ascii()) =>
        {
            parts.push(text.trim());
        }
        Value::Array(values) => values.iter().for_each(|v| paragraphs(v, false, parts)),
        Value::Object(fields) => {
            match TEXTS.iter().find_map(|key| fields.get(*key).filter(|v| !v.is_null())) {
                Some(text) => paragraphs(text, false, parts),
                None => fields.values().for_each(|v| paragraphs(v, true, parts)),
            }
        }
        _ => {}
    }
}

/// Returns the names in a value.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(name) => vec![name.trim().to_owned()],
        Value::Array(values) => values.iter().flat_map(names).collect(),
        Value::Object(fields) => match fields.get("name").or_else(|| fields.get("title")) {
            Some(name) => names(name),
            None if fields.values().all(Value::is_object) => {
                fields.values().flat_map(names).collect()
            }
            None => first(value).into_iter().collect(),
        },
        _ => Vec::new(),
    }
    .into_iter()
    .filter(|name| !name.is_empty())
    .collect()
}

/// Returns the first text or number in a value; in an object, the best key with such a value is used.
fn first(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values.iter().find_map(first),
        Value::Object(fields) => NAMES.iter().find_map(|key| fields.get(*key).and_then(first)),
        _ => None,
    }
}

impl<'de> Deserialize<'de> for Given<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(GivenVisitor)
    }
}

struct GivenVisitor;

impl<'de> Visitor<'de> for GivenVisitor {
    type Value = Given<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }

    fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Borrowed(v)))
    }

    fn visit_str<E>(self, v: &str) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(v.to_owned())))
    }

    fn visit_string<E>(self, v: String) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(v)))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(v.to_string())))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(v.to_string())))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Given<'de>, E> {
        Ok(Given::Text(Cow::Owned(v.to_string())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Given<'de>, E> {
        Ok(Given::Nothing)
    }

    fn visit_unit<E>(self) -> Result<Given<'de>, E> {
        Ok(Given::Nothing)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Given<'de>, A::Error> {
        Value::deserialize(serde::de::value::SeqAccessDeserializer::new(seq)).map(Given::Nested)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Given<'de>, A::Error> {
        Value::deserialize(serde::de::value::MapAccessDeserializer::new(map)).map(Given::Nested)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Joining, text_of};

    #[test]
    fn texts_authors_and_addresses_in_many_shapes() {
        for (value, joining, text) in [
            (json!(["One.", "Two."]), Joining::Prose, "One.\n\nTwo."),
            (json!({"direction": "ltr", "content": "One."}), Joining::Prose, "One."),
            (json!({"rendered": "<p>One.</p>", "protected": false}), Joining::Prose, "<p>One.</p>"),
            (
                json!({"summary": ["In short."], "sections": [{"headline": ["A head"], "paragraphs": ["One.", "Two."]}]}),
                Joining::Prose,
                "In short.\n\nA head\n\nOne.\n\nTwo.",
            ),
            (
                json!([{"type": "paragraph", "children": [{"text": "One."}]}]),
                Joining::Prose,
                "One.",
            ),
            (json!(["Ada Lorne", {"name": "Karl Braun"}]), Joining::List, "Ada Lorne, Karl Braun"),
            (json!({"1": {"author_id": "1", "name": "Ada Lorne"}}), Joining::List, "Ada Lorne"),
            (
                json!([{"href": "https://a.example", "type": "text/html"}]),
                Joining::First,
                "https://a.example",
            ),
            (json!({"$date": {"$numberLong": "1773129600000"}}), Joining::First, "1773129600000"),
        ] {
            assert_eq!(text_of(&value, joining).as_deref(), Some(text));
        }
        assert_eq!(text_of(&json!({"a": 1, "b": "id7"}), Joining::Prose), None);
    }
}
