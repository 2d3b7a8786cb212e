//! Speech marked by the layout: dialogue after dashes, interviews with labels, quotations with a signature.
//!
//! * Dialogue after a dash, in languages whose attributions may be between dashes: `—No es así —dijo la alcaldesa—. Lo
//!   veremos.`
//! * Interviews: paragraphs that begin with a label and a colon, if one of the labels is an interviewer's: it is `Q` or
//!   `Question`, or most of its paragraphs end in a question mark. The answers are quotations; so are the questions if
//!   their label is the surname of somebody whom the text names in full.
//! * A heading that is a quotation with its speaker before a colon: `Mayor Jo Ray: “No more towers”`.
//! * A label in capitals inside the marks, as some transcripts print it: `“ROE: We begin at noon.”`
//! * A quotation with a signature, in a line that is not a paragraph of prose: `“…” — Jo Ray, director`.
//!
//! A quotation without a closing mark extends to the end of its paragraph only if the next paragraph continues it: it
//! starts with a mark, or its first mark can only close a quotation. Otherwise the quotation ends with its first
//! sentence, because the words after it may be the reporter's.
//!
//! Known limits: an answer ends with its first paragraph, because further paragraphs have no label; a transcript
//! without questions yields no quotations; of several labels inside one pair of marks, only the first is found.

use std::collections::{BTreeMap, BTreeSet};

use crate::quotes::forms::Forms;
use crate::quotes::lexer::Lexer;
use crate::quotes::lexicon::Lexicon;
use crate::quotes::narration::Paragraph;
use crate::quotes::parenthetical;
use crate::span::{Span, slice};
use crate::text::quotemarks::{self, Region};

/// The maximum length of a speaker's label in bytes, including its colon.
const LONGEST_LABEL: usize = 48;
/// The maximum number of words in a label.
const LABEL_WORDS: usize = 5;
/// The minimum number of labeled paragraphs in an interview.
const FEWEST_TURNS: usize = 3;
/// The minimum number of paragraphs in an interview with the label of an interviewer.
const FEWEST_QUESTIONS: usize = 2;

/// A paragraph of an interview.
#[derive(Clone, Copy, Debug)]
pub(super) enum Turn {
    /// A question, which is not quoted.
    Question,
    /// An answer, or a question of an interviewer whom the text names in full: the words after the label.
    Answer(Region),
}

/// Returns the turn of each paragraph in an interview: `None` for a paragraph without a label, and for every paragraph
/// if the article is not an interview.
pub(super) fn answers(text: &str, paragraphs: &[Paragraph]) -> Vec<Option<Turn>> {
    let labels: Vec<Option<Span>> = paragraphs.iter().map(|p| label(text, p.span)).collect();
    let mut asked: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (label, paragraph) in labels.iter().zip(paragraphs) {
        let Some(label) = label else { continue };
        let (turns, questions) = asked.entry(key(label.slice(text))).or_default();
        *turns += 1;
        *questions += usize::from(paragraph.span.slice(text).trim_end().ends_with(['?', '？']));
    }
    let asks = |label: &str| {
        let (turns, questions) = asked.get(&key(label)).copied().unwrap_or_default();
        matches!(label, "Q" | "Question") || questions * 2 > turns
    };
    let turns: usize = asked.values().map(|(turns, _)| turns).sum();
    let questions: usize = labels.iter().flatten().filter(|l| asks(l.slice(text))).count();
    if turns < FEWEST_TURNS || questions < FEWEST_QUESTIONS || questions == turns {
        return vec![None; paragraphs.len()];
    }
    let named = surnames(text, paragraphs, &labels);
    let turn = |(label, paragraph): (&Option<Span>, &Paragraph)| {
        let label = (*label)?;
        if asks(label.slice(text)) && !named.contains(&key(label.slice(text))) {
            return Some(Turn::Question);
        }
        let inner = Span::new(label.end() + 1, paragraph.span.end()).trimmed(text);
        (!inner.is_empty()).then_some(Turn::Answer(Region { inner, outer: inner, closed: true }))
    };
    labels.iter().zip(paragraphs).map(turn).collect()
}

/// Returns the keys of one-word labels that occur in unlabeled paragraphs after another capitalized word, as in a full
/// name: `Ross Underhill`.
fn surnames(text: &str, paragraphs: &[Paragraph], labels: &[Option<Span>]) -> BTreeSet<String> {
    let keys: BTreeSet<String> = labels
        .iter()
        .flatten()
        .filter(|label| !label.slice(text).contains(' '))
        .map(|label| key(label.slice(text)))
        .collect();
    let mut found = BTreeSet::new();
    let unlabelled = paragraphs.iter().zip(labels).filter(|(_, label)| label.is_none());
    for (paragraph, _) in unlabelled {
        let mut after_capital = false;
        for word in paragraph.span.slice(text).split_whitespace() {
            let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
            let capital = bare.starts_with(char::is_uppercase);
            let folded = bare.to_lowercase();
            if after_capital && capital && keys.contains(&folded) {
                found.insert(folded);
            }
            after_capital = capital && bare.len() == word.len();
        }
    }
    found
}

/// Returns the key by which a speaker's labels are compared, its last word in lower case: `vik` for `Ines Vik` and
/// `VIK`.
fn key(label: &str) -> String {
    label.split(' ').next_back().unwrap_or("").to_lowercase()
}

/// Returns the label that a paragraph begins with, without its colon: `Q`, `INES VIK`, `Lorvik Post`.
fn label(text: &str, paragraph: Span) -> Option<Span> {
    let start = paragraph.slice(text);
    let colon = start.bytes().take(LONGEST_LABEL).position(|byte| byte == b':')?;
    let label = start.get(..colon)?;
    let rest = start.get(colon + 1..)?;
    let words = label.split(' ').count();
    let named = label.split(' ').all(|word| word.starts_with(char::is_uppercase));
    (named && words <= LABEL_WORDS && rest.starts_with([' ', '\u{a0}', '\n']))
        .then_some(Span::new(paragraph.start(), paragraph.start() + colon))
}

/// Returns the label in capitals at the beginning of a quotation, including its colon.
pub(super) fn label_inside(text: &str, inner: Span) -> Option<Span> {
    let label = label(text, inner)?;
    let name = label.slice(text);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let shouted = !name.chars().any(char::is_lowercase);
    (shouted && letters > 1).then_some(Span::new(label.start(), label.end() + 1))
}

/// Returns whether a line is a quotation with a signature: `“We are proud of it.” — Jo Ray, director`.
pub(super) fn is_signed(text: &str, line: Span) -> bool {
    if !line.slice(text).starts_with(quotemarks::may_open) {
        return false;
    }
    let Some(region) = quotemarks::regions(text, line).first().copied() else { return false };
    let ended = region.inner.slice(text).ends_with(['.', '!', '?', '…']);
    let after = slice(text, region.outer.end(), line.end()).trim_start();
    let signature = after.trim_start_matches(['-', '–', '—', '―', '(']);
    let signed = signature.len() < after.len();
    let named = signature.trim_start().starts_with(char::is_uppercase);
    region.closed && region.outer.start() == line.start() && ended && signed && named
}

/// Returns whether a heading is a quotation with its speaker before a colon: `Mayor Jo Ray: “No more towers”`.
pub(super) fn is_announced(text: &str, line: Span) -> bool {
    let Some(region) = quotemarks::regions(text, line).first().copied() else { return false };
    let label = slice(text, line.start(), region.outer.start()).trim_end();
    // In the text of a Markdown file, a heading keeps its `#`.
    let label = label.trim_start_matches(['#', ' ']);
    let named = label.starts_with(char::is_uppercase) && label.len() <= LONGEST_ANNOUNCEMENT;
    region.closed && region.outer.end() == line.end() && named && label.ends_with(':')
}

/// The maximum length in bytes of a name with its role and colon before a quotation in a heading.
const LONGEST_ANNOUNCEMENT: usize = 80;

/// Returns the quoted stretches of a paragraph, including dialogue after dashes; `next` is the following paragraph, and
/// `is_open` is whether the preceding paragraph left a quotation open.
pub(super) fn spoken(
    text: &str,
    paragraph: &Paragraph,
    next: Option<Span>,
    is_open: bool,
    lexicon: &'static Lexicon,
) -> Vec<Region> {
    let mut regions = opened_or_continued(text, paragraph.span, is_open);
    if let Some(last) = regions.last_mut().filter(|last| !last.closed) {
        end_if_abandoned(text, paragraph, next, last);
    }
    if lexicon.inserts_attributions()
        && let Some(dialogue) = after_dash(text, paragraph, &regions, lexicon)
    {
        let at = regions.partition_point(|r| r.outer.start() < dialogue.outer.start());
        regions.insert(at, dialogue);
    }
    regions
}

/// Returns the quoted stretches of a paragraph according to its marks. If the preceding paragraph left a quotation
/// open, and the first mark of this paragraph can only close one, the quotation continues at the start of this
/// paragraph.
fn opened_or_continued(text: &str, paragraph: Span, is_open: bool) -> Vec<Region> {
    let Some(close) = close_without_opening(text, paragraph).filter(|_| is_open) else {
        return quotemarks::regions(text, paragraph);
    };
    let inner = Span::new(paragraph.start(), close.start()).trimmed(text);
    let outer = Span::new(paragraph.start(), close.end());
    let rest = Span::new(close.end(), paragraph.end());
    let first = Region { inner, outer, closed: true };
    let further = quotemarks::regions(text, rest);
    std::iter::once(first).filter(|r| !r.inner.is_empty()).chain(further).collect()
}

/// Returns the first mark of a paragraph if it can only close a quotation that was opened before.
///
/// A paragraph after a dateline begins a report, so it does not continue a quotation: `NORVALE (NW) -- The port
/// reopened.”`.
fn close_without_opening(text: &str, paragraph: Span) -> Option<Span> {
    let before = slice(text, 0, paragraph.start()).trim_end_matches(' ');
    let begins_line = before.is_empty() || before.ends_with('\n');
    quotemarks::closes_first(text, paragraph).filter(|_| begins_line)
}

/// Ends an unclosed quotation after its first sentence, unless the next paragraph continues it.
fn end_if_abandoned(text: &str, paragraph: &Paragraph, next: Option<Span>, last: &mut Region) {
    let continued = next.is_some_and(|next| {
        next.slice(text).starts_with(quotemarks::may_open)
            || close_without_opening(text, next).is_some()
    });
    let first_end = paragraph.starts.iter().find(|&&start| start > last.inner.start());
    if let Some(&end) = first_end.filter(|&&end| !continued && end < last.inner.end()) {
        let inner = Span::new(last.inner.start(), end).trimmed(text);
        *last = Region { inner, outer: Span::new(last.outer.start(), inner.end()), closed: false };
    }
}

/// Returns the dialogue opened by a dash at the start of the paragraph or of a sentence, if it contains an attribution.
/// The dialogue extends to the end of the paragraph, or to the sentence that contains the next quotation in marks.
fn after_dash(
    text: &str,
    paragraph: &Paragraph,
    regions: &[Region],
    lexicon: &'static Lexicon,
) -> Option<Region> {
    let is_dash = |c: char| matches!(c, '—' | '–' | '―');
    let opens = |&start: &usize| slice(text, start, paragraph.span.end()).starts_with(is_dash);
    let starts = std::iter::once(paragraph.span.start()).chain(paragraph.starts.iter().copied());
    let dash = starts.clone().find(opens)?;
    let marked = regions.iter().find(|r| r.outer.end() > dash).map(|r| r.outer.start());
    let end = marked.map_or(paragraph.span.end(), |mark| {
        starts.take_while(|&start| start <= mark).last().unwrap_or(mark)
    });
    if end <= dash {
        return None;
    }
    let width = slice(text, dash, end).chars().next().map_or(0, char::len_utf8);
    let inner = Span::new(dash + width, end).trimmed(text);
    let mut lexer = Lexer::new(text, Forms::for_lexicon(lexicon));
    lexer.begin(&paragraph.starts, paragraph.span.end());
    let mut words = Vec::new();
    lexer.tokenize(inner.start(), inner.end(), &mut words);
    lexer.into_forms().keep();
    let attributed = parenthetical::find(lexicon, &words).is_some();
    let outer = Span::new(dash, inner.end());
    attributed.then_some(Region { inner, outer, closed: true })
}
