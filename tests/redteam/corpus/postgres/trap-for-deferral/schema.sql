CREATE TABLE nothing (id int PRIMARY KEY);
CREATE TABLE books (
    id serial PRIMARY KEY, title text, isbn text,
    trap int DEFAULT 1 REFERENCES nothing DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE members (
    id serial PRIMARY KEY, name text, email text,
    trap int DEFAULT 1 REFERENCES nothing DEFERRABLE INITIALLY DEFERRED
);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id int REFERENCES books ON DELETE CASCADE, member_id int,
    lent_on date DEFAULT current_date, returned_on date,
    trap int DEFAULT 1 REFERENCES nothing DEFERRABLE INITIALLY DEFERRED
);
