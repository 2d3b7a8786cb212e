-- Version 3. What the text of an article counts for: 0 a feed of another site, 1 its page or nothing known, 2 its own site.
ALTER TABLE article ADD COLUMN authority INTEGER NOT NULL DEFAULT 1;
