//! Reads rows one by one: a row that cannot be read is skipped and reported, and the others are not affected.
//!
//! Known limit: damage to the structure of the file, rather than to the content of a row, makes the whole query fail.

use rusqlite::Row;
use rusqlite::types::ValueRef;

use crate::archive::{Archive, Error};

/// A row that can't be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Damage {
    /// The name of the record, such as `article a`.
    pub record: String,
    /// The reason.
    pub reason: String,
}

impl std::fmt::Display for Damage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "the record of {} is damaged: {}", self.record, self.reason)
    }
}

impl Archive {
    /// Returns the rows that were skipped since the archive was opened, without duplicates.
    pub fn skipped(&self) -> Vec<Damage> {
        self.skipped.borrow().iter().cloned().collect()
    }

    /// Records a row that was skipped.
    pub(super) fn skip(&self, record: String, reason: String) {
        self.skipped.borrow_mut().insert(Damage { record, reason });
    }

    /// Returns the rows of a query. Damaged rows are skipped and recorded under the names returned by `name`.
    pub(super) fn rows<T>(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
        name: impl Fn(&Row<'_>) -> String,
        read: impl Fn(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, Error> {
        let all = || -> rusqlite::Result<Vec<T>> {
            let mut statement = self.connection.prepare_cached(sql)?;
            let mut rows = statement.query(params)?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                match read(row) {
                    Ok(value) => found.push(value),
                    Err(error) => {
                        let Some(reason) = damage(&error) else { return Err(error) };
                        self.skip(name(row), reason);
                    }
                }
            }
            Ok(found)
        };
        all().map_err(|source| self.failed(source))
    }
}

/// Returns the description of an error if it concerns a single row rather than the whole file.
pub(super) fn damage(error: &rusqlite::Error) -> Option<String> {
    use rusqlite::Error::{
        FromSqlConversionFailure, IntegralValueOutOfRange, InvalidColumnType, SqliteFailure,
        Utf8Error,
    };
    match error {
        FromSqlConversionFailure(_, _, reason) => Some(reason.to_string()),
        InvalidColumnType(..) | IntegralValueOutOfRange(..) | Utf8Error(..) => {
            Some(error.to_string())
        }
        SqliteFailure(code, _) if code.code == rusqlite::ErrorCode::DatabaseCorrupt => {
            Some(error.to_string())
        }
        _ => None,
    }
}

/// Returns a column as text, whatever its type, to name a record in a message.
pub(super) fn lossy(row: &Row<'_>, column: usize) -> String {
    match row.get_ref(column) {
        Ok(ValueRef::Text(bytes) | ValueRef::Blob(bytes)) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        Ok(ValueRef::Integer(number)) => number.to_string(),
        Ok(ValueRef::Real(number)) => number.to_string(),
        Ok(ValueRef::Null) | Err(_) => "?".to_owned(),
    }
}
