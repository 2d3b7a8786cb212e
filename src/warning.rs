//! Warnings: problems that do not stop the run, returned as data with the result.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A problem with an input, such as something that was left out, repaired or uncertain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Warning {
    /// The input: a path, `-` or a URL, followed by `:LINE` or `#ENTRY` if the warning is about a part of it.
    pub origin: String,
    /// The problem and its cause, in words that continue a sentence starting with the origin.
    pub message: String,
    /// Whether an article, or something that may have been one, was left out.
    pub dropped: bool,
    /// Whether a file or archive member was not read at all.
    #[serde(default)]
    pub unread: bool,
}

impl Warning {
    /// Makes a warning about something that was kept despite the problem.
    pub fn kept(origin: impl Into<String>, message: impl Into<String>) -> Self {
        Self { origin: origin.into(), message: message.into(), dropped: false, unread: false }
    }

    /// Makes a warning about something that was left out.
    ///
    /// ```
    /// let warning = nutgraf::Warning::dropped("news.csv:7", "has no title and no text");
    /// assert_eq!(warning.to_string(), "news.csv:7: has no title and no text");
    /// assert!(warning.dropped && !warning.unread);
    /// ```
    pub fn dropped(origin: impl Into<String>, message: impl Into<String>) -> Self {
        Self { dropped: true, ..Self::kept(origin, message) }
    }

    /// Makes a warning about a file that was not read.
    pub fn unread(origin: impl Into<String>, message: impl Into<String>) -> Self {
        Self { unread: true, ..Self::dropped(origin, message) }
    }
}

/// Returns a number with its noun: `1 outlet`, `2 outlets`, `3 stories`.
pub(crate) fn counted(n: usize, noun: &str) -> String {
    if n == 1 {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o', 'u']) => format!("{n} {stem}ies"),
        _ => format!("{n} {noun}s"),
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn numbers_agree_with_their_nouns() {
        for (n, noun, expected) in [
            (1, "story", "1 story"),
            (2, "story", "2 stories"),
            (0, "entry", "0 entries"),
            (3, "day", "3 days"),
            (1, "outlet", "1 outlet"),
            (12, "outlet", "12 outlets"),
        ] {
            assert_eq!(counted(n, noun), expected);
        }
    }
}
