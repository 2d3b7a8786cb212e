//! Words for a day that can only be resolved with the date of the article: "yesterday", "on Monday".
//!
//! Two sentences whose day words must be resolved relative to different dates are never adjacent, because a reader
//! would take "today" to mean the same day in both. If two articles were published within two days of each other, a
//! weekday name is assumed to mean the same day in both. A sentence that contains a date is assumed to be unambiguous.
//! Articles without a date are not checked.

use jiff::civil::Date;

use crate::article::Published;
use crate::summary::candidate_set::{Candidate, CandidateSet};
use crate::text::TokenKind;
use crate::text::packs::{self, Discourse};

/// The date relative to which the day words in a sentence ("yesterday", "on Monday") must be resolved: the date of its
/// article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    day: Date,
    /// Whether the only relative days in the sentence are names of weekdays.
    weekdays: bool,
}

/// The maximum number of days between two articles at which the name of a weekday is assumed to mean the same day in
/// both.
const SAME_WEEKDAY: i32 = 2;

impl Anchor {
    /// Returns whether a reader of both sentences would be misled about a day.
    pub(crate) fn clashes(self, other: Self) -> bool {
        let apart = (self.day - other.day).get_days().abs();
        apart > 0 && !(self.weekdays && other.weekdays && apart <= SAME_WEEKDAY)
    }
}

/// Returns the date relative to which the day words in a candidate must be resolved; `None` if it contains no such
/// words or also a date, or if its article has no date.
pub(crate) fn anchor(set: &CandidateSet<'_>, entry: &Candidate) -> Option<Anchor> {
    let article = &set.collection.articles[entry.at.article];
    let day = article.published.map(Published::day)?;
    let document = &set.collection.corpus.documents[entry.at.article];
    let data = packs::discourse(document.language)?;
    let tokens = document.tokens_of(document.sentences.get(entry.at.sentence)?);
    let words: Vec<(String, TokenKind)> =
        tokens.iter().map(|t| (t.span.slice(&article.text).to_lowercase(), t.kind)).collect();
    let weekdays = match kind(&words, data)? {
        Kind::Relative => false,
        Kind::Weekday => true,
    };
    Some(Anchor { day, weekdays })
}

enum Kind {
    Relative,
    Weekday,
}

fn kind(words: &[(String, TokenKind)], data: &Discourse) -> Option<Kind> {
    let mut found = None;
    for (at, (word, _)) in words.iter().enumerate() {
        let number = |at: Option<usize>| {
            at.and_then(|at| words.get(at)).is_some_and(|(_, kind)| *kind == TokenKind::Number)
        };
        if data.months.contains(word) && (number(at.checked_sub(1)) || number(Some(at + 1))) {
            return None;
        }
        let pair = words.get(at + 1).map(|(next, _)| format!("{word} {next}"));
        if data.relative_days.contains(word)
            || pair.is_some_and(|p| data.relative_days.contains(&p))
        {
            found = Some(Kind::Relative);
        } else if found.is_none() && data.weekdays.contains(word) {
            found = Some(Kind::Weekday);
        }
    }
    found
}
