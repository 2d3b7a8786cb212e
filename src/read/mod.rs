//! Converts bytes to articles. The format is detected in one place, each format has an adapter, and warnings are
//! returned as data.
//!
//! A JSON record is an object with the fields `id`, `url`, `title`, `source` (the outlet), `byline`, `date`, `section`,
//! `lang` and `text` or `html`, all of them optional except the text; a record with only a title is read too, with a
//! warning. The names that other programs use for these fields are known too (`headline`, `body`, `publisher`,
//! `published_at`, …).
//!
//! A text file begins with the title, in a line of its own; lines with the author and the date may follow, and then the
//! text. The name of the outlet may precede the title; if it does not, a briefing shows the name of the file instead.
//!
//! A format whose feature is disabled has a stand-in (`absent`), so that the dispatch is the same in every build.
//!
//! Invariants: reading never panics, keeps the order of its input, and reports everything that it leaves out.

#[cfg(not(all(
    feature = "feeds",
    feature = "formats",
    feature = "mail",
    feature = "packed",
    feature = "pages"
)))]
mod absent;
mod boilerplate;
mod builder;
#[doc(hidden)]
pub mod charset;
#[cfg(feature = "formats")]
mod csv;
#[doc(hidden)]
pub mod date;
mod dateline;
#[doc(hidden)]
pub mod dump;
#[cfg(feature = "feeds")]
#[doc(hidden)]
pub mod feed;
#[doc(hidden)]
pub mod format;
mod given;
#[cfg(feature = "fetch")]
#[doc(hidden)]
pub mod glance;
mod glued;
mod hyphens;
mod json;
pub(crate) mod lang;
#[doc(hidden)]
pub mod layout;
mod line_patterns;
mod lines;
#[cfg(feature = "mail")]
#[doc(hidden)]
pub mod mail;
#[cfg(feature = "formats")]
mod markdown;
mod merge;
#[cfg(feature = "pages")]
#[doc(hidden)]
pub mod page;
mod printed;
mod record;
mod refused;
#[cfg(feature = "pages")]
mod split;
mod stream;
mod subtitles;
#[cfg(feature = "pages")]
mod text_blocks;
#[cfg(feature = "pages")]
mod text_links;
mod title;
#[cfg(feature = "packed")]
mod unpack;
mod value;

use std::borrow::Cow;

use crate::article::{Article, without_user_info};
use crate::language::Language;
use crate::parallel;
use crate::printable::remove_controls;
use crate::span::slice;
use crate::warning::Warning;

#[cfg(not(feature = "feeds"))]
use absent::feed;
#[cfg(not(feature = "mail"))]
use absent::mail;
#[cfg(not(feature = "pages"))]
use absent::page;
#[cfg(not(feature = "packed"))]
use absent::unpack;
#[cfg(not(feature = "formats"))]
use absent::{csv, markdown};

pub use builder::ArticleBuilder;
pub use format::Format;
pub use merge::{Fate, Key, Seen, apply, merge as merge_articles, settle, text_hash};
pub use stream::{Source, read_pieces};
pub use value::{field_of, read_value};

/// Options for reading.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The format. Default: `None`, which means that it is detected from the content and the name.
    pub from: Option<Format>,
    /// The language of all articles except records (JSON, tables, front matter) that declare their own. Default:
    /// `None`, which means that the declared or the detected language is used.
    pub lang: Option<Language>,
    /// The time to which relative dates such as "2 hours ago" refer. Default: `None`, which means that relative dates
    /// are ignored.
    pub now: Option<jiff::Timestamp>,
    /// The limits on the size of an input. Default: [`Limits::default`].
    pub limits: Limits,
    /// Whether to record the text that cleaning removes, in [`Ingested::cuts`]. Default: `false`.
    pub cuts: bool,
}

/// Limits against hostile input. If one is exceeded, a warning names the input, and reading continues with everything
/// else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The maximum size of one input, in bytes. Default: 1 GiB.
    pub bytes: u64,
    /// The maximum size of one decompressed input, in bytes; [`Limits::unpacked`] gives the default.
    pub decompressed_bytes: Option<u64>,
    /// The maximum size in bytes of the markup of one page, excluding scripts and styles, and of the text of one
    /// dump.
    pub page_bytes: usize,
    /// The maximum number of elements in one page, and of lines in one dump.
    pub elements: usize,
    /// The maximum depth of nested elements in one page.
    pub depth: usize,
    /// The maximum number of articles in one input, and of members in one archive.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // Enough for one day's articles from many outlets in one file, compressed or not.
            bytes: 1 << 30,
            decompressed_bytes: None,
            page_bytes: 16 << 20,
            elements: 250_000,
            depth: 512,
            entries: 1_000_000,
        }
    }
}

impl Limits {
    /// Returns the maximum number of bytes that a compressed input of `packed` bytes may decompress to.
    ///
    /// By default, the limit is a hundred times the size of the input, but at least 128 MiB and at most 1 GiB. Text
    /// compresses to a tenth of its size, repetitive text to a fiftieth, so an input that grows more than a hundredfold
    /// is treated as a decompression bomb unless the result is harmlessly small.
    pub fn unpacked(&self, packed: usize) -> u64 {
        const USUAL: u64 = 1 << 30;
        const HARMLESS: u64 = 128 << 20;
        let plausible = (packed as u64).saturating_mul(100).max(HARMLESS);
        self.decompressed_bytes.unwrap_or(plausible.min(USUAL))
    }
}

/// The result of reading one or more inputs.
#[derive(Clone, Debug, Default)]
pub struct Ingested {
    /// The articles, in the order of the input.
    pub articles: Vec<Article>,
    /// Warnings about everything that was left out, repaired or doubtful.
    pub warnings: Vec<Warning>,
    /// The lines and blocks that cleaning removed; empty unless [`Options::cuts`] is set.
    pub cuts: Vec<Cut>,
    /// The indices of the articles that were read from web pages.
    pages: Vec<usize>,
    /// The names of fields with long strings that were not read; a name occurs once for each record with that field.
    unread_fields: Vec<String>,
}

/// A line or block that cleaning removed from an article.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Cut {
    /// The input from which the text was removed.
    pub origin: String,
    /// The reason, such as `chrome`, `caption`, `byline`, `dateline`, `date`, `source`, `title` or `repeated`.
    pub reason: String,
    /// The text that was removed.
    pub text: String,
}

impl Ingested {
    fn from_warning(warning: Warning) -> Self {
        Self { warnings: vec![warning], ..Self::default() }
    }

    /// Adds an article, and its warnings to the common list.
    fn put(&mut self, article: Article) {
        self.warnings.extend(article.warnings.iter().cloned());
        self.articles.push(article);
    }

    fn extend(&mut self, more: Self) {
        let before = self.articles.len();
        self.pages.extend(more.pages.iter().map(|at| before + at));
        self.articles.extend(more.articles);
        self.warnings.extend(more.warnings);
        self.cuts.extend(more.cuts);
        self.unread_fields.extend(more.unread_fields);
    }

    /// Adds warnings that count the records without text and name the fields with long strings that were not read.
    fn name_unread_fields(&mut self, origin: &str) {
        let mut unread = UnreadFields::default();
        unread.count(self);
        self.warnings.extend(unread.warnings(origin));
    }

    /// Runs the steps that all formats have in common.
    fn complete(&mut self) {
        self.articles.iter_mut().for_each(clean_metadata);
        self.articles.iter_mut().for_each(title::strip);
        self.detect_languages();
        parallel::change_each(&mut self.articles, glued::divide);
    }

    /// Detects the language of each article whose language is still unknown.
    fn detect_languages(&mut self) {
        parallel::change_each(&mut self.articles, |article| {
            if !article.lang.is_known() {
                article.lang = lang::detect_article(article);
            }
        });
    }

    /// Removes text that recurs across the pages of a site.
    fn drop_repeated(&mut self, options: &Options) {
        let mut places = self.pages.iter().peekable();
        let articles = self.articles.iter_mut().enumerate();
        let mut pages: Vec<&mut Article> = articles
            .filter(|(at, _)| places.next_if(|place| *place == at).is_some())
            .map(|(_, article)| article)
            .collect();
        let cuts = page::drop_repeated(&mut pages);
        if options.cuts {
            self.cuts.extend(cuts);
        }
    }
}

/// The fields that were not read in the records of one file, and the number of records without text.
#[derive(Default)]
struct UnreadFields {
    /// The number of records without text.
    bare: usize,
    /// The names of fields with long strings that were not read, each with the number of records that have it.
    names: Vec<(String, usize)>,
}

impl UnreadFields {
    /// Counts the unread fields and the records without text in a chunk of the file.
    fn count(&mut self, ingested: &mut Ingested) {
        let bare = |a: &&Article| a.warnings.iter().any(|w| w.message == record::NO_TEXT);
        self.bare += ingested.articles.iter().filter(bare).count();
        for name in std::mem::take(&mut ingested.unread_fields) {
            match self.names.iter_mut().find(|(known, _)| *known == name) {
                Some((_, n)) => *n += 1,
                None => self.names.push((name, 1)),
            }
        }
    }

    fn warnings(&self, origin: &str) -> Vec<Warning> {
        const MOST: usize = 12;
        /// The maximum number of fields that are named; the others are only counted.
        const NAMED: usize = 5 * MOST;
        let bare = match self.bare {
            0 => None,
            1 => Some("1 record has no text, only a title".to_owned()),
            n => Some(format!("{n} records have no text, only a title")),
        };
        let shown = self.names.get(..NAMED).unwrap_or(&self.names);
        let rest = match self.names.len() - shown.len() {
            0 => None,
            1 => Some("1 more field with a long text was not read".to_owned()),
            n => Some(format!("{n} more fields with long texts were not read")),
        };
        let fields = shown.chunks(MOST).map(|names| {
            let counted = |(name, n): &(String, usize)| {
                if *n == 1 { name.clone() } else { format!("{name} (in {n} records)") }
            };
            let names = names.iter().map(counted).collect::<Vec<_>>().join(", ");
            format!("fields with long texts that were not read: {names}")
        });
        bare.into_iter()
            .chain(fields)
            .chain(rest)
            .map(|message| Warning::kept(origin, message))
            .collect()
    }
}

/// Reads one input: a file in one of the formats, compressed or not, or an archive of such files.
///
/// `origin` is the name of the input, used in warnings and for [`Article::origin`]; its extension is a hint if the
/// content is ambiguous.
///
/// ```
/// use nutgraf::read::{Options, read};
///
/// let file = br#"{"title": "Bridge closed", "author": "Ada Lorne", "content": "The bridge is closed."}"#;
/// let read = read("bridge.json", file, &Options::default());
/// assert_eq!(read.articles[0].byline.as_deref(), Some("Ada Lorne"));
///
/// let picture = nutgraf::read::read("bridge.png", b"\x89PNG\r\n", &Options::default());
/// assert_eq!(picture.warnings[0].to_string(), "bridge.png: is a picture (PNG), which is not read");
/// ```
pub fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    if options.limits.bytes < bytes.len() as u64 {
        let limit = options.limits.bytes;
        let message = format!("is larger than the limit of {limit} bytes");
        return Ingested::from_warning(Warning::unread(origin, message));
    }
    if format::packing(bytes).is_some() && !refused::is_document(bytes) {
        return unpack::files(origin, bytes, options, read_file);
    }
    read_file(origin, bytes, options)
}

/// Reads many inputs in parallel and returns the articles in input order; `load` returns the bytes of an input, or
/// the reason why they cannot be read.
///
/// ```
/// use nutgraf::read::{Options, read_all};
///
/// let folder = ["bridge.txt".to_owned(), "gone.txt".to_owned()];
/// let load = |name: &str| match name {
///     "bridge.txt" => Ok(b"Bridge closed\n\nThe council closed the bridge on Monday.".to_vec()),
///     _ => Err("no such file".to_owned()),
/// };
/// let read = read_all(&folder, load, &Options::default());
/// assert_eq!(read.articles[0].title, "Bridge closed");
/// assert_eq!(read.warnings[0].to_string(), "gone.txt: no such file");
/// ```
///
/// The bytes of an input are freed once it has been read. Text that recurs across the pages of a site is removed, and
/// articles with the same id are merged across all inputs, so the result can be passed to [`brief`](crate::brief) as it
/// is. Only the results of several calls have to be merged, with [`merge_articles`].
pub fn read_all(
    origins: &[String],
    load: impl Fn(&str) -> Result<Vec<u8>, String> + Send + Sync,
    options: &Options,
) -> Ingested {
    let read_one = |origin: &String| match load(origin) {
        Ok(bytes) => read(origin, &bytes, options),
        Err(why) => Ingested::from_warning(Warning::unread(origin.clone(), why)),
    };
    let mut ingested = Ingested::default();
    for read in parallel::map_in_order(origins, read_one) {
        ingested.extend(read);
    }
    // This must precede merging, because removing text changes ids that are hashes of the content.
    ingested.drop_repeated(options);
    let (articles, warnings) = merge::merge(std::mem::take(&mut ingested.articles));
    ingested.articles = articles;
    ingested.warnings.extend(warnings);
    ingested
}

/// Returns the longest prefix of a text that has at most `most` bytes.
fn beginning(text: &str, most: usize) -> &str {
    let most = most.min(text.len());
    let end = (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    slice(text, 0, end)
}

/// Returns the part of the text of a single article that is within the page limit; adds a warning if the text is
/// longer.
fn within_page<'t>(
    origin: &str,
    text: &'t str,
    options: &Options,
    ingested: &mut Ingested,
) -> &'t str {
    let limit = options.limits.page_bytes;
    if limit < text.len() {
        let message = format!("has more than {limit} bytes of text; the rest was left out");
        ingested.warnings.push(Warning::kept(origin, message));
    }
    beginning(text, limit)
}

/// Marks all articles as read from web pages.
fn pages(mut ingested: Ingested) -> Ingested {
    ingested.pages = (0..ingested.articles.len()).collect();
    ingested
}

/// Reads one file that is not packed.
fn read_file(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    if bytes.trim_ascii().is_empty() {
        return Ingested::from_warning(Warning::dropped(origin, "is empty"));
    }
    if let Some(reason) = refused::reason(bytes) {
        return Ingested::from_warning(Warning::unread(
            origin,
            refused::with_name(&reason, origin),
        ));
    }
    let mut ingested = match options.from.unwrap_or_else(|| format::detect(origin, bytes)) {
        Format::Json => json::read(origin, bytes, options),
        Format::Jsonl => json::read_lines(origin, bytes, options),
        Format::Csv => csv::read(origin, bytes, options),
        Format::Markdown => markdown::read(origin, bytes, options),
        Format::Html => pages(page::read(origin, bytes, options)),
        Format::Feed => feed::read(origin, bytes, options),
        Format::Mail => mail::read(origin, bytes, options),
        Format::Text => dump::read(origin, bytes, options),
    };
    ingested.complete();
    ingested
}

/// Removes control characters from the metadata, and the user name and password from the address; the text and the id
/// are kept exactly as given.
fn clean_metadata(article: &mut Article) {
    let fields = [&mut article.url, &mut article.source, &mut article.byline, &mut article.place];
    for field in fields.into_iter().flatten().chain([&mut article.title]) {
        remove_controls(field);
    }
    // Readers see the address, so it must not contain a user name or password.
    if let Some(url) = &mut article.url
        && let Cow::Owned(without) = without_user_info(url)
    {
        *url = without;
    }
}

#[cfg(test)]
mod tests {
    use super::{Options, read_all};

    #[test]
    fn what_repeats_over_the_pages_of_a_run_is_cut() {
        let origins: Vec<String> = (0..4).map(|n| format!("{n}.html")).collect();
        let load = |origin: &str| {
            let line = |i| {
                format!(
                    "<p>Sentence {i} of {origin} tells what no other page of this site tells.</p>"
                )
            };
            let own = (0..8).map(line).collect::<Vec<_>>().concat();
            let again = "<p>Every morning our letter brings the news of the valley to the people who live in it.</p>";
            let page = format!(
                "<html><head><meta property=og:site_name content=Post><title>Report {origin}</title></head>\
                 <body><article><h1>Report {origin}</h1>{own}{again}</article></body></html>"
            );
            Ok(page.into_bytes())
        };
        let ingested = read_all(&origins, load, &Options { cuts: true, ..Options::default() });
        assert_eq!(ingested.articles.len(), 4);
        assert!(ingested.articles.iter().all(|a| !a.text.contains("Every morning")));
        assert_eq!(ingested.cuts.iter().filter(|c| c.text.contains("Every morning")).count(), 4);
        let quiet = read_all(&origins, load, &Options::default());
        assert_eq!(quiet.articles, ingested.articles);
        assert!(quiet.cuts.is_empty());
    }
}
