//! Counting, searching and pruning an archive.

use rusqlite::{Row, params};
use serde::Serialize;

use crate::archive::rows::lossy;
use crate::archive::{Archive, Error};

/// Statistics about the contents of an archive.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// The number of articles.
    pub articles: i64,
    /// The number of earlier versions of articles whose text or title changed.
    pub earlier_versions: i64,
    /// The number of distinct outlets, not counting the unknown ones.
    pub sources: i64,
    /// The number of recorded briefings.
    pub briefings: i64,
    /// The number of excerpts shown in briefings.
    pub shown: i64,
    /// When the first of the articles arrived, in seconds since 1970.
    pub first_read: Option<i64>,
    /// When an article last arrived or changed.
    pub last_changed: Option<i64>,
    /// The size of the file in bytes.
    pub bytes: i64,
}

/// An article found by a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Hit {
    /// The id of the article.
    pub id: String,
    /// The title of the article.
    pub title: String,
    /// The outlet of the article.
    pub source: Option<String>,
    /// The date of publication, as an RFC 3339 timestamp or a day.
    pub published: Option<String>,
    /// The address of the article.
    pub url: Option<String>,
    /// A passage of the text, with the matching words between `[` and `]`.
    pub snippet: String,
}

/// The result of pruning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pruned {
    /// The number of articles removed.
    pub articles: usize,
    /// The number of pages removed from the remaining articles.
    pub pages: usize,
}

impl Archive {
    /// Returns statistics about the contents of the archive.
    pub fn stats(&self) -> Result<Stats, Error> {
        let named = self.outlets()?.iter().filter(|outlet| !outlet.names.is_empty()).count();
        let sources = i64::try_from(named).unwrap_or(i64::MAX);
        let sql = "SELECT (SELECT count(*) FROM article), (SELECT count(*) FROM earlier_version), \
                   (SELECT count(*) FROM briefing), \
                   (SELECT count(*) FROM shown), (SELECT min(first_read) FROM article), \
                   (SELECT max(last_changed) FROM article), \
                   (SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size())";
        self.connection
            .query_row(sql, [], |row| {
                Ok(Stats {
                    articles: row.get(0)?,
                    earlier_versions: row.get(1)?,
                    sources,
                    briefings: row.get(2)?,
                    shown: row.get(3)?,
                    first_read: row.get(4)?,
                    last_changed: row.get(5)?,
                    bytes: row.get(6)?,
                })
            })
            .map_err(|source| self.failed(source))
    }

    /// Finds up to `limit` articles that contain all words of a query, the best match first (BM25 with a weight of five
    /// for the title).
    ///
    /// If more than two thousand articles match, only the two thousand that were stored last are ranked: a common word
    /// does not help to find an old article, and ranking all matches would take seconds.
    ///
    /// A query consists of plain words and of phrases in quotation marks. There are no operators.
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
        let name = |row: &Row<'_>| format!("article {}", lossy(row, 0));
        self.rows(sql, params![expression, limit as i64], name, |row| {
            Ok(Hit {
                id: row.get(0)?,
                title: row.get(1)?,
                source: row.get(2)?,
                published: row.get(3)?,
                url: row.get(4)?,
                snippet: row.get(5)?,
            })
        })
    }

    /// Removes the articles that last changed before `before` (seconds since 1970) and, if `pages` is set, the stored
    /// pages of the remaining articles. The excerpts shown in briefings are kept. The file is compacted.
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

    /// Returns the time of the most recent article change before `before`; only the last change of each article counts.
    pub fn newest_before(&self, before: i64) -> Result<Option<i64>, Error> {
        let sql = "SELECT max(last_changed) FROM article WHERE last_changed < ?1";
        self.connection.query_row(sql, [before], |row| row.get(0)).map_err(|e| self.failed(e))
    }
}

/// Converts a query to an FTS5 expression: every word and phrase is quoted, so that none is read as an operator.
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
