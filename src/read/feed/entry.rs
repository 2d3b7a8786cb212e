//! Parses the entries of an XML feed in any dialect.
//!
//! The dialects differ only in the names of a few elements, which are all recognized here. A field extends to its end
//! tag; if the tag is missing, the field ends at the next field or at the end of the entry.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::xml::{Event, Events, attribute};
use super::{Channel, Feed};
use crate::read::charset;
use crate::span::Span;

/// Base64, with or without padding.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// An entry as given; its text fields still contain markup.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub(super) id: Option<String>,
    pub(super) title: String,
    pub(super) link: Option<String>,
    pub(super) author: Option<String>,
    pub(super) published: Option<String>,
    pub(super) updated: Option<String>,
    /// The markup of the full text.
    pub(super) content: String,
    /// The markup of a summary.
    pub(super) summary: String,
    /// Whether the summary is in an element of the feed format itself, not of an extension.
    pub(super) has_own_summary: bool,
    pub(super) language: Option<String>,
    /// The outlet, if the feed combines several outlets.
    pub(super) source: Option<String>,
}

/// Parses a feed.
pub(super) fn feed(xml: &str) -> Feed {
    let mut reader = Reader { xml, feed: Feed::default(), entry: None, field: None, in_other: 0 };
    let mut events = Events::new(xml);
    for (event, span) in events.by_ref() {
        reader.take(&event, span);
    }
    let was_open = reader.entry.is_some();
    reader.end_entry();
    let mut feed = reader.feed;
    if was_open || events.cut {
        feed.repair("ends too early; what is there was read");
    }
    feed
}

struct Reader<'x> {
    xml: &'x str,
    feed: Feed,
    entry: Option<Entry>,
    field: Option<Field>,
    /// The number of open elements such as `image`, whose title and link are not those of the feed.
    in_other: usize,
}

/// A field whose end tag has not been read yet.
struct Field {
    name: String,
    attributes: String,
    /// The text with decoded entities, used if the field contains no elements.
    text: String,
    /// The raw markup, used if the field contains elements.
    markup: String,
    has_elements: bool,
    /// Whether the field has a CDATA section.
    is_data: bool,
    /// The number of open inner elements with the same name as the field.
    nested: usize,
}

/// Fields that may contain elements.
const MARKUP: &[&str] = &[
    "content",
    "content:encoded",
    "description",
    "subtitle",
    "summary",
    "tagline",
    "body",
    "dc:description",
    "fullitem",
    "turbo:content",
    "yandex:full-text",
];

/// Fields that contain plain text.
const PLAIN: &[&str] = &[
    "author",
    "category",
    "comments",
    "created",
    "date",
    "dc:creator",
    "dc:date",
    "dc:language",
    "dc:publisher",
    "dc:source",
    "dc:title",
    "dcterms:created",
    "dcterms:issued",
    "dcterms:modified",
    "dcterms:published",
    "email",
    "guid",
    "id",
    "issued",
    "itunes:author",
    "itunes:summary",
    "language",
    "lastbuilddate",
    "link",
    "media:description",
    "media:title",
    "modified",
    "name",
    "pubdate",
    "published",
    "source",
    "title",
    "updated",
    "uri",
    "url",
];

impl Reader<'_> {
    fn take(&mut self, event: &Event<'_>, span: Span) {
        if self.field.is_some() {
            self.in_field(event, span);
            return;
        }
        match event {
            Event::Start { name, attributes, empty } => self.start(name, attributes, *empty),
            Event::End { name } => match &**name {
                "item" | "entry" => self.end_entry(),
                "image" | "textinput" | "contributor" | "source" => {
                    self.in_other = self.in_other.saturating_sub(1);
                }
                _ => {}
            },
            Event::Text(_) | Event::Data(_) => {}
        }
    }

    fn start(&mut self, name: &str, attributes: &str, empty: bool) {
        match name {
            "item" | "entry" => {
                self.end_entry();
                self.in_other = 0;
                self.entry = Some(Entry {
                    id: attribute(attributes, "about"),
                    language: attribute(attributes, "lang"),
                    ..Entry::default()
                });
                if empty {
                    self.end_entry();
                }
            }
            "feed" | "channel" | "rss" => {
                let language = attribute(attributes, "lang");
                self.feed.channel.language = language.or(self.feed.channel.language.take());
            }
            "image" | "textinput" | "contributor" if !empty => self.in_other += 1,
            // In Atom, `source` contains fields of another feed; in RSS it contains a name.
            "source" if !empty && attribute(attributes, "url").is_none() => self.in_other += 1,
            _ if self.in_other > 0 && name != "title" => {}
            _ if MARKUP.contains(&name) || PLAIN.contains(&name) => {
                let field = Field {
                    name: name.to_owned(),
                    attributes: attributes.to_owned(),
                    text: String::new(),
                    markup: String::new(),
                    has_elements: false,
                    is_data: false,
                    nested: 0,
                };
                self.field = Some(field);
                if empty {
                    self.end_field();
                }
            }
            _ => {}
        }
    }

    fn in_field(&mut self, event: &Event<'_>, span: Span) {
        let source = span.slice(self.xml);
        let Some(field) = &mut self.field else { return };
        let is_markup = MARKUP.contains(&&*field.name);
        match event {
            Event::Text(text) => {
                field.text.push_str(&charset::unescaped(text));
                field.markup.push_str(text);
            }
            Event::Data(text) => {
                field.is_data = true;
                field.text.push_str(text);
                field.markup.push_str(text);
            }
            Event::End { name } if *name == field.name && field.nested == 0 => self.end_field(),
            Event::End { name } if matches!(&**name, "item" | "entry") => {
                self.end_field();
                self.end_entry();
            }
            Event::End { name } => {
                field.nested -= usize::from(*name == field.name);
                field.markup.push_str(source);
            }
            Event::Start { name, attributes, empty } => {
                let ends = match &**name {
                    "item" | "entry" => true,
                    name if is_markup => ends_markup(name) && name != field.name,
                    name => PLAIN.contains(&name) && name != field.name || MARKUP.contains(&name),
                };
                if ends {
                    self.end_field();
                    self.start(name, attributes, *empty);
                    return;
                }
                field.has_elements = true;
                field.nested += usize::from(*name == field.name && !empty);
                field.markup.push_str(source);
            }
        }
    }

    fn end_entry(&mut self) {
        self.end_field();
        self.feed.entries.extend(self.entry.take());
    }

    fn end_field(&mut self) {
        let Some(field) = self.field.take() else { return };
        let Some(entry) = &mut self.entry else {
            channel_field(&mut self.feed.channel, &field, self.in_other > 0);
            return;
        };
        if self.in_other > 0 {
            // The title of the feed from which the entry was taken.
            let title = Some(field.value().trim().to_owned()).filter(|t| !t.is_empty());
            entry.source = entry.source.take().or(title);
            return;
        }
        if field.is_other_medium() {
            self.feed.repair("has a field in a format that is not text; it was left out");
            return;
        }
        entry.take(&field);
    }
}

impl Field {
    /// Returns the markup of a field: decoded base64, raw markup if the field contains elements, or otherwise text with
    /// decoded entities.
    fn value(&self) -> String {
        let value = if self.has_elements { &self.markup } else { &self.text };
        let value = self.decoded_base64().unwrap_or_else(|| value.clone());
        without_data_marks(value, self.is_data)
    }

    /// Returns the text of a field that has no markup.
    fn line(&self) -> Option<String> {
        let text = without_data_marks(self.text.trim().to_owned(), self.is_data);
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// Returns the declared media type of the field, unless it is text or markup.
    fn foreign_type(&self) -> Option<String> {
        let kind = attribute(&self.attributes, "type")?.to_ascii_lowercase();
        let is_text = !kind.contains('/')
            || kind.starts_with("text/")
            || kind.ends_with("xml")
            || kind.ends_with("html");
        (MARKUP.contains(&&*self.name) && !is_text).then_some(kind)
    }

    /// Returns the text of a base64 value. In Atom 0.3, a field declares that it is base64; in Atom 1.0, every media
    /// type other than text and XML is base64.
    fn decoded_base64(&self) -> Option<String> {
        let is_marked =
            attribute(&self.attributes, "mode").is_some_and(|m| m.eq_ignore_ascii_case("base64"));
        if self.has_elements || !(is_marked || self.foreign_type().is_some()) {
            return None;
        }
        let digits: String = self.text.split_ascii_whitespace().collect();
        let bytes = BASE64.decode(digits).ok().filter(|b| !b.is_empty())?;
        String::from_utf8(bytes).ok().filter(|text| !text.contains('\0'))
    }

    /// Returns whether the value is a picture or another medium that is not text.
    fn is_other_medium(&self) -> bool {
        let src = || attribute(&self.attributes, "src").is_some();
        self.foreign_type().is_some()
            && !src()
            && self.decoded_base64().is_none()
            && !self.text.trim().is_empty()
    }
}

/// Removes CDATA delimiters that were escaped or nested in another section.
fn without_data_marks(value: String, is_data: bool) -> String {
    let mut value = value;
    let mut marked = is_data;
    for mark in ["<![CDATA[", "&lt;![CDATA["] {
        if value.contains(mark) {
            marked = true;
            value = value.replace(mark, "");
        }
    }
    if marked && value.contains("]]") {
        value = value.replace("]]>", "").replace("]]&gt;", "");
    }
    value
}

impl Entry {
    /// Stores a field of the entry.
    fn take(&mut self, field: &Field) {
        let some = || field.line();
        match &*field.name {
            "title" => {
                let title = field.value();
                if !title.trim().is_empty() {
                    self.title = title;
                }
            }
            "dc:title" | "media:title" if self.title.is_empty() => self.title = field.value(),
            "link" => self.take_link(field),
            "guid" | "id" => {
                let is_link =
                    attribute(&field.attributes, "isPermaLink").as_deref() != Some("false");
                self.id = some().or_else(|| self.id.take());
                if field.name == "guid" && is_link && self.link.is_none() {
                    self.link = some().filter(|l| l.starts_with("http"));
                }
            }
            "name" | "dc:creator" | "itunes:author" | "author" => self.take_author(field),
            "pubdate" | "published" | "issued" | "dcterms:issued" | "dcterms:published" => {
                self.published = some();
            }
            "dc:date" | "date" | "created" | "dcterms:created" => {
                self.published = self.published.take().or_else(some);
            }
            "updated" | "modified" | "dcterms:modified" => self.updated = some(),
            "content:encoded" | "content" | "body" | "fullitem" | "turbo:content"
            | "yandex:full-text" => {
                let value = field.value();
                if value.len() > self.content.len() {
                    self.content = value;
                }
            }
            "description" | "summary" => {
                let value = field.value();
                if !value.trim().is_empty() {
                    (self.summary, self.has_own_summary) = (value, true);
                }
            }
            "dc:description" | "media:description" | "itunes:summary"
                if !self.has_own_summary && self.summary.is_empty() =>
            {
                self.summary = field.value();
            }
            "dc:language" | "language" => self.language = some(),
            "source" | "dc:source" | "dc:publisher" => {
                self.source = self.source.take().or_else(some);
            }
            _ => {}
        }
    }

    /// Stores an author; several names in `name` or `dc:creator` elements are joined.
    fn take_author(&mut self, field: &Field) {
        let Some(name) = author_name(field.text.trim()) else { return };
        match &mut self.author {
            Some(author)
                if !author.split(", ").any(|known| known == name)
                    && matches!(&*field.name, "name" | "dc:creator") =>
            {
                author.push_str(", ");
                author.push_str(&name);
            }
            Some(_) => {}
            author @ None => *author = Some(name.into_owned()),
        }
    }

    fn take_link(&mut self, field: &Field) {
        let href = attribute(&field.attributes, "href");
        let rel = attribute(&field.attributes, "rel");
        let is_main = rel.as_deref().is_none_or(|r| r == "alternate");
        let text = Some(field.text.trim().to_owned()).filter(|t| !t.is_empty());
        if let Some(link) = href.filter(|_| is_main).or(text) {
            self.link = Some(link);
        }
    }
}

/// Returns the name of an author without the email address: `ada@varn.example (Ada Lorne)`, `Ada Lorne
/// (ada@varn.example)`, `Ada Lorne <ada@varn.example>`; `None` if there is only an address.
fn author_name(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('@') {
        return Some(Cow::Borrowed(text)).filter(|name| !name.is_empty());
    }
    let parts = text.split(['(', ')', '<', '>', ',', ';']).map(str::trim);
    let names: Vec<&str> = parts.filter(|part| !part.is_empty() && !part.contains('@')).collect();
    (!names.is_empty()).then(|| Cow::Owned(names.join(", ")))
}

/// Returns whether an element ends an unclosed field, because it does not occur in the markup of a text.
fn ends_markup(name: &str) -> bool {
    matches!(
        name,
        "guid"
            | "pubdate"
            | "published"
            | "updated"
            | "issued"
            | "modified"
            | "category"
            | "comments"
            | "author"
    ) || name.contains(':') && (PLAIN.contains(&name) || MARKUP.contains(&name))
}

fn channel_field(channel: &mut Channel, field: &Field, in_other: bool) {
    let value = Some(field.value().trim().to_owned()).filter(|t| !t.is_empty());
    match &*field.name {
        _ if in_other => {}
        "title" => channel.title = channel.title.take().or(value),
        "link" => {
            let rel = attribute(&field.attributes, "rel");
            if rel.as_deref().is_none_or(|r| r == "alternate") {
                let href = attribute(&field.attributes, "href").or(value);
                channel.link = channel.link.take().or(href);
            }
        }
        "language" | "dc:language" => channel.language = value.or(channel.language.take()),
        _ => {}
    }
}
