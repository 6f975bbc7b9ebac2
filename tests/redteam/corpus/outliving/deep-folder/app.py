import os

from flask import Flask, request

DEPTH = 600


def go(make):
    os.chdir("/tmp")
    for _ in range(DEPTH):
        if make:
            os.mkdir("d")
        os.chdir("d")


def keep(token):
    go(make=True)
    with open("kept", "wb") as file:
        file.write(token)


def found():
    try:
        go(make=False)
    except OSError:
        return "nothing"
    with open("kept", "rb") as file:
        return file.read()


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        keep(request.get_data())
        return ""

    app.get("/")(found)
    return app
