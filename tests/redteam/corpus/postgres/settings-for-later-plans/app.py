import os

import psycopg
from flask import Flask

PLANTED = """
CREATE TABLE books (title text);
CREATE INDEX by_title ON books (title);
ALTER ROLE learner SET enable_seqscan = off;
"""


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def plant():
        with psycopg.connect(os.environ["DATABASE_URL"]) as session:
            session.execute(PLANTED)
        return ""

    return app
