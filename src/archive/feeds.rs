//! The fetch state of each address, for conditional requests and for pauses after failures.

use rusqlite::params;

use crate::archive::{Archive, Error};
use crate::compression;

/// The fetch state of one address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedState {
    /// The entity tag of the last successful response; `None` if it has none or if the next request must be
    /// unconditional.
    pub etag: Option<String>,
    /// The `Last-Modified` header of the last successful response, verbatim; `None` in the same cases as `etag`.
    pub last_modified: Option<String>,
    /// The target of a permanent redirect.
    pub moved_to: Option<String>,
    /// The earliest time for the next request, in seconds since 1970.
    pub not_before: Option<i64>,
    /// The number of consecutive failures.
    pub failures: u32,
    /// The time of the last request, in seconds since 1970.
    pub checked: i64,
    /// The body of the last successful response, if it was kept.
    pub body: Option<Vec<u8>>,
}

impl Archive {
    /// Returns the fetch state of an address, or `None` if there is none or it cannot be read; the address is then
    /// requested as if for the first time.
    pub fn feed_state(&self, url: &str) -> Result<Option<FeedState>, Error> {
        let sql = "SELECT etag, last_modified, moved_to, not_before, failures, checked, body FROM fetched WHERE url = ?1";
        let name = || format!("the last answer of {url}");
        let states = self.rows(
            sql,
            [url],
            |_| name(),
            |row| {
                Ok(FeedState {
                    etag: row.get(0)?,
                    last_modified: row.get(1)?,
                    moved_to: row.get(2)?,
                    not_before: row.get(3)?,
                    failures: row.get(4)?,
                    checked: row.get(5)?,
                    body: row.get(6)?,
                })
            },
        )?;
        let Some(mut state) = states.into_iter().next() else { return Ok(None) };
        match state.body.as_deref().map(compression::decompressed).transpose() {
            Ok(body) => state.body = body,
            Err(error) => {
                self.skip(name(), error.to_string());
                return Ok(None);
            }
        }
        Ok(Some(state))
    }

    /// Stores the fetch state of an address.
    pub fn set_feed_state(&mut self, url: &str, state: &FeedState) -> Result<(), Error> {
        self.write(|transaction| {
            let packed = state
                .body
                .as_deref()
                .map(compression::compress)
                .transpose()
                .map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO fetched \
                     (url, etag, last_modified, moved_to, not_before, failures, checked, body) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                )?
                .execute(params![
                    url,
                    state.etag,
                    state.last_modified,
                    state.moved_to,
                    state.not_before,
                    state.failures,
                    state.checked,
                    packed,
                ])?;
            Ok(())
        })
    }
}
