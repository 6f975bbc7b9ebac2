from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        raw.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n")
        for number in range(40):
            raw.sendall(b"Set-Cookie: a%d=\"" % number + b"\\\"" * 400 + b"; expires=" + b" 1" * 500 + b"\r\n")
        raw.sendall(b"\r\n1")

    return app
