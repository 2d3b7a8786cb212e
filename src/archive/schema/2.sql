-- Version 2. Changes to articles are numbered: an article is new if its number is greater than the last one that the
-- previous briefing considered, even if the clock was changed in between.
ALTER TABLE article ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
UPDATE article SET change = last_changed;
CREATE INDEX article_by_change ON article (change);
ALTER TABLE briefing ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;  -- the number of the last change that was considered
UPDATE briefing SET seen = max(covers, coalesce((SELECT max(change) FROM article WHERE last_changed <= covers), 0));
CREATE INDEX briefing_by_seen ON briefing (seen);
CREATE INDEX shown_by_story ON shown (story);
