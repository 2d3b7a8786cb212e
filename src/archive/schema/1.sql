-- Version 1. INTEGER times are seconds since 1970 (UTC). Unless stated otherwise, offsets are code points into the
-- version of the text whose hash (`sha`) is in the same row.

-- One row per article, with the version that was stored last.
CREATE TABLE article (
    key          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    origin       TEXT NOT NULL,
    url          TEXT,
    title        TEXT NOT NULL,
    source       TEXT,
    byline       TEXT,
    published    TEXT,
    place        TEXT,
    lang         TEXT NOT NULL,
    teaser       INTEGER NOT NULL,
    text         TEXT NOT NULL,
    blocks       TEXT NOT NULL,          -- JSON: [[kind, start, end], ...], offsets in bytes
    sha          TEXT NOT NULL,          -- the hash of the text
    feed         TEXT,                   -- the feed from which this version came
    first_read   INTEGER NOT NULL,       -- when it was first stored
    last_changed INTEGER NOT NULL        -- when its text or title last changed
) STRICT;
CREATE INDEX article_by_first_read ON article (first_read);
CREATE INDEX article_by_last_changed ON article (last_changed);
CREATE INDEX article_by_url ON article (url) WHERE url IS NOT NULL;

-- Earlier versions of articles whose text or title changed.
CREATE TABLE earlier_version (
    article  INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    sha      TEXT NOT NULL,
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,
    until    INTEGER NOT NULL,           -- when the next version was stored
    PRIMARY KEY (article, sha)
) STRICT;

-- The bytes from which an article was read, compressed with zstd.
CREATE TABLE raw (
    article INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
    bytes   BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE article_text USING fts5 (
    title, text, content = 'article', content_rowid = 'key', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER article_added AFTER INSERT ON article BEGIN
    INSERT INTO article_text (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER article_removed AFTER DELETE ON article BEGIN
    INSERT INTO article_text (article_text, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;
CREATE TRIGGER article_changed AFTER UPDATE OF title, text ON article BEGIN
    INSERT INTO article_text (article_text, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    INSERT INTO article_text (rowid, title, text) VALUES (new.key, new.title, new.text);
END;

-- One row per briefing.
CREATE TABLE briefing (
    key       INTEGER PRIMARY KEY,
    generated INTEGER NOT NULL,
    covers    INTEGER NOT NULL,          -- the time up to which articles were considered
    title     TEXT NOT NULL,
    json      TEXT NOT NULL              -- the whole briefing, as published
) STRICT;
CREATE INDEX briefing_by_generated ON briefing (generated);

-- The articles of each story in a briefing, by which later briefings recognize the story and give it the same id.
CREATE TABLE told (
    briefing INTEGER NOT NULL REFERENCES briefing (key) ON DELETE CASCADE,
    story    TEXT NOT NULL,
    article  TEXT NOT NULL,              -- the article's id; kept when the article is pruned
    PRIMARY KEY (briefing, story, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_by_article ON told (article);

-- The excerpts that briefings showed in summaries and quotes.
CREATE TABLE shown (
    briefing INTEGER NOT NULL REFERENCES briefing (key) ON DELETE CASCADE,
    story    TEXT NOT NULL,
    article  TEXT NOT NULL,
    sha      TEXT NOT NULL,              -- the hash of the article's text when it was shown
    kind     TEXT NOT NULL CHECK (kind IN ('sentence', 'quote')),
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    text     TEXT NOT NULL,
    corrected INTEGER NOT NULL DEFAULT 0 -- 1 if a change to it was reported or needs no report
) STRICT;
CREATE INDEX shown_by_article ON shown (article);
CREATE INDEX shown_by_briefing ON shown (briefing);

-- The fetch state of each address.
CREATE TABLE fetched (
    url           TEXT PRIMARY KEY,
    etag          TEXT,
    last_modified TEXT,
    moved_to      TEXT,                  -- the target of a permanent redirect
    not_before    INTEGER,               -- the time of the next attempt, from Retry-After or back-off
    failures      INTEGER NOT NULL,      -- the number of consecutive failures
    checked       INTEGER NOT NULL,
    body          BLOB                   -- the last successful response, compressed with zstd; only for feeds
) STRICT, WITHOUT ROWID;
