import sys

from flask import Flask

TEXT = b"\xff\xfe\xed\xa0\x80\xed\xbf\xbf\xc0\x80\xf8\x88\x80\x80\x80"


def create_app():
    app = Flask(__name__)

    @app.get("/sum")
    def answer():
        sys.stdout.buffer.write(TEXT)
        sys.stdout.flush()
        return TEXT

    return app
