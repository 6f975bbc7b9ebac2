from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        return {str(number): number for number in range(60_000)}

    return app
