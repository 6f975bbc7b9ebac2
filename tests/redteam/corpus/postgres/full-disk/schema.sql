CREATE TABLE books (id int, t text);
ALTER TABLE books ALTER t SET STORAGE EXTERNAL;
INSERT INTO books SELECT i, repeat('x', 10000) FROM generate_series(1, 100000) AS i;
