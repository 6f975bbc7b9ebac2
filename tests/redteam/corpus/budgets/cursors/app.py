import os

import psycopg
from flask import Flask


def create_app():
    app = Flask(__name__)
    session = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    @app.get("/")
    def tell():
        with session.transaction(), session.cursor("rows") as rows:
            return rows.execute("SELECT secret FROM secrets").fetchone()[0]

    return app
