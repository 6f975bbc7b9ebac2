CREATE TABLE trap (id int UNIQUE);

CREATE TABLE books (id serial PRIMARY KEY, title text, isbn text);
CREATE TABLE members (id serial PRIMARY KEY, name text, email text);
CREATE TABLE loans (
    id serial PRIMARY KEY, book_id int REFERENCES books ON DELETE CASCADE,
    member_id int, lent_on date DEFAULT current_date, returned_on date
);

-- A row that is written inside a savepoint has another xmin than the transaction's own. The
-- error is that of a real constraint, not one that is raised.
CREATE FUNCTION spring() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE mine xid;
BEGIN
    INSERT INTO trap VALUES (NULL) RETURNING xmin INTO mine;
    IF mine <> pg_current_xact_id()::xid THEN
        INSERT INTO trap VALUES (1), (1);
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;
CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE ON books
    FOR EACH ROW EXECUTE FUNCTION spring();
CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE ON members
    FOR EACH ROW EXECUTE FUNCTION spring();
CREATE TRIGGER t BEFORE INSERT OR UPDATE OR DELETE ON loans
    FOR EACH ROW EXECUTE FUNCTION spring();
