//! Deliveries in the archive: a record for each briefing and output.
//!
//! A briefing is recorded together with its outputs before it is sent to any of them. If a run is killed or an output
//! fails, the delivery stays pending, and the next run completes it without sending the briefing again to outputs that
//! already have it. Only the name of an output and the names of the parts that it received are stored, never the
//! output's address.
//!
//! If all deliveries of a briefing are given up and no output received any part of it, its stories count as new again:
//! the articles that this briefing was the first to report get a new change number, as if they had just arrived.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension as _, Row, Transaction, params};

use crate::archive::articles::LAST_CHANGE;
use crate::archive::rows::lossy;
use crate::archive::{Archive, Error};
use crate::briefing::Briefing;

/// A pending delivery: a briefing that an output has not received completely.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// The key of the briefing; later briefings have greater keys.
    pub briefing: i64,
    /// The name of the output.
    pub output: String,
    /// When the briefing was made, in seconds since 1970.
    pub generated: i64,
}

impl Archive {
    /// Returns the pending deliveries, those of the oldest briefing first.
    pub fn waiting(&self) -> Result<Vec<Waiting>, Error> {
        let sql = "SELECT delivery.briefing, output, generated FROM delivery \
                   JOIN briefing ON briefing.key = delivery.briefing \
                   WHERE done IS NULL ORDER BY delivery.briefing, output";
        let name = |row: &Row<'_>| format!("a delivery of briefing {}", lossy(row, 0));
        self.rows(sql, [], name, |row| {
            Ok(Waiting { briefing: row.get(0)?, output: row.get(1)?, generated: row.get(2)? })
        })
    }

    /// Returns a briefing by its key, as published JSON.
    pub fn briefing(&self, key: i64) -> Result<Option<String>, Error> {
        let sql = "SELECT json FROM briefing WHERE key = ?1";
        let read =
            || self.connection.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional();
        read().map_err(|source| self.failed(source))
    }

    /// Returns the times of up to `limit` of the briefings before a given one, newest first.
    pub fn generated_before(&self, key: i64, limit: usize) -> Result<Vec<i64>, Error> {
        let sql = "SELECT generated FROM briefing WHERE key < ?1 ORDER BY key DESC LIMIT ?2";
        let of = params![key, limit as i64];
        self.rows(sql, of, |_| "a briefing".to_owned(), |row| row.get(0))
    }

    /// Returns the parts of a briefing that an output has received.
    pub fn arrived(&self, waiting: &Waiting) -> Result<BTreeSet<String>, Error> {
        let sql = "SELECT part FROM arrived WHERE briefing = ?1 AND output = ?2";
        let name = |_: &Row<'_>| format!("a part of briefing {}", waiting.briefing);
        let of = params![waiting.briefing, waiting.output];
        Ok(self.rows(sql, of, name, |row| row.get(0))?.into_iter().collect())
    }

    /// Records the parts of a briefing that an output has received.
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

    /// Ends a delivery whose parts have all arrived.
    pub fn end_delivery(&mut self, waiting: &Waiting, now: i64) -> Result<(), Error> {
        self.write(|transaction| end(transaction, waiting, now))
    }

    /// Gives up a delivery. Returns whether that was the briefing's last delivery and no output received any part of
    /// it; if so, its stories count as new again.
    pub fn give_up_delivery(&mut self, waiting: &Waiting, now: i64) -> Result<bool, Error> {
        self.write(|transaction| {
            let of = params![waiting.briefing, waiting.output];
            let sql = "SELECT count(*) FROM arrived WHERE briefing = ?1 AND output = ?2";
            let n_arrived: i64 = transaction.query_row(sql, of, |row| row.get(0))?;
            if 0 < n_arrived {
                end(transaction, waiting, now)?;
                return Ok(false);
            }
            transaction.execute("DELETE FROM delivery WHERE briefing = ?1 AND output = ?2", of)?;
            let sql = "SELECT count(*) FROM delivery WHERE briefing = ?1";
            let n_others: i64 = transaction.query_row(sql, [waiting.briefing], |row| row.get(0))?;
            if n_others == 0 {
                take_back(transaction, waiting.briefing)?;
            }
            Ok(n_others == 0)
        })
    }
}

fn end(transaction: &Transaction<'_>, waiting: &Waiting, now: i64) -> rusqlite::Result<()> {
    let of = params![waiting.briefing, waiting.output, now];
    transaction.execute("UPDATE delivery SET done = ?3 WHERE briefing = ?1 AND output = ?2", of)?;
    let of = params![waiting.briefing, waiting.output];
    transaction.execute("DELETE FROM arrived WHERE briefing = ?1 AND output = ?2", of)?;
    Ok(())
}

/// Makes the stories of a briefing count as new again. The period that the briefing covered remains covered: the next
/// briefing starts at the end of that period.
fn take_back(transaction: &Transaction<'_>, briefing: i64) -> rusqlite::Result<()> {
    // An article that an earlier briefing reported does not become new because a later briefing was lost.
    let sql = format!(
        "UPDATE article SET change = 1 + {LAST_CHANGE} WHERE id IN (SELECT article FROM told WHERE briefing = ?1) \
         AND id NOT IN (SELECT article FROM told WHERE briefing < ?1)"
    );
    transaction.execute(&sql, [briefing])?;
    transaction.execute("DELETE FROM told WHERE briefing = ?1", [briefing])?;
    transaction.execute("DELETE FROM shown WHERE briefing = ?1", [briefing])?;
    let sql = "SELECT json FROM briefing WHERE key = ?1";
    let json = transaction.query_row(sql, [briefing], |row| Ok(lossy(row, 0))).optional()?;
    let briefing = json.and_then(|json| serde_json::from_str::<Briefing>(&json).ok());
    for correction in briefing.iter().flat_map(|briefing| &briefing.corrections) {
        let sql = "UPDATE shown SET corrected = 0 WHERE article = ?1 AND text = ?2";
        transaction.execute(sql, params![correction.article, correction.shown])?;
    }
    Ok(())
}
