"""A notice board for a house."""

import os

import psycopg
from flask import Flask


def create_app():
    app = Flask(__name__)

    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        # Your tables go here. `users` needs more columns: see the statement.
        connection.execute("CREATE TABLE IF NOT EXISTS users (name text)")

    # Your routes go here, such as:
    #
    # @app.get("/me")
    # def show_me():
    #     return {"name": "ada", "role": "resident"}

    return app
