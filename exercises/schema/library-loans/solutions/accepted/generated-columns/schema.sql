-- Generated columns that are NULL where a rule does not apply, and plain UNIQUE constraints on them.
CREATE TABLE members (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT GENERATED ALWAYS AS (lower(email)) STORED UNIQUE,
    CHECK (length(btrim(name)) > 0)
);

CREATE TABLE books (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    title TEXT NOT NULL,
    isbn TEXT,
    CHECK (length(btrim(title)) > 0),
    CHECK (length(isbn) = 13 AND isbn !~ '[^0-9]'),
    UNIQUE (isbn)
);

CREATE TABLE loans (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    book_id BIGINT NOT NULL,
    member_id BIGINT NOT NULL,
    lent_on DATE NOT NULL DEFAULT CURRENT_DATE,
    returned_on DATE,
    book_out BIGINT UNIQUE
        GENERATED ALWAYS AS (CASE WHEN returned_on IS NULL THEN book_id END) STORED,
    FOREIGN KEY (book_id) REFERENCES books (id) ON DELETE CASCADE,
    FOREIGN KEY (member_id) REFERENCES members (id) ON DELETE NO ACTION,
    CHECK (returned_on >= lent_on)
);
