from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        depth = 900
        return b'{"a": [' * depth + b"1" + b"]}" * depth, 200, {"Content-Type": "application/json"}

    return app
