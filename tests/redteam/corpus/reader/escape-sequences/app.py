import sys

from flask import Flask

TEXT = b"\x1b[2J\x1b]0;passed\x07\x1b[32mPASSED\x1b[0m\x9b1A\x08\x08\x08"


def create_app():
    app = Flask(__name__)

    @app.get("/sum")
    def answer():
        sys.stdout.buffer.write(TEXT)
        sys.stdout.flush()
        return TEXT

    return app
