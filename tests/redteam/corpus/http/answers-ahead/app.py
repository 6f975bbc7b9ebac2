import time

from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        raw.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1" * 50)
        time.sleep(3600)

    return app
