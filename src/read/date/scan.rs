//! The scanner behind [`super::find`]: splits a text into tokens and tries every date format at each of them.
//!
//! Each format examines a bounded number of tokens, so a text is scanned in linear time.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;

use super::{Hint, Order, digit, month, relative, zone};
use crate::article::Published;
use crate::span::{Span, slice};

/// A run of digits, a run of letters, or one other character that is not white space.
#[derive(Clone, Copy, Debug)]
struct Token {
    kind: Kind,
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The value and the number of digits; in a run longer than any in a date, the value may have wrapped around.
    Number(u32, usize),
    Word,
    Mark(char),
}

/// A time of day with its UTC offset, if one is given.
#[derive(Clone, Copy)]
struct Clock {
    time: Time,
    zone: Option<Zone>,
    end: usize,
}

/// A time zone as written: an offset, or the index of the token that names the zone. The offset of a named zone may
/// depend on the date.
#[derive(Clone, Copy)]
enum Zone {
    Named(usize),
    Offset(Offset),
}

/// A day as written: its date, the index of the token after it, and the time within it, if there is one, as in `Feb 13
/// 15:45 2008` or `20080213T154500`.
struct Day {
    date: Date,
    end: usize,
    clock: Option<Clock>,
}

/// A text split into tokens.
pub(super) struct Scan<'t> {
    text: &'t str,
    hint: &'t Hint,
    tokens: Vec<Token>,
}

/// The maximum number of tokens between the parts of a date, and between a date and a time.
const MAX_BETWEEN: usize = 4;

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str, hint: &'t Hint) -> Self {
        Self { text, hint, tokens: tokens(text) }
    }

    /// Returns the first date.
    pub(super) fn first(&self) -> Option<(Span, Published)> {
        (0..self.tokens.len()).find_map(|i| {
            let (published, end) = self.dated(i).or_else(|| self.relative(i))?;
            let last = self.tokens.get(end.checked_sub(1)?)?;
            let is_clock = self.day(i).is_none() && self.clock(i).is_some();
            let first = self.clock_word_before(i).filter(|_| is_clock).unwrap_or(i);
            Some((Span::new(self.tokens[first].start, last.end), published))
        })
    }

    /// Parses a day with or without a time, or a time followed by a day.
    fn dated(&self, i: usize) -> Option<(Published, usize)> {
        if let Some(day) = self.day(i) {
            let clock = day.clock.or_else(|| self.clock_after(day.end));
            let end = clock.map_or(day.end, |c| c.end.max(day.end));
            return Some((self.published(day.date, clock), end));
        }
        let clock = self.clock(i)?;
        for j in clock.end..=clock.end + MAX_BETWEEN {
            if let Some(day) = self.day(j) {
                return Some((self.published(day.date, Some(clock)), day.end));
            }
            // A weekday or "on" may come in between; a number means that a later date does not belong to the time.
            if self.number(j).is_some() {
                return None;
            }
        }
        None
    }

    fn published(&self, date: Date, clock: Option<Clock>) -> Published {
        let Some(clock) = clock else { return Published::Day(date) };
        let at = date.to_datetime(clock.time);
        let offset = match clock.zone {
            None => Some(Offset::UTC),
            Some(Zone::Offset(offset)) => Some(offset),
            Some(Zone::Named(token)) => self.word(token).and_then(|name| zone::by_name(name, at)),
        };
        let offset = offset.unwrap_or(Offset::UTC);
        offset.to_timestamp(at).map_or(Published::Day(date), |t| Published::Moment(t, offset))
    }

    fn day(&self, i: usize) -> Option<Day> {
        match self.tokens.get(i)?.kind {
            Kind::Number(..) if self.continues_a_number(i) => None,
            Kind::Number(value, 8) => self.compact(value, i),
            Kind::Number(_, 4) => self.year_first(i),
            Kind::Number(_, 1 | 2) => {
                self.day_month_year(i).or_else(|| self.numeric(i)).or_else(|| self.vietnamese(i))
            }
            Kind::Word => self.month_day_year(i),
            Kind::Number(..) | Kind::Mark(_) => None,
        }
    }

    /// Returns whether the number at `i` continues a longer one or follows a sign: `1,300`, `v1.2`, `+49`, `$300`.
    fn continues_a_number(&self, i: usize) -> bool {
        let Some(before) = i.checked_sub(1).and_then(|i| self.tokens.get(i)) else { return false };
        let touches = before.end == self.tokens[i].start;
        match before.kind {
            Kind::Mark('.' | ',' | '/' | '-' | '+' | '$' | '€' | '£') if touches => {
                i >= 2 && self.number(i - 2).is_some() && self.tokens[i - 2].end == before.start
                    || matches!(before.kind, Kind::Mark('+' | '$' | '€' | '£'))
            }
            _ => false,
        }
    }

    /// Parses `20080213`, with or without `T154500Z`.
    fn compact(&self, value: u32, i: usize) -> Option<Day> {
        let date = date(value / 10_000, value / 100 % 100, value % 100)?;
        let clock = self.is_word(i + 1, "t").then(|| self.compact_clock(i + 2)).flatten();
        (date.year() >= 1800).then_some(Day { date, end: clock.map_or(i + 1, |c| c.end), clock })
    }

    fn compact_clock(&self, i: usize) -> Option<Clock> {
        let (value, digits) = self.number(i)?;
        let (hour, minute, second) = match digits {
            4 => (value / 100, value % 100, 0),
            6 => (value / 10_000, value / 100 % 100, value % 100),
            _ => return None,
        };
        let time = time(hour, minute, second, 0)?;
        let (zone, end) = self.zone_after(i + 1);
        Some(Clock { time, zone, end })
    }

    /// Parses `2008-02-13`, `2008/2/13`, `2008年2月13日`, `2008. február 13.`, `2008 m. vasario 13 d.`.
    fn year_first(&self, i: usize) -> Option<Day> {
        let (year, _) = self.number(i)?;
        if let Some(end) = self.named_units(i) {
            let date = date(year, self.number(i + 2)?.0, self.number(i + 4)?.0)?;
            return Some(Day { date, end, clock: None });
        }
        if let Some(separator) = self.mark(i + 1)
            && matches!(separator, '-' | '/' | '.' | ':' | '_' | '–' | '‐' | '‑')
            && self.mark(i + 3) == Some(separator)
            && let (Some((month, 1 | 2)), Some((day, 1 | 2))) =
                (self.number(i + 2), self.number(i + 4))
        {
            let end = if self.is_mark(i + 5, '.') { i + 6 } else { i + 5 };
            return Some(Day { date: date(year, month, day)?, end, clock: None });
        }
        let j = self.skip_fillers(i + 1);
        let month = self.month(j)?;
        let k = self.skip_fillers(j + 1);
        let (day, 1 | 2) = self.number(k)? else { return None };
        // "2008 February 13:30": the number is a time.
        if self.is_mark(k + 1, ':') {
            return None;
        }
        Some(Day { date: date(year, u32::from(month), day)?, end: k + 1, clock: None })
    }

    /// Returns the end of a date that starts at `i` and has its units after the numbers: `2008年2月13日`, `2008년 2월 13일`.
    fn named_units(&self, i: usize) -> Option<usize> {
        let units = [("年", "月", "日"), ("年", "月", "号"), ("년", "월", "일")];
        let starts = |i, unit: &str| self.word(i).is_some_and(|w| w.starts_with(unit));
        units
            .iter()
            .any(|(y, m, d)| starts(i + 1, y) && starts(i + 3, m) && starts(i + 5, d))
            .then_some(i + 6)
    }

    /// Parses `13 February 2008`, `13. Februar 2008`, `1er août 2008`, `13 de febrero de 2008`, `13-Feb-08`.
    fn day_month_year(&self, i: usize) -> Option<Day> {
        let (day, _) = self.number(i)?;
        let j = self.skip_fillers(i + 1);
        let month = self.month(j)?;
        let k = self.skip_fillers(j + 1);
        let year = self.year(k)?;
        Some(Day { date: date(year, u32::from(month), day)?, end: k + 1, clock: None })
    }

    /// Parses `Feb. 13, 2008` and `Feb 13 15:45:00 EST 2008`.
    fn month_day_year(&self, i: usize) -> Option<Day> {
        let month = u32::from(self.month(i)?);
        let j = if self.is_mark(i + 1, '.') { i + 2 } else { i + 1 };
        let (day, 1 | 2) = self.number(j)? else { return None };
        let k = self.skip_fillers(j + 1);
        if let Some(clock) = self.clock(k)
            && let Some(year) = self.year(clock.end)
        {
            let date = date(year, month, day)?;
            return Some(Day { date, end: clock.end + 1, clock: Some(clock) });
        }
        let year = self.year(k)?;
        Some(Day { date: date(year, month, day)?, end: k + 1, clock: None })
    }

    /// Parses `13.02.2008`, `13/02/2008` and `13. 2. 2008`. A number above 12 is the day. If neither is above 12, the
    /// day comes first with dots; with other separators, the hint decides, and without a hint, the date is rejected. A
    /// two-digit year requires dots or a hint.
    fn numeric(&self, i: usize) -> Option<Day> {
        let separator = self.mark(i + 1)?;
        let ((first, _), (second, 1 | 2)) = (self.number(i)?, self.number(i + 2)?) else {
            return None;
        };
        if !matches!(separator, '.' | '/' | '-') || self.mark(i + 3) != Some(separator) {
            return None;
        }
        let (year, digits) = self.number(i + 4)?;
        let year = match digits {
            4 => year,
            2 if separator == '.' || self.hint.order.is_some() => century(year),
            _ => return None,
        };
        // Four numbers such as "10/12/13/4" are not a date.
        if self.is_mark(i + 5, separator) && self.number(i + 6).is_some() && separator != '.' {
            return None;
        }
        let order = match (first > 12, second > 12) {
            (true, _) => Order::DayFirst,
            (_, true) => Order::MonthFirst,
            _ if separator == '.' => Order::DayFirst,
            _ => self.hint.order?,
        };
        let (day, month) = match order {
            Order::DayFirst => (first, second),
            Order::MonthFirst => (second, first),
        };
        let end = if separator == '.' && self.is_mark(i + 5, '.') { i + 6 } else { i + 5 };
        Some(Day { date: date(year, month, day)?, end, clock: None })
    }

    /// Parses `13 tháng 2 năm 2008`.
    fn vietnamese(&self, i: usize) -> Option<Day> {
        let (day, _) = self.number(i)?;
        let (month, 1 | 2) = self.number(i + 2)? else { return None };
        if !self.is_word(i + 1, "tháng") {
            return None;
        }
        let j = self.skip_fillers(i + 3);
        let year = self.year(j)?;
        Some(Day { date: date(year, month, day)?, end: j + 1, clock: None })
    }

    /// Returns a four-digit year, or a two-digit year (`13 Feb 08`, `'08`) that is not followed by a colon or full
    /// stop.
    fn year(&self, i: usize) -> Option<u32> {
        match self.number(i)? {
            (year, 4) => Some(year),
            // In "13 Feb 08:15" the number is a time.
            (year, 2) if !self.is_mark(i + 1, ':') && !self.is_mark(i + 1, '.') => {
                Some(century(year))
            }
            _ => None,
        }
    }

    /// Skips ordinal endings, words such as "of", and punctuation between the parts of a date.
    fn skip_fillers(&self, i: usize) -> usize {
        const WORDS: &[&str] = &[
            "st", "nd", "rd", "th", "er", "re", "º", "ª", "o", "ème", "of", "de", "del", "d", "di",
            "do", "m", "r", "г", "năm", "the", "του", "da", "den", "i",
        ];
        let filler = |t: &Token| match t.kind {
            Kind::Mark(c) => matches!(c, '.' | ',' | '-' | '\'' | '’' | '/' | '،' | '–'),
            Kind::Word => WORDS.contains(&slice(self.text, t.start, t.end).to_lowercase().as_str()),
            Kind::Number(..) => false,
        };
        let rest = self.tokens.get(i..).unwrap_or(&[]);
        i + rest.iter().take(MAX_BETWEEN).take_while(|t| filler(t)).count()
    }

    /// Returns a time after a date, with "at" or punctuation between them.
    fn clock_after(&self, i: usize) -> Option<Clock> {
        const WORDS: &[&str] = &[
            "t", "at", "um", "à", "a", "las", "alle", "ore", "kl", "klo", "om", "às", "o", "ob",
            "u", "godz", "godzina", "в", "о", "у", "г", "года", "d", "στις", "saat", "the", "from",
            "pukul", "lúc",
        ];
        let between = |t: &Token| match t.kind {
            Kind::Mark(c) => {
                matches!(c, ',' | '|' | '-' | '–' | '—' | '·' | '•' | '@' | '(' | '/' | '.' | '،')
            }
            Kind::Word => WORDS.contains(&slice(self.text, t.start, t.end).to_lowercase().as_str()),
            Kind::Number(..) => false,
        };
        (i..=i + MAX_BETWEEN)
            .take_while(|&j| j == i || self.tokens.get(j - 1).is_some_and(between))
            .find_map(|j| self.clock(j))
    }

    /// Parses a time: `15:45:00.5`, `3:45 p.m.`, `3pm`, `15h45`, `15.45 Uhr`, `15時45分`, `1545 GMT`, `오후 3:45`.
    fn clock(&self, i: usize) -> Option<Clock> {
        if let Some(half) = self.word(i).and_then(half_of_day) {
            let mut clock = self.clock(i + 1)?;
            clock.time = on_half(clock.time.hour(), clock.time.minute(), Some(half))?;
            return Some(clock);
        }
        let (hour, digits) = self.number(i)?;
        if digits == 4 {
            let time = time(hour / 100, hour % 100, 0, 0)?;
            let (zone, end) = self.zone_after(i + 1);
            return zone.map(|_| Clock { time, zone, end });
        }
        if digits > 2 || self.continues_a_number(i) {
            return None;
        }
        let minute = |i| self.number(i).filter(|(_, digits)| *digits == 2).map(|(n, _)| n);
        match self.tokens.get(i + 1)?.kind {
            Kind::Mark(':' | '：') => self.clock_with_seconds(i, hour, minute(i + 2)?),
            Kind::Mark('.') => {
                let minute = minute(i + 2)?;
                let (half, end) = self.meridiem(i + 3);
                let marked =
                    half.is_some() || self.is_clock_word(i + 3) || self.is_clock_word_before(i);
                let time = on_half(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, half)?;
                let end = if self.is_clock_word(end) { end + 1 } else { end };
                let (zone, end) = self.zone_after(end);
                marked.then_some(Clock { time, zone, end })
            }
            Kind::Word => self.clock_in_words(i, hour),
            Kind::Mark(_) | Kind::Number(..) => None,
        }
    }

    fn clock_with_seconds(&self, i: usize, hour: u32, minute: u32) -> Option<Clock> {
        let mut end = i + 3;
        let (mut second, mut nanosecond) = (0, 0);
        if self.is_mark(end, ':')
            && let Some((s, 2)) = self.number(end + 1)
        {
            second = s.min(59);
            end += 2;
            if (self.is_mark(end, '.') || self.is_mark(end, ','))
                && self.touches(end)
                && self.touches(end + 1)
                && let Some((fraction, digits @ 1..=9)) = self.number(end + 1)
            {
                nanosecond = fraction * 10_u32.pow(9 - digits as u32);
                end += 2;
            }
        }
        let (half, after) = self.meridiem(end);
        let time = match half {
            Some(half) => {
                on_half(i8::try_from(hour).ok()?, i8::try_from(minute).ok()?, Some(half))?
            }
            None => time(hour, minute, second, nanosecond)?,
        };
        let after = if self.is_clock_word(after) { after + 1 } else { after };
        let (zone, end) = self.zone_after(after);
        Some(Clock { time, zone, end })
    }

    /// Parses `3 p.m.`, `15h45`, `15 Uhr` and `15時45分`.
    fn clock_in_words(&self, i: usize, hour: u32) -> Option<Clock> {
        let (half, end) = self.meridiem(i + 1);
        if half.is_some() {
            let time = on_half(i8::try_from(hour).ok()?, 0, half)?;
            let (zone, end) = self.zone_after(end);
            return Some(Clock { time, zone, end });
        }
        let word = self.word(i + 1)?;
        if !matches!(word, "h" | "H" | "時" | "时" | "點" | "点" | "시" | "Uhr" | "uhr") {
            return None;
        }
        let minute = self
            .number(i + 2)
            .filter(|(n, digits)| *digits <= 2 && *n < 60 && self.touches_word(i + 2));
        let mut end = if minute.is_some() { i + 3 } else { i + 2 };
        if self.word(end).is_some_and(|w| ["分", "분", "min"].iter().any(|m| w.starts_with(m))) {
            end += 1;
        }
        let time = time(hour, minute.map_or(0, |(n, _)| n), 0, 0)?;
        let (zone, end) = self.zone_after(end);
        Some(Clock { time, zone, end })
    }

    /// Returns whether the number at `i` belongs to the unit before it: there is no space between them, or the unit is
    /// Korean, because Korean puts a space after the hour.
    fn touches_word(&self, i: usize) -> bool {
        self.touches(i) || self.is_word(i - 1, "시")
    }

    /// Returns whether the token at `i` directly follows the previous one.
    fn touches(&self, i: usize) -> bool {
        i > 0 && self.tokens.get(i).is_some_and(|t| self.tokens[i - 1].end == t.start)
    }

    fn is_clock_word(&self, i: usize) -> bool {
        self.word(i).is_some_and(|w| {
            ["uhr", "h", "hrs", "hours", "uur"].contains(&w.to_lowercase().as_str())
        })
    }

    fn is_clock_word_before(&self, i: usize) -> bool {
        self.clock_word_before(i).is_some()
    }

    /// Returns the word before a number, or before the mark in front of it, that makes the number a time: `um 13.05`,
    /// `kl. 13.05`. Without this word, `13.05` may be a day, so the word is a part of the date that is found.
    fn clock_word_before(&self, i: usize) -> Option<usize> {
        let word = |at: &usize| self.word(*at).map(str::to_lowercase).unwrap_or_default();
        let is = |at: &usize| {
            let word = word(at);
            matches!(&*word, "klo" | "kl" | "ore" | "um" | "at" | "godz" | "alle" | "om" | "ob")
        };
        let before = i.checked_sub(1)?;
        let is_mark = word(&before).is_empty();
        [Some(before), before.checked_sub(1).filter(|_| is_mark)].into_iter().flatten().find(is)
    }

    /// Parses the half of the day after a time, as in `3 p.m.`; also returns the index of the token after it.
    fn meridiem(&self, i: usize) -> (Option<Half>, usize) {
        let Some(word) = self.word(i) else { return (None, i) };
        match &*word.to_lowercase() {
            "am" => (Some(Half::Morning), i + 1),
            "pm" => (Some(Half::Afternoon), i + 1),
            half @ ("a" | "p") if self.is_mark(i + 1, '.') && self.is_word(i + 2, "m") => {
                let half = if half == "a" { Half::Morning } else { Half::Afternoon };
                (Some(half), if self.is_mark(i + 3, '.') { i + 4 } else { i + 3 })
            }
            _ => (None, i),
        }
    }

    /// Returns the zone after a time, and the index of the token after it.
    fn zone_after(&self, i: usize) -> (Option<Zone>, usize) {
        let open = usize::from(self.is_mark(i, '(') || self.is_mark(i, ','));
        if let Some(name) = self.word(i + open)
            && zone::by_name(name, DateTime::constant(2008, 1, 1, 0, 0, 0, 0)).is_some()
        {
            let end = i + open + 1;
            // "GMT+0100": the offset is more precise than the name.
            if matches!(name, "GMT" | "UTC")
                && let Some((offset, end)) = self.offset(end, true)
            {
                return (Some(Zone::Offset(offset)), self.skip_zone_note(end));
            }
            return (Some(Zone::Named(i + open)), end + usize::from(self.is_mark(end, ')')));
        }
        match self.offset(i, self.touches(i)) {
            Some((offset, end)) => (Some(Zone::Offset(offset)), self.skip_zone_note(end)),
            None => (None, i),
        }
    }

    /// Skips the name in parentheses after an offset: `+0100 (CET)`.
    fn skip_zone_note(&self, i: usize) -> usize {
        let is_note =
            self.is_mark(i, '(') && self.word(i + 1).is_some() && self.is_mark(i + 2, ')');
        if is_note { i + 3 } else { i }
    }

    /// Parses an offset: `+01:00`, `-0500`, and, only directly after a time or the name of a zone, `+1`.
    fn offset(&self, i: usize, touching: bool) -> Option<(Offset, usize)> {
        let sign = match self.mark(i)? {
            '+' => 1,
            '-' | '−' => -1,
            _ => return None,
        };
        let (value, digits) = self.number(i + 1)?;
        let minutes = self.is_mark(i + 2, ':').then(|| self.number(i + 3)).flatten();
        let (hours, minutes, end) = match (digits, minutes) {
            (4, _) => (value / 100, value % 100, i + 2),
            (1 | 2, Some((minutes, 2))) if touching => (value, minutes, i + 4),
            (2, Some((minutes, 2))) => (value, minutes, i + 4),
            (1 | 2, None) if touching => (value, 0, i + 2),
            _ => return None,
        };
        if hours > 14 || !matches!(minutes, 0 | 15 | 30 | 45) {
            return None;
        }
        let seconds = i32::try_from(hours * 3600 + minutes * 60).ok()?;
        Some((Offset::from_seconds(sign * seconds).ok()?, end))
    }

    /// Parses "2 hours ago", "vor 2 Stunden", "an hour ago" and "yesterday".
    fn relative(&self, i: usize) -> Option<(Published, usize)> {
        let now = self.hint.now?;
        let lang = self.hint.lang;
        let lower = |i: usize| self.word(i).map(str::to_lowercase);
        let counted = |before: Option<&str>, count, at| {
            // A word before the count must itself belong to the date: in "updated 2 hours ago", "updated" does not.
            let after = if before.is_some() { None } else { lower(at + 1) };
            let unit = lower(at)?;
            let words = (before, count, &*unit, after.as_deref());
            let published = relative::counted(now, lang, words)?;
            Some((published, at + if before.is_some() { 1 } else { 2 }))
        };
        if let Some((count, 1..=3)) = self.number(i) {
            return counted(None, count, i + 1);
        }
        let word = lower(i)?;
        if matches!(&*word, "a" | "an" | "one") && self.number(i + 1).is_none() {
            return counted(None, 1, i + 1);
        }
        if let Some((count, 1..=3)) = self.number(i + 1)
            && let Some(found) = counted(Some(&word), count, i + 2)
        {
            return Some(found);
        }
        // The word must be the only token or precede a time: "yesterday" in a sentence is not the date of an article.
        let alone = self.tokens.len() <= 1 || self.clock_after(i + 1).is_some();
        let named = || relative::named_day(&word, lang, now);
        if alone { named().map(|published| (published, i + 1)) } else { None }
    }

    fn month(&self, i: usize) -> Option<u8> {
        let word = self.word(i)?;
        // A word of more than 40 bytes cannot be the name of a month. Lower-casing splits the Turkish `İ` into `i` and
        // a combining dot, which is removed.
        if word.len() > 40 {
            return None;
        }
        let lower = word.to_lowercase().replace('\u{307}', "");
        let found = month(&lower, self.hint.lang)?;
        u8::try_from(found).ok()
    }

    fn number(&self, i: usize) -> Option<(u32, usize)> {
        match self.tokens.get(i)?.kind {
            Kind::Number(value, digits) => Some((value, digits)),
            Kind::Word | Kind::Mark(_) => None,
        }
    }

    fn word(&self, i: usize) -> Option<&'t str> {
        let token = self.tokens.get(i)?;
        (token.kind == Kind::Word).then(|| slice(self.text, token.start, token.end))
    }

    fn is_word(&self, i: usize, lower: &str) -> bool {
        self.word(i).is_some_and(|w| w.len() <= 16 && w.to_lowercase() == lower)
    }

    fn mark(&self, i: usize) -> Option<char> {
        match self.tokens.get(i)?.kind {
            Kind::Mark(c) => Some(c),
            Kind::Word | Kind::Number(..) => None,
        }
    }

    fn is_mark(&self, i: usize, mark: char) -> bool {
        self.mark(i) == Some(mark)
    }
}

/// A half of the day.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// Returns the half of the day that a word before a time names, if any.
fn half_of_day(word: &str) -> Option<Half> {
    match word {
        "午前" | "上午" | "오전" => Some(Half::Morning),
        "午後" | "下午" | "오후" => Some(Half::Afternoon),
        _ => None,
    }
}

/// Returns a time on the 12-hour clock, or on the 24-hour clock if `half` is `None`.
fn on_half(hour: i8, minute: i8, half: Option<Half>) -> Option<Time> {
    let hour = match half {
        Some(_) if hour > 23 => return None,
        Some(Half::Morning) if hour == 12 => 0,
        Some(Half::Afternoon) if hour < 12 => hour + 12,
        _ => hour,
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// Returns a date in the Gregorian calendar, from 1500 to 2199; a year of the Thai solar calendar is converted.
fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    let thai = (2400..2700).contains(&year);
    let year = if thai { year - 543 } else { year };
    let date =
        Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?);
    date.ok().filter(|d| (1500..2200).contains(&d.year()))
}

fn time(hour: u32, minute: u32, second: u32, nanosecond: u32) -> Option<Time> {
    let part = |n: u32| i8::try_from(n).ok();
    Time::new(part(hour)?, part(minute)?, part(second)?, i32::try_from(nanosecond).ok()?).ok()
}

/// Expands a two-digit year to a year from 1970 to 2069.
fn century(year: u32) -> u32 {
    if year < 70 { 2000 + year } else { 1900 + year }
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        let joins = tokens.last().filter(|t| t.end == start).map(|t| t.kind);
        let kind = match (digit(c), joins) {
            (Some(d), Some(Kind::Number(value, digits))) => {
                Kind::Number(value.wrapping_mul(10).wrapping_add(d), digits + 1)
            }
            (Some(d), _) => Kind::Number(d, 1),
            _ if is_letter(c) => Kind::Word,
            _ if c.is_whitespace() => continue,
            _ => Kind::Mark(c),
        };
        let grows = matches!(
            (kind, joins),
            (Kind::Word, Some(Kind::Word)) | (Kind::Number(..), Some(Kind::Number(..)))
        );
        match tokens.last_mut().filter(|_| grows) {
            Some(last) => (last.kind, last.end) = (kind, end),
            None => tokens.push(Token { kind, start, end }),
        }
    }
    tokens
}

/// Returns whether a character is a letter or a combining mark.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36F}' | '\u{900}'..='\u{E7F}')
}
