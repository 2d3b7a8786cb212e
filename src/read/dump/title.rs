//! Finds the title: the line above the body, or near the start of the body, that looks most like a title.
//!
//! Candidates are lines up to [`REACH`] lines above the first paragraph and, next to a date or byline, the first
//! [`LATE`] lines from it on, but not dates, bylines, captions, page furniture or long lines. The score of a candidate
//! is the weighted sum of its [`Evidence`]: its length, its agreement with the body and with the start of the body, its
//! distance from the body, a date or byline nearby, its neighbors, and the other places where it occurs. An entry in a
//! table of contents, for example, recurs below as a heading, and a menu item is surrounded by short lines.
//!
//! The weights were fitted by `training/dump_titles.py` as a conditional logit (softmax) over the candidates of each
//! page.

use crate::line_marker::{Marker, marker};
use crate::read::dump::features::Looks;
use crate::read::dump::shape::LONG;
use crate::read::dump::{Role, byline};
use crate::read::{line_patterns, lines};

/// The maximum number of lines above the first paragraph that are searched.
const REACH: usize = 120;
/// The maximum number of lines from the first paragraph on that are searched, in case the body starts in a menu.
const LATE: usize = 40;
/// The number of paragraphs that count as the start of the body.
const LEAD: usize = 3;
/// The maximum number of lines with a byline or date between a headline and the text.
const SIGNS: usize = 3;
/// The maximum number of words in a title.
const MOST_WORDS: usize = 35;

/// The number of values in [`Evidence`].
const WIDTH: usize = 34;

/// The evidence for and against a line being the title.
pub(super) type Evidence = [f32; WIDTH];

/// The weight of each value. In cross-validation on 784 pages, 74.0% of the titles are found; at most 84.6% could be
/// found, because the others are not a line of their page.
const WEIGHTS: Evidence = [
    -4.48, // one word
    -4.49, // two words
    -2.79, // three words
    -1.87, // four or five words
    -1.17, // more than 15 words
    -1.48, // more than 20 words
    0.23,  // the share of its long words that occur in the body
    2.32,  // the share of its long words that occur at the start of the body
    1.42,  // how often its long words occur in the body
    -1.03, // the distance to the body below it
    -0.98, // it is below the first paragraph
    -0.44, // the distance to the first paragraph above it
    3.37,  // a date or byline follows directly
    3.01,  // a date or byline follows after one or two lines
    1.38,  // a date or byline follows after three to nine lines
    1.15,  // a date or byline precedes it
    0.74,  // it recurs above the body
    -0.81, // it recurs below the start of the body
    -1.23, // it recurs there above a paragraph, as a heading
    -2.42, // it ends like a statement
    0.16,  // it ends with a question or exclamation mark
    -3.19, // it has separators of a breadcrumb trail or a site's name
    -1.90, // it ends with a colon
    -0.00, // it is the first line, and the first paragraph is at most four lines below it
    -0.70, // the share of its words with which pages refer to themselves
    -0.56, // none of its long words occurs in the body
    -0.51, // a short line follows
    1.15,  // a short line precedes it
    1.92,  // the share of short lines two to five lines above it
    -0.35, // the share of short lines two to five lines below it
    2.72,  // the share of its words that are capitalized
    -0.02, // it begins in lower case
    -0.96, // the share of its letters that are capitals
    -0.69, // a date or byline precedes it by two to six lines
];

/// Returns the line that is most likely to be the title; `body` is the first paragraph.
pub(super) fn find(
    lines: &[&str],
    looks: &Looks<'_>,
    roles: &[Role],
    body: usize,
) -> Option<usize> {
    let page = Page::new(lines, looks, roles, body);
    let candidates = page.candidates();
    let mut best: Option<(usize, f32)> = None;
    for (i, evidence) in candidates.iter().filter(|(i, _)| !page.is_lede(*i)) {
        let score: f32 = evidence.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        if best.is_none_or(|(_, other)| other < score) {
            best = Some((*i, score));
        }
    }
    let (best, _) = best?;
    // A breadcrumb trail ends with the title: "Home Gear Reviews Best bicycles of the year".
    let is_end = |i: &usize| {
        let before = lines[best].strip_suffix(lines[*i]);
        before.is_some_and(|before| before.ends_with(' ')) && 3 <= lines::word_count(lines[*i])
    };
    Some(candidates.iter().map(|(i, _)| *i).find(is_end).unwrap_or(best))
}

/// Returns the lines that may be the title, with their evidence.
pub(super) fn candidates(
    lines: &[&str],
    looks: &Looks<'_>,
    roles: &[Role],
    body: usize,
) -> Vec<(usize, Evidence)> {
    Page::new(lines, looks, roles, body).candidates()
}

/// A page, and the occurrences of its long words in the body.
struct Page<'p> {
    lines: &'p [&'p str],
    looks: &'p Looks<'p>,
    roles: &'p [Role],
    body: usize,
    /// The number of occurrences of each long word in the paragraphs of the body.
    uses: Vec<u32>,
    /// Whether each long word occurs at the start of the body.
    in_lead: Vec<bool>,
}

impl<'p> Page<'p> {
    fn new(lines: &'p [&'p str], looks: &'p Looks<'p>, roles: &'p [Role], body: usize) -> Self {
        let n = looks.words().len();
        let (mut uses, mut in_lead) = (vec![0; n], vec![false; n]);
        let prose =
            (0..lines.len()).filter(|i| roles[*i] == Role::Body && looks.line(*i).is_prose());
        for (nth, i) in prose.enumerate() {
            for word in looks.words().of_line(i, LONG) {
                uses[word] += 1;
                in_lead[word] |= nth < LEAD;
            }
        }
        Self { lines, looks, roles, body, uses, in_lead }
    }

    fn candidates(&self) -> Vec<(usize, Evidence)> {
        let above = self.body.saturating_sub(REACH)..self.body;
        let all = above.chain(self.late()).filter(|i| self.may_be_title(*i));
        all.map(|i| (i, self.evidence(i))).collect()
    }

    /// Returns whether a line is a sentence below a headline with its byline or date: the first sentence of the body,
    /// which agrees with the rest of the body better than the headline does.
    fn is_lede(&self, i: usize) -> bool {
        let is_sentence = |i: usize| self.looks.line(i).is_prose() && self.looks.line(i).is_ended();
        let is_question = self.lines[i].ends_with(['?', '!']);
        let n_signs = (0..i).rev().take_while(|j| self.is_sign(*j)).count();
        let headline = i.checked_sub(n_signs + 1).filter(|_| (1..=SIGNS).contains(&n_signs));
        let has_sign_below = self.lines.len() > i + 1 && self.is_sign(i + 1);
        is_sentence(i)
            && !is_question
            && !has_sign_below
            && headline.is_some_and(|above| self.may_be_title(above) && !is_sentence(above))
    }

    /// Returns the lines near the start of the body that may be the title, because the date or the author is next to
    /// them and only a small part of the body, such as the sentences of a menu, is above them.
    fn late(&self) -> Vec<usize> {
        /// The minimum ratio of the words of the body below a title to the words of the body above it.
        const BELOW: usize = 4;
        let is_body = |i: &usize| self.roles[*i] == Role::Body && self.looks.line(*i).is_prose();
        let n_words = |i: usize| lines::word_count(self.lines[i]);
        let total: usize = (self.body..self.lines.len()).filter(is_body).map(n_words).sum();
        let mut above = 0;
        let mut late = Vec::new();
        for i in self.body..(self.body + LATE).min(self.lines.len()) {
            let beside = i.saturating_sub(1)..(i + 4).min(self.lines.len());
            if beside.into_iter().any(|j| j != i && self.is_sign(j)) {
                late.push(i);
            }
            above += if is_body(&i) { n_words(i) } else { 0 };
            if total < above * (BELOW + 1) {
                break;
            }
        }
        late
    }

    fn may_be_title(&self, i: usize) -> bool {
        let line = self.lines[i];
        let is_marked = marker(line).is_some_and(|m| !matches!(m, Marker::Number(_)));
        !matches!(self.roles[i], Role::Date | Role::Caption)
            && lines::word_count(line) <= MOST_WORDS
            && line.contains(char::is_alphabetic)
            && !self.is_chrome(i)
            && !self.is_byline(i)
            && !is_marked
            && !is_file(line)
    }

    /// Returns whether a line is part of the page's furniture.
    fn is_chrome(&self, i: usize) -> bool {
        let ask = || line_patterns::is_chrome(self.lines[i]);
        self.looks.line(i).signs().map_or_else(ask, |s| s.chrome)
    }

    /// Returns whether a line names the author.
    fn is_byline(&self, i: usize) -> bool {
        let ask = || line_patterns::byline(self.lines[i]).is_some();
        self.looks.line(i).signs().map_or_else(ask, |s| s.byline)
    }

    /// Returns whether a line is or contains a date line or a byline.
    fn is_sign(&self, i: usize) -> bool {
        self.roles[i] == Role::Date
            || self.is_byline(i)
            || !self.looks.line(i).is_prose() && byline::of_line(self.lines[i]).is_some()
            || byline::is_introduction(self.lines[i])
    }

    fn evidence(&self, i: usize) -> Evidence {
        let line = self.lines[i];
        let own = self.looks.line(i);
        let flag = |is: bool| f32::from(u8::from(is));
        let n = lines::word_count(line);
        let near = |step: isize| i.checked_add_signed(step).filter(|j| *j < self.lines.len());
        let short = |step| near(step).is_some_and(|j| self.looks.line(j).is_short());
        let n_short = |steps: std::ops::RangeInclusive<isize>| steps.filter(|s| short(*s)).count();
        let sign = |step| near(step).is_some_and(|j| self.is_sign(j));
        let (overlap, in_lead, uses) = self.agreement(i);
        let [above, below, heads] = self.copies(i);
        let inside = self.body <= i;
        let question = line.ends_with(['?', '!']);
        [
            flag(n <= 1),
            flag(n == 2),
            flag(n == 3),
            flag((4..=5).contains(&n)),
            flag(15 < n),
            flag(20 < n),
            overlap,
            in_lead,
            uses,
            ln(self.body.saturating_sub(i)),
            flag(inside),
            flag(inside) * ln(i.saturating_sub(self.body)),
            flag(sign(1)),
            flag(!sign(1) && (sign(2) || sign(3))),
            flag((4..=10).any(sign)),
            flag(sign(-1)),
            above,
            below,
            heads,
            flag(own.is_ended() && !question),
            flag(question),
            flag([" > ", " | ", " / ", " » "].iter().any(|mark| line.contains(mark))),
            flag(line.ends_with(':')),
            flag(i == 0 && self.body <= 4),
            own.service(),
            flag(overlap <= 0.0),
            flag(short(1)),
            flag(short(-1)),
            n_short(-5..=-2) as f32 / 4.0,
            n_short(2..=5) as f32 / 4.0,
            own.capitalised(),
            flag(line.starts_with(char::is_lowercase)),
            own.upper(),
            flag((-6..=-2).any(sign)),
        ]
    }

    /// Returns how well a line agrees with the body: the share of its long words that occur in the body, the share that
    /// occur at the start of the body, and how often its long words occur in the body.
    fn agreement(&self, i: usize) -> (f32, f32, f32) {
        let (mut all, mut known, mut early, mut uses) = (0_u32, 0_u32, 0_u32, 0.0);
        for word in self.looks.words().of_line(i, LONG) {
            all += 1;
            known += u32::from(0 < self.uses[word]);
            early += u32::from(self.in_lead[word]);
            uses += ln(self.uses[word] as usize);
        }
        let all = all.max(1) as f32;
        (known as f32 / all, early as f32 / all, uses / all)
    }

    /// Returns whether a line recurs above the body (there also as the start or end of a longer line), whether it
    /// recurs below the start of the body, and whether it does so as the heading of a paragraph.
    fn copies(&self, i: usize) -> [f32; 3] {
        let line = self.lines[i];
        let [mut above, mut below, mut heads] = [false; 3];
        for (j, other) in self.lines.iter().enumerate().filter(|(j, _)| *j != i) {
            if *other == line {
                let is_above = j < self.body.max(i);
                above |= is_above;
                below |= !is_above;
                heads |= !is_above
                    && self.looks.line(j + 1 - usize::from(j + 1 == self.lines.len())).is_prose();
            } else if j < self.body && line.len() < other.len() && 20 <= line.len() {
                above |= other.starts_with(line) || other.ends_with(line);
            }
        }
        [above, below, heads].map(|is| f32::from(u8::from(is)))
    }
}

/// Returns whether a line ends with the size of a file: "Safety sheet (619 KB)".
fn is_file(line: &str) -> bool {
    let size = line.strip_suffix(')').and_then(|line| line.rsplit_once('(')).map(|(_, size)| size);
    size.is_some_and(|size| {
        size.starts_with(|c: char| c.is_ascii_digit())
            && size.ends_with('B')
            && size.split_whitespace().count() <= 2
    })
}

/// Returns the natural logarithm of `1 + n`, with `n` capped at 200.
fn ln(n: usize) -> f32 {
    super::features::distance(n)
}
