//! Checks an archive for damage: the structure of the file, the word index, and every row of every table.
//!
//! Each text must be UTF-8, the text of each article and of each earlier version must match its hash, each compressed
//! page or feed must decompress, and each JSON record must be readable by the code that uses it.
//!
//! Known limit: damage that leaves a row well-formed is found only in the texts of articles and of their earlier
//! versions, because only these texts have a hash.

use rusqlite::Row;
use rusqlite::types::ValueRef;
use serde::Serialize;

use crate::archive::rows::{damage, lossy};
use crate::archive::{Archive, Error, articles, is_unwritable, memory};
use crate::briefing::Briefing;
use crate::compression;

/// The tables, each with the column that names a row in a message.
const TABLES: [(&str, &str); 12] = [
    ("article", "id"),
    ("earlier_version", "article"),
    ("raw", "article"),
    ("briefing", "key"),
    ("told", "article"),
    ("shown", "article"),
    ("fetched", "url"),
    ("delivery", "briefing"),
    ("arrived", "briefing"),
    ("speaker", "key"),
    ("speaker_word", "speaker"),
    ("quote", "article"),
];

/// The result of a check; there are no findings if the archive is intact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Check {
    /// One line for each problem.
    pub findings: Vec<String>,
    /// The checks that were skipped because they need a writable archive.
    pub unchecked: Vec<String>,
}

impl Archive {
    /// Checks the structure of the file, the word index, and every row, and compares the texts of articles with their
    /// hashes.
    pub fn check(&self) -> Check {
        type Look = fn(&Archive, &mut Check) -> rusqlite::Result<()>;
        let mut check = Check::default();
        let looks: [(&str, Look); 9] = [
            ("the structure of the file", Self::check_structure),
            ("the index of words", Self::check_index),
            ("the rows", Self::check_texts),
            ("the articles", Self::check_articles),
            ("the earlier versions", Self::check_versions),
            ("the pages", Self::check_pages),
            ("the briefings", Self::check_briefings),
            ("the excerpts shown", Self::check_excerpts),
            ("the quotations", Self::check_quotations),
        ];
        for (what, look) in looks {
            if let Err(error) = look(self, &mut check) {
                check.findings.push(format!("{what} cannot be read to the end: {error}"));
            }
        }
        check
    }

    fn check_structure(&self, check: &mut Check) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare("PRAGMA integrity_check")?;
        for line in statement.query_map([], |row| row.get::<_, String>(0))? {
            let line = line?;
            if line != "ok" {
                check.findings.push(line);
            }
        }
        let mut statement = self.connection.prepare("PRAGMA foreign_key_check")?;
        for table in statement.query_map([], |row| row.get::<_, String>(0))? {
            check.findings.push(format!("a row of {} refers to a missing row", table?));
        }
        Ok(())
    }

    /// Checks the word index. The statement that makes FTS5 check its index counts as a write.
    #[expect(clippy::unnecessary_wraps, reason = "all checks have one signature")]
    fn check_index(&self, check: &mut Check) -> rusqlite::Result<()> {
        let sql = "INSERT INTO article_text (article_text, rank) VALUES ('integrity-check', 1)";
        match self.connection.execute(sql, []) {
            Ok(_) => {}
            Err(error) if is_unwritable(&error) => {
                check.unchecked.push("the index of words".to_owned());
            }
            Err(error) => check
                .findings
                .push(format!("the index of words does not fit the articles: {error}")),
        }
        Ok(())
    }

    /// Checks that every text column of every row is UTF-8; a row with invalid UTF-8 cannot be read.
    fn check_texts(&self, check: &mut Check) -> rusqlite::Result<()> {
        for (table, named_by) in TABLES {
            let mut statement = self.connection.prepare(&format!("SELECT * FROM {table}"))?;
            let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let name = columns.iter().position(|column| column == named_by).unwrap_or(0);
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                for (column, called) in columns.iter().enumerate() {
                    if let ValueRef::Text(bytes) = row.get_ref(column)?
                        && let Err(error) = std::str::from_utf8(bytes)
                    {
                        check.findings.push(format!(
                            "the record of {table} {} is damaged: its {called} is not text: {error}",
                            lossy(row, name)
                        ));
                    }
                }
            }
        }
        Ok(())
    }

    fn check_articles(&self, check: &mut Check) -> rusqlite::Result<()> {
        match self.all() {
            Ok(found) => {
                for damage in found.damaged {
                    let record = format!("the record of {} is damaged", damage.record);
                    if !check.findings.iter().any(|known| known.starts_with(&record)) {
                        check.findings.push(damage.to_string());
                    }
                }
            }
            Err(Error::Database { source, .. }) => return Err(source),
            Err(error) => check.findings.push(error.to_string()),
        }
        let mut statement =
            self.connection.prepare("SELECT id, text, sha FROM article ORDER BY id")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let Ok((id, text, sha)) = texts(row) else { continue };
            if articles::sha(&text) != sha {
                check.findings.push(format!("the text of article {id} is not what was stored"));
            }
        }
        Ok(())
    }

    fn check_versions(&self, check: &mut Check) -> rusqlite::Result<()> {
        let sql = "SELECT article.id, earlier_version.text, earlier_version.sha FROM earlier_version \
                   JOIN article ON article.key = earlier_version.article ORDER BY article.id, until";
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            match texts(row) {
                Ok((_, text, sha)) if articles::sha(&text) == sha => {}
                Ok((id, ..)) => check
                    .findings
                    .push(format!("an earlier text of article {id} is not what was stored")),
                // Already reported by `check_texts`.
                Err(error) if damage(&error).is_some() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn check_pages(&self, check: &mut Check) -> rusqlite::Result<()> {
        let pages = "SELECT 'the page of article ' || id, bytes FROM raw \
                     JOIN article ON article.key = raw.article ORDER BY id";
        let feeds = "SELECT 'the last answer of ' || url, body FROM fetched \
                     WHERE body IS NOT NULL ORDER BY url";
        for sql in [pages, feeds] {
            let mut statement = self.connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let what = lossy(row, 0);
                let packed = row.get_ref(1)?.as_bytes().unwrap_or_default();
                let unpacked =
                    std::io::copy(&mut compression::decompress(packed), &mut std::io::sink());
                if let Err(error) = unpacked {
                    check.findings.push(format!("{what} cannot be unpacked: {error}"));
                }
            }
        }
        Ok(())
    }

    fn check_briefings(&self, check: &mut Check) -> rusqlite::Result<()> {
        let sql = "SELECT key, json FROM briefing ORDER BY key";
        self.check_records(check, sql, "briefing", |row| {
            let json: String = row.get(1)?;
            Ok(serde_json::from_str::<Briefing>(&json).err().map(|error| error.to_string()))
        })
    }

    fn check_excerpts(&self, check: &mut Check) -> rusqlite::Result<()> {
        let sql = "SELECT article, start, \"end\" FROM shown ORDER BY rowid";
        self.check_records(check, sql, "an excerpt shown of article", |row| {
            let (start, end): (i64, i64) = (row.get(1)?, row.get(2)?);
            let is_range = 0 <= start && start <= end;
            Ok((!is_range).then(|| format!("{start} to {end} is not a range")))
        })
    }

    fn check_quotations(&self, check: &mut Check) -> rusqlite::Result<()> {
        let sql = "SELECT article, parts FROM quote ORDER BY key";
        self.check_records(check, sql, "a quotation of article", |row| {
            memory::excerpts(&row.get::<_, String>(1)?, "").map(|_| None)
        })
    }

    /// Reads the rows of a query and reports the faulty ones; the first column names the row.
    fn check_records(
        &self,
        check: &mut Check,
        sql: &str,
        what: &str,
        fault: impl Fn(&Row<'_>) -> rusqlite::Result<Option<String>>,
    ) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let fault = match fault(row) {
                Ok(fault) => fault,
                Err(error) => Some(damage(&error).ok_or(error)?),
            };
            let name = || lossy(row, 0);
            check.findings.extend(
                fault.map(|fault| format!("the record of {what} {} is damaged: {fault}", name())),
            );
        }
        Ok(())
    }
}

/// Returns the id, text and hash of a row.
fn texts(row: &Row<'_>) -> rusqlite::Result<(String, String, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}
