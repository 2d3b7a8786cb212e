//! The local archive: a SQLite file with the articles as they were read and the briefings as they were made.
//!
//! Guarantees: the text of a stored article is returned unchanged; an upgrade happens completely or not at all; an
//! acknowledged write survives a crash.
//!
//! The file is opened in write-ahead mode with full synchronization, so a reader never waits for a writer, and a
//! committed transaction is on disk. Every change is made in a transaction. A file written by a newer version is
//! rejected.

mod articles;
mod briefings;
mod check;
mod deliveries;
mod error;
mod feeds;
mod maintenance;
mod memory;
mod rows;
mod schema;

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

pub use articles::{Authority, Conflict, Found, Put, Stored};
pub use briefings::{Recorded, Revision, ShownExcerpt, Told};
pub use check::Check;
pub use deliveries::Waiting;
pub use error::Error;
pub use feeds::FeedState;
pub use maintenance::{Hit, Pruned, Stats};
pub use memory::{Course, CourseArticle, OutletCount, Person, Said, Telling};
pub use rows::Damage;

/// How long a command waits for another command's transaction before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// Returns whether an error may mean that a file or its folder is not writable.
fn is_unwritable(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, ReadOnly};
    matches!(error.sqlite_error_code(), Some(ReadOnly | CannotOpen))
}

/// An open archive.
///
/// Queries that return several rows skip damaged rows and report them, in [`Found::damaged`] or by
/// [`Archive::skipped`].
///
/// # Errors
///
/// Every method that returns a `Result` fails with [`Error::Database`] if SQLite reports an error: for example, if the
/// disk is full, or if another process locks the archive for more than 30 seconds. The documentation of a method lists
/// any other errors.
#[derive(Debug)]
pub struct Archive {
    connection: Connection,
    path: PathBuf,
    /// The rows that could not be read.
    skipped: RefCell<BTreeSet<Damage>>,
}

impl Archive {
    fn new(connection: Connection, path: &Path) -> Self {
        Self { connection, path: path.to_owned(), skipped: RefCell::default() }
    }

    /// Opens an archive, creating it if it does not exist and upgrading it if it is older.
    ///
    /// # Errors
    ///
    /// Fails if the folder is missing or not writable, or if the file is not an archive of nutgraf, is damaged, or was
    /// written by a newer version.
    pub fn create(path: &Path) -> Result<Self, Error> {
        Self::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens an existing archive, upgrading it if it is older.
    ///
    /// # Errors
    ///
    /// Fails like [`Archive::create`], with [`Error::Missing`] if there is no file, and with [`Error::Empty`] if the
    /// file is empty.
    pub fn existing(path: &Path) -> Result<Self, Error> {
        must_exist(path)?;
        Self::open(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens an archive for reading, even one that can't be written to, such as an archive on a read-only disk.
    ///
    /// # Errors
    ///
    /// Fails like [`Archive::existing`], and with [`Error::Older`] if the archive needs an upgrade but can't be written
    /// to.
    pub fn reading(path: &Path) -> Result<Self, Error> {
        match Self::existing(path) {
            Err(Error::Database { source, .. }) if is_unwritable(&source) => {
                let connection = immutable(path)?;
                schema::refuse_older(&connection, path)?;
                Ok(Self::new(connection, path))
            }
            opened => opened,
        }
    }

    /// Copies an archive into a new file. The archive itself is not changed; in particular, an older one is not
    /// upgraded.
    ///
    /// # Errors
    ///
    /// Fails like [`Archive::existing`], and if the new file can't be written.
    pub fn copy(from: &Path, to: &Path) -> Result<(), Error> {
        must_exist(from)?;
        let at = |source| Error::open(from, source);
        let copied = |connection: &Connection| {
            connection.busy_timeout(PATIENCE).map_err(at)?;
            schema::refuse_foreign(connection, from)?;
            let copied = connection.execute("VACUUM INTO ?1", [to.to_string_lossy()]);
            copied.map(drop).map_err(at)
        };
        // A read-only connection leaves the log files behind. A writable one removes them, and writes nothing else if
        // the log is empty.
        let flags = if has_log(from) {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        } else {
            OpenFlags::SQLITE_OPEN_READ_WRITE
        };
        let connection = Connection::open_with_flags(from, flags).map_err(at)?;
        match copied(&connection) {
            // SQLite cannot create its lock files in a folder that is not writable.
            Err(Error::Database { source, .. }) if is_unwritable(&source) => {
                copied(&immutable(from)?)
            }
            done => done,
        }
    }

    fn open(path: &Path, flags: OpenFlags) -> Result<Self, Error> {
        let at = |source| Error::open(path, source);
        let mut connection = Connection::open_with_flags(path, flags).map_err(at)?;
        connection.busy_timeout(PATIENCE).map_err(at)?;
        schema::prepare(&connection).map_err(at)?;
        schema::upgrade(&mut connection, path)?;
        Ok(Self::new(connection, path))
    }

    /// Returns the path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Adds the path of the file to a database error.
    fn failed(&self, source: rusqlite::Error) -> Error {
        Error::Database { path: self.path.clone(), source }
    }
}

/// Returns whether a writer left changes in a log beside the file.
fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    Path::new(&log).metadata().is_ok_and(|file| 0 < file.len())
}

fn must_exist(path: &Path) -> Result<(), Error> {
    match path.metadata() {
        Err(_) => Err(Error::Missing { path: path.to_owned() }),
        Ok(file) if file.is_file() && file.len() == 0 => {
            Err(Error::Empty { path: path.to_owned() })
        }
        Ok(_) => Ok(()),
    }
}

/// Opens a file that is not writable, without locks and without a log.
fn immutable(path: &Path) -> Result<Connection, Error> {
    if has_log(path) {
        return Err(Error::Unfinished { path: path.to_owned() });
    }
    let mut name = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'%' | b'?' | b'#' | 0x80.. => name.push_str(&format!("%{byte:02X}")),
            _ => name.push(char::from(byte)),
        }
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let at = |source| Error::open(path, source);
    Connection::open_with_flags(format!("{name}?immutable=1"), flags).map_err(at)
}
