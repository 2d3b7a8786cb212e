//! Words for a day that only the day of the article explains: "yesterday", "on Monday".
//!
//! Two sentences that count days from different dates are never adjacent: a reader would take "today" for the same
//! day. Weekday names are unambiguous among articles of the same few days. A sentence with a date is unambiguous, and
//! so is one of an undated article, since nothing is known about it.

use jiff::civil::Date;

use crate::article::Published;
use crate::summary::candidate_set::{Candidate, CandidateSet};
use crate::text::TokenKind;
use crate::text::packs::{self, Discourse};

/// The day that a sentence counts its days from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Anchor {
    day: Date,
    /// Whether it names weekdays only.
    weekdays: bool,
}

/// The maximum number of days between two articles for the name of a weekday to mean the same day.
const SAME_WEEKDAY: i32 = 2;

impl Anchor {
    /// Returns whether a reader of both sentences is misled about a day.
    pub(crate) fn clashes(self, other: Self) -> bool {
        let apart = (self.day - other.day).get_days().abs();
        apart > 0 && !(self.weekdays && other.weekdays && apart <= SAME_WEEKDAY)
    }
}

/// Returns the day that an entry counts its days from, if it does.
pub(crate) fn anchor(set: &CandidateSet<'_>, entry: &Candidate) -> Option<Anchor> {
    let article = &set.collection.articles[entry.at.article];
    let day = article.published.map(Published::day)?;
    let document = &set.collection.corpus.documents[entry.at.article];
    let data = packs::discourse(document.language)?;
    let tokens = document.tokens_of(document.sentences.get(entry.at.sentence)?);
    let words: Vec<(String, TokenKind)> =
        tokens.iter().map(|t| (t.span.of(&article.text).to_lowercase(), t.kind)).collect();
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
