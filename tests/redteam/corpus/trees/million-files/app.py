import os

from flask import Flask


def fill():
    for number in range(10**6):
        try:
            os.mknod(f"/tmp/{number}")
        except OSError:
            return number


def after():
    return "nothing"


def create_app():
    app = Flask(__name__)
    app.post("/")(lambda: str(fill()))
    app.get("/")(after)
    return app
