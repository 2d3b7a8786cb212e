//! JSON Feed 1.0 and 1.1.

use serde_json::Value;

use super::entry::Entry;
use super::{Channel, Feed};
use crate::read::json::closed;

/// Returns the feed in a JSON text, or `None` if it is not JSON or has no list of items.
///
/// If the feed is truncated, the complete entries are returned.
pub(super) fn feed(text: &str) -> Option<Feed> {
    let mut repairs = Vec::new();
    let value: Value = if let Ok(value) = serde_json::from_str(text) {
        value
    } else {
        repairs.push("ends too early; its whole entries were read");
        serde_json::from_str(&closed(text)?).ok()?
    };
    let field = |value: &Value, key: &str| value[key].as_str().map(str::to_owned);
    let channel = Channel {
        title: field(&value, "title"),
        link: field(&value, "home_page_url").or_else(|| field(&value, "feed_url")),
        language: field(&value, "language"),
    };
    let items = value["items"].as_array()?;
    let entries = items
        .iter()
        .map(|item| Entry {
            id: field(item, "id").or_else(|| item["id"].as_i64().map(|n| n.to_string())),
            title: field(item, "title").unwrap_or_default(),
            link: field(item, "url").or_else(|| field(item, "external_url")),
            author: author(item),
            published: field(item, "date_published"),
            updated: field(item, "date_modified"),
            content: field(item, "content_html")
                .or_else(|| field(item, "content_text").map(|t| markup(&t)))
                .unwrap_or_default(),
            summary: field(item, "summary").map(|t| markup(&t)).unwrap_or_default(),
            has_own_summary: true,
            language: field(item, "language"),
            source: None,
        })
        .collect();
    Some(Feed { channel, entries, repairs })
}

/// Returns the authors of an item, which are a list, an object or a name under the key of either version.
fn author(item: &Value) -> Option<String> {
    fn names(value: &Value) -> Vec<String> {
        match value {
            Value::String(name) => vec![name.clone()],
            Value::Array(values) => values.iter().flat_map(names).collect(),
            Value::Object(fields) => fields.get("name").map(names).unwrap_or_default(),
            _ => Vec::new(),
        }
    }
    let named = ["authors", "author"].iter().map(|key| names(&item[*key]).join(", "));
    named.into_iter().find(|names| !names.is_empty())
}

/// Converts plain text to markup: a blank line separates paragraphs.
fn markup(text: &str) -> String {
    let text = html_escape::encode_text(text);
    text.replace("\n\n", "<p>").replace('\n', "<br>")
}
