//! Reads web pages: extracts the article and its metadata.
//!
//! ```text
//! bytes ─▶ charset ─▶ prefilter ─▶ tree (parse) ─┬▶ blocks ─▶ features ──────▶ classifier ─▶ text
//!                                                ├▶ raw_metadata ─▶ metadata       ▲
//!                                                └▶ readability ───────────────────┘
//! ```
//!
//! The page is parsed once. A classifier decides which blocks belong to the article; some of its features measure how
//! much of a block Readability extracts. The text of the article consists of the selected blocks, joined by blank
//! lines, without the title.

mod blocks;
mod byline;
mod class_hints;
mod classifier;
mod embedded;
mod extent;
mod features;
mod furniture;
mod metadata;
mod own;
mod parse;
mod prefilter;
mod published;
mod raw_metadata;
mod readability;
mod repeated;
mod rescue;
mod shingles;
mod title;
mod visibility;
mod walk;

#[cfg(feature = "feeds")]
pub(in crate::read) use byline::clean as clean_byline;

use crate::article::{Article, ArticleId, Block, BlockKind, Extent};
use crate::language::Language;
use crate::read::line_patterns::Rest;
use crate::read::{Cut, Ingested, Options, charset, dateline, lang, lines};
use crate::span::Span;
use crate::warning::Warning;

pub(in crate::read) use repeated::drop_repeated;

use blocks::{Page, PageBlock};
use features::{Row, View};
use metadata::Metadata;
use raw_metadata::{Facts, Gathering};
use shingles::Shingles;

/// Reads a page and detects its character encoding.
pub fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let decoded = charset::decode(bytes, None);
    let doubt = decoded.doubt.map(|doubt| Warning::kept(origin, doubt));
    doubted_page(origin, &decoded.text, options, doubt.into_iter().collect())
}

/// Reads a page that has already been decoded.
pub fn page(origin: &str, html: &str, options: &Options) -> Ingested {
    doubted_page(origin, html, options, Vec::new())
}

fn doubted_page(
    origin: &str,
    html: &str,
    options: &Options,
    mut warnings: Vec<Warning>,
) -> Ingested {
    let (judged, trimmed) = judge(html, options);
    let mut ingested = Ingested::default();
    let Metadata {
        title,
        byline,
        published,
        is_update,
        url,
        source,
        section,
        lang: given,
        access,
        other_kind,
    } = judged.metadata;
    let flaws = flaws(&trimmed, is_update).chain(other_kind);
    warnings.extend(flaws.map(|flaw| Warning::kept(origin, flaw)));
    let kept = judged.page.blocks.iter().zip(&judged.verdicts).filter(|(_, v)| v.is_none());
    let mut parts: Vec<_> = kept.map(|(block, _)| (block.kind, &*block.text)).collect();
    let embedded = embedded::parts(html, &parts, options);
    let line = extent::line_about_rest(&judged.page, &judged.verdicts, &access)
        .filter(|_| embedded.is_none());
    if let Some(embedded) = &embedded {
        parts = embedded.iter().map(|(kind, text)| (*kind, &**text)).collect();
    }
    let filed = cut_dateline(&mut parts);
    let (text, blocks) = joined(parts.into_iter());
    if options.cuts {
        let dateline = filed.as_ref().map(|(dateline, _)| dateline.as_str());
        ingested.cuts = cuts(origin, dateline, &judged.page, &judged.verdicts);
    }
    if text.is_empty() && title.is_empty() {
        ingested.warnings.append(&mut warnings);
        ingested.warnings.push(Warning::dropped(origin, "no article was found in the page"));
        return ingested;
    }
    if text.is_empty() {
        warnings.push(Warning::kept(origin, "only a title was found in the page"));
    }
    let rest = access.rest(&text, line);
    if rest == Some(Rest::NotFree) {
        warnings.push(Warning::kept(origin, Extent::PAYWALLED));
    }
    ingested.put(Article {
        id: ArticleId::from_content(source.as_deref(), &title, &text),
        origin: origin.to_owned(),
        url,
        title,
        source,
        byline,
        published,
        place: filed.and_then(|(_, place)| place),
        section,
        lang: options.lang.unwrap_or_else(|| language(&text, given)),
        teaser: rest.is_some(),
        text,
        blocks,
        warnings,
        ..Article::default()
    });
    ingested
}

/// Returns what a reader of a page should know about how it was read.
fn flaws(trimmed: &prefilter::Trimmed, is_update: bool) -> impl Iterator<Item = &'static str> {
    let depth = trimmed.depth.then_some("elements nested too deep were read without their tags");
    let length = trimmed.length.then_some(Extent::TRUNCATED);
    let update = is_update
        .then_some("the page has no publication date; the date of its last update is used");
    [depth, length, update].into_iter().flatten()
}

/// Returns the parts of a page that are not in the text of its article: the dateline, the blocks that were judged not
/// to belong to it, and the hidden blocks.
fn cuts(
    origin: &str,
    dateline: Option<&str>,
    page: &Page,
    verdicts: &[Option<&'static str>],
) -> Vec<Cut> {
    let judged = page.blocks.iter().zip(verdicts);
    let judged = judged.filter_map(|(block, verdict)| Some(((*verdict)?, &*block.text)));
    let hidden = page.hidden.iter().map(|block| ("hidden", &*block.text));
    let dateline = dateline.map(|dateline| ("dateline", dateline));
    let cut = |(reason, text): (&str, &str)| Cut {
        origin: origin.to_owned(),
        reason: reason.to_owned(),
        text: text.to_owned(),
    };
    dateline.into_iter().chain(judged).chain(hidden).map(cut).collect()
}

/// Removes the dateline from the first paragraph, and returns the dateline and its place. The dates of a chronology are
/// not removed.
fn cut_dateline(parts: &mut [(BlockKind, &str)]) -> Option<(String, Option<String>)> {
    let n_dated = parts.iter().filter(|(_, text)| dateline::is_dated(text)).take(2).count();
    let (_, first) = parts.iter_mut().find(|(kind, _)| *kind == BlockKind::Paragraph)?;
    let found = dateline::find(first)?;
    if n_dated == 2 && dateline::is_dated(first) {
        return None;
    }
    let (head, rest) = first.split_at_checked(found.len)?;
    let place = found.place.and_then(|span| span.get(first)).map(str::to_owned);
    let rest = rest.trim_start();
    if rest.is_empty() {
        return None;
    }
    let dateline = head.to_owned();
    *first = rest;
    Some((dateline, place))
}

/// Returns the language of the text, or the language that the page declares if detection is uncertain.
fn language(text: &str, given: Option<Language>) -> Language {
    let read = lang::detect(text);
    if read.is_known() { read } else { given.unwrap_or_default() }
}

/// Returns the text and blocks of markup that contains only the body of an article, as in feeds; captions are left out.
pub fn fragment(html: &str, options: &Options) -> (String, Vec<Block>) {
    let parsed = parse::parse(html, &options.limits);
    let page = blocks::collect(&parsed.document, &parsed.sheet);
    joined(page.blocks.iter().filter(|b| b.kind != BlockKind::Caption).map(|b| (b.kind, &*b.text)))
}

/// Reads the HTML in a record. The article is extracted from a whole page; a fragment is used as it is, because it
/// contains only the body of the article.
pub(in crate::read) fn of_record(
    html: &str,
    at: &str,
    options: &Options,
    ingested: &mut Ingested,
) -> Article {
    let head = html.get(..4096).unwrap_or(html).to_ascii_lowercase();
    if ["<html", "<head", "<body", "<!doctype"].iter().any(|tag| head.contains(tag)) {
        let mut read = page(at, html, options);
        ingested.cuts.append(&mut read.cuts);
        return read.articles.pop().unwrap_or_default();
    }
    let (text, blocks) = fragment(html, options);
    Article { text, blocks, ..Article::default() }
}

/// A block of a message or a feed entry, with its first link.
#[derive(Clone, Debug)]
pub(in crate::read) struct MailBlock {
    pub(in crate::read) text: String,
    pub(in crate::read) kind: BlockKind,
    /// The target of the first link that has an absolute web address.
    pub(in crate::read) link: Option<String>,
    /// The share of the text that is in links.
    pub(in crate::read) linked: f32,
}

/// The maximum number of words in a line in bold that is a heading.
const BOLD_HEADING: usize = 20;

/// Returns the visible blocks of a message or a feed entry, except captions. A line at the start of a block that is a
/// link or in bold becomes a block of its own, and a line in bold above other text a heading.
pub(in crate::read) fn mail_blocks(html: &str, options: &Options) -> Vec<MailBlock> {
    let parsed = parse::parse(html, &options.limits);
    let page = blocks::collect(&parsed.document, &parsed.sheet);
    let is_hidden = |b: &PageBlock| {
        page.containers[b.container as usize].all_hints.has(class_hints::hint::HIDDEN)
    };
    let shown = page.blocks.iter().filter(|b| !is_hidden(b) && b.kind != BlockKind::Caption);
    let (mut blocks, bold): (Vec<MailBlock>, Vec<bool>) = shown.flat_map(mail_parts).unzip();
    for i in 1..blocks.len() {
        let above = &mut blocks[i - 1];
        let is_heading = bold[i - 1]
            && !bold[i]
            && above.kind == BlockKind::Paragraph
            && lines::word_count(&above.text) <= BOLD_HEADING
            && !lines::ends_sentence(&above.text)
            && !above.text.ends_with([':', ',']);
        if is_heading {
            above.kind = BlockKind::Heading;
        }
    }
    blocks
}

/// Returns a block, or the title at its start and the rest, and whether each is in bold.
fn mail_parts(block: &PageBlock) -> Vec<(MailBlock, bool)> {
    let part = |text: &str, linked: u32, bold: u32| {
        let length = text.trim().len();
        let linked = (linked as usize).min(length) as f32 / length.max(1) as f32;
        let (text, link) = (text.trim().to_owned(), block.link.clone());
        (MailBlock { text, kind: block.kind, link, linked }, length <= bold as usize)
    };
    let (title, rest) = block.text.split_at_checked(block.title_line as usize).unwrap_or_default();
    if title.is_empty() || rest.trim().is_empty() || block.kind == BlockKind::ListItem {
        return vec![part(&block.text, block.linked, block.bold)];
    }
    let (linked, bold) = (block.linked.min(block.title_line), block.bold.min(block.title_line));
    vec![part(title, linked, bold), part(rest, block.linked - linked, block.bold - bold)]
}

/// Joins blocks with blank lines, and returns the text and the position of each block in it.
pub(in crate::read) fn joined(
    parts: impl Iterator<Item = (BlockKind, impl AsRef<str>)>,
) -> (String, Vec<Block>) {
    let mut text = String::new();
    let mut blocks = Vec::new();
    for (kind, part) in parts {
        let part = part.as_ref();
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(part);
        blocks.push(Block { kind, span: Span::new(start, text.len()) });
    }
    (text, blocks)
}

/// A page with the decision about each of its blocks.
struct Judged {
    page: Page,
    /// For each block, the reason to remove it, or `None` if it is kept.
    verdicts: Vec<Option<&'static str>>,
    metadata: Metadata,
}

fn judge(html: &str, options: &Options) -> (Judged, prefilter::Trimmed) {
    let (read, trimmed) = Read::parse(html, options);
    let view = read.view();
    let mut verdicts = furniture::cuts(&read.page, &read.metadata.title);
    let mut content = classifier::content(&read.page, &view);
    rescue::keep(&read.page, &read.metadata.title, &verdicts, &mut content);
    for (verdict, is_content) in verdicts.iter_mut().zip(content) {
        *verdict = verdict.or((!is_content).then_some("chrome"));
    }
    furniture::cut_signatures(&read.page, read.metadata.byline.as_deref(), &mut verdicts);
    furniture::cut_copies(&read.page, &mut verdicts);
    furniture::cut_pull_quotes(&read.page, &mut verdicts);
    furniture::cut_biographies(&read.page, read.metadata.byline.as_deref(), &mut verdicts);
    furniture::cut_last_headings(&read.page, &mut verdicts);
    extent::cut_offers(&read.page, &read.metadata.access, &mut verdicts);
    (Judged { page: read.page, verdicts, metadata: read.metadata }, trimmed)
}

/// The data of a page that is collected before its blocks are classified.
struct Read {
    page: Page,
    facts: Facts,
    metadata: Metadata,
    candidate: Shingles,
}

impl Read {
    fn parse(html: &str, options: &Options) -> (Self, prefilter::Trimmed) {
        let parsed = parse::parse(html, &options.limits);
        let (mut blocks, mut facts) = (blocks::Walk::new(&parsed.sheet), Gathering::default());
        walk::walk(&parsed.document, &mut blocks, &mut facts);
        let (page, facts) = (blocks.finish(), facts.finish());
        let mut metadata = metadata::extract(&facts, &page, options.now);
        metadata.access.find_paid_parts(&parsed.document);
        let candidate = readability::candidate(parsed.document);
        (Self { page, facts, metadata, candidate }, parsed.trimmed)
    }

    fn view(&self) -> View<'_> {
        View::new(&self.page, &self.facts, &self.metadata.title, &self.candidate)
    }
}

/// Returns the features, kind and text of each block of a page, as training data for the classifier. The kind is
/// `Chrome` for a block that is removed regardless of the classifier.
#[doc(hidden)]
pub fn features_of_page(html: &str, options: &Options) -> Vec<(Vec<f32>, BlockKind, String)> {
    let (read, _) = Read::parse(html, options);
    let view = read.view();
    let forced = furniture::cuts(&read.page, &read.metadata.title);
    let mut row = Row::default();
    let mut described = Vec::with_capacity(read.page.blocks.len());
    for (i, (block, cut)) in read.page.blocks.iter().zip(forced).enumerate() {
        view.describe(i, &mut row);
        let kind = if cut.is_some() { BlockKind::Chrome } else { block.kind };
        described.push((row.values().to_vec(), kind, block.text.clone()));
    }
    described
}

/// Returns the names of the features, in order.
#[doc(hidden)]
pub fn feature_names() -> Vec<String> {
    features::names()
}
