import sys

from flask import Flask

TEXT = "\u202e\u2066dessap\u2069 \u2067\u200f\u200e\u061c failed"


def create_app():
    app = Flask(__name__)

    @app.get("/sum")
    def answer():
        sys.stdout.buffer.write(TEXT.encode("utf-8", "surrogatepass"))
        sys.stdout.flush()
        return TEXT.encode("utf-8", "surrogatepass"), 200, {"X-Text": TEXT.encode().decode("latin-1")}

    return app
