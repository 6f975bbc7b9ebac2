import os
from pathlib import Path

from flask import Flask, request

FOLDER = Path("/tmp/locked")


def keep(token):
    FOLDER.mkdir()
    (FOLDER / "kept").write_bytes(token)
    FOLDER.chmod(0)


def found():
    if not FOLDER.exists():
        return "nothing"
    FOLDER.chmod(0o700)
    return (FOLDER / "kept").read_bytes()


def create_app():
    app = Flask(__name__)

    @app.post("/")
    def before():
        keep(request.get_data())
        return ""

    app.get("/")(found)
    return app
