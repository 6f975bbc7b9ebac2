"""Gives `client` from Flask's test client: the application runs in pytest's own process."""

from __future__ import annotations

import json
from typing import Any

import pytest
from app import create_app
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Answer:
    """A response of Flask's test client, whose `json()` is a method as it is in httpx."""

    def __init__(self, response: TestResponse) -> None:
        self._response = response

    def __getattr__(self, name: str) -> Any:
        return getattr(self._response, name)

    def json(self) -> Any:
        """Return the body as builtins; raises ValueError when it is not JSON."""
        return json.loads(self._response.text)


class Client(FlaskClient):
    """Flask's test client, called as the suite calls httpx."""

    def open(self, *args: Any, params: Any = None, content: Any = None, **options: Any) -> Any:
        """Send one request; `params` go into the URL, `content` is the body as it is."""
        return Answer(super().open(*args, query_string=params, data=content, **options))

    def request(self, method: str, url: str, **options: Any) -> Any:
        """Send one request by the name of its method."""
        return self.open(url, method=method, **options)


@pytest.fixture
def client() -> Client:
    """A client to a fresh application."""
    app = create_app()
    return Client(app, app.response_class)
