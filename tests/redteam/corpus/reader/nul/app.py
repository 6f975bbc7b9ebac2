import sys

from flask import Flask

TEXT = b"before\0after\0\0"


def create_app():
    app = Flask(__name__)

    @app.get("/sum")
    def answer():
        sys.stdout.buffer.write(TEXT)
        sys.stdout.flush()
        return TEXT

    return app
