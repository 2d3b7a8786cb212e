//! What went wrong without stopping the work: warnings are data, returned beside the result.

use std::fmt;

use serde::{Deserialize, Serialize};

/// One thing that was left out, repaired or doubted, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Warning {
    /// The input as it was named: a path, `-`, a URL; with `:LINE` or `#ENTRY` where only a part is meant.
    pub origin: String,
    /// What happened and why, as the end of a sentence that starts with the origin.
    pub message: String,
    /// Whether an article (or what might have been one) was left out.
    pub dropped: bool,
    /// Whether a file or a member of an archive was not read at all: it cannot be, or is too large.
    #[serde(default)]
    pub unread: bool,
}

impl Warning {
    /// Returns a warning about something that was kept all the same.
    pub fn kept(origin: impl Into<String>, message: impl Into<String>) -> Self {
        Self { origin: origin.into(), message: message.into(), dropped: false, unread: false }
    }

    /// Returns a warning about something that was left out.
    pub fn dropped(origin: impl Into<String>, message: impl Into<String>) -> Self {
        Self { dropped: true, ..Self::kept(origin, message) }
    }

    /// Returns a warning about a file that was left out without a look inside.
    pub fn unread(origin: impl Into<String>, message: impl Into<String>) -> Self {
        Self { unread: true, ..Self::dropped(origin, message) }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.origin, self.message)
    }
}
