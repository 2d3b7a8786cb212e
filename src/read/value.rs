//! Reads records that a program already has in memory, such as dicts or the rows of a data frame.

use serde::Deserialize as _;
use serde_json::Value;

use crate::read::record::{self, Field, Record};
use crate::read::{Ingested, Options};
use crate::warning::Warning;

/// Reads one record with the field names of a JSON article; `origin` names the record in warnings.
///
/// ```
/// use nutgraf::read::{Options, read_value};
///
/// let record = serde_json::json!({"title": "Bridge closed", "text": "The bridge is closed.", "lang": "en"});
/// let articles = read_value(record, "row 1", &Options::default()).articles;
/// assert_eq!(articles[0].title, "Bridge closed");
/// ```
pub fn read_value(value: Value, origin: &str, options: &Options) -> Ingested {
    let mut ingested = match Record::deserialize(value) {
        Ok(record) => record::adapt(record, origin, origin, options),
        Err(error) => Ingested::from_warning(Warning::dropped(origin, error.to_string())),
    };
    ingested.name_unread_fields(origin);
    ingested.detect_languages();
    ingested
}

/// Returns the name, in the published JSON, of the article field that `name` refers to; `None` if the name is unknown.
///
/// ```
/// assert_eq!(nutgraf::read::field_of("maintext"), Some("text"));
/// assert_eq!(nutgraf::read::field_of("views"), None);
/// ```
pub fn field_of(name: &str) -> Option<&'static str> {
    let (field, _) = record::field(name)?;
    Some(match field {
        Field::Id => "id",
        Field::Url => "url",
        Field::Title => "title",
        Field::Source => "source",
        Field::Byline => "byline",
        Field::Date => "date",
        Field::Updated => "updated",
        Field::Lang => "lang",
        Field::Text | Field::Content => "text",
        Field::Html => "html",
        Field::Teaser => "summary",
        Field::Extent => "extent",
        Field::Section => "section",
    })
}
