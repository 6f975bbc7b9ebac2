from flask import Flask, request


def create_app():
    app = Flask(__name__)

    @app.before_request
    def answer():
        raw = request.environ["werkzeug.socket"]
        return "".join(f"{number % 7}\n{number % 3} \n" for number in range(100_000))

    return app
