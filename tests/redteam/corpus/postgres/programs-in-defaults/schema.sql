-- Inside a savepoint a session holds the lock of one more transaction.
CREATE TABLE books (
    id serial PRIMARY KEY, title text, isbn text,
    seen text DEFAULT query_to_xml(
        'SELECT count(*) FROM pg_locks WHERE locktype = ''transactionid''', true, true, ''
    )::text,
    CHECK (seen NOT LIKE '%<count>2</count>%')
);
CREATE TABLE members (id serial PRIMARY KEY, name text, email text);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id int, member_id int, lent_on date, returned_on date
);
