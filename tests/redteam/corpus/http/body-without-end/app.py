import time

from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        def drip():
            while True:
                yield b"1"
                time.sleep(0.01)

        return drip()

    return app
