"""Error pages that say what to do: HTML for people, `{"error": sentence}` for JSON clients."""

from __future__ import annotations

import math
import time
from http import HTTPStatus
from typing import Final

from flask import Flask, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException, InternalServerError

from backyard.assets import FrontEndMissing
from backyard.security import limiter

SENTENCES: Final = {
    400: "The server could not read this request. Go back, reload the page and try again.",
    401: "You are not logged in. Log in and try again.",
    403: "You may not do this. If you think you should, ask whoever runs this site.",
    404: "There is nothing here, or it is not yours to see. Check the address.",
    405: "This address does not take that kind of request. Go back and use the page's buttons.",
    413: "That is too large: a request may have 2 MiB. Go back and send less.",
    422: "Something in this form is not right. Go back, correct it and send it again.",
    429: "That was too often in a short time. Wait a while, then try again.",
    500: "Something went wrong on our side; it has been logged. Try again in a minute.",
}

STALE: Final = "This page is too old, or you logged out meanwhile. Reload the page and try again."


def wants_json() -> bool:
    """Whether the client asks for JSON rather than for a page."""
    offers = ["text/html", "application/json"]
    return request.accept_mimetypes.best_match(offers) == "application/json"


def init_errors(app: Flask) -> None:
    """Answer every HTTP error, and every crash, in Backyard's own words."""
    app.register_error_handler(HTTPException, explain)
    app.register_error_handler(InternalServerError, _apologise)


def _sentence(error: HTTPException) -> str:
    """The sentence given to `abort(code, sentence)`, else the code's own."""
    if isinstance(error, CSRFError):
        return STALE
    if isinstance(error, RateLimitExceeded) and limiter.current_limit:
        return _too_often(limiter.current_limit.reset_at - time.time())
    if error.description and error.description != type(error).description:
        return str(error.description)
    return SENTENCES.get(error.code or 500, SENTENCES[400])


def _too_often(seconds: float) -> str:
    """Tell how long to wait: some limits count by the minute, others by the hour."""
    minutes = max(1, math.ceil((seconds - 1) / 60))  # the limiter's end is up to a second late
    wait = "a minute" if minutes == 1 else f"{minutes} minutes"
    return f"That was too often in a short time. Wait {wait}, then try again."


def explain(error: HTTPException) -> ResponseReturnValue:
    """The answer that says what `error` says, as a page or as JSON."""
    if error.response is not None or error.code is None or error.code < 400:
        return error.get_response()  # a redirect, or an answer that is complete already
    sentence = _sentence(error)
    headers = [(name, value) for name, value in error.get_headers() if name == "Allow"]
    if wants_json():
        return jsonify(error=sentence), error.code, headers
    title = HTTPStatus(error.code).phrase
    page = render_template("errors/error.html", code=error.code, title=title, sentence=sentence)
    return page, error.code, headers


def _apologise(error: InternalServerError) -> ResponseReturnValue:
    """A crash. The page stands alone: whatever broke may break the layout as well."""
    sentence = SENTENCES[500]
    if isinstance(error.original_exception, FrontEndMissing):
        return str(error.original_exception), 500, {"Content-Type": "text/plain; charset=utf-8"}
    if wants_json():
        return jsonify(error=sentence), 500
    return render_template("errors/500.html", sentence=sentence), 500
