import sys

from flask import Flask


class Nest:
    def __repr__(self):
        return repr(self)


def bomb():
    sys.setrecursionlimit(10**9)
    inner = lambda depth: [inner(depth + 1)]
    return str(inner(0)) + repr(Nest())


def create_app():
    app = Flask(__name__)
    app.before_request(bomb)
    return app
