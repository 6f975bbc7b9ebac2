"""Error pages that say what to do: HTML for people, `{"error": sentence}` for JSON clients."""

from __future__ import annotations

import math
import time
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from flask import Flask, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_limiter.errors import RateLimitExceeded
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]
from werkzeug.exceptions import HTTPException, InternalServerError

from backyard.assets import FrontEndMissing
from backyard.security import limiter
from backyard.theme import browser_theme

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
    503: "Too many people are here at once. Try again in a minute.",
}

TITLES: Final = {
    400: "This could not be read",
    401: "Log in first",
    403: "This is not yours to do",
    404: "Page not found",
    405: "Not in this way",
    413: "Too large",
    422: "Something is not right yet",
    429: "Slow down a little",
    503: "Too busy right now",
}

SENT: Final = (400, 413, 422, 429)
"""What is answered to forms: their readers want back to what they typed."""

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
    page = render_template(
        "errors/error.html",
        code=error.code,
        title=TITLES.get(error.code) or HTTPStatus(error.code).phrase,
        sentence=sentence,
        back=_came_from() if error.code != 404 else None,
        keeps=request.method == "POST" and error.code in SENT,
    )
    return page, error.code, headers


def _came_from() -> str | None:
    """The path of the page of ours that led here, if one did: not this very one, asked in vain."""
    try:
        came = urlsplit(request.referrer or "")
    except ValueError:
        return None
    is_ours = came.netloc == request.host and came.path.startswith("/")
    if not is_ours or came.path.startswith("//") or "\\" in came.path:
        return None
    path = came.path + (f"?{came.query}" if came.query else "")
    return None if request.method == "GET" and came.path == request.path else path


def _apologise(error: InternalServerError) -> ResponseReturnValue:
    """A crash. The page stands alone: whatever broke may break the layout as well, and the
    database, which knows who is logged in."""
    sentence = SENTENCES[500]
    if isinstance(error.original_exception, FrontEndMissing):
        return str(error.original_exception), 500, {"Content-Type": "text/plain; charset=utf-8"}
    if wants_json():
        return jsonify(error=sentence), 500
    here = request.full_path.rstrip("?")
    again = here if request.method == "GET" and not here.startswith("//") else None
    page = current_app.jinja_env.get_template("errors/500.html")
    return page.render(sentence=sentence, again=again, theme=browser_theme()), 500
