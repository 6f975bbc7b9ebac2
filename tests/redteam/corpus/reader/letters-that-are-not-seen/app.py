import sys

from flask import Flask

TEXT = "pas\u200bsed\u2060\ufeff" + "".join(chr(0xE0000 + ord(letter)) for letter in "hidden")


def create_app():
    app = Flask(__name__)

    @app.get("/sum")
    def answer():
        sys.stdout.buffer.write(TEXT.encode("utf-8", "surrogatepass"))
        sys.stdout.flush()
        return TEXT.encode("utf-8", "surrogatepass"), 200, {"X-Text": TEXT.encode().decode("latin-1")}

    return app
