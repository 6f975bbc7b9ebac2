CREATE TABLE books (id serial PRIMARY KEY, title text, isbn text);
CREATE TABLE members (id serial PRIMARY KEY, name text, email text);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id int REFERENCES books ON DELETE CASCADE,
    member_id int, lent_on date DEFAULT current_date, returned_on date
);

BEGIN;
LOCK TABLE books, members, loans IN ACCESS EXCLUSIVE MODE;
