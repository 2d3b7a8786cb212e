-- Version 2. A number that grows with each change: what is new is what reached the archive after the last briefing
-- looked, whatever the clocks of the commands said.
ALTER TABLE article ADD COLUMN change INTEGER NOT NULL DEFAULT 0;
UPDATE article SET change = last_changed;
CREATE INDEX article_by_change ON article (change);
ALTER TABLE briefing ADD COLUMN seen INTEGER NOT NULL DEFAULT 0;  -- the last change that was considered
UPDATE briefing SET seen = max(covers, coalesce((SELECT max(change) FROM article WHERE last_changed <= covers), 0));
CREATE INDEX briefing_by_seen ON briefing (seen);
CREATE INDEX shown_by_story ON shown (story);
