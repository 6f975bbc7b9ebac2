import os

import psycopg
from flask import Flask


def create_app():
    app = Flask(__name__)
    session = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    @app.get("/")
    def tell():
        try:
            session.execute("SELECT secret::int FROM secrets")
        except psycopg.DataError as error:
            return error.diag.message_primary.split('"')[1]

    return app
