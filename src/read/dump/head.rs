//! Metadata from the lines around the body: title, outlet, author, date.
//!
//! All of them are searched for in the lines before the first paragraph; date and author also directly after the
//! body, because some outlets print them there.

use crate::article::Published;
use crate::line_marker::{Marker, marker};
use crate::read::boilerplate::{Lead, boilerplate};
use crate::read::dump::Role;
use crate::read::dump::features::Looks;
use crate::read::dump::shape::LONG;
use crate::read::{Options, date, line_patterns, lines};
use crate::span::slice;

/// The metadata that was found.
#[derive(Default)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) source: Option<String>,
    pub(super) byline: Option<String>,
    pub(super) published: Option<Published>,
    pub(super) doubt: Option<String>,
}

/// The maximum number of lines above the first paragraph that are searched for the title.
const REACH: usize = 80;

/// Finds title, outlet, author and date, and sets the roles of their lines.
pub(super) fn find(
    lines: &[&str],
    looks: &Looks<'_>,
    roles: &mut [Role],
    options: &Options,
) -> Head {
    let first = (0..lines.len()).find(|i| roles[*i] == Role::Body && looks.line(*i).is_prose());
    let body_starts = first.unwrap_or(lines.len());
    let mut head = Head::default();
    let title = title(lines, looks, roles, body_starts);
    if let Some(at) = title {
        head.title = lines[at].split_whitespace().collect::<Vec<_>>().join(" ");
    }
    // If there is no paragraph, only the lines above the title are removed.
    clear_above(lines, roles, title, body_starts, first.is_some());
    if let Some(at) = title {
        mark_title(lines, looks, roles, at);
    }
    let top = title.unwrap_or(body_starts);
    head.source = source(lines, roles, top);
    find_date(lines, roles, top, body_starts, options, &mut head);
    head.byline = byline(lines, looks, roles, top, body_starts);
    head
}

/// Removes the lines above the title, and those between title and body that are not sentences, such as captions.
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

/// Returns the line before the body that is most likely to be its title.
fn title(lines: &[&str], looks: &Looks<'_>, roles: &[Role], body: usize) -> Option<usize> {
    let page = Page { lines, looks, roles, topic: topic(looks, roles) };
    let from = body.saturating_sub(REACH);
    let mut best: Option<(usize, f32)> = None;
    for i in from..body {
        let Some(score) = page.title_score(i, body) else { continue };
        if best.is_none_or(|(_, b)| b < score) {
            best = Some((i, score));
        }
    }
    best.map(|(i, _)| i)
}

/// A page, and which of its long words occur in the body's prose.
struct Page<'p> {
    lines: &'p [&'p str],
    looks: &'p Looks<'p>,
    roles: &'p [Role],
    topic: Vec<bool>,
}

impl Page<'_> {
    /// Whether a line is part of the page's furniture.
    fn is_chrome(&self, i: usize) -> bool {
        self.looks
            .line(i)
            .signs()
            .map_or_else(|| line_patterns::is_chrome(self.lines[i]), |s| s.chrome)
    }

    /// Whether a line names the author.
    fn is_byline(&self, i: usize) -> bool {
        let ask = || line_patterns::byline(self.lines[i]).is_some();
        self.looks.line(i).signs().map_or_else(ask, |s| s.byline)
    }

    /// Whether a line is a date line or a byline.
    fn is_sign(&self, i: usize) -> bool {
        i < self.lines.len() && (self.roles[i] == Role::Date || self.is_byline(i))
    }

    /// Returns the score of a line as a title, or `None` if it cannot be one.
    fn title_score(&self, i: usize, body: usize) -> Option<f32> {
        let line = self.lines[i];
        let n = lines::word_count(line);
        let furniture = matches!(self.roles[i], Role::Date | Role::Caption)
            || 35 < n
            || self.is_chrome(i)
            || self.is_byline(i)
            || marker(line).is_some_and(|m| !matches!(m, Marker::Number(_)));
        if furniture || !line.contains(char::is_alphabetic) {
            return None;
        }
        let length = match n {
            0..=1 => -1.5,
            2 => -0.3,
            3 => 0.4,
            4..=20 => 1.0,
            _ => -0.5,
        };
        let before_sign = (i + 1..=i + 3).any(|j| self.is_sign(j));
        let after_sign = i.checked_sub(1).is_some_and(|j| self.is_sign(j));
        let copies = self.lines.iter().filter(|l| **l == line).count();
        let mut score = length + 2.0 * self.overlap(i) - 0.03 * (body - i) as f32;
        score += f32::from(u8::from(before_sign)) + f32::from(u8::from(after_sign));
        score += if 1 < copies && 3 <= n { 0.5 } else { 0.0 };
        score -=
            if self.looks.line(i).is_ended() && !line.ends_with(['?', '!']) { 1.0 } else { 0.0 };
        score -= if line.contains(" > ") || line.contains(" | ") || line.contains(" / ") {
            1.0
        } else {
            0.0
        };
        score -= if line.ends_with(':') { 0.7 } else { 0.0 };
        score += if i == 0 && body <= 4 { 1.0 } else { 0.0 };
        Some(score)
    }

    /// The share of a line's long words that also occur in the body's prose.
    fn overlap(&self, i: usize) -> f32 {
        let (mut all, mut known) = (0_u32, 0_u32);
        for word in self.looks.words().of_line(i, LONG) {
            all += 1;
            known += u32::from(self.topic[word]);
        }
        if all == 0 { 0.0 } else { known as f32 / all as f32 }
    }
}

/// Which of the long words occur in the body's prose.
fn topic(looks: &Looks<'_>, roles: &[Role]) -> Vec<bool> {
    let mut topic = vec![false; looks.words().len()];
    for i in (0..roles.len()).filter(|i| roles[*i] == Role::Body && looks.line(*i).is_prose()) {
        looks.words().of_line(i, LONG).for_each(|word| topic[word] = true);
    }
    topic
}

/// Returns the outlet named in the first line, and sets the role of that line.
///
/// In a dump with a menu the first line may be anything, so it must then contain a word that is typical of the
/// names of outlets.
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

/// Finds the date of publication, or otherwise that of an update, and sets the roles of the lines.
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
    let window = top.saturating_sub(8)..(body + 2).min(lines.len());
    let around = window.clone().chain(0..window.start).chain(last..(last + 4).min(lines.len()));
    let mut update = None;
    for i in around {
        let line = lines[i];
        let dated = roles[i] == Role::Date || (roles[i] == Role::Chrome && is_date_beside(line));
        if !dated {
            continue;
        }
        let Some((_, found)) = date::find(line, &hint) else { continue };
        if roles[i] == Role::Chrome {
            roles[i] = Role::Date;
        }
        if boilerplate().lead(&line.to_lowercase(), Lead::Update).is_none() {
            head.published = Some(found);
            return;
        }
        update = update.or(Some(found));
    }
    head.published = update;
    head.doubt =
        update.map(|_| "is dated by its last update, as it gives no other date".to_owned());
}

/// Whether a removed line may contain the date next to something else: `Ada Lorne · May 3, 2019 · 5 min`.
fn is_date_beside(line: &str) -> bool {
    line.split_whitespace().count() <= 14
        && line.bytes().any(|b| b.is_ascii_digit())
        && !lines::ends_sentence(line)
        && !line.contains('©')
}

/// Returns the author, and sets the role of the line.
fn byline(
    lines: &[&str],
    looks: &Looks<'_>,
    roles: &mut [Role],
    top: usize,
    body: usize,
) -> Option<String> {
    let window = top.saturating_sub(3)..(body + 1).min(lines.len());
    let last = roles.iter().rposition(|r| *r == Role::Body).unwrap_or(0);
    let signed = window.clone().chain(last..(last + 4).min(lines.len())).find_map(|i| {
        let line = lines[i];
        let name =
            if looks.line(i).is_prose() { None } else { line_patterns::byline(name_part(line)) }?;
        Some((i, name.to_owned()))
    });
    let beside_date = || {
        let names = |i: &usize| {
            let words = lines[*i].split_whitespace().count();
            (2..=4).contains(&words)
                && roles[*i] == Role::Chrome
                && line_patterns::is_names(lines[*i])
                && lines[*i].split_whitespace().all(|w| w.starts_with(char::is_uppercase))
                && (i.saturating_sub(2)..=i + 2).any(|j| roles.get(j) == Some(&Role::Date))
        };
        (top + 1..body).find(names).map(|i| (i, lines[i].to_owned()))
    };
    let (at, name) = signed.or_else(beside_date)?;
    if roles[at] != Role::Title {
        roles[at] = Role::Byline;
    }
    Some(clean_name(&name))
}

/// The part of a byline before a date, a reading time or a vertical bar.
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
    slice(part, 0, end).trim_end_matches([' ', ',', '-', '–', '—', '('])
}

/// Removes a job title or agency after a name.
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
