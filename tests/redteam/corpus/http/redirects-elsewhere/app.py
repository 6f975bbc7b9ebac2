import time

from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        places = ["file:///suite/tests/test_create.py", "http://169.254.169.254/latest/meta-data/",
                  "http+unix://%2Frun%2Fdocker.sock/containers/json", "https://[::1]:99999/",
                  "http://localhost:80@evil.example/" + "é" * 20_000]
        location = places[int(time.time() * 1000) % len(places)].encode("utf-8").decode("latin-1")
        return {"id": 1}, 201, {"Location": location}

    return app
