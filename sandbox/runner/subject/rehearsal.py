"""Answering a request once, before a submission is there, since only the first time is slow.

It fills caches: of regular expressions, of what modules import late. Forks inherit them full.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

REQUESTS: Final = (
    b"POST /1?a=b HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    b'Content-Length: 8\r\n\r\n{"a": 1}',
    b"GET /0 HTTP/1.1\r\nHost: localhost\r\n\r\n",
)
"""What `application` is asked: one request that it grants, one that it refuses."""


def application() -> WSGIApplication:
    """Return an application that uses what most do: Flask's, where the environment has Flask."""
    return _flask_application() if "flask" in sys.modules else _plain_application


def _flask_application() -> WSGIApplication:
    from flask import Flask, abort, jsonify, request
    from flask.typing import ResponseReturnValue

    app = Flask("rehearsal")

    @app.route("/<int:number>", methods=["GET", "POST"])
    def view(number: int) -> ResponseReturnValue:
        if number == 0:
            abort(404)
        return jsonify(number=number, body=request.get_json(silent=True)), 201

    return app


def _plain_application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"rehearsed"]
