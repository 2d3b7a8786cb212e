//! Errors of a configuration.

/// A configuration error: the file and line, or the variable, and the remedy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is not TOML.
    #[error("{file}:{line}: {reason}")]
    Syntax {
        /// The name of the file.
        file: String,
        /// Counted from 1.
        line: usize,
        /// The parser's message.
        reason: String,
    },
    /// No such key.
    #[error("{place}: unknown key `{key}`{}", suggestion.as_ref().map(|s| format!("; did you mean `{s}`?")).unwrap_or_default())]
    UnknownKey {
        /// File and line, or the variable of the environment.
        place: String,
        /// The key with its table.
        key: String,
        /// The known key that is most like it.
        suggestion: Option<String>,
    },
    /// The value is of another kind, or out of range.
    #[error("{place}: `{key}` must be {expected}, not {found}")]
    WrongValue {
        /// File and line, or the variable of the environment.
        place: String,
        /// The key with its table.
        key: String,
        /// The expected kind of value.
        expected: String,
        /// The value found.
        found: String,
    },
}
