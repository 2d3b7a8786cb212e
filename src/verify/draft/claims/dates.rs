//! Dates that no source states but that follow from the dates of the articles: "Tuesday" in an article of 9 April.

use jiff::civil::Date;

use crate::article::ArticleIx;
use crate::verify::draft::claims::Judge;
use crate::verify::draft::claims::evidence::Evidence;
use crate::verify::draft::claims::items::{Item, Unit, Value};
use crate::verify::draft::claims::lists::{Lists, lists};

/// The maximum number of days between an article's date and a weekday that the article names.
const WEEK: i64 = 7;

/// Returns the first article whose date and text imply a date.
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

/// Returns whether a day, month or year is that of an article's date.
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

/// Returns whether a weekday is correct for the date beside it ("Monday, April 15") in any year that the sentence
/// names. If it names none, the year is the one in which the date is nearest to the date of any article. Returns `None`
/// if there is no date beside the weekday or the year is not known.
pub(super) fn falls_on(judge: &Judge<'_>, item: &Item) -> Option<bool> {
    let Value::Weekday(weekday) = item.value else { return None };
    let (month, day) = day_beside(judge, item)?;
    let years = judge.found.iter().filter_map(|other| match other.value {
        Value::Year(year) => i16::try_from(year).ok(),
        _ => None,
    });
    let date = |year| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok();
    let mut dates: Vec<Date> = years.filter_map(date).collect();
    if dates.is_empty() {
        let published = judge.evidence.published.iter().flatten();
        dates.extend(published.filter_map(|published| {
            let years = [-1, 0, 1].map(|offset| published.year() + offset);
            let all = years.into_iter().filter_map(date);
            all.min_by_key(|date| (*date - *published).get_days().abs())
        }));
    }
    let is_it = |date: &Date| weekday_of(*date) == Some(weekday);
    (!dates.is_empty()).then(|| dates.iter().any(is_it))
}

/// Returns whether a source sentence contains both a weekday of the draft and the date beside it.
pub(super) fn is_printed(judge: &Judge<'_>, item: &Item) -> bool {
    let Some((month, day)) = day_beside(judge, item) else { return false };
    let has = |items: &[Item], value: Value| items.iter().any(|other| other.value == value);
    judge.evidence.sentences.iter().any(|sentence| {
        has(&sentence.items, item.value.clone()) && has(&sentence.items, Value::Day(month, day))
    })
}

/// Returns the date directly beside a weekday of the draft: "Monday, April 15", "am Montag, dem 15. April".
fn day_beside(judge: &Judge<'_>, item: &Item) -> Option<(u8, u8)> {
    const LONGEST_GAP: usize = 7;
    let text = &judge.read.article.text;
    let is_beside = |from: usize, to: usize| {
        let gap = text.get(from..to).unwrap_or(".");
        gap.len() <= LONGEST_GAP && !gap.contains(['.', ';', '(', '\n'])
    };
    judge.found.iter().find_map(|other| match other.value {
        Value::Day(month, day)
            if is_beside(item.span.end(), other.span.start())
                || is_beside(other.span.end(), item.span.start()) =>
        {
            Some((month, day))
        }
        _ => None,
    })
}

fn weekday_of(date: Date) -> Option<u8> {
    u8::try_from(date.weekday().to_monday_one_offset()).ok()
}

struct Dated<'a> {
    judge: &'a Judge<'a>,
    article: usize,
    published: Date,
}

impl Dated<'_> {
    /// Returns the word lists of the article's language.
    fn lists(&self) -> &'static Lists {
        let documents = &self.judge.sources.collection.corpus.documents;
        lists(documents[self.article].language)
    }

    fn says(&self, word: &str) -> bool {
        self.judge.sources.has_word(self.article, word)
    }

    /// Returns the offsets of the days to which the article refers by a word such as "yesterday".
    fn near_days(&self) -> impl Iterator<Item = i64> {
        let said = self.lists().near_days.iter().filter(|(word, _)| self.says(word));
        said.map(|(_, offset)| *offset)
    }

    fn items(&self) -> impl Iterator<Item = &Item> {
        self.judge.evidence.of_article(self.article).iter().flat_map(|s| &s.items)
    }

    /// Returns the day at an offset, in days, from the article's date.
    fn day(&self, offset: i64) -> Option<Date> {
        self.published.checked_add(jiff::Span::new().days(offset)).ok()
    }

    fn weekday(&self, offset: i64) -> Option<u8> {
        self.day(offset).and_then(weekday_of)
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
        own == month || (is_beside && self.lists().months.iter().any(|word| self.says(word)))
    }

    fn has_year(&self, year: i64) -> bool {
        let ago = i64::from(self.published.year()) - year;
        ago == 0 || (ago.abs() == 1 && self.says_year_beside()) || self.counts_years(ago)
    }

    /// Returns whether the article mentions the year before or after its own: "last year".
    fn says_year_beside(&self) -> bool {
        let lists = self.lists();
        let is_pair = |a: &str, b: &str| lists.years.contains(a) && lists.beside_years.contains(b);
        self.judge.evidence.of_article(self.article).iter().any(|sentence| {
            let mut pairs = sentence.words.windows(2);
            pairs.any(|pair| is_pair(&pair[0], &pair[1]) || is_pair(&pair[1], &pair[0]))
        })
    }

    /// Returns whether a sentence of any source has this number and a word for years.
    fn counts_years(&self, years: i64) -> bool {
        let is_count = |i: &Item| match i.value {
            Value::Number(n, _, Unit::None) => years > 0 && (n - years as f64).abs() < 0.5,
            _ => false,
        };
        let evidence = self.judge.evidence;
        let near = evidence.with_number(years as f64 - 1.0, years as f64 + 1.0);
        let ago = &self.lists().years_ago;
        near.into_iter().map(|n| &evidence.sentences[n]).any(|s| {
            s.items.iter().any(is_count) && s.words.iter().any(|w| ago.contains(w.as_str()))
        })
    }
}
