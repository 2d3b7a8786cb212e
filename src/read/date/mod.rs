//! Parses dates as people and programs write them, in many languages.
//!
//! The text is split into numbers, words and punctuation marks, and each date format is tried at each number or month
//! name: ISO 8601 with any separator, RFC 2822, `13 February 2008`, `Feb. 13, 2008`, `13.02.2008`, `2008年2月13日`, each
//! with an optional time and zone before or after it. The system clock is never used: a date without a year is not a
//! date, and "2 hours ago" requires [`Hint::now`].
//!
//! Ambiguous dates are rejected: `03/04/2008` needs a hint about the order. A date without a time stays a day.
//!
//! Known limits: only the Gregorian and the Thai solar calendar are supported; a time without a zone is assumed to be
//! UTC, so that the day stays as written.

mod relative;
mod scan;
mod zone;

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use crate::article::Published;
use crate::language::Language;
use crate::span::Span;

use scan::Scan;

/// The context of a date.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint {
    /// Whether the day or the month comes first in `03/04/2008`. Default: `None`, which means that such dates are
    /// rejected.
    pub order: Option<Order>,
    /// The language of the text around the date. Default: `None`, which means that it is unknown.
    pub lang: Option<Language>,
    /// The time to which "2 hours ago" refers. Default: `None`, which means that relative dates are rejected.
    pub now: Option<Timestamp>,
}

/// The order of day and month if both are numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `13/02/2008`.
    DayFirst,
    /// `02/13/2008`.
    MonthFirst,
}

impl Hint {
    /// Returns the conventions of a locale, given a language tag such as `en-US` or `de`.
    pub fn from_locale(tag: &str) -> Self {
        let lang = Language::parse(tag);
        let region = tag.split(['-', '_']).skip(1).find(|part| part.len() == 2);
        let order = match (lang.as_ref().map(Language::code), region) {
            (_, Some(region)) if MONTH_FIRST.iter().any(|r| r.eq_ignore_ascii_case(region)) => {
                Some(Order::MonthFirst)
            }
            // English uses either order, depending on the region.
            (None | Some("en" | "und"), None) => None,
            _ => Some(Order::DayFirst),
        };
        Self { order, lang, now: None }
    }
}

/// Regions in which the month is written first.
const MONTH_FIRST: [&str; 6] = ["US", "PH", "PW", "FM", "MH", "GU"];

/// Parses a field that contains a date: the first date in it, or a Unix time.
///
/// ```
/// use nutgraf::read::date::{Hint, parse};
///
/// let date = |text| parse(text, &Hint::default()).map(|p| p.to_string());
/// assert_eq!(date("Wednesday, 13 February 2008, 15:45 GMT").as_deref(), Some("2008-02-13T15:45:00Z"));
/// assert_eq!(date("13.02.2008").as_deref(), Some("2008-02-13"));
/// assert_eq!(date("03/04/2008"), None);
/// ```
pub fn parse(text: &str, hint: &Hint) -> Option<Published> {
    let text = text.trim();
    unix_time(text).or_else(|| find(text, hint).map(|(_, published)| published))
}

/// Finds the first date in a text and its range.
pub fn find(text: &str, hint: &Hint) -> Option<(Span, Published)> {
    if !text.contains(is_digit) && hint.now.is_none() {
        return None;
    }
    Scan::new(text, hint).first()
}

/// Returns whether a line consists of a date and at most two other words, such as a weekday or "Published on".
pub fn is_date_line(text: &str, hint: &Hint) -> bool {
    let Some((span, _)) = find(text, hint) else { return false };
    let around = [text.get(..span.start()), text.get(span.end()..)];
    let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
    let words = |s: &str| s.split_whitespace().filter(|w| letters(w) > 0).count();
    around.iter().flatten().map(|s| words(s)).sum::<usize>() <= 2
        && around.iter().flatten().map(|s| letters(s)).sum::<usize>() <= 24
}

/// Finds a day from 1990 to 2099 in a web address, as in `/2008/02/13/`, `/2008/feb/13/`, `/2008-02-13-` or
/// `/20080213/`.
///
/// ```
/// use nutgraf::read::date::in_url;
///
/// let day = in_url("https://post.example/2026/03/10/bridge-closed").unwrap();
/// assert_eq!(day.to_string(), "2026-03-10");
/// ```
pub fn in_url(url: &str) -> Option<Published> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = path.split(['?', '#']).next()?;
    let numbers: Vec<(usize, &str)> = path
        .split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .map(|part| (part.as_ptr() as usize - path.as_ptr() as usize, part))
        .collect();
    let day = |y: &str, m: &str, d: &str| {
        let date = Date::new(y.parse().ok()?, m.parse().ok()?, d.parse().ok()?).ok()?;
        (1990..2100).contains(&date.year()).then_some(Published::Day(date))
    };
    let follows = |a: &(usize, &str), b: &(usize, &str)| b.0 == a.0 + a.1.len() + 1;
    for (i, first) in numbers.iter().enumerate() {
        let three = (first.1, numbers.get(i + 1), numbers.get(i + 2));
        if let (year, Some(month), Some(date)) = three
            && year.len() == 4
            && month.1.len() <= 2
            && date.1.len() <= 2
            && follows(first, month)
            && follows(month, date)
            && let Some(found) = day(year, month.1, date.1)
        {
            return Some(found);
        }
        if first.1.len() == 8
            && let (Some(y), Some(m), Some(d)) =
                (first.1.get(..4), first.1.get(4..6), first.1.get(6..))
            && let Some(found) = day(y, m, d)
        {
            return Some(found);
        }
    }
    let parts: Vec<&str> = path.split('/').collect();
    parts.windows(3).find_map(|part| {
        let &[year, name, date] = part else { return None };
        let number = month(&name.to_lowercase(), None).filter(|_| year.len() == 4)?;
        day(year, &number.to_string(), date)
    })
}

/// Parses a Unix time in seconds (9 or 10 digits), milliseconds, microseconds or nanoseconds.
fn unix_time(text: &str) -> Option<Published> {
    // Fractions of a second are ignored: `1773129600.25`.
    let whole = text.split_once('.').map_or(text, |(whole, fraction)| {
        if fraction.bytes().all(|b| b.is_ascii_digit()) { whole } else { text }
    });
    if !whole.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let at = match whole.len() {
        9 | 10 => Timestamp::from_second(number).ok()?,
        12 | 13 => Timestamp::from_millisecond(number).ok()?,
        15 | 16 => Timestamp::from_microsecond(number).ok()?,
        18 | 19 => Timestamp::from_nanosecond(i128::from(number)).ok()?,
        _ => return None,
    };
    Some(Published::Moment(at, Offset::UTC))
}

/// A month name, the index of its line in the file, the language of that line, and the number of the month.
type Form = (&'static str, usize, Option<Language>, i8);

/// Returns the number (1 to 12) of a month, given its name in lower case; a name in `lang` takes precedence.
fn month(name: &str, lang: Option<Language>) -> Option<i8> {
    static MONTHS: LazyLock<Vec<Form>> = LazyLock::new(|| {
        let lines = include_str!("months.txt").lines().filter(|line| !line.starts_with('#'));
        let mut months: Vec<_> = lines
            .enumerate()
            .flat_map(|(order, line)| {
                let mut cells = line.split('|');
                let lang = cells.next().and_then(Language::parse);
                cells.zip(1..).flat_map(move |(cell, month)| {
                    cell.split_whitespace().map(move |form| (form, order, lang, month))
                })
            })
            .collect();
        months.sort_unstable();
        months
    });
    let from = MONTHS.partition_point(|entry| entry.0 < name);
    let same = MONTHS[from..].iter().take_while(|entry| entry.0 == name);
    let mut first = None;
    for (_, _, of, month) in same {
        if lang.is_some() && *of == lang {
            return Some(*month);
        }
        first = first.or(Some(*month));
    }
    first
}

/// Returns whether a character is a digit in one of the scripts in which dates are recognized.
fn is_digit(c: char) -> bool {
    digit(c).is_some()
}

/// Returns the value of a decimal digit: ASCII, full width, Arabic, Persian, Devanagari, Bengali or Thai.
fn digit(c: char) -> Option<u32> {
    const ZEROS: [u32; 7] = [0x30, 0x660, 0x6F0, 0x966, 0x9E6, 0xE50, 0xFF10];
    let c = c as u32;
    ZEROS.iter().find(|zero| (**zero..**zero + 10).contains(&c)).map(|zero| c - zero)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Hint, Order, find, in_url, is_date_line, parse};
    use crate::language::Language;

    fn check(text: &str, expected: &str) {
        let found = parse(text, &Hint::default()).map(|p| p.to_string());
        assert_eq!(found.as_deref().unwrap_or("none"), expected, "{text:?}");
    }

    #[test]
    fn machine_forms() {
        check("2008-02-13T15:45:00Z", "2008-02-13T15:45:00Z");
        check("2008-02-13T15:45:00.250+01:00", "2008-02-13T15:45:00.25+01:00");
        check("2008-02-13 15:45:00 -0500", "2008-02-13T15:45:00-05:00");
        check("2008-02-13T15:45+0530", "2008-02-13T15:45:00+05:30");
        check("2008-02-13", "2008-02-13");
        check("2008/2/3", "2008-02-03");
        check("2008.02.13. 15:45", "2008-02-13T15:45:00Z");
        check("2008:02:13 15:45:00", "2008-02-13T15:45:00Z");
        check("20080213", "2008-02-13");
        check("20080213T154500Z", "2008-02-13T15:45:00Z");
        check("Wed, 13 Feb 2008 15:45:00 +0100", "2008-02-13T15:45:00+01:00");
        check("Wed, 13 Feb 08 15:45:00 EST", "2008-02-13T15:45:00-05:00");
        check("Wednesday, 13-Feb-08 15:45:00 GMT", "2008-02-13T15:45:00Z");
        check("Wed Feb 13 15:45:00 2008", "2008-02-13T15:45:00Z");
        check("Wed Feb 13 15:45:00 PST 2008", "2008-02-13T15:45:00-08:00");
        check("Wed Feb 13 2008 15:45:00 GMT+0100 (CET)", "2008-02-13T15:45:00+01:00");
        check("1202917500", "2008-02-13T15:45:00Z");
        check("1202917500000", "2008-02-13T15:45:00Z");
    }

    /// Without its word, `13.05` would be a day.
    #[test]
    fn the_word_before_a_time_is_a_part_of_the_date() {
        for (text, expected) in [
            ("Stand um 13.05 am 13.02.2008", "um 13.05 am 13.02.2008"),
            ("seen at 13.05, 13.02.2008", "at 13.05, 13.02.2008"),
            ("kl. 13.05, 13.02.2008", "kl. 13.05, 13.02.2008"),
            ("alle 13.05 13.02.2008", "alle 13.05 13.02.2008"),
            ("om 13.05, 13.02.2008", "om 13.05, 13.02.2008"),
        ] {
            let hint = Hint::default();
            let (span, published) = find(text, &hint).unwrap();
            assert_eq!(span.slice(text), expected);
            assert_eq!(parse(span.slice(text), &hint), Some(published));
            assert_eq!(published.to_string(), "2008-02-13T13:05:00Z");
        }
    }

    #[test]
    fn english() {
        check("Wednesday, 13 February 2008, 15:45 GMT", "2008-02-13T15:45:00Z");
        check("Feb. 13, 2008 3:45 p.m. EST", "2008-02-13T15:45:00-05:00");
        check("February 13th, 2008 at 3:45PM ET", "2008-02-13T15:45:00-05:00");
        check("July 13, 2008, 3:45 pm ET", "2008-07-13T15:45:00-04:00");
        check("Published: 3:45 PM EDT, July 13, 2008", "2008-07-13T15:45:00-04:00");
        check("15:45, Wednesday 13 February 2008", "2008-02-13T15:45:00Z");
        check("Sept. 3, 2008", "2008-09-03");
        check("13 Feb '08", "2008-02-13");
        check("the 3rd of March, 2008", "2008-03-03");
        check("Posted on May 1, 2008 | 12 a.m.", "2008-05-01T00:00:00Z");
        check("1545 GMT 13 February 2008", "2008-02-13T15:45:00Z");
        check("13 February 2008 | 2 comments", "2008-02-13");
        check("2008 February 13", "2008-02-13");
    }

    #[test]
    fn other_languages() {
        check("13.02.2008", "2008-02-13");
        check("13.02.08", "2008-02-13");
        check("13. Februar 2008, 15.45 Uhr", "2008-02-13T15:45:00Z");
        check("Mittwoch, 13. Februar 2008 15:45 Uhr MEZ", "2008-02-13T15:45:00+01:00");
        check("le 1er août 2008 à 15h45", "2008-08-01T15:45:00Z");
        check("13 de febrero de 2008 a las 15:45", "2008-02-13T15:45:00Z");
        check("13 d’abril del 2008", "2008-04-13");
        check("13 febbraio 2008 ore 15:45", "2008-02-13T15:45:00Z");
        check("13 лютого 2008, 15:45", "2008-02-13T15:45:00Z");
        check("13 февраля 2008 г. в 15:45 МСК", "2008-02-13T15:45:00+03:00");
        check("13. helmikuuta 2008 klo 15.45", "2008-02-13T15:45:00Z");
        check("2008. február 13.", "2008-02-13");
        check("2008 m. vasario 13 d.", "2008-02-13");
        check("13. 2. 2008", "2008-02-13");
        check("2008年2月13日 15時45分", "2008-02-13T15:45:00Z");
        check("2008年02月13日水曜日 午後3時45分", "2008-02-13T15:45:00Z");
        check("2008년 2월 13일 오후 3:45", "2008-02-13T15:45:00Z");
        check("ngày 13 tháng 2 năm 2008", "2008-02-13");
        check("13 กุมภาพันธ์ 2551", "2008-02-13");
        check("١٣ فبراير ٢٠٠٨", "2008-02-13");
        check("13 בפברואר 2008", "2008-02-13");
        check("१३ फ़रवरी २००८", "2008-02-13");
        check("13 Şubat 2008", "2008-02-13");
        check("13 ŞUBAT 2008", "2008-02-13");
    }

    #[test]
    fn what_is_open_is_left_out() {
        for text in [
            "03/04/2008",
            "03-04-2008",
            "13 February",
            "February 2008",
            "2008",
            "32 May 2008",
            "30 February 2008",
            "2 hours ago",
            "yesterday",
            "",
            "Room 13, 2008 seats",
            "1.2.3",
            "version 10.12.1",
            "+49 30 2008 1312",
            "31.02.2008",
            "10:30",
        ] {
            check(text, "none");
        }
        check("13/02/2008", "2008-02-13");
        check("02/13/2008", "2008-02-13");
    }

    #[test]
    fn hints_decide() {
        let date = |hint: Hint| parse("03/04/2008", &hint).map(|p| p.to_string());
        assert_eq!(date(Hint::from_locale("en-US")).as_deref(), Some("2008-03-04"));
        assert_eq!(date(Hint::from_locale("en_GB")).as_deref(), Some("2008-04-03"));
        assert_eq!(date(Hint::from_locale("de")).as_deref(), Some("2008-04-03"));
        assert_eq!(date(Hint::from_locale("en")), None);
        assert_eq!(Hint::from_locale("fr-CA").order, Some(Order::DayFirst));
        let listopad = |tag| {
            let hint = Hint { lang: Language::parse(tag), ..Hint::default() };
            parse("5. listopada 2008.", &hint).map(|p| p.to_string())
        };
        assert_eq!(listopad("pl").as_deref(), Some("2008-11-05"));
        assert_eq!(listopad("hr").as_deref(), Some("2008-10-05"));
    }

    #[test]
    fn relative_dates_need_a_now() {
        let now = "2008-02-13T15:45:00Z".parse().ok();
        let date = |text| parse(text, &Hint { now, ..Hint::default() }).map(|p| p.to_string());
        for (text, expected) in [
            ("2 hours ago", "2008-02-13T13:45:00Z"),
            ("Updated 45 min ago", "2008-02-13T15:00:00Z"),
            ("an hour ago", "2008-02-13T14:45:00Z"),
            ("vor 3 Stunden", "2008-02-13T12:45:00Z"),
            ("il y a 2 heures", "2008-02-13T13:45:00Z"),
            ("hace 2 días", "2008-02-11"),
            ("2 дня назад", "2008-02-11"),
            ("pred 2 dnevi", "2008-02-11"),
            ("3 months ago", "2007-11-13"),
            ("Yesterday", "2008-02-12"),
            ("heute", "2008-02-13"),
        ] {
            assert_eq!(date(text).as_deref(), Some(expected), "{text}");
        }
        assert_eq!(date("2 hours of rain"), None);
        let of_lang = |lang, text| {
            let hint = Hint { now, lang: Language::parse(lang), ..Hint::default() };
            parse(text, &hint).map(|p| p.to_string())
        };
        // These words name a day only in their own language and on a line of their own.
        for (lang, text) in [
            ("de", "hier 39 Ohm"),
            ("de", "Hier"),
            ("de", "Das Wetter heute"),
            ("de", "Heute kaufen"),
            ("en", "fa 2 ore"),
            ("en", "Today"),
            ("fr", "2 hours ago"),
            ("pl", "2 dias atrás"),
        ] {
            let expected = (text == "Today").then_some("2008-02-13".to_owned());
            assert_eq!(of_lang(lang, text), expected, "{lang} {text}");
        }
        assert_eq!(of_lang("fr", "Hier à 14h30").as_deref(), Some("2008-02-12"));
        assert_eq!(of_lang("de", "Heute, 14:30 Uhr").as_deref(), Some("2008-02-13"));
    }

    #[test]
    fn a_found_date_says_where_it_stands() {
        let text = "By Jane Doe — 13 Feb. 2008, 15:45 GMT — London";
        let span = find(text, &Hint::default()).map(|(span, _)| span.slice(text));
        assert_eq!(span, Some("13 Feb. 2008, 15:45 GMT"));
        let now = "2008-02-13T12:00:00Z".parse().ok();
        let hint = Hint { now, ..Hint::default() };
        for (text, expected) in [
            ("updated 2 hours ago", "2 hours ago"),
            ("Posted an hour ago by Jane Doe", "an hour ago"),
            ("Aktualisiert vor 3 Tagen", "vor 3 Tagen"),
            ("Bijgewerkt 4 uur geleden", "4 uur geleden"),
            ("Обновлено 5 минут назад", "5 минут назад"),
            ("Publié il y a 2 heures", "a 2 heures"),
        ] {
            let (span, published) = find(text, &hint).unwrap();
            assert_eq!(span.slice(text), expected);
            assert_eq!(parse(expected, &hint), Some(published), "{text}");
        }
        for (text, is) in [
            ("Published on 13 February 2008", true),
            ("Wednesday, February 13, 2008 3:45 pm", true),
            ("On 13 February 2008 the committee met in Paris.", false),
            ("Nothing here", false),
        ] {
            assert_eq!(is_date_line(text, &Hint::default()), is, "{text}");
        }
    }

    #[test]
    fn days_in_addresses() {
        let day = |url| in_url(url).map(|p| p.to_string());
        let expected = Some("2008-02-13".to_owned());
        assert_eq!(day("https://example.org/news/2008/02/13/a-story"), expected);
        assert_eq!(day("https://example.org/2008-02-13-a-story.html"), expected);
        assert_eq!(day("https://example.org/a/20080213/x"), expected);
        assert_eq!(day("https://example.org/12345678/2008/story-13"), None);
        assert_eq!(day("https://example.org/?d=2008-02-13"), None);
    }

    proptest! {
        #[test]
        fn no_text_panics_and_spans_are_ranges(text in "\\PC{0,80}") {
            let hint = Hint { now: "2008-02-13T15:45:00Z".parse().ok(), ..Hint::default() };
            if let Some((span, _)) = find(&text, &hint) {
                prop_assert!(span.get(&text).is_some());
            }
        }

        #[test]
        fn near_dates_do_not_panic(text in "([0-9]{1,5}|[-/.: ]|feb|am|T|Z|ago|hours|年|[+]){1,12}") {
            let hint = Hint { now: "2008-02-13T15:45:00Z".parse().ok(), ..Hint::default() };
            let _ = find(&text, &hint);
        }

        #[test]
        fn every_day_is_read_back(day in 1i8..29, month in 1i8..13, year in 1950i16..2090) {
            let iso = format!("{year:04}-{month:02}-{day:02}");
            check(&iso, &iso);
            check(&format!("{day}.{month}.{year}"), &iso);
            let date = jiff::civil::date(year, month, day);
            check(&date.strftime("%A, %B %d, %Y").to_string(), &iso);
            check(&date.strftime("%d %b %Y").to_string(), &iso);
        }
    }
}
