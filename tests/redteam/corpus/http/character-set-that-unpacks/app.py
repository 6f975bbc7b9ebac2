from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        import zlib

        body = zlib.compress(b"1" * 900_000_000, 9)
        return body, 200, {"Content-Type": "text/plain; charset=zlib_codec"}

    return app
