//! Collects the metadata that a page contains: meta elements, JSON-LD, microdata, headings, times and author elements.
//!
//! This module does not choose between contradictory values; [`super::metadata`] does.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use dom_query::{Element, NodeData, NodeRef};
use serde_json::Value;

use super::class_hints::{Hints, hint};
use super::own::is_in_frame;
use super::walk::{Place, Visitor};

/// The collected metadata, in page order.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// The language that the document declares.
    pub(super) lang: Option<String>,
    /// The text of the title element.
    pub(super) title: Option<String>,
    /// The canonical address.
    pub(super) canonical: Option<String>,
    /// The lower-case name or property of each meta element, and its content.
    pub(super) metas: Vec<(String, String)>,
    /// All JSON-LD objects, including those inside graphs and arrays.
    pub(super) objects: Vec<Value>,
    /// The first-level headings.
    pub(super) headings: Vec<Heading>,
    /// The microdata and `RDFa` properties for dates, authors and headlines.
    pub(super) properties: Vec<Property>,
    /// The elements that contain a date or time.
    pub(super) times: Vec<TimeMark>,
    /// The author elements.
    pub(super) authors: Vec<AuthorMark>,
    /// The works in the page; the first is the page itself.
    pub(super) works: Vec<Work>,
}

/// A heading of the first level.
#[derive(Clone, Debug)]
pub(super) struct Heading {
    pub(super) text: String,
    /// Whether the heading is in the page frame rather than in the article.
    pub(super) in_frame: bool,
    /// Whether the heading contains a link or is directly in one, as in the card of another article.
    pub(super) is_linked: bool,
    /// The innermost work that contains the heading, as an index into [`Facts::works`].
    pub(super) work: usize,
}

/// An element that represents one work: the article, the card of another article, a comment or a review. It is an
/// `article` element, or its class, type or property declares it: `hentry`, `NewsArticle`, `comment`.
#[derive(Clone, Debug, Default)]
pub(super) struct Work {
    /// The enclosing work; the first work encloses itself.
    pub(super) parent: usize,
    /// Whether the work is declared to be a comment or a review.
    pub(super) is_comment: bool,
    /// The content of its first property `headline`.
    pub(super) headline: Option<String>,
}

/// The position of a date or name in the page.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
    /// The hints of the enclosing elements.
    pub(super) around: Hints,
    /// Whether the spot is in a quotation, such as an embedded post.
    pub(super) is_quoted: bool,
    /// Whether the spot is in a figure or its caption.
    pub(super) in_figure: bool,
    /// The innermost work that contains the spot, as an index into [`Facts::works`].
    pub(super) work: usize,
    /// The headings of the card that contains the spot ([`card`]); empty if there is none. If one of them agrees with
    /// the title of the page, the card belongs to the article of the page.
    pub(super) card: Vec<String>,
}

/// A microdata or `RDFa` property.
#[derive(Clone, Debug)]
pub(super) struct Property {
    pub(super) name: String,
    /// The content, or otherwise the text of the element.
    pub(super) text: String,
    pub(super) spot: Spot,
}

/// The text of an element that is marked as the author's name.
#[derive(Clone, Debug)]
pub(super) struct AuthorMark {
    /// A lower rank is stronger.
    pub(super) rank: u8,
    pub(super) text: String,
    pub(super) spot: Spot,
}

/// A `time` element, or an element whose class or id marks it as a date.
#[derive(Clone, Debug)]
pub(super) struct TimeMark {
    /// The machine-readable date, which is in an attribute.
    pub(super) datetime: Option<String>,
    pub(super) text: String,
    /// Whether the element's attributes mark it as the publication time.
    pub(super) published: bool,
    /// Whether the element's attributes mark it as a modification time.
    pub(super) updated: bool,
    pub(super) spot: Spot,
    /// The number of first-level headings before the element.
    pub(super) headings_before: usize,
    /// The number of paragraphs between the element and the last first-level heading before it.
    pub(super) paragraphs_before: usize,
}

/// The maximum number of elements of each kind (headings, properties, times, authors) that are collected.
const MAX_MARKS: usize = 200;
/// The maximum number of meta elements, of JSON-LD objects and of works that are collected.
const MAX_OBJECTS: usize = 500;

/// The number added to the rank of an author element in the page frame, which makes it weaker.
pub(super) const WEAKER: u8 = 7;

/// The weakest rank of an author element.
pub(super) const WEAKEST: u8 = BY_ICON + WEAKER;

/// The rank of a link with `rel=author`.
pub(super) const BY_LINK: u8 = 1;

/// The rank of a link to the page of an author or of the staff.
pub(super) const BY_PAGE: u8 = 4;

/// The rank of a text that is marked as the author's name only by an icon of a person.
pub(super) const BY_ICON: u8 = 6;

/// Collects the metadata during a walk.
pub(super) struct Gathering {
    facts: Facts,
    /// The number of paragraphs since the last first-level heading.
    paragraphs: usize,
    /// For each open element, the position of its content.
    open: Vec<Spot>,
}

impl Default for Gathering {
    fn default() -> Self {
        let facts = Facts { works: vec![Work::default()], ..Facts::default() };
        Self { facts, paragraphs: 0, open: Vec::new() }
    }
}

impl Gathering {
    /// Ends the walk and returns the collected metadata.
    pub(super) fn finish(self) -> Facts {
        self.facts
    }
}

impl Visitor for Gathering {
    fn enter(&mut self, place: &Place<'_, '_>) -> bool {
        let Some(element) = place.element else { return false };
        let mut spot = self.open.last().cloned().unwrap_or_default();
        let surroundings = Surroundings { spot: &spot, paragraphs: self.paragraphs };
        let goes_on = self.facts.take(&place.node, element, surroundings);
        let tag = &*element.name.local;
        match tag {
            "p" => self.paragraphs += 1,
            "h1" => self.paragraphs = 0,
            _ => {}
        }
        if goes_on {
            spot.around = spot.around.and(place.hints);
            spot.is_quoted |= tag == "blockquote";
            spot.in_figure |= matches!(tag, "figure" | "figcaption");
            if self.facts.works.len() < MAX_OBJECTS
                && let Some(is_comment) = work_of(element)
            {
                self.facts.works.push(Work { parent: spot.work, is_comment, headline: None });
                spot.work = self.facts.works.len() - 1;
            }
            self.open.push(spot);
        }
        goes_on
    }

    fn leave(&mut self) {
        self.open.pop();
    }
}

/// Returns whether the work that an element represents is a comment or a review; `None` if the element does not
/// represent a work.
fn work_of(element: &Element) -> Option<bool> {
    let attr = |name| attribute(element, name).unwrap_or("");
    let kind = attr("itemtype").trim().rsplit('/').next().unwrap_or("");
    let is_comment = kind.ends_with("Comment")
        || kind.ends_with("Comments")
        || kind.ends_with("Review")
        || attr("itemprop").eq_ignore_ascii_case("comment");
    let is_work = is_comment
        || kind.ends_with("Article")
        || kind.ends_with("Posting")
        || &*element.name.local == "article"
        || attr("class").split_ascii_whitespace().any(|class| class == "hentry");
    is_work.then_some(is_comment)
}

/// Returns the name of an `RDFa` property without its vocabulary, if news sites use that vocabulary: "author" from
/// `schema:author`, "datePublished" from `rnews:datePublished`.
fn rdfa(property: &str) -> Option<&str> {
    let (vocabulary, name) = property.trim().split_once(':')?;
    ["rnews", "schema"].iter().any(|v| vocabulary.eq_ignore_ascii_case(v)).then_some(name)
}

/// The context of an element.
#[derive(Clone, Copy)]
struct Surroundings<'s> {
    spot: &'s Spot,
    /// The number of paragraphs since the last first-level heading.
    paragraphs: usize,
}

/// Returns the value of an attribute.
pub(super) fn attribute<'e>(element: &'e Element, name: &str) -> Option<&'e str> {
    element.attrs.iter().find(|a| &*a.name.local == name).map(|a| &*a.value)
}

/// Finds words for dates, authors and author pages in classes, ids and addresses, in one pass.
static MENTIONS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let words = MENTIONED.iter().map(|(word, _)| word);
    AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
});

const DATE: u8 = 1;
const AUTHOR: u8 = 2;
const AUTHOR_PAGE: u8 = 4;
const STAFF_PAGE: u8 = 8;

const MENTIONED: &[(&str, u8)] = &[
    ("date", DATE),
    ("publish", DATE),
    ("posted", DATE),
    ("time", DATE),
    ("author", AUTHOR),
    ("byline", AUTHOR),
    ("contributor", AUTHOR),
    ("user", AUTHOR),
    ("person", AUTHOR),
    ("/author/", AUTHOR_PAGE),
    ("/authors/", AUTHOR_PAGE),
    ("/team/", STAFF_PAGE),
    ("/staff/", STAFF_PAGE),
    ("/contributor/", AUTHOR_PAGE),
    ("/contributors/", AUTHOR_PAGE),
    ("/journalist", AUTHOR_PAGE),
    ("/columnist", AUTHOR_PAGE),
    ("/writers/", AUTHOR_PAGE),
    ("?author=", AUTHOR_PAGE),
    ("/autor/", AUTHOR_PAGE),
    ("/autoren/", AUTHOR_PAGE),
    ("/autores/", AUTHOR_PAGE),
    ("/autori/", AUTHOR_PAGE),
    ("/auteur/", AUTHOR_PAGE),
    ("/auteurs/", AUTHOR_PAGE),
];

/// Returns the kinds of words that occur in a text, as a bit set of [`DATE`], [`AUTHOR`],
/// [`AUTHOR_PAGE`] and [`STAFF_PAGE`].
fn mentions(text: &str) -> u8 {
    let Some(finder) = MENTIONS.as_ref().filter(|_| !text.is_empty()) else { return 0 };
    let found = finder.find_overlapping_iter(text);
    found.fold(0, |mask, m| mask | MENTIONED[m.pattern().as_usize()].1)
}

impl Facts {
    /// Collects the metadata in an element, and returns whether its descendants may contain more.
    fn take(&mut self, node: &NodeRef<'_>, element: &Element, place: Surroundings<'_>) -> bool {
        let attr = |name| attribute(element, name);
        match &*element.name.local {
            "html" => self.lang = attr("lang").or_else(|| attr("xml:lang")).map(str::to_owned),
            "meta" => {
                let property = attr("itemprop").unwrap_or("").to_ascii_lowercase();
                if matches!(&*property, "datepublished" | "author" | "headline") {
                    self.property(node, element, &property, place);
                } else {
                    self.meta(element);
                }
                return false;
            }
            "link" => {
                if attr("rel").is_some_and(|r| r.eq_ignore_ascii_case("canonical")) {
                    self.canonical = attr("href").map(|h| h.trim().to_owned());
                }
                return false;
            }
            "title" => {
                if self.title.is_none() {
                    self.title = short_text(node, 1000).filter(|t| !t.is_empty());
                }
                return false;
            }
            "script" => {
                if attr("type")
                    .is_some_and(|t| t.trim().eq_ignore_ascii_case("application/ld+json"))
                {
                    self.json_ld(&node.text());
                }
                return false;
            }
            "style" | "svg" | "noscript" | "template" | "iframe" => return false,
            "h1" => self.heading(node, place),
            _ => {}
        }
        self.marks(node, element, place);
        true
    }

    /// Adds a heading of the first level.
    fn heading(&mut self, node: &NodeRef<'_>, place: Surroundings<'_>) {
        const FRAME: [usize; 6] = [
            hint::NAVIGATION,
            hint::FOOTER,
            hint::ASIDE,
            hint::COMMENTS,
            hint::RELATED,
            hint::CONSENT,
        ];
        let text = short_text(node, 600).filter(|t| !t.is_empty());
        let Some(text) = text.filter(|_| self.headings.len() < MAX_MARKS) else { return };
        let in_frame = FRAME.iter().any(|h| place.spot.around.has(*h));
        let is_linked = is_linked(node);
        self.headings.push(Heading { text, in_frame, is_linked, work: place.spot.work });
    }

    fn meta(&mut self, element: &Element) {
        let attr = |name| attribute(element, name);
        let Some(content) = attr("content").map(str::trim).filter(|c| !c.is_empty()) else {
            return;
        };
        if self.metas.len() >= MAX_OBJECTS || content.len() > 4000 {
            return;
        }
        for name in ["property", "name", "itemprop", "http-equiv"] {
            if attr(name) == Some("parsely-page") {
                self.parsely(content);
            } else if let Some(name) = attr(name) {
                self.metas.push((name.trim().to_ascii_lowercase(), folded(content)));
            }
        }
    }

    /// Adds the fields of Parse.ly's older format, which puts them all into one meta element, under their names in the
    /// newer format.
    fn parsely(&mut self, content: &str) {
        let Ok(Value::Object(fields)) = serde_json::from_str(content) else { return };
        let names = [
            ("title", "parsely-title"),
            ("pub_date", "parsely-pub-date"),
            ("author", "parsely-author"),
            ("authors", "parsely-author"),
        ];
        for (key, name) in names {
            let values = match fields.get(key) {
                Some(Value::Array(values)) => values.as_slice(),
                Some(value) => std::slice::from_ref(value),
                None => &[],
            };
            let texts = values.iter().filter_map(Value::as_str);
            self.metas.extend(texts.map(|text| (name.to_owned(), folded(text))));
        }
    }

    fn json_ld(&mut self, text: &str) {
        let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
        let text = text.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>");
        // Line breaks in strings are common, although JSON does not allow them.
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut rest: &str = clean.trim_end_matches([';', ' ']);
        if rest.is_empty() {
            return;
        }
        let repaired;
        if serde_json::from_str::<Value>(rest).is_err() {
            repaired = without_trailing_commas(rest);
            rest = &repaired;
        }
        for value in serde_json::Deserializer::from_str(rest).into_iter::<Value>() {
            let Ok(value) = value else { return };
            self.object(value, 0);
        }
    }

    /// Adds a JSON-LD object, and the objects nested in it that may describe the article.
    fn object(&mut self, value: Value, depth: usize) {
        if depth > 4 || self.objects.len() >= MAX_OBJECTS {
            return;
        }
        match value {
            Value::Array(values) => values.into_iter().for_each(|v| self.object(v, depth + 1)),
            Value::Object(mut map) => {
                for key in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                    if key == "itemListElement" && depth > 0 {
                        continue;
                    }
                    if let Some(inner) = map.get_mut(key).filter(|v| v.is_array() || v.is_object())
                    {
                        // The address of the page is kept, because it identifies the article that the page shows.
                        let address = inner["@id"].as_str().map(Value::from);
                        let inner = std::mem::replace(inner, address.unwrap_or_default());
                        self.object(inner, depth + 1);
                    }
                }
                self.objects.push(Value::Object(map));
            }
            _ => {}
        }
    }

    /// Collects the property, date and author name in an element, if the element's attributes mark them.
    fn marks(&mut self, node: &NodeRef<'_>, element: &Element, place: Surroundings<'_>) {
        let attr = |name| attribute(element, name);
        let tag = &*element.name.local;
        if element.attrs.is_empty() && tag != "time" {
            return;
        }
        let property = attr("itemprop").or_else(|| rdfa(attr("property")?)).unwrap_or("");
        let property = property.to_ascii_lowercase();
        let class = attr("class").unwrap_or("");
        let id = attr("id").unwrap_or("");
        if !property.is_empty() {
            self.property(node, element, &property, place);
        }
        if tag != "time"
            && property.is_empty()
            && class.is_empty()
            && id.is_empty()
            && attr("href").is_none()
        {
            return;
        }
        let named = mentions(class) | mentions(id);
        if self.times.len() < MAX_MARKS && (tag == "time" || named & DATE != 0) {
            self.time_mark(node, element, &property, place);
        }
        let named = named | mentions(attr("href").unwrap_or("")) & (AUTHOR_PAGE | STAFF_PAGE);
        let may_name = named & (AUTHOR | AUTHOR_PAGE | STAFF_PAGE) != 0
            || !property.is_empty()
            || attr("rel").is_some();
        if may_name && self.authors.len() < MAX_MARKS {
            self.author_mark(node, element, named, place);
        }
    }

    /// Adds a microdata or `RDFa` property, if it concerns dates, authors or headlines.
    fn property(
        &mut self,
        node: &NodeRef<'_>,
        element: &Element,
        name: &str,
        place: Surroundings<'_>,
    ) {
        let attr = |name| attribute(element, name);
        let is_known =
            matches!(name, "datepublished" | "datemodified" | "author" | "headline" | "name");
        if !is_known
            || name == "name" && !place.spot.around.has(hint::AUTHOR)
            || MAX_MARKS <= self.properties.len()
        {
            return;
        }
        let content = attr("content").or_else(|| attr("datetime")).map(str::to_owned);
        let Some(text) = content.or_else(|| short_text(node, 200)) else { return };
        let text = folded(&text);
        if name == "headline"
            && let Some(work) = self.works.get_mut(place.spot.work)
        {
            work.headline.get_or_insert_with(|| text.clone());
        }
        let spot = place.spot.with_card(node, place.paragraphs);
        self.properties.push(Property { name: name.to_owned(), text, spot });
    }

    /// Adds a `time` element, or an element whose class or id marks it as a date, to the times.
    fn time_mark(
        &mut self,
        node: &NodeRef<'_>,
        element: &Element,
        property: &str,
        place: Surroundings<'_>,
    ) {
        let attr = |name| attribute(element, name);
        let tag = &*element.name.local;
        let lower = format!("{} {}", attr("class").unwrap_or(""), attr("id").unwrap_or(""))
            .to_ascii_lowercase();
        let is_date_class = ["date", "publish", "posted", "timestamp", "time"]
            .iter()
            .any(|word| lower.contains(word))
            && !lower.contains("update-")
            && !lower.contains("validate");
        if tag == "time" || is_date_class && lower.len() < 200 {
            let text = short_text(node, 120);
            let datetime = attr("datetime").or_else(|| attr("content")).or_else(|| attr("title"));
            if tag == "time"
                || text.as_deref().is_some_and(|t| t.contains(|c: char| c.is_numeric()))
            {
                self.times.push(TimeMark {
                    datetime: datetime.map(str::to_owned),
                    text: text.unwrap_or_default(),
                    published: property == "datepublished"
                        || attr("pubdate").is_some()
                        || lower.contains("publish")
                        || lower.contains("entry-date"),
                    updated: property == "datemodified"
                        || lower.contains("updated")
                        || lower.contains("modified"),
                    spot: place.spot.with_card(node, place.paragraphs),
                    headings_before: self.headings.len(),
                    paragraphs_before: place.paragraphs,
                });
            }
        }
    }

    /// Adds the text of an element to the author elements, if the element's attributes mark the text as the author's
    /// name.
    fn author_mark(
        &mut self,
        node: &NodeRef<'_>,
        element: &Element,
        named: u8,
        place: Surroundings<'_>,
    ) {
        let attr = |name| attribute(element, name).unwrap_or("");
        let (class, id) = (attr("class"), attr("id"));
        let has =
            |word: &str| attr("rel").split_ascii_whitespace().any(|r| r.eq_ignore_ascii_case(word));
        let is = |word: &str| has_word(class, word) || has_word(id, word);
        let is_icon = &*element.name.local == "i" && (is("user") || is("person"));
        let rank = if attr("itemprop")
            .split_ascii_whitespace()
            .any(|p| p.eq_ignore_ascii_case("author"))
        {
            0
        } else if has("author") {
            BY_LINK
        } else if is("author") && is("name") || is("authorname") {
            2
        } else if is("byline") || is("bylines") {
            3
        } else if named & AUTHOR_PAGE != 0
            || named & STAFF_PAGE != 0 && !is_in_frame(place.spot.around)
        {
            BY_PAGE
        } else if is("author") || is("authors") || is("contributor") {
            5
        } else if is_icon && !self.headings.is_empty() {
            BY_ICON
        } else {
            return;
        };
        let marked = if rank == BY_ICON { node.parent() } else { Some(*node) };
        let Some(marked) = marked else { return };
        let text = marked_names(&marked);
        if let Some(text) = text.filter(|t| t.chars().any(char::is_alphabetic)) {
            let spot = place.spot.with_card(node, place.paragraphs);
            self.authors.push(AuthorMark { rank, text, spot });
        }
    }

    /// Returns the content of the first meta element with one of the names, trying the names in order.
    pub(super) fn meta_of(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| {
            self.metas.iter().find(|(n, _)| n == name).map(|(_, content)| &**content)
        })
    }
}

impl Spot {
    /// Returns this position with the headings of the card that contains a node, if there is one; `paragraphs` is the
    /// number of paragraphs between the last first-level heading and the node.
    fn with_card(&self, node: &NodeRef<'_>, paragraphs: usize) -> Self {
        Self { card: card(node, paragraphs), ..self.clone() }
    }
}

/// Returns the headings of the card that contains a node; empty if there is none. A card is a small element with a
/// heading that is a link, or an item of a list below the article, whose links count as headings.
fn card(node: &NodeRef<'_>, paragraphs: usize) -> Vec<String> {
    /// The maximum number of enclosing elements that are examined.
    const LEVELS: usize = 4;
    /// The maximum number of bytes in the text of a card.
    const LENGTH: usize = 600;
    /// The minimum number of paragraphs before a list that is below the article rather than at its head.
    const BELOW: usize = 3;
    let own = short_text(node, LENGTH).unwrap_or_default();
    let mut at = *node;
    for _ in 0..LEVELS {
        let Some(parent) = at.parent() else { break };
        at = parent;
        let tag = at.node_name().unwrap_or_default();
        let is_whole = matches!(&*tag, "main" | "body" | "html");
        if is_whole || short_text(&at, LENGTH).is_none() {
            break;
        }
        let (headings, is_linked) = headings_under(&at);
        if is_linked {
            return headings;
        }
        if &*tag == "li" && BELOW <= paragraphs {
            let links = at.descendants_it().filter(|n| n.has_name("a") && n.has_attr("href"));
            let texts = links.filter_map(|link| short_text(&link, LENGTH));
            return texts.filter(|text| is_headline(text) && !own.contains(&**text)).collect();
        }
    }
    Vec::new()
}

/// Returns whether a text has enough words for a headline; the name of a section or person usually has fewer.
fn is_headline(text: &str) -> bool {
    3 <= super::blocks::words(text)
}

/// Returns the headings under a node, and whether one of them has enough words for a headline and contains a link or is
/// directly in one.
fn headings_under(node: &NodeRef<'_>) -> (Vec<String>, bool) {
    let (mut texts, mut is_linked) = (Vec::new(), false);
    for heading in node.descendants_it().take(MAX_NODES) {
        let name = heading.node_name().unwrap_or_default();
        if !matches!(&*name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            continue;
        }
        let Some(text) = short_text(&heading, 400) else { continue };
        is_linked |= is_headline(&text) && self::is_linked(&heading);
        texts.push(text);
    }
    (texts, is_linked)
}

/// Returns whether a heading contains a link or is directly in one.
fn is_linked(heading: &NodeRef<'_>) -> bool {
    heading.parent().is_some_and(|parent| parent.has_name("a"))
        || heading.descendants_it().take(MAX_NODES).any(|inner| inner.has_name("a"))
}

/// Returns whether a class list or id contains a word: `_authorName_1r0t6` contains "author" and "name".
fn has_word(names: &str, word: &str) -> bool {
    names.match_indices(|c: char| c.eq_ignore_ascii_case(&char::from(word.as_bytes()[0]))).any(
        |(at, _)| {
            let (bytes, end) = (names.as_bytes(), at + word.len());
            let here = bytes.get(at..end).is_some_and(|w| w.eq_ignore_ascii_case(word.as_bytes()));
            let begins = at == 0
                || !bytes[at - 1].is_ascii_alphabetic()
                || bytes[at - 1].is_ascii_lowercase() && bytes[at].is_ascii_uppercase();
            let ends = bytes.get(end).is_none_or(|b| !b.is_ascii_lowercase());
            here && begins && ends
        },
    )
}

/// The maximum number of nodes under an element for its text to count as short.
const MAX_NODES: usize = 1000;

/// Returns the text of an author element. Adjacent child elements that are separated only by the style sheet are
/// separated by bars, because in `<span>Jo Roe</span><span>Lorvik</span>` the second is not part of the name.
fn marked_names(node: &NodeRef<'_>) -> Option<String> {
    let text = text_under(node, 160, Some(SEAM))?;
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split(SEAM).filter(|part| !part.is_empty());
    out.push_str(parts.next()?);
    for part in parts {
        let is_seam = out.ends_with(char::is_lowercase) && part.starts_with(char::is_uppercase);
        out.push_str(if is_seam { " | " } else { "" });
        out.push_str(part);
    }
    Some(folded(&out))
}

/// Marks the boundary between two adjacent elements in a text. It is a Unicode noncharacter, which does not occur in
/// pages.
const SEAM: char = '\u{FFFE}';

/// Returns the text under a node, with white space folded, or `None` if it is longer than `max` bytes or has too many
/// nodes.
fn short_text(node: &NodeRef<'_>, max: usize) -> Option<String> {
    text_under(node, max, None)
}

/// Inline elements, which do not separate words.
const INLINE: &[&str] = &[
    "b", "i", "em", "strong", "span", "a", "font", "sup", "mark", "wbr", "ruby", "rb", "rt", "rp",
];

/// Like [`short_text`], but inserts `seam` before each inline element that may begin a new part ([`is_after_seam`]).
fn text_under(node: &NodeRef<'_>, max: usize, seam: Option<char>) -> Option<String> {
    let mut text = String::new();
    let mut seen = 0;
    let mut next = node.first_child();
    while let Some(current) = next {
        seen += 1;
        if current.is_text() {
            current.query(|node| {
                if let NodeData::Text { contents } = &node.data {
                    text.push_str(contents);
                }
            });
        } else if current.element_ref().is_some_and(|e| !INLINE.contains(&&*e.name.local)) {
            text.push(' ');
        } else if seam.is_some() && is_after_seam(&current) {
            text.extend(seam);
        }
        if text.len() > max * 4 || seen > MAX_NODES {
            return None;
        }
        let skipped = current.element_ref().is_some_and(|e| {
            matches!(
                &*e.name.local,
                "script" | "style" | "svg" | "noscript" | "template" | "rt" | "rp"
            )
        });
        if !skipped && let Some(child) = current.first_child() {
            next = Some(child);
            continue;
        }
        let mut at = current;
        next = loop {
            if at.id == node.id {
                break None;
            }
            if let Some(sibling) = at.next_sibling() {
                break Some(sibling);
            }
            match at.parent() {
                Some(parent) => at = parent,
                None => break None,
            }
        };
    }
    let text = folded(&text);
    (text.len() <= max).then_some(text)
}

/// Returns whether an element directly follows another element, or follows text and is not an element for emphasis such
/// as `b`, which may be within a word.
fn is_after_seam(node: &NodeRef<'_>) -> bool {
    let emphasizes = |name: &str| matches!(name, "b" | "i" | "em" | "strong" | "font" | "mark");
    node.is_element()
        && node.prev_sibling().is_some_and(|before| {
            before.is_element() || !node.node_name().is_some_and(|name| emphasizes(&name))
        })
}

/// Trims a text, replaces each run of white space and control characters with one space, and removes soft hyphens,
/// zero-width spaces, word joiners and byte order marks.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => {}
            _ if c.is_whitespace() || c.is_control() => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(c),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Removes commas before a closing bracket, which JSON does not allow.
fn without_trailing_commas(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut in_string = false;
    let mut escaped = false;
    for c in json.chars() {
        if in_string {
            in_string = escaped || c != '"';
            escaped = c == '\\' && !escaped;
        } else if c == '"' {
            in_string = true;
        } else if matches!(c, '}' | ']') {
            let end = out.trim_end().trim_end_matches(',').len();
            out.truncate(end);
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::{Facts, Gathering};
    use crate::read::page::walk::walk;

    fn facts(document: &Document) -> Facts {
        let mut gathering = Gathering::default();
        walk(document, &mut gathering, &mut ());
        gathering.finish()
    }

    fn named(facts: &Facts) -> Vec<(u8, &str)> {
        facts.authors.iter().map(|mark| (mark.rank, &*mark.text)).collect()
    }

    #[test]
    fn json_ld_is_read_in_graphs_arrays_and_with_faults() {
        for script in [
            r#"{"@graph":[{"@type":"WebPage"},{"@type":"NewsArticle","headline":"A"}]}"#,
            r#"[{"@type":"NewsArticle","headline":"A"}]"#,
            "{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"description\":\"b\nc\",}",
            r#"{"@type":"WebPage","mainEntity":{"@type":"NewsArticle","headline":"A"}};"#,
        ] {
            let page = format!("<script type='application/ld+json'>{script}</script>");
            let facts = facts(&Document::from(page));
            assert!(facts.objects.iter().any(|o| o["headline"] == "A"), "{script}");
        }
    }

    #[test]
    fn names_that_only_style_parts_are_parted() {
        for (html, name) in [
            ("<p class=byline><span>Jo Roe</span><span>Lorvik</span></p>", "Jo Roe | Lorvik"),
            ("<p class=byline><span>J</span><span>o</span> Roe</p>", "Jo Roe"),
            ("<p class=byline>By <a>Jo</a> <a>Mc<b>Roe</b></a></p>", "By Jo McRoe"),
            (
                "<p class=byline>By Jo Roe<span>Political Editor</span></p>",
                "By Jo Roe | Political Editor",
            ),
        ] {
            let facts = facts(&Document::from(html));
            assert_eq!(named(&facts), [(3, name)], "{html}");
        }
    }

    #[test]
    fn marks_are_found() {
        let facts = facts(&Document::from(
            "<html lang=sl><title>T</title><link rel=canonical href=' https://a.si/b '>\
             <meta property=og:title content='O'><header><h1>One <b>two</b></h1></header>\
             <p class=byline>By <a rel=author href=/x>Jane Doe</a></p><time datetime=2008-02-13 class=published>x</time>",
        ));
        assert_eq!(facts.lang.as_deref(), Some("sl"));
        assert_eq!(facts.canonical.as_deref(), Some("https://a.si/b"));
        assert_eq!(facts.meta_of(&["og:title"]), Some("O"));
        assert_eq!(facts.headings[0].text, "One two");
        assert_eq!(named(&facts), [(3, "By Jane Doe"), (1, "Jane Doe")]);
        assert!(facts.times[0].published);
    }
}
