//! Articles in the archive.

use rusqlite::types::Type;
use rusqlite::{OptionalExtension as _, Row, Transaction, params};
use serde::{Deserialize, Serialize};

use crate::archive::rows::{Damage, damage, lossy};
use crate::archive::{Archive, Error};
use crate::article::{Article, ArticleId, Block, BlockKind, Extent, Published};
use crate::compression;
use crate::language::Language;
use crate::span::Span;
use crate::warning::Warning;

/// An article to store, with its origin.
#[derive(Clone, Debug)]
pub struct Stored<'a> {
    /// The article.
    pub article: &'a Article,
    /// The bytes from which the article was read, if they are available.
    pub raw: Option<&'a [u8]>,
    /// The feed from which the article came.
    pub feed: Option<&'a str>,
    /// The authority of its text.
    pub authority: Authority,
}

/// How authoritative the text of an article is, in ascending order. Of two texts for the same address, the archive
/// first prefers any text to a [`Foreign`](Self::Foreign) one, then a full text to a teaser, and only then the more
/// authoritative text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Authority {
    /// The text comes from a feed that does not belong to the site of the address.
    Foreign,
    /// The text comes from the page at the address, or from an input of unknown origin.
    #[default]
    Page,
    /// The text comes from a feed of the site to which the address belongs, or from the page to which an entry of that
    /// feed links.
    Own,
}

impl Authority {
    fn from_number(number: i64) -> Self {
        match number {
            ..=0 => Self::Foreign,
            1 => Self::Page,
            2.. => Self::Own,
        }
    }
}

/// Two texts for the same address, only one of which was kept.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Conflict {
    /// The address of the article, or its id if it has no address.
    pub article: String,
    /// The feed whose text was kept, or `an import` if it came from no feed.
    pub kept: String,
    /// The feed whose text was rejected, or `an import` if it came from no feed.
    pub refused: String,
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { article, kept, refused } = self;
        write!(f, "{article}: {refused} has another text for it than {kept}, which was kept")
    }
}

/// The result of storing articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Put {
    /// The number of articles that were not yet in the archive.
    pub new: usize,
    /// The number of articles in the archive whose text or title was replaced.
    pub changed: usize,
    /// The number of articles in the archive that kept their text and title, because the new ones were the same or were
    /// rejected.
    pub unchanged: usize,
    /// The texts that were rejected or replaced because another feed has a better claim to the address, except teasers
    /// and excerpts of the text that was kept.
    pub conflicts: Vec<Conflict>,
}

impl Put {
    /// Adds the result of storing further articles.
    pub fn add(&mut self, more: Self) {
        self.new += more.new;
        self.changed += more.changed;
        self.unchanged += more.unchanged;
        self.conflicts.extend(more.conflicts);
    }
}

/// Articles that were looked up, and the rows that could not be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// The articles.
    pub articles: Vec<Article>,
    /// The rows that could not be read; the other rows are unaffected.
    pub damaged: Vec<Damage>,
}

/// A block as stored: its kind, the offset of its first byte, and the offset after its last byte.
#[derive(Serialize, Deserialize)]
struct BlockRecord(BlockKind, usize, usize);

const COLUMNS: &str = "id, origin, url, title, source, byline, published, place, lang, teaser, text, blocks, extent, section";

/// The SQL expression for the number of the last change. It also considers the numbers in briefings, because pruning
/// removes articles, with their numbers, but not briefings.
pub(super) const LAST_CHANGE: &str = "max(coalesce((SELECT max(change) FROM article), 0), \
                           coalesce((SELECT max(seen) FROM briefing), 0))";

impl Archive {
    /// Stores articles that were read at `now` (seconds since 1970), in one transaction.
    ///
    /// An article is identified by its id. If its text or title changed, the earlier version is kept, unless text from
    /// the site itself replaces text from elsewhere. A teaser replaces the full text of an article only if it is from
    /// the site itself and the full text is not, and no text replaces one with a better claim to the address
    /// ([`Authority`]; if two feeds have equal claims, the one whose address sorts first wins, unless it has not been
    /// fetched for two days). The stored content therefore does not depend on which feed responds first.
    pub fn put(&mut self, articles: &[Stored<'_>], now: i64) -> Result<Put, Error> {
        self.write(|transaction| {
            let mut put = Put::default();
            for stored in articles {
                put_one(transaction, stored, now, &mut put)?;
            }
            Ok(put)
        })
    }

    /// Returns the articles that last arrived or changed after `since`, up to and including `until`, sorted by id.
    pub fn changed_between(&self, since: i64, until: i64) -> Result<Found, Error> {
        let sql =
            "SELECT key FROM article WHERE last_changed > ?1 AND last_changed <= ?2 ORDER BY id";
        self.select(sql, params![since, until])
    }

    /// Returns the number of articles that last arrived or changed at or before a time.
    pub fn n_changed_until(&self, until: i64) -> Result<i64, Error> {
        let sql = "SELECT count(*) FROM article WHERE last_changed <= ?1";
        self.connection.query_row(sql, [until], |row| row.get(0)).map_err(|e| self.failed(e))
    }

    /// Returns the articles that arrived or changed after a [`mark`](Self::mark), sorted by id.
    pub fn changed_after(&self, mark: i64) -> Result<Found, Error> {
        self.select("SELECT key FROM article WHERE change > ?1 ORDER BY id", [mark])
    }

    /// Returns the number of the last change; later changes get higher numbers.
    pub fn mark(&self) -> Result<i64, Error> {
        self.connection
            .query_row(&format!("SELECT {LAST_CHANGE}"), [], |row| row.get(0))
            .map_err(|source| self.failed(source))
    }

    /// Returns the texts of the earlier versions of an article, oldest first.
    pub fn earlier_texts(&self, id: &str) -> Result<Vec<String>, Error> {
        let sql = "SELECT earlier_version.text FROM earlier_version JOIN article ON article.key = earlier_version.article \
                   WHERE article.id = ?1 ORDER BY until, earlier_version.sha";
        self.rows(sql, [id], |_| format!("an earlier version of article {id}"), |row| row.get(0))
    }

    /// Returns all articles, sorted by id.
    pub fn all(&self) -> Result<Found, Error> {
        self.select("SELECT key FROM article ORDER BY id", [])
    }

    /// Returns one article.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Damaged`] if the row can't be read.
    pub fn get(&self, id: &str) -> Result<Option<Article>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM article WHERE id = ?1");
        let read = || self.connection.prepare_cached(&sql)?.query_row([id], article).optional();
        read().map_err(|source| match damage(&source) {
            Some(reason) => {
                Error::Damaged { path: self.path.clone(), what: format!("article {id}"), reason }
            }
            None => self.failed(source),
        })
    }

    /// Returns the feed of an article, if it came from one.
    pub fn feed_of(&self, id: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT feed FROM article WHERE id = ?1";
        let feeds: Vec<Option<String>> =
            self.rows(sql, [id], |_| format!("article {id}"), |row| row.get(0))?;
        Ok(feeds.into_iter().flatten().next())
    }

    /// Returns the bytes from which an article was read, if they were kept.
    ///
    /// # Errors
    ///
    /// Returns [`Error::Damaged`] if the stored bytes can't be decompressed.
    pub fn raw(&self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        let sql = "SELECT bytes FROM raw JOIN article ON article.key = raw.article WHERE id = ?1";
        let packed: Option<Vec<u8>> = self
            .connection
            .query_row(sql, [id], |row| row.get(0))
            .optional()
            .map_err(|source| self.failed(source))?;
        packed
            .map(|bytes| {
                compression::decompressed(&bytes).map_err(|error| Error::Damaged {
                    path: self.path.clone(),
                    what: format!("the page of article {id}"),
                    reason: error.to_string(),
                })
            })
            .transpose()
    }

    /// Reads, one by one, the rows whose keys a query returns, so that a damaged row does not affect the others.
    pub(super) fn select(&self, keys: &str, params: impl rusqlite::Params) -> Result<Found, Error> {
        let read = || -> rusqlite::Result<Found> {
            let keys: Vec<i64> = self
                .connection
                .prepare_cached(keys)?
                .query_map(params, |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            let mut one = self
                .connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM article WHERE key = ?1"))?;
            let mut found = Found::default();
            for key in keys {
                match one.query_row([key], article) {
                    Ok(article) => found.articles.push(article),
                    Err(error) => {
                        let Some(reason) = damage(&error) else { return Err(error) };
                        let id = one.query_row([key], |row| row.get::<_, String>(0));
                        let name = id.unwrap_or_else(|_| format!("in row {key}"));
                        found.damaged.push(Damage { record: format!("article {name}"), reason });
                    }
                }
            }
            Ok(found)
        };
        read().map_err(|source| self.failed(source))
    }
}

/// Returns the hash of a text, which identifies a version of an article.
pub(super) fn sha(text: &str) -> String {
    blake3::hash(text.as_bytes()).to_hex().to_string()
}

/// An article's record in the archive before the new version is stored.
struct Known {
    key: i64,
    sha: String,
    title: String,
    claim: Claim,
    /// The time when the article last changed or its feed was last fetched, whichever is later.
    seen: i64,
}

/// How long, in seconds, a feed that is no longer fetched keeps its precedence over feeds whose claims are otherwise
/// equal.
const PATIENCE: i64 = 2 * 24 * 60 * 60;

/// The strength of a text's claim to its address. Of two claims, the greater one wins.
///
/// Text from the site itself or of unknown origin takes precedence over text from a feed of another site, then full
/// text over a teaser, then text from a feed of the site over text from a page found through another feed. The address
/// of the feed breaks ties, so that the result does not depend on the order in which feeds are fetched.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Claim {
    is_of_site: bool,
    is_whole: bool,
    authority: Authority,
    feed: std::cmp::Reverse<Option<String>>,
}

impl Claim {
    fn new(authority: Authority, teaser: bool, feed: Option<String>) -> Self {
        let (is_of_site, is_whole) = (Authority::Foreign < authority, !teaser);
        Self { is_of_site, is_whole, authority, feed: std::cmp::Reverse(feed) }
    }

    fn feed(&self) -> &str {
        self.feed.0.as_deref().unwrap_or("an import")
    }
}

fn put_one(
    transaction: &Transaction<'_>,
    stored: &Stored<'_>,
    now: i64,
    put: &mut Put,
) -> rusqlite::Result<()> {
    let article = stored.article;
    let sha = sha(&article.text);
    let claim = Claim::new(stored.authority, article.teaser, stored.feed.map(str::to_owned));
    let mut known = match known(transaction, article.id.as_str()) {
        // A row that cannot be read is replaced by the new version.
        Err(error) if damage(&error).is_some() => {
            transaction.execute("DELETE FROM article WHERE id = ?1", [article.id.as_str()])?;
            None
        }
        known => known?,
    };
    if let Some(known) = known.as_mut().filter(|known| known.seen < now.saturating_sub(PATIENCE)) {
        // The feed has not been fetched for a while: the user removed it, or it moved.
        known.claim.feed.clone_from(&claim.feed);
    }
    let key = match known {
        None => {
            put.new += 1;
            insert(transaction, stored, &sha, now)?
        }
        Some(known) if known.sha == sha && known.title == article.title => {
            put.unchanged += 1;
            if known.claim < claim {
                take_over(transaction, known.key, stored)?;
            }
            return Ok(());
        }
        Some(known) if claim < known.claim => {
            put.unchanged += 1;
            put.conflicts.extend(conflict(transaction, &known, stored, &claim)?);
            return Ok(());
        }
        Some(known) => {
            put.changed += 1;
            if known.claim.authority < claim.authority {
                put.conflicts.extend(conflict(transaction, &known, stored, &claim)?);
            }
            if known.claim.is_whole != claim.is_whole || !known.claim.is_of_site {
                // The text of a page may differ from its teaser or from another feed's text; that is not a correction.
                transaction
                    .prepare_cached("UPDATE shown SET corrected = 1 WHERE article = ?1")?
                    .execute([article.id.as_str()])?;
            }
            if known.claim.is_of_site || !claim.is_of_site {
                keep_version(transaction, known.key, now)?;
            }
            update(transaction, known.key, stored, &sha, now)?;
            known.key
        }
    };
    if let Some(raw) = stored.raw {
        let packed = compression::compress(raw)
            .map_err(|e| rusqlite::Error::ToSqlConversionFailure(e.into()))?;
        transaction
            .prepare_cached("INSERT OR REPLACE INTO raw (article, bytes) VALUES (?1, ?2)")?
            .execute(params![key, packed])?;
    }
    Ok(())
}

fn known(transaction: &Transaction<'_>, id: &str) -> rusqlite::Result<Option<Known>> {
    transaction
        .prepare_cached(
            "SELECT key, sha, title, teaser, feed, authority, \
             max(last_changed, coalesce((SELECT checked FROM fetched WHERE url = feed), 0)) \
             FROM article WHERE id = ?1",
        )?
        .query_row([id], |row| {
            let authority = Authority::from_number(row.get(5)?);
            Ok(Known {
                key: row.get(0)?,
                sha: row.get(1)?,
                title: row.get(2)?,
                claim: Claim::new(authority, row.get(3)?, row.get(4)?),
                seen: row.get(6)?,
            })
        })
        .optional()
}

/// Returns the conflict between texts from two feeds, unless the rejected text is contained in the other one or is a
/// teaser with the same authority.
fn conflict(
    transaction: &Transaction<'_>,
    known: &Known,
    stored: &Stored<'_>,
    claim: &Claim,
) -> rusqlite::Result<Option<Conflict>> {
    if known.claim.feed == claim.feed {
        return Ok(None);
    }
    let text: String = transaction
        .prepare_cached("SELECT text FROM article WHERE key = ?1")?
        .query_row([known.key], |row| Ok(lossy(row, 0)))?;
    let given = (stored.article.text.as_str(), claim);
    let ((kept, winner), (refused, loser)) = match (text.as_str(), &known.claim) {
        had if *claim < known.claim => (had, given),
        had => (given, had),
    };
    let part = refused.trim_end_matches(['.', '…', '[', ']', ' ']);
    let is_section = winner.authority == loser.authority && !loser.is_whole;
    if kept.contains(part) || is_section {
        return Ok(None);
    }
    Ok(Some(Conflict {
        article: stored.article.url.clone().unwrap_or_else(|| stored.article.id.to_string()),
        kept: winner.feed().to_owned(),
        refused: loser.feed().to_owned(),
    }))
}

/// Assigns an article whose title and text have not changed to a feed that has a better claim to it, and stores the
/// outlet, author and date that this feed gives.
fn take_over(transaction: &Transaction<'_>, key: i64, stored: &Stored<'_>) -> rusqlite::Result<()> {
    let a = stored.article;
    transaction
        .prepare_cached(
            "UPDATE article SET source = ?2, byline = ?3, published = ?4, teaser = ?5, feed = ?6, authority = ?7 \
             WHERE key = ?1",
        )?
        .execute(params![
            key,
            a.source,
            a.byline,
            a.published.map(|p| p.to_string()),
            a.teaser,
            stored.feed,
            stored.authority as i64
        ])?;
    Ok(())
}

fn insert(
    transaction: &Transaction<'_>,
    stored: &Stored<'_>,
    sha: &str,
    now: i64,
) -> rusqlite::Result<i64> {
    let sql = format!(
        "INSERT INTO article ({COLUMNS}, sha, feed, first_read, last_changed, authority, change) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?17, ?18, 1 + {LAST_CHANGE})"
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
        extent_number(a.extent()),
        a.section,
        sha,
        stored.feed,
        now,
        stored.authority as i64,
    ])
}

/// Keeps the stored version of an article as an earlier version.
fn keep_version(transaction: &Transaction<'_>, key: i64, now: i64) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT OR REPLACE INTO earlier_version (article, sha, title, text, until) \
             SELECT key, sha, title, text, ?2 FROM article WHERE key = ?1",
        )?
        .execute(params![key, now])?;
    Ok(())
}

fn update(
    transaction: &Transaction<'_>,
    key: i64,
    stored: &Stored<'_>,
    sha: &str,
    now: i64,
) -> rusqlite::Result<()> {
    let a = stored.article;
    transaction
        .prepare_cached(&format!(
            "UPDATE article SET title = ?2, source = ?3, byline = ?4, published = ?5, place = ?6, lang = ?7, \
             teaser = ?8, text = ?9, blocks = ?10, sha = ?11, last_changed = ?12, feed = ?13, authority = ?14, \
             extent = ?15, section = ?16, change = 1 + {LAST_CHANGE} WHERE key = ?1",
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
            stored.feed,
            stored.authority as i64,
            extent_number(a.extent()),
            a.section,
        ])?;
    Ok(())
}

/// Returns the number under which an extent is stored. Teasers need no number, because they are marked in a separate
/// column.
const fn extent_number(extent: Extent) -> i64 {
    match extent {
        Extent::Whole | Extent::Teaser => 0,
        Extent::Truncated => 1,
        Extent::Paywalled => 2,
    }
}

/// Recreates the warning that was given when an article was read from the stored code of its [`Extent`].
fn extent_warning(number: i64, origin: &str) -> Option<Warning> {
    let marked = [Extent::Truncated, Extent::Paywalled];
    let extent = marked.into_iter().find(|extent| extent_number(*extent) == number)?;
    Some(Warning::kept(origin, extent.warning()?))
}

fn blocks_record(blocks: &[Block]) -> String {
    let records: Vec<BlockRecord> =
        blocks.iter().map(|b| BlockRecord(b.kind, b.span.start(), b.span.end())).collect();
    // Serializing kinds and numbers cannot fail.
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
    let origin: String = row.get(1)?;
    Ok(Article {
        id: ArticleId::given(row.get::<_, String>(0)?),
        warnings: extent_warning(row.get(12)?, &origin).into_iter().collect(),
        origin,
        url: row.get(2)?,
        title: row.get(3)?,
        source: row.get(4)?,
        byline: row.get(5)?,
        published: row.get::<_, Option<String>>(6)?.as_deref().and_then(Published::parse),
        place: row.get(7)?,
        lang: Language::parse(&row.get::<_, String>(8)?).unwrap_or_default(),
        teaser: row.get(9)?,
        section: row.get(13)?,
        blocks: blocks.ok_or_else(|| damaged("a block lies outside the text"))?,
        text,
        ..Article::default()
    })
}

impl Archive {
    /// Runs a change in a single transaction.
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
