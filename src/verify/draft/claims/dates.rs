//! Dates that no source spells out but the dates of the articles resolve: "Tuesday" in an article of 9 April.

use jiff::civil::Date;

use crate::article::ArticleIx;
use crate::verify::draft::claims::Judge;
use crate::verify::draft::claims::evidence::Evidence;
use crate::verify::draft::claims::items::{Item, Unit, Value};

/// Words for the day of the article and the adjacent days, with their offsets from it.
const NEAR_DAYS: &[(&str, i64)] = &[
    ("today", 0),
    ("tonight", 0),
    ("yesterday", -1),
    ("tomorrow", 1),
    ("heute", 0),
    ("gestern", -1),
    ("morgen", 1),
    ("aujourd'hui", 0),
    ("hier", -1),
    ("demain", 1),
    ("hoy", 0),
    ("ayer", -1),
    ("mañana", 1),
];
/// Words by which an article refers to a month or year other than its own.
const MONTHS: &[&str] = &["month", "monat", "mois", "mes"];
const YEARS: &[&str] = &["year", "jahr", "année", "año", "last", "next"];
/// Words after a number of years that count backwards.
const YEARS_AGO: &[&str] =
    &["years", "year", "ago", "anniversary", "jahre", "jahren", "ans", "années", "años"];
/// The number of days around an article's date within which a weekday that it names must fall.
const WEEK: i64 = 7;

/// Returns an article whose date and text imply a date.
pub(super) fn resolving(judge: &Judge<'_>, value: &Value) -> Option<ArticleIx> {
    judge.evidence.published.iter().enumerate().position(|(article, published)| {
        let Some(published) = *published else { return false };
        let article = Dated { judge, article, published };
        match *value {
            Value::Day(month, day) => article.has_day(month, day),
            Value::Month(month) => article.has_month(month),
            Value::Year(year) => article.has_year(i64::from(year)),
            Value::Weekday(weekday) => {
                article.near_days().any(|o| article.weekday(o) == Some(weekday))
            }
            _ => false,
        }
    })
}

/// Returns whether a day, month or year is that of an article.
pub(super) fn is_of(evidence: &Evidence, article: ArticleIx, value: &Value) -> bool {
    let Some(Some(published)) = evidence.published.get(article) else { return false };
    let month = u8::try_from(published.month()).ok();
    match *value {
        Value::Day(m, day) => month == Some(m) && u8::try_from(published.day()) == Ok(day),
        Value::Month(m) => month == Some(m),
        Value::Year(year) => i64::from(published.year()) == i64::from(year),
        _ => false,
    }
}

struct Dated<'a> {
    judge: &'a Judge<'a>,
    article: usize,
    published: Date,
}

impl Dated<'_> {
    fn says(&self, words: &[&str]) -> bool {
        words.iter().any(|w| self.judge.sources.has_word(self.article, w))
    }

    /// Returns the offsets of the days that the article refers to by a word such as "yesterday".
    fn near_days(&self) -> impl Iterator<Item = i64> {
        let said = NEAR_DAYS.iter().filter(|(word, _)| self.says(&[word]));
        said.map(|(_, offset)| *offset)
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        self.judge.evidence.of_article(self.article).iter().flat_map(|s| &s.items)
    }

    /// Returns the day at an offset from that of the article.
    fn day(&self, offset: i64) -> Option<Date> {
        self.published.checked_add(jiff::Span::new().days(offset)).ok()
    }

    fn weekday(&self, offset: i64) -> Option<u8> {
        self.day(offset).and_then(|d| u8::try_from(d.weekday().to_monday_one_offset()).ok())
    }

    fn has_day(&self, month: u8, day: u8) -> bool {
        let is_it = |offset: i64| {
            self.day(offset).is_some_and(|d| {
                u8::try_from(d.month()) == Ok(month) && u8::try_from(d.day()) == Ok(day)
            })
        };
        let by_weekday = |item: &Item| match item.value {
            Value::Weekday(named) => {
                (-WEEK..=WEEK).any(|o| self.weekday(o) == Some(named) && is_it(o))
            }
            _ => false,
        };
        is_it(0) || self.near_days().any(is_it) || self.items().any(by_weekday)
    }

    fn has_month(&self, month: u8) -> bool {
        let own = u8::try_from(self.published.month()).unwrap_or_default();
        let is_beside = own % 12 + 1 == month || month % 12 + 1 == own;
        own == month || (is_beside && self.says(MONTHS))
    }

    fn has_year(&self, year: i64) -> bool {
        let ago = i64::from(self.published.year()) - year;
        ago.abs() <= i64::from(self.says(YEARS)) || self.counts_years(ago)
    }

    /// Returns whether a source mentions this number of years.
    fn counts_years(&self, years: i64) -> bool {
        let is_count = |i: &Item| match i.value {
            Value::Number(n, _, Unit::None) => years > 0 && (n - years as f64).abs() < 0.5,
            _ => false,
        };
        let evidence = self.judge.evidence;
        let near = evidence.with_number(years as f64 - 1.0, years as f64 + 1.0);
        near.into_iter().map(|n| &evidence.sentences[n]).any(|s| {
            s.items.iter().any(is_count) && s.words.iter().any(|w| YEARS_AGO.contains(&w.as_str()))
        })
    }
}
