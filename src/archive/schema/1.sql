-- Version 1. Times are seconds since 1970 in UTC; offsets are code points into the text of the version named beside them.

-- One row an article, as it was read last.
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
    blocks       TEXT NOT NULL,          -- JSON: [[kind, first byte, byte after the last], ...]
    sha          TEXT NOT NULL,          -- of the text
    feed         TEXT,                   -- the feed that it came by
    first_read   INTEGER NOT NULL,       -- when it first came in
    last_changed INTEGER NOT NULL        -- when its text or title last changed
) STRICT;
CREATE INDEX article_by_first_read ON article (first_read);
CREATE INDEX article_by_last_changed ON article (last_changed);
CREATE INDEX article_by_url ON article (url) WHERE url IS NOT NULL;

-- What an article said before its text changed.
CREATE TABLE earlier_version (
    article  INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
    sha      TEXT NOT NULL,
    title    TEXT NOT NULL,
    text     TEXT NOT NULL,
    until    INTEGER NOT NULL,           -- when the next version was read
    PRIMARY KEY (article, sha)
) STRICT;

-- The bytes that an article was read from, compressed with zstd.
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

-- One row a briefing that was sent.
CREATE TABLE briefing (
    key       INTEGER PRIMARY KEY,
    generated INTEGER NOT NULL,
    covers    INTEGER NOT NULL,          -- articles changed up to this time were considered
    title     TEXT NOT NULL,
    json      TEXT NOT NULL              -- the whole briefing, as published
) STRICT;
CREATE INDEX briefing_by_generated ON briefing (generated);

-- Which articles a story of a briefing had, so that it keeps its id from day to day.
CREATE TABLE told (
    briefing INTEGER NOT NULL REFERENCES briefing (key) ON DELETE CASCADE,
    story    TEXT NOT NULL,
    article  TEXT NOT NULL,              -- its id; kept when the article is pruned
    PRIMARY KEY (briefing, story, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_by_article ON told (article);

-- Every excerpt that was shown.
CREATE TABLE shown (
    briefing INTEGER NOT NULL REFERENCES briefing (key) ON DELETE CASCADE,
    story    TEXT NOT NULL,
    article  TEXT NOT NULL,
    sha      TEXT NOT NULL,              -- of the text that it was taken from
    kind     TEXT NOT NULL CHECK (kind IN ('sentence', 'quote')),
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL,
    text     TEXT NOT NULL,
    corrected INTEGER NOT NULL DEFAULT 0 -- a change of it was reported
) STRICT;
CREATE INDEX shown_by_article ON shown (article);
CREATE INDEX shown_by_briefing ON shown (briefing);

-- What is known of each address that is fetched.
CREATE TABLE fetched (
    url           TEXT PRIMARY KEY,
    etag          TEXT,
    last_modified TEXT,
    moved_to      TEXT,                  -- a permanent redirect
    not_before    INTEGER,               -- from Retry-After or back-off
    failures      INTEGER NOT NULL,      -- in a row
    checked       INTEGER NOT NULL,
    body          BLOB                   -- the last good one, compressed with zstd; of feeds only
) STRICT, WITHOUT ROWID;
