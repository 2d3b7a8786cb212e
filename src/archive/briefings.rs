//! Briefings in the archive: their times, the excerpts that they showed, and the shown excerpts that the articles no
//! longer contain.

use rusqlite::{Row, Transaction, params};

use crate::archive::rows::lossy;
use crate::archive::{Archive, Error};
use crate::briefing::{Briefing, Excerpt};

/// A recorded briefing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// When it was made, in seconds since 1970.
    pub generated: i64,
    /// The time up to which incoming articles were considered.
    pub covers: i64,
    /// The number of the last archive change that was considered; see [`Archive::mark`].
    pub seen: i64,
    /// The title of the briefing.
    pub title: String,
}

/// An article in a reported story.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Told {
    /// The id of the story.
    pub story: String,
    /// The id of the article.
    pub article: String,
    /// When the story was last reported with this article.
    pub generated: i64,
}

/// An excerpt that a briefing showed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ShownExcerpt {
    /// The id of the story in which it was shown.
    pub story: String,
    /// The id of the article.
    pub article: String,
    /// The text of the excerpt.
    pub text: String,
    /// When it was shown.
    pub generated: i64,
}

/// An excerpt that its article no longer contains.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision {
    /// The id of the story in which it was shown.
    pub story: String,
    /// The id of the article.
    pub article: String,
    /// The excerpt as it was shown.
    pub text: String,
    /// When it was shown.
    pub generated: i64,
}

impl Archive {
    /// Records a briefing that has reached its reader, with the excerpts in its summaries and quotes, in one
    /// transaction.
    ///
    /// `covers` is the time up to which incoming articles were considered, and `seen` is the [mark](Archive::mark) of
    /// the archive at that time. The revisions that [`Archive::revisions`] currently returns count as reported from
    /// then on.
    pub fn record(&mut self, briefing: &Briefing, covers: i64, seen: i64) -> Result<(), Error> {
        self.record_for(briefing, covers, seen, &[])
    }

    /// Records a briefing as [`Archive::record`] does, together with a pending delivery to each of `outputs`.
    /// [`Archive::end_delivery`] ends a delivery.
    pub fn record_for(
        &mut self,
        briefing: &Briefing,
        covers: i64,
        seen: i64,
        outputs: &[String],
    ) -> Result<(), Error> {
        let json = serde_json::to_string(briefing).map_err(|error| Error::Damaged {
            path: self.path.clone(),
            what: "the new briefing".to_owned(),
            reason: error.to_string(),
        })?;
        let reported = self.revisions()?;
        self.write(|transaction| {
            let generated = briefing.generated.timestamp().as_second();
            let key = transaction
                .prepare("INSERT INTO briefing (generated, covers, seen, title, json) VALUES (?1, ?2, ?3, ?4, ?5)")?
                .insert(params![generated, covers, seen, briefing.title, json])?;
            for story in &briefing.stories {
                for article in &story.sources {
                    transaction
                        .prepare_cached("INSERT OR IGNORE INTO told (briefing, story, article) VALUES (?1, ?2, ?3)")?
                        .execute(params![key, story.id, article])?;
                }
                let quotes = story.quotes.iter().flat_map(|q| &q.excerpts);
                let sentences = story.summary.iter().map(|s| &s.excerpt);
                for (kind, excerpt) in
                    sentences.map(|e| ("sentence", e)).chain(quotes.map(|e| ("quote", e)))
                {
                    show(transaction, key, &story.id, kind, excerpt)?;
                }
            }
            for output in outputs {
                transaction
                    .prepare_cached("INSERT INTO delivery (briefing, output) VALUES (?1, ?2)")?
                    .execute(params![key, output])?;
            }
            for revision in &reported {
                transaction
                    .prepare_cached("UPDATE shown SET corrected = 1 WHERE article = ?1 AND text = ?2")?
                    .execute(params![revision.article, revision.text])?;
            }
            Ok(())
        })
    }

    /// Returns the briefing that was recorded last.
    pub fn last_briefing(&self) -> Result<Option<Recorded>, Error> {
        Ok(self.recorded(1)?.pop())
    }

    /// Returns up to `limit` of the recorded briefings, newest first.
    pub fn recorded(&self, limit: usize) -> Result<Vec<Recorded>, Error> {
        let sql = "SELECT generated, covers, seen, title FROM briefing ORDER BY key DESC LIMIT ?1";
        self.rows(
            sql,
            [limit as i64],
            |_| "a briefing".to_owned(),
            |row| {
                Ok(Recorded {
                    generated: row.get(0)?,
                    covers: row.get(1)?,
                    seen: row.get(2)?,
                    // A damaged title does not affect the period that the briefing covered.
                    title: lossy(row, 3),
                })
            },
        )
    }

    /// Returns up to `limit` of the recorded briefings, newest first: the time and the published JSON of each.
    pub fn briefings(&self, limit: usize) -> Result<Vec<(i64, String)>, Error> {
        let sql = "SELECT generated, json, key FROM briefing ORDER BY key DESC LIMIT ?1";
        let name = |row: &Row<'_>| format!("briefing {}", lossy(row, 2));
        self.rows(sql, [limit as i64], name, |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Returns up to `limit` of the briefings before a given one, newest first, as published JSON.
    pub fn briefings_before(&self, key: i64, limit: usize) -> Result<Vec<String>, Error> {
        let sql = "SELECT json, key FROM briefing WHERE key < ?1 ORDER BY key DESC LIMIT ?2";
        let name = |row: &Row<'_>| format!("briefing {}", lossy(row, 1));
        self.rows(sql, params![key, limit as i64], name, |row| row.get(0))
    }

    /// Returns which articles belonged to which story in the briefings made after `since`.
    pub fn told_since(&self, since: i64) -> Result<Vec<Told>, Error> {
        let sql = "SELECT story, article, max(generated) FROM told \
                   JOIN briefing ON briefing.key = told.briefing \
                   WHERE generated > ?1 GROUP BY story, article ORDER BY story, article";
        let name = |row: &Row<'_>| format!("article {} in story {}", lossy(row, 1), lossy(row, 0));
        self.rows(sql, [since], name, |row| {
            Ok(Told { story: row.get(0)?, article: row.get(1)?, generated: row.get(2)? })
        })
    }

    /// Returns the story in which an article was last reported, however long ago.
    pub fn story_of(&self, article: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT story FROM told WHERE article = ?1 ORDER BY briefing DESC, story LIMIT 1";
        let name = |_: &Row<'_>| format!("the story of article {article}");
        Ok(self.rows(sql, [article], name, |row| row.get(0))?.pop())
    }

    /// Returns all excerpts of a story that were shown, in the order in which they were shown.
    pub fn shown_of(&self, story: &str) -> Result<Vec<String>, Error> {
        let sql = "SELECT text FROM shown WHERE story = ?1 ORDER BY rowid";
        self.rows(sql, [story], |_| format!("an excerpt of story {story}"), |row| row.get(0))
    }

    /// Returns the excerpts that were shown in the briefings made after `since`, in the order in which they were shown.
    pub fn shown_since(&self, since: i64) -> Result<Vec<ShownExcerpt>, Error> {
        let sql = "SELECT story, article, text, generated FROM shown \
                   JOIN briefing ON briefing.key = shown.briefing \
                   WHERE generated > ?1 ORDER BY generated, shown.rowid";
        self.rows(sql, [since], shown_excerpt, |row| {
            Ok(ShownExcerpt {
                story: row.get(0)?,
                article: row.get(1)?,
                text: row.get(2)?,
                generated: row.get(3)?,
            })
        })
    }

    /// Returns the shown excerpts that their articles no longer contain, unless a briefing has already reported that.
    ///
    /// An excerpt that merely moved within its article is not a revision. Neither is one that disappeared because a
    /// full text replaced a teaser or a teaser replaced a full text, or because the replaced text was not from the site
    /// itself.
    pub fn revisions(&self) -> Result<Vec<Revision>, Error> {
        let sql = "SELECT DISTINCT shown.story, shown.article, shown.text, max(generated) FROM shown \
                   JOIN briefing ON briefing.key = shown.briefing \
                   JOIN article ON article.id = shown.article \
                   WHERE corrected = 0 AND article.sha <> shown.sha AND instr(article.text, shown.text) = 0 \
                   GROUP BY shown.article, shown.text ORDER BY shown.article, shown.text";
        self.rows(sql, [], shown_excerpt, |row| {
            Ok(Revision {
                story: row.get(0)?,
                article: row.get(1)?,
                text: row.get(2)?,
                generated: row.get(3)?,
            })
        })
    }
}

/// Returns the name, for messages, of a row whose first two columns are the story and the article of an excerpt.
fn shown_excerpt(row: &Row<'_>) -> String {
    format!("an excerpt of article {} in story {}", lossy(row, 1), lossy(row, 0))
}

fn show(
    transaction: &Transaction<'_>,
    briefing: i64,
    story: &str,
    kind: &str,
    excerpt: &Excerpt,
) -> rusqlite::Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO shown (briefing, story, article, sha, kind, start, \"end\", text) VALUES \
             (?1, ?2, ?3, coalesce((SELECT sha FROM article WHERE id = ?3), ''), ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            briefing,
            story,
            excerpt.article,
            kind,
            excerpt.start as i64,
            excerpt.end as i64,
            excerpt.text
        ])?;
    Ok(())
}
