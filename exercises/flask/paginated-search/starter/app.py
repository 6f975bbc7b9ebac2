"""A search over the records of a shop."""

import os

import psycopg
from flask import Flask, request
from psycopg.rows import dict_row


def create_app():
    app = Flask(__name__)

    @app.get("/records")
    def list_records():
        # This finds an artist by the whole name. See the statement for all that is missing.
        q = request.args.get("q")
        with psycopg.connect(os.environ["DATABASE_URL"], row_factory=dict_row) as connection:
            rows = connection.execute("SELECT * FROM records WHERE artist = %s", [q])
            return {"items": rows.fetchall()}

    return app
