//! Queries over time: what a person said, how a story developed, and which outlets the articles come from.
//!
//! Direct and mixed quotations that are attributed with more than low confidence are stored with the time, title and
//! address of their article, so that they outlive the article when it is pruned. They are extracted in batches after
//! the articles are stored; in an archive from an earlier version, the first extraction processes all articles.
//! [`crate::identity::person`] groups names into people.
//!
//! Known limits: two people with the same name count as one person, with the roles of both; the quotations of an
//! article that is pruned before they are extracted are lost.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::tz::Offset;
use rusqlite::types::Type;
use rusqlite::{Row, Transaction, params, params_from_iter};
use serde::Serialize;

use crate::archive::rows::lossy;
use crate::archive::{Archive, Error};
use crate::article::{Article, Published, host};
use crate::briefing::{
    Briefing, Correction, Excerpt, Headline, QuoteEntry, Status, SummarySentence,
};
use crate::identity::{Outlets, person};
use crate::language::Language;
use crate::parallel;
use crate::quotes::{self, Confidence, Quote, QuoteKind};
use crate::span::CodePoints;
use crate::text::annotate;

/// The maximum number of articles whose quotations are stored in one transaction.
const BATCH: usize = 256;

/// A stored quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// The name of the speaker in this article.
    pub speaker: String,
    /// The role of the speaker in this article.
    pub role: Option<String>,
    /// The kind of quotation: `direct` or `mixed`.
    pub kind: String,
    /// The parts of the quotation.
    pub excerpts: Vec<Excerpt>,
    /// When the article was published or, if that is unknown, first read.
    pub published: Published,
    /// The title of the article.
    pub title: String,
    /// The outlet.
    pub outlet: Option<String>,
    /// The address of the article.
    pub url: Option<String>,
    /// The rule that attributed the quotation.
    pub rule: String,
    /// The confidence of the attribution.
    pub confidence: String,
}

/// A person who is quoted in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The fullest name.
    pub name: String,
    /// Every spelling, the fullest first.
    pub names: Vec<String>,
    /// The role in the newest article that states one.
    pub role: Option<String>,
    /// Every role, the newest first; different roles may belong to different people who share the name.
    pub roles: Vec<String>,
    /// The number of quotations.
    pub quotes: i64,
    /// When the person was first quoted.
    pub first: Published,
    /// When the person was last quoted.
    pub last: Published,
    #[serde(skip)]
    keys: Vec<i64>,
}

/// An outlet with its articles in the archive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OutletCount {
    /// The name of the outlet or, if it has none, the host of its addresses; `unknown` if there is no address either.
    pub name: String,
    /// Every name, or host if there is no name, under which articles of the outlet arrived.
    pub names: Vec<String>,
    /// The number of articles.
    pub articles: i64,
    /// The number of articles that are teasers.
    pub teasers: i64,
    /// When the first of its articles arrived.
    pub first: Published,
    /// When the last of its articles arrived.
    pub last: Published,
}

/// The development of a story over several briefings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Course {
    /// The id of the story.
    pub id: String,
    /// The story in each briefing, the oldest briefing first.
    pub tellings: Vec<Telling>,
    /// The corrections to articles of the story that the briefings reported.
    pub corrections: Vec<Correction>,
    /// The stored quotations from articles of the story, in chronological order.
    pub quotes: Vec<Said>,
    /// The articles, in the order in which the briefings first listed them.
    pub articles: Vec<CourseArticle>,
    /// The number of briefings with the story that can no longer be read.
    pub unreadable: usize,
}

/// A story in one briefing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Telling {
    /// When the briefing was made.
    pub generated: Published,
    /// Whether the story was new, updated or ongoing.
    pub status: Status,
    /// The headline.
    pub headline: Headline,
    /// The sentences.
    pub summary: Vec<SummarySentence>,
    /// The quotes.
    pub quotes: Vec<QuoteEntry>,
}

/// An article of a story.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CourseArticle {
    /// The id of the article.
    pub id: String,
    /// The title of the article.
    pub title: String,
    /// The outlet.
    pub outlet: Option<String>,
    /// The address of the article.
    pub url: Option<String>,
    /// The language of the article.
    pub lang: Language,
}

impl Archive {
    /// Extracts the quotations of the articles that have not been processed yet; returns the number of those articles.
    pub fn remember_quotes(&mut self) -> Result<usize, Error> {
        let mut n = 0;
        loop {
            let keys = self.unquoted()?;
            if keys.is_empty() {
                return Ok(n);
            }
            n += keys.len();
            let list = keys.iter().map(i64::to_string).collect::<Vec<_>>().join(",");
            let sql = format!("SELECT key FROM article WHERE key IN ({list}) ORDER BY id");
            // A damaged article counts as processed, so that it is not retried forever; `archive check` reports it.
            let articles = self.select(&sql, [])?.articles;
            let found = parallel::map_in_order(&articles, |article| {
                let quotes = quotes::extract(article, &annotate(article));
                quotes.into_iter().filter(is_remembered).collect::<Vec<_>>()
            });
            self.write(|transaction| {
                for (article, quotes) in articles.iter().zip(&found) {
                    remember(transaction, article, quotes)?;
                }
                let sql = format!("UPDATE article SET quoted = 1 WHERE key IN ({list})");
                transaction.execute(&sql, []).map(drop)
            })?;
        }
    }

    /// Returns whether there are articles whose quotations have not been extracted yet.
    pub fn has_unread_quotes(&self) -> Result<bool, Error> {
        Ok(!self.unquoted()?.is_empty())
    }

    fn unquoted(&self) -> Result<Vec<i64>, Error> {
        let sql = "SELECT key FROM article WHERE quoted = 0 ORDER BY key LIMIT ?1";
        let read = || -> rusqlite::Result<Vec<i64>> {
            self.connection
                .prepare_cached(sql)?
                .query_map([BATCH as i64], |row| row.get(0))?
                .collect()
        };
        read().map_err(|source| self.failed(source))
    }

    /// Returns the people to whom a name may refer, the most quoted first, with the roles of the first `n_roles` of them.
    ///
    /// A name shared by two people, such as a surname, refers to both. A given name may refer to thousands of people,
    /// of whom the caller shows only a few.
    pub fn people_called(&self, name: &str, n_roles: usize) -> Result<Vec<Person>, Error> {
        let mut speakers = BTreeMap::new();
        for word in person::words(name) {
            let sql = "SELECT speaker.key, name, count(*), min(at), max(at) FROM speaker_word \
                       JOIN speaker ON speaker.key = speaker_word.speaker \
                       JOIN quote ON quote.speaker = speaker.key WHERE word = ?1 GROUP BY speaker.key";
            speakers.extend(self.speakers(sql, [word])?);
        }
        let people = joined(speakers, usize::MAX);
        let is_meant = |person: &Person, by_longer: bool| {
            let length = person::words(name).len();
            person.names.iter().any(|known| {
                (by_longer || length <= person::words(known).len())
                    && person::are_one((name, None), (known, None))
            })
        };
        let mut meant: Vec<Person> =
            people.iter().filter(|p| is_meant(p, false)).cloned().collect();
        if meant.is_empty() {
            meant = people.into_iter().filter(|p| is_meant(p, true)).collect();
        }
        let n_roles = n_roles.min(meant.len());
        self.add_roles(&mut meant[..n_roles])?;
        Ok(meant)
    }

    /// Returns up to `limit` of the people with a full name who were quoted at or after a time, the most quoted first;
    /// only quotations at or after that time are counted.
    pub fn people(&self, since: Option<i64>, limit: usize) -> Result<Vec<Person>, Error> {
        // Each query scans a single index, either all of it or only its end.
        let counted = match since {
            None => {
                "SELECT speaker, count(*), min(at), max(at) FROM quote INDEXED BY quote_by_speaker \
                 WHERE ?1 IS NULL GROUP BY speaker"
            }
            Some(_) => {
                "SELECT speaker, count(*), min(at), max(at) FROM quote INDEXED BY quote_by_time \
                 WHERE at >= ?1 GROUP BY speaker"
            }
        };
        let sql = format!(
            "WITH counted AS MATERIALIZED ({counted}) \
             SELECT speaker.key, name, counted.\"count(*)\", counted.\"min(at)\", counted.\"max(at)\" \
             FROM counted JOIN speaker ON speaker.key = counted.speaker"
        );
        let speakers = self.speakers(&sql, [since])?;
        let is_person = |(_, speaker): &(i64, Speaker)| person::is_full_name(&speaker.name);
        let mut people = joined(speakers.into_iter().filter(is_person).collect(), limit);
        self.add_roles(&mut people)?;
        Ok(people)
    }

    fn speakers(
        &self,
        sql: &str,
        params: impl rusqlite::Params,
    ) -> Result<BTreeMap<i64, Speaker>, Error> {
        let name = |row: &Row<'_>| format!("speaker {}", lossy(row, 0));
        let speakers = self.rows(sql, params, name, |row| {
            let (name, quotes) = (row.get(1)?, row.get(2)?);
            let speaker = Speaker { name, quotes, first: row.get(3)?, last: row.get(4)? };
            Ok((row.get(0)?, speaker))
        });
        Ok(speakers?.into_iter().collect())
    }

    /// Adds the roles of each person, the one in the newest article first.
    fn add_roles(&self, people: &mut [Person]) -> Result<(), Error> {
        let sql =
            "SELECT max(at), role FROM quote WHERE speaker = ?1 AND role IS NOT NULL GROUP BY role";
        for person in people {
            // Roles that differ only in case count as one.
            let mut newest: BTreeMap<String, (i64, String)> = BTreeMap::new();
            for key in &person.keys {
                let name = |_: &Row<'_>| format!("a role of {}", person.name);
                let read = |row: &Row<'_>| Ok((row.get(0)?, row.get::<_, String>(1)?));
                for (at, role) in self.rows(sql, [key], name, read)? {
                    let known = newest.entry(role.to_lowercase()).or_default();
                    *known = (*known).clone().max((at, role));
                }
            }
            let mut roles: Vec<(i64, String)> = newest.into_values().collect();
            roles.sort_by(|(at, role), (other_at, other)| {
                other_at.cmp(at).then_with(|| role.cmp(other))
            });
            person.roles = roles.into_iter().map(|(_, role)| role).collect();
            person.role = person.roles.first().cloned();
        }
        Ok(())
    }

    /// Returns the newest `limit` quotations of these people at or after a time, in chronological order.
    pub fn said_by(
        &self,
        people: &[Person],
        since: Option<i64>,
        limit: usize,
    ) -> Result<Vec<Said>, Error> {
        let keys = people.iter().flat_map(|person| &person.keys);
        let keys = keys.map(i64::to_string).collect::<Vec<_>>().join(",");
        let condition = format!(
            "quote.key IN (SELECT key FROM quote WHERE speaker IN ({keys}) AND at >= {} \
             ORDER BY at DESC, key DESC LIMIT {limit})",
            since.unwrap_or(i64::MIN)
        );
        self.said(&condition, std::iter::empty::<i64>())
    }

    fn said(
        &self,
        condition: &str,
        params: impl Iterator<Item = impl rusqlite::ToSql>,
    ) -> Result<Vec<Said>, Error> {
        let sql = format!(
            "SELECT name, role, kind, parts, at, title, outlet, url, rule, confidence, article FROM quote \
             JOIN speaker ON speaker.key = quote.speaker WHERE {condition} \
             ORDER BY at, article, quote.key"
        );
        let name = |row: &Row<'_>| format!("a quotation of article {}", lossy(row, 10));
        self.rows(&sql, params_from_iter(params), name, |row| {
            let (parts, article): (String, String) = (row.get(3)?, row.get(10)?);
            Ok(Said {
                speaker: row.get(0)?,
                role: row.get(1)?,
                kind: row.get(2)?,
                excerpts: excerpts(&parts, &article)?,
                published: moment(row.get(4)?),
                title: row.get(5)?,
                outlet: row.get(6)?,
                url: row.get(7)?,
                rule: row.get(8)?,
                confidence: row.get(9)?,
            })
        })
    }

    /// Returns the development of a story over the briefings; `None` if no briefing reported it.
    pub fn course(&self, story: &str) -> Result<Option<Course>, Error> {
        let sql = "SELECT key, json FROM briefing WHERE key IN \
                   (SELECT briefing FROM told WHERE story = ?1) ORDER BY key";
        let read = |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, lossy(row, 1)));
        let briefings = self.rows(sql, [story], |_| "a briefing".to_owned(), read)?;
        if briefings.is_empty() {
            return Ok(None);
        }
        let mut course = Course::new(story);
        for (key, json) in briefings {
            match serde_json::from_str::<Briefing>(&json) {
                Ok(briefing) => course.add(&briefing),
                Err(error) => {
                    self.skip(format!("briefing {key}"), error.to_string());
                    course.unreadable += 1;
                }
            }
        }
        let marks = vec!["?"; course.articles.len()].join(",");
        let ids = course.articles.iter().map(|article| article.id.as_str());
        course.quotes = self.said(&format!("article IN ({marks})"), ids)?;
        Ok(Some(course))
    }

    /// Returns the outlets of the articles, those with the most articles first.
    pub fn outlets(&self) -> Result<Vec<OutletCount>, Error> {
        let sql = "SELECT source, url, count(*), sum(teaser), min(first_read), max(first_read) \
                   FROM article INDEXED BY article_by_outlet WHERE source IS NOT NULL GROUP BY source";
        let unnamed = "SELECT source, url, 1, teaser, first_read, first_read \
                       FROM article INDEXED BY article_by_outlet WHERE source IS NULL";
        let name = |row: &Row<'_>| format!("the articles of {}", lossy(row, 0));
        let read = |row: &Row<'_>| {
            Ok(OutletRow {
                source: row.get(0)?,
                url: row.get(1)?,
                articles: row.get(2)?,
                teasers: row.get(3)?,
                first: row.get(4)?,
                last: row.get(5)?,
            })
        };
        let mut rows = self.rows(sql, [], name, read)?;
        rows.extend(self.rows(unnamed, [], name, read)?);
        Ok(counted(&rows))
    }
}

/// The name of a speaker, the number of quotations, and the times of the first and the last one.
struct Speaker {
    name: String,
    quotes: i64,
    first: i64,
    last: i64,
}

/// Groups names into people and returns up to `limit` of them, the most quoted first.
fn joined(speakers: BTreeMap<i64, Speaker>, limit: usize) -> Vec<Person> {
    let (keys, speakers): (Vec<i64>, Vec<Speaker>) = speakers.into_iter().unzip();
    let names: Vec<&str> = speakers.iter().map(|speaker| speaker.name.as_str()).collect();
    let mut groups = person::people(&names);
    let n_quotes = |group: &[usize]| group.iter().map(|&i| speakers[i].quotes).sum::<i64>();
    groups.sort_by_cached_key(|group| {
        (Reverse(n_quotes(group)), group.first().map(|&fullest| names[fullest]))
    });
    groups.truncate(limit);
    let person = |group: Vec<usize>| {
        let members = || group.iter().map(|&i| &speakers[i]);
        Some(Person {
            name: members().next()?.name.clone(),
            names: members().map(|s| s.name.clone()).collect(),
            role: None,
            roles: Vec::new(),
            quotes: n_quotes(&group),
            first: moment(members().map(|s| s.first).min()?),
            last: moment(members().map(|s| s.last).max()?),
            keys: group.iter().map(|&i| keys[i]).collect(),
        })
    };
    groups.into_iter().filter_map(person).collect()
}

struct OutletRow {
    source: Option<String>,
    url: Option<String>,
    articles: i64,
    teasers: i64,
    first: i64,
    last: i64,
}

fn counted(rows: &[OutletRow]) -> Vec<OutletCount> {
    let outlets = Outlets::new(rows.iter().map(|r| (r.source.as_deref(), r.url.as_deref())));
    let mut by_key: BTreeMap<String, Vec<&OutletRow>> = BTreeMap::new();
    for row in rows {
        let key = row.name().and_then(|name| outlets.key(name)).unwrap_or_default();
        by_key.entry(key).or_default().push(row);
    }
    let count = |rows: Vec<&OutletRow>| {
        let names: BTreeSet<&str> = rows.iter().filter_map(|row| row.name()).collect();
        let shown = outlets.names(names.iter().copied()).into_iter().next();
        Some(OutletCount {
            name: shown.unwrap_or_else(|| "unknown".to_owned()),
            names: names.into_iter().map(str::to_owned).collect(),
            articles: rows.iter().map(|row| row.articles).sum(),
            teasers: rows.iter().map(|row| row.teasers).sum(),
            first: moment(rows.iter().map(|row| row.first).min()?),
            last: moment(rows.iter().map(|row| row.last).max()?),
        })
    };
    let mut counts: Vec<OutletCount> = by_key.into_values().filter_map(count).collect();
    counts.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
    counts
}

impl OutletRow {
    fn name(&self) -> Option<&str> {
        self.source.as_deref().or_else(|| self.url.as_deref().and_then(host))
    }
}

/// Converts seconds since 1970 to a time in UTC.
fn moment(seconds: i64) -> Published {
    let at = Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH);
    Published::Moment(at, Offset::UTC)
}

impl Course {
    fn new(story: &str) -> Self {
        Self {
            id: story.to_owned(),
            tellings: Vec::new(),
            corrections: Vec::new(),
            quotes: Vec::new(),
            articles: Vec::new(),
            unreadable: 0,
        }
    }

    /// Adds the story as a briefing reported it.
    fn add(&mut self, briefing: &Briefing) {
        for story in briefing.stories.iter().filter(|story| story.id == self.id) {
            self.tellings.push(Telling {
                generated: briefing.generated,
                status: story.status,
                headline: story.headline.clone(),
                summary: story.summary.clone(),
                quotes: story.quotes.clone(),
            });
            let listed = briefing.articles.iter().filter(|a| story.sources.contains(&a.id));
            for article in listed {
                if !self.articles.iter().any(|known| known.id == article.id) {
                    self.articles.push(CourseArticle {
                        id: article.id.clone(),
                        title: article.title.clone(),
                        outlet: article.source.clone(),
                        url: article.url.clone(),
                        lang: article.lang,
                    });
                }
            }
        }
        let is_ours = |c: &&Correction| self.articles.iter().any(|a| a.id == c.article);
        let corrections: Vec<_> = briefing.corrections.iter().filter(is_ours).cloned().collect();
        self.corrections.extend(corrections);
    }
}

/// Returns whether a quotation is stored: it must be in quotation marks and be attributed to a speaker with more than
/// low confidence.
fn is_remembered(quote: &Quote) -> bool {
    quote.speaker.is_some()
        && quote.confidence != Confidence::Low
        && quote.kind != QuoteKind::Indirect
}

fn remember(
    transaction: &Transaction<'_>,
    article: &Article,
    quotes: &[Quote],
) -> rusqlite::Result<()> {
    let points = CodePoints::new(&article.text);
    let published = article.published.map(|at| at.timestamp().as_second());
    for quote in quotes {
        let Some(speaker) = &quote.speaker else { continue };
        let part = |span: &crate::span::Span| {
            let [start, end] = points.span(*span);
            (start, end, span.slice(&article.text))
        };
        let parts: Vec<(usize, usize, &str)> = quote.content.iter().map(part).collect();
        let parts = serde_json::to_string(&parts)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
        transaction
            .prepare_cached(
                "INSERT INTO quote (speaker, at, article, role, kind, confidence, rule, parts, title, outlet, url) \
                 VALUES (?1, coalesce(?2, (SELECT first_read FROM article WHERE id = ?3), 0), \
                 ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                speaker_key(transaction, &speaker.name)?,
                published,
                article.id.as_str(),
                speaker.role,
                quote.kind.name(),
                quote.confidence.name(),
                quote.rule,
                parts,
                article.title,
                article.outlet(),
                article.url,
            ])?;
    }
    Ok(())
}

/// Returns the key of a speaker, adding the speaker if the name is new.
fn speaker_key(transaction: &Transaction<'_>, name: &str) -> rusqlite::Result<i64> {
    let added = transaction
        .prepare_cached("INSERT OR IGNORE INTO speaker (name) VALUES (?1)")?
        .execute([name])?;
    let key = transaction
        .prepare_cached("SELECT key FROM speaker WHERE name = ?1")?
        .query_row([name], |row| row.get(0))?;
    if 0 < added {
        for word in person::words(name) {
            transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO speaker_word (word, speaker) VALUES (?1, ?2)",
                )?
                .execute(params![word, key])?;
        }
    }
    Ok(key)
}

/// Reads the parts of a stored quotation.
pub(super) fn excerpts(parts: &str, article: &str) -> rusqlite::Result<Vec<Excerpt>> {
    let parts: Vec<(usize, usize, String)> = serde_json::from_str(parts).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(3, Type::Text, error.to_string().into())
    })?;
    let excerpt = |(start, end, text)| Excerpt { article: article.to_owned(), start, end, text };
    Ok(parts.into_iter().map(excerpt).collect())
}
