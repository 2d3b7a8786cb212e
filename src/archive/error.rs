//! Errors of the archive.

use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// An archive error. Every message names the file, and many say how to fix the problem.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no file with that name.
    #[error("no archive at {}; `nutgraf fetch` makes one", path.display())]
    Missing {
        /// The path of the file.
        path: PathBuf,
    },
    /// The file is empty: its content was lost, or it was never an archive.
    #[error("{} is empty: it holds no archive (delete it, and `nutgraf fetch` makes a new one)", path.display())]
    Empty {
        /// The path of the file.
        path: PathBuf,
    },
    /// The file was written by an older program and can't be upgraded, because it is not writable.
    #[error("{} has version {found} and must be upgraded to version {known}, but it is not writable", path.display())]
    Older {
        /// The path of the file.
        path: PathBuf,
        /// The version of the file.
        found: i64,
        /// The version that this program uses.
        known: i64,
    },
    /// A writer left changes in the log beside the file; the log can only be read if the folder is writable.
    #[error("{0} is not writable, and {0}-wal has unfinished changes; copy both files to a folder that you may write to", path.display())]
    Unfinished {
        /// The path of the file.
        path: PathBuf,
    },
    /// The file belongs to another program, or is not a database at all.
    #[error("{} is not an archive of nutgraf", path.display())]
    Foreign {
        /// The path of the file.
        path: PathBuf,
    },
    /// The file was written by a newer program.
    #[error("{} has version {found}, this program knows versions up to {known}; use the newer program", path.display())]
    Newer {
        /// The path of the file.
        path: PathBuf,
        /// The version of the file.
        found: i64,
        /// The newest version that this program supports.
        known: i64,
    },
    /// The database reported an error.
    #[error("archive {}: {}", path.display(), cause(source))]
    Database {
        /// The path of the file.
        path: PathBuf,
        /// The error reported by SQLite.
        source: rusqlite::Error,
    },
    /// A record in the file cannot be parsed.
    #[error("archive {}: the record of {what} is damaged: {reason}", path.display())]
    Damaged {
        /// The path of the file.
        path: PathBuf,
        /// The name of the record.
        what: String,
        /// The reason.
        reason: String,
    },
}

impl Error {
    /// Returns the error for a file that could not be opened: [`Error::Foreign`] if it is not a database at all.
    pub(super) fn open(path: &Path, source: rusqlite::Error) -> Self {
        if source.sqlite_error_code() == Some(ErrorCode::NotADatabase) {
            return Self::Foreign { path: path.to_owned() };
        }
        Self::Database { path: path.to_owned(), source }
    }
}

/// Describes the cause in plain words if it is a common one, and otherwise with SQLite's own message.
fn cause(source: &rusqlite::Error) -> String {
    match source.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another command is still writing to it; try again later".to_owned()
        }
        Some(ErrorCode::DiskFull) => "the disk is full; nothing was changed".to_owned(),
        Some(ErrorCode::SystemIoFailure) => format!(
            "{source}: the disk is full, a quota is used up, or the disk fails; nothing was changed"
        ),
        Some(ErrorCode::ReadOnly) => "the file or its folder is not writable".to_owned(),
        Some(ErrorCode::CannotOpen) => {
            "it cannot be opened; does its folder exist, and may you write there?".to_owned()
        }
        Some(ErrorCode::DatabaseCorrupt) => {
            "the file is damaged; `nutgraf archive check` says more".to_owned()
        }
        _ => source.to_string(),
    }
}
