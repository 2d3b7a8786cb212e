//! Figures of one story that changed from one briefing to the next: tolls, and counts of the same thing.
//!
//! Known limits: figures are read by the same rules as for discrepancies, so the limits of these rules apply here too.
//! Sums, percentages, days and times are left out, because in different briefings they often refer to different things.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::article::Published;
use crate::briefing::discrepancies::claim::{Subject, claims};
use crate::briefing::discrepancies::figure_words::{Casualty, words};
use crate::briefing::discrepancies::interval::Interval;
use crate::briefing::model::Excerpt;
use crate::language::Language;
use crate::span::{CodePoints, Span};

/// A figure with its values over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureCourse {
    /// The thing counted: `dead`, `firefighters injured`, or the noun for the things.
    pub what: String,
    /// The values, the earliest first; each differs from the one before.
    pub values: Vec<FigureAt>,
}

/// A figure as stated in a briefing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureAt {
    /// When the briefing was made.
    pub generated: Published,
    /// The figure with its unit, in the text of its article.
    pub excerpt: Excerpt,
}

/// Finds the figures that changed from one briefing to another. `tellings` holds the sentences of each briefing, in
/// chronological order.
pub fn figure_courses(
    tellings: &[(Published, Vec<&Excerpt>)],
    language: impl Fn(&str) -> Language,
) -> Vec<FigureCourse> {
    let mut courses: BTreeMap<Subject, Vec<(Interval, FigureAt)>> = BTreeMap::new();
    for (at, excerpts) in tellings {
        for excerpt in excerpts {
            let Some(words) = words(language(&excerpt.article)) else { continue };
            let sentence = Span::new(0, excerpt.text.len());
            for claim in claims(&excerpt.text, sentence, words) {
                if !matches!(claim.subject, Subject::Toll(..) | Subject::Count(_)) {
                    continue;
                }
                let values = courses.entry(claim.subject).or_default();
                // Each briefing contributes at most one figure of each kind: the first that differs from the last
                // value.
                let is_known = |(value, figure): &(Interval, FigureAt)| {
                    figure.generated == *at || *value == claim.value
                };
                if values.last().is_none_or(|last| !is_known(last)) {
                    values.push((claim.value, figure(*at, excerpt, claim.span)));
                }
            }
        }
    }
    let changed = courses.into_iter().filter(|(_, values)| 1 < values.len());
    changed
        .map(|(subject, values)| FigureCourse {
            what: name(subject),
            values: values.into_iter().map(|(_, figure)| figure).collect(),
        })
        .collect()
}

fn figure(generated: Published, excerpt: &Excerpt, span: Span) -> FigureAt {
    let [start, end] = CodePoints::new(&excerpt.text).span(span);
    let text = span.slice(&excerpt.text).to_owned();
    let (start, end) = (excerpt.start + start, excerpt.start + end);
    FigureAt { generated, excerpt: Excerpt { article: excerpt.article.clone(), start, end, text } }
}

fn name(subject: Subject) -> String {
    match subject {
        Subject::Toll(casualty, group) => {
            let casualty = casualty_name(casualty);
            group.map_or_else(|| casualty.to_owned(), |group| format!("{group} {casualty}"))
        }
        Subject::Count(word) => word,
        Subject::Sum(_) | Subject::Weekday | Subject::Day | Subject::Time | Subject::Percent => {
            String::new()
        }
    }
}

const fn casualty_name(casualty: Casualty) -> &'static str {
    match casualty {
        Casualty::Dead => "dead",
        Casualty::Injured => "injured",
        Casualty::Missing => "missing",
        Casualty::Arrested => "arrested",
        Casualty::Homeless => "homeless",
    }
}

#[cfg(test)]
mod tests {
    use super::figure_courses;
    use crate::article::Published;
    use crate::briefing::model::Excerpt;
    use crate::language::Language;

    #[test]
    fn a_toll_that_rises_is_followed_and_one_that_stays_is_not() {
        let excerpt = |text: &str| Excerpt {
            article: "a".to_owned(),
            start: 10,
            end: 10 + text.chars().count(),
            text: text.to_owned(),
        };
        let days = [
            "The quake in Norvia killed 12 people and destroyed 40 houses.",
            "The quake killed 12 people.",
            "The quake killed at least 31 people and destroyed 40 houses.",
        ]
        .map(excerpt);
        let dates = ["2026-03-01", "2026-03-02", "2026-03-03"];
        let dates = dates.map(|date| Published::parse(date).unwrap());
        let tellings: Vec<(Published, Vec<&Excerpt>)> =
            dates.into_iter().zip(&days).map(|(date, day)| (date, vec![day])).collect();
        let courses = figure_courses(&tellings, |_| Language::parse("en").unwrap());
        let [toll] = &courses[..] else { panic!("{courses:?}") };
        let values: Vec<(Published, &str)> =
            toll.values.iter().map(|v| (v.generated, v.excerpt.text.as_str())).collect();
        assert_eq!(values.len(), 2, "{values:?}");
        assert!(values[0].1.contains("12") && values[1].1.contains("31"), "{values:?}");
        assert_eq!(values[1].0, dates[2]);
        let first = &toll.values[0].excerpt;
        assert_eq!(first.end - first.start, first.text.chars().count());
    }
}
