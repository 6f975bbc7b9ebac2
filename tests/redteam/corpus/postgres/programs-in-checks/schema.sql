CREATE TABLE books (
    id serial PRIMARY KEY, title text, isbn text,
    CHECK (table_to_xml('pg_catalog.pg_locks', true, true, '')::text !~ 'transactionid.*transactionid')
);
CREATE TABLE members (id serial PRIMARY KEY, name text, email text);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id int, member_id int, lent_on date, returned_on date
);
