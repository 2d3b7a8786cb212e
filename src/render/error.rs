//! Rendering errors. The messages give the location and the fix if they are known.

use std::fmt;

/// Why a briefing could not be rendered.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A template is invalid or failed. The message names the file and, if known, the line and the field.
    #[error(transparent)]
    Template(Box<Problem>),
    /// No built-in template has this name.
    #[error("no template is called {name:?}; there are {known}")]
    UnknownTemplate {
        /// The requested name.
        name: String,
        /// The names available for the format.
        known: String,
    },
    /// A key of the house style has an invalid value.
    #[error("house style, {key}: {what}")]
    House {
        /// The key.
        key: &'static str,
        /// The reason, and the valid values if they are known.
        what: String,
    },
    /// A required header field of an email is missing.
    #[error("an email needs {field}: give {flag}, or set {key} in the configuration")]
    MissingField {
        /// The name of the header field.
        field: &'static str,
        /// The command-line flag that sets it.
        flag: &'static str,
        /// The configuration key that sets it.
        key: &'static str,
    },
    /// An email address is invalid.
    #[error("{field} is not an email address: {value:?} (write name@host, or Name <name@host>)")]
    Address {
        /// The name of the header field.
        field: &'static str,
        /// The value found.
        value: String,
    },
    /// The email is so large that, at its average size per story, not even one story would fit.
    #[error("the email has {bytes} bytes, but mail programs truncate at {limit}: reduce --words")]
    TooLarge {
        /// The size of the email in bytes.
        bytes: usize,
        /// The maximum size in bytes.
        limit: usize,
    },
    /// The crate was built without the feature for this format.
    #[error("this build does not write {format} (crate feature `{feature}`)")]
    NotInBuild {
        /// The name of the format.
        format: &'static str,
        /// The crate feature that provides it.
        feature: &'static str,
    },
    /// The EPUB book could not be packed.
    #[error("cannot pack the book: {reason}")]
    Book {
        /// The reason.
        reason: String,
    },
    /// The briefing could not be written as JSON.
    #[error("cannot write JSON: {0}")]
    Json(#[source] serde_json::Error),
}

/// A template error and its location.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problem {
    /// The name of the template file.
    pub file: String,
    /// The line number, starting at 1.
    pub line: Option<usize>,
    /// The expression that failed, as written.
    pub field: Option<String>,
    /// The reason.
    pub what: String,
    /// The suggested fix.
    pub hint: Option<String>,
}

impl std::error::Error for Problem {}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.file)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": ")?;
        if let Some(field) = &self.field {
            write!(f, "`{field}`: ")?;
        }
        write!(f, "{}", self.what)?;
        if let Some(hint) = &self.hint {
            write!(f, " ({hint})")?;
        }
        Ok(())
    }
}
