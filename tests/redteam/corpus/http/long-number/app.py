from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        return b"9" * 1_000_000, 200, {"Content-Type": "application/json"}

    return app
