CREATE TABLE all_books (id serial PRIMARY KEY, title text, isbn text);
CREATE VIEW books AS SELECT * FROM all_books WHERE 1 / (
    SELECT CASE count(*) WHEN 1 THEN 1 ELSE 0 END FROM pg_locks WHERE locktype = 'transactionid'
) = 1 WITH CHECK OPTION;
CREATE TABLE members (id serial PRIMARY KEY, name text, email text);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id int, member_id int, lent_on date, returned_on date
);
