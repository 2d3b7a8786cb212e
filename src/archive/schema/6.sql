-- Version 6. The sections of an article and the line above its title, by which opinion is recognized.
ALTER TABLE article ADD COLUMN section TEXT;
