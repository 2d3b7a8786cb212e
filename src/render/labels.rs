//! Labels: the text around the excerpts, in the language and house style of the briefing.
//!
//! The labels of each language are in the file `labels.toml` of its language pack.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;

use crate::article::Published;
use crate::language::Language;
use crate::render::{Error, HouseStyle};
use crate::text::packs::LABELS;

/// The labels, date formats and quotation marks of one rendering.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Furniture {
    /// The language of the labels.
    #[serde(skip)]
    pub(super) lang: String,
    /// The quotation marks around quotes.
    pub(super) quotes: [String; 2],
    date: String,
    short_date: String,
    weekdays: [String; 7],
    months: [String; 12],
    /// The names of sections and other labels, by key.
    pub(super) labels: BTreeMap<String, String>,
    counts: BTreeMap<String, [String; 2]>,
    kinds: BTreeMap<String, String>,
}

impl Furniture {
    /// Returns the labels in the language of the house style, and fails if there are none. If the house style sets no
    /// language, returns the labels in the language of the briefing, or in English if there are none.
    pub(super) fn new(house: &HouseStyle, briefing: Language) -> Result<Self, Error> {
        let wanted = house.lang.unwrap_or(briefing);
        let known = LABELS.iter().find(|(code, _)| *code == wanted.code());
        if known.is_none() && house.lang.is_some() {
            let codes: Vec<_> = LABELS.iter().map(|(code, _)| *code).collect();
            let what = format!("no labels in {wanted:?}; available: {}", codes.join(", "));
            return Err(Error::House { key: "lang", what });
        }
        let (code, text) = known.unwrap_or(&LABELS[0]);
        let bad = |e: toml::de::Error| Error::House { key: "lang", what: e.to_string() };
        let mut furniture: Self = toml::from_str(text).map_err(bad)?;
        (*code).clone_into(&mut furniture.lang);
        furniture.adapt(house)?;
        Ok(furniture)
    }

    fn adapt(&mut self, house: &HouseStyle) -> Result<(), Error> {
        if let Some(marks) = house.quotes {
            self.quotes = marks.pair().map(str::to_owned);
        }
        for (name, text) in &house.labels {
            let Some(label) = self.labels.get_mut(name).or_else(|| self.kinds.get_mut(name)) else {
                let known: Vec<_> = self.labels.keys().chain(self.kinds.keys()).cloned().collect();
                let what = format!("no label is called {name:?}; there are {}", known.join(", "));
                return Err(Error::House { key: "labels", what });
            };
            label.clone_from(text);
        }
        for (key, own, pattern) in [
            ("date", &house.date, &mut self.date),
            ("short_date", &house.short_date, &mut self.short_date),
        ] {
            if let Some(own) = own {
                check_pattern(key, own)?;
                pattern.clone_from(own);
            }
        }
        Ok(())
    }

    /// Returns a label by its key.
    pub(super) fn label(&self, key: &str) -> &str {
        self.labels.get(key).map_or("", String::as_str)
    }

    /// Returns the name of a kind of difference; an unknown kind is named like a figure.
    pub(super) fn kind(&self, key: &str) -> &str {
        self.kinds.get(key).or_else(|| self.kinds.get("figure")).map_or("", String::as_str)
    }

    /// Returns a number with the noun that it counts, such as `3 stories`.
    pub(super) fn count(&self, key: &str, n: usize) -> String {
        let form =
            self.counts.get(key).map_or("{n}", |[one, other]| if n == 1 { one } else { other });
        form.replace("{n}", &n.to_string())
    }

    /// Formats the date of a briefing.
    pub(super) fn long_date(&self, at: Published) -> String {
        self.written(&self.date, at)
    }

    /// Formats the date of an article.
    pub(super) fn short_date(&self, at: Published) -> String {
        self.written(&self.short_date, at)
    }

    fn written(&self, pattern: &str, at: Published) -> String {
        let day = at.day();
        let mut out = String::new();
        let mut chars = pattern.chars();
        while let Some(c) = chars.next() {
            match c {
                '%' => match chars.next() {
                    Some('-') => out.push_str(
                        directive_value(self, day, at, chars.next()).trim_start_matches('0'),
                    ),
                    other => out.push_str(&directive_value(self, day, at, other)),
                },
                c => out.push(c),
            }
        }
        out
    }
}

fn directive_value(
    furniture: &Furniture,
    day: Date,
    at: Published,
    directive: Option<char>,
) -> String {
    let weekday = &furniture.weekdays[day.weekday().to_monday_zero_offset() as usize % 7];
    let month = &furniture.months[(day.month() as usize + 11) % 12];
    let short = |name: &str| name.chars().take(3).collect();
    let (hour, minute) = time(at);
    match directive {
        Some('A') => weekday.clone(),
        Some('a') => short(weekday),
        Some('B') => month.clone(),
        Some('b') => short(month),
        Some('d') => format!("{:02}", day.day()),
        Some('m') => format!("{:02}", day.month()),
        Some('Y') => format!("{:04}", day.year()),
        Some('y') => format!("{:02}", day.year().rem_euclid(100)),
        Some('H') => format!("{hour:02}"),
        Some('M') => format!("{minute:02}"),
        Some(c) => c.to_string(),
        None => String::new(),
    }
}

fn time(at: Published) -> (i8, i8) {
    let Published::Moment(at, offset) = at else { return (0, 0) };
    let local = offset.to_datetime(at);
    (local.hour(), local.minute())
}

fn check_pattern(key: &'static str, pattern: &str) -> Result<(), Error> {
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        if c != '%' {
            continue;
        }
        let mut directive = chars.next();
        if directive == Some('-') {
            directive = chars.next().filter(|c| matches!(c, 'd' | 'm'));
        }
        if !directive.is_some_and(|c| "AaBbdmYyHM%".contains(c)) {
            let what = format!(
                "{pattern:?} has an unknown directive; available: %A %a %B %b %d %-d %m %-m %Y %y %H %M %%"
            );
            return Err(Error::House { key, what });
        }
    }
    Ok(())
}

/// Formats a time as feeds and schema.org require.
pub(super) fn rfc3339(at: Published) -> String {
    match at {
        Published::Day(_) => second(at.timestamp()).to_string(),
        Published::Moment(moment, offset) => Published::Moment(second(moment), offset).to_string(),
    }
}

fn second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::Furniture;
    use crate::article::Published;
    use crate::language::Language;
    use crate::render::HouseStyle;
    use crate::text::packs::LABELS;

    fn furniture(code: &str) -> Furniture {
        Furniture::new(&HouseStyle::default(), Language::parse(code).unwrap()).unwrap()
    }

    #[test]
    fn every_language_has_every_label() {
        let english = furniture("en");
        for (code, _) in LABELS {
            let other = furniture(code);
            let keys = |f: &Furniture| {
                let own = f.labels.keys().chain(f.counts.keys()).chain(f.kinds.keys());
                own.cloned().collect::<BTreeSet<_>>()
            };
            assert_eq!(keys(&other), keys(&english), "{code}");
            assert_eq!(other.lang, *code);
        }
    }

    #[test]
    fn dates_are_written_in_the_language() {
        let day = Published::parse("2026-03-01").unwrap();
        let dates: Vec<_> = LABELS.iter().map(|(code, _)| furniture(code).long_date(day)).collect();
        assert_eq!(
            dates,
            [
                "Sunday, 1 March 2026",
                "Sonntag, 1. März 2026",
                "domingo, 1 de marzo de 2026",
                "dimanche 1 mars 2026"
            ],
        );
    }

    #[test]
    fn an_unknown_language_of_a_briefing_is_english_and_of_the_house_an_error() {
        assert_eq!(furniture("sl").lang, "en");
        let house = HouseStyle { lang: Language::parse("sl"), ..HouseStyle::default() };
        let error = Furniture::new(&house, Language::ENGLISH).unwrap_err().to_string();
        assert_eq!(error, "house style, lang: no labels in sl; available: en, de, es, fr");
    }

    #[test]
    fn the_house_names_and_dates_as_it_likes() {
        let house = HouseStyle {
            labels: [("differences".to_owned(), "Versions".to_owned())].into(),
            date: Some("%Y-%m-%d %H:%M".to_owned()),
            ..HouseStyle::default()
        };
        let furniture = Furniture::new(&house, Language::ENGLISH).unwrap();
        assert_eq!(furniture.label("differences"), "Versions");
        let at = Published::parse("2026-03-01T06:30:00+02:00").unwrap();
        assert_eq!(furniture.long_date(at), "2026-03-01 06:30");
        for bad in ["%Q", "%", "%-Y"] {
            let house = HouseStyle { date: Some(bad.to_owned()), ..HouseStyle::default() };
            assert!(Furniture::new(&house, Language::ENGLISH).is_err(), "{bad}");
        }
    }
}
