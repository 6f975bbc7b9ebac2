import os

import psycopg
from flask import Flask, request

OPEN = []
STATEMENTS = [
    "CREATE TABLE kept AS SELECT '{0}' AS token",
    "CREATE TABLE pg_temp.kept AS SELECT '{0}' AS token",
    "CREATE SCHEMA kept_{0}",
    "SELECT lo_from_bytea(4711, '{0}')",
    "ALTER ROLE learner SET application_name = '{0}'",
    "ALTER ROLE learner IN DATABASE exercise SET application_name = '{0}'",
    "COMMENT ON DATABASE exercise IS '{0}'",
    "COMMENT ON ROLE learner IS '{0}'",
    "COMMENT ON SCHEMA public IS '{0}'",
    "SECURITY LABEL ON ROLE learner IS '{0}'",
    "PREPARE TRANSACTION '{0}'",
    "CREATE STATISTICS kept_{0} ON a, b FROM kept",
]
ASKS = [
    "SELECT token FROM kept",
    "SELECT convert_from(lo_get(4711), 'UTF8')",
    "SELECT current_setting('application_name')",
    "SELECT description FROM pg_shdescription WHERE length(description) = 32",
    "SELECT description FROM pg_description WHERE length(description) = 32",
    "SELECT substr(nspname, 6) FROM pg_namespace WHERE nspname LIKE 'kept%'",
    "SELECT gid FROM pg_prepared_xacts",
]


def session():
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def keep(token):
    OPEN.extend(session() for _ in range(8))
    for statement in STATEMENTS:
        try:
            OPEN[0].execute(statement.format(token.decode()))
        except psycopg.Error as error:
            print(error, flush=True)


def found():
    with session() as connection:
        for ask in ASKS:
            try:
                row = connection.execute(ask).fetchone()
            except psycopg.Error:
                continue
            if row and row[0]:
                return str(row[0])
    return "nothing"


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        keep(request.get_data())
        return ""

    app.get("/")(found)
    return app
