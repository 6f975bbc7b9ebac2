import os

from flask import Flask


def dig():
    os.chdir("/tmp")
    for number in range(20_000):
        name = str(number).rjust(255, "x")
        try:
            os.mkdir(name)
            os.chdir(name)
        except OSError as error:
            return str(error)
    return "deep"


def after():
    return "nothing"


def create_app():
    app = Flask(__name__)
    app.post("/")(dig)
    app.get("/")(after)
    return app
