//! Finds the author in a line such as "By Ada Lorne", below a line "By", or in a line that contains only a name, if a
//! date or an author box confirms the name.

use std::borrow::Cow;

use crate::read::boilerplate::{Lead, boilerplate};
use crate::read::dump::Role;
use crate::read::dump::features::Looks;
use crate::read::{line_patterns, lines};
use crate::span::slice;

/// The number of lines below the first paragraph that may name the author; the paragraph may be a standfirst.
const BELOW: usize = 5;

/// Returns the author and sets the role of the line with the name, and of a line such as "By" directly above it.
pub(super) fn find(
    lines: &[&str],
    looks: &Looks<'_>,
    roles: &mut [Role],
    top: usize,
    body: usize,
) -> Option<String> {
    let last = roles.iter().rposition(|r| *r == Role::Body).unwrap_or(0);
    let near = top.saturating_sub(3)..(body + 1 + BELOW).min(lines.len());
    let around = near.clone().chain(last..(last + 4).min(lines.len()));
    let is_short = |i: &usize| !looks.line(*i).is_prose();
    let signed = around.filter(is_short).find_map(|i| {
        let below = || name_below(lines, i).map(|at| (at, lines[at].to_owned()));
        of_line(lines[i]).map(|name| (i, name)).or_else(below)
    });
    let alone = || {
        let is_author = |i: &usize| {
            roles[*i] != Role::Title && is_person(lines[*i]) && is_confirmed(lines, roles, *i)
        };
        (top + 1..body).find(is_author).map(|i| (i, lines[i].to_owned()))
    };
    let (at, name) = signed.or_else(alone)?;
    for i in at.saturating_sub(1)..=at {
        if roles[i] != Role::Title && (i == at || is_introduction(lines[i])) {
            roles[i] = Role::Byline;
        }
    }
    Some(clean_name(&name))
}

/// Returns the name in a line such as "By Ada Lorne | May 3" or `ByAda LornePublished: May 3`.
pub(super) fn of_line(line: &str) -> Option<String> {
    let line = unglued(line);
    line_patterns::byline(name_part(&line)).map(str::to_owned)
}

/// Returns whether a line is nothing but "By", "Written by" or the like.
pub(super) fn is_introduction(line: &str) -> bool {
    let words = line.trim_end_matches([':', ' ']);
    boilerplate().lead(&words.to_lowercase(), Lead::Byline) == Some(words.len())
}

/// Returns the index of the line with the name if line `i` is "By": one of the next two lines.
fn name_below(lines: &[&str], i: usize) -> Option<usize> {
    let mut below = i + 1..=(i + 2).min(lines.len() - 1);
    below.find(|at| is_introduction(lines[i]) && is_person(lines[*at]))
}

/// Returns whether a line consists of a name of two to four words.
fn is_person(line: &str) -> bool {
    let n = line.split_whitespace().count();
    (2..=4).contains(&n)
        && line_patterns::is_names(line)
        && line.split_whitespace().all(|w| w.starts_with(char::is_uppercase) && !is_glued(w))
}

/// Returns whether two words are glued together, as in `ChecklistsWedding`, but not in `McNally`.
fn is_glued(word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    letters.windows(2).skip(3).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase())
}

/// Returns whether a name is likely to be the author's: the date is near it, or a note about the person follows ("About
/// Ada Lorne", "Ada Lorne is …"). Names that occur often are rejected.
fn is_confirmed(lines: &[&str], roles: &[Role], i: usize) -> bool {
    let beside = i.saturating_sub(2)..=i + 2;
    let is_dated =
        roles[i] == Role::Chrome && beside.clone().any(|j| roles.get(j) == Some(&Role::Date));
    let is_note = |line: &&str| {
        let about = line.strip_suffix(lines[i]).is_some_and(|before| {
            !before.trim().is_empty() && before.split_whitespace().count() <= 4
        });
        let sentence = line.strip_prefix(lines[i]).is_some_and(|after| {
            after.starts_with([' ', ','])
                && lines::ends_sentence(after)
                && 5 <= lines::word_count(after)
        });
        about || sentence
    };
    // A name that occurs four times or more is the name of a section.
    let recurs = 4 <= lines.iter().filter(|line| **line == lines[i]).count();
    !recurs && (is_dated || lines[i + 1..].iter().any(is_note))
}

/// Separates the parts of a line that only CSS separates on the page: `ByAda LornePublished: May 3` gets two spaces.
pub(super) fn unglued(line: &str) -> Cow<'_, str> {
    let mut line = Cow::Borrowed(line);
    let joints: Vec<usize> = line
        .char_indices()
        .zip(line.chars().skip(1))
        .filter(|((_, a), b)| a.is_lowercase() && b.is_uppercase())
        .map(|((at, a), _)| at + a.len_utf8())
        .collect();
    for at in joints.into_iter().rev() {
        let after = slice(&line, at, line.len()).to_lowercase();
        let word = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let is_date = boilerplate().is_calendar(word)
            || [Lead::Date, Lead::Update].iter().any(|l| boilerplate().lead(&after, *l).is_some());
        if is_date || is_introduction(slice(&line, 0, at)) {
            line.to_mut().insert(at, ' ');
        }
    }
    line
}

/// Returns the part of a byline before a date, a reading time or a vertical bar.
fn name_part(line: &str) -> &str {
    let end = line.find(['|', '·', '•', '\n']).unwrap_or(line.len());
    let digits = line.find(|c: char| c.is_ascii_digit()).unwrap_or(line.len());
    let part = slice(line, 0, end.min(digits)).trim_end_matches([' ', ',', '-', '–', '—', '(']);
    let lower = part.to_lowercase();
    let cut =
        [" published", " updated", " posted", " on "].iter().filter_map(|w| lower.find(w)).min();
    // A month may precede the day: `By Ada Lorne, May`.
    let words_end =
        part.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).find(|at| {
            let word = slice(part, *at, part.len()).split_whitespace().next().unwrap_or("");
            boilerplate()
                .is_calendar(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        });
    let end = cut.into_iter().chain(words_end).min().unwrap_or(part.len());
    let name = slice(part, 0, end).trim_end_matches([' ', ',', '-', '–', '—', '(']);
    // A word of the date may precede the day: `Par Ada Lorne, le`.
    let (before, after) = name.rsplit_once(", ").unwrap_or((name, ""));
    let is_word = !after.is_empty() && after.chars().all(char::is_lowercase);
    if is_word { before } else { name }
}

/// Removes an English job title after a name: `, staff writer`.
fn clean_name(name: &str) -> String {
    let lower = name.to_lowercase();
    let jobs = [
        ", staff",
        ", correspondent",
        ", reporter",
        ", political",
        ", senior",
        ", special",
        ", chief",
        ", editor",
    ];
    let end = jobs.iter().filter_map(|j| lower.find(j)).min();
    let end = end.filter(|_| lower.len() == name.len()).unwrap_or(name.len());
    slice(name, 0, end).trim().to_owned()
}
