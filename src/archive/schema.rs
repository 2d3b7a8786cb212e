//! The schema, and the steps that upgrade each version to the next.

use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use crate::archive::Error;

/// The SQLite application id that marks a file as an archive of nutgraf: the letters `nutg`.
const APPLICATION_ID: i64 = 0x6E75_7467;

/// The steps, oldest first: step `i` upgrades version `i` to `i + 1`. Never change a released step; add another.
const STEPS: &[&str] = &[
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
    include_str!("schema/6.sql"),
];

/// Sets the options of the connection, which are not stored in the file.
pub(super) fn prepare(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "trusted_schema", false)
}

/// Upgrades a file to the newest version, all steps in one transaction.
pub(super) fn upgrade(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let at = |source| Error::open(path, source);
    let known = STEPS.len() as i64;
    if version(connection, path)? < known {
        // The journal mode is a property of the file and can't be changed inside a transaction.
        connection.pragma_update(None, "journal_mode", "WAL").map_err(at)?;
        let transaction =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(at)?;
        // Another command may have upgraded the file while this one waited for the lock.
        let from = version(&transaction, path)?;
        for step in STEPS.iter().skip(usize::try_from(from).unwrap_or(0)) {
            transaction.execute_batch(step).map_err(at)?;
        }
        transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(at)?;
        transaction.pragma_update(None, "user_version", known).map_err(at)?;
        transaction.commit().map_err(at)?;
    }
    Ok(())
}

/// Rejects a file that would have to be upgraded.
pub(super) fn refuse_older(connection: &Connection, path: &Path) -> Result<(), Error> {
    let known = STEPS.len() as i64;
    match version(connection, path)? {
        found if found < known => Err(Error::Older { path: path.to_owned(), found, known }),
        _ => Ok(()),
    }
}

/// Rejects a file that is not an archive of nutgraf, or is too new.
pub(super) fn refuse_foreign(connection: &Connection, path: &Path) -> Result<(), Error> {
    version(connection, path).map(drop)
}

/// Returns the version of a file, or 0 if the file is empty; fails if it is not an archive of nutgraf or is too new.
fn version(connection: &Connection, path: &Path) -> Result<i64, Error> {
    let number = |name: &str| -> rusqlite::Result<i64> {
        connection.pragma_query_value(None, name, |row| row.get(0))
    };
    let at = |source| Error::open(path, source);
    let found = number("user_version").map_err(at)?;
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(at)?;
    if tables > 0 && number("application_id").map_err(at)? != APPLICATION_ID {
        return Err(Error::Foreign { path: path.to_owned() });
    }
    let known = STEPS.len() as i64;
    if found > known {
        return Err(Error::Newer { path: path.to_owned(), found, known });
    }
    Ok(found)
}
