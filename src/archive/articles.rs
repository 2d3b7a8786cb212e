//! Articles in the archive.

use rusqlite::types::Type;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::archive::{Archive, Error};
use crate::article::{Article, ArticleId, Block, BlockKind, Published};
use crate::language::Language;
use crate::span::Span;

/// An article on its way into the archive.
#[derive(Clone, Debug)]
pub struct Stored<'a> {
    /// The article.
    pub article: &'a Article,
    /// The bytes that it was read from, where they are at hand.
    pub raw: Option<&'a [u8]>,
    /// The feed that it came by.
    pub feed: Option<&'a str>,
}

/// What became of the articles that were put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Put {
    /// Not in the archive before.
    pub new: usize,
    /// In the archive with another text or title, which is kept as an earlier version.
    pub changed: usize,
    /// In the archive as they are.
    pub unchanged: usize,
}

/// A block as it is kept: kind, first byte, byte after the last.
#[derive(Serialize, Deserialize)]
struct BlockRecord(BlockKind, usize, usize);

const COLUMNS: &str =
    "id, origin, url, title, source, byline, published, place, lang, teaser, text, blocks";

/// The number of the last change; articles may be pruned, briefings stay.
const LAST_CHANGE: &str = "max(coalesce((SELECT max(change) FROM article), 0), \
                           coalesce((SELECT max(seen) FROM briefing), 0))";

impl Archive {
    /// Puts articles, read at `now` (seconds since 1970), in one transaction.
    ///
    /// An article is known by its id. Where its text or title changed, the earlier version is kept. A teaser never
    /// replaces the full text of the same article.
    pub fn put(&mut self, articles: &[Stored<'_>], now: i64) -> Result<Put, Error> {
        self.write(|transaction| {
            let mut put = Put::default();
            for stored in articles {
                put_one(transaction, stored, now, &mut put)?;
            }
            Ok(put)
        })
    }

    /// Returns the articles that came in or changed after `since`, up to and with `until`, in the order of their ids.
    pub fn changed_between(&self, since: i64, until: i64) -> Result<Vec<Article>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM article WHERE last_changed > ?1 AND last_changed <= ?2 ORDER BY id"
        );
        self.select(&sql, params![since, until])
    }

    /// Returns the articles that came in or changed after a [`mark`](Self::mark), in the order of their ids.
    pub fn changed_after(&self, mark: i64) -> Result<Vec<Article>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM article WHERE change > ?1 ORDER BY id");
        self.select(&sql, [mark])
    }

    /// Returns the number of the last change: whatever reaches the archive from now on has a higher one.
    pub fn mark(&self) -> Result<i64, Error> {
        self.connection
            .query_row(&format!("SELECT {LAST_CHANGE}"), [], |row| row.get(0))
            .map_err(|source| self.failed(source))
    }

    /// Returns what an article said before its text or title changed, the earliest first.
    pub fn earlier_texts(&self, id: &str) -> Result<Vec<String>, Error> {
        let sql = "SELECT earlier_version.text FROM earlier_version JOIN article ON article.key = earlier_version.article \
                   WHERE article.id = ?1 ORDER BY until, earlier_version.sha";
        let read = || -> rusqlite::Result<Vec<String>> {
            self.connection.prepare_cached(sql)?.query_map([id], |row| row.get(0))?.collect()
        };
        read().map_err(|source| self.failed(source))
    }

    /// Returns all articles in the order of their ids.
    pub fn all(&self) -> Result<Vec<Article>, Error> {
        self.select(&format!("SELECT {COLUMNS} FROM article ORDER BY id"), [])
    }

    /// Returns one article.
    pub fn get(&self, id: &str) -> Result<Option<Article>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM article WHERE id = ?1");
        self.connection
            .query_row(&sql, [id], article)
            .optional()
            .map_err(|source| self.failed(source))
    }

    /// Returns the feed that an article came by, where it came by one.
    pub fn feed_of(&self, id: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT feed FROM article WHERE id = ?1";
        let read =
            || self.connection.prepare_cached(sql)?.query_row([id], |row| row.get(0)).optional();
        read().map(Option::flatten).map_err(|source| self.failed(source))
    }

    /// Returns the bytes that an article was read from, where they were kept.
    pub fn raw(&self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT bytes FROM raw JOIN article ON article.key = raw.article WHERE id = ?1";
        let packed: Option<Vec<u8>> = self
            .connection
            .query_row(sql, [id], |row| row.get(0))
            .optional()
            .map_err(|source| self.failed(source))?;
        packed
            .map(|bytes| {
                zstd::decode_all(&*bytes).map_err(|error| Error::Damaged {
                    path: self.path.clone(),
                    what: format!("the page of article {id}"),
                    reason: error.to_string(),
                })
            })
            .transpose()
    }

    fn select(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Article>, Error> {
        let read = || -> rusqlite::Result<Vec<Article>> {
            self.connection.prepare_cached(sql)?.query_map(params, article)?.collect()
        };
        read().map_err(|source| self.failed(source))
    }
}

/// Returns the hash of a text that tells its versions apart.
pub(super) fn sha(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

fn put_one(
    transaction: &Transaction<'_>,
    stored: &Stored<'_>,
    now: i64,
    put: &mut Put,
) -> rusqlite::Result<()> {
    let article = stored.article;
    let sha = sha(&article.text);
    let known = transaction
        .prepare_cached("SELECT key, sha, title, teaser FROM article WHERE id = ?1")?
        .query_row([article.id.as_str()], |row| {
            Ok((
                row.get::<_, i64>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
                row.get::<_, bool>(3)?,
            ))
        })
        .optional()?;
    let key = match known {
        None => {
            put.new += 1;
            insert(transaction, stored, &sha, now)?
        }
        Some((_, known_sha, known_title, was_teaser))
            if (known_sha == sha && known_title == article.title)
                || (article.teaser && !was_teaser) =>
        {
            put.unchanged += 1;
            return Ok(());
        }
        Some((key, _, _, was_teaser)) => {
            put.changed += 1;
            if was_teaser && !article.teaser {
                // The page says in other words what the teaser said: that is no correction of it.
                transaction
                    .prepare_cached("UPDATE shown SET corrected = 1 WHERE article = ?1")?
                    .execute([article.id.as_str()])?;
            }
            update(transaction, key, stored, &sha, now)?;
            key
        }
    };
    if let Some(raw) = stored.raw {
        let packed = zstd::encode_all(raw, 0)
            .map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
        transaction
            .prepare_cached("INSERT OR REPLACE INTO raw (article, bytes) VALUES (?1, ?2)")?
            .execute(params![key, packed])?;
    }
    Ok(())
}

fn insert(
    transaction: &Transaction<'_>,
    stored: &Stored<'_>,
    sha: &str,
    now: i64,
) -> rusqlite::Result<i64> {
    let sql = format!(
        "INSERT INTO article ({COLUMNS}, sha, feed, first_read, last_changed, change) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?15, 1 + {LAST_CHANGE})"
    );
    let a = stored.article;
    transaction.prepare_cached(&sql)?.insert(params![
        a.id.as_str(),
        a.origin,
        a.url,
        a.title,
        a.source,
        a.byline,
        a.published.map(|p| p.to_string()),
        a.place,
        a.lang.code(),
        a.teaser,
        a.text,
        blocks_record(&a.blocks),
        sha,
        stored.feed,
        now,
    ])
}

fn update(
    transaction: &Transaction<'_>,
    key: i64,
    stored: &Stored<'_>,
    sha: &str,
    now: i64,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO earlier_version (article, sha, title, text, until) \
             SELECT key, sha, title, text, ?2 FROM article WHERE key = ?1",
        )?
        .execute(params![key, now])?;
    let a = stored.article;
    transaction
        .prepare_cached(&format!(
            "UPDATE article SET title = ?2, source = ?3, byline = ?4, published = ?5, place = ?6, lang = ?7, \
             teaser = ?8, text = ?9, blocks = ?10, sha = ?11, last_changed = ?12, \
             change = 1 + {LAST_CHANGE} WHERE key = ?1",
        ))?
        .execute(params![
            key,
            a.title,
            a.source,
            a.byline,
            a.published.map(|p| p.to_string()),
            a.place,
            a.lang.code(),
            a.teaser,
            a.text,
            blocks_record(&a.blocks),
            sha,
            now,
        ])?;
    Ok(())
}

fn blocks_record(blocks: &[Block]) -> String {
    let records: Vec<BlockRecord> =
        blocks.iter().map(|b| BlockRecord(b.kind, b.span.start(), b.span.end())).collect();
    // Kinds and numbers always serialize.
    serde_json::to_string(&records).unwrap_or_default()
}

/// Reads a row of [`COLUMNS`].
fn article(row: &Row<'_>) -> rusqlite::Result<Article> {
    let text: String = row.get(10)?;
    let record: String = row.get(11)?;
    let damaged =
        |reason: &str| rusqlite::Error::FromSqlConversionFailure(11, Type::Text, reason.into());
    let records: Vec<BlockRecord> =
        serde_json::from_str(&record).map_err(|e| damaged(&e.to_string()))?;
    let block = |BlockRecord(kind, start, end): BlockRecord| {
        let span = Span::new(start, end);
        span.get(&text).map(|_| Block { kind, span })
    };
    let blocks: Option<Vec<Block>> = records.into_iter().map(block).collect();
    Ok(Article {
        id: ArticleId::given(row.get::<_, String>(0)?),
        origin: row.get(1)?,
        url: row.get(2)?,
        title: row.get(3)?,
        source: row.get(4)?,
        byline: row.get(5)?,
        published: row.get::<_, Option<String>>(6)?.as_deref().and_then(Published::parse),
        place: row.get(7)?,
        lang: Language::parse(&row.get::<_, String>(8)?).unwrap_or_default(),
        teaser: row.get(9)?,
        blocks: blocks.ok_or_else(|| damaged("a block lies outside the text"))?,
        text,
        ..Article::default()
    })
}

impl Archive {
    /// Runs a change as one transaction.
    pub(super) fn write<T>(
        &mut self,
        change: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let run = |connection: &mut rusqlite::Connection| {
            let transaction =
                connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
            let result = change(&transaction)?;
            transaction.commit()?;
            Ok(result)
        };
        run(&mut self.connection)
            .map_err(|source| Error::Database { path: self.path.clone(), source })
    }
}
