//! Articles as other programs write them, and the mapping of their fields to the fields of an [`Article`].
//!
//! The names are those of this program's own exports, of extractors (trafilatura, newspaper4k, news-please, goose3,
//! fundus, Mercury, Readability.js), of feed readers and read-later services (miniflux, `FreshRSS`, Feedly, `NewsBlur`,
//! wallabag, Pocket, Instapaper, Readwise), of JSON Feed, schema.org and news APIs. If a record has several names for
//! one field, the name that comes first in [`FIELDS`] wins.
//!
//! Invariant: a string of [`LONG`] characters or more is in the article, or a warning names or counts its field.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::article::{Article, ArticleId, Extent};
use crate::language::Language;
use crate::read::given::{self, Given, Joining};
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
    /// Text or HTML, depending on the content.
    Content,
    Teaser,
    /// How complete the text of the article is, as exported by this program.
    Extent,
    Section,
}

const N_FIELDS: usize = 14;

/// The names of each field, best first: in lower case, without spaces, `_`, `-`, `:` and `.`.
const FIELDS: &[(Field, &[&str])] = &[
    (Field::Id, &["id", "uuid", "guid", "articleid", "storyhash", "itemid"]),
    (
        Field::Url,
        &[
            "sourceurl",
            "url",
            "link",
            "canonicalurl",
            "canonicallink",
            "canonical",
            "permalink",
            "storypermalink",
            "resolvedurl",
            "finalurl",
            "href",
            "weburl",
            "alternate",
            "givenurl",
            "loc",
        ],
    ),
    (
        Field::Title,
        &[
            "title",
            "headline",
            "webtitle",
            "storytitle",
            "resolvedtitle",
            "giventitle",
            "booktitle",
            "readabletitle",
            "name",
            "titel",
            "titre",
            "título",
            "titulo",
            "titolo",
            "überschrift",
        ],
    ),
    (
        Field::Source,
        &[
            "sitename",
            "metasitename",
            "sourcehostname",
            "source",
            "publisher",
            "outlet",
            "publication",
            "publicationtitle",
            "sourcename",
            "feedtitle",
            "feed",
            "domainmetadata",
            "site",
            "hostname",
            "sourcedomain",
            "domainname",
            "domain",
            "host",
            "quelle",
            "fuente",
            "fonte",
        ],
    ),
    (
        Field::Byline,
        &[
            "byline",
            "author",
            "authors",
            "creator",
            "dccreator",
            "storyauthors",
            "publishedby",
            "bookauthor",
            "autor",
            "auteur",
            "autore",
        ],
    ),
    (
        Field::Date,
        &[
            "date",
            "published",
            "datepublished",
            "datepublish",
            "publishdate",
            "publishingdate",
            "publishedat",
            "publishedtime",
            "publisheddate",
            "publicationdate",
            "pubdate",
            "webpublicationdate",
            "storytimestamp",
            "storydate",
            "timestamp",
            "datetime",
            "firstpublished",
            "createdat",
            "created",
            "timeadded",
            "saveddate",
            "savedat",
            "highlightedat",
            "timestampusec",
            "crawltimemsec",
            "datum",
            "fecha",
        ],
    ),
    (
        Field::Updated,
        &[
            "datemodified",
            "datemodify",
            "modified",
            "updated",
            "updatedat",
            "lastmodified",
            "changedat",
        ],
    ),
    (Field::Lang, &["lang", "language", "metalang", "inlanguage", "locale"]),
    (
        Field::Text,
        &[
            "text",
            "maintext",
            "cleanedtext",
            "textcontent",
            "articlebody",
            "articletext",
            "contenttext",
            "fulltext",
            "body",
            "article",
            "plaintext",
            "story",
            "storycontent",
            "highlight",
            "rawtext",
            "bodytext",
            "inhalt",
            "texte",
            "texto",
            "testo",
        ],
    ),
    (Field::Html, &["html", "contenthtml", "htmlcontent", "fullcontent", "articlehtml", "rawhtml"]),
    (Field::Content, &["content"]),
    (
        Field::Teaser,
        &[
            "summary",
            "description",
            "excerpt",
            "abstract",
            "abstractnote",
            "teaser",
            "snippet",
            "selection",
            "dek",
            "lead",
            "metadescription",
            "trailtext",
            "standfirst",
        ],
    ),
    (Field::Extent, &["extent"]),
    (Field::Section, &["section", "articlesection", "sectionname", "kicker", "rubrik", "rubrique"]),
];

/// The minimum length in characters of a string that is never left out without a warning.
pub(crate) const LONG: usize = 200;

/// The warning about an article that consists of a headline only.
pub(crate) const NO_TEXT: &str = "has no text, only a title";

/// Names under which an object that is not an article contains articles.
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
    "list",
    "response",
    "posts",
    "_source",
    "result",
];

/// Returns the field for a name, and the rank of the name: 0 is the best.
pub(crate) fn field(name: &str) -> Option<(Field, usize)> {
    let plain: String = name
        .chars()
        .filter(|c| !matches!(c, '_' | '-' | ':' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect();
    FIELDS.iter().find_map(|(field, names)| Some((*field, names.iter().position(|n| *n == plain)?)))
}

impl Field {
    /// Returns how the parts of a value of this field are joined.
    const fn joining(self) -> Joining {
        match self {
            Self::Text | Self::Html | Self::Content | Self::Teaser => Joining::Prose,
            Self::Byline => Joining::List,
            _ => Joining::First,
        }
    }
}

/// A record as given, with its values assigned to fields.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record<'de> {
    values: [Option<Slot<'de>>; N_FIELDS],
    /// The lists and objects under unknown names, and the items of containers that are not objects.
    nested: Vec<(String, Value)>,
    /// The long strings that no field claims, with their names.
    rest: Vec<(String, Cow<'de, str>)>,
    /// The records in this record, if it is a container of articles.
    pub(crate) inside: Vec<Self>,
}

/// A value assigned to a field.
#[derive(Clone, Debug)]
struct Slot<'de> {
    /// The rank of its name: 0 is the best.
    rank: usize,
    /// Its name in the input; only kept for long values.
    name: String,
    value: Cow<'de, str>,
}

impl<'de> Record<'de> {
    /// Stores the value of a field, unless the same or a better name has already provided one.
    pub(crate) fn put(&mut self, field: (Field, usize), value: Cow<'de, str>) {
        self.put_named(field, FIELDS[field.0 as usize].1.get(field.1).unwrap_or(&""), value);
    }

    /// Stores the value of a field with its name in the input; if there are two values, the rejected one is set aside
    /// if it is long.
    fn put_named(&mut self, (field, rank): (Field, usize), name: &str, value: Cow<'de, str>) {
        if value.trim().is_empty() {
            return;
        }
        // trafilatura puts the address of the article in `source`.
        let is_address = field == Field::Source && value.contains("://");
        let (field, rank) = if is_address { (Field::Url, usize::MAX) } else { (field, rank) };
        let name = if LONG <= value.len() { name.to_owned() } else { String::new() };
        let new = Slot { rank, name, value };
        let slot = &mut self.values[field as usize];
        let left = match slot {
            Some(old) if old.rank <= rank => Some(new),
            _ => slot.replace(new),
        };
        if let Some(left) = left {
            self.keep_aside(&left.name, left.value);
        }
    }

    /// Sets aside a string that no field claims, if it is long.
    pub(crate) fn keep_aside(&mut self, name: &str, value: Cow<'de, str>) {
        if LONG <= value.len() && value.chars().nth(LONG - 1).is_some() {
            self.rest.push((name.to_owned(), value));
        }
    }

    /// Sets aside the long strings of a value that do not occur in the text made from it.
    fn keep_aside_without(&mut self, name: &str, value: &Value, text: &str) {
        let mut found = Vec::new();
        collect_long(name, value, &mut found);
        for (name, long) in found.into_iter().filter(|(_, long)| !text.contains(long.trim())) {
            self.keep_aside(&name, long);
        }
    }

    fn has(&self, field: Field) -> bool {
        self.values[field as usize].is_some()
    }

    fn take(&mut self, field: Field) -> Option<Cow<'de, str>> {
        self.values[field as usize].take().map(|slot| slot.value)
    }

    /// Takes the value of a field, as a single line.
    fn line(&mut self, field: Field) -> Option<String> {
        let value = self.take(field)?;
        Some(value.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Copies the values, so that the record no longer borrows from the input.
    pub(crate) fn into_owned(self) -> Record<'static> {
        let owned = |value: Cow<'_, str>| Cow::Owned(value.into_owned());
        Record {
            values: self.values.map(|slot| {
                slot.map(|Slot { rank, name, value }| Slot { rank, name, value: owned(value) })
            }),
            nested: self.nested,
            rest: self.rest.into_iter().map(|(name, value)| (name, owned(value))).collect(),
            inside: self.inside.into_iter().map(Record::into_owned).collect(),
        }
    }

    /// Returns the articles of a record, which are the record itself or, if it is a container, the articles in it at
    /// any depth. Also returns the names of the other long strings in the containers.
    pub(crate) fn articles(mut self) -> (Vec<Self>, Vec<String>) {
        let is_article = [Field::Text, Field::Html, Field::Content].iter().any(|f| self.has(*f));
        if self.inside.is_empty() && !is_article {
            self.look_inside();
        }
        if self.inside.is_empty() {
            return (vec![self], Vec::new());
        }
        let mut unread: Vec<String> = Vec::new();
        let inside = std::mem::take(&mut self.inside);
        let inherits = inside.len() == 1 && !inside[0].has(Field::Title);
        let mut articles = Vec::new();
        for mut record in inside {
            if inherits {
                record.inherit(&mut self);
            }
            let (more, names) = record.articles();
            articles.extend(more);
            unread.extend(names);
        }
        unread.extend(self.long_strings().into_iter().map(|(name, _)| name));
        (articles, unread)
    }

    /// Looks for the text or the articles in the nested values of a record that has neither under a known name.
    fn look_inside(&mut self) {
        let titled = self.has(Field::Title);
        if titled && self.take_nested_fields() {
            return;
        }
        if titled && self.put_longest_nested() {
            return;
        }
        for (name, value) in std::mem::take(&mut self.nested) {
            let mut left = Vec::new();
            for value in objects(value) {
                let record = of_value(&value);
                if !record.inside.is_empty() || record.is_of_article() {
                    self.inside.push(record);
                } else {
                    left.push(value);
                }
            }
            if !left.is_empty() {
                self.nested.push((name, Value::Array(left)));
            }
        }
    }

    /// Adopts the fields of a nested object that contains the text: `{"webTitle": …, "fields": {"bodyText": …}}`.
    fn take_nested_fields(&mut self) -> bool {
        let has_text = |(_, value): &(String, Value)| {
            let record = value.is_object().then(|| of_value(value));
            record.filter(|r| r.inside.is_empty()).is_some_and(|r| {
                [Field::Text, Field::Html, Field::Content].iter().any(|f| r.has(*f))
            })
        };
        let Some(at) = self.nested.iter().position(has_text) else { return false };
        let (_, value) = self.nested.remove(at);
        let mut inner: Self = of_value(&value);
        self.inherit(&mut inner);
        self.rest.extend(inner.long_strings());
        true
    }

    /// Uses the longest text of a nested value as the text of the article, if it has at least [`LONG`] bytes.
    fn put_longest_nested(&mut self) -> bool {
        let texts = self
            .nested
            .iter()
            .enumerate()
            .filter_map(|(at, (_, value))| Some((at, given::text_of(value, Joining::Prose)?)));
        let longest =
            texts.max_by_key(|(_, text)| text.len()).filter(|(_, text)| LONG <= text.len());
        let Some((at, text)) = longest else { return false };
        let (name, value) = self.nested.remove(at);
        self.keep_aside_without(&name, &value, &text);
        self.put((Field::Text, usize::MAX), Cow::Owned(text));
        true
    }

    /// Returns whether a nested record is an article: it has a text or teaser, or a title with an address or date.
    fn is_of_article(&self) -> bool {
        let text =
            [Field::Text, Field::Html, Field::Content, Field::Teaser].iter().any(|f| self.has(*f));
        text || self.has(Field::Title) && (self.has(Field::Url) || self.has(Field::Date))
    }

    /// Fills the fields that this record lacks with those of another record.
    fn inherit(&mut self, outer: &mut Self) {
        for (own, outer) in self.values.iter_mut().zip(&mut outer.values) {
            if own.is_none() {
                *own = outer.take();
            }
        }
    }

    /// Returns the long values of known fields, with their names in the input.
    fn long_metadata(&self) -> Vec<(String, String)> {
        let long = self.values.iter().flatten().filter(|slot| !slot.name.is_empty());
        long.map(|slot| (slot.name.clone(), slot.value.clone().into_owned())).collect()
    }

    /// Splits off everything except the metadata: the texts, the nested values and the strings that no field claims.
    fn split_off_unread(&mut self) -> Self {
        let mut left = Self {
            nested: std::mem::take(&mut self.nested),
            rest: std::mem::take(&mut self.rest),
            ..Self::default()
        };
        for field in [Field::Text, Field::Html, Field::Content, Field::Teaser] {
            left.values[field as usize] = self.values[field as usize].take();
        }
        left
    }

    /// Takes all long strings: those set aside, those in fields, and those in nested values.
    fn long_strings(&mut self) -> Vec<(String, Cow<'de, str>)> {
        let mut found = std::mem::take(&mut self.rest);
        let left = self.values.iter_mut().filter_map(Option::take);
        found.extend(left.filter(|slot| !slot.name.is_empty()).map(|slot| (slot.name, slot.value)));
        for (name, value) in std::mem::take(&mut self.nested) {
            collect_long(&name, &value, &mut found);
        }
        found
    }
}

/// Returns the values that may be records: the items of a list, the values of an object if all of them are objects and
/// no key is a known name (an object keyed by id, for example), or the object itself.
fn objects(value: Value) -> Vec<Value> {
    match value {
        Value::Array(values) => values,
        Value::Object(fields) => {
            let by_number = !fields.is_empty()
                && fields
                    .iter()
                    .all(|(key, v)| v.is_object() && field(key).is_none() && !is_container(key));
            if by_number {
                fields.into_iter().map(|(_, value)| value).collect()
            } else {
                vec![Value::Object(fields)]
            }
        }
        other => vec![other],
    }
}

fn is_container(key: &str) -> bool {
    CONTAINERS.contains(&key)
}

/// Collects the long strings in a value, with the paths of their fields.
fn collect_long(name: &str, value: &Value, found: &mut Vec<(String, Cow<'_, str>)>) {
    match value {
        Value::String(text) if text.chars().nth(LONG - 1).is_some() => {
            found.push((name.to_owned(), Cow::Owned(text.clone())));
        }
        Value::Array(values) => values.iter().for_each(|v| collect_long(name, v, found)),
        Value::Object(fields) => {
            for (key, value) in fields {
                collect_long(&format!("{name}.{key}"), value, found);
            }
        }
        _ => {}
    }
}

/// Converts a record to an article; `at` is its position in the input.
pub(crate) fn adapt(mut record: Record<'_>, origin: &str, at: &str, options: &Options) -> Ingested {
    let mut ingested = Ingested::default();
    if ![Field::Text, Field::Html, Field::Content, Field::Teaser].iter().any(|f| record.has(*f)) {
        take_unknown_text(&mut record, at, &mut ingested);
    }
    sort_content(&mut record);
    let article = if let Some(text) = record.take(Field::Text) {
        builder::with_layout(text.into_owned())
    } else if let Some(html) = record.take(Field::Html) {
        page::of_record(&html, at, options, &mut ingested)
    } else if let Some(teaser) = record.take(Field::Teaser) {
        let article = if is_html(&teaser) {
            page::of_record(&teaser, at, options, &mut ingested)
        } else {
            builder::with_layout(teaser.into_owned())
        };
        Article { teaser: true, ..article }
    } else {
        Article::default()
    };
    let aside = record.split_off_unread();
    let metadata = record.long_metadata();
    let finished = adapt_onto(article, record, origin, at, options);
    let text = finished.articles.first().map_or("", |article| article.text.as_str());
    let mut unread = unread_fields(aside, text);
    unread.extend(unread_metadata(metadata, finished.articles.first()));
    ingested.extend(finished);
    ingested.unread_fields.extend(unread);
    ingested
}

/// Uses the longest of the long strings under unknown names as the text, if it has at least 20 words, and adds a
/// warning.
fn take_unknown_text(record: &mut Record<'_>, at: &str, ingested: &mut Ingested) {
    let words = |text: &str| text.split_whitespace().take(LONG / 8).count();
    let longest = record.rest.iter().enumerate().filter(|(_, (_, text))| LONG / 10 <= words(text));
    let Some((n, _)) = longest.max_by_key(|(_, (_, text))| text.len()) else { return };
    let (name, text) = record.rest.swap_remove(n);
    let message =
        format!("has no field that is known to hold a text; the text was read from {name:?}");
    ingested.warnings.push(Warning::kept(at, message));
    record.put_named((Field::Content, usize::MAX), &name, text);
}

/// Returns the names of the metadata fields whose long strings do not occur in the metadata of the article.
fn unread_metadata(long: Vec<(String, String)>, article: Option<&Article>) -> Vec<String> {
    let shown = article.map_or_else(Vec::new, |a| {
        let fields = [Some(&a.title), a.byline.as_ref(), a.source.as_ref(), a.url.as_ref()];
        fields.into_iter().flatten().cloned().collect()
    });
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_shown = |value: &str| shown.iter().any(|field| field.contains(&plain(value)));
    long.into_iter().filter(|(_, value)| !is_shown(value)).map(|(name, _)| name).collect()
}

/// Returns the names of the fields whose long strings do not occur in the text.
fn unread_fields(mut record: Record<'_>, text: &str) -> Vec<String> {
    let found = record.long_strings();
    if found.is_empty() {
        return Vec::new();
    }
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let text = plain(text);
    let mut names: Vec<String> = Vec::new();
    for (name, value) in found {
        if !text.contains(&plain(&value)) && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// Applies the metadata of a record to an article whose text has been read.
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
        return Ingested::from_warning(Warning::dropped(
            at,
            "holds no article: no title and no text",
        ));
    }
    let mut ingested = Ingested::default();
    let has_text = !article.text.trim().is_empty();
    ingested.put(article);
    if let Some(article) = ingested.articles.first_mut().filter(|_| !has_text) {
        // A list of headlines would have one such warning per line, so they are counted in a single warning for the
        // file.
        article.warnings.push(Warning::kept(at, NO_TEXT));
    }
    ingested
}

/// Decides whether the content is text or HTML.
fn sort_content(record: &mut Record<'_>) {
    if let Some(content) = record.values[Field::Content as usize].take() {
        let field = if is_html(&content.value) { Field::Html } else { Field::Text };
        record.put_named((field, usize::MAX), &content.name, content.value);
    }
    // The text field is kept verbatim, unless it is markup from its first character on.
    let is_markup =
        |text: &str| text.trim_start().starts_with('<') && text.contains("</") && is_html(text);
    let slot = &mut record.values[Field::Text as usize];
    if let Some(text) = slot.take_if(|slot| is_markup(&slot.value)) {
        record.put_named((Field::Html, text.rank), &text.name, text.value);
    }
}

fn is_html(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with('<') || ["</p>", "</div>", "<br", "</a>"].iter().any(|tag| text.contains(tag))
}

/// Fills in the metadata of an article; values in the record take precedence over values found in the text.
fn apply(record: &mut Record<'_>, article: &mut Article, at: &str, options: &Options) {
    let title = record.line(Field::Title);
    article.title = title.unwrap_or_else(|| std::mem::take(&mut article.title));
    article.url = record.line(Field::Url).or(article.url.take());
    article.source = record.line(Field::Source).or(article.source.take());
    article.byline = record.line(Field::Byline).map(|b| without_by(&b)).or(article.byline.take());
    article.section = record.line(Field::Section).or(article.section.take());
    let given = record.line(Field::Lang).and_then(|tag| Language::parse(&tag));
    article.lang = given.or(options.lang).unwrap_or(article.lang);
    put_date(record, article, at, options);
    put_extent(record, article, at);
    article.id = match record.line(Field::Id) {
        Some(id) => ArticleId::given(id),
        None => ArticleId::from_content(article.source.as_deref(), &article.title, &article.text),
    };
}

fn without_by(byline: &str) -> String {
    crate::read::line_patterns::byline(byline).unwrap_or(byline).to_owned()
}

/// Marks an article that the record declares to be a teaser or an incomplete text.
fn put_extent(record: &mut Record<'_>, article: &mut Article, at: &str) {
    let extent = record.line(Field::Extent).and_then(|name| Extent::parse(&name));
    article.teaser |= extent == Some(Extent::Teaser);
    let warning = extent.and_then(Extent::warning);
    article.warnings.extend(warning.map(|warning| Warning::kept(at, warning)));
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
        while let Some(key) = map.next_key::<Given<'de>>()? {
            let key = key.into_text(Joining::First).unwrap_or_default();
            let value: Given<'de> = map.next_value()?;
            record.take_value(&key, value);
        }
        Ok(record)
    }
}

impl<'de> Record<'de> {
    /// Stores the value of a key.
    fn take_value(&mut self, key: &str, value: Given<'de>) {
        match (field(key), value) {
            (_, Given::Nothing) => {}
            (_, Given::Nested(value)) if is_container(key) => self.take_container(key, value),
            (Some((field, rank)), Given::Nested(value)) => {
                let text = given::text_of(&value, field.joining()).unwrap_or_default();
                self.keep_aside_without(key, &value, &text);
                if !text.is_empty() {
                    self.put_named((field, rank), key, Cow::Owned(text));
                }
            }
            (Some(field), Given::Text(text)) => self.put_named(field, key, text),
            // Google Reader and its successors give the outlet in an object `origin`; a string `origin` is the name
            // of a file.
            (None, Given::Nested(value)) if key == "origin" => {
                if let Some(title) = given::text_of(&value, Joining::First) {
                    self.put_named((Field::Source, 0), key, Cow::Owned(title));
                }
            }
            (None, Given::Nested(value)) => self.nested.push((key.to_owned(), value)),
            (None, Given::Text(text)) => self.keep_aside(key, text),
        }
    }

    /// Collects the records of a container; items that are not objects are kept with the nested values.
    fn take_container(&mut self, key: &str, value: Value) {
        let (records, others): (Vec<Value>, Vec<Value>) =
            objects(value).into_iter().partition(Value::is_object);
        self.inside.extend(records.iter().map(|value| -> Self { of_value(value) }));
        if !others.is_empty() {
            self.nested.push((key.to_owned(), Value::Array(others)));
        }
    }
}

fn of_value(value: &Value) -> Record<'static> {
    Record::deserialize(value).map(Record::into_owned).unwrap_or_default()
}
