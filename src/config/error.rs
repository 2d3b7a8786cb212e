//! Configuration errors.

/// A configuration error. The message gives the file and line, or the environment variable, if they are known, and says
/// what was expected if a value is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The file is not valid TOML.
    #[error("{file}:{line}: {reason}")]
    Syntax {
        /// The name of the file.
        file: String,
        /// The 1-based line number.
        line: usize,
        /// The parser's message.
        reason: String,
    },
    /// The key does not exist.
    #[error("{place}: unknown key `{key}`{}", suggestion.as_ref().map(|s| format!("; did you mean `{s}`?")).unwrap_or_default())]
    UnknownKey {
        /// The file and line, or `environment`.
        place: String,
        /// The full name of the key, or the environment variable.
        key: String,
        /// The closest known key or table, if one is similar enough.
        suggestion: Option<String>,
    },
    /// The value has the wrong type or is out of range.
    #[error("{place}: `{key}` must be {expected}, not {found}")]
    WrongValue {
        /// The file and line, `environment`, or `configuration` if the origin of the value is not known.
        place: String,
        /// The full name of the key, or the environment variable.
        key: String,
        /// The expected kind of value.
        expected: String,
        /// The value found.
        found: String,
    },
}
