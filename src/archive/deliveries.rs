//! Deliveries in the archive: each output has its own record of the briefings that it was sent.
//!
//! A briefing is recorded together with its outputs before it is sent to any of them. So a run that is killed, or an
//! output that fails, leaves a pending delivery, which the next run completes; outputs that the briefing has reached
//! are not sent it again. Only the name of an output and the parts that arrived are stored, never an address.

use std::collections::BTreeSet;
use std::path::Path;

use rusqlite::{OptionalExtension as _, params};

use crate::archive::{Archive, Error};

/// A briefing that has not reached an output.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// The key of the briefing: a later briefing has a greater one.
    pub briefing: i64,
    /// The name of the output.
    pub output: String,
    /// When the briefing was made, in seconds since 1970.
    pub generated: i64,
}

impl Archive {
    /// Returns the pending deliveries, the earliest briefing first.
    pub fn waiting(&self) -> Result<Vec<Waiting>, Error> {
        let sql = "SELECT delivery.briefing, output, generated FROM delivery \
                   JOIN briefing ON briefing.key = delivery.briefing \
                   WHERE done IS NULL ORDER BY delivery.briefing, output";
        let read = || -> rusqlite::Result<Vec<Waiting>> {
            self.connection
                .prepare_cached(sql)?
                .query_map([], |row| {
                    Ok(Waiting {
                        briefing: row.get(0)?,
                        output: row.get(1)?,
                        generated: row.get(2)?,
                    })
                })?
                .collect()
        };
        read().map_err(|source| self.failed(source))
    }

    /// Returns a briefing by its key, as published JSON.
    pub fn briefing(&self, key: i64) -> Result<Option<String>, Error> {
        let sql = "SELECT json FROM briefing WHERE key = ?1";
        let read =
            || self.connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional();
        read().map_err(|source| self.failed(source))
    }

    /// Returns the times of the briefings before a given one, newest first and at most `limit`.
    pub fn generated_before(&self, key: i64, limit: usize) -> Result<Vec<i64>, Error> {
        let sql = "SELECT generated FROM briefing WHERE key < ?1 ORDER BY key DESC LIMIT ?2";
        let read = || -> rusqlite::Result<Vec<i64>> {
            self.connection
                .prepare_cached(sql)?
                .query_map(params![key, limit as i64], |row| row.get(0))?
                .collect()
        };
        read().map_err(|source| self.failed(source))
    }

    /// Returns the parts of a briefing that an output has received.
    pub fn arrived(&self, waiting: &Waiting) -> Result<BTreeSet<String>, Error> {
        let sql = "SELECT part FROM arrived WHERE briefing = ?1 AND output = ?2";
        let read = || -> rusqlite::Result<BTreeSet<String>> {
            self.connection
                .prepare_cached(sql)?
                .query_map(params![waiting.briefing, waiting.output], |row| row.get(0))?
                .collect()
        };
        read().map_err(|source| self.failed(source))
    }

    /// Records that parts of a briefing arrived.
    pub fn note_arrived(&mut self, waiting: &Waiting, parts: &[String]) -> Result<(), Error> {
        self.write(|transaction| {
            let sql = "INSERT OR IGNORE INTO arrived (briefing, output, part) VALUES (?1, ?2, ?3)";
            for part in parts {
                transaction.prepare_cached(sql)?.execute(params![
                    waiting.briefing,
                    waiting.output,
                    part
                ])?;
            }
            Ok(())
        })
    }

    /// Ends a delivery: either all of it arrived, or it was given up.
    pub fn end_delivery(&mut self, waiting: &Waiting, now: i64) -> Result<(), Error> {
        self.write(|transaction| {
            let of = params![waiting.briefing, waiting.output, now];
            transaction
                .execute("UPDATE delivery SET done = ?3 WHERE briefing = ?1 AND output = ?2", of)?;
            let of = params![waiting.briefing, waiting.output];
            transaction.execute("DELETE FROM arrived WHERE briefing = ?1 AND output = ?2", of)?;
            Ok(())
        })
    }

    /// Writes a copy of the archive into a new file.
    pub fn copy_to(&self, path: &Path) -> Result<(), Error> {
        self.connection
            .execute("VACUUM INTO ?1", [path.to_string_lossy()])
            .map(drop)
            .map_err(|source| self.failed(source))
    }
}
