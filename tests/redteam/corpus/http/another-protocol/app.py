import time

from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        raw.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")
        raw.sendall(b"\x00\x00\x00\x00\x10{}" * 100)
        time.sleep(3600)

    return app
