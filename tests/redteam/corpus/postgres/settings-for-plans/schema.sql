CREATE TABLE books (title text);
CREATE INDEX by_title ON books (title);
ALTER ROLE learner SET enable_seqscan = off;
ALTER ROLE learner IN DATABASE exercise SET enable_seqscan = off;
