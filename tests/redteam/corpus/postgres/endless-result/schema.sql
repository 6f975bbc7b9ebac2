CREATE TABLE books (id int);
SELECT repeat('x', 1000) FROM generate_series(1, 1000000000);
