//! The claims of a sentence that contain figures: tolls, counts, sums, percentages, days and times.

use crate::briefing::discrepancies::figure_words::{Casualty, Phrase, Words};
use crate::briefing::discrepancies::interval::{Interval, Qualifier};
use crate::briefing::discrepancies::piece::{Piece, pieces};
use crate::quotes;
use crate::span::{Span, slice};

/// The number of words before a figure that are searched for a negation or a condition.
const DENIAL_REACH: usize = 6;
/// The maximum distance in words between a day and a verb or noun of saying for the day to be that of the statement.
const STATEMENT_REACH: usize = 6;
/// The maximum distance in words between a figure and the word for the fate of the people counted.
const CASUALTY_REACH: usize = 4;
/// The same distance, if the word follows the figure, for languages that put the verb at the end of the clause.
const CASUALTY_REACH_VERB_LAST: usize = 8;

/// The thing counted.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    /// People by their fate, and the noun for them if it is more specific than "people".
    Toll(Casualty, Option<String>),
    /// Money, by its currency.
    Sum(&'static str),
    /// A day of the week.
    Weekday,
    /// A day of a month.
    Day,
    /// A time of day, in minutes.
    Time,
    /// A percentage.
    Percent,
    /// Any other things, by the noun for them.
    Count(String),
}

/// One figure of a sentence and the thing that it counts.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Claim {
    pub(super) subject: Subject,
    pub(super) value: Interval,
    /// The figure with its qualifier and unit.
    pub(super) span: Span,
}

/// Returns the claims of a sentence: first the days and times, then all others, each in text order. A sentence that
/// refers to the past makes none.
pub(super) fn claims(text: &str, sentence: Span, words: &Words) -> Vec<Claim> {
    let reader = Reader { text, words, pieces: pieces(text, sentence, words) };
    if reader.is_about_the_past() {
        return Vec::new();
    }
    let mut found = reader.dates(text);
    let mut at = 0;
    while at < reader.pieces.len() {
        let Some(number) = reader.number(at) else {
            at += 1;
            continue;
        };
        at = number.next;
        found.extend(reader.claim(&number));
    }
    found
}

/// A number in a sentence, in digits or words, with its scale.
struct Number {
    first: usize,
    next: usize,
    value: f64,
    step: f64,
    /// The other end of a range; NaN if the numbers are not a range, such as the score "64 to 51".
    to: Option<f64>,
}

impl Number {
    /// Returns the possible values of a number; `None` for a score such as "64 to 51", or a range that does not ascend.
    fn interval(&self, qualifier: Qualifier) -> Option<Interval> {
        let one_end = Interval::new(self.value, self.step, qualifier);
        match self.to {
            None => Some(one_end),
            Some(high) if high > self.value => {
                Some(Interval { low: one_end.low, high: high.max(one_end.high) })
            }
            Some(_) => None,
        }
    }
}

struct Reader<'w> {
    text: &'w str,
    words: &'w Words,
    pieces: Vec<Piece>,
}

impl Reader<'_> {
    fn word(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |p| &p.folded)
    }

    /// Returns a piece as written.
    fn raw(&self, at: usize) -> &str {
        self.pieces.get(at).map_or("", |p| p.span.slice(self.text))
    }

    fn is_about_the_past(&self) -> bool {
        (0..self.pieces.len()).any(|at| self.words.past.iter().any(|p| self.phrase_starts(at, p)))
    }

    fn phrase_starts(&self, at: usize, phrase: &Phrase) -> bool {
        phrase.iter().enumerate().all(|(i, word)| self.word(at + i) == *word)
    }

    fn phrase_ends(&self, end: usize, phrase: &Phrase) -> bool {
        end.checked_sub(phrase.len()).is_some_and(|start| self.phrase_starts(start, phrase))
    }

    /// Reads a number that starts at a piece.
    fn number(&self, first: usize) -> Option<Number> {
        let (value, step, next) = self.scaled(first)?;
        let number = Number { first, next, value, step, to: None };
        let joined_by_word = self.words.to.contains(self.word(next)) && !self.breaks(next);
        let second = if self.pieces.get(next).is_some_and(|p| p.tied) {
            self.scaled(next)
        } else if joined_by_word {
            self.scaled(next + 1)
        } else {
            None
        };
        let Some((high, _, next)) = second else { return Some(number) };
        let tied = !joined_by_word;
        let between =
            first.checked_sub(1).is_some_and(|b| self.words.between.contains(self.word(b)));
        // "10 to 15" and "between 10 and 15" are ranges; "64 to 51" is a score, and "12 and three" are two numbers.
        if tied || between || value < high {
            return Some(Number { next, to: Some(high), ..number });
        }
        Some(Number { next, to: Some(f64::NAN), ..number })
    }

    /// Reads a number with its scale. Returns its value, its step and the index of the piece after it.
    fn scaled(&self, first: usize) -> Option<(f64, f64, usize)> {
        let (mut value, mut step, mut next) = self.plain(first)?;
        while let Some(scale) = self.words.scales.get(self.word(next)) {
            if self.breaks(next) {
                break;
            }
            // "Dozens" and the like are rarely exact counts.
            let loose = if *scale < 100.0 && value * scale > 12.0 { scale / 4.0 } else { 1.0 };
            value *= scale;
            step = if *scale < 100.0 { loose.max(1.0) } else { step * scale };
            next += 1;
        }
        Some((value, step, next))
    }

    fn plain(&self, first: usize) -> Option<(f64, f64, usize)> {
        let piece = self.pieces.get(first)?;
        if piece.quoted {
            return None;
        }
        if let Some((value, step)) = piece.digits {
            return Some((value, step, first + 1));
        }
        let tens = *self.words.numbers.get(piece.folded.as_str())?;
        let second = self.pieces.get(first + 1).filter(|p| p.tied);
        let ones = second.and_then(|p| self.words.numbers.get(p.folded.as_str()));
        match ones {
            Some(ones) if tens >= 20.0 && *ones < 20.0 => Some((tens + ones, 1.0, first + 2)),
            _ => Some((tens, 1.0, first + 1)),
        }
    }

    fn breaks(&self, at: usize) -> bool {
        self.pieces.get(at).is_none_or(|p| p.after_break)
    }

    /// Returns the claim that a number makes. Parts ("three of them"), additions ("another 12"), negated numbers and
    /// numbers hyphenated with another word make no claim.
    fn claim(&self, number: &Number) -> Option<Claim> {
        let symbol = number.first.checked_sub(1).filter(|&s| {
            // "won 40" is not an amount of Korean money.
            let is_word = self.raw(s).starts_with(char::is_lowercase);
            let is_known = self.words.currencies.contains_key(self.word(s));
            is_known && !is_word && !self.breaks(number.first)
        });
        let start = symbol.unwrap_or(number.first);
        let (qualifier, start) = self.qualifier(start);
        let next_is_tied = self.pieces.get(number.next).is_some_and(|p| p.tied);
        let first_is_tied = self.pieces.get(number.first).is_some_and(|p| p.tied);
        let another = self.words.another.iter().any(|p| self.phrase_ends(start, p));
        let part = self.words.part.iter().any(|p| self.phrase_starts(number.next, p));
        if next_is_tied || first_is_tied || another || part || self.is_denied(start) {
            return None;
        }
        if self.is_torn(number) {
            return None;
        }
        let value = number.interval(qualifier)?;
        let (subject, end) = self.subject(number, symbol)?;
        let first = self.pieces.get(start)?.span.start();
        let last = self.pieces.get(end.checked_sub(1)?)?.span.end();
        Some(Claim { subject, value, span: Span::new(first, last) })
    }

    /// Returns the qualifier before a piece, and the index of its first piece.
    fn qualifier(&self, at: usize) -> (Qualifier, usize) {
        let mut found = self.words.qualifiers.iter().filter(|(p, _)| self.phrase_ends(at, p));
        found.next().map_or((Qualifier::None, at), |(p, q)| (*q, at - p.len()))
    }

    fn is_denied(&self, at: usize) -> bool {
        let from = at.saturating_sub(DENIAL_REACH);
        (from..at).any(|i| self.words.not.contains(self.word(i)))
    }

    /// Returns the thing that a number counts, and the index of the piece after the words that name it.
    fn subject(&self, number: &Number, symbol: Option<usize>) -> Option<(Subject, usize)> {
        let next = number.next;
        if let Some(symbol) = symbol {
            return Some((Subject::Sum(self.words.currencies.get(self.word(symbol))?), next));
        }
        if self.breaks(next) {
            return self.toll(number, next).map(|casualty| (Subject::Toll(casualty, None), next));
        }
        if let Some(currency) = self.words.currencies.get(self.word(next)) {
            return Some((Subject::Sum(currency), next + 1));
        }
        if let Some(phrase) = self.words.percent.iter().find(|p| self.phrase_starts(next, p)) {
            let end = next + phrase.len();
            let points = self.words.points.contains(self.word(end));
            return (!points).then_some((Subject::Percent, end));
        }
        let unit = self.word(next);
        let is_kind =
            !self.words.people.contains(unit) && !self.words.casualties.contains_key(unit);
        let is_no_noun = self.words.months.contains_key(unit)
            || self.words.stop.contains(unit)
            || unit.chars().count() < 4;
        if let Some(casualty) = self.toll(number, next) {
            let kind = (is_kind && !is_no_noun).then(|| unit.to_owned());
            return Some((Subject::Toll(casualty, kind), next + 1));
        }
        let counts = is_kind && !is_no_noun && !self.is_label(number);
        counts.then(|| (Subject::Count(unit.to_owned()), next + 1))
    }

    /// Returns whether other digits are adjacent to a number, so that it may be part of a longer one: "230, 000".
    fn is_torn(&self, number: &Number) -> bool {
        let has_digits = |at: usize| self.pieces.get(at).is_some_and(|p| p.digits.is_some());
        number.first.checked_sub(1).is_some_and(has_digits) || has_digits(number.next)
    }

    /// Returns whether a number names a thing rather than counting things: a year, a day, "#1", "Flight 447", "A330".
    fn is_label(&self, number: &Number) -> bool {
        let raw = self.raw(number.first);
        let is_year = raw.len() == 4 && (1900.0..2100.0).contains(&number.value);
        let start = self.pieces.get(number.first).map_or(0, |p| p.span.start());
        let is_numbered = slice(self.text, 0, start).ends_with('#');
        let before = number.first.checked_sub(1);
        let is_day = before.is_some_and(|at| self.words.months.contains_key(self.word(at)));
        let is_name = before.is_some_and(|at| {
            let attached = self.pieces.get(at).is_some_and(|p| p.span.end() == start);
            // Sentence-initial capitals carry no information: "Some 30 people".
            let is_common = at == 0
                && (self.words.stop.contains(self.word(at)) || self.qualifier(number.first).1 == 0);
            attached || self.raw(at).starts_with(char::is_uppercase) && !is_common
        });
        is_year || is_numbered || is_day || is_name && !self.breaks(number.first)
    }

    /// Returns the fate of the people counted. It is given by the word for a fate ("killed", "dead") directly before
    /// the figure, otherwise by the first such word after the figure, otherwise by the last one shortly before it.
    fn toll(&self, number: &Number, next: usize) -> Option<Casualty> {
        let casualty = |at: usize| self.words.casualties.get(self.word(at)).copied();
        let (_, start) = self.qualifier(number.first);
        let before = start.checked_sub(1).filter(|_| !self.breaks(start)).and_then(casualty);
        let reach = if self.words.verb_last { CASUALTY_REACH_VERB_LAST } else { CASUALTY_REACH };
        let mut after = None;
        for at in next..next + reach {
            let stops = self.breaks(at) || (at > next && self.number(at).is_some());
            if stops || after.is_some() {
                break;
            }
            after = casualty(at);
        }
        let from = start.saturating_sub(CASUALTY_REACH);
        let clause = (from..start).rev().take_while(|&at| !self.breaks(at + 1));
        let mut earlier = clause.take_while(|&at| self.number(at).is_none());
        before.or(after).or_else(|| earlier.find_map(casualty))
    }

    /// Returns the days and times of a sentence.
    fn dates(&self, text: &str) -> Vec<Claim> {
        let mut found = Vec::new();
        for (at, piece) in self.pieces.iter().enumerate().filter(|(_, p)| !p.quoted) {
            let exact = |value| Interval { low: value, high: value };
            let claim = |subject, value, span| Claim { subject, value: exact(value), span };
            let word = piece.folded.as_str();
            if let Some(day) = self.words.weekdays.get(word) {
                if !self.is_day_of_a_statement(at) {
                    found.push(claim(Subject::Weekday, *day, piece.span));
                }
            } else if let Some(month) = self.words.months.get(word)
                && !self.is_day_of_a_statement(at)
            {
                let neighbours = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
                let day = neighbours
                    .filter_map(|n| Some((n, self.pieces.get(n)?)))
                    .find(|(_, p)| p.digits.is_some_and(|(d, _)| (1.0..=31.0).contains(&d)));
                if let Some((n, p)) = day {
                    let (first, last) = if n < at { (p, piece) } else { (piece, p) };
                    let span = Span::new(first.span.start(), last.span.end());
                    let day = p.digits.map_or(0.0, |(d, _)| d);
                    found.push(claim(Subject::Day, month * 100.0 + day, span));
                }
            } else if let Some((minutes, end)) = self.time(text, at) {
                let last = self.pieces.get(end).map_or(piece.span, |p| p.span);
                let span = Span::new(piece.span.start(), last.end());
                found.push(claim(Subject::Time, minutes, span));
            }
        }
        found
    }

    /// Returns whether a verb or noun of saying is near a day in the same clause. The day may then be that of the
    /// statement, as in `said on Monday`.
    fn is_day_of_a_statement(&self, at: usize) -> bool {
        let says = |at: &usize| quotes::is_of_saying(self.words.language, self.word(*at));
        let before = (at.saturating_sub(STATEMENT_REACH)..at).rev();
        let mut before = before.take_while(|&i| !self.breaks(i + 1));
        let after = at + 1..self.pieces.len().min(at + 1 + STATEMENT_REACH);
        let mut after = after.take_while(|&i| !self.breaks(i));
        before.any(|i| says(&i)) || after.any(|i| says(&i))
    }

    /// Parses `at 07:40` or `7:40 pm`; returns `None` if a time zone follows, because it may explain a difference.
    ///
    /// Without "a.m." or "p.m.", a preposition or similar word must precede the time, because `Watch: 06:06` is the
    /// length of a video.
    fn time(&self, text: &str, at: usize) -> Option<(f64, usize)> {
        let piece = self.pieces.get(at)?;
        let (hours, minutes) = piece.span.slice(text).split_once(':')?;
        if minutes.len() != 2 {
            return None;
        }
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        // "p.m." is split into two pieces.
        let half = format!("{}{}", self.word(at + 1), self.word(at + 2));
        let (half, end) = match self.words.half_day.get(self.word(at + 1)) {
            Some(half) => (Some(half), at + 1),
            None => {
                self.words.half_day.get(half.as_str()).map_or((None, at), |h| (Some(h), at + 2))
            }
        };
        let zoned = (end..=end + 2).any(|i| self.words.zones.contains(self.word(i)));
        let before = at.checked_sub(1).filter(|_| !piece.after_break);
        let is_led = before.is_some_and(|before| {
            self.words.stop.contains(self.word(before))
                && (before == 0 || self.raw(before).starts_with(char::is_lowercase))
        });
        if hours > 24 || minutes > 59 || zoned || half.is_none() && !is_led {
            return None;
        }
        let shift = if half.is_some_and(|h| *h > 0.0) && hours < 12 { 12 } else { 0 };
        // In a language that uses "a.m." and "p.m.", an hour from 1 to 12 without them is ambiguous unless it has a
        // leading zero.
        if half.is_none() && !self.words.half_day.is_empty() && (1..=12).contains(&hours) {
            let leading_zero = piece.folded.starts_with('0');
            return leading_zero.then_some((f64::from(hours * 60 + minutes), end));
        }
        Some((f64::from((hours + shift) * 60 + minutes), end))
    }
}
