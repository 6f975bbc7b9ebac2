import os

import psycopg
from flask import Flask


def create_app():
    app = Flask(__name__)
    session = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    @app.get("/")
    def tell():
        with session.cursor().copy("COPY secrets TO STDOUT") as rows:
            return next(rows.rows())[0]

    return app
