//! An article as other programs write it down, and how its fields become those of an [`Article`].
//!
//! The names are those of this program's own exports and of trafilatura, newspaper4k, news-please, Mercury, Readability.js,
//! JSON Feed, schema.org and news APIs. Where a record has several names of one field, the first of [`FIELDS`] holds.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::article::{Article, ArticleId};
use crate::language::Language;
use crate::read::{Ingested, Options, builder, date, page};
use crate::warning::Warning;

/// The fields of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Id,
    Url,
    Title,
    Source,
    Byline,
    Date,
    Updated,
    Lang,
    Text,
    Html,
    /// Text or HTML, as it turns out.
    Content,
    Teaser,
}

const N_FIELDS: usize = 12;

/// The names of each field, in lower case without `_`, `-`, `:` and spaces, best first.
const FIELDS: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "uuid", "guid", "articleid"]),
    (
        Field::Url,
        &[
            "url",
            "link",
            "canonicalurl",
            "canonicallink",
            "canonical",
            "permalink",
            "finalurl",
            "href",
            "weburl",
        ],
    ),
    (Field::Title, &["title", "headline", "webtitle", "name"]),
    (
        Field::Source,
        &[
            "source",
            "sitename",
            "publisher",
            "outlet",
            "publication",
            "sourcename",
            "site",
            "hostname",
            "sourcehostname",
            "sourcedomain",
            "domain",
            "host",
        ],
    ),
    (Field::Byline, &["byline", "author", "authors", "creator", "dccreator"]),
    (
        Field::Date,
        &[
            "date",
            "published",
            "datepublished",
            "datepublish",
            "publishdate",
            "publishedat",
            "publishedtime",
            "publisheddate",
            "publicationdate",
            "pubdate",
            "webpublicationdate",
            "timestamp",
            "datetime",
        ],
    ),
    (
        Field::Updated,
        &["datemodified", "datemodify", "modified", "updated", "updatedat", "lastmodified"],
    ),
    (Field::Lang, &["lang", "language", "metalang", "inlanguage", "locale"]),
    (
        Field::Text,
        &[
            "text",
            "maintext",
            "textcontent",
            "articlebody",
            "articletext",
            "contenttext",
            "fulltext",
            "body",
            "article",
            "plaintext",
            "story",
        ],
    ),
    (Field::Html, &["html", "contenthtml", "articlehtml", "rawhtml"]),
    (Field::Content, &["content"]),
    (
        Field::Teaser,
        &[
            "summary",
            "description",
            "excerpt",
            "abstract",
            "teaser",
            "snippet",
            "dek",
            "lead",
            "metadescription",
        ],
    ),
];

/// What holds articles inside an object that is none itself.
const CONTAINERS: &[&str] = &[
    "articles",
    "items",
    "results",
    "documents",
    "entries",
    "stories",
    "news",
    "data",
    "docs",
    "hits",
];

/// Returns the field of a name, and how good the name is: 0 is the best.
pub(crate) fn field(name: &str) -> Option<(Field, usize)> {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | ':' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect();
    FIELDS.iter().find_map(|(field, names)| Some((*field, names.iter().position(|n| *n == plain)?)))
}

/// One article as it was written down.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record<'de> {
    values: [Option<(usize, Cow<'de, str>)>; N_FIELDS],
    /// The articles of a container.
    pub(crate) inside: Vec<Self>,
}

impl<'de> Record<'de> {
    /// Takes a value, unless a better name has brought one.
    pub(crate) fn put(&mut self, (field, rank): (Field, usize), value: Cow<'de, str>) {
        let slot = &mut self.values[field as usize];
        let blank = value.trim().is_empty();
        if !blank && slot.as_ref().is_none_or(|(old, _)| rank < *old) {
            *slot = Some((rank, value));
        }
    }

    fn take(&mut self, field: Field) -> Option<Cow<'de, str>> {
        self.values[field as usize].take().map(|(_, value)| value)
    }

    /// Takes a field that stands on one line.
    fn line(&mut self, field: Field) -> Option<String> {
        let value = self.take(field)?;
        Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Returns the record with its values copied.
    pub(crate) fn into_owned(self) -> Record<'static> {
        Record {
            values: self
                .values
                .map(|v| v.map(|(rank, value)| (rank, Cow::Owned(value.into_owned())))),
            inside: self.inside.into_iter().map(Record::into_owned).collect(),
        }
    }
}

/// Makes the article of a record; `at` names its place in the input.
pub(crate) fn adapt(mut record: Record<'_>, origin: &str, at: &str, options: &Options) -> Ingested {
    sort_content(&mut record);
    let mut ingested = Ingested::default();
    let article = if let Some(text) = record.take(Field::Text) {
        builder::with_layout(text.into_owned())
    } else if let Some(html) = record.take(Field::Html) {
        of_html(&html, at, options, &mut ingested)
    } else if let Some(teaser) = record.take(Field::Teaser) {
        Article { teaser: true, ..builder::with_layout(teaser.into_owned()) }
    } else {
        Article::default()
    };
    let finished = adapt_onto(article, record, origin, at, options);
    ingested.extend(finished);
    ingested
}

/// Puts the metadata of a record over an article whose text is read.
pub(crate) fn adapt_onto(
    mut article: Article,
    mut record: Record<'_>,
    origin: &str,
    at: &str,
    options: &Options,
) -> Ingested {
    origin.clone_into(&mut article.origin);
    apply(&mut record, &mut article, at, options);
    if article.title.is_empty() && article.text.trim().is_empty() {
        return Ingested::of_warning(Warning::dropped(
            at,
            "holds no article: no title and no text",
        ));
    }
    let mut ingested = Ingested::default();
    ingested.put(article);
    ingested
}

/// Decides whether `content` is text or HTML.
fn sort_content(record: &mut Record<'_>) {
    if let Some(content) = record.take(Field::Content) {
        let field = if is_html(&content) { Field::Html } else { Field::Text };
        record.put((field, usize::MAX), content);
    }
}

fn is_html(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<') || ["</p>", "</div>", "<br", "</a>"].iter().any(|tag| text.contains(tag))
}

/// A text given as text is kept to the letter.
/// A page is cleaned; a part of one is the body of the article already.
fn of_html(html: &str, at: &str, options: &Options, ingested: &mut Ingested) -> Article {
    let head = html.get(..4096).unwrap_or(html).to_ascii_lowercase();
    if ["<html", "<head", "<body", "<!doctype"].iter().any(|tag| head.contains(tag)) {
        let mut read = page::page(at, html, options);
        ingested.cuts.append(&mut read.cuts);
        return read.articles.pop().unwrap_or_default();
    }
    let (text, blocks) = page::fragment(html, options);
    Article { text, blocks, ..Article::default() }
}

/// Puts the metadata of a record over what the text says.
fn apply(record: &mut Record<'_>, article: &mut Article, at: &str, options: &Options) {
    let title = record.line(Field::Title);
    article.title = title.unwrap_or_else(|| std::mem::take(&mut article.title));
    article.url = record.line(Field::Url).or(article.url.take());
    article.source = record.line(Field::Source).or(article.source.take());
    article.byline = record.line(Field::Byline).map(|b| without_by(&b)).or(article.byline.take());
    let given = record.line(Field::Lang).and_then(|tag| Language::parse(&tag));
    article.lang = given.or(options.lang).unwrap_or(article.lang);
    put_date(record, article, at, options);
    article.id = match record.line(Field::Id) {
        Some(id) => ArticleId::given(id),
        None => ArticleId::of_content(article.source.as_deref(), &article.title, &article.text),
    };
}

fn without_by(byline: &str) -> String {
    crate::read::line_patterns::byline(byline).unwrap_or(byline).to_owned()
}

fn put_date(record: &mut Record<'_>, article: &mut Article, at: &str, options: &Options) {
    let hint = date::Hint { lang: Some(article.lang), now: options.now, order: None };
    let published = record.line(Field::Date);
    let updated = record.line(Field::Updated);
    if let Some(text) = &published {
        let read = date::parse(text, &hint);
        if read.is_none() {
            article
                .warnings
                .push(Warning::kept(at, format!("has a date that cannot be read: {text:?}")));
        }
        article.published = read.or(article.published);
    }
    if article.published.is_none()
        && let Some(read) = updated.and_then(|text| date::parse(&text, &hint))
    {
        article.published = Some(read);
        article
            .warnings
            .push(Warning::kept(at, "is dated by its last update, as it gives no other date"));
    }
}

impl<'de> Deserialize<'de> for Record<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RecordVisitor)
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Record<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object with the fields of an article")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Record<'de>, A::Error> {
        let mut record = Record::default();
        while let Some(Text(key)) = map.next_key::<Text<'de>>()? {
            let key = key.unwrap_or_default();
            if let Some(field) = field(&key) {
                if let Text(Some(value)) = map.next_value()? {
                    record.put(field, value);
                }
            } else if CONTAINERS.contains(&&*key) {
                let Inside(inside) = map.next_value()?;
                record.inside.extend(inside);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(record)
    }
}

/// The articles of a container; anything else is none.
struct Inside<'de>(Vec<Record<'de>>);

impl<'de> Deserialize<'de> for Inside<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values: serde_json::Value = Deserialize::deserialize(deserializer)?;
        let serde_json::Value::Array(values) = values else { return Ok(Self(Vec::new())) };
        let objects = values.into_iter().filter(serde_json::Value::is_object);
        Ok(Self(objects.map(of_value).collect()))
    }
}

fn of_value(value: serde_json::Value) -> Record<'static> {
    Record::deserialize(value).map(Record::into_owned).unwrap_or_default()
}

/// A value as text: numbers as they are written, the names of several authors joined, the name of an object.
struct Text<'de>(Option<Cow<'de, str>>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor)
    }
}

struct TextVisitor;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Text<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("text")
    }

    fn visit_borrowed_str<E>(self, v: &'de str) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Borrowed(v))))
    }

    fn visit_str<E>(self, v: &str) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(v.to_owned()))))
    }

    fn visit_string<E>(self, v: String) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(v))))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(v.to_string()))))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(v.to_string()))))
    }

    fn visit_f64<E>(self, v: f64) -> Result<Text<'de>, E> {
        Ok(Text(Some(Cow::Owned(v.to_string()))))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Text<'de>, E> {
        Ok(Text(None))
    }

    fn visit_unit<E>(self) -> Result<Text<'de>, E> {
        Ok(Text(None))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Text<'de>, A::Error> {
        let mut parts: Vec<String> = Vec::new();
        while let Some(Text(part)) = seq.next_element()? {
            parts.extend(part.filter(|p| !p.trim().is_empty()).map(Cow::into_owned));
        }
        Ok(Text((!parts.is_empty()).then(|| Cow::Owned(parts.join(", ")))))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text<'de>, A::Error> {
        const NAMES: [&str; 5] = ["name", "title", "value", "$oid", "rendered"];
        let mut best: Option<(usize, Cow<'de, str>)> = None;
        while let Some(Text(key)) = map.next_key::<Text<'de>>()? {
            let key = key.unwrap_or_default();
            let Some(rank) = NAMES.iter().position(|n| *n == key) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            if let Text(Some(value)) = map.next_value()?
                && best.as_ref().is_none_or(|(old, _)| rank < *old)
            {
                best = Some((rank, value));
            }
        }
        Ok(Text(best.map(|(_, value)| value)))
    }
}
