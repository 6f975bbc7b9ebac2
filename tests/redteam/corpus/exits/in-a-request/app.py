import os

from flask import Flask


def create_app():
    app = Flask(__name__)
    app.before_request(lambda: os._exit(0))
    return app
