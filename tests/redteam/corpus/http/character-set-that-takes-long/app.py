from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        return b"a" * 400_000 + b"-" + b"b" * 400_000, 200, {"Content-Type": "text/plain; charset=punycode"}

    return app
