"""A JSON API over books."""

from flask import Flask


def create_app():
    app = Flask(__name__)

    # Your routes go here, such as:
    #
    # @app.get("/books")
    # def list_books():
    #     return []

    return app
