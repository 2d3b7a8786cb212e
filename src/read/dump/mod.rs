//! Reads plain text: the visible text of a page that was copied or dumped, or a wire story.
//!
//! ```text
//! text ─▶ pieces (lines) ─▶ features ─▶ score (trees) ─▶ body (body_lines) ─▶ title, date, byline … (head) ─▶ article
//! ```
//!
//! The text of the article consists of the blocks of the body, joined by blank lines; the lines of a wrapped paragraph
//! are joined by spaces. Removed lines are listed with the reason in [`Ingested::cuts`], if [`Options::cuts`] is set.
//!
//! The title, outlet, author and date are found in the lines around the body, and the place in the dateline; the
//! language is detected from the words. The id is a hash of outlet, title and text; a dump has no URL.
//!
//! Known limits: too much is removed from a body that consists of short lines (scores, recipes); several articles
//! in one dump become one.

mod body_lines;
mod byline;
pub mod features;
mod head;
mod pasted;
mod shape;
mod title;
mod trees;

use std::borrow::Cow;

use crate::article::{Article, ArticleId, Block, BlockKind};
use crate::line_marker::{Marker, marker};
use crate::read::dump::features::{Looks, Own};
use crate::read::hyphens::Hyphens;
use crate::read::lines::{self, Piece};
use crate::read::subtitles::Speech;
use crate::read::{
    Cut, Ingested, Options, charset, dateline, lang, printed, subtitles, within_page,
};
use crate::span::{Span, slice};
use crate::warning::Warning;

/// Reads an article from plain text.
pub fn read(origin: &str, bytes: &[u8], options: &Options) -> Ingested {
    let decoded = charset::decode(bytes, None);
    let mut ingested = Ingested::default();
    ingested.warnings.extend(decoded.doubt.map(|doubt| Warning::kept(origin, doubt)));
    let text = within_page(origin, &decoded.text, options, &mut ingested);
    let text = without_nul(within_lines(origin, text, options, &mut ingested));
    let text = without_soft_hyphens(text);
    let (article, cuts) = match subtitles::speech(&text) {
        Some(speech) => (spoken(origin, &speech, options), Vec::new()),
        None => article_of_pages(origin, &text, options),
    };
    if article.text.is_empty() && article.title.is_empty() {
        ingested.warnings.push(Warning::dropped(origin, "holds no article"));
    } else {
        ingested.put(article);
    }
    if options.cuts {
        ingested.cuts = cuts;
    }
    ingested
}

/// Converts speech to an article: everything is text, except for a title on the first line.
fn spoken(origin: &str, speech: &Speech, options: &Options) -> Article {
    let mut body = Body { begun: true, ..Body::default() };
    let (title, introduction) = match speech.head.split_once('\n') {
        Some((title, rest)) if !is_prose(title) => (title, rest),
        _ if is_prose(&speech.head) => ("", &*speech.head),
        _ => (&*speech.head, ""),
    };
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    for paragraph in introduction.lines().chain(speech.text.split("\n\n")) {
        body.push(paragraph, BlockKind::Paragraph);
    }
    Article {
        id: ArticleId::from_content(None, &title, &body.text),
        origin: origin.to_owned(),
        title,
        lang: options.lang.unwrap_or_else(|| lang::detect(&body.text)),
        text: body.text,
        blocks: body.blocks,
        ..Article::default()
    }
}

/// Extracts the article from a text that may come from printed pages.
fn article_of_pages(origin: &str, text: &str, options: &Options) -> (Article, Vec<Cut>) {
    let unpaged = printed::unpaged(text);
    let (article, mut cuts) = article(origin, &unpaged.text, options);
    cuts.extend(unpaged.cuts.into_iter().map(|text| Cut {
        origin: origin.to_owned(),
        reason: "page".to_owned(),
        text,
    }));
    (article, cuts)
}

/// Returns the text up to the maximum number of lines. A line takes hundreds of bytes of memory, like an element of a
/// page, so ten million lines of one letter would exhaust the memory.
fn within_lines<'t>(
    origin: &str,
    text: &'t str,
    options: &Options,
    ingested: &mut Ingested,
) -> &'t str {
    let limit = options.limits.elements;
    let mut ends = memchr::memchr2_iter(b'\n', b'\r', text.as_bytes());
    match limit.checked_sub(1).and_then(|n| ends.nth(n)) {
        Some(end) if !slice(text, end, text.len()).trim().is_empty() => {
            let message =
                format!("has more lines than the limit of {limit}; the rest was left out");
            ingested.warnings.push(Warning::kept(origin, message));
            slice(text, 0, end)
        }
        _ => text,
    }
}

/// Returns a text whose NUL characters are replaced by spaces.
fn without_nul(text: &str) -> Cow<'_, str> {
    match memchr::memchr(0, text.as_bytes()) {
        None => Cow::Borrowed(text),
        Some(_) => Cow::Owned(text.replace('\0', " ")),
    }
}

/// Returns a text without the soft hyphens inside its lines: `govern\u{ad}ment`. Those at the end of a line are kept
/// until the lines are joined; the line break may have become a space: `govern\u{ad} ment`.
fn without_soft_hyphens(text: Cow<'_, str>) -> Cow<'_, str> {
    const SOFT: char = '\u{ad}';
    if !text.contains(SOFT) {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    for (n, part) in text.split(SOFT).enumerate() {
        let rest = part.strip_prefix(' ').filter(|rest| rest.starts_with(char::is_lowercase));
        if 0 < n && part.trim_start_matches([' ', '\r']).starts_with('\n') {
            out.push(SOFT);
        }
        out.push_str(rest.filter(|_| 0 < n).unwrap_or(part));
    }
    Cow::Owned(out)
}

/// Returns the lines of a text as the classifier sees them: wrapped lines joined, white space trimmed, and empty lines
/// removed.
pub fn pieces(text: &str) -> Vec<&str> {
    lines::pieces(text).iter().map(|p| p.span.slice(text)).collect()
}

/// Returns the lines of a text that may be its title, with the evidence for each, for use as training data.
#[doc(hidden)]
pub fn title_candidates(text: &str) -> Vec<(String, Vec<f32>)> {
    let unpaged = printed::unpaged(text);
    let lines = pieces(&unpaged.text);
    let looks = Looks::new(&lines);
    let scores: Vec<f32> = looks.features().iter().map(trees::score).collect();
    let roles = roles(&lines, &looks, &scores, pasted::begin(&lines, &looks));
    let first = head::first_paragraph(&looks, &roles).unwrap_or(lines.len());
    let candidates = title::candidates(&lines, &looks, &roles, first);
    candidates.into_iter().map(|(i, evidence)| (lines[i].to_owned(), evidence.to_vec())).collect()
}

/// Extracts the article from a text.
fn article(origin: &str, text: &str, options: &Options) -> (Article, Vec<Cut>) {
    let pieces = lines::pieces(text);
    let lines: Vec<&str> = pieces.iter().map(|p| p.span.slice(text)).collect();
    let looks = Looks::new(&lines);
    let scores: Vec<f32> = looks.features().iter().map(trees::score).collect();
    let pasted = pasted::begin(&lines, &looks);
    let mut roles = roles(&lines, &looks, &scores, pasted);
    let head = match lines[..] {
        // A text that is a single paragraph is the body, not a title without a body.
        [only] if is_sentence(only) => {
            roles.fill(Role::Body);
            head::Head::default()
        }
        _ => head::find(&lines, &looks, &mut roles, options),
    };
    if pasted.is_none() {
        trim(&lines, &looks, &pieces, &mut roles);
    }
    let mut body = Body { hyphens: Hyphens::collect(text), ..Body::default() };
    let kept: Vec<&str> =
        lines.iter().zip(&roles).filter(|(_, r)| **r == Role::Body).map(|(l, _)| *l).collect();
    for i in 0..kept.len() {
        body.push(kept[i], kind(&kept, i));
    }
    let lang = options.lang.unwrap_or_else(|| lang::detect(&body.text));
    let article = Article {
        id: ArticleId::from_content(head.source.as_deref(), &head.title, &body.text),
        origin: origin.to_owned(),
        title: head.title,
        source: head.source,
        byline: head.byline,
        published: head.published,
        place: body.place,
        lang,
        text: body.text,
        blocks: body.blocks,
        warnings: head.doubt.into_iter().map(|d| Warning::kept(origin, d)).collect(),
        ..Article::default()
    };
    let cut = |(line, reason): (&str, &str)| Cut {
        origin: origin.to_owned(),
        reason: reason.to_owned(),
        text: line.to_owned(),
    };
    let of_lines = lines.iter().zip(&roles).filter_map(|(l, r)| Some((*l, r.reason()?)));
    let of_body = body.dateline.iter().map(|d| (d.as_str(), "dateline"));
    (article, of_lines.chain(of_body).map(cut).collect())
}

/// The role of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Body,
    Title,
    Source,
    Date,
    Byline,
    Caption,
    Repeated,
    Chrome,
}

impl Role {
    /// Returns the reason for removing a line of this role; `None` for the body.
    const fn reason(self) -> Option<&'static str> {
        match self {
            Self::Body => None,
            Self::Title => Some("title"),
            Self::Source => Some("source"),
            Self::Date => Some("date"),
            Self::Byline => Some("byline"),
            Self::Caption => Some("caption"),
            Self::Repeated => Some("repeated"),
            Self::Chrome => Some("chrome"),
        }
    }
}

/// Returns the role of each line, as far as its score and its own words determine it.
///
/// `pasted` is the index of the first line of the article in pasted text (see [`pasted`]).
fn roles(lines: &[&str], looks: &Looks<'_>, scores: &[f32], pasted: Option<usize>) -> Vec<Role> {
    let mut picked = body_lines::body(scores);
    if let Some(first) = pasted {
        picked[first..].fill(true);
    }
    if !picked.iter().any(|p| *p) {
        // There is too little evidence, so keep the lines that look like prose, or all lines if there are none.
        picked = (0..lines.len()).map(|i| looks.line(i).is_prose()).collect();
        if !picked.iter().any(|p| *p) {
            picked.fill(true);
        }
    }
    let mut roles: Vec<Role> =
        picked.iter().enumerate().map(|(i, picked)| role(looks.line(i), *picked)).collect();
    keep_headings(lines, looks, &mut roles);
    let mut seen = rustc_hash::FxHashSet::default();
    for (line, role) in lines.iter().zip(&mut roles) {
        if *role == Role::Body && 60 <= line.len() && !seen.insert(*line) {
            *role = Role::Repeated;
        }
    }
    roles
}

fn role(line: &Own, picked: bool) -> Role {
    let signs = line.signs().filter(|_| !line.is_prose());
    if line.is_credited() {
        Role::Caption
    } else if signs.is_some_and(|s| s.date) {
        Role::Date
    } else if picked && !signs.is_some_and(|s| s.chrome) && !line.is_offer() {
        Role::Body
    } else {
        Role::Chrome
    }
}

/// The maximum number of words in a heading above questions.
const HEADING: usize = 10;

/// Keeps the headings above questions, such as "FAQ", whose words also occur in menus.
fn keep_headings(lines: &[&str], looks: &Looks<'_>, roles: &mut [Role]) {
    for i in 1..lines.len().saturating_sub(2) {
        let is_heading = roles[i] == Role::Chrome
            && !looks.line(i).is_ended()
            && !looks.line(i).is_offer()
            && lines::word_count(lines[i]) <= HEADING;
        let is_question =
            |at: usize| roles.get(at) == Some(&Role::Body) && lines[at].ends_with(['?', '？', '؟']);
        let above = roles[i - 1] == Role::Body || 2 <= i && roles[i - 2] == Role::Body;
        if is_heading && above && is_question(i + 1) && roles.get(i + 2) == Some(&Role::Body) {
            roles[i] = Role::Body;
        }
    }
}

/// Returns whether a text of one line is a body rather than a title: it ends like a statement, or is longer than a
/// title.
fn is_sentence(line: &str) -> bool {
    const TITLE: usize = 20;
    lines::ends_sentence(line) && !line.ends_with(['?', '!']) || TITLE < lines::word_count(line)
}

/// Returns whether a line looks like prose: it ends like a sentence and has at least six words, or it has at least 30
/// words.
fn is_prose(line: &str) -> bool {
    let words = line.split_whitespace().count();
    (lines::ends_sentence(line) && 6 <= words) || 30 <= words
}

/// Removes the short lines after the last paragraph, which belong to the page. Short sentences that end the
/// article, such as "No one was hurt.", are kept, and so are lists.
fn trim(lines: &[&str], looks: &Looks<'_>, pieces: &[Piece], roles: &mut [Role]) {
    let is_last = |i: &usize| {
        let prose = looks.line(*i).is_prose() || is_signed_quotation(lines[*i]);
        roles[*i] == Role::Body && prose
    };
    let Some(last) = (0..lines.len()).rev().find(is_last) else {
        return;
    };
    let is_closing = |i: &usize| closes(lines[*i], looks.line(*i));
    let ends = last + 1 + (last + 1..lines.len()).take(CLOSING).take_while(is_closing).count();
    roles[last + 1..ends].fill(Role::Body);
    for i in ends..lines.len() {
        let listed =
            marker(lines[i]).is_some() || !pieces[i].after_blank && is_list(lines, roles, last, i);
        if roles[i] == Role::Body && !listed {
            roles[i] = Role::Chrome;
        }
    }
}

/// Returns whether a line is a quoted sentence with its speaker after a dash: `“The road is open again.” — Ana Lim`.
fn is_signed_quotation(line: &str) -> bool {
    let inner = line.strip_prefix(['"', '“', '„', '«']);
    let parts = inner.and_then(|inner| inner.rsplit_once(['"', '”', '“', '»']));
    parts.is_some_and(|(quoted, rest)| {
        let name = rest.trim_start().strip_prefix(['—', '–', '-', '―']).map(str::trim_start);
        is_prose(quoted) && name.is_some_and(|name| name.starts_with(char::is_uppercase))
    })
}

/// The maximum number of short sentences after the last paragraph that are kept as the end of the article.
const CLOSING: usize = 3;

/// The maximum number of words in a short sentence that is kept after the last paragraph ([`CLOSING`]).
const CLOSING_WORDS: usize = 14;

/// Returns whether a line after the last paragraph is a short statement that is not page furniture.
fn closes(line: &str, own: &Own) -> bool {
    let first = line.chars().find(|c| c.is_alphanumeric());
    // Questions and requests below an article are part of the page: "How useful was this post?"
    let body = line.trim_end_matches(lines::is_closer);
    own.is_ended()
        && !body.ends_with(['?', '!', '？', '！', '؟'])
        && !line.contains('©')
        && (2..=CLOSING_WORDS).contains(&lines::word_count(line))
        && first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && marker(line).is_none()
        && !pasted::is_furniture(line, own)
}

/// Returns whether the lines after the last line of prose, up to `i`, are a list that the prose introduces.
fn is_list(lines: &[&str], roles: &[Role], last: usize, i: usize) -> bool {
    lines[last].ends_with(':') && roles[last..=i].iter().all(|r| *r == Role::Body)
}

/// Returns the block kind of a line of the body.
fn kind(body: &[&str], i: usize) -> BlockKind {
    let line = body[i];
    let next = body.get(i + 1).copied();
    let before = i.checked_sub(1).and_then(|b| body.get(b)).copied();
    let marked = |l: Option<&str>| l.is_some_and(|l| marker(l).is_some());
    match marker(line) {
        Some(Marker::Quoted) => return BlockKind::Blockquote,
        Some(Marker::Bullet) => return BlockKind::ListItem,
        Some(Marker::Dash(_) | Marker::Number(_)) if marked(before) || marked(next) => {
            return BlockKind::ListItem;
        }
        _ => {}
    }
    if lines::ends_sentence(line) || is_prose(line) || line.ends_with([':', ',']) {
        BlockKind::Paragraph
    } else if next.is_some_and(|l| is_prose(l) || l.ends_with(':')) && starts_a_title(line) {
        BlockKind::Heading
    } else {
        BlockKind::ListItem
    }
}

fn starts_a_title(line: &str) -> bool {
    line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
}

/// The text of the article under construction.
#[derive(Default)]
struct Body {
    text: String,
    blocks: Vec<Block>,
    place: Option<String>,
    dateline: Option<String>,
    /// Whether the text contains anything other than headings.
    begun: bool,
    hyphens: Hyphens,
}

impl Body {
    fn push(&mut self, line: &str, kind: BlockKind) {
        let mut line = unmarked(line, kind);
        if !self.begun
            && self.dateline.is_none()
            && let Some(filed) = dateline::find(line)
        {
            self.place = filed.place.map(|p| p.slice(line).to_owned());
            self.dateline = Some(slice(line, 0, filed.len).to_owned());
            line = slice(line, filed.len, line.len()).trim_start();
        }
        if line.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        let mut joined = String::new();
        for part in line.split(['\n', '\r']).map(str::trim) {
            let quoted = kind == BlockKind::Blockquote;
            self.hyphens.append(&mut joined, if quoted { unmarked(part, kind) } else { part });
        }
        self.text.push_str(&joined);
        self.begun |= kind != BlockKind::Heading;
        self.blocks.push(Block { kind, span: Span::new(start, self.text.len()) });
    }
}

/// Returns a list item without its bullet or dash, or a quotation without the prefix `>` of its first line.
fn unmarked(line: &str, kind: BlockKind) -> &str {
    let marked = match (kind, marker(line)) {
        (BlockKind::ListItem, Some(Marker::Bullet | Marker::Dash(_)))
        | (BlockKind::Blockquote, Some(Marker::Quoted)) => {
            line.chars().next().map_or(0, char::len_utf8)
        }
        _ => 0,
    };
    slice(line, marked, line.len()).trim_start()
}
