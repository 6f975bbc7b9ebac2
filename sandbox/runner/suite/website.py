"""`website`: the pages that the learner's program finds, and what it asked for."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sandbox.runner.services.address import WEBSITE_PORT


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its text, status, and headers on top of `Content-Type: text/html`."""

    body: str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: its path, with the query, and the program's `User-Agent`."""

    path: str
    user_agent: str


class Website:
    """`website.publish({"/": "<h1>Books</h1>"})`. Its address is `website.url`, and `SITE_URL` in
    the learner's environment."""

    url = f"http://127.0.0.1:{WEBSITE_PORT}"

    def __init__(self, secret: str) -> None:
        self._secret = secret

    def publish(self, pages: Mapping[str, str | Page | Sequence[str | Page]]) -> None:
        """Have these pages, by path, and no others. A path with a query goes before one without.

        A list of pages is answered with in turn, and its last one stays. What was asked for until
        now is forgotten.
        """
        self._put({path: _turns(page) for path, page in pages.items()})

    @staticmethod
    def page(body: str, status: int = 200, **headers: str) -> Page:
        """Return a page that is more than a text. `Content_Type` stands for `Content-Type`."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Page(body, status, named)

    def asked(self) -> list[Asked]:
        """Return what was asked for since the pages were published, oldest first."""
        return [Asked(**asked) for asked in self._put(None)]

    def _put(self, pages: dict[str, list[dict[str, Any]]] | None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", WEBSITE_PORT, timeout=5)
        try:
            connection.request("PUT", self._secret, json.dumps({"pages": pages}))
            answer = connection.getresponse()
            data = answer.read()
        finally:
            connection.close()
        if answer.status != 200:
            raise ConnectionError(f"the website answered {answer.status}")
        return json.loads(data)


def _turns(pages: str | Page | Sequence[str | Page]) -> list[dict[str, Any]]:
    if isinstance(pages, str | Page):
        pages = [pages]
    if not pages:
        raise ValueError("a path needs a page")
    return [_page(page) for page in pages]


def _page(page: str | Page) -> dict[str, Any]:
    made = Page(page) if isinstance(page, str) else page
    return {"body": made.body, "status": made.status, "headers": dict(made.headers)}
