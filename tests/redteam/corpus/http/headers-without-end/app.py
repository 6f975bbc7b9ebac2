import time

from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        raw.sendall(b"HTTP/1.1 200 OK\r\n")
        while True:
            raw.sendall(b"A: b\r\n")
            time.sleep(0.05)

    return app
