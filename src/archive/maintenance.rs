//! Inspecting an archive, and keeping it small and intact.

use rusqlite::params;
use serde::Serialize;

use crate::archive::{Archive, Error, articles, is_unwritable};
use crate::compression;

/// The size of an archive's contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// The number of articles.
    pub articles: i64,
    /// The number of earlier versions of articles whose text changed.
    pub earlier_versions: i64,
    /// The number of distinct outlets.
    pub sources: i64,
    /// The number of briefings sent.
    pub briefings: i64,
    /// The number of excerpts shown.
    pub shown: i64,
    /// When the oldest article arrived, in seconds since 1970.
    pub first_read: Option<i64>,
    /// When the newest article arrived or changed.
    pub last_changed: Option<i64>,
    /// The size of the file in bytes.
    pub bytes: i64,
}

/// An article found by a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The outlet.
    pub source: Option<String>,
    /// When it was published, as in the article.
    pub published: Option<String>,
    /// The address of the article.
    pub url: Option<String>,
    /// The words around the match; the match itself is between `[` and `]`.
    pub snippet: String,
}

/// The result of pruning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pruned {
    /// The number of articles removed.
    pub articles: usize,
    /// The number of pages removed from remaining articles.
    pub pages: usize,
}

/// The problems found by a check; empty if the archive is intact.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Check {
    /// One line for each problem.
    pub findings: Vec<String>,
    /// Checks that need a writable archive.
    pub unchecked: Vec<String>,
}

impl Archive {
    /// Counts the contents of the archive.
    pub fn stats(&self) -> Result<Stats, Error> {
        let sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM earlier_version), \
                   (SELECT count(DISTINCT source) FROM article), (SELECT count(*) FROM briefing), \
                   (SELECT count(*) FROM shown), (SELECT min(first_read) FROM article), \
                   (SELECT max(last_changed) FROM article), \
                   (SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size())";
        self.connection
            .query_row(sql, [], |row| {
                Ok(Stats {
                    articles: row.get(0)?,
                    earlier_versions: row.get(1)?,
                    sources: row.get(2)?,
                    briefings: row.get(3)?,
                    shown: row.get(4)?,
                    first_read: row.get(5)?,
                    last_changed: row.get(6)?,
                    bytes: row.get(7)?,
                })
            })
            .map_err(|source| self.failed(source))
    }

    /// Finds articles that contain all words of a query, the best first (BM25, the title counting five times).
    ///
    /// If more than two thousand articles match, only the two thousand newest are ranked: a word that occurs
    /// everywhere does not identify an old article, and ranking all would take seconds.
    ///
    /// A query consists of plain words and of phrases in quotation marks. It has no operators.
    pub fn search(&self, query: &str, limit: usize) -> Result<Vec<Hit>, Error> {
        let Some(expression) = expression(query) else { return Ok(Vec::new()) };
        let sql = "WITH late AS MATERIALIZED (\
                     SELECT rowid AS key, bm25(article_text, 5.0, 1.0) AS score FROM article_text \
                     WHERE article_text MATCH ?1 ORDER BY rowid DESC LIMIT 2000), \
                   best AS MATERIALIZED (\
                     SELECT key, score FROM late ORDER BY score, key DESC LIMIT ?2) \
                   SELECT id, article.title, source, published, url, \
                   snippet(article_text, 1, '[', ']', ' … ', 24) \
                   FROM best JOIN article_text ON article_text.rowid = best.key \
                   JOIN article ON article.key = best.key \
                   WHERE article_text MATCH ?1 ORDER BY score, best.key DESC";
        let read = || -> rusqlite::Result<Vec<Hit>> {
            self.connection
                .prepare_cached(sql)?
                .query_map(params![expression, limit as i64], |row| {
                    Ok(Hit {
                        id: row.get(0)?,
                        title: row.get(1)?,
                        source: row.get(2)?,
                        published: row.get(3)?,
                        url: row.get(4)?,
                        snippet: row.get(5)?,
                    })
                })?
                .collect()
        };
        read().map_err(|source| self.failed(source))
    }

    /// Removes the articles that last changed before `before` (seconds since 1970), except the excerpts shown in
    /// briefings, and with `pages` also the stored pages of the remaining articles. The file shrinks.
    pub fn prune(&mut self, before: i64, pages: bool) -> Result<Pruned, Error> {
        let pruned = self.write(|transaction| {
            let articles =
                transaction.execute("DELETE FROM article WHERE last_changed < ?1", [before])?;
            let pages = if pages { transaction.execute("DELETE FROM raw", [])? } else { 0 };
            Ok(Pruned { articles, pages })
        })?;
        self.connection
            .execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
            .map_err(|source| self.failed(source))?;
        Ok(pruned)
    }

    /// Returns when the newest of the articles that changed before a time changed.
    pub fn newest_before(&self, before: i64) -> Result<Option<i64>, Error> {
        let sql = "SELECT max(last_changed) FROM article WHERE last_changed < ?1";
        self.connection.query_row(sql, [before], |row| row.get(0)).map_err(|e| self.failed(e))
    }

    /// Looks for damage: the structure of the file, the word index, and every row, each text against its hash.
    pub fn check(&self) -> Check {
        type Look = fn(&Archive, &mut Check) -> rusqlite::Result<()>;
        let mut check = Check::default();
        let looks: [(&str, Look); 6] = [
            ("the structure of the file", Self::check_structure),
            ("the index of words", Self::check_index),
            ("the articles", Self::check_articles),
            ("the earlier versions", Self::check_versions),
            ("the pages", Self::check_pages),
            ("the briefings", Self::check_briefings),
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
            check.findings.push(format!("a row of {} points at nothing", table?));
        }
        Ok(())
    }

    /// FTS5 checks its index with a statement that counts as writing.
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

    fn check_articles(&self, check: &mut Check) -> rusqlite::Result<()> {
        match self.all() {
            Ok(found) => check.findings.extend(found.damaged.iter().map(ToString::to_string)),
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
                Err(error) => {
                    check.findings.push(format!("an earlier text cannot be read: {error}"));
                }
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
                let what: String = row.get(0)?;
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
        let mut statement = self
            .connection
            .prepare("SELECT key, generated, title, json FROM briefing ORDER BY key")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key: i64 = row.get(0)?;
            let read =
                row.get::<_, i64>(1).and(row.get::<_, String>(2)).and(row.get::<_, String>(3));
            let fault = match read {
                Ok(json) => serde_json::from_str::<serde::de::IgnoredAny>(&json)
                    .err()
                    .map(|e| e.to_string()),
                Err(error) => Some(error.to_string()),
            };
            check
                .findings
                .extend(fault.map(|f| format!("the record of briefing {key} is damaged: {f}")));
        }
        Ok(())
    }
}

/// The id, text and hash of a row.
fn texts(row: &rusqlite::Row<'_>) -> rusqlite::Result<(String, String, String)> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?))
}

/// A query as an FTS5 expression: every word and phrase is quoted, so that none is an operator.
fn expression(query: &str) -> Option<String> {
    let mut parts = Vec::new();
    for (n, piece) in query.split('"').enumerate() {
        let phrase = n % 2 == 1;
        let words: Vec<&str> = piece.split_whitespace().collect();
        if phrase && !words.is_empty() {
            parts.push(format!("\"{}\"", words.join(" ")));
        } else {
            parts.extend(words.iter().map(|w| format!("\"{w}\"")));
        }
    }
    parts.retain(|p| p.chars().any(char::is_alphanumeric));
    (!parts.is_empty()).then(|| parts.join(" "))
}
