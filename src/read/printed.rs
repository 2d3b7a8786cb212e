//! Cleans the text of printed pages, as extracted from PDF files, in which page numbers, running heads and columns
//! interrupt the sentences.
//!
//! ```text
//! … wants to rebuild it in two stages, of which        the first column      and the second
//!                                                      goes on in this       one beside it in
//!                     - 3 -                            line and              the same lines.
//!
//! The Harbour Report                2026
//! the first is to begin in May.
//! ```
//!
//! A number by itself is a page number if it interrupts a sentence, or if it is labeled as a page and the total is
//! given (`Page 3 of 9`). A number that continues the numbering, because the previous number is one less or the next
//! one is one more, is a page number if it is far enough from both, next to a form feed or labeled as a page. A short
//! line without an end mark, next to a page number or form feed or at either end of the text, is a running head if it
//! occurs at least three times (ignoring digits). Twice is enough if form feeds delimit the pages and the line is the
//! first line of both pages or the last line of both, because left and right pages may have different heads.
//! Consecutive lines are columns if the right part of each begins at the same position after a gap, or if each has one
//! wide gap, and if both sides read as prose; otherwise they are a table and are left unchanged. The right part may
//! consist of columns itself. A blank line in the middle of a sentence, where a column or a page ended, is removed.
//!
//! Known limit: footnotes stay at the end of their page.

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::read::lines;
use crate::span::slice;

/// A text without page numbers and running heads.
#[derive(Debug)]
pub(crate) struct Unpaged<'t> {
    pub(crate) text: Cow<'t, str>,
    /// The page numbers and running heads that were removed.
    pub(crate) cuts: Vec<String>,
}

/// The minimum gap between two columns.
const GUTTER: &str = "   ";
/// The maximum number of consecutive lines that are blank in a column.
const BLANKS: usize = 3;
/// The maximum number of lines by which the left column is longer.
const LEFT_LINES: usize = 100;
/// The maximum number of lines in columns that are not aligned.
const RAGGED_LINES: usize = 400;
/// The minimum number of lines in a column.
const COLUMN_LINES: usize = 3;
/// The minimum average number of words per line in a column, rounded.
const COLUMN_WORDS: usize = 3;
/// The minimum number of times that a running head occurs, unless [`recurs_at`] recognizes it.
const RECURS: usize = 3;
/// The minimum length of the line above one in which a sentence continues after a blank line.
const MIDDLE: usize = 24;
/// The form feed, which separates pages.
const FEED: char = '\x0c';
/// The number of lines examined on either side of a page break.
const REACH: usize = 12;
/// The minimum number of lines from one page number to the next, unless [`PAGE_WORDS`] words are between them.
const PAGE_LINES: usize = 8;
/// The minimum number of words from one page number to the next if they are fewer than [`PAGE_LINES`] lines apart.
const PAGE_WORDS: usize = 60;
/// The word "page" and its abbreviations, in lower case.
const PAGES: &[&str] = &[
    "page",
    "p",
    "pg",
    "seite",
    "s",
    "página",
    "pagina",
    "pàgina",
    "pág",
    "pag",
    "sida",
    "sidan",
    "side",
    "sivu",
    "strona",
    "str",
    "strana",
    "stran",
    "страница",
    "стр",
    "сторінка",
    "σελίδα",
    "sayfa",
    "oldal",
    "halaman",
    "trang",
    "صفحة",
    "עמוד",
];

/// Returns a text without page numbers and running heads, and with its columns one after the other.
pub(crate) fn unpaged(text: &str) -> Unpaged<'_> {
    let lines: Vec<&str> = text.lines().collect();
    let mut roles: Vec<Line> = lines.iter().map(|line| Line::parse(line)).collect();
    let n_numbers = mark_numbers(&lines, &mut roles);
    let n_heads = mark_heads(&lines, &mut roles);
    let n_breaks = mark_breaks(&lines, &mut roles);
    let columns = columns(&lines);
    if n_numbers + n_heads + n_breaks == 0 && columns.is_empty() && !text.contains('\x0c') {
        return Unpaged { text: Cow::Borrowed(text), cuts: Vec::new() };
    }
    let cut = |(line, role): (&&str, &Line)| (*role == Line::Cut).then(|| line.trim().to_owned());
    let cuts = lines.iter().zip(&roles).filter_map(cut).filter(|line| !line.is_empty()).collect();
    Unpaged { text: Cow::Owned(rewritten(&lines, &roles, &columns)), cuts }
}

/// The role of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line {
    Blank,
    Text,
    /// A number by itself, or with a word or two: `- 3 -`, `Page 3 of 9`.
    Number(u32),
    /// A page number or running head.
    Cut,
}

impl Line {
    fn parse(line: &str) -> Self {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            return Self::Blank;
        }
        number(trimmed).map_or(Self::Text, Self::Number)
    }
}

/// Returns the number in a line that looks like a page number: `3`, `- 3 -`, `Page 3`, `3/9`, `Page 3 of 9`.
fn number(line: &str) -> Option<u32> {
    if 24 < line.len() || !line.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let parts: Vec<&str> =
        line.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let is_number = |part: &&&str| part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let numbers: Vec<&str> = parts.iter().filter(is_number).copied().collect();
    let others = parts.len() - numbers.len();
    let plain = line.chars().all(|c| {
        c.is_alphanumeric()
            || c.is_whitespace()
            || matches!(c, '-' | '–' | '—' | '|' | '/' | '[' | ']' | '·' | '.')
    });
    // A decimal, a date or a score is not a page number.
    let dotted =
        line.trim_matches(|c: char| !c.is_ascii_digit()).contains(['.', '-']) && others == 0;
    let fits = plain && !dotted && (1..=2).contains(&numbers.len()) && others < numbers.len() + 1;
    fits.then(|| numbers.first()?.parse().ok()).flatten()
}

/// Marks the page numbers; returns how many there are.
fn mark_numbers(lines: &[&str], roles: &mut [Line]) -> usize {
    let numbers: Vec<(usize, u32)> = roles
        .iter()
        .enumerate()
        .filter_map(|(i, role)| match role {
            Line::Number(n) if stands_alone(lines, roles, i) || is_one_of_many(lines[i]) => {
                Some((i, *n))
            }
            _ => None,
        })
        .collect();
    let mut words = vec![0; lines.len() + 1];
    for (i, line) in lines.iter().enumerate() {
        words[i + 1] = words[i] + lines::word_count(line);
    }
    let mut marked = 0;
    for (k, (i, n)) in numbers.iter().enumerate() {
        let next = numbers.get(k + 1).is_some_and(|(_, m)| Some(*m) == n.checked_add(1));
        let before = k.checked_sub(1).is_some_and(|b| numbers[b].1.checked_add(1) == Some(*n));
        // Items of a list or table are close together; page numbers are not.
        let far = |j: Option<&(usize, u32)>| {
            j.is_none_or(|(j, _)| {
                PAGE_LINES <= j.abs_diff(*i) || PAGE_WORDS <= words[*j].abs_diff(words[*i])
            })
        };
        let apart = far(numbers.get(k + 1)) && far(k.checked_sub(1).map(|b| &numbers[b]));
        let counts =
            (next || before) && (apart || is_labelled(lines[*i]) || is_at_feed(lines, roles, *i));
        if counts || is_one_of_many(lines[*i]) || interrupts(lines, roles, *i) {
            roles[*i] = Line::Cut;
            marked += 1;
        }
    }
    marked
}

/// Returns whether a line is labeled as a page and gives the total: `Page 3 of 9`, `S. 3/9`.
fn is_one_of_many(line: &str) -> bool {
    let parts = line.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    let numbers: Vec<u32> = parts.filter_map(|part| part.parse().ok()).collect();
    is_labelled(line) && matches!(numbers[..], [n, all] if 0 < n && n <= all)
}

/// Returns whether a line begins with the word "page" or an abbreviation of it.
fn is_labelled(line: &str) -> bool {
    let lower = line.to_lowercase();
    let mut parts = lower.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.next().is_some_and(|first| PAGES.contains(&first))
}

/// Returns whether a line begins with a form feed, precedes one (ignoring blank lines), or is the last line of a text
/// with form feeds.
fn is_at_feed(lines: &[&str], roles: &[Line], i: usize) -> bool {
    let next = (i + 1..lines.len()).find(|j| roles[*j] != Line::Blank || lines[*j].contains(FEED));
    let has_feed = || lines.iter().any(|line| line.starts_with(FEED));
    lines[i].starts_with(FEED) || next.map_or_else(has_feed, |next| lines[next].starts_with(FEED))
}

/// Returns whether a line has blank lines, form feeds or an edge of the text on both sides.
fn stands_alone(lines: &[&str], roles: &[Line], i: usize) -> bool {
    let apart = |j: Option<usize>| {
        j.and_then(|j| lines.get(j).map(|line| roles[j] == Line::Blank || line.starts_with('\x0c')))
            .unwrap_or(true)
    };
    let own = lines[i].starts_with('\x0c');
    (own || apart(i.checked_sub(1))) && apart(Some(i + 1))
}

/// Returns whether a sentence continues across line `i`: the text before it is unfinished, and the text after it
/// begins in lower case.
fn interrupts(lines: &[&str], roles: &[Line], i: usize) -> bool {
    let is_text = |j: &usize| roles[*j] == Line::Text;
    let before = (0..i).rev().take(REACH).find(is_text).map(|j| lines[j].trim());
    let after = (i + 1..lines.len()).take(REACH).find(is_text).map(|j| lines[j].trim());
    before.zip(after).is_some_and(|(a, b)| goes_on(a, b))
}

/// Marks the blank lines at which a column or a page ended in the middle of a sentence; returns how many there are.
///
/// Both lines around them must be a part of a passage of several lines and not be much shorter than the longest line of
/// the text, unlike a heading or an item in lower case.
fn mark_breaks(lines: &[&str], roles: &mut [Line]) -> usize {
    let is_text = |i: usize| roles.get(i) == Some(&Line::Text);
    let length = |i: usize| lines[i].trim().chars().count();
    let mut breaks = Vec::new();
    let texts: Vec<usize> = (0..lines.len()).filter(|i| is_text(*i)).collect();
    for pair in texts.windows(2) {
        let [above, below] = *pair else { continue };
        let is_inside = 0 < above && is_text(above - 1) && is_text(below + 1);
        let is_blank = (above + 1..below).all(|i| roles[i] == Line::Blank);
        if above + 1 < below
            && is_inside
            && is_blank
            && length(above - 1).max(MIDDLE) * 3 <= length(above) * 5
            && goes_on(lines[above].trim(), lines[below].trim())
        {
            breaks.extend(above + 1..below);
        }
    }
    for i in &breaks {
        roles[*i] = Line::Cut;
    }
    breaks.len()
}

fn goes_on(before: &str, after: &str) -> bool {
    !lines::ends_sentence(before)
        && !before.ends_with(':')
        && 2 <= before.split_whitespace().count()
        && after.starts_with(char::is_lowercase)
}

/// Marks the lines of running heads; returns how many there are.
fn mark_heads(lines: &[&str], roles: &mut [Line]) -> usize {
    let mut at_edges: Vec<usize> = Vec::new();
    for i in 0..lines.len() {
        let feeds = lines[i].starts_with('\x0c');
        if roles[i] == Line::Cut || feeds {
            let text = |j: &usize| matches!(roles[*j], Line::Text | Line::Number(_));
            at_edges.extend((0..i).rev().take(REACH).find(text));
            at_edges.extend((i + usize::from(!feeds)..lines.len()).take(REACH).find(text));
        }
    }
    if !at_edges.is_empty() {
        // The beginning and the end of the text are also page edges.
        let text = |i: &usize| roles[*i] == Line::Text;
        at_edges.extend((0..lines.len()).take(REACH).find(text));
        at_edges.extend((0..lines.len()).rev().take(REACH).find(text));
    }
    at_edges.sort_unstable();
    at_edges.dedup();
    let mut recurring: FxHashMap<String, usize> = FxHashMap::default();
    for i in &at_edges {
        *recurring.entry(without_digits(lines[*i])).or_default() += 1;
    }
    let (tops, bottoms) = edges_of_pages(lines, roles);
    let mut marked = 0;
    for i in at_edges {
        let short = lines[i].trim().chars().count() <= 80 && !lines::ends_sentence(lines[i].trim());
        let recurs = recurring.get(&without_digits(lines[i])).is_some_and(|n| RECURS <= *n);
        let recurs_twice = || {
            stands_alone(lines, roles, i)
                && (recurs_at(&tops, lines, i) || recurs_at(&bottoms, lines, i))
        };
        if short && (recurs || recurs_twice()) {
            roles[i] = Line::Cut;
            marked += 1;
        }
    }
    marked
}

/// Returns the first lines and the last lines of text of all pages; both lists are empty if no form feeds delimit the
/// pages. Numbers and lines that were already cut are skipped.
fn edges_of_pages(lines: &[&str], roles: &[Line]) -> (Vec<usize>, Vec<usize>) {
    let all: Vec<usize> = (0..lines.len()).collect();
    let pages: Vec<&[usize]> = all.chunk_by(|_, j| !lines[*j].starts_with(FEED)).collect();
    let is_text = |i: &&usize| roles[**i] == Line::Text;
    if pages.len() < 2 {
        return (Vec::new(), Vec::new());
    }
    let tops = pages.iter().filter_map(|page| page.iter().find(is_text).copied());
    let bottoms = pages.iter().filter_map(|page| page.iter().rev().find(is_text).copied());
    (tops.collect(), bottoms.collect())
}

/// Returns whether a line at the edge of a page recurs at the same edge of another page.
///
/// The head of later pages may repeat the title. The first line of a text is therefore kept if it could be the title:
/// it has no digits and no wide gap, is not all in capitals, and the next line does not look like a title.
fn recurs_at(edges: &[usize], lines: &[&str], i: usize) -> bool {
    let head = without_digits(lines[i]);
    let recurs = edges.contains(&i)
        && head.contains(char::is_alphabetic)
        && edges.iter().any(|j| *j != i && without_digits(lines[*j]) == head);
    let line = lines[i].trim();
    let is_plain = || {
        !line.contains(GUTTER)
            && !line.contains(|c: char| c.is_ascii_digit())
            && line.contains(char::is_lowercase)
    };
    let is_first = || lines.iter().take(i).all(|line| line.trim().is_empty());
    let next = || lines.iter().skip(i + 1).find(|line| !line.trim().is_empty());
    let has_title = || {
        next().is_some_and(|next| {
            next.chars().count() * 3 < line.len() * 4 && !lines::ends_sentence(next)
        })
    };
    recurs && !(is_first() && is_plain() && !has_title())
}

fn without_digits(line: &str) -> String {
    let kept = line.chars().filter(|c| !c.is_ascii_digit() && *c != '\x0c');
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A run of lines in two columns.
#[derive(Debug)]
struct Columns<'t> {
    start: usize,
    end: usize,
    left: Vec<&'t str>,
    /// The lines of the right column, which may itself consist of columns.
    right: Vec<&'t str>,
}

/// Finds the runs of lines in columns of prose.
fn columns<'t>(lines: &[&'t str]) -> Vec<Columns<'t>> {
    let mut found: Vec<Columns<'t>> = Vec::new();
    let (mut start, mut end_of_gaps) = (0, 0);
    while start < lines.len() {
        let n_aligned = second_column(lines[start]).map_or(0, |at| n_aligned(&lines[start..], at));
        let mut run = aligned(lines, start, n_aligned);
        if run.is_none() && end_of_gaps <= start {
            let gaps = lines[start..].iter().take(RAGGED_LINES).map_while(|line| sides(line));
            let (left, right): (Vec<&str>, Vec<&str>) = gaps.unzip();
            end_of_gaps = start + left.len();
            run = ragged(start, left, right);
        }
        // A table is skipped as a whole.
        let is_table = run.is_none() && COLUMN_LINES <= n_aligned;
        let end = run.as_ref().map_or(if is_table { start + n_aligned } else { 0 }, |run| run.end);
        start = end.max(start + 1);
        found.extend(run);
    }
    found
}

/// Returns the number of lines, from the first on, in which a column begins at a position; some of them may be blank in
/// that column.
fn n_aligned(lines: &[&str], column: usize) -> usize {
    let mut end = 0;
    for (i, line) in lines.iter().enumerate() {
        let (left, right) = at_column(line, column);
        let crosses = !right.is_empty() && (!left.ends_with(' ') || right.starts_with(' '));
        if crosses || i > 0 && line.starts_with(FEED) || end + BLANKS < i {
            break;
        }
        if !right.is_empty() {
            end = i + 1;
        }
    }
    end
}

/// Returns the run of `n` lines that begins at a line, if they are two columns of prose; the left one may be longer.
fn aligned<'t>(lines: &[&'t str], start: usize, n: usize) -> Option<Columns<'t>> {
    let column = second_column(lines[start]).filter(|_| COLUMN_LINES <= n)?;
    let is_left = |line: &&&str| {
        !line.trim().is_empty() && !line.starts_with(FEED) && at_column(line, column).1.is_empty()
    };
    let end = start + n + lines.iter().skip(start + n).take(LEFT_LINES).take_while(is_left).count();
    let (left, right): (Vec<&str>, Vec<&str>) =
        lines[start..end].iter().map(|line| at_column(line, column)).unzip();
    let both = left.iter().zip(&right).filter(|(l, r)| !l.trim().is_empty() && !r.is_empty());
    let is_prose = COLUMN_LINES <= both.count() && are_prose(&left) && are_prose(&right);
    is_prose.then_some(Columns { start, end, left, right })
}

/// Returns the run of lines with one wide gap each, if both sides are prose.
fn ragged<'t>(start: usize, left: Vec<&'t str>, right: Vec<&'t str>) -> Option<Columns<'t>> {
    let end = start + left.len();
    let is_prose = COLUMN_LINES <= left.len() && are_prose(&left) && are_prose(&right);
    is_prose.then_some(Columns { start, end, left, right })
}

/// Returns the position, in characters, of the text after the first gap of two spaces or more in a line.
fn second_column(line: &str) -> Option<usize> {
    let indent = line.len() - line.trim_start().len();
    let gap = slice(line, indent, line.len()).find("  ")? + indent;
    let text = slice(line, gap, line.len()).find(|c: char| c != ' ')? + gap;
    Some(slice(line, 0, text).chars().count())
}

/// Divides a line at a position in characters.
fn at_column(line: &str, column: usize) -> (&str, &str) {
    let at = line.char_indices().nth(column).map_or(line.len(), |(at, _)| at);
    let (left, right) = (slice(line, 0, at), slice(line, at, line.len()).trim_end());
    (left, right)
}

/// Returns the two sides of a line with one wide gap.
fn sides(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let at = line.find(GUTTER)?;
    let right = slice(line, at, line.len()).trim_start();
    (!right.contains(GUTTER)).then(|| (slice(line, 0, at), right))
}

/// Returns whether the lines of a column are prose: they have enough words and few digits, and at least half of them
/// continue on the next one.
fn are_prose(side: &[&str]) -> bool {
    let side: Vec<&str> = side.iter().map(|line| line.trim()).filter(|l| !l.is_empty()).collect();
    let words: usize = side.iter().map(|l| lines::word_count(l)).sum();
    let chars: usize = side.iter().map(|l| l.chars().count()).sum();
    let digits = side.iter().flat_map(|l| l.chars()).filter(char::is_ascii_digit).count();
    let goes_on = side.windows(2).filter(|pair| {
        let [a, b] = pair else { return false };
        !lines::ends_sentence(a) && (b.starts_with(char::is_lowercase) || a.ends_with('-'))
    });
    COLUMN_WORDS * side.len() <= words + side.len() / 2
        && digits * 8 <= chars
        && side.len() <= 1 + 2 * goes_on.count()
}

/// Writes a text without its page numbers and running heads, and with its columns in sequence.
fn rewritten(lines: &[&str], roles: &[Line], columns: &[Columns<'_>]) -> String {
    let mut out = String::new();
    let mut columns = columns.iter().peekable();
    let mut i = 0;
    // Whether there was a page break after the last text. If the sentence continues, the blank lines written since then
    // are removed.
    let mut interrupted = false;
    let mut last = "";
    while i < lines.len() {
        if let Some(run) = columns.next_if(|run| run.start == i) {
            push_columns(&mut out, run);
            (i, last) = (run.end, "");
            continue;
        }
        let line = lines[i].trim_start_matches('\x0c');
        interrupted |= roles[i] == Line::Cut || lines[i].starts_with('\x0c');
        if roles[i] == Line::Text || matches!(roles[i], Line::Number(_)) {
            if interrupted && goes_on(last, line.trim()) {
                out.truncate(out.trim_end_matches('\n').len());
                out.push('\n');
            } else if interrupted {
                out.push('\n');
            }
            out.push_str(line);
            out.push('\n');
            (interrupted, last) = (false, line.trim());
        } else if roles[i] == Line::Blank {
            out.push('\n');
        }
        i += 1;
    }
    out
}

/// Writes two columns one after the other; a column may itself consist of columns.
fn push_columns(out: &mut String, run: &Columns<'_>) {
    for side in [&run.left, &run.right] {
        let mut at = 0;
        for inner in columns(side) {
            push_side(out, &side[at..inner.start]);
            push_columns(out, &inner);
            at = inner.end;
        }
        push_side(out, &side[at..]);
    }
}

/// Writes the lines of a column. A blank line ends a paragraph unless the sentence continues after it; so does a short
/// line that ends a sentence.
fn push_side(out: &mut String, side: &[&str]) {
    let side: Vec<&str> = side.iter().map(|line| line.trim()).collect();
    let hyphens = super::hyphens::Hyphens::collect(&side.join("\n"));
    let widest = side.iter().map(|l| l.chars().count()).max().unwrap_or(0);
    let mut paragraph = String::new();
    for (i, line) in side.iter().enumerate() {
        let next = side[i..].iter().find(|line| !line.is_empty());
        let is_break = line.is_empty() && !next.is_some_and(|next| goes_on(&paragraph, next));
        hyphens.append(&mut paragraph, line);
        let is_last = i + 1 == side.len()
            || lines::ends_sentence(line) && line.chars().count() * 4 < widest * 3;
        if (is_break || is_last) && !paragraph.is_empty() {
            out.push_str(&paragraph);
            out.push_str("\n\n");
            paragraph.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{number, unpaged};

    fn cleaned(text: &str) -> String {
        unpaged(text).text.into_owned()
    }

    #[test]
    fn numbers_of_pages() {
        for line in ["3", "- 3 -", "Page 3", "Page 3 of 9", "Seite 3 von 9", "3/9", "[3]", "p. 3"] {
            assert_eq!(number(line), Some(3), "{line}");
        }
        for line in [
            "3.5",
            "4-2",
            "1,500",
            "3 May 2015 at noon in Varn",
            "Chapter three",
            "3 + 4",
            "2015-05-04",
        ] {
            assert_eq!(number(line), None, "{line}");
        }
    }

    #[test]
    fn a_sentence_goes_on_over_the_edge_of_a_page() {
        for mark in ["3", "- 3 -", "Seite 3", "\x0c3"] {
            let text = format!(
                "The council wants two stages, of which\n\n{mark}\n\nthe first begins in May.\n"
            );
            assert_eq!(
                cleaned(&text),
                "The council wants two stages, of which\nthe first begins in May.\n"
            );
        }
        let text = "The council wants two stages, of which\n\x0cthe first begins in May.\n";
        assert_eq!(
            cleaned(text),
            "The council wants two stages, of which\nthe first begins in May.\n"
        );
    }

    #[test]
    fn pages_without_form_feeds_and_breaks() {
        for mark in ["Page 12 of 20", "Seite 12 von 20", "p. 12/20", "Página 12 de 20"] {
            let text = format!("The council voted.\n\n{mark}\n\nNobody was against it.\n");
            assert!(!cleaned(&text).contains("12"), "{mark}");
        }
        let line = "The council of the town voted on Monday for the wall that fell in January, the clerk said. ";
        let page = |n: usize| format!("{}\n\n{n}\n\n", line.repeat(5));
        let text: String = (1..=3).map(page).collect();
        assert!(!cleaned(&text).contains(|c: char| c.is_ascii_digit()), "{}", cleaned(&text));
        for text in ["The result\n\nPage 3\n\nThe end.", "It was\n\n12 of 20\n\nThe end."] {
            assert_eq!(cleaned(text), text);
        }
    }

    #[test]
    fn running_heads_are_cut() {
        let page = |n: usize| {
            format!(
                "The Varn Report 2015\n\nThis is what page number {n} of the report says about the town.\n\n{n}\n\x0c"
            )
        };
        let text: String = (3..8).map(page).collect();
        let found = unpaged(&text);
        assert!(!found.text.contains("Varn Report"), "{}", found.text);
        assert_eq!(found.text.matches("This is what page").count(), 5);
        assert_eq!(found.cuts.iter().filter(|c| c.contains("Varn Report")).count(), 5);
    }

    #[test]
    fn heads_of_left_and_right_pages_and_of_two_pages_are_cut() {
        const OPENINGS: [&str; 4] = ["The mayor", "Her deputy", "A councillor", "The clerk"];
        let page = |n: usize| {
            let who = OPENINGS[n % 4];
            format!(
                "{who} says that the council wants to close the bridge\nfor two years, which nobody likes.\n\n"
            )
        };
        let head = |n: usize| match n % 2 {
            0 => format!("{n}   VARN YEARBOOK\n\n"),
            _ => format!("The old bridge   {n}\n\n"),
        };
        let text: Vec<String> = (7..11).map(|n| head(n) + &page(n)).collect();
        let found = cleaned(&text.join("\x0c"));
        assert!(!found.contains("YEARBOOK") && !found.contains("The old bridge"), "{found}");
        assert_eq!(found.matches("says that").count(), 4);
        let text =
            ["Der Bote    Hafen\n\n", &page(1), "\x0cDer Bote    Hafen\n\n", &page(2)].concat();
        assert!(!cleaned(&text).contains("Bote"), "{}", cleaned(&text));
        // The head repeats the title.
        let text =
            ["Bridge to close in June\n\n", &page(1), "\x0cBridge to close in June\n\n", &page(2)]
                .concat();
        assert_eq!(cleaned(&text).matches("Bridge to close").count(), 1, "{}", cleaned(&text));
        let text = [&page(1), "\x0c", &page(2), "\x0c", &page(3)].concat();
        assert_eq!(cleaned(&text).matches("nobody likes").count(), 3);
    }

    #[test]
    fn numbers_of_short_pages_are_cut() {
        for text in [
            "The council voted.\n\n1\n\x0cNobody was against it.\n\n2\n\x0cThat was all.\n\n3\n",
            "The council voted.\n\nPage 1\n\nNobody was against it.\n\nPage 2\n",
            "Der Rat stimmte zu.\n\nSeite 4\n\nNiemand war dagegen.\n\nSeite 5\n\nDas war alles.\n",
        ] {
            assert!(!cleaned(text).contains(|c: char| c.is_ascii_digit()), "{}", cleaned(text));
        }
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let text = "The council of the town      The crews had asked\nvoted on Monday for the      for an earlier day, as\n\
                    wall, the clerk said. It     they have to land the\nbegins in May.               catch at Brimnes.\n";
        assert_eq!(
            cleaned(text).trim(),
            "The council of the town voted on Monday for the wall, the clerk said. It begins in May.\n\n\
             The crews had asked for an earlier day, as they have to land the catch at Brimnes."
        );
        let table =
            "Varn           4 points      \nLorvik         7 points\nBrimnes        9 points\n";
        assert_eq!(cleaned(table), table);
    }

    const LEFT: [&str; 8] = [
        "The council of the town voted",
        "on Monday for the wall, the",
        "clerk said. It begins in May,",
        "and it will take two years.",
        "Nobody spoke against the plan",
        "of the mayor, who had asked",
        "for an earlier day, as the",
        "crews need the quay.",
    ];
    const RIGHT: [&str; 8] = [
        "Shopkeepers at the market said",
        "that nobody had asked them. They",
        "fear that the lorries will",
        "block the street until autumn.",
        "The clerk promised to meet them",
        "on Thursday. She did not say",
        "whether the town would pay, and",
        "her office did not answer.",
    ];

    fn side_by_side(columns: &[&[&str]], width: usize) -> String {
        let n = columns.iter().map(|column| column.len()).max().unwrap_or(0);
        let cell = |column: &&[&str], i: usize| {
            format!("{:<width$}", column.get(i).copied().unwrap_or(""))
        };
        let line = |i| columns.iter().map(|c| cell(c, i)).collect::<String>().trim_end().to_owned();
        (0..n).map(|i| line(i) + "\n").collect()
    }

    #[test]
    fn columns_may_be_close_uneven_interrupted_and_three() {
        let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let expected = flat(&format!("{} {}", LEFT.join(" "), RIGHT.join(" ")));
        for width in [33, 34, 40, 60] {
            assert_eq!(flat(&cleaned(&side_by_side(&[&LEFT, &RIGHT], width))), expected, "{width}");
        }
        let shorter = flat(&format!("{} {}", LEFT.join(" "), RIGHT[..4].join(" ")));
        assert_eq!(flat(&cleaned(&side_by_side(&[&LEFT, &RIGHT[..4]], 36))), shorter);
        let shorter = flat(&format!("{} {}", LEFT[..4].join(" "), RIGHT.join(" ")));
        assert_eq!(flat(&cleaned(&side_by_side(&[&LEFT[..4], &RIGHT], 36))), shorter);
        let parted = [&LEFT[..4], &[""], &LEFT[4..]].concat();
        let text = side_by_side(&[&parted, &RIGHT], 36);
        assert_eq!(flat(&cleaned(&text)), expected);
        assert!(cleaned(&text).contains("two years.\n\nNobody"), "{}", cleaned(&text));
        let three = side_by_side(&[&LEFT, &RIGHT, &LEFT], 36);
        assert_eq!(flat(&cleaned(&three)), flat(&format!("{expected} {}", LEFT.join(" "))));
        // A table has columns, but they are not prose.
        let table = side_by_side(&[&["Varn", "Lorvik", "Brimnes"], &["4 points", "7", "9"]], 20);
        assert_eq!(cleaned(&table), table);
    }

    #[test]
    fn a_sentence_goes_on_over_the_edge_of_a_column() {
        let text =
            |blank: &str| format!("{}{blank}{}\n", LEFT[..6].join("\n"), LEFT[6..].join("\n"));
        for blank in ["\n\n", "\n\n\n", "\n \n"] {
            assert_eq!(cleaned(&text(blank)), text("\n"), "{blank:?}");
        }
        for text in [
            "apples\npears\n\nplums\ncherries\n",
            "The council voted for these:\n\nthe wall\nthe quay\n",
            "The council voted on Monday.\nIt was late.\n\niPhones rang in the hall of\nthe town.\n",
            "A heading of the text\n\nand a line in lower case.\nIt ends.\n",
        ] {
            assert_eq!(cleaned(text), text);
        }
    }

    #[test]
    fn labeled_pages_need_no_blank_lines() {
        let text = "The council voted for the wall, of which\nPage 2 of 9\nthe first part begins in May.\n";
        assert_eq!(
            cleaned(text),
            "The council voted for the wall, of which\nthe first part begins in May.\n"
        );
    }

    #[test]
    fn texts_without_pages_are_left_alone() {
        for text in [
            "One.\n\n2\n\nThree.",
            "The score was\n\n3\n\nThen it ended.",
            "A list\n\n1\n\n2\n\n3\n",
            "",
        ] {
            assert_eq!(cleaned(text), text);
        }
    }
}
