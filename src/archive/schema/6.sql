-- Version 6. The sections that the source of an article declares, which mark opinion.
ALTER TABLE article ADD COLUMN section TEXT;
