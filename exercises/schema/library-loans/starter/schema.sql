-- The first table is begun. Finish it, and add the other two.
CREATE TABLE books (
    id    integer PRIMARY KEY,
    title text
);
