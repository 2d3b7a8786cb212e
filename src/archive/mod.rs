//! The local archive: articles as they were read, briefings as they were sent, in one SQLite file.
//!
//! Law: what was put is got; an upgrade is all or nothing; what was acknowledged survives a crash.
//!
//! The file is opened in write-ahead mode with full synchronisation, so a reader never waits for a writer, and a
//! transaction that returned is on the disk. Every change is one transaction. A file made by a newer program is
//! refused, not guessed at.

mod articles;
mod briefings;
mod error;
mod feeds;
mod maintenance;
mod schema;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

pub use articles::{Put, Stored};
pub use briefings::{Recorded, Revision, ShownExcerpt, Told};
pub use error::Error;
pub use feeds::FeedState;
pub use maintenance::{Check, Hit, Pruned, Stats};

/// How long a command waits for another one's transaction before it gives up.
const PATIENCE: Duration = Duration::from_secs(30);

/// An open archive.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    path: PathBuf,
}

impl Archive {
    /// Opens an archive, makes it where there is none, and brings an older one up to date.
    ///
    /// # Errors
    ///
    /// The folder is missing or not writable, the file is no archive of nutgraf, is damaged, or is of a newer version.
    pub fn create(path: &Path) -> Result<Self, Error> {
        Self::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens an archive that exists, and brings an older one up to date.
    ///
    /// # Errors
    ///
    /// As [`Archive::create`], and [`Error::Missing`] where there is no file.
    pub fn existing(path: &Path) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Missing { path: path.to_owned() });
        }
        Self::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    fn open(path: &Path, flags: OpenFlags) -> Result<Self, Error> {
        let at = |source| Error::open(path, source);
        let mut connection = Connection::open_with_flags(path, flags).map_err(at)?;
        connection.busy_timeout(PATIENCE).map_err(at)?;
        schema::prepare(&connection).map_err(at)?;
        schema::upgrade(&mut connection, path)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Wraps an error of the database with the file that it concerns.
    fn failed(&self, source: rusqlite::Error) -> Error {
        Error::Database { path: self.path.clone(), source }
    }
}
