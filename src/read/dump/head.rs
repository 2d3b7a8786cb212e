//! Finds metadata in the lines around the body: title, outlet, author, date.
//!
//! The title, the author and the date are searched for above the first paragraph and in some lines below it; the outlet
//! is searched for in the first line only. The lines directly after the body may also contain the date and the author,
//! because some outlets print them there.

use crate::article::Published;
use crate::read::boilerplate::{Lead, boilerplate};
use crate::read::dump::features::Looks;
use crate::read::dump::{Role, byline, title};
use crate::read::{Options, date, line_patterns, lines};

/// The metadata that was found.
#[derive(Default)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) source: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) doubt: Option<String>,
}

/// Finds title, outlet, author and date, and sets the roles of their lines.
pub(super) fn find(
    lines: &[&str],
    looks: &Looks<'_>,
    roles: &mut [Role],
    options: &Options,
) -> Head {
    let first = first_paragraph(looks, roles);
    let title = title::find(lines, looks, roles, first.unwrap_or(lines.len()));
    let mut head = Head::default();
    if let Some(at) = title {
        head.title = lines[at].split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let body_starts = first.map_or(lines.len(), |first| after_title(looks, roles, title, first));
    // If there is no paragraph, only the lines above the title are removed.
    clear_above(lines, roles, title, body_starts, first.is_some());
    if let Some(at) = title {
        mark_title(lines, looks, roles, at);
    }
    let top = title.unwrap_or(body_starts);
    head.source = source(lines, roles, top);
    find_date(lines, roles, top, body_starts, options, &mut head);
    head.byline = byline::find(lines, looks, roles, top, body_starts);
    head
}

/// Returns the first paragraph of the body.
pub(super) fn first_paragraph(looks: &Looks<'_>, roles: &[Role]) -> Option<usize> {
    (0..roles.len()).find(|i| roles[*i] == Role::Body && looks.line(*i).is_prose())
}

/// Returns the first paragraph below the title; `first` is the first paragraph of the page, which may be in a menu
/// above the title.
fn after_title(looks: &Looks<'_>, roles: &[Role], title: Option<usize>, first: usize) -> usize {
    let Some(title) = title.filter(|title| first <= *title) else { return first };
    let below = title + 1..roles.len();
    let is_paragraph = |i: &usize| roles[*i] == Role::Body && looks.line(*i).is_prose();
    below.clone().find(is_paragraph).unwrap_or(below.start)
}

/// Removes the lines above the title, and lines between title and body that are not sentences, such as captions.
fn clear_above(lines: &[&str], roles: &mut [Role], title: Option<usize>, body: usize, prose: bool) {
    let above = title.map_or(0, |t| t + 1);
    let limit = if prose { body } else { above };
    for i in 0..limit {
        let sentence = lines::ends_sentence(lines[i]) && 4 <= lines[i].split_whitespace().count();
        if roles[i] == Role::Body && (i < above || !sentence) {
            roles[i] = Role::Chrome;
        }
    }
}

/// Sets the role of the title, and of lines of the body that only repeat it.
fn mark_title(lines: &[&str], looks: &Looks<'_>, roles: &mut [Role], at: usize) {
    for (i, role) in roles.iter_mut().enumerate() {
        if lines[i] == lines[at] && !looks.line(i).is_prose() && *role == Role::Body {
            *role = Role::Repeated;
        }
    }
    roles[at] = Role::Title;
}

/// Returns the outlet named in the first line, and sets the role of that line.
///
/// The first line may belong to a menu if it is a single word or is far above the title. It must then contain a word
/// that is typical of the names of outlets.
fn source(lines: &[&str], roles: &mut [Role], top: usize) -> Option<String> {
    let line = *lines.first()?;
    let n = line.split_whitespace().count();
    let lower = line.to_lowercase();
    let name = top != 0
        && (1..=5).contains(&n)
        && roles[0] == Role::Chrome
        && line
            .split_whitespace()
            .all(|w| w.starts_with(|c: char| c.is_uppercase() || c == '&') || w.len() <= 3)
        && !lines::ends_sentence(line)
        && !line_patterns::is_chrome(line)
        && !lower.split_whitespace().any(|w| boilerplate().is_service(w));
    let outlet = lower.split_whitespace().any(|w| boilerplate().is_outlet(w));
    if !name || !(outlet || (2 <= n && top <= 6)) {
        return None;
    }
    roles[0] = Role::Source;
    Some(line.to_owned())
}

/// The number of lines from the first paragraph on that may contain the date; the paragraph may be a standfirst.
const BELOW: usize = 6;

/// Finds the date of publication or, failing that, the date of an update, and sets the roles of the lines with dates.
fn find_date(
    lines: &[&str],
    roles: &mut [Role],
    top: usize,
    body: usize,
    options: &Options,
    head: &mut Head,
) {
    let hint = date::Hint { lang: options.lang, now: options.now, order: None };
    let last = roles.iter().rposition(|r| *r == Role::Body).unwrap_or(0);
    let window = top.saturating_sub(8)..(body + BELOW).min(lines.len());
    let around = window.clone().chain(0..window.start).chain(window.end..lines.len());
    let is_near = |i: usize| i < window.end || (last..last + 4).contains(&i);
    let mut update = None;
    for i in around {
        let line = lines[i];
        let lower = line.to_lowercase();
        let is_update = boilerplate().lead(&lower, Lead::Update).is_some();
        let dated = match roles[i] {
            Role::Date => is_near(i) || is_update,
            Role::Chrome => is_near(i) && is_date_beside(line) || is_update && is_dated(&lower),
            Role::Body => i < body + BELOW && is_dated(&lower),
            _ => false,
        };
        let found = if dated { date::find(&byline::unglued(line), &hint) } else { None };
        let Some((_, found)) = found else { continue };
        if matches!(roles[i], Role::Chrome | Role::Body) {
            roles[i] = Role::Date;
        }
        if !is_update {
            head.published = Some(found);
            return;
        }
        update = update.or(Some(found));
    }
    head.published = update;
    head.doubt =
        update.map(|_| "is dated by its last update, as it gives no other date".to_owned());
}

/// The maximum number of words in a line that begins with a byline or with a phrase that announces a date, for the line
/// to be searched for a date.
const DATED: usize = 14;

/// Returns whether a line (in lower case) has exactly one year and begins with a byline or with a phrase that announces
/// a date.
fn is_dated(lower: &str) -> bool {
    let leads = [Lead::Date, Lead::Update, Lead::Byline, Lead::Review];
    let years = lower.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 4);
    lower.split_whitespace().count() <= DATED
        && leads.iter().any(|lead| boilerplate().lead(lower, *lead).is_some())
        && years.count() == 1
}

/// Returns whether a removed line may contain the date next to something else: `Ada Lorne · May 3, 2019 · 5 min`.
fn is_date_beside(line: &str) -> bool {
    line.split_whitespace().count() <= 14
        && line.bytes().any(|b| b.is_ascii_digit())
        && !lines::ends_sentence(line)
        && !line.contains('©')
}
