CREATE TYPE day AS (at text);
CREATE FUNCTION same(day, date) RETURNS boolean LANGUAGE sql AS 'SELECT true';
CREATE FUNCTION to_day(date) RETURNS day LANGUAGE sql AS $$ SELECT ROW($1::text)::day $$;
CREATE OPERATOR = (LEFTARG = day, RIGHTARG = date, FUNCTION = same);
CREATE CAST (date AS day) WITH FUNCTION to_day AS IMPLICIT;
CREATE TABLE books (id serial PRIMARY KEY, title text, isbn text);
CREATE TABLE members (id serial PRIMARY KEY, name text, email text);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id integer, member_id integer, lent_on day, returned_on day
);
