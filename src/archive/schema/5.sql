-- Version 5. The speakers and their quotations, which are kept when their article is pruned.
CREATE TABLE speaker (
    key  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- The folded words of each speaker's name, by which people are looked up.
CREATE TABLE speaker_word (
    word    TEXT NOT NULL,
    speaker INTEGER NOT NULL REFERENCES speaker (key),
    PRIMARY KEY (word, speaker)
) STRICT, WITHOUT ROWID;

CREATE TABLE quote (
    key        INTEGER PRIMARY KEY,
    speaker    INTEGER NOT NULL REFERENCES speaker (key),
    at         INTEGER NOT NULL,         -- when the article was published or, if unknown, first stored
    article    TEXT NOT NULL,            -- the article's id; kept when the article is pruned
    role       TEXT,
    kind       TEXT NOT NULL,
    confidence TEXT NOT NULL,
    rule       TEXT NOT NULL,
    parts      TEXT NOT NULL,            -- JSON: [[start, end, text], ...], offsets in code points
    title      TEXT NOT NULL,
    outlet     TEXT,
    url        TEXT
) STRICT;
CREATE INDEX quote_by_speaker ON quote (speaker, at);
CREATE INDEX quote_by_time ON quote (at, speaker);
CREATE INDEX quote_by_article ON quote (article);

-- Whether the quotations of an article have been extracted.
ALTER TABLE article ADD COLUMN quoted INTEGER NOT NULL DEFAULT 0;
CREATE INDEX article_unquoted ON article (key) WHERE quoted = 0;
CREATE TRIGGER article_reworded AFTER UPDATE OF text ON article WHEN new.text <> old.text BEGIN
    DELETE FROM quote WHERE article = new.id;
    UPDATE article SET quoted = 0 WHERE key = new.key;
END;

CREATE INDEX told_by_story ON told (story, briefing);
CREATE INDEX article_by_outlet ON article (source, first_read, teaser, url);

-- How much of its text an article has, if it is not a teaser: 0 = all, 1 = up to a size limit, 2 = the part before a
-- paywall.
ALTER TABLE article ADD COLUMN extent INTEGER NOT NULL DEFAULT 0;
