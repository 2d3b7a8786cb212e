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
//! Consecutive lines with a wide gap are columns if both sides read as prose; otherwise they are a table and are left
//! unchanged.
//!
//! Known limits: footnotes stay at the end of their page; text in three columns is left unchanged.

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
/// The minimum number of lines in a column.
const COLUMN_LINES: usize = 3;
/// The minimum average number of words per line in a column, rounded.
const COLUMN_WORDS: usize = 3;
/// The minimum number of times that a running head occurs, unless [`recurs_at`] recognizes it.
const RECURS: usize = 3;
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
    let columns = columns(&lines);
    if n_numbers + n_heads == 0 && columns.is_empty() && !text.contains('\x0c') {
        return Unpaged { text: Cow::Borrowed(text), cuts: Vec::new() };
    }
    let cut = |(line, role): (&&str, &Line)| (*role == Line::Cut).then(|| line.trim().to_owned());
    let cuts = lines.iter().zip(&roles).filter_map(cut).collect();
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
            Line::Number(n) if stands_alone(lines, roles, i) => Some((i, *n)),
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
struct Columns {
    start: usize,
    end: usize,
}

/// Finds the runs of lines in two columns of prose.
fn columns(lines: &[&str]) -> Vec<Columns> {
    let mut found = Vec::new();
    let mut start = 0;
    while start < lines.len() {
        let end = start + lines[start..].iter().take_while(|line| sides(line).is_some()).count();
        if COLUMN_LINES <= end - start && are_prose(&lines[start..end]) {
            found.push(Columns { start, end });
        }
        start = end.max(start + 1);
    }
    found
}

/// Returns the two sides of a line with one wide gap.
fn sides(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    let at = line.find(GUTTER)?;
    let right = slice(line, at, line.len()).trim_start();
    (!right.contains(GUTTER)).then(|| (slice(line, 0, at), right))
}

/// Returns whether both sides of the lines are prose: they have enough words and few digits, and at least half of the
/// lines continue on the next one.
fn are_prose(lines: &[&str]) -> bool {
    let (left, right): (Vec<&str>, Vec<&str>) = lines.iter().filter_map(|line| sides(line)).unzip();
    [left, right].iter().all(|side| {
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
    })
}

/// Writes a text without its page numbers and running heads, and with its columns in sequence.
fn rewritten(lines: &[&str], roles: &[Line], columns: &[Columns]) -> String {
    let mut out = String::new();
    let mut columns = columns.iter().peekable();
    let mut i = 0;
    // Whether there was a page break after the last text. If the sentence continues, the blank lines written since then
    // are removed.
    let mut interrupted = false;
    let mut last = "";
    while i < lines.len() {
        if let Some(run) = columns.next_if(|run| run.start == i) {
            push_columns(&mut out, &lines[run.start..run.end]);
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

/// Writes two columns one after the other; a short line that ends a sentence also ends a paragraph.
fn push_columns(out: &mut String, lines: &[&str]) {
    let (left, right): (Vec<&str>, Vec<&str>) = lines.iter().filter_map(|line| sides(line)).unzip();
    for side in [left, right] {
        let hyphens = super::hyphens::Hyphens::collect(&side.join("\n"));
        let widest = side.iter().map(|l| l.chars().count()).max().unwrap_or(0);
        let mut paragraph = String::new();
        for line in side {
            hyphens.append(&mut paragraph, line);
            if lines::ends_sentence(line) && line.chars().count() * 4 < widest * 3 {
                out.push_str(&paragraph);
                out.push_str("\n\n");
                paragraph.clear();
            }
        }
        if !paragraph.is_empty() {
            out.push_str(&paragraph);
            out.push_str("\n\n");
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
