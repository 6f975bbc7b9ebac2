from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        while True:
            raw.sendall(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)

    return app
