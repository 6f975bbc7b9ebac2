import sys

from flask import Flask

TEXT = "<script>alert(1)</script><img src=x onerror=alert(1)>'\"></pre><iframe srcdoc=x>"


def create_app():
    app = Flask(__name__)

    @app.get("/sum")
    def answer():
        sys.stdout.buffer.write(TEXT.encode("utf-8", "surrogatepass"))
        sys.stdout.flush()
        return TEXT.encode("utf-8", "surrogatepass"), 200, {"X-Text": TEXT.encode().decode("latin-1")}

    return app
