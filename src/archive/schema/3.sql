-- Version 3. The authority of an article's text: 0 = from a feed of another site, 1 = from its page or of unknown
-- origin, 2 = from a feed of its own site or a page to which such a feed links.
ALTER TABLE article ADD COLUMN authority INTEGER NOT NULL DEFAULT 1;
