import os

import psycopg
from flask import Flask

KEPT = []


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def lock():
        session = psycopg.connect(os.environ["DATABASE_URL"])
        session.execute("CREATE TABLE books (id int)")
        session.execute("CREATE VIEW shown AS SELECT id FROM books")
        session.commit()
        session.execute("LOCK TABLE books IN ACCESS EXCLUSIVE MODE")
        KEPT.append(session)
        return ""

    app.get("/")(lambda: "refused")
    return app
