import sys

from flask import Flask

TEXT = b"failed\rpassed\x0b\x0c\x85\xe2\x80\xa8\xe2\x80\xa9\r\r\n"


def create_app():
    app = Flask(__name__)

    @app.get("/sum")
    def answer():
        sys.stdout.buffer.write(TEXT)
        sys.stdout.flush()
        return TEXT

    return app
