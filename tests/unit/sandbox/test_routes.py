"""URLs are built as Werkzeug builds them, by functions that equal rules share."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.routing import BuildError, Map, Rule

from sandbox.runner.subject.routes import remember_routes

RULES: list[dict[str, Any]] = [
    {"string": "/books", "endpoint": "books"},
    {"string": "/books/<int:book>", "endpoint": "book"},
    {"string": "/books/<int(fixed_digits=4):book>", "endpoint": "padded"},
    {"string": "/books/<book>/é/<path:rest>", "endpoint": "rest"},
    {"string": "/page", "endpoint": "page", "defaults": {"number": 1}},
    {"string": "/page", "endpoint": "plain"},
    {"string": "/page/<int:number>", "endpoint": "page"},
    {"string": "/", "endpoint": "shop", "subdomain": "<shop>"},
]
WISHES: list[tuple[str, dict[str, object]]] = [
    ("books", {}),
    ("books", {"author": "Ann & Anna", "year": [1, 2]}),
    ("book", {"book": 7}),
    ("book", {"book": "seven"}),
    ("book", {}),
    ("padded", {"book": 7}),
    ("rest", {"book": "a/b", "rest": "c/d"}),
    ("page", {"number": 1}),
    ("page", {"number": 2}),
    ("plain", {"number": 1}),
    ("shop", {"shop": "books"}),
]


@pytest.fixture
def remembering(monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions of equal rules are made once, as long as the test runs."""
    monkeypatch.setattr(Rule, "_compile_builder", Rule._compile_builder)
    remember_routes()


def routes() -> Map:
    return Map([Rule(**rule) for rule in RULES])


def built(routes: Map) -> list[str]:
    adapter = routes.bind("example.org")
    found = []
    for endpoint, values in WISHES:
        try:
            found.append(adapter.build(endpoint, values))
        except (BuildError, ValueError) as error:
            found.append(type(error).__name__)
    return found


@pytest.mark.usefixtures("remembering")
def test_urls_are_as_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = built(routes()), built(routes())
    monkeypatch.undo()
    assert first == second == built(routes())
    assert len(set(first)) > len(WISHES) - 3


@pytest.mark.usefixtures("remembering")
def test_equal_rules_share_their_functions() -> None:
    one, other = (next(iter(routes().iter_rules("book"))) for _ in range(2))
    assert one._build.__func__ is other._build.__func__  # type: ignore[attr-defined]
    assert one._build.__self__ is not other._build.__self__  # type: ignore[attr-defined]


@pytest.mark.usefixtures("remembering")
def test_rules_that_differ_do_not() -> None:
    functions = {id(rule._build.__func__) for rule in routes().iter_rules()}  # type: ignore[attr-defined]
    assert len(functions) == len(RULES)
