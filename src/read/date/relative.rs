//! Dates that are counted from now: "2 hours ago", "vor 3 Tagen", "yesterday".

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span as Duration, Timestamp};

use crate::article::Published;

/// A length of time that such dates are counted in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// Words that follow the count: "2 hours ago".
const AFTER: &[&str] = &[
    "ago",
    "geleden",
    "fa",
    "atrás",
    "назад",
    "тому",
    "temu",
    "sitten",
    "sedan",
    "siden",
    "önce",
    "преди",
    "lalu",
];

/// Words that precede the count: "vor 2 Stunden"; "il y a" by its last.
const BEFORE: &[&str] =
    &["vor", "a", "hace", "há", "pred", "před", "prije", "пре", "fa", "πριν", "acum", "för", "ha"];

/// Returns whether a word says, after a count, that it is of the past.
pub(super) fn is_after(word: &str) -> bool {
    AFTER.contains(&word)
}

/// Returns whether a word says, before a count, that it is of the past.
pub(super) fn is_before(word: &str) -> bool {
    BEFORE.contains(&word)
}

/// Stems of the words for a unit.
const STEMS: &[(&str, Unit)] = &[
    ("min", Unit::Minute),
    ("мин", Unit::Minute),
    ("хвил", Unit::Minute),
    ("dakika", Unit::Minute),
    ("hour", Unit::Hour),
    ("hr", Unit::Hour),
    ("stunde", Unit::Hour),
    ("heure", Unit::Hour),
    ("hora", Unit::Hour),
    ("ore", Unit::Hour),
    ("uur", Unit::Hour),
    ("uren", Unit::Hour),
    ("час", Unit::Hour),
    ("годин", Unit::Hour),
    ("godzin", Unit::Hour),
    ("hodin", Unit::Hour),
    ("urami", Unit::Hour),
    ("sati", Unit::Hour),
    ("saat", Unit::Hour),
    ("tunti", Unit::Hour),
    ("timm", Unit::Hour),
    ("time", Unit::Hour),
    ("day", Unit::Day),
    ("tag", Unit::Day),
    ("jour", Unit::Day),
    ("día", Unit::Day),
    ("dia", Unit::Day),
    ("giorn", Unit::Day),
    ("dag", Unit::Day),
    ("ден", Unit::Day),
    ("дн", Unit::Day),
    ("dni", Unit::Day),
    ("dny", Unit::Day),
    ("dnev", Unit::Day),
    ("dan", Unit::Day),
    ("gün", Unit::Day),
    ("päivä", Unit::Day),
    ("week", Unit::Week),
    ("woche", Unit::Week),
    ("semain", Unit::Week),
    ("seman", Unit::Week),
    ("settiman", Unit::Week),
    ("недел", Unit::Week),
    ("tydz", Unit::Week),
    ("tygod", Unit::Week),
    ("týdn", Unit::Week),
    ("teden", Unit::Week),
    ("month", Unit::Month),
    ("monat", Unit::Month),
    ("mois", Unit::Month),
    ("mes", Unit::Month),
    ("maand", Unit::Month),
    ("месяц", Unit::Month),
    ("year", Unit::Year),
    ("jahr", Unit::Year),
    ("année", Unit::Year),
    ("año", Unit::Year),
    ("год", Unit::Year),
];

/// Returns the unit that a word names, by its stem.
pub(super) fn unit(word: &str) -> Option<Unit> {
    if matches!(word, "h" | "ч") {
        return Some(Unit::Hour);
    }
    STEMS.iter().find(|(stem, _)| word.starts_with(stem)).map(|(_, unit)| *unit)
}

/// Returns the date that lies `count` units before `now`: a moment for minutes and hours, else a day.
pub(super) fn before(now: Timestamp, count: u32, unit: Unit) -> Option<Published> {
    let count = i64::from(count);
    let moment = |minutes: i64| {
        let back = Duration::new().try_minutes(minutes).ok()?;
        Some(Published::Moment(now.checked_sub(back).ok()?, Offset::UTC))
    };
    let day = |back: Duration| Some(Published::Day(today(now).checked_sub(back).ok()?));
    match unit {
        Unit::Minute => moment(count),
        Unit::Hour => moment(count.checked_mul(60)?),
        Unit::Day => day(Duration::new().try_days(count).ok()?),
        Unit::Week => day(Duration::new().try_weeks(count).ok()?),
        Unit::Month => day(Duration::new().try_months(count).ok()?),
        Unit::Year => day(Duration::new().try_years(count).ok()?),
    }
}

/// Returns the day that a single word names, such as "yesterday".
pub(super) fn named_day(word: &str, now: Timestamp) -> Option<Published> {
    const TODAY: &[&str] = &[
        "today",
        "heute",
        "aujourd",
        "hoy",
        "oggi",
        "hoje",
        "vandaag",
        "сегодня",
        "dzisiaj",
        "danes",
    ];
    const YESTERDAY: &[&str] = &[
        "yesterday",
        "gestern",
        "hier",
        "ayer",
        "ieri",
        "ontem",
        "gisteren",
        "вчера",
        "wczoraj",
        "včeraj",
    ];
    if TODAY.contains(&word) {
        Some(Published::Day(today(now)))
    } else if YESTERDAY.contains(&word) {
        before(now, 1, Unit::Day)
    } else {
        None
    }
}

fn today(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}
